"""The paper on which a moment of a report is read: set like the editor, never written on."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QWidget

from reporterdesk.domain.photo import Photo
from reporterdesk.text.direction import language_direction
from reporterdesk.ui.editor.figures import FigureWords
from reporterdesk.ui.editor.formats import body_font
from reporterdesk.ui.editor.palette import inks
from reporterdesk.ui.editor.writing_area import WritingArea
from reporterdesk.ui.history.change_ink import ChangeInk
from reporterdesk.ui.history.page import RESTORE, Page, PageWriter
from reporterdesk.ui.photo_images import LONGEST_SIDE, PhotoImages

_BAR_WIDTH = 3.0
_BAR_GAP = 10.0
_AIR = 40
"""Pixels over the change that is gone to."""
_DRAW_AFTER_MS = 60


class HistoryPaper(WritingArea):
    """Shows one :class:`Page`; a bar stands beside each change. Lives on the UI thread.

    :ivar restore_requested: emits the number of the change, from 0, whose link was clicked.
    """

    restore_requested = Signal(int)
    ink_type = ChangeInk

    def __init__(self, images: PhotoImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images = images
        self._page: Page | None = None
        self._photos: dict[str, Photo] = {}
        self._spans: list[tuple[int, int]] = []
        self._current = -1
        self._restoring = self._only_changes = False
        self._absent = False
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setObjectName("historyPaper")
        self.setAccessibleName(self.tr("The report at this moment, with what has changed since"))
        self.viewport().setMouseTracking(True)
        self.pictures.image = self._image
        self.pictures.shape = self._shape
        self.pictures.words = self._words
        self._again = QTimer(self, singleShot=True, interval=_DRAW_AFTER_MS)
        self._again.timeout.connect(self._redraw)
        images.loaded.connect(self._loaded)

    def show_page(self, page: Page, *, restoring: bool, only_changes: bool) -> None:
        """Show ``page`` from its top; the same moment again keeps its place."""
        same = self._page is not None and self._page.moment.number == page.moment.number
        place = self.verticalScrollBar().value() if same else 0
        self._page, self._restoring, self._only_changes = page, restoring, only_changes
        old = {photo.id: photo for photo in page.then.photos}
        self._photos = {photo.id: photo for photo in page.now.photos} | old
        self._current = -1
        self._turn(page.then.language)
        self._write()
        self.verticalScrollBar().setValue(place)

    def clear_page(self) -> None:
        """Show nothing."""
        self._page, self._spans, self._current = None, [], -1
        self.text_document.clear()

    def go_to(self, number: int) -> None:
        """Bring the change with this number, from 0, into sight, and mark it."""
        self._current = number
        if 0 <= number < len(self._spans):
            block = self.text_document.findBlockByNumber(self._spans[number][0])
            cursor = QTextCursor(block)
            self.setTextCursor(cursor)
            bar = self.verticalScrollBar()
            top = self.text_document.documentLayout().blockBoundingRect(block).top()
            end = self.text_document.findBlockByNumber(self._spans[number][1])
            bottom = self.text_document.documentLayout().blockBoundingRect(end).bottom()
            if top < bar.value() or bottom > bar.value() + self.viewport().height():
                bar.setValue(round(top) - _AIR)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, then a bar beside each change."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(Qt.PenStyle.NoPen)
        colours = inks(self.palette())
        for number, area in enumerate(self._bars()):
            if area.intersects(QRectF(event.rect())):
                painter.setBrush(colours.accent if number == self._current else colours.line)
                painter.drawRect(area)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over a link that restores."""
        super().mouseMoveEvent(event)
        over = self._link_at(event) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Restore by a click; other links open as in any text that is only read."""
        number = self._link_at(event)
        if number is not None and event.button() == Qt.MouseButton.LeftButton:
            self.restore_requested.emit(number)
            return
        super().mouseReleaseEvent(event)

    def _link_at(self, event: QMouseEvent) -> int | None:
        link = self.anchorAt(event.position().toPoint())
        return int(link.removeprefix(RESTORE)) if link.startswith(RESTORE) else None

    def _bars(self) -> list[QRectF]:
        """Return where the bars stand, in the viewport's pixels."""
        layout, margin = self.text_document.documentLayout(), self.text_document.documentMargin()
        shift = QPointF(0, -self.verticalScrollBar().value())
        right = self._runs_from_right()
        x = self.text_document.textWidth() - margin + _BAR_GAP if right else margin - _BAR_GAP
        bars = []
        for first, last in self._spans:
            top = layout.blockBoundingRect(self.text_document.findBlockByNumber(first)).top()
            end = layout.blockBoundingRect(self.text_document.findBlockByNumber(last)).bottom()
            area = QRectF(x - (0 if right else _BAR_WIDTH), top, _BAR_WIDTH, end - top)
            bars.append(area.translated(shift))
        return bars

    def _runs_from_right(self) -> bool:
        option = self.text_document.defaultTextOption()
        return option.textDirection() == Qt.LayoutDirection.RightToLeft

    def _turn(self, language: str) -> None:
        self.setFont(body_font(language=language))
        right = language_direction(language) == "rtl"
        option = QTextOption(self.text_document.defaultTextOption())
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LayoutDirectionAuto
        )
        self.text_document.setDefaultTextOption(option)

    def _write(self) -> None:
        if self._page is None:
            return
        self._absent = False
        self.text_document.clear()
        writer = PageWriter(
            QTextCursor(self.text_document),
            self._page,
            restoring=self._restoring,
            only_changes=self._only_changes,
            picture=self._image,
        )
        writer.write()
        self._spans = writer.spans
        self.setTextCursor(QTextCursor(self.text_document))

    def _image(self, photo_id: str, longest_side: int = LONGEST_SIDE) -> QImage | None:
        photo = self._photos.get(photo_id)
        image = self._images.image(photo.preview.sha256, longest_side) if photo else None
        self._absent = self._absent or image is None
        return image

    def _shape(self, photo_id: str) -> QSize | None:
        photo = self._photos.get(photo_id)
        return self._images.shape(photo.preview) if photo else None

    def _words(self, photo_id: str) -> FigureWords:
        photo = self._photos.get(photo_id)
        return FigureWords(photo.caption) if photo else FigureWords()

    @Slot(str)
    def _loaded(self, sha256: str) -> None:
        if not any(p.preview.sha256 == sha256 for p in self._photos.values()):
            return
        if self._absent:
            self._again.start()
        else:
            self.viewport().update()

    @Slot()
    def _redraw(self) -> None:
        """Write the page again with the pictures that have come meanwhile."""
        place, current = self.verticalScrollBar().value(), self._current
        self._write()
        self._current = current
        self.verticalScrollBar().setValue(place)
        self.viewport().update()
