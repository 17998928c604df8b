"""What a hand does to photos in the text: choose, open, carry elsewhere, let fall from outside.

It sees the viewport's mouse and drag events before the text widget does. What is carried falls into
the gap between two blocks that is marked by a line, never into words; outside of the text, nothing
happens.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPixmap,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit

from reporterdesk.text.tree import Figure
from reporterdesk.ui.editor.block_commands import is_standing
from reporterdesk.ui.editor.formats import pieces, standing_of
from reporterdesk.ui.editor.gaps import Gap, block_area, gap_at, gap_line
from reporterdesk.ui.editor.moving_blocks import move_figure, selected_thing
from reporterdesk.ui.editor.palette import inks

FIGURE_MIME = "application/x-reporterdesk-figure"
"""What a photo carries that is dragged from one place in the text to another: its id."""
PHOTO_MIME = "application/x-reporterdesk-photo"
"""What a card carries that is dragged from the strip of photos: the photo's id."""
PHOTO_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".tif", ".tiff"},
)
"""How the names of files end that may be photos."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_EDGE = 28
_SCROLL_MS = 30
_CARRIED = 120


class FigureHand(QObject):
    """Mouse, drags and Enter on the photos of one editor. Lives on the UI thread.

    :ivar opened: emits the id of a photo whose words are wanted.
    :ivar files_let_fall: emits a list of ``Path`` and the :class:`Gap` where they are to stand.
    :ivar photo_let_fall: emits the id of a photo of the strip, and the :class:`Gap`.
    """

    opened = Signal(str)
    files_let_fall = Signal(list, object)
    photo_let_fall = Signal(str, object)

    def __init__(
        self,
        editor: QTextEdit,
        about_to_move: Callable[[], None],
        picture: Callable[[str], QPixmap],
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self._settle = about_to_move
        self._picture = picture
        self._pressed: QPoint | None = None
        self._carried: QTextCursor | None = None
        self._line = QFrame(editor.viewport())
        self._line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._line.hide()
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(_SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll)
        self._pull = 0
        self.carry: Callable[[QDrag], object] = _carry
        """Lets a drag take its course; returns when it is over."""
        editor.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the events that are about photos (called by Qt)."""
        kind = event.type()
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if isinstance(event, QDropEvent):  # entering and moving are kinds of it
            return self._drag(event)
        if kind == QEvent.Type.DragLeave:
            self._put_away()
        return False

    def key(self, event: QKeyEvent) -> bool:
        """Open the chosen photo's words with Enter; return whether the key has been used up."""
        if event.key() not in _ENTER:
            return False
        figure = self.chosen()
        if figure is None:
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        self.opened.emit(figure.photo_id)
        return True

    def chosen(self) -> Figure | None:
        """Return the photo that is selected, and nothing beside it."""
        cursor = self._editor.textCursor()
        if cursor.selectionEnd() - cursor.selectionStart() != 1:
            return None
        block = cursor.document().findBlock(cursor.selectionStart())
        inside = cursor.selectionEnd() < block.position() + block.length()
        return figure_in(block) if inside else None

    def _mouse(self, event: QMouseEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseMove:
            return self._moved(event)
        if event.button() != Qt.MouseButton.LeftButton or event.modifiers():
            return False
        if kind == QEvent.Type.MouseButtonRelease:
            held, self._pressed = self._pressed is not None, None
            return held
        block = self._thing_at(event.position())
        if block is None:
            return False
        if kind == QEvent.Type.MouseButtonPress:
            self._settle()
            self._editor.setTextCursor(selected_thing(block))
            self._pressed = event.position().toPoint()
            return True
        figure = figure_in(block)
        if kind == QEvent.Type.MouseButtonDblClick and figure is not None:
            self.opened.emit(figure.photo_id)
        return kind == QEvent.Type.MouseButtonDblClick

    def _thing_at(self, place: QPointF) -> QTextBlock | None:
        block = self._editor.cursorForPosition(place.toPoint()).block()
        area = block_area(self._editor, block)
        return block if is_standing(block) and area.top() <= place.y() <= area.bottom() else None

    def _moved(self, event: QMouseEvent) -> bool:
        if self._pressed is None:
            return False
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._pressed = None
            return False
        far = (event.position().toPoint() - self._pressed).manhattanLength()
        figure = self.chosen()
        if far >= QApplication.startDragDistance() and figure and not self._editor.isReadOnly():
            self._pressed = None
            self._carry_off(figure)
        return True

    def _carry_off(self, figure: Figure) -> None:
        cursor = self._editor.textCursor()
        self._carried = QTextCursor(cursor.document().findBlock(cursor.selectionStart()))
        data = QMimeData()
        data.setData(FIGURE_MIME, figure.photo_id.encode())
        drag = QDrag(self._editor)
        drag.setMimeData(data)
        drag.setPixmap(self._picture(figure.photo_id))
        try:
            self.carry(drag)
        finally:
            self._carried = None
            self._put_away()

    def _drag(self, event: QDropEvent) -> bool:
        if self._editor.isReadOnly() or not self._takes(event.mimeData()):
            return False
        gap = gap_at(self._editor, event.position())
        if isinstance(event, QDragEnterEvent | QDragMoveEvent):
            self._show(gap, event.position())
        else:
            self._put_away()
            self._let_fall(event.mimeData(), gap)
        event.acceptProposedAction()
        return True

    def _takes(self, data: QMimeData) -> bool:
        if data.hasFormat(FIGURE_MIME):
            return self._carried is not None  # not one of another report
        return data.hasFormat(PHOTO_MIME) or bool(photo_files(data))

    def _let_fall(self, data: QMimeData, gap: int) -> None:
        self._settle()
        text = self._editor.textCursor().document()
        if data.hasFormat(FIGURE_MIME):
            block = self._carried.block() if self._carried else QTextBlock()
            if figure_in(block) == Figure(_told(data, FIGURE_MIME)):
                moved = move_figure(block, gap)
                if moved is not None:
                    self._editor.setTextCursor(moved)
        elif data.hasFormat(PHOTO_MIME):
            self.photo_let_fall.emit(_told(data, PHOTO_MIME), Gap(text, gap))
        else:
            self.files_let_fall.emit(photo_files(data), Gap(text, gap))

    def _show(self, gap: int, place: QPointF) -> None:
        accent = inks(self._editor.palette()).accent.name()
        self._line.setStyleSheet(f"background: {accent}; border-radius: 1px")
        self._line.setGeometry(gap_line(self._editor, gap))
        self._line.show()
        self._line.raise_()
        height = self._editor.viewport().height()
        self._pull = -1 if place.y() < _EDGE else 1 if place.y() > height - _EDGE else 0
        if self._pull:
            self._scrolling.start()
        else:
            self._scrolling.stop()

    @Slot()
    def _scroll(self) -> None:
        bar = self._editor.verticalScrollBar()
        bar.setValue(bar.value() + self._pull * bar.singleStep())

    def _put_away(self) -> None:
        self._scrolling.stop()
        self._line.hide()


def figure_in(block: QTextBlock) -> Figure | None:
    """Return the photo that stands in ``block``."""
    if not block.isValid() or not is_standing(block):
        return None
    found = (standing_of(made) for _, _, made in pieces(block))
    return next((thing for thing in found if isinstance(thing, Figure)), None)


def photo_files(data: QMimeData) -> list[Path]:
    """Return the files in ``data`` if all of them are photos by their names."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return paths if all(path.suffix.lower() in PHOTO_SUFFIXES for path in paths) else []


def _told(data: QMimeData, kind: str) -> str:
    return bytes(data.data(kind).data()).decode("ascii", "replace")


def _carry(drag: QDrag) -> object:
    return drag.exec(Qt.DropAction.MoveAction)
