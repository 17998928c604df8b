"""The small sheet under the words in which a link is made, changed, opened and removed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from reporterdesk.ui.colours import colours
from reporterdesk.ui.editor.links import LinkRefused, link_address
from reporterdesk.ui.editor.palette import inks

_WIDTH = 380
_EDGE = 8
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LinkPopover(QFrame):
    """Asks for the words and the address of a link, over an editor. Lives on the UI thread.

    Enter keeps, Escape and a click elsewhere leave everything as it was.

    :ivar kept: emits the words and the checked address.
    :ivar removed: the link is to go, its words stay.
    :ivar opened: emits the checked address, which is to be shown in the browser.
    :ivar left: it is closed; emits whether the keyboard is to go back to the text.
    """

    kept = Signal(str, str)
    removed = Signal()
    opened = Signal(str)
    left = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("linkPopover")
        self.setAccessibleName(self.tr("Link"))
        self._words = self._field(self.tr("Words of the link"))
        self._address = self._field(self.tr("Address of the link"))
        self._address.setPlaceholderText("https://")
        # An address reads from left to right in every language.
        self._address.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._problem = QLabel(self)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._build()
        self.hide()
        self._address.textChanged.connect(self._address_changed)
        QGuiApplication.instance().focusObjectChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def ask(self, words: str | None, url: str | None) -> None:
        """Put ``words`` and ``url`` into the fields; words that are None are not asked for."""
        for part in (self._words_label, self._words):
            part.setVisible(words is not None)
        self._remove_button.setVisible(url is not None)
        self._words.setText(words or "")
        self._address.setText(url or "")
        self._address_changed()

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setAccessibleName(name)
        return field

    def _build(self) -> None:
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(12, 12, 12, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self._words_label = QLabel(self.tr("&Words"), self)
        address_label = QLabel(self.tr("&Address"), self)
        rows = ((self._words_label, self._words), (address_label, self._address))
        for row, (label, field) in enumerate(rows):
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self._problem, 2, 0, 1, 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self._open = self._button(self.tr("&Open"), self._open_address)
        self._open.setToolTip(self.tr("Show the page in the browser"))
        remove = self._remove_button = self._button(self.tr("&Remove link"), self._remove)
        buttons.addWidget(self._open)
        buttons.addWidget(remove)
        buttons.addStretch(1)
        self._keep = self._button(self.tr("&Set link"), self.keep)
        self._keep.setProperty("role", "primary")
        buttons.addWidget(self._keep)
        grid.addLayout(buttons, 3, 0, 1, 2)
        for before, after in (
            (self._words, self._address),
            (self._address, self._keep),
            (self._keep, self._open),
            (self._open, remove),
        ):
            QWidget.setTabOrder(before, after)
        for child in (self._words, self._address, self._keep, self._open, remove):
            child.installEventFilter(self)

    def _button(self, text: str, command: object) -> QPushButton:
        button = QPushButton(text, self)
        button.clicked.connect(command)
        return button

    def show_under(self, words: QRect, room: QRect) -> None:
        """Show it under ``words``, within ``room``; above them where there is no room below.

        Both are in the parent's coordinates.
        """
        self.setFixedWidth(min(_WIDTH, max(room.width() - 2 * _EDGE, 160)))
        self._fit()
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = words.right() - self.width() + 1 if right else words.left()
        x = max(room.left() + _EDGE, min(x, room.right() - self.width() - _EDGE + 1))
        y = words.bottom() + _EDGE
        if y + self.height() > room.bottom() and words.top() - _EDGE - self.height() >= room.top():
            y = words.top() - _EDGE - self.height()
        self.move(QPoint(x, min(y, max(room.top(), room.bottom() - self.height()))))
        if self.isHidden():
            self.show()
            self.raise_()
            wanting = not self._words.isHidden() and not self._words.text()
            first = self._words if wanting else self._address
            first.setFocus(Qt.FocusReason.PopupFocusReason)
            self._address.selectAll()

    @Slot()
    def keep(self) -> None:
        """Keep what is written, if a report may link there; else say what is wrong."""
        try:
            url = link_address(self._address.text())
        except LinkRefused:
            self._problem.setText(
                self.tr("Write a web address such as example.org/page, or an e-mail address.")
            )
            palette = self._problem.palette()
            palette.setColor(QPalette.ColorRole.WindowText, inks(self.palette()).wrong)
            self._problem.setPalette(palette)
            self._problem.show()
            self._fit()
            self._address.setFocus()
            return
        words = self._words.text().strip() or url.removeprefix("https://")
        self.leave()
        self.kept.emit(words, url)

    @Slot()
    def leave(self, *, back: bool = True) -> None:
        """Close it; with ``back`` the keyboard goes back to the text."""
        if not self.isHidden():
            self.hide()
            self.left.emit(back)

    @Slot()
    def _remove(self) -> None:
        self.leave()
        self.removed.emit()

    @Slot()
    def _open_address(self) -> None:
        self.opened.emit(link_address(self._address.text()))

    @Slot()
    def _address_changed(self) -> None:
        if not self._problem.isHidden():
            self._problem.hide()
            self._fit()
        try:
            link_address(self._address.text())
        except LinkRefused:
            self._open.setEnabled(False)
        else:
            self._open.setEnabled(True)

    def _fit(self) -> None:
        self._grid.activate()
        height = self._grid.totalHeightForWidth(self.width())
        self.setFixedHeight(height if height > 0 else self._grid.totalSizeHint().height())

    @Slot(object)
    def _focus_moved(self, focused: object) -> None:
        # None: another window has the keyboard for a while.
        if isinstance(focused, QWidget) and not self.isHidden() and not self.isAncestorOf(focused):
            self.leave(back=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Enter and Escape from being anybody's shortcuts meanwhile (called by Qt)."""
        mine = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if mine and event.key() in {*_ENTER, Qt.Key.Key_Escape}:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep with Enter, leave with Escape; no key reaches the text underneath."""
        event.accept()
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in _ENTER:
            focused = self.focusWidget()
            if isinstance(focused, QPushButton):
                focused.click()
            else:
                self.keep()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet (called by Qt)."""
        theme = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.field_line), 1))
        painter.setBrush(QColor(theme.window))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()
