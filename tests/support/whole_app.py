"""The whole desktop app in a real window, over a real store and a desk in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
import shiboken6
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reporterdesk.app import Desktop
from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.store.store import Store
from reporterdesk.store.thread import StoreThread
from reporterdesk.sync import listening
from reporterdesk.ui.theme import Theme
from reporterdesk.workflow.signing_in import sign_in
from support.desks import ADDRESS, EMAIL, PASSWORD, DoorKeeper

T = TypeVar("T")

_UNHELD = 1.0
"""Seconds between two questions for news: a desk in memory holds none, as a server does."""


@contextmanager
def themed(application: QApplication, choice: str = "light") -> Iterator[Theme]:
    """Show a theme, and afterwards what was there before."""
    palette, style = QPalette(application.palette()), application.style().name()
    sheet, direction = application.styleSheet(), application.layoutDirection()
    theme = Theme(application, choice)
    try:
        yield theme
    finally:
        shiboken6.delete(theme)
        application.setStyleSheet(sheet)
        application.setStyle(style)
        application.setPalette(palette)
        application.setLayoutDirection(direction)


@dataclass
class WholeApp:
    """The app, and what it talks to."""

    desktop: Desktop
    keeper: DoorKeeper
    qtbot: QtBot

    def run(self, function: Callable[[Store], T]) -> T:
        """Run a function on the store thread; the window goes on living meanwhile."""
        future = self.desktop.background.store_thread.submit(function)
        self.qtbot.waitUntil(future.done, timeout=20_000)
        return future.result()


@contextmanager
def whole_app(
    home: Path,
    qtbot: QtBot,
    application: QApplication,
    keeper: DoorKeeper | None = None,
    *,
    clock: Clock = utc_now,
) -> Iterator[WholeApp]:
    """Open the app on the profile ``home``; close it at the end, and delete its window."""
    keeper = keeper or DoorKeeper()
    with themed(application) as theme, pytest.MonkeyPatch.context() as patch:
        patch.setattr(listening, "UNHELD", _UNHELD)
        desktop = Desktop(home, theme, desk=keeper.as_desk(), clock=clock)
        desktop.show()
        try:
            qtbot.waitUntil(lambda: desktop.ready)
            yield WholeApp(desktop, keeper, qtbot)
        finally:
            desktop.close()
            if shiboken6.isValid(desktop.window):
                shiboken6.delete(desktop.window)
            if shiboken6.isValid(desktop):
                shiboken6.delete(desktop)


def sign_in_beforehand(
    keeper: DoorKeeper, open_store: Callable[[], Store], address: str = ADDRESS
) -> None:
    """Sign in on a profile before the app is opened on it."""
    thread = StoreThread(open_store)
    sign_in(keeper, keeper.vault, thread.run, address, EMAIL, PASSWORD, "laptop")
    thread.close()


def nothing(_store: Store) -> None:
    """Wait for what was given to the store before."""
