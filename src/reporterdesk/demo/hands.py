"""A person's hands: types, clicks and drops into a real window, and waits until it shows."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from reporterdesk.app import Desktop
from reporterdesk.domain.errors import ReporterDeskError
from reporterdesk.domain.places import Place
from reporterdesk.ui.controllers.browsing import Listing
from reporterdesk.ui.widgets.photo_card import PhotoCard

_PATIENCE = 30.0
"""Seconds that something may take to show."""
_LOOK_MS = 15
W = TypeVar("W", bound=QWidget)


class DidNotHappen(ReporterDeskError):
    """What a person would have waited for did not come."""


class Fingers:
    """Uses one window: by its fields' names, as a screen reader tells them. On the UI thread."""

    def __init__(self, window: QWidget) -> None:
        self._whole = window

    def wait_until(self, true: Callable[[], object], what: str) -> None:
        """Let the app run until ``true()`` is.

        :raises DidNotHappen: it did not become true in time.
        """
        wait_until(true, what)

    def settle(self, seconds: float = 0.3) -> None:
        """Let the app run for a moment, as somebody who looks at it."""
        _let_run(int(seconds * 1000))

    def type_into(self, name: str, words: str) -> None:
        """Put the keyboard into the field called ``name``, replace what is there, and type."""
        field = self.field(name)
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        _type(field, words)

    def pick(self, name: str, words: str) -> None:
        """Pick the choice that reads ``words`` from the box called ``name``."""
        box = self._find(QComboBox, name)
        index = box.findText(words)
        if index < 0:
            raise DidNotHappen(f"“{words}” is not among the choices of “{name}”.")
        box.setCurrentIndex(index)
        box.activated.emit(index)

    def press(self, text: str) -> None:
        """Press the button that reads ``text``."""
        self.wait_until(lambda: self._button(text) is not None, f"a button reads “{text}”")
        button = self._button(text)
        if button is not None:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def type_here(self, words: str) -> None:
        """Type into whatever has the keyboard."""
        _type(self._focused(), words)

    def press_keys(self, keys: str) -> None:
        """Press a key with its modifiers, such as ``Ctrl+Return`` or ``Tab``, where one is."""
        window = self._focused().window().windowHandle()
        if window is not None:
            QTest.keySequence(window, QKeySequence(keys))
        QApplication.processEvents()

    def paste(self, name: str, words: str) -> None:
        """Paste ``words`` into the field called ``name``, at the end of what is there."""
        QApplication.clipboard().setText(words)
        field = self.field(name)
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def field(self, name: str) -> QWidget:
        """Return the visible field with this accessible name."""
        return self._find(QWidget, name)

    def _focused(self) -> QWidget:
        if QApplication.activeModalWidget() is None:
            self._whole.activateWindow()
        self.wait_until(QApplication.focusWidget, "something has the keyboard")
        return QApplication.focusWidget() or self._whole

    def _find(self, kind: type[W], name: str) -> W:
        def found() -> W | None:
            for widget in self._whole.findChildren(kind):
                if widget.accessibleName() == name and widget.isVisible():
                    return widget
            return None

        self.wait_until(lambda: found() is not None, f"the field “{name}” is there")
        widget = found()
        if widget is None:
            raise DidNotHappen(f"The field “{name}” went away.")
        return widget

    def _button(self, text: str) -> QAbstractButton | None:
        for button in self._whole.findChildren(QAbstractButton):
            if button.isVisible() and button.isEnabled() and button.text().replace("&", "") == text:
                return button
        return None


class Hands(Fingers):
    """Uses one person's app: writes, drops photos, goes from place to place. On the UI thread."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop.window)
        self._desktop = desktop
        self._window = desktop.window

    @property
    def desktop(self) -> Desktop:
        """The app that is used."""
        return self._desktop

    def choose(self, action: str) -> None:
        """Choose an action, as its menu or its shortcut does.

        :raises DidNotHappen: it is not enabled.
        """
        chosen = self._desktop.actions.action(action)
        self.wait_until(chosen.isEnabled, f"“{action}” can be chosen")
        chosen.trigger()

    def go(self, place: Place) -> None:
        """Go to a place."""
        self.choose(f"go.{place.value}")
        self.wait_until(
            lambda: self._desktop.browsing.listed == Listing(place), f"{place.value} is shown"
        )

    def write(self, body: Sequence[str]) -> None:
        """Type paragraphs at the end of the body; ``## `` and its like become what they mean."""
        area = self._window.pane.text.body
        area.setFocus()
        QTest.keyClick(area, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        for number, paragraph in enumerate(body):
            if number:
                QTest.keyClick(area, Qt.Key.Key_Return)
            _type(area, paragraph)

    def drop(self, files: Sequence[Path]) -> None:
        """Drop files onto the report, and wait until its photos are in."""
        pane = self._window.pane
        before = len(pane.side.photos.photos())
        self.let_fall(files)
        self.wait_until(
            lambda: len(pane.side.photos.photos()) >= before + len(files) and not pane.photos.busy,
            "the photos were added",
        )

    def let_fall(self, files: Sequence[Path]) -> None:
        """Drop files onto the report, whatever becomes of them."""
        pane = self._window.pane
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        copy = Qt.DropAction.CopyAction
        QApplication.sendEvent(pane, QDragEnterEvent(QPoint(9, 9), copy, data, button, keys))
        QApplication.sendEvent(pane, QDropEvent(QPointF(9, 9), copy, data, button, keys))

    def describe_photo(self, number: int, caption: str, alt_text: str) -> None:
        """Write a photo's caption and alt text; photos count from 0."""
        card = self._card(number)
        for field, words in ((card.caption, caption), (card.alt_text, alt_text)):
            field.setFocus()
            _type(field, words)

    def place_photo(self, number: int) -> None:
        """Place a photo in the text, at the caret, by its card's menu; photos count from 0."""
        wanted = [
            action
            for action in self._card(number).findChildren(QAction)
            if action.data() == "figure"
        ]
        wanted[0].trigger()

    def wait_saved(self) -> None:
        """Wait until the laptop has everything."""
        self.wait_until(lambda: not self._window.pane.unsaved, "everything is saved")

    def open_row(self, headline: str) -> None:
        """Choose a report in the list by the start of its headline, and wait until it is open."""
        model = self._desktop.browsing.model
        rows = self._window.list.rows

        def row() -> int | None:
            for number in range(model.rowCount()):
                summary = model.summary(number)
                if summary is not None and summary.headline.startswith(headline):
                    return number
            return None

        self.wait_until(lambda: row() is not None, f"“{headline}” is in the list")
        number = row()
        if number is not None:
            QTest.mouseClick(
                rows.viewport(),
                Qt.MouseButton.LeftButton,
                pos=rows.visualRect(model.index(number)).center(),
            )

    def _card(self, number: int) -> PhotoCard:
        photos = self._window.pane.side.photos
        card = photos.card(photos.photos()[number].id)
        if card is None:
            raise DidNotHappen(f"There is no photo {number + 1}.")
        return card


def wait_until(true: Callable[[], object], what: str) -> None:
    """Let the app run until ``true()`` is.

    :raises DidNotHappen: it did not become true in time.
    """
    until = time.monotonic() + _PATIENCE
    while not true():
        if time.monotonic() > until:
            raise DidNotHappen(f"It did not happen: {what}.")
        _let_run(_LOOK_MS)


def _let_run(milliseconds: int) -> None:
    """Let the app run; not by ``QTest.qWait``, which keeps its other threads from running."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _type(widget: QWidget, words: str) -> None:
    """Type ``words``; QTest knows ASCII keys only, and reports are written in many scripts."""
    for letter in words:
        key = ord(letter.upper()) if letter.isascii() else Qt.Key.Key_unknown
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, event)
    QApplication.processEvents()
