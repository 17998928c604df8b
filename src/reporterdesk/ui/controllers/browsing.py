"""Which place is shown, what is searched for, and the rows of the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.places import Place, place_of
from reporterdesk.domain.report import Report, ReportSummary
from reporterdesk.domain.status import Status
from reporterdesk.store.first_screen import OPEN_PLACE
from reporterdesk.ui.background import Background
from reporterdesk.ui.models.report_list import ReportListModel

if TYPE_CHECKING:
    from reporterdesk.domain.people import Account
    from reporterdesk.publishing.connector import Connector
    from reporterdesk.store.listing import Page
    from reporterdesk.store.store import Store
    from reporterdesk.wire.messages import ReportLine
    from reporterdesk.workflow.reviewing import ReviewQueue

PAGE = 200
_TYPING_MS = 120
"""How long a search waits for the next key."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed: a place, and the words that are searched for."""

    place: Place
    query: str = ""


class Browsing(QObject):
    """Fills the list from the store, or the review queue from the desk. On the UI thread.

    :ivar place_changed: emits the :class:`Place` that is shown now.
    :ivar counts_changed: emits the number of reports in each place.
    :ivar filled: emits how many rows the list has after it was read.
    :ivar queue_told: emits a sentence about the review queue, ``""`` where all is well.
    """

    place_changed = Signal(object)
    counts_changed = Signal(object)
    filled = Signal(int)
    queue_told = Signal(str)

    def __init__(
        self,
        background: Background,
        connect: Callable[[], Connector | None],
        place: Place = Place.DRAFTS,
        *,
        clock: Clock = utc_now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._connect = connect
        self._clock = clock
        self._account: Account | None = None
        self._listing = Listing(place)
        self._listed: Listing | None = None
        self._next: str | None = None
        self._queue: tuple[ReportSummary, ...] = ()
        self.model = ReportListModel(self)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.refresh)

    @property
    def place(self) -> Place:
        """The place that is shown."""
        return self._listing.place

    @property
    def query(self) -> str:
        """What is searched for."""
        return self._listing.query

    @property
    def listed(self) -> Listing | None:
        """What the rows of the list are of; it is a moment behind what was asked for."""
        return self._listed

    def set_account(self, account: Account | None) -> None:
        """Know whose review queue it is."""
        self._account = account
        if self.place is Place.REVIEW and not (account and account.person.is_editor):
            self.go(Place.DRAFTS)
        elif account and account.person.is_editor:
            self._read_queue()

    def start_at(self, place: Place) -> None:
        """Know which place the first screen shows; nothing is read."""
        self._listing = Listing(place, self._listing.query)

    def go(self, place: Place) -> None:
        """Show another place."""
        if place is not self._listing.place:
            self._listing = Listing(place, self._listing.query)
            self.place_changed.emit(place)
            self._background.in_store(_Remember(place), _nothing, _nothing)
        self.refresh()

    @Slot(str)
    def search(self, query: str) -> None:
        """Search as it is typed."""
        self._listing = Listing(self._listing.place, query.strip())
        self._typing.start()

    @Slot()
    def refresh(self) -> None:
        """Read the list and the counts again."""
        self._typing.stop()
        self._background.in_store(_counts, self._counted)
        listing = self._listing
        if listing.place is Place.REVIEW:
            self._show_queue()
            self._read_queue()
            return
        reading = _Reading(listing, None, self._arrived)
        self._background.in_store(reading, reading.done)

    @Slot()
    def read_more(self) -> None:
        """Read the next page, where there is one."""
        if self._next is not None and self._listing.place is not Place.REVIEW:
            after, self._next = self._next, None
            reading = _Reading(self._listing, after, self._arrived)
            self._background.in_store(reading, reading.done)

    def saved(self, report: Report) -> None:
        """Show what was saved just now, without reading the list again."""
        here = report.trashed_at is None and place_of(report.status) is self._listing.place
        if not here or self._listing.query:
            return
        new = self.model.row_of(report.id) is None
        content = report.content
        self.model.put(
            ReportSummary(
                report.id,
                content.headline,
                content.section,
                content.event.starts_at[:10],
                report.status,
                report.changed_at,
            )
        )
        if new:
            self._background.in_store(_counts, self._counted)
            self.filled.emit(self.model.rowCount())

    def _arrived(self, listing: Listing, after: str | None, page: Page) -> None:
        if listing != self._listing:
            return
        self._listed, self._next = listing, page.next
        if after is None:
            self.model.show_rows(page.rows)
        else:
            self.model.add_rows(page.rows)
        self.filled.emit(self.model.rowCount())

    def _counted(self, counts: dict[Place, int]) -> None:
        shown = dict(counts)
        if self._account and self._account.person.is_editor:
            shown[Place.REVIEW] = len(self._queue)
        self.counts_changed.emit(shown)

    def _read_queue(self) -> None:
        account, connector = self._account, self._connect()
        if account is None or not account.person.is_editor:
            return
        if connector is None:
            self._background.in_store(_kept_queue, self._queue_arrived, _nothing)
            return
        run = self._background.store_thread.run
        fetching = _Fetching(connector, run, account, self._clock)
        self._background.in_pool(fetching, self._queue_arrived, self._queue_failed)

    def _queue_arrived(self, queue: ReviewQueue) -> None:
        self._queue = tuple(
            ReportSummary(
                line.id,
                line.headline,
                line.section,
                line.event_date,
                Status(line.status),
                line.changed_at,
                _detail(line),
            )
            for line in queue.lines
        )
        self.queue_told.emit(queue.offline)
        self._background.in_store(_counts, self._counted)
        if self.place is Place.REVIEW:
            self._show_queue()

    def _queue_failed(self, error: Exception) -> None:
        self.queue_told.emit(str(error))

    def _show_queue(self) -> None:
        rows = _found(self._queue, self._listing.query)
        self._listed, self._next = self._listing, None
        self.model.show_rows(rows)
        self.filled.emit(len(rows))


def _found(queue: tuple[ReportSummary, ...], query: str) -> list[ReportSummary]:
    """Return the reports of the queue in which each word of ``query`` stands."""
    from reporterdesk.store.search import fold

    words = fold(query).split()
    searched = [
        (fold(f"{row.headline} {row.detail} {row.section} {row.event_date}"), row) for row in queue
    ]
    return [row for text, row in searched if all(word in text for word in words)]


def _detail(line: ReportLine) -> str:
    parts = [line.author]
    if line.correction:
        parts.append("correction")
    if line.photos_held < line.photos_total:
        several = f"{line.photos_held} of {line.photos_total} photos"
        parts.append(several if line.photos_total > 1 else "photo on its way")
    return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads one page on the store thread, and knows what it was asked for."""

    listing: Listing
    after: str | None
    arrived: Callable[[Listing, str | None, Any], None]

    def __call__(self, store: Store) -> Page:
        listing = self.listing
        return store.reports.page(listing.place, query=listing.query, after=self.after, limit=PAGE)

    def done(self, page: Page) -> None:
        self.arrived(self.listing, self.after, page)


@dataclass(frozen=True, slots=True)
class _Fetching:
    """Fetches the review queue, in the pool."""

    connector: Connector
    run: Any
    account: Account
    clock: Clock

    def __call__(self) -> ReviewQueue:
        from reporterdesk.workflow.reviewing import review_queue

        return review_queue(self.connector, self.run, self.account.person, clock=self.clock)


@dataclass(frozen=True, slots=True)
class _Remember:
    place: Place

    def __call__(self, store: Store) -> None:
        store.state.set(OPEN_PLACE, self.place.value)


def _counts(store: Store) -> dict[Place, int]:
    return store.reports.counts()


def _kept_queue(store: Store) -> ReviewQueue:
    from reporterdesk.workflow.reviewing import kept_queue

    return kept_queue(store)


def _nothing(_result: object) -> None:
    """Where there is nothing to tell."""
