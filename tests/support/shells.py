"""The whole app behind its door, with a keyring that the test holds in its hand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reporterdesk.app.desktop import Desktop
from reporterdesk.app.shell import Shell
from reporterdesk.ui.door.page import DoorPage
from reporterdesk.vault import MemoryVault
from support.desks import DoorKeeper
from support.whole_app import themed

PASSPHRASE = "nine slow ferries"
_PATIENCE = 10_000


class AskingVault(MemoryVault):
    """A keyring that asks its owner for a password, and waits until it is :meth:`answered`."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()
        self.asked = threading.Event()

    def get(self, name: str) -> str | None:
        self.asked.set()
        assert self.answered.wait(60)
        return super().get(name)


@dataclass
class Doorway:
    """The shell, and what a test does with whatever window stands."""

    shell: Shell
    qtbot: QtBot

    @property
    def desktop(self) -> Desktop:
        """The app, once it is whole."""
        self.qtbot.waitUntil(
            lambda: self.shell.desktop is not None and self.shell.desktop.ready, timeout=_PATIENCE
        )
        assert self.shell.desktop is not None
        return self.shell.desktop

    def page(self, title: str) -> DoorPage:
        """Return the page of the door, once it is the one with this title."""
        self.qtbot.waitUntil(lambda: self._title() == title, timeout=_PATIENCE)
        assert self.shell.entrance.window is not None
        page = self.shell.entrance.window.page
        assert page is not None
        return page

    def press(self, window: QWidget, text: str) -> None:
        """Press the button that reads ``text``."""
        button = next(b for b in window.findChildren(QPushButton) if b.text() == text)
        assert button.isEnabled(), text
        button.click()

    def write(self, headline: str, body: str) -> str:
        """Write a report, wait until it is saved, and return its id."""
        desktop = self.desktop
        desktop.actions.action("report.new").trigger()
        pane = desktop.window.pane
        self.qtbot.keyClicks(pane.text.head.headline, headline)
        self.qtbot.keyClicks(pane.text.body, body)
        self.qtbot.waitUntil(lambda: not pane.unsaved, timeout=_PATIENCE)
        assert pane.report_id is not None
        return pane.report_id

    def keep_code(self) -> tuple[str, ...]:
        """Take down the recovery code that is shown, and say so."""
        from reporterdesk.ui.windows.recovery_code import RecoveryCodeDialog

        security = self.desktop.security
        self.qtbot.waitUntil(
            lambda: isinstance(security.dialog, RecoveryCodeDialog), timeout=_PATIENCE
        )
        dialog = security.dialog
        assert isinstance(dialog, RecoveryCodeDialog)
        words = dialog.words
        self.press(dialog, "I have written it down")
        self.qtbot.waitUntil(lambda: security.safety.code_kept, timeout=_PATIENCE)
        return words

    def set_passphrase(self) -> None:
        """Choose :data:`PASSPHRASE`, where the app asks for a new one."""
        from reporterdesk.ui.windows.asking import NewPassphraseDialog

        security = self.desktop.security
        self.qtbot.waitUntil(
            lambda: isinstance(security.dialog, NewPassphraseDialog), timeout=_PATIENCE
        )
        dialog = security.dialog
        assert isinstance(dialog, NewPassphraseDialog)
        self.qtbot.keyClicks(dialog.fields.first.line, PASSPHRASE)
        self.qtbot.keyClicks(dialog.fields.again.line, PASSPHRASE)
        self.press(dialog, "Set the passphrase")

    def _title(self) -> str:
        window = self.shell.entrance.window
        return "" if window is None or window.page is None else window.page.title


@contextmanager
def doorway(
    home: Path,
    qtbot: QtBot,
    application: QApplication,
    vault: MemoryVault,
) -> Iterator[Doorway]:
    """Start the app on ``home``, as the command does; close whatever stands at the end."""
    desk = replace(DoorKeeper().as_desk(), vault=lambda: vault)
    quits = application.quitOnLastWindowClosed()
    application.setQuitOnLastWindowClosed(False)
    with themed(application) as theme:
        shell = Shell(home, theme, desk=desk)
        shell.begin()
        try:
            yield Doorway(shell, qtbot)
        finally:
            shell.close()
            # Windows are deleted later: now, so that the next test finds none of them.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            shiboken6.delete(shell)
            application.setQuitOnLastWindowClosed(quits)
