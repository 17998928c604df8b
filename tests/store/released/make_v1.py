"""Makes the profile in ``v1/``, with the code of the release whose drafts.db has version 1.

Run it with that release's own interpreter and its ``tests/`` on the path::

    git worktree add ../release c7dd0d4 && cd ../release     # and set it up as its README says
    PYTHONPATH=tests .venv/bin/python make_v1.py OUT         # this file, copied there

``OUT`` holds then ``drafts.db``, ``photos.db``, and ``expected.json``: what the old code itself
read from them, which a migrated store must read the same.
"""

from __future__ import annotations

import io
import json
import sys
import uuid
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.event import Attendance, EventFacts, EventKind, Qualifier
from reporterdesk.domain.people import Account, Person, Role, Section, SectionRole
from reporterdesk.domain.photo import Photo, Rendition
from reporterdesk.domain.places import Place
from reporterdesk.domain.report import ReportContent
from reporterdesk.domain.review import Comment, Decision
from reporterdesk.domain.status import Action, Status
from reporterdesk.store.opening import open_store
from reporterdesk.store.outbox import Upload
from reporterdesk.store.store import Store
from reporterdesk.workflow.correcting import revise
from reporterdesk.workflow.drafting import save_draft, trash_report
from reporterdesk.workflow.filing import file_report, recall
from support.jpegs import make_picture

_CHANCE = Random(20260314)
QUERIES = (
    "school", "łódź", "lodz",
    "\u0441\u0430\u0434", "مدرسة", "東京", "ตลาด", "\u03b1\u03b8\u03b7\u03bd\u03b1",
    "ecole", "raft corks", "weaver", "nothing like this",
)  # fmt: skip
TEXTS = (
    (
        "en",
        "School opens again",
        "Three hundred people came.\n\n## The weaver’s loom\n\nIt rained.\n",
    ),
    (
        "pl",
        "Święto rzeki w Łodzi",
        "Sześćdziesiąt łodzi minęło most w Łódź.\n\n- tratwy z korków\n",
    ),
    ("fr", "L’École de la rivière", "« On espérait moins », dit la maire.\n"),
    ("ur", "لاہور میں مدرسة کھلا", "آج صبح تین سو لوگ آئے۔\n"),
    ("ar", "افتتاح مَدْرَسَة جديدة", "حضر ثلاثمئة شخص.\n"),
    ("ja", "東京の読書祭", "三百人が集まりました。雨でした。\n"),
    ("th", "ตลาดเก่าเปิดอีกครั้ง", "มีคนมาสามร้อยคน\n"),
    ("el", "Η Αθήνα διαβάζει", "Τρεις χορωδίες στην πλατεία.\n"),
    ("ru", "Сад открыт снова", "Пришли триста человек.\n"),
    ("en", "", ""),
)
"""Language, headline and body; the last is as it stands a second after *New report*."""


class Clock:
    """Goes on by a minute at each look."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def new_id() -> str:
    """Return an id, the same ones in each run."""
    return str(uuid.UUID(int=_CHANCE.getrandbits(128), version=4))


def photo(store: Store, seed: int) -> Photo:
    """Keep a small picture in two sizes."""
    return Photo(
        new_id(),
        rendition(store, 64, seed),
        rendition(store, 160, seed),
        caption=f"Raft number {seed}, made of corks",
        credit="Ola Wit",
        alt_text="A raft on a river",
    )


def rendition(store: Store, width: int, seed: int) -> Rendition:
    """Keep one size of a picture."""
    out = io.BytesIO()
    make_picture(width, width * 3 // 4, seed=seed).save(out, "JPEG", quality=60)
    name = store.photos.put(out.getvalue())
    return Rendition(name, len(out.getvalue()), "image/jpeg", width, width * 3 // 4)


def write(store: Store, clock: Clock, number: int, photos: int = 0) -> str:
    """Write the report of ``TEXTS[number]``."""
    language, headline, body = TEXTS[number]
    report_id = new_id()
    event = EventFacts(
        name="River Day" if headline else "",
        kind=EventKind.FESTIVAL,
        starts_at="2026-03-14" if headline else "",
        ends_at="2026-03-15" if number % 2 else None,
        venue="The old harbour",
        city="Łódź",
        country="PL",
        organiser="Friends of the River",
        attendance=Attendance(450, Qualifier.MORE_THAN) if number % 3 else None,
    )
    content = ReportContent(
        headline=headline,
        standfirst="The mayor came by tram & left by raft." if headline else "",
        byline="Ines Kalder" if headline else "",
        section="city" if headline else "",
        language=language,
        body=body,
        note_to_desk="Please keep the last line." if number == 1 else "",
        event=event,
        photos=tuple(photo(store, number * 10 + each) for each in range(photos)),
    )
    if content.photos:
        content = replace(content, lead_photo=content.photos[-1].id)
    save_draft(store, report_id, replace(content, body=""), clock=clock)
    save_draft(store, report_id, content, clock=clock)
    return report_id


def deliver(store: Store, report_id: str, clock: Clock, status: Status, url: str = "") -> None:
    """Let the desk have a report, and say that it stands at ``status``."""
    waiting = file_report(store, report_id, clock=clock)
    store.outbox.update(
        replace(
            waiting,
            state=DeliveryState.DELIVERED,
            photos_delivered=waiting.photos_total,
            bytes_delivered=waiting.bytes_total,
            attempts=1,
        )
    )
    store.reports.set_standing(
        report_id,
        status=status,
        desk_status=status,
        revision_id=waiting.revision_id,
        public_url=url or None,
        at=clock(),
    )
    store.desk.put_report(report_id, json.dumps({"id": report_id, "status": status.value}), clock())


def say(store: Store, report_id: str, clock: Clock, action: Action, note: str) -> None:
    """Let the desk say something of a report."""
    revision = store.reports.get(report_id).revision_id or ""
    store.desk.set_notes(
        report_id,
        (
            Comment(new_id(), report_id, revision, 0, "Who said this?", "Jon Abara", clock()),
            Decision(new_id(), report_id, revision, action, note, "Jon Abara", clock()),
        ),
    )


def fill(store: Store, clock: Clock) -> None:
    """Put a report of every status into the store, and all that belongs to one."""
    write(store, clock, 9)
    open_one = write(store, clock, 0, photos=2)
    write(store, clock, 5)
    waiting = write(store, clock, 1, photos=3)
    file_report(store, waiting, clock=clock)
    underway = write(store, clock, 2, photos=1)
    row = file_report(store, underway, clock=clock)
    store.outbox.update(replace(row, state=DeliveryState.TEXT_DELIVERED, attempts=2, why="Slow"))
    store.outbox.set_uploads(
        underway,
        [
            Upload(rendition_.sha256, name, f"/v1/uploads/{name}", 100, rendition_.bytes)
            for kept in store.reports.get(underway).content.photos
            for name, rendition_ in (("preview", kept.preview), ("full", kept.full))
        ],
    )
    refused = write(store, clock, 3)
    row = file_report(store, refused, clock=clock)
    store.outbox.update(replace(row, state=DeliveryState.REFUSED, why="The section is closed."))
    back = write(store, clock, 4, photos=1)
    file_report(store, back, clock=clock)
    recall(store, back, clock=clock)
    deliver(store, write(store, clock, 6, photos=1), clock, Status.FILED)
    returned = write(store, clock, 7)
    deliver(store, returned, clock, Status.RETURNED)
    say(store, returned, clock, Action.RETURN, "Name the second choir, please.\nThen it can go.")
    deliver(store, write(store, clock, 8), clock, Status.APPROVED)
    published = write(store, clock, 1, photos=2)
    deliver(store, published, clock, Status.PUBLISHED, "https://news.example/reports/river")
    say(store, published, clock, Action.PUBLISH, "")
    revise(store, published, clock=clock)
    deliver(
        store, write(store, clock, 0), clock, Status.PUBLISHED, "https://news.example/reports/s"
    )
    deliver(store, write(store, clock, 2), clock, Status.SPIKED)
    deliver(store, write(store, clock, 7), clock, Status.WITHDRAWN)
    trash_report(store, write(store, clock, 3, photos=1), clock=clock)
    thrown = write(store, clock, 5)
    deliver(store, thrown, clock, Status.PUBLISHED, "https://news.example/reports/t")
    trash_report(store, thrown, clock=clock)
    store.desk.set_queue('{"reports": []}')
    store.desk.set_cursor("42")
    store.state.set("open_report", open_one)
    store.state.set("caret", "12")
    store.account.set(
        Account(
            "https://desk.example",
            Person(
                "p1", "Ines Kalder", "ines@example.org", roles=(SectionRole("city", Role.REPORTER),)
            ),
            (Section("city", "City", ("Names checked",)),),
        )
    )


def expected(store: Store) -> dict[str, object]:
    """Return what the store reads as, for a later release to compare."""
    lists = {place.value: store.reports.page(place).rows for place in Place}
    ids = sorted(row.id for rows in lists.values() for row in rows)
    found = {
        query: sorted(
            row.id for place in Place for row in store.reports.page(place, query=query).rows
        )
        for query in QUERIES
    }
    return {
        "lists": {place: [plain(row) for row in rows] for place, rows in lists.items()},
        "reports": {i: plain(store.reports.get(i)) for i in ids},
        "revisions": {i: [plain(each) for each in store.revisions.of_report(i)] for i in ids},
        "deliveries": {i: plain(store.outbox.get(i)) for i in ids},
        "uploads": {i: [plain(each) for each in store.outbox.uploads(i)] for i in ids},
        "notes": {i: [plain(each) for each in store.desk.notes(i)] for i in ids},
        "desk": {i: store.desk.get_report(i) for i in ids},
        "account": plain(store.account.get()),
        "state": [store.desk.queue(), store.desk.cursor(), store.state.get("open_report")],
        "photos": {name: store.photos.size(name) for name in sorted(store.photo_names())},
        "found": found,
    }


def plain(value: Any) -> Any:
    """Return a record as JSON has it; a later release may add fields to it."""
    text = json.dumps(None if value is None else asdict(value), default=datetime.isoformat)
    return json.loads(text)


def main(home: Path) -> None:
    """Make the profile and what is expected of it."""
    clock = Clock()
    store = open_store(home, clock=clock)
    fill(store, clock)
    found = expected(store)
    store.close()
    (home / "in-use.lock").unlink()
    text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)
    (home / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
