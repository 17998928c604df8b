"""Keys sent through a window as the system sends them, each timed until it is painted."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit

_PATIENCE = 20.0
_SCHEDULED = Path("/proc/thread-self/schedstat")


@dataclass(frozen=True, slots=True)
class Press:
    """What one key took until it was painted."""

    seconds: float
    cpu: float
    """Of these, seconds that the UI thread worked: other programs do not change it by much."""


class Keyboard(QObject):
    """Types into one editor, which has its window's keyboard.

    The viewport's paint event is handled here, in the place of Qt's own filter, so that the time
    is taken when the new character is in the window's picture, and not only when it is asked for.
    """

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._before = 0
        self._painted: Press | None = None
        self._began = 0.0, 0.0
        self._painting = False
        editor.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Paint or self._painting:
            return False
        self._painting = True
        try:
            self._editor.viewportEvent(event)
        finally:
            self._painting = False
        if not self._painted and QTextEdit.document(self._editor).revision() != self._before:
            wall, cpu = self._began
            self._painted = Press(time.perf_counter() - wall, time.thread_time() - cpu)
        return True

    def press(self, key: Qt.Key, text: str = "") -> Press:
        """Press and release a key; return what it took until it was painted.

        :raises TimeoutError: nothing has been painted.
        """
        self._before, self._painted = QTextEdit.document(self._editor).revision(), None
        handle = self._editor.window().windowHandle()
        self._began = time.perf_counter(), time.thread_time()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            QCoreApplication.postEvent(handle, event)
        while self._painted is None:
            QCoreApplication.processEvents()
            if time.perf_counter() - self._began[0] > _PATIENCE:
                raise TimeoutError("A key was not painted.")
        return self._painted

    def type(self, character: str) -> Press:
        """Press the key of an ASCII letter, a space, or a line feed for Enter."""
        if character == "\n":
            return self.press(Qt.Key.Key_Return, "\r")
        if character == "\b":
            return self.press(Qt.Key.Key_Backspace, "\b")
        return self.press(Qt.Key(ord(character.upper())), character)

    def put_caret(self, block: int, column: int) -> None:
        """Put the caret into a block, and let the window settle."""
        cursor = QTextCursor(QTextEdit.document(self._editor).findBlockByNumber(block))
        cursor.setPosition(cursor.position() + min(column, cursor.block().length() - 1))
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()
        pause(0.05)


@dataclass
class Stall:
    """The UI thread did not come back to its events for so long."""

    seconds: float = 0.0
    own: float = 0.0
    """Of these, seconds that the thread itself worked; else it waited for CPU, GIL or disk."""
    at: float = 0.0
    """Seconds from the first beat until it ended."""
    queued: float = 0.0
    """Of these, seconds that the thread could have run and had no processor (told by Linux)."""


class HeartBeat(QObject):
    """Notes how long the UI thread stays away from its events. Lives on the UI thread."""

    def __init__(self, every_ms: int = 2) -> None:
        super().__init__()
        self._every = every_ms / 1000
        self._timer = QTimer(self, interval=every_ms)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self.stalls: list[Stall] = []
        self._begin()

    def _begin(self) -> None:
        self._last, self._cpu = time.perf_counter(), time.thread_time()
        self._first, self._queued = self._last, _queued()
        self._timer.start()

    def _beat(self) -> None:
        now, cpu = time.perf_counter(), time.thread_time()
        late = now - self._last - self._every
        queued = _queued()
        if late > 0.005:
            waited = queued - self._queued
            self.stalls.append(Stall(late, cpu - self._cpu, now - self._first, waited))
        self._last, self._cpu, self._queued = now, cpu, queued

    def end(self) -> list[Stall]:
        """Stop, and return the stalls over 5 ms, the longest first."""
        self._timer.stop()
        return sorted(self.stalls, key=lambda stall: -stall.seconds)


def _queued() -> float:
    """Return for how long this thread has waited for a processor so far; 0 where nobody tells."""
    try:
        return int(_SCHEDULED.read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


def pause(seconds: float) -> None:
    """Let the window live for a while."""
    until = time.perf_counter() + seconds
    while (left := until - time.perf_counter()) > 0:
        QCoreApplication.processEvents()
        time.sleep(min(0.001, left))


def wait(until: Callable[[], bool], patience: float = 120.0) -> None:
    """Let the window live until something is so.

    :raises TimeoutError: it does not become so.
    """
    began = time.perf_counter()
    while not until():
        QCoreApplication.processEvents()
        time.sleep(0.001)
        if time.perf_counter() - began > patience:
            raise TimeoutError("The window did not settle.")
