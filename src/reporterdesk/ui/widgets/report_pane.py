"""The writing desk for one report: it composes its parts and passes between them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import EDITABLE, Status
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.autosave import Autosave, SaveState, SaveStatus
from reporterdesk.ui.drafts import Background, Draft, DraftRoom, Standing
from reporterdesk.ui.last_place import LastPlace
from reporterdesk.ui.pacing import AFTER_PAINT_MS
from reporterdesk.ui.photo_images import PhotoImages
from reporterdesk.ui.widgets.desk_bar import DeskBar, Side
from reporterdesk.ui.widgets.desk_notes import DeskNotes
from reporterdesk.ui.widgets.draft_form import DraftForm
from reporterdesk.ui.widgets.notice_bar import Notice, NoticeBar
from reporterdesk.ui.widgets.pane_sides import PaneSides
from reporterdesk.ui.widgets.readiness_panel import ReadinessPanel
from reporterdesk.ui.widgets.standing_bar import StandingBar

if TYPE_CHECKING:
    from reporterdesk.domain.delivery import Delivery
    from reporterdesk.domain.people import Account
    from reporterdesk.domain.readiness import Missing
    from reporterdesk.ui.widgets.photo_desk import PhotoDesk
    from reporterdesk.ui.widgets.report_side import ReportSide
    from reporterdesk.ui.widgets.side_panel import SidePanel


class ReportPane(QWidget):
    """Shows one report, to write on where its status allows, else to read. On the UI thread.

    It binds ``report.save``, ``report.file`` and ``report.add_photos``; saving, photos and the
    notes of the desk go through ``background``, so that nothing here waits.

    :ivar draft_saved: emits the report's id and the :class:`Report` as the store has it now.
    :ivar save_failed: emits the error each time a save fails; the text stays and it is tried again.
    :ivar file_requested: emits the id of a report that is ready, saved, and to be filed. The pane
        takes no more words until :meth:`show_report` or :meth:`filing_failed` is called.
    :ivar standing_changed: emits the :class:`Report` that is shown, whenever it is another one or
        stands elsewhere.
    """

    draft_saved = Signal(str, object)
    save_failed = Signal(object)
    standing_changed = Signal(object)
    file_requested = Signal(str)

    def __init__(
        self,
        actions: Actions,
        background: Background,
        images: PhotoImages | None = None,
        *,
        clock: Clock = utc_now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("reportPane")
        self.setAcceptDrops(True)
        self._actions = actions
        self._clock = clock
        self._report: Report | None = None
        self._delivery: Delivery | None = None
        self._account: Account | None = None
        self._filing = False
        self._waits_to_file = False
        self._loading = False
        self._room = DraftRoom(background, clock=clock)
        self._images = images or PhotoImages(self._room.fetch_photo, background.in_images, self)
        self.autosave = Autosave(self._room.save, pause_ms=AFTER_PAINT_MS, parent=self)
        self._place = LastPlace(self._room.remember, self)
        self.bar = DeskBar(actions.action("report.file"), self)
        self.notes = DeskNotes(self)
        self.standing = StandingBar(actions, self)
        self.trouble = NoticeBar(self.tr("Saving"), self)
        self.readiness = ReadinessPanel(self)
        self.progress = NoticeBar(self.tr("Adding photos"), self)
        self.news = NoticeBar(self.tr("News"), self)
        self.halves = QSplitter(self)
        self.sides = PaneSides(actions, self.bar, self.halves)
        self.text = self.sides.text
        self.form = DraftForm(self.text)
        self._panel: SidePanel | None = None
        self._lay_out()
        self._connect_parts()

    @property
    def report(self) -> Report | None:
        """The report that is shown and where it stands; :meth:`content` has its newest words."""
        return self._report

    @property
    def report_id(self) -> str | None:
        """The id of the report that is shown."""
        return self._report.id if self._report else None

    @property
    def status(self) -> Status | None:
        """Where the report that is shown stands."""
        return self._report.status if self._report else None

    @property
    def editable(self) -> bool:
        """Whether the report that is shown can be written on."""
        report = self._report
        return report is not None and report.status in EDITABLE and report.trashed_at is None

    @property
    def unsaved(self) -> bool:
        """Whether anything, of this report or of one left, is not on the disk yet."""
        return self.autosave.unsaved

    @property
    def side(self) -> ReportSide:
        """The facts, the note and the photos, beside the text."""
        return self.furnish().side

    @property
    def photos(self) -> PhotoDesk:
        """The work on the photos."""
        return self.furnish().photos

    def set_account(self, account: Account | None) -> None:
        """Offer this account's sections, and its person's name as the byline of new reports."""
        self._account = account
        self.text.head.offer_sections(account.sections if account else ())
        self._remind(self.text.head.section.code())

    def new_report(self, section: str = "", *, language: str = "", byline: str = "") -> str:
        """Open an empty report and return its id; its row is born at the first keystroke."""
        from reporterdesk.domain.beginning import first_content
        from reporterdesk.domain.ids import new_id

        language = language or self.locale().bcp47Name().split("-")[0]
        content = first_content(self._account, language=language, section=section, byline=byline)
        now = self._clock()
        report = Report(new_id(), content, Status.DRAFT, created_at=now, changed_at=now)
        self._show(report, 0, born=False)
        self.sides.show_side(Side.TEXT)
        self.text.head.headline.setFocus()
        return report.id

    def show_report(self, report: Report, caret: int = 0) -> None:
        """Show ``report``, the caret in its body at ``caret``.

        A report that is open already keeps the text in the window, which is the newer one: only
        where it stands is told anew.
        """
        same = self._report is not None and self._report.id == report.id
        could_write = same and self.editable
        if could_write and report.status in EDITABLE and report.trashed_at is None:
            self._filing = False
            self._report = report
            self._tell_standing()
        else:
            self._show(report, self.text.body.caret_position() if same else caret, born=True)

    def content(self) -> ReportContent:
        """Return the report's content as it stands in the window."""
        return self._draft().whole()

    def flush(self) -> None:
        """Begin to save at once whatever is unsaved, and where the caret is."""
        self.autosave.flush()
        self._place.flush()

    @Slot()
    def _save_now(self) -> None:
        """Save at once, and say so."""
        self.autosave.flush(asked=True)
        self._place.flush()

    @Slot()
    def request_file(self) -> None:
        """File the report if it is ready; else show what is missing."""
        if not self.editable or self._filing:
            return
        if self._check():
            self.readiness.show()
            self.readiness.take_focus()
            return
        self._filing = self._waits_to_file = True
        self._set_read_only(True)
        self.flush()
        self._file_once_saved()

    def filing_failed(self, error: Exception) -> None:
        """Let the report be written on again, and say why it was not filed."""
        self._filing = self._waits_to_file = False
        self._set_read_only(not self.editable)
        self.news.tell(Notice(self.tr("The report was not filed.") + f" {error}", tone="problem"))

    def show_delivery(self, delivery: Delivery) -> None:
        """Tell how far this report's delivery has come; another report's changes nothing."""
        if self._report and delivery.report_id == self._report.id:
            self._delivery = delivery
            self.standing.show_standing(self._report, delivery)

    def reread_standing(self) -> None:
        """Read the delivery and the desk's notes again, as after news from the desk."""
        if self._report:
            self._room.read_standing(self._report.id, self._standing_read)

    @Slot(object)
    def jump_to(self, item: Missing) -> None:
        """Bring the field that ``item`` names into sight, and the keyboard to it."""
        field = item.field
        if field.startswith(("photo.", "event.")) or field == "note_to_desk":
            self.furnish().reveal(item)
        else:
            self.sides.show_side(Side.TEXT)
            (self.text.body if field == "body" else self.text.head.field(field)).setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files anywhere on the desk."""
        if self.editable and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the files as photos."""
        urls = event.mimeData().urls()
        self.furnish().placing.add_files(
            [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        )
        event.acceptProposedAction()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.bar, self.trouble, self.standing, self.notes, self.readiness):
            column.addWidget(widget)
        column.addWidget(self.halves, 1)
        column.addWidget(self.progress)
        column.addWidget(self.news)

    def _connect_parts(self) -> None:
        self.autosave.about_to_flush.connect(self.text.body.composing.finish)
        self.autosave.status_changed.connect(self._saving_told)
        self.autosave.saved.connect(self._was_saved)
        self.autosave.failed.connect(self.save_failed)
        self.text.head.edited.connect(self._edited)
        self.text.head.section_changed.connect(self._remind)
        self.text.body.edited.connect(self._edited)
        self.text.body.cursorPositionChanged.connect(self._caret_moved)
        self.bar.side_chosen.connect(self._side_chosen)
        self.readiness.jump_requested.connect(self.jump_to)
        self.readiness.file_requested.connect(self.request_file)
        self.form.put.connect(self._fields_put)
        self._actions.bind("report.save", self._save_now)
        self._actions.bind("report.file", self.request_file)

    @Slot(object)
    def _side_chosen(self, _side: Side) -> None:
        self.furnish()

    def furnish(self) -> SidePanel:
        """Return the panel beside the text; it is made the first time."""
        if self._panel is None:
            self._panel = self._make_panel()
        return self._panel

    def _make_panel(self) -> SidePanel:
        from reporterdesk.ui.widgets.side_panel import SidePanel

        room, images, bars = self._room, self._images, (self.progress, self.news)
        panel = SidePanel(self, lambda: self.editable, self.sides, room, images, bars)
        self.form.take_panel(panel)
        panel.side.set_read_only(self.text.body.isReadOnly())
        panel.side.edited.connect(self._edited)
        panel.side.photos.edited.connect(self._photos_edited)
        self._actions.bind("report.add_photos", panel.placing.choose)
        return panel

    def _show(self, report: Report, caret: int, *, born: bool) -> None:
        self.autosave.leave()
        unsaved = self.autosave.unsaved_draft(report.id)
        content = unsaved.whole() if unsaved and report.status in EDITABLE else report.content
        if (self.report_id, self.status) != (report.id, report.status):
            self._delivery = None
        self._report = replace(report, content=content)
        self._filing = self._waits_to_file = False
        self._loading = True
        if content.photos:
            self.furnish()  # figures in the text show their captions
        self.form.show_content(report.id, content, caret)
        self.bar.set_photo_count(len(content.photos))
        self._remind(content.section)
        self._loading = False
        saved_at = report.changed_at if born and self.editable else None
        self.autosave.open(report.id, self._draft, saved_at=saved_at)
        if unsaved and self.editable:
            self.autosave.edited()
        self.readiness.hide()
        self._tell_standing()
        self._place.moved(report.id if born else None, caret)

    def _file_once_saved(self) -> None:
        """Ask for the filing when the store has what the window has; never of an older text."""
        status = self.autosave.status
        if not self._waits_to_file or self._report is None:
            return
        if status.state is SaveState.FAILED and status.error is not None:
            self.filing_failed(status.error)
        elif not self.autosave.unsaved_now:
            self._waits_to_file = False
            self.readiness.hide()
            self.file_requested.emit(self._report.id)

    def _draft(self) -> Draft:
        return self.form.draft(self._report.content if self._report else ReportContent())

    def _tell_standing(self) -> None:
        if self._report is None:
            return
        self.standing.show_standing(self._report, self._delivery)
        self._set_read_only(not self.editable)
        self.bar.set_can_file(self.editable)
        self.reread_standing()
        self.standing_changed.emit(self._report)

    def _set_read_only(self, read_only: bool) -> None:
        self.text.set_read_only(read_only)
        if self._panel is not None:
            self._panel.side.set_read_only(read_only)

    def _check(self) -> tuple[Missing, ...]:
        from reporterdesk.domain.readiness import missing
        from reporterdesk.text.count import paragraphs

        draft = self._draft()
        found = missing(draft.content, paragraphs=paragraphs(self.text.body.document()))
        self.readiness.show_missing(found)
        return found

    @Slot()
    def _edited(self) -> None:
        if self._loading or not self.editable:
            return
        self.autosave.edited()
        if not self.readiness.isHidden():
            self._check()

    @Slot(object)
    def _fields_put(self, content: ReportContent) -> None:
        if self._report is not None:
            self._report = replace(self._report, content=content)
        self.bar.set_photo_count(len(content.photos))
        self._remind(content.section)
        self._edited()

    @Slot()
    def _photos_edited(self) -> None:
        self.bar.set_photo_count(len(self.side.photos.photos()))

    @Slot()
    def _caret_moved(self) -> None:
        if self._report and not self._loading:
            self._place.moved(self._report.id, self.text.body.caret_position())

    @Slot(str)
    def _remind(self, slug: str) -> None:
        sections = self._account.sections if self._account else ()
        found = next((section for section in sections if section.slug == slug), None)
        self.readiness.set_reminders(found.checklist if found else ())

    @Slot(object)
    def _saving_told(self, status: SaveStatus) -> None:
        self.bar.show_saved(status)
        if status.state is SaveState.FAILED:
            self.trouble.tell(Notice(str(status.error), tone="problem", closable=False))
        elif status.state is SaveState.SAVED:
            self.trouble.hide()
        if status.state in {SaveState.FAILED, SaveState.SAVED}:
            self._file_once_saved()

    @Slot(str, object)
    def _was_saved(self, report_id: str, report: Report) -> None:
        if self._report and report_id == self._report.id:
            standing = replace(report, content=self._report.content)
            self._report = standing
        self.draft_saved.emit(report_id, report)

    def _standing_read(self, standing: Standing) -> None:
        if self._report is None or standing.report_id != self._report.id:
            return
        self._delivery = standing.delivery
        self.standing.show_standing(self._report, standing.delivery)
        self.notes.show_notes(self._report.status, standing.notes)
