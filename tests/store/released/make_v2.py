"""Makes the profile in ``v2/``, with the code of the release whose drafts.db has version 2.

Run it as :mod:`make_v1` says, with the code of commit ``ffe289d`` and both files copied there. It
holds the same reports, and what version 2 added: the history of a report, and accepted words.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

from make_v1 import QUERIES, Clock, fill

from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.places import Place
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.remembering import remember
from support.photo_uses import photo_names
from support.released import found, reads


def write_on(store: Store, clock: Clock) -> None:
    """Change every draft twice, so that its history holds something."""
    for row in store.reports.page(Place.DRAFTS).rows:
        content = store.reports.get(row.id).content
        remember(store, row.id, SnapshotReason.EDITED, clock=clock)
        save_draft(store, row.id, replace(content, body=content.body + "\nMore.\n"), clock=clock)


def expected(store: Store) -> dict[str, object]:
    """Return what the store reads as, for a later release to compare."""
    ids = {row.id for place in Place for row in store.reports.page(place).rows}
    asked = {"reports": dict.fromkeys(sorted(ids)), "photos": sorted(photo_names(store))}
    return {**reads(store, asked), "found": {q: sorted(found(store, q)) for q in QUERIES}}


def main(home: Path) -> None:
    """Make the profile and what is expected of it."""
    clock = Clock()
    store = open_store(home, clock=clock)
    fill(store, clock)
    write_on(store, clock)
    told = expected(store)
    store.close()
    (home / "in-use.lock").unlink()
    text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
    (home / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
