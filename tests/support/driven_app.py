"""The desktop app as a process of its own, in a real window, driven by JSON lines.

``python -m support.driven_app`` with ``REPORTERDESK_HOME`` set. Each line of standard input is
``{"do": COMMAND, ...arguments}`` and is answered by one line, ``{"answer": …}`` or
``{"error": "…"}``. :class:`support.driving.DrivenApp` is the test's end of it.
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from reporterdesk import paths
from reporterdesk.app import Desktop, make_application
from reporterdesk.app.shell import Shell
from reporterdesk.demo.hands import Fingers, Hands, wait_until
from reporterdesk.domain.errors import ReporterDeskError
from reporterdesk.domain.places import Place
from reporterdesk.store.store import Store
from reporterdesk.ui.theme import Theme
from reporterdesk.ui.windows.recovery_code import RecoveryCodeDialog

_LINE = 60
"""Keys between two presses of Enter, while it types on and on."""


class Driver(QObject):
    """Does what the test asks for, one command after another. Lives on the UI thread."""

    _asked = Signal(str)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._commands: dict[str, Callable[..., object]] = {
            name.removeprefix("do_"): getattr(self, name)
            for name in dir(type(self))
            if name.startswith("do_")
        }
        self._asked.connect(self._do, Qt.ConnectionType.QueuedConnection)
        threading.Thread(target=self._listen, name="commands", daemon=True).start()

    @property
    def _desktop(self) -> Desktop:
        """The app; after a lock it is another one."""
        assert self._shell.desktop is not None, "The drafts are not open."
        return self._shell.desktop

    @property
    def _hands(self) -> Hands:
        """What uses the app."""
        return Hands(self._desktop)

    @property
    def _fingers(self) -> Fingers:
        """What uses the window that stands: the app's, or the door before it."""
        if self._shell.desktop is not None:
            return Hands(self._shell.desktop)
        assert self._shell.entrance.window is not None, "No window stands."
        return Fingers(self._shell.entrance.window)

    def do_begin(self) -> list[str]:
        """Wait until a window stands: the app, as a whole, or the door; return what it reads.

        The first screen comes before most of the app is built.
        """
        wait_until(self._stands, "a window stands")
        return self._reads()

    def do_keep_code(self) -> list[str]:
        """Write the recovery code down, which is shown at the first start; return its words."""
        wait_until(lambda: self._code() is not None, "the recovery code is shown")
        dialog = self._code()
        assert dialog is not None
        words = [
            label.text()
            for label in dialog.findChildren(QLabel)
            if label.objectName() == "recoveryWord"
        ]
        self._hands.press("I have written it down")
        return words

    def do_is_open(self) -> bool:
        """Tell whether the drafts are open, or the door stands before them."""
        return self._is_open()

    def do_opened(self) -> None:
        """Wait until the drafts are open."""
        wait_until(self._is_open, "the drafts are open")

    def do_locked(self) -> list[str]:
        """Wait until the door stands before the drafts; return what it reads."""
        wait_until(
            lambda: self._shell.desktop is None and self._shell.entrance.window is not None,
            "the door stands",
        )
        return self._reads()

    def _is_open(self) -> bool:
        return self._shell.desktop is not None and self._shell.desktop.ready

    def _stands(self) -> bool:
        return self._is_open() or self._shell.entrance.window is not None

    def _code(self) -> RecoveryCodeDialog | None:
        dialog = self._desktop.security.dialog if self._is_open() else None
        return dialog if isinstance(dialog, RecoveryCodeDialog) else None

    def _reads(self) -> list[str]:
        desktop, door = self._shell.desktop, self._shell.entrance.window
        window = desktop.window if desktop is not None else door
        return [] if window is None else read(window)

    def do_look(self) -> dict[str, object]:
        """Say what the window shows."""
        return look(self._desktop)

    def do_wait(self, **wanted: object) -> dict[str, object]:
        """Wait until :func:`look` tells all of this."""

        def differing() -> dict[str, object]:
            seen = look(self._desktop)
            return {name: seen[name] for name in wanted if seen[name] != wanted[name]}

        try:
            self._hands.wait_until(lambda: not differing(), f"{wanted}")
        except ReporterDeskError as error:
            said = f"{error} But {differing()}. It reads: {self._reads()}"
            raise ReporterDeskError(said) from None
        return look(self._desktop)

    def do_wait_words(self, words: str) -> None:
        """Wait until the window or one of its dialogs reads ``words``."""
        try:
            wait_until(lambda: any(words in said for said in self._reads()), f"it says “{words}”")
        except ReporterDeskError as error:
            raise ReporterDeskError(f"{error} It reads: {self._reads()}") from None

    def do_read(self) -> list[str]:
        """Say every line of words that can be read in the window that stands."""
        return self._reads()

    def do_shot(self, file: str) -> None:
        """Keep a picture of the window."""
        assert self._desktop.window.grab().save(file)

    def do_choose(self, action: str) -> None:
        """Choose an action."""
        self._hands.choose(action)

    def do_go(self, place: str) -> None:
        """Go to a place."""
        self._hands.go(Place(place))

    def do_open(self, headline: str) -> None:
        """Open a report of the list by the start of its headline."""
        self._hands.open_row(headline)

    def do_type(self, into: str, words: str) -> None:
        """Type into the field with this name, replacing what is there."""
        self._fingers.type_into(into, words)

    def do_write(self, paragraphs: list[str]) -> None:
        """Type paragraphs at the end of the body."""
        self._hands.write(paragraphs)

    def do_pick(self, name: str, words: str) -> None:
        """Pick from a box."""
        self._hands.pick(name, words)

    def do_press(self, text: str) -> None:
        """Press a button."""
        self._fingers.press(text)

    def do_drop(self, files: list[str]) -> None:
        """Drop photos onto the report, and wait until they are in."""
        self._hands.drop([Path(file) for file in files])

    def do_let_fall(self, files: list[str], vanishing: list[str]) -> None:
        """Drop files, some of which are gone before it is their turn."""
        self._hands.let_fall([Path(file) for file in files])
        # The first file is read by now; the next begins only when this thread goes on.
        for file in vanishing:
            Path(file).unlink()
        photos = self._desktop.window.pane.photos
        self._hands.wait_until(lambda: not photos.busy, "every file was tried")

    def do_paste(self, into: str, words: str) -> None:
        """Paste into the field with this name."""
        self._hands.paste(into, words)

    def do_keys(self, keys: list[str], leads_to: str | None = None) -> None:
        """Press keys where the keyboard is; with ``leads_to`` wait until it is in that field."""
        for each in keys:
            self._hands.press_keys(each)
        if leads_to is not None:
            try:
                self._hands.wait_until(
                    lambda: self._active() and focus() == leads_to, f"{keys} lead to “{leads_to}”"
                )
            except ReporterDeskError as error:
                raise ReporterDeskError(f"{error} But to “{focus()}”.") from None

    def _active(self) -> bool:
        """Bring the window forward when a dialog is gone, as a window manager does."""
        if QApplication.activeWindow() is None:
            self._desktop.window.activateWindow()
        return True

    def do_type_here(self, words: str) -> None:
        """Type where the keyboard is."""
        self._hands.type_here(words)

    def do_fill_disk(self, full: bool) -> None:
        """Let SQLite find no further page, as on a full disk, or room again: a real SQLITE_FULL."""
        self._desktop.background.store_thread.submit(_FillDisk(full)).result()

    def do_describe(self, number: int, caption: str, alt_text: str) -> None:
        """Write a photo's words."""
        self._hands.describe_photo(number, caption, alt_text)

    def do_saved(self) -> None:
        """Wait until everything is on the disk."""
        self._hands.wait_saved()

    def do_type_on(self, seed: int) -> None:
        """Type into the body without end; say of each key what it was and when it had its effect.

        The times are of the machine's monotonic clock, which all its processes share.
        """
        chance = random.Random(seed)
        number = 0
        while True:
            number += 1
            letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
            self._hands.write(["", letter] if number % _LINE == 0 else [letter])
            _say({"typed": letter, "at": time.monotonic()})
            self._hands.settle(chance.uniform(0.005, 0.06))

    def do_quit(self) -> None:
        """Quit by the menu; at the door, by its button."""
        if self._shell.desktop is None:
            self._fingers.press("Quit")
        else:
            self._desktop.actions.action("app.quit").trigger()

    def _listen(self) -> None:
        for line in sys.stdin:
            self._asked.emit(line)

    @Slot(str)
    def _do(self, line: str) -> None:
        asked: dict[str, Any] = json.loads(line)
        command = self._commands[asked.pop("do")]
        try:
            answer = command(**asked)
        except ReporterDeskError as error:
            _say({"error": str(error)})
        except Exception as error:  # noqa: BLE001 - the test is told, and fails
            _say({"error": "".join(traceback.format_exception(error))})
        else:
            _say({"answer": answer})


@dataclass(frozen=True)
class _FillDisk:
    full: bool

    def __call__(self, store: Store) -> None:
        database = store._drafts
        most = database.pragma("page_count") if self.full else 1_073_741_823
        database.pragma(f"max_page_count={most}")


def look(desktop: Desktop) -> dict[str, object]:
    """Return what the window shows, as far as tests ask."""
    pane, account = desktop.window.pane, desktop.account.account
    content = pane.content()
    reviewing = desktop.window.content.currentWidget() not in {
        pane,
        desktop.window.empty,
        desktop.window.deliveries,
    }
    reviewed = desktop.opening.review_pane.report if reviewing else None
    return {
        "report_id": pane.report_id,
        "status": pane.status.value if pane.status else None,
        "unsaved": pane.unsaved,
        "headline": content.headline,
        "body": content.body,
        "photos": len(content.photos),
        "place": desktop.browsing.place.value,
        "waiting": desktop.outgoing.waiting if desktop.ready else 0,
        "person": account.person.name if account else None,
        "reviewed": reviewed.status.value if reviewed else None,
        "public_url": reviewed.public_url if reviewed else None,
    }


def focus() -> str:
    """Return what a screen reader calls the control that has the keyboard."""
    focused = QApplication.focusWidget()
    if focused is None or focused.accessibleName():
        return focused.accessibleName() if focused else ""
    interface = QAccessible.queryAccessibleInterface(focused)
    return interface.text(QAccessible.Text.Name) if interface else ""


def read(window: QWidget) -> list[str]:
    """Return every line of words that can be read in the window and its dialogs."""
    found = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    buttons = window.findChildren(QAbstractButton)
    found += [button.text() for button in buttons if button.isVisible()]
    return [text for text in found if text]


def _say(message: dict[str, object]) -> None:
    print(json.dumps(message), flush=True)


def main() -> int:
    """Run the app until it is quit."""
    application = make_application(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    shell = Shell(paths.home(), Theme(application))
    shell.ended.connect(application.quit)
    driver = Driver(shell)
    shell.begin()
    try:
        return application.exec()
    finally:
        driver.deleteLater()


if __name__ == "__main__":
    sys.exit(main())
