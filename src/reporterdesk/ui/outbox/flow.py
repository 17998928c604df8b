"""Buttons beside each other, and on a second line where there is no room for all."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget


class FlowLayout(QLayout):
    """Lays its widgets out as words are: from the reading side, line after line.

    After Qt's own example of a flow layout, with right to left besides.
    """

    def __init__(self, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """See Qt."""
        self._items.append(item)

    def count(self) -> int:
        """See Qt."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """See Qt."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """See Qt."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """See Qt."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """See Qt."""
        return True

    def heightForWidth(self, width: int) -> int:
        """See Qt."""
        if width not in self._heights:  # Qt asks for the same many times in one layout
            self._heights[width] = self._place(QRect(0, 0, width, 0), put=False)
        return self._heights[width]

    def invalidate(self) -> None:
        """See Qt: a widget was changed."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """See Qt."""
        super().setGeometry(rect)
        self._place(rect, put=True)

    def sizeHint(self) -> QSize:
        """See Qt."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """See Qt: the widest widget fits."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, put: bool) -> int:
        """Return the height that is needed; with ``put``, place everything."""
        left, top, line = rect.left(), rect.top(), 0
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
        for item in self._shown():
            size = item.sizeHint()
            width = min(size.width(), rect.width())
            if line and left + width > rect.right() + 1:
                left, top, line = rect.left(), top + line + self._gap, 0
            if put:
                at = QRect(QPoint(left, top), QSize(width, size.height()))
                item.setGeometry(QStyle.visualRect(direction, rect, at))
            left += width + self._gap
            line = max(line, size.height())
        return top + line - rect.top()
