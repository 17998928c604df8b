"""A report that the desk approved before its smaller photos went: the person is told."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.status import Action, Status
from reporterdesk.store.opening import open_store
from reporterdesk.workflow.reviewing import decide
from support.desks import DoorKeeper
from support.laptop import laptop
from support.smaller import file_with_large_photos, send_smaller
from support.stopping import Stopped
from support.whole_app import sign_in_beforehand, whole_app


def test_the_window_says_that_the_photos_go_in_full(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    keeper = DoorKeeper()
    sign_in_beforehand(keeper, lambda: open_store(home, clock=utc_now))
    with laptop(home, keeper.desk) as here:
        report_id = file_with_large_photos(here, 1)

        def no_photos(name: str, _done: bool) -> None:
            if name == "upload":
                raise Stopped

        keeper.desk.faults.hook = no_photos
        try:
            here.engine.deliver_due()
        except Stopped:
            keeper.desk.faults.heal()
        send_smaller(here.store, here.clock, report_id)
        revision_id = keeper.desk.held[report_id].newest.revision_id
        decide(keeper.desk, report_id, revision_id, Action.APPROVE, "")
    with whole_app(home, qtbot, qapp, keeper) as app:
        said = "has approved it meanwhile, so it was not filed again with smaller photos."
        qtbot.waitUntil(lambda: said in app.desktop.window.messages.sentence, timeout=20_000)
        qtbot.waitUntil(
            lambda: (
                app.run(lambda store: store.outbox.get(report_id)).state is DeliveryState.DELIVERED
            ),
            timeout=20_000,
        )
    held = keeper.desk.held[report_id]
    assert (held.status, len(held.revisions)) == (Status.APPROVED, 1)
    assert all(held.whole(photo.renditions.full) for photo in held.newest.photos)
