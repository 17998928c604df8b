"""What stands at the right of the window: the report that is open, the outbox, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from reporterdesk.domain.places import Place, place_of
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import EDITABLE, Action, allowed
from reporterdesk.settings import Settings
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.controllers.browsing import Browsing, Listing
from reporterdesk.ui.controllers.moving import ReportMoves
from reporterdesk.ui.widgets.desk_bar import Side
from reporterdesk.ui.widgets.empty_place import empty_words, nothing_open
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.domain.people import Account
    from reporterdesk.domain.reviewed import ReviewedReport
    from reporterdesk.text.tree import Document
    from reporterdesk.ui.controllers.found_marks import FoundMarks
    from reporterdesk.ui.controllers.reviewing import ReviewController
    from reporterdesk.ui.widgets.review_pane import ReviewPane

_EDITING = (
    "report.file",
    "report.add_photos",
    "report.save",
    "format.figure",
)


class Opening(QObject):
    """Opens what is chosen in the list, and keeps places, list and content in step. UI thread.

    What reviewing needs is made when an editor first opens a report: a reporter never pays for it.
    """

    def __init__(
        self,
        window: MainWindow,
        actions: Actions,
        browsing: Browsing,
        moves: ReportMoves,
        make_reviews: Callable[[], ReviewController],
        make_review_pane: Callable[[], ReviewPane],
    ) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        self._browsing, self._moves = browsing, moves
        self._make_reviews, self._make_review_pane = make_reviews, make_review_pane
        self._reviews: ReviewController | None = None
        self._review_pane: ReviewPane | None = None
        self._account: Account | None = None
        self._marks: FoundMarks | None = None
        self._settings = Settings()
        self._wanted: str | None = None
        self._revealed: str | None = None
        self._unborn: str | None = None
        self._connect()
        self._bind_places()

    @property
    def reviews(self) -> ReviewController:
        """What reads reports for editors and carries out what they decide."""
        if self._reviews is None:
            self._reviews = self._make_reviews()
            self._reviews.opened.connect(self._show_review)
        return self._reviews

    @property
    def review_pane(self) -> ReviewPane:
        """The pane in which editors read."""
        if self._review_pane is None:
            self._review_pane = self._make_review_pane()
        return self._review_pane

    def set_account(self, account: Account | None) -> None:
        """Offer the review queue to editors, and the names of sections to all."""
        self._account = account
        editor = account is not None and account.person.is_editor
        self._window.places.offer_review(offered=editor)
        self._window.menus["review"].menuAction().setVisible(editor)
        self._actions.show(editor, "go.review", "review.return", "review.approve", "review.publish")
        self._actions.show(editor, "review.open_page")
        names = {section.slug: section.name for section in account.sections} if account else {}
        self._window.list.delegate.section_names = names
        self._window.list.offer_sections(names)
        self._window.list.rows.viewport().update()
        self.tell_empty()

    @Slot(object)
    def set_settings(self, settings: Settings) -> None:
        """Know what a new report begins with."""
        self._settings = settings

    def first_content(self) -> ReportContent:
        """Return what a new report begins with that is not opened empty."""
        from reporterdesk.domain.beginning import first_content

        chosen = self._settings
        language = chosen.report_language or self._window.locale().bcp47Name().split("-")[0]
        return first_content(self._account, language=language, byline=chosen.byline)

    def show_first(self, report: Report | None, caret: int) -> None:
        """Show what was open when the app was closed, caret in place."""
        self._window.places.show_place(self._browsing.place)
        if report is not None:
            self._window.pane.show_report(report, caret)
            self._window.list.select(report.id)
            self._show_pane()
            self._window.pane.text.body.setFocus()
        else:
            self.show_nothing()

    @Slot()
    def new_report(self) -> None:
        """Open an empty report in the drafts."""
        self._browsing.go(Place.DRAFTS)
        self._unborn = self._window.pane.new_report(
            language=self._settings.report_language, byline=self._settings.byline
        )
        self._show_pane()
        self._window.pane.text.head.headline.setFocus()
        self._window.list.select(None)

    @Slot(object)
    def go(self, place: Place) -> None:
        """Show a place, and at the right what is open of it."""
        self._browsing.go(place)
        self._window.places.show_place(place)
        report = self._window.pane.report
        reviewed = self._review_pane.report if self._review_pane else None
        if place is Place.OUTBOX:
            self._show(self._window.deliveries, "")
        elif place is Place.REVIEW and reviewed is not None:
            self._show(self.review_pane, reviewed.content.headline)
        elif report is not None and place is _place(report):
            self._show_pane()
        else:
            self.show_nothing()

    @Slot(str)
    def open(self, report_id: str) -> None:
        """Show a report: to write or read it, or as an editor to review it."""
        self._wanted = report_id
        if self._browsing.listing.of_queue:
            self.reviews.open(report_id)
        else:
            self._moves.open(report_id)

    @Slot(object)
    def show_report(self, report: Report) -> None:
        """Show a report that was read or moved."""
        self._window.pane.show_report(report)
        self._show_pane()
        self._window.list.select(report.id)

    @Slot(str)
    def reveal(self, report_id: str) -> None:
        """Show a report in the place where it stands, whatever place is shown now."""
        self._wanted = self._revealed = report_id
        self._moves.open(report_id)

    @Slot(object)
    def follow(self, report: Report) -> None:
        """Show a report that stands elsewhere now, and go to that place."""
        place = _place(report)
        if self._browsing.place is not place:
            self._browsing.go(place)
            self._window.places.show_place(place)
        self.show_report(report)

    def show_nothing(self) -> None:
        """Show that nothing is open; in the outbox, what waits."""
        if self._browsing.place is Place.OUTBOX:
            self._show(self._window.deliveries, "")
            return
        words = nothing_open(self._browsing.place, self._browsing.model.rowCount())
        action = self._actions.action(words.action) if words.action else None
        self._window.empty.tell(words, action)
        self._show(self._window.empty, "")

    @Slot(str)
    def gone(self, report_id: str) -> None:
        """Show it no more: it was deleted for good."""
        pane = self._window.pane
        if pane.report_id == report_id:
            shown = self._window.content.currentWidget() is pane
            self._unborn = pane.new_report()  # nothing of the old one stays in the window
            if shown:
                self.show_nothing()

    @Slot()
    def tell_empty(self) -> None:
        """Say in an empty list what to do."""
        rows = self._browsing.model.rowCount()
        listing = self._browsing.listing
        if listing.search.active:
            from reporterdesk.ui.widgets.nothing_found import nothing_found

            names = self._window.list.delegate.section_names
            words = nothing_found(
                listing.search, listing.place, everywhere=listing.everywhere, sections=names
            )
        else:
            words = empty_words(listing.place, signed_in=self._account is not None)
        action, more = (
            self._actions.action(name) if name else None for name in (words.action, words.more)
        )
        self._window.list.show_fill(rows, words, action, more)

    def _connect(self) -> None:
        window, browsing = self._window, self._browsing
        window.places.chosen.connect(self.go)
        window.list.opened.connect(self.open)
        window.list.searched.connect(browsing.search)
        window.list.end_reached.connect(browsing.read_more)
        window.list.entered.connect(self._enter)
        window.pane.standing_changed.connect(self._stands)
        window.pane.draft_saved.connect(self._saved)
        browsing.counts_changed.connect(window.places.show_counts)
        browsing.place_changed.connect(window.places.show_place)
        browsing.filled.connect(self._filled)
        browsing.search_changed.connect(self._search_changed)
        browsing.found.connect(window.list.tell_found)
        browsing.queue_told.connect(self._queue_told)
        self._moves.opened.connect(self._opened)
        self._moves.moved.connect(self.show_report)
        self._moves.taken_up.connect(self.follow)

    def _bind_places(self) -> None:
        self._actions.bind("report.new", self.new_report)
        for place in Place:
            self._actions.bind(f"go.{place.value}", _Go(self, place))
        self._actions.bind("go.search", self._window.list.begin_search)
        self._actions.bind("go.search_everywhere", self._window.list.search_everywhere)
        self._actions.bind("go.clear_filters", self._window.list.clear_filters)
        self._actions.bind("go.list", self._window.list.rows.setFocus)
        self._actions.bind("go.report", self._enter)

    @Slot(object, object)
    def _opened(self, report: Report, body: Document) -> None:
        if report.id == self._wanted:
            self._window.pane.form.expect(report.content.body, body)
            show = self.follow if report.id == self._revealed else self.show_report
            self._revealed = None
            show(report)

    @Slot(object)
    def _show_review(self, report: ReviewedReport) -> None:
        if self._browsing.place is not Place.REVIEW:
            return
        names = self._window.list.delegate.section_names
        section = report.content.section
        self.review_pane.show_report(report, names.get(section, section))
        self._show(self.review_pane, report.content.headline)
        self._window.list.select(report.id)

    @Slot(int)
    def _filled(self, _rows: int) -> None:
        self.tell_empty()
        shown = self._window.content.currentWidget()
        if shown is self._window.empty:
            self.show_nothing()
        if shown is self._window.pane:
            self._window.list.select(self._window.pane.report_id)
        elif self._review_pane is not None and shown is self._review_pane:
            reviewed = self._review_pane.report
            self._window.list.select(reviewed.id if reviewed else None)
        else:
            self._window.list.select(None)

    @Slot(str)
    def _queue_told(self, sentence: str) -> None:
        self._window.list.tell(sentence if self._browsing.place is Place.REVIEW else "")

    @Slot(object)
    def _search_changed(self, listing: Listing) -> None:
        if self._marks is None and listing.search.active:
            from reporterdesk.ui.controllers.found_marks import FoundMarks

            self._marks = FoundMarks(self._window.pane, self._browsing)
        self._window.list.show_place(listing.place, everywhere=listing.everywhere)

    @Slot()
    def _enter(self) -> None:
        """Bring the keyboard into what is open."""
        current = self._window.content.currentWidget()
        if current is self._window.pane:
            if not self._window.pane.text.isVisible():
                self._window.pane.sides.show_side(Side.TEXT)
            self._window.pane.text.body.setFocus()
        elif current is not None:
            current.setFocus()

    @Slot(object)
    def _stands(self, report: Report) -> None:
        if self._window.content.currentWidget() is self._window.pane:
            self._offer(report)
            self._window.show_title(self._headline(report))

    @Slot(str, object)
    def _saved(self, report_id: str, report: Report) -> None:
        if report_id == self._unborn:
            self._unborn = None
        if report_id == self._window.pane.report_id:
            self._stands(report)

    def _show_pane(self) -> None:
        report = self._window.pane.report
        self._show(self._window.pane, self._headline(report) if report else "")
        self._offer(report)

    def _show(self, widget: QWidget, headline: str) -> None:
        if widget is not self._window.content.currentWidget():
            self._window.messages.pass_by()
        self._window.show_content(widget)
        self._window.show_title(headline)
        self._offer(None)

    def _headline(self, report: Report) -> str:
        return report.content.headline.strip() or self.tr("No headline yet")

    def _offer(self, report: Report | None) -> None:
        """Enable what the report's status allows."""
        there = report is not None and report.trashed_at is None
        editable = report is not None and there and report.status in EDITABLE
        self._actions.enable(editable, *_EDITING)
        self._actions.enable(report is not None, "report.preview", "report.history")
        for name, action in (("report.recall", Action.RECALL), ("report.revise", Action.REVISE)):
            possible = report is not None and there and allowed(report.status, action)
            self._actions.enable(possible, name)
        born = there and report is not None and report.id != self._unborn
        self._actions.enable(born, "report.trash")
        in_trash = report is not None and not there
        self._actions.enable(in_trash, "report.restore", "report.delete")


def _place(report: Report) -> Place:
    return Place.TRASH if report.trashed_at is not None else place_of(report.status)


class _Go:
    """Shows one place; an action's slot."""

    def __init__(self, opening: Opening, place: Place) -> None:
        self._opening, self._place = opening, place

    def __call__(self) -> None:
        self._opening.go(self._place)
