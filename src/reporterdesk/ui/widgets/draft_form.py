"""Between a report's content and the fields of the writing desk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from reporterdesk.domain.report import ReportContent
from reporterdesk.text.tree import Document
from reporterdesk.ui.drafts import Draft
from reporterdesk.ui.widgets.text_side import TextSide

if TYPE_CHECKING:
    from reporterdesk.ui.widgets.side_panel import SidePanel


class DraftForm(QObject):
    """Shows a content in the fields and reads it back; what has no field is kept as it was.

    The panel's fields come later than those of the text. Until then, nobody can have changed them.

    :ivar put: emits the content that :meth:`put_fields` has put into the fields.
    :ivar panel_taken: emits the panel, when it is there.
    """

    put = Signal(object)
    panel_taken = Signal(object)

    def __init__(self, text: TextSide) -> None:
        super().__init__(text)
        self._text = text
        self._panel: SidePanel | None = None
        self._shown: tuple[str, ReportContent] | None = None
        self._body_touched = False
        self._expected: tuple[str, Document] | None = None
        text.body.edited.connect(self._touched)

    def take_panel(self, panel: SidePanel) -> None:
        """Show in ``panel`` from now on what belongs there, also of what is shown already."""
        self._panel = panel
        self.panel_taken.emit(panel)
        if self._shown is not None:
            self._show_in(panel, *self._shown)

    @property
    def panel(self) -> SidePanel | None:
        """The panel with the fields beside the text, once it is there."""
        return self._panel

    def show_content(self, report_id: str, content: ReportContent, caret: int) -> None:
        """Show ``content``, the caret in its body at ``caret``."""
        self._show_fields(report_id, content)
        self._text.body.set_document(self._tree_of(content.body))
        self._text.body.set_caret_position(caret)
        self._text.count_soon()
        self._body_touched = False

    def expect(self, body: str, document: Document) -> None:
        """Know the tree of a body that may be shown next: it was parsed on another thread."""
        self._expected = body, document

    def _tree_of(self, body: str) -> Document:
        from reporterdesk.text.parse import parse

        expected, self._expected = self._expected, None
        return expected[1] if expected and expected[0] == body else parse(body)

    def put_fields(self, report_id: str, content: ReportContent) -> None:
        """Show all of ``content`` but its body: the text stays, with all its steps to undo."""
        self._show_fields(report_id, content)
        self._text.body.refresh_figure(None)
        self.put.emit(content)

    def _show_fields(self, report_id: str, content: ReportContent) -> None:
        self._text.head.show_content(content)
        self._text.turn(content.language)
        self._shown = report_id, content
        if self._panel is not None:  # before the body, whose figures ask for the photos
            self._show_in(self._panel, report_id, content)

    def draft(self, shown: ReportContent) -> Draft:
        """Return the content as it stands, over ``shown``, which was shown last."""
        head = self._text.head
        content = replace(
            shown,
            headline=head.headline.words(),
            standfirst=head.standfirst.words(),
            byline=head.byline.text(),
            section=head.section.code(),
            language=head.language.code() or "en",
        )
        if self._panel is not None:
            side = self._panel.side
            content = replace(
                content,
                note_to_desk=side.note.words(),
                event=side.facts.facts(),
                photos=side.photos.photos(),
                lead_photo=side.photos.lead,
            )
        return Draft(content, self._text.body.document() if self._body_touched else None)

    @staticmethod
    def _show_in(panel: SidePanel, report_id: str, content: ReportContent) -> None:
        panel.photos.show_photos(report_id, content.photos, content.lead_photo)
        panel.side.facts.set_facts(content.event)
        panel.side.note.set_words(content.note_to_desk)

    @Slot()
    def _touched(self) -> None:
        self._body_touched = True
