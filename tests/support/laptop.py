"""A laptop for tests of delivery: a real store, a clock that is set by hand, and an engine."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from random import Random
from typing import TypeVar

from reporterdesk.domain.delivery import Delivery
from reporterdesk.domain.errands import Errand
from reporterdesk.domain.estimate import Estimate
from reporterdesk.domain.event import EventFacts
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.photo import Photo, Rendition
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.publishing.connector import Connector
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.sync.engine import SyncEngine
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report
from support.clocks import HandClock

T = TypeVar("T")


@dataclass
class Heard:
    """A listener that writes everything down."""

    deliveries: list[Delivery] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)
    errands: list[Errand] = field(default_factory=list)
    sign_ins: int = 0
    connection: list[tuple[bool, str]] = field(default_factory=list)
    login_pages: list[str] = field(default_factory=list)
    estimates: list[Estimate] = field(default_factory=list)

    def delivery_changed(self, delivery: Delivery) -> None:
        self.deliveries.append(delivery)

    def report_changed(self, report_id: str) -> None:
        self.reports.append(report_id)

    def report_merged(self, report_id: str) -> None:
        self.merged.append(report_id)

    def resize_dropped(self, report_id: str, why: str) -> None:
        self.dropped.append((report_id, why))

    def errand_changed(self, errand: Errand) -> None:
        self.errands.append(errand)

    def sign_in_needed(self) -> None:
        self.sign_ins += 1

    def connection_changed(self, online: bool, why: str) -> None:
        self.connection.append((online, why))

    def login_page_found(self, address: str) -> None:
        self.login_pages.append(address)

    def estimated(self, estimate: Estimate) -> None:
        self.estimates.append(estimate)


class Laptop:
    """Files reports and delivers them; :meth:`restart` throws the engine away, as a crash does."""

    def __init__(self, store: Store, connector: Connector | None, clock: HandClock) -> None:
        self.store = store
        self.connector = connector
        self.clock = clock
        self.heard = Heard()
        self.stopwatch: Callable[[], float] = time.monotonic
        self.engine = self._engine()

    def run(self, function: Callable[[Store], T]) -> T:
        """Run a function of the store, here on this thread."""
        return function(self.store)

    def restart(self) -> None:
        """Lose everything that is not in the store."""
        self.engine = self._engine()

    def write(
        self, headline: str = "Lanterns on the river", photos: int | Sequence[Photo] = 0, **fields
    ) -> str:
        """Write a draft that is ready to be filed, with so many photos, and return its id."""
        report_id = new_id()
        if isinstance(photos, int):
            photos = [self.photo(f"{headline} {number}") for number in range(photos)]
        content = ReportContent(
            headline=headline,
            byline="Ines Kalder",
            section="town",
            body=f"{headline}: the square was full by noon.\n",
            event=EventFacts("Lantern walk", starts_at="2026-03-14", city="Lodi", country="IT"),
            photos=tuple(photos),
        )
        save_draft(self.store, report_id, replace(content, **fields), clock=self.clock)
        return report_id

    def photo(self, seed: str, *, preview: int = 600, full: int = 2_000) -> Photo:
        """Put a photo's bytes into the store."""
        return Photo(
            new_id(),
            self._rendition(f"{seed} preview", preview),
            self._rendition(f"{seed} full", full),
            caption=f"Lanterns, {seed}",
            alt_text="A row of paper lanterns",
        )

    def file(
        self, headline: str = "Lanterns on the river", photos: int | Sequence[Photo] = 0, **fields
    ) -> str:
        """Write a report and file it."""
        report_id = self.write(headline, photos, **fields)
        self.clock.turn(seconds=1)
        file_report(self.store, report_id, clock=self.clock)
        return report_id

    def report(self, report_id: str) -> Report:
        """Return the report as it stands."""
        return self.store.reports.get(report_id)

    def delivery(self, report_id: str) -> Delivery:
        """Return the report's delivery."""
        delivery = self.store.outbox.get(report_id)
        assert delivery is not None
        return delivery

    def deliver(self, rounds: int = 1) -> datetime | None:
        """Let the engine work, moving the clock to the time that it asks for between rounds."""
        due = self.engine.deliver_due()
        for _ in range(rounds - 1):
            if due is None:
                break
            self.clock.now = max(due, self.clock.now)
            due = self.engine.deliver_due()
        return due

    def _engine(self) -> SyncEngine:
        return SyncEngine(
            self.run,
            lambda: self.connector,
            self.clock,
            Random(7),
            self.heard,
            stopwatch=self._seconds,
        )

    def _seconds(self) -> float:
        return self.stopwatch()  # a test may set another one later

    def _rendition(self, seed: str, size: int) -> Rendition:
        data = Random(seed).randbytes(size)
        self.store.photos.put(data)
        return Rendition(hashlib.sha256(data).hexdigest(), size, "image/jpeg", 30, 20)


@contextmanager
def laptop(home: Path, connector: Connector | None) -> Iterator[Laptop]:
    """Open a laptop for the length of a ``with``."""
    clock = HandClock()
    store = open_store(home, clock=clock)
    try:
        yield Laptop(store, connector, clock)
    finally:
        store.close()
