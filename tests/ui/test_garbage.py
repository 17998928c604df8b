"""What lies in a cycle is collected on the UI thread and on no other."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from reporterdesk.ui.garbage import UiGarbage, thaw


class _Cycle:
    """Notes on which thread it was collected."""

    def __init__(self, ended: list[threading.Thread]) -> None:
        self.itself, self._ended = self, ended

    def __del__(self) -> None:
        self._ended.append(threading.current_thread())


@pytest.fixture
def garbage(qtbot: QtBot) -> Iterator[UiGarbage]:
    gc.collect()
    garbage = UiGarbage()
    yield garbage
    garbage.end()


def _allocate() -> None:
    """Make far more objects than Python's thresholds allow."""
    for _ in range(200):
        [[] for _ in range(1_000)]
        kept = [[] for _ in range(1_000)]
        del kept


def test_another_thread_does_not_collect(garbage: UiGarbage) -> None:
    ended: list[threading.Thread] = []
    _Cycle(ended)

    thread = threading.Thread(target=_allocate)
    thread.start()
    thread.join()

    assert ended == []


def test_the_ui_thread_does(garbage: UiGarbage) -> None:
    ended: list[threading.Thread] = []
    _Cycle(ended)
    kept = [[] for _ in range(2_000)]

    garbage.collect()

    assert ended == [threading.current_thread()]
    assert len(kept) == 2_000


def test_afterwards_python_collects_as_before(qtbot: QtBot) -> None:
    was_enabled = gc.isenabled()
    garbage = UiGarbage()
    assert not gc.isenabled()

    garbage.end()

    assert gc.isenabled() is was_enabled


def test_what_the_start_has_brought_is_passed_over_until_it_goes(garbage: UiGarbage) -> None:
    ended: list[threading.Thread] = []
    cycle = _Cycle(ended)
    for _ in range(5):
        garbage.collect()
    assert gc.get_freeze_count() > 0
    del cycle
    gc.collect()
    assert ended == []

    thaw()

    assert ended == [threading.current_thread()]
    assert gc.get_freeze_count() == 0
