"""A field for one logical line that wraps and grows with its words."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QResizeEvent,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

_BREAKS = re.compile(r"[\r\n\u2028\u2029\x0b\x0c]+[ \t]*")
_LOOKS = {
    QEvent.Type.PaletteChange,
    QEvent.Type.StyleChange,
    QEvent.Type.ReadOnlyChange,
}


class GrowingText(QTextEdit):
    """Wraps, grows up to ``lines`` visual lines, then scrolls.

    It holds one logical line: Enter moves on (``entered``), line breaks in what is pasted become
    spaces. With ``many=True`` Enter makes a new line instead. Tab always moves the focus.

    :ivar edited: emitted when a person changed the text, not when :meth:`set_words` did.
    :ivar entered: emitted when Enter was pressed.
    :ivar look_changed: emitted when its colours have changed, or whether it can be written in.
    :ivar takes_menu: opens a menu of its own if there is one for the place that was asked for, and
        returns whether it did.
    """

    edited = Signal()
    entered = Signal()
    look_changed = Signal()

    def __init__(
        self, name: str, *, lines: int = 4, many: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._most_lines = lines
        self._many = many
        self._quiet = False
        self.takes_menu: Callable[[QContextMenuEvent], bool] = _usual
        self.setAccessibleName(name)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def words(self) -> str:
        """Return the text."""
        text = self.toPlainText()
        return text if self._many else _BREAKS.sub(" ", text)

    def set_words(self, text: str) -> None:
        """Show ``text``; forgets the undo history, emits nothing."""
        if text == self.words():
            return
        self._quiet = True
        try:
            self.setPlainText(text if self._many else _BREAKS.sub(" ", text))
        finally:
            self._quiet = False

    def set_direction(self, direction: Qt.LayoutDirection) -> None:
        """Write from the side that the language begins on."""
        option = self.document().defaultTextOption()
        option.setTextDirection(direction)
        self.document().setDefaultTextOption(option)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move on at Enter."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif enter and not self._many:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu for a place in the words (called by Qt)."""
        if not self.takes_menu(event):
            super().contextMenuEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Say that the look has changed (called by Qt)."""
        super().changeEvent(event)
        if event.type() in _LOOKS:
            self.look_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the beginning again where the text is longer than the field."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow or shrink with the new line breaks."""
        super().resizeEvent(event)
        self._fit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text only; files and pictures are for the report around the field."""
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert as one line what was copied as many."""
        text = source.text()
        self.insertPlainText(text if self._many else _BREAKS.sub(" ", text.strip()))

    def sizeHint(self) -> QSize:
        """Return a height that shows the text, up to the most lines."""
        return QSize(200, self.height())

    def minimumSizeHint(self) -> QSize:
        """Allow any width."""
        return QSize(60, self.height())

    @Slot()
    def _changed(self) -> None:
        if not self._quiet:
            self.edited.emit()

    @Slot()
    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        around = 2 * round(self.document().documentMargin()) + self._edges()
        most = self._most_lines * line + around
        wanted = max(round(self.document().size().height()) + self._edges(), line + around)
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if wanted > most
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        if self.height() != min(wanted, most):
            self.setFixedHeight(min(wanted, most))
            self.updateGeometry()

    def _edges(self) -> int:
        margins = self.contentsMargins()
        return margins.top() + margins.bottom()


def _usual(_event: QContextMenuEvent) -> bool:
    return False
