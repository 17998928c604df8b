"""The start of the desktop app: the process's application object, and what ends it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from reporterdesk import __version__, paths
from reporterdesk.app.desktop import Desktop
from reporterdesk.ui.garbage import UiGarbage
from reporterdesk.ui.icons import app_icon
from reporterdesk.ui.theme import Theme


def make_application(arguments: list[str]) -> QApplication:
    """Return the process's one QApplication, named and with its icon."""
    application = QApplication(arguments)
    application.setApplicationName("ReporterDesk")
    application.setApplicationDisplayName("ReporterDesk")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("reporterdesk")
    application.setWindowIcon(app_icon())
    UiGarbage(application)
    return application


def run_desktop(home: Path | None = None) -> int:
    """Run the app until its window is closed; return the exit code."""
    application = make_application(sys.argv[:1])
    desktop = Desktop(home or paths.home(), Theme(application))
    desktop.closed.connect(application.quit)
    quit_on_signals(desktop.close)
    desktop.show()
    return application.exec()


def quit_on_signals(close: Callable[[], None]) -> None:
    """Let Ctrl+C and a polite kill close the app as its menu would."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: QTimer.singleShot(0, close))
    # Python looks at signals only while it runs: give it a moment now and then.
    pulse = QTimer(QApplication.instance(), interval=300)
    pulse.timeout.connect(_nothing)
    pulse.start()


def _nothing() -> None:
    """Where there is nothing to do."""
