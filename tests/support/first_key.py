"""Shows one window, types one character into it at its first paint, and says when it is painted.

``python -m support.first_key bare|ours``; used by the start-up benchmark. ``bare`` is the least
that a PySide6 text window can be; ``ours`` is the app with the profile in ``$REPORTERDESK_HOME``.
"""

from __future__ import annotations

import gc
import os
import sys

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit


class Typist(QObject):
    """Types ``x`` into the editor after its first paint, and leaves after the paint of it.

    An encrypted report is there a moment after the first paint: until then, it takes no words.
    """

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._typed = False
        editor.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._after_paint)
        return False

    def _after_paint(self) -> None:
        if self._typed:
            print("painted", flush=True)
            os._exit(0)  # what comes after the first screen is not measured here
        if self._editor.isReadOnly() or not self._editor.isEnabled():
            QTimer.singleShot(1, self._after_paint)
            return
        self._typed = True
        before = len(self._editor.toPlainText())
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier, "x")
            QApplication.sendEvent(self._editor, key)
        if len(self._editor.toPlainText()) != before + 1:
            print("the window took no typing", flush=True)
            os._exit(1)


def bare() -> None:
    """Show a window with nothing but a QTextEdit."""
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    editor = QTextEdit(window)
    window.setCentralWidget(editor)
    Typist(editor)
    window.show()
    application.exec()


def ours() -> None:
    """Show the app with the profile in ``$REPORTERDESK_HOME``, begun as the command begins it."""
    gc.disable()
    from reporterdesk import paths
    from reporterdesk.app.key_work import choose_plain
    from reporterdesk.app.shell import Shell
    from reporterdesk.app.starting import make_application
    from reporterdesk.ui.theme import Theme
    from reporterdesk.workflow.unlocking import DoorKind, door

    application = make_application(sys.argv[:1])
    home = paths.home()
    if door(home).kind is DoorKind.PLAIN_BEFORE:
        choose_plain(home)  # or the door would offer to encrypt it
    shell = Shell(home, Theme(application))
    shell.begin()
    assert shell.desktop is not None, "the door stands"
    Typist(shell.desktop.window.pane.text.body)
    application.exec()


if __name__ == "__main__":
    {"bare": bare, "ours": ours}[sys.argv[1]]()
