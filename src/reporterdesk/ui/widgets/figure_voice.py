"""Figures in the text, for those who hear it: alt text and caption as the caret comes to one.

Qt tells screen readers of a figure in a text no more than that there is an object (U+FFFC).
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QTextBlock

from reporterdesk.text.tree import Embed, Figure, Rule
from reporterdesk.ui.announcing import announce
from reporterdesk.ui.editor.block_commands import is_standing
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.formats import pieces, standing_of
from reporterdesk.ui.widgets.photo_strip import PhotoStrip


class FigureVoice(QObject):
    """Announces what the caret has come to, and keeps it as the text's description. UI thread.

    The description is what a screen reader says when it is asked where it is.
    """

    def __init__(self, body: BodyEditor, strip: PhotoStrip) -> None:
        super().__init__(body)
        self._body, self._strip = body, strip
        self._at = -1
        body.cursorPositionChanged.connect(self._moved)

    @Slot()
    def _moved(self) -> None:
        block = self._body.textCursor().block()
        words = self._words(block) if is_standing(block) else ""
        at = block.position() if words else -1
        if at == self._at:
            return
        if words:
            self._body.setAccessibleDescription(words)
            if self._body.hasFocus():
                announce(self._body, words)
        elif self._at >= 0:
            self._body.setAccessibleDescription(self._body.marks.placeholder)
        self._at = at

    def _words(self, block: QTextBlock) -> str:
        """Return what stands in ``block`` in the place of words; ``""`` where there are words."""
        for _start, _text, made in pieces(block):
            thing = standing_of(made)
            if isinstance(thing, Figure):
                return self._of_photo(thing.photo_id)
            if isinstance(thing, Rule):
                return self.tr("Dividing line")
            if isinstance(thing, Embed):
                return self.tr("Shown from elsewhere: %1").replace("%1", thing.url)
        return ""

    def _of_photo(self, photo_id: str) -> str:
        card = self._strip.card(photo_id)
        if card is None:
            return self.tr("Photo that is not in this report")
        photo = card.photo()
        alt_text, caption = photo.alt_text.strip(), photo.caption.strip()
        said = (
            self.tr("Photo: %1").replace("%1", alt_text)
            if alt_text
            else self.tr("Photo without alt text")
        )
        if caption:
            said = f"{said.rstrip('.')}. {self.tr('Caption: %1').replace('%1', caption)}"
        return said
