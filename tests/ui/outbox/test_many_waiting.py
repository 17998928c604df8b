"""Many waiting reports go out in order and once, while the window redraws only what changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.store.opening import open_store
from support.desks import DoorKeeper
from support.waiting_outbox import (
    Load,
    Wire,
    fill_outbox,
    out_of_order,
    preview_names,
    sent_twice,
)
from support.whole_app import WholeApp, sign_in_beforehand, whole_app

LOAD = Load(reports=8, photos=5, preview=300, full=900)


@pytest.fixture
def ids(home: Path) -> list[str]:
    return fill_outbox(home, LOAD, utc_now())


@pytest.fixture
def previews(home: Path, ids: list[str]) -> set[str]:
    return preview_names(home, ids)


@pytest.fixture
def wire() -> Wire:
    return Wire(None)


@pytest.fixture
def app(
    home: Path, qtbot: QtBot, qapp: QApplication, previews: set[str], wire: Wire
) -> Iterator[WholeApp]:
    keeper = DoorKeeper()
    sign_in_beforehand(keeper, lambda: open_store(home, clock=utc_now))
    wire.real = keeper.desk
    keeper.connect = lambda _server_url, _token: wire  # type: ignore[method-assign]
    with whole_app(home, qtbot, qapp, keeper) as app:
        app.desktop.actions.action("go.outbox").trigger()
        yield app


def test_all_go_out_in_order_and_once(
    app: WholeApp, ids: list[str], previews: set[str], wire: Wire
) -> None:
    redrawn: list[int] = []
    resets: list[bool] = []
    model = app.desktop.sending.model

    def changed(first: QModelIndex, last: QModelIndex, _roles: list[int]) -> None:
        redrawn.append(last.row() - first.row() + 1)

    model.dataChanged.connect(changed)
    model.modelReset.connect(lambda: resets.append(True))

    app.qtbot.waitUntil(lambda: model.rowCount() == LOAD.reports, timeout=20_000)
    app.qtbot.waitUntil(lambda: model.rowCount() == 0, timeout=60_000)

    assert sum(one.size for one in wire.sent) == LOAD.bytes
    assert [one.report_id for one in wire.sent if one.what == "text"] == ids
    assert out_of_order(wire.sent, ids, previews) == []
    assert sent_twice(wire.sent) == []
    assert not resets
    # A report's rows are drawn for its own news; not all rows for every piece of any.
    assert sum(redrawn) < len(wire.sent) * LOAD.reports / 4
