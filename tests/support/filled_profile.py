"""A profile with real reports and photo bytes, plain or encrypted, closed, and ways to harm it."""

from __future__ import annotations

import random
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.ids import new_id
from reporterdesk.paths import drafts_file
from reporterdesk.store.driver import connect
from reporterdesk.store.key import StoreKey
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report
from support.contents import photo_of, ready_content, with_body

PAGE = 4096
SENTENCE = "The hall was full before the doors were closed, and nobody minded the rain. "


@dataclass(frozen=True)
class Profile:
    """A closed profile and its key."""

    home: Path
    key: StoreKey | None
    clock: Clock

    def open(self) -> Store:
        """Open its store."""
        return open_store(self.home, clock=self.clock, key=self.key)

    def write(self, headline: str, *, body: str = "It rained.\n", photo: int = 0) -> str:
        """Write a report, with a photo of so many bytes, and close again; return its id."""
        store = self.open()
        try:
            return write(store, headline, self.clock, body=body, photo=photo)
        finally:
            store.close()

    def headlines(self) -> set[str]:
        """Return the headlines of all reports, and see that the store is whole."""
        store = self.open()
        try:
            store.check()
            return {row[0] for row in self.rows("SELECT headline FROM reports")}
        finally:
            store.close()

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        """Return what ``statement`` finds in drafts.db."""
        with closing(connect(drafts_file(self.home), self.key)) as db:
            return db.execute(statement).fetchall()

    def harm(self, statement: str, *values: object) -> None:
        """Do to drafts.db what only damage can do."""
        with closing(connect(drafts_file(self.home), self.key)) as db:
            db.execute("PRAGMA foreign_keys=OFF")
            db.execute(statement, values)

    def bytes_of(self) -> dict[str, bytes]:
        """Return the store's files as they are, to see that nobody touched them."""
        names = ("drafts.db", "photos.db", "drafts.db-wal", "photos.db-wal")
        files = [self.home / name for name in names]
        return {file.name: file.read_bytes() for file in files if file.exists()}


def write(
    store: Store, headline: str, clock: Clock, *, body: str = "It rained.\n", photo: int = 0
) -> str:
    """Write a report into an open store, with a photo of so many bytes; return its id."""
    photos = []
    if photo:
        chance = random.Random(headline)
        preview, full = chance.randbytes(500), chance.randbytes(photo)
        photos.append(photo_of(preview, full))
        store.photos.put(preview)
        store.photos.put(full)
    report_id = new_id()
    content = with_body(ready_content(headline, *photos), body)
    save_draft(store, report_id, content, clock=clock)
    return report_id


def fill_profile(profile: Profile, reports: int, *, words: int = 120, filed: int = 2) -> list[str]:
    """Fill a profile with reports “Report 1” and so on; return the ids.

    Every fifth has a photo; the first ``filed`` wait in the outbox.
    """
    store = profile.open()
    try:
        with store.transaction():
            ids = [
                write(
                    store,
                    f"Report {number}",
                    profile.clock,
                    body=SENTENCE * max(1, words // 14) + f"\n\nEnd of {number}.\n",
                    photo=3_000 if number % 5 == 0 else 0,
                )
                for number in range(1, reports + 1)
            ]
        for report_id in ids[:filed]:
            file_report(store, report_id, clock=profile.clock)
        return ids
    finally:
        store.close()


def overwrite_pages(file: Path, share: float, seed: int, *, spare_first: bool = False) -> list[int]:
    """Overwrite a share of a file's pages with random bytes, at least one; return their numbers."""
    chance = random.Random(seed)
    content = bytearray(file.read_bytes())
    count = len(content) // PAGE
    pages = range(2 if spare_first else 1, count + 1)
    hit = sorted(chance.sample(pages, max(1, round(count * share))))
    for page in hit:
        content[(page - 1) * PAGE : page * PAGE] = chance.randbytes(PAGE)
    file.write_bytes(content)
    return hit


def truncate(file: Path, share: float) -> None:
    """Cut a file so that a share of it is left."""
    with file.open("r+b") as opened:
        opened.truncate(int(file.stat().st_size * share))
