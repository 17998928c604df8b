"""The app on drafts that an older release wrote: they are shown once they are of this version."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reporterdesk.app.opening_key import InHand, OpeningKey
from reporterdesk.domain.errors import StoreFull
from reporterdesk.domain.places import Place
from reporterdesk.store.backup_list import list_backups
from reporterdesk.store.first_screen import FirstScreen, read_first_screen
from reporterdesk.store.key import StoreKey
from reporterdesk.store.migrations import running
from support.desks import DoorKeeper
from support.released import RELEASED, encrypt, put_released
from support.whole_app import whole_app


@pytest.fixture
def old(home: Path) -> Path:
    put_released(RELEASED[0], home)
    return home


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_the_app_shows_them_as_they_were_left(old: Path, qtbot: QtBot, qapp: QApplication) -> None:
    assert read_first_screen(old).behind
    with whole_app(old, qtbot, qapp, DoorKeeper()) as app:
        window = app.desktop.window
        qtbot.waitUntil(lambda: window.pane.report is not None, timeout=20_000)
        assert window.pane.text.head.headline.words() == "School opens again"
        assert window.pane.text.body.caret_position() == 12
        qtbot.waitUntil(lambda: app.desktop.browsing.model.rowCount() == 5, timeout=20_000)
        assert window.list.isEnabled()
        assert app.run(lambda store: store.reports.counts())[Place.OUTBOX] == 3
    assert not read_first_screen(old).behind
    assert len(list_backups(old, None)) == 1


@pytest.mark.parametrize("key", [None, StoreKey.new()], ids=["plain", "encrypted"])
def test_progress_is_told(old: Path, qtbot: QtBot, key: StoreKey | None) -> None:
    if key is not None:
        encrypt(old, key)
    opening = OpeningKey(old, InHand(key))
    assert not opening.here
    told: list[float] = []
    opening.brought_forward.connect(told.append)
    with qtbot.waitSignal(opening.read, timeout=20_000) as read:
        opening.fetch()
    (first,) = read.args
    assert isinstance(first, FirstScreen)
    assert first.open_report is not None
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert opening.here


def test_where_it_fails_the_opening_says_why(
    old: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_work: object) -> None:
        raise StoreFull

    monkeypatch.setattr(running, "DRAFTS_STEPS", {2: full})
    with whole_app(old, qtbot, qapp, DoorKeeper()) as app:
        messages = app.desktop.window.messages
        qtbot.waitUntil(lambda: "not enough room" in messages.sentence, timeout=20_000)
        assert "They are as they were." in messages.sentence
    assert read_first_screen(old).behind
