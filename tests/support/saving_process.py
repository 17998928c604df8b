"""Runs as a process of its own and saves without end, until it is killed.

``python -m support.saving_process HOME``: prints the number of each save once the store has said
that it is done. Every fifth save adds a photo, every seventh is filed and recalled.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errors import ReportNotFound
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.workflow.drafting import open_report, save_draft
from reporterdesk.workflow.filing import file_report, recall
from support.contents import photo_of, ready_content, with_body

REPORT_ID = "2f1c7c54-55a5-4d0c-9a3b-5c7f0a7d1c11"


def sequence(body: str) -> int:
    """Return the number of the save that wrote ``body``."""
    return int(body.partition(" ")[0])


def save_for_ever(home: Path) -> None:
    """Save and acknowledge, from the number where an earlier process was killed."""
    store = open_store(home, clock=utc_now)
    number = _begin(store)
    while True:
        number += 1
        content = open_report(store, REPORT_ID).content
        photos = content.photos
        if number % 5 == 0:
            data = random.Random(number).randbytes(1_500_000)
            photos = (*photos[-2:], photo_of(data[:100_000], data))
            store.photos.put(data[:100_000])
            store.photos.put(data)
        body = f"{number} " + "words and more words " * (number % 300) + "\n"
        save_draft(
            store, REPORT_ID, with_body(ready_content("Typing", *photos), body), clock=utc_now
        )
        if number % 7 == 0:
            file_report(store, REPORT_ID, clock=utc_now)
            recall(store, REPORT_ID, clock=utc_now)
        print(number, flush=True)


def _begin(store: Store) -> int:
    try:
        report = open_report(store, REPORT_ID)
    except ReportNotFound:
        save_draft(store, REPORT_ID, with_body(ready_content("Typing"), "0 \n"), clock=utc_now)
        return 0
    if store.outbox.get(REPORT_ID) is not None:
        recall(store, REPORT_ID, clock=utc_now)
    return sequence(report.content.body)


if __name__ == "__main__":
    save_for_ever(Path(sys.argv[1]))
