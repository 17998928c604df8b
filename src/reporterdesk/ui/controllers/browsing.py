"""Which place is shown, what is searched for, and the rows of the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.places import Place, place_of
from reporterdesk.domain.report import Report, ReportSummary
from reporterdesk.domain.searching import Hit, Search
from reporterdesk.store.first_screen import OPEN_PLACE
from reporterdesk.ui.background import Background
from reporterdesk.ui.controllers.review_list import ReviewList
from reporterdesk.ui.models.report_list import ReportListModel

if TYPE_CHECKING:
    from reporterdesk.domain.people import Account
    from reporterdesk.store.listing import Page
    from reporterdesk.store.store import Store

PAGE = 200
FOUND_PAGE = 50
"""Rows of a page of what a search has found."""
IN_SIGHT = 12
"""So many rows of them come with their hits marked; the others' follow by and by."""
_TYPING_MS = 120
"""How long a search waits for the next key."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed: a place, or what is found in it, or by a search in all of them."""

    place: Place
    search: Search = field(default_factory=Search)
    everywhere: bool = False

    @property
    def of_queue(self) -> bool:
        """Whether it is the desk's review queue, which is not in the store."""
        return self.place is Place.REVIEW and not (self.everywhere and self.search.active)

    def whole_search(self) -> Search:
        """Return the search with its place."""
        place = None if self.everywhere else self.place
        return replace(self.search, filters=replace(self.search.filters, place=place))


class Browsing(QObject):
    """Fills the list from the store, the review queue included. On the UI thread.

    :ivar queue: the rows of the review queue.
    :ivar place_changed: emits the :class:`Place` that is shown now.
    :ivar counts_changed: emits the number of reports in each place.
    :ivar filled: emits how many rows the list has after it was read.
    :ivar search_changed: emits the :class:`Listing` that is wanted from now on.
    :ivar found: emits how many a search has found, at most ``COUNTED`` and one; ``None`` after
        whatever is no search.
    :ivar queue_told: emits a sentence about the review queue, ``""`` where all is well.
    """

    place_changed = Signal(object)
    counts_changed = Signal(object)
    filled = Signal(int)
    queue_told = Signal(str)
    search_changed = Signal(object)
    found = Signal(object)

    def __init__(
        self,
        background: Background,
        place: Place = Place.DRAFTS,
        *,
        clock: Clock = utc_now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._account: Account | None = None
        self._listing = Listing(place)
        self._listed: Listing | None = None
        self._next: str | None = None
        self._newest: _Reading | None = None
        self.queue = ReviewList(background, clock=clock, parent=self)
        self.queue.changed.connect(self._queue_changed)
        self.queue.told.connect(self.queue_told)
        self.model = ReportListModel(self)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._read)

    @property
    def place(self) -> Place:
        """The place that is shown."""
        return self._listing.place

    @property
    def listing(self) -> Listing:
        """What is to be listed."""
        return self._listing

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
        self._listing = replace(self._listing, place=place)

    def go(self, place: Place) -> None:
        """Show another place; what is searched for is searched for there."""
        if place is not self._listing.place or self._listing.everywhere:
            self._listing = replace(self._listing, place=place, everywhere=False)
            self.place_changed.emit(place)
            self.search_changed.emit(self._listing)
            self._background.in_store(_Remember(place), _nothing, _nothing)
        self.refresh()

    @Slot(object, bool)
    def search(self, search: Search, everywhere: bool = False) -> None:
        """Search as it is typed, in the place that is shown or everywhere."""
        search = replace(search, words=search.words.strip())
        listing = replace(self._listing, search=search, everywhere=everywhere)
        if listing != self._listing:
            self._listing = listing
            self.search_changed.emit(listing)
            self._typing.start()

    @Slot()
    def refresh(self) -> None:
        """Read the list and the counts again."""
        self._background.in_store(_counts, self._counted)
        self._read()
        self._read_queue()

    @Slot()
    def read_more(self) -> None:
        """Read the next page, where there is one."""
        if self._next is not None and not self._listing.of_queue:
            after, self._next = self._next, None
            self._begin(_Reading(self._listing, after, self._is_newest, self._arrived))

    def saved(self, report: Report) -> None:
        """Show what was saved just now, without reading the list again."""
        here = report.trashed_at is None and place_of(report.status) is self._listing.place
        if not here or self._listing.search.active:
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

    @Slot()
    def _read(self) -> None:
        """Read the first page, or what the queue has."""
        self._typing.stop()
        if self._listing.of_queue:
            self._newest = None
            self._show_queue()
        else:
            self._begin(_Reading(self._listing, None, self._is_newest, self._arrived))

    def _begin(self, reading: _Reading) -> None:
        """Read a page; what was being read before is given up."""
        self._newest = reading
        self._background.in_store(reading, reading.done)

    def _is_newest(self, reading: _Reading) -> bool:
        """Tell whether the answer is still waited for. Any thread may ask."""
        return self._newest is reading

    def _arrived(self, reading: _Reading, page: Page, hits: dict[str, Hit]) -> None:
        if not self._is_newest(reading) or reading.listing != self._listing:
            return
        self._listed, self._next = reading.listing, page.next
        if reading.after is None:
            self.model.show_rows(page.rows, hits)
        else:
            self.model.add_rows(page.rows, hits)
        self.filled.emit(self.model.rowCount())
        self.found.emit(page.found)
        rest = tuple(row.id for row in page.rows[IN_SIGHT:]) if page.found is not None else ()
        if rest:
            marking = _Marking(reading, rest, self.model.add_hits)
            self._background.in_store(marking, marking.done, _nothing)

    def _counted(self, counts: dict[Place, int]) -> None:
        shown = dict(counts)
        if self._account and self._account.person.is_editor:
            shown[Place.REVIEW] = self.queue.waiting
        self.counts_changed.emit(shown)

    def _read_queue(self) -> None:
        if self._account is not None and self._account.person.is_editor:
            self.queue.read()

    @Slot()
    def _queue_changed(self) -> None:
        self._background.in_store(_counts, self._counted)
        if self._listing.of_queue:
            self._show_queue()

    def _show_queue(self) -> None:
        search, rows, hits = self._listing.search, list(self.queue.rows()), dict[str, Hit]()
        if search.active:
            from reporterdesk.ui.controllers.queue_search import found_in

            rows, hits = found_in(rows, search)
        self._listed, self._next = self._listing, None
        self.model.show_rows(rows, hits)
        self.filled.emit(len(rows))
        self.found.emit(len(rows) if search.active else None)


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    """Reads one page on the store thread, and knows what it was asked for."""

    listing: Listing
    after: str | None
    is_newest: Callable[[_Reading], bool]
    arrived: Callable[[_Reading, Page, dict[str, Hit]], None]

    def __call__(self, store: Store) -> tuple[Page, dict[str, Hit]] | None:
        """Return the page and where its first rows have it; ``None`` where nobody waits for it."""
        listing = self.listing
        if not listing.search.active:
            return store.reports.page(listing.place, after=self.after, limit=PAGE), {}
        search = listing.whole_search()
        page = store.finder.page(
            search, after=self.after, limit=FOUND_PAGE, superseded=self.superseded
        )
        if page is None:
            return None
        in_sight = [row.id for row in page.rows[:IN_SIGHT]]
        return page, store.finder.hits(search.words, in_sight, superseded=self.superseded)

    def superseded(self) -> bool:
        """Tell whether something else is asked for by now."""
        return not self.is_newest(self)

    def done(self, read: tuple[Page, dict[str, Hit]] | None) -> None:
        if read is not None:
            self.arrived(self, *read)


@dataclass(frozen=True, slots=True)
class _Marking:
    """Looks up where the rest of a page has what was searched for, on the store thread."""

    reading: _Reading
    ids: tuple[str, ...]
    found: Callable[[dict[str, Hit]], None]

    def __call__(self, store: Store) -> dict[str, Hit]:
        words = self.reading.listing.search.words
        return store.finder.hits(words, self.ids, superseded=self.reading.superseded)

    def done(self, hits: dict[str, Hit]) -> None:
        if not self.reading.superseded():
            self.found(hits)


@dataclass(frozen=True, slots=True)
class _Remember:
    place: Place

    def __call__(self, store: Store) -> None:
        store.state.set(OPEN_PLACE, self.place.value)


def _counts(store: Store) -> dict[Place, int]:
    return store.reports.counts()


def _nothing(_result: object) -> None:
    """Where there is nothing to tell."""
