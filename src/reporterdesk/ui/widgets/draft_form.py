"""Between a report's content and the fields of the writing desk."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from reporterdesk.domain.report import ReportContent
from reporterdesk.ui.drafts import Draft
from reporterdesk.ui.widgets.photo_desk import PhotoDesk
from reporterdesk.ui.widgets.report_side import ReportSide
from reporterdesk.ui.widgets.text_side import TextSide


class DraftForm(QObject):
    """Shows a content in the fields and reads it back; what has no field is kept as it was."""

    def __init__(self, text: TextSide, side: ReportSide, photos: PhotoDesk) -> None:
        super().__init__(text)
        self._text, self._side, self._photos = text, side, photos
        self._body_touched = False
        text.body.edited.connect(self._touched)

    def show_content(self, report_id: str, content: ReportContent, caret: int) -> None:
        """Show ``content``, the caret in its body at ``caret``."""
        from reporterdesk.text.parse import parse

        self._text.head.show_content(content)
        self._text.turn(content.language)
        # The photos come before the body, whose figures ask for them.
        self._photos.show_photos(report_id, content.photos, content.lead_photo)
        self._text.body.set_document(parse(content.body))
        self._text.body.set_caret_position(caret)
        self._text.count()
        self._side.facts.set_facts(content.event)
        self._side.note.set_words(content.note_to_desk)
        self._body_touched = False

    def draft(self, shown: ReportContent) -> Draft:
        """Return the content as it stands, over ``shown``, which was shown last."""
        head, side = self._text.head, self._side
        content = replace(
            shown,
            headline=head.headline.words(),
            standfirst=head.standfirst.words(),
            byline=head.byline.text(),
            section=head.section.code(),
            language=head.language.code() or "en",
            note_to_desk=side.note.words(),
            event=side.facts.facts(),
            photos=side.photos.photos(),
            lead_photo=side.photos.lead,
        )
        return Draft(content, self._text.body.document() if self._body_touched else None)

    @Slot()
    def _touched(self) -> None:
        self._body_touched = True
