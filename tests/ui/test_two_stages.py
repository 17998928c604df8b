"""Between the first paint and the second stage: what is typed is kept, and closing is clean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from reporterdesk.app import Desktop
from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.report import Report
from reporterdesk.store.opening import open_store
from support.desks import DoorKeeper
from support.filled_store import fill_store
from support.whole_app import themed


class AtFirstPaint(QObject):
    """Does something right after the first paint, which is before the second stage."""

    def __init__(self, desktop: Desktop, what: Callable[[], object]) -> None:
        super().__init__(desktop)
        self._desktop, self._what = desktop, what
        self.done = self._seen = False
        desktop.window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look for the paint."""
        if event.type() == QEvent.Type.Paint and not self._seen:
            self._seen = True
            QTimer.singleShot(0, self._do)
        return False

    def _do(self) -> None:
        self.done = not self._desktop.ready
        self._what()


@pytest.fixture
def report_id(home: Path) -> str:
    return fill_store(home, reports=3, words=40)[-1]


@pytest.fixture
def desktop(home: Path, report_id: str, qapp: QApplication) -> Iterator[Desktop]:
    assert report_id
    with themed(qapp) as theme:
        desktop = Desktop(home, theme, desk=DoorKeeper().as_desk())
        yield desktop
        desktop.close()
        for thing in (desktop.window, desktop):
            if shiboken6.isValid(thing):
                shiboken6.delete(thing)


def _stored(home: Path, report_id: str) -> Report:
    store = open_store(home, clock=utc_now)
    try:
        return store.reports.get(report_id)
    finally:
        store.close()


def test_keys_before_the_second_stage_are_kept(
    desktop: Desktop, home: Path, report_id: str, qtbot: QtBot
) -> None:
    body = desktop.window.pane.text.body
    before = body.toPlainText()
    typed = AtFirstPaint(desktop, lambda: qtbot.keyClicks(body, "quite "))
    desktop.show()
    qtbot.waitUntil(lambda: desktop.ready, timeout=20_000)
    assert typed.done
    assert body.toPlainText() == f"{before[:40]}quite {before[40:]}"
    assert body.caret_position() == 46
    qtbot.waitUntil(lambda: not desktop.window.pane.unsaved, timeout=20_000)
    desktop.close()
    assert "quite " in _stored(home, report_id).content.body


def test_the_second_stage_leaves_keyboard_and_words_alone(
    desktop: Desktop, qtbot: QtBot, report_id: str
) -> None:
    pane = desktop.window.pane
    first = pane.content()
    desktop.show()
    qtbot.waitUntil(lambda: desktop.ready, timeout=20_000)

    assert desktop.window.focusWidget() is pane.text.body
    assert pane.report_id == report_id
    assert pane.content() == first
    assert pane.side.facts.facts() == first.event
    assert not pane.unsaved


def test_what_was_filled_in_later_is_saved_with_it(
    desktop: Desktop, home: Path, report_id: str, qtbot: QtBot
) -> None:
    pane = desktop.window.pane
    typed = AtFirstPaint(desktop, lambda: qtbot.keyClicks(pane.text.head.headline, "Late: "))
    desktop.show()
    qtbot.waitUntil(lambda: desktop.ready, timeout=20_000)
    assert typed.done
    qtbot.keyClicks(pane.side.note, "Please cut.")
    qtbot.waitUntil(lambda: not pane.unsaved, timeout=20_000)
    desktop.close()

    content = _stored(home, report_id).content
    assert "Late: " in content.headline
    assert content.note_to_desk == "Please cut."
    assert content.event.organiser == "Friends of the Library"


@pytest.mark.parametrize("how", ["the menu", "the window", "a signal"])
def test_closing_before_the_second_stage_saves_and_ends(
    desktop: Desktop, home: Path, report_id: str, qtbot: QtBot, how: str
) -> None:
    body = desktop.window.pane.text.body
    ways: dict[str, Callable[[], object]] = {
        "the menu": desktop.actions.action("app.quit").trigger,
        "the window": desktop.window.close,
        "a signal": desktop.close,
    }

    def type_and_close() -> None:
        qtbot.keyClicks(body, "quite ")
        ways[how]()

    closing = AtFirstPaint(desktop, type_and_close)
    with qtbot.waitSignal(desktop.closed, timeout=20_000):
        desktop.show()
    assert closing.done
    assert "quite " in _stored(home, report_id).content.body


def test_a_side_chosen_before_the_second_stage_is_shown(desktop: Desktop, qtbot: QtBot) -> None:
    desktop.window.resize(1000, 700)
    pane = desktop.window.pane
    tab = next(b for b in pane.bar.findChildren(QToolButton) if b.text() == "Event")
    chosen = AtFirstPaint(desktop, tab.click)
    desktop.show()
    qtbot.waitUntil(lambda: chosen.done, timeout=20_000)

    assert pane.side.facts.isVisibleTo(pane)
    assert not pane.text.isVisible()


def test_the_room_beside_the_text_is_kept_for_the_panel(desktop: Desktop, qtbot: QtBot) -> None:
    desktop.window.resize(1480, 800)
    pane = desktop.window.pane
    seen: list[tuple[QPoint, int]] = []

    def look() -> None:
        seen.append((pane.bar.tabs.mapTo(pane, QPoint()), pane.text.body.width()))

    early = AtFirstPaint(desktop, look)
    desktop.show()
    qtbot.waitUntil(lambda: desktop.ready, timeout=20_000)
    qtbot.waitUntil(lambda: pane.side.height() > 400)
    look()
    assert early.done
    assert seen[0] == seen[1]


def test_a_window_deleted_before_the_second_stage_is_forgotten(
    desktop: Desktop, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desktop.closed, timeout=20_000):
        closing = AtFirstPaint(desktop, desktop.close)
        desktop.show()
    shiboken6.delete(desktop.window)
    later = QTimer()
    with qtbot.waitSignal(later.timeout):
        later.start(200)
    assert closing.done
    assert not desktop.ready
