"""A photo that is taken out of the report leaves its text, and comes back with one undo.

The other way round nothing happens: a photo that is taken out of the text stays in the report.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QTextBlock, QTextCursor

from reporterdesk.ui.editor.block_commands import one_step
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.figure_hand import figure_in
from reporterdesk.ui.editor.gaps import Gap
from reporterdesk.ui.editor.rewriting import remove_blocks
from reporterdesk.ui.widgets.photo_desk import PhotoDesk
from reporterdesk.ui.widgets.photo_strip import PhotoStrip, RemovedPhoto


class PhotoLeaving(QObject):
    """Keeps the strip and the text of one editor together. Lives on the UI thread.

    Undo and redo of the text bring a photo's figure back that is not in the strip any more: then
    the photo comes back there, too, with its words.
    """

    _seen_again = Signal(str)

    def __init__(self, body: BodyEditor, strip: PhotoStrip, photos: PhotoDesk) -> None:
        super().__init__(strip)
        self._body, self._strip, self._photos = body, strip, photos
        self._after: tuple[str, int] = ("", -1)
        self._gaps: list[Gap] = []
        strip.photo_removed.connect(self._leave)
        photos.put_back.connect(self._come_back)
        body.text_document.contentsChange.connect(self._changed)
        # Queued: a text must not be changed by those who are told of its change.
        self._seen_again.connect(photos.bring_back, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _leave(self, gone: RemovedPhoto) -> None:
        text, photo_id = self._body.text_document, gone.photo.id
        blocks = [block for block in _figures(text.begin()) if _shows(block, photo_id)]
        if not blocks:
            self._after = ("", -1)
            return
        self._gaps = []
        cursor = QTextCursor(text)
        with one_step(cursor):
            for block in reversed(blocks):
                number = block.blockNumber()
                remove_blocks(cursor, number, number + 1)
                self._gaps.append(Gap(text, number))
        self._after = photo_id, text.revision()

    @Slot(str)
    def _come_back(self, photo_id: str) -> None:
        """Bring the figures back where they were, if undo has not done so."""
        text = self._body.text_document
        left, revision = self._after
        self._after = ("", -1)
        if left != photo_id or any(_shows(block, photo_id) for block in _figures(text.begin())):
            return
        if text.revision() == revision and text.isUndoAvailable():
            self._body.undo()
            return
        for gap in self._gaps:
            gap.put(photo_id)

    @Slot(int, int, int)
    def _changed(self, position: int, _removed: int, added: int) -> None:
        if not self._photos.gone:
            return
        block = self._body.text_document.findBlock(position)
        for found in _figures(block, position + added):
            figure = figure_in(found)
            if figure is not None and figure.photo_id in self._photos.gone:
                self._seen_again.emit(figure.photo_id)


def _figures(block: QTextBlock, upto: int | None = None) -> list[QTextBlock]:
    """Return the blocks that hold a photo, from ``block`` on."""
    found = []
    while block.isValid() and (upto is None or block.position() <= upto):
        if figure_in(block) is not None:
            found.append(block)
        block = block.next()
    return found


def _shows(block: QTextBlock, photo_id: str) -> bool:
    figure = figure_in(block)
    return figure is not None and figure.photo_id == photo_id
