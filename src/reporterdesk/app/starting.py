"""The start of the desktop app: the process's application object, and what ends it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLoggingCategory, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from reporterdesk import __version__, paths
from reporterdesk.app.crashes import leave_no_dump, log_what_nobody_catches
from reporterdesk.app.shell import Shell
from reporterdesk.domain.errors import StoreError, StoreInUse
from reporterdesk.store.lock import ProfileLock
from reporterdesk.ui.garbage import UiGarbage
from reporterdesk.ui.icons import app_icon
from reporterdesk.ui.theme import Theme
from reporterdesk.ui.typefaces import with_all_scripts

_SWITCH_SECONDS = 0.0005
"""After so long, a thread that runs Python gives way to one that waits. The default of 5 ms is
paid anew at each call into Qt that lets Python's lock go: a key typed during a save took 60 ms."""
_LATER_MS = 300
"""After the first paint, which is not to wait for the sockets' library."""


def make_application(arguments: list[str]) -> QApplication:
    """Return the process's one QApplication, named and with its icon."""
    application = QApplication(arguments)
    application.setApplicationName("ReporterDesk")
    application.setApplicationDisplayName("ReporterDesk")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("reporterdesk")
    application.setWindowIcon(app_icon())
    if sys.platform == "linux":  # the others find a face for each script by themselves
        application.setFont(with_all_scripts(application.font()))
    # Of every face that has no letters for a script, and is passed over for the next one.
    QLoggingCategory.setFilterRules("qt.text.font.db.info=false")
    UiGarbage(application)
    sys.setswitchinterval(_SWITCH_SECONDS)
    return application


def run_desktop(home: Path | None = None) -> int:
    """Run the app until its window is closed; return the exit code.

    Where it runs with this profile already, that window is shown, and this process ends.
    """
    home = home or paths.home()
    application = make_application(sys.argv[:1])
    try:
        lock = _first(home)
    except StoreError as error:
        QMessageBox.warning(None, "ReporterDesk", str(error))
        return 1
    if lock is None:
        return 0
    leave_no_dump()
    shell = Shell(home, Theme(application))
    QTimer.singleShot(_LATER_MS, application, partial(_hear_later_starts, home, application))
    QTimer.singleShot(_LATER_MS, application, log_what_nobody_catches)
    # Between the door and the app, there is no window for a moment.
    application.setQuitOnLastWindowClosed(False)
    shell.ended.connect(application.quit)
    quit_on_signals(shell.close)
    shell.begin()
    code = application.exec()
    lock.release()
    return code


def _first(home: Path) -> ProfileLock | None:
    """Take the profile for this process, or ask the one that has it to show its window."""
    try:
        return ProfileLock(paths.running_file(home))
    except StoreInUse:
        from reporterdesk.ui.one_instance import first_or_shown

        return first_or_shown(home)


def _hear_later_starts(home: Path, application: QApplication) -> None:
    """Show the window when somebody starts the app again."""
    from reporterdesk.ui.one_instance import Wishes, bring_forward

    wishes = Wishes(home, application)
    wishes.show_wanted.connect(bring_forward)
    application.aboutToQuit.connect(wishes.close)


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
