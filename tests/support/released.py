"""Stores as earlier releases wrote them, and what is expected of them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from reporterdesk.domain.places import Place
from reporterdesk.store.driver import connect
from reporterdesk.store.key import StoreKey
from reporterdesk.store.store import Store
from support.photo_uses import photo_names
from support.searching import found_ids

FOLDER = Path(__file__).parents[1] / "store" / "released"
RELEASED = sorted(path.name for path in FOLDER.iterdir() if (path / "drafts.db").is_file())
"""The folders of all released versions: ``v1``…"""


def put_released(version: str, home: Path) -> dict[str, Any]:
    """Put a released store into the profile ``home``; return what its own release read from it."""
    home.mkdir(parents=True, exist_ok=True)
    for name in ("drafts.db", "photos.db"):
        shutil.copyfile(FOLDER / version / name, home / name)
    found: dict[str, Any] = json.loads((FOLDER / version / "expected.json").read_text("utf-8"))
    return found


def encrypt(home: Path, key: StoreKey) -> None:
    """Encrypt a plain store in its place, whatever its version; for tests alone."""
    for name in ("drafts.db", "photos.db"):
        file = home / name
        with closing(connect(file, None)) as db:
            marks = [(each, db.execute(f"PRAGMA {each}").fetchone()[0]) for each in _MARKS]
            target = f"{file}.new"
            db.execute(f'ATTACH ? AS secret KEY "{key.literal()}"', (target,))
            db.execute("SELECT sqlcipher_export('secret')")
            for mark, value in marks:
                db.execute(f"PRAGMA secret.{mark}={value}")
        Path(target).replace(file)


_MARKS = ("application_id", "user_version")


def schema(home: Path, name: str, key: StoreKey | None = None) -> dict[str, str]:
    """Return how each table and index of a file was made, in comparable words."""
    with closing(connect(home / name, key, how="mode=ro")) as db:
        rows = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {row[0]: " ".join(re.sub(r"([(),])", r" \1 ", row[1]).split()) for row in rows}


def reads(store: Store, expected: Mapping[str, Any]) -> dict[str, Any]:
    """Return what ``store`` reads where ``expected`` says what an earlier release read."""
    ids = list(expected["reports"])
    return {
        "lists": {p.value: [_plain(row) for row in store.reports.page(p).rows] for p in Place},
        "reports": {i: _plain(store.reports.get(i)) for i in ids},
        "revisions": {i: [_plain(each) for each in store.revisions.of_report(i)] for i in ids},
        "deliveries": {i: _plain(store.outbox.get(i)) for i in ids},
        "uploads": {i: [_plain(each) for each in store.outbox.uploads(i)] for i in ids},
        "notes": {i: [_plain(each) for each in store.desk.notes(i)] for i in ids},
        "desk": {i: store.desk.get_report(i) for i in ids},
        "account": _plain(store.account.get()),
        "state": [store.desk.queue(), store.desk.cursor(), store.state.get("open_report")],
        "photos": {name: store.photos.size(name) for name in sorted(photo_names(store))},
    }


def found(store: Store, query: str) -> set[str]:
    """Return the ids of the reports that ``query`` finds, in whatever place."""
    return {report_id for place in Place for report_id in found_ids(store, query, place)}


def lost(expected: object, now: object, at: str = "") -> list[str]:
    """Return where ``now`` does not say what ``expected`` does; it may say more."""
    if isinstance(expected, dict) and isinstance(now, dict):
        return [
            line
            for key, value in expected.items()
            for line in lost(value, now.get(key, "nothing"), f"{at}/{key}")
        ]
    if isinstance(expected, list) and isinstance(now, list) and len(expected) == len(now):
        pairs = enumerate(zip(expected, now, strict=True))
        return [line for n, (old, new) in pairs for line in lost(old, new, f"{at}/{n}")]
    return [] if expected == now else [f"{at}: {expected!r} became {now!r}"]


def _plain(value: Any) -> Any:
    text = json.dumps(None if value is None else asdict(value), default=datetime.isoformat)
    return json.loads(text)
