"""A report that the desk has changed, too, in the whole app: offered, asked, filed, told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.status import Status
from reporterdesk.store.first_screen import OPEN_REPORT
from reporterdesk.store.opening import open_store
from reporterdesk.ui.conflict.dialog import ConflictDialog
from reporterdesk.workflow.correcting import revise
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report
from support.desk_edits import file_elsewhere
from support.desks import DoorKeeper
from support.full_disk import no_more_pages
from support.laptop import laptop
from support.whole_app import WholeApp, sign_in_beforehand, whole_app

BODY = "The square was full by noon.\n\nNobody had counted on the rain."
_PATIENCE = 20_000


@pytest.fixture
def keeper(home: Path) -> DoorKeeper:
    keeper = DoorKeeper()
    sign_in_beforehand(keeper, lambda: open_store(home, clock=utc_now))
    return keeper


@contextmanager
def app_in_conflict(
    home: Path,
    qtbot: QtBot,
    qapp: QApplication,
    keeper: DoorKeeper,
    *,
    mine: dict[str, str],
    theirs: dict[str, str],
    is_open: bool,
) -> Iterator[tuple[WholeApp, str]]:
    """Open the app on a report that was filed here while the desk got a newer revision."""
    with laptop(home, keeper.desk) as here:
        report_id = here.file("Lanterns", body=BODY)
        here.deliver()
        file_elsewhere(keeper.desk, report_id, **theirs)
        report = revise(here.store, report_id, clock=here.clock)
        here.clock.turn(minutes=1)
        content = replace(report.content, **mine)  # type: ignore[arg-type]
        save_draft(here.store, report_id, content, clock=here.clock)
        file_report(here.store, report_id, clock=here.clock)
        here.store.state.set(OPEN_REPORT, report_id if is_open else None)
    with whole_app(home, qtbot, qapp, keeper) as app:
        yield app, report_id


def state(app: WholeApp, report_id: str) -> DeliveryState | None:
    """Return how far the report is on its way."""
    row = app.run(lambda store: store.outbox.get(report_id))
    return None if row is None else row.state


def in_conflict(app: WholeApp, report_id: str) -> None:
    """Wait until the window says that the desk has changed the report, too."""
    app.qtbot.waitUntil(
        lambda: (
            "The desk has changed this report, too." in app.desktop.window.pane.standing.sentence
        ),
        timeout=_PATIENCE,
    )
    assert state(app, report_id) is DeliveryState.CONFLICT


def press_offer(app: WholeApp) -> None:
    """Press the button of the bar over the text."""
    bar = app.desktop.window.pane.standing

    def offered() -> list[QPushButton]:
        found = bar.findChildren(QPushButton)
        possible = app.desktop.actions.action("report.merge").isEnabled()
        return [b for b in found if possible and b.isVisible() and "together" in b.text()]

    app.qtbot.waitUntil(lambda: bool(offered()), timeout=_PATIENCE)
    offered()[0].click()


def delivered(app: WholeApp, report_id: str) -> None:
    app.qtbot.waitUntil(lambda: state(app, report_id) is DeliveryState.DELIVERED, timeout=_PATIENCE)


def test_changes_that_fit_are_offered_where_the_report_is_open(
    home: Path, qtbot: QtBot, qapp: QApplication, keeper: DoorKeeper
) -> None:
    with app_in_conflict(
        home,
        qtbot,
        qapp,
        keeper,
        mine={"body": f"{BODY}\n\nIt ended at ten."},
        theirs={"standfirst": "After the rain"},
        is_open=True,
    ) as (app, report_id):
        in_conflict(app, report_id)
        pane = app.desktop.window.pane
        assert pane.standing.sentence.endswith("Both changes fit together.")
        assert pane.content().standfirst == ""
        assert app.desktop.actions.action("report.merge").isEnabled()
        assert app.desktop.actions.action("report.recall").isEnabled()
        press_offer(app)
        delivered(app, report_id)
        qtbot.waitUntil(lambda: pane.content().standfirst == "After the rain", timeout=_PATIENCE)
        assert pane.content().body == f"{BODY}\n\nIt ended at ten."
        assert "Both versions are together" in app.desktop.window.messages.sentence
        assert keeper.desk.held[report_id].newest.standfirst == "After the rain"
        qtbot.waitUntil(lambda: pane.status is Status.FILED, timeout=_PATIENCE)
        assert not app.desktop.actions.action("report.merge").isEnabled()


def test_the_same_place_is_asked_side_by_side(
    home: Path, qtbot: QtBot, qapp: QApplication, keeper: DoorKeeper
) -> None:
    with app_in_conflict(
        home,
        qtbot,
        qapp,
        keeper,
        mine={"headline": "By me", "body": f"{BODY}\n\nIt ended at ten."},
        theirs={"headline": "By the desk"},
        is_open=True,
    ) as (app, report_id):
        in_conflict(app, report_id)
        dialog = ask(app)
        assert [card.accessibleName() for card in dialog.cards] == ["Headline"]
        dialog.cancel_button.click()
        qtbot.waitUntil(lambda: app.desktop.merging.dialog is None, timeout=_PATIENCE)
        assert state(app, report_id) is DeliveryState.CONFLICT
        assert keeper.desk.held[report_id].newest.headline == "By the desk"
        dialog = ask(app)
        dialog.cards[0].keep_theirs.click()
        dialog.agree_button.click()
        delivered(app, report_id)
        newest = keeper.desk.held[report_id].newest
        assert (newest.headline, newest.body) == ("By the desk", f"{BODY}\n\nIt ended at ten.")
        pane = app.desktop.window.pane
        qtbot.waitUntil(lambda: pane.content().headline == "By the desk", timeout=_PATIENCE)


def test_words_of_ones_own_outlast_a_closed_dialog_and_are_filed(
    home: Path, qtbot: QtBot, qapp: QApplication, keeper: DoorKeeper
) -> None:
    first, last = BODY.split("\n\n")
    with app_in_conflict(
        home,
        qtbot,
        qapp,
        keeper,
        mine={"headline": "By me", "body": f"{first}\n\n{last} It ended at ten."},
        theirs={"headline": "By the desk", "body": f"{first}\n\n{last} So said the mayor."},
        is_open=True,
    ) as (app, report_id):
        in_conflict(app, report_id)
        dialog = ask(app)
        dialog.cards[1].write_own.click()
        dialog.cards[1].own.field.insertPlainText(" So said *the mayor*.")
        qtbot.keyClick(dialog.cards[1].own.field, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: app.desktop.merging.dialog is None, timeout=_PATIENCE)
        assert state(app, report_id) is DeliveryState.CONFLICT
        dialog = ask(app)
        assert not dialog.agree_button.isEnabled()
        dialog.cards[0].keep_theirs.click()
        dialog.agree_button.click()
        delivered(app, report_id)
        newest = keeper.desk.held[report_id].newest
        both = f"{first}\n\n{last} It ended at ten. So said *the mayor*."
        assert (newest.headline, newest.body) == ("By the desk", both)


def test_words_of_ones_own_outlast_the_app_in_the_middle_of_a_sentence(
    home: Path, qtbot: QtBot, qapp: QApplication, keeper: DoorKeeper
) -> None:
    mine, theirs = {"headline": "By me"}, {"headline": "By the desk"}
    with app_in_conflict(home, qtbot, qapp, keeper, mine=mine, theirs=theirs, is_open=True) as (
        app,
        report_id,
    ):
        in_conflict(app, report_id)
        dialog = ask(app)
        dialog.cards[0].write_own.click()
        qtbot.keyClicks(dialog.cards[0].own.field, " and by the des")

        def kept() -> bool:
            return "by the des" in (
                app.run(lambda store: store.unfinished.get(report_id, "merge")) or ""
            )

        qtbot.waitUntil(kept, timeout=_PATIENCE)
    with whole_app(home, qtbot, qapp, keeper) as app:
        in_conflict(app, report_id)
        dialog = ask(app)
        assert dialog.answers == ("By me and by the des",)
        dialog.cards[0].own.write()
        qtbot.keyClicks(dialog.cards[0].own.field, "k")
        dialog.agree_button.click()
        delivered(app, report_id)
        assert keeper.desk.held[report_id].newest.headline == "By me and by the desk"
        assert app.run(lambda store: store.unfinished.get(report_id, "merge")) is None


def test_what_was_said_stays_in_the_window_while_the_disk_is_full(
    home: Path, qtbot: QtBot, qapp: QApplication, keeper: DoorKeeper
) -> None:
    mine, theirs = {"headline": "By me"}, {"headline": "By the desk"}
    with app_in_conflict(home, qtbot, qapp, keeper, mine=mine, theirs=theirs, is_open=True) as (
        app,
        report_id,
    ):
        in_conflict(app, report_id)
        dialog = ask(app)
        words = " All of it, at length." * 3_000
        with ExitStack() as full:
            app.run(lambda store: full.enter_context(no_more_pages(store._drafts)))
            dialog.cards[0].write_own.click()
            dialog.cards[0].own.field.insertPlainText(words)
            dialog.cancel_button.click()
            said = app.desktop.window.messages
            qtbot.waitUntil(lambda: "disk is full" in said.sentence, timeout=_PATIENCE)
            dialog = ask(app)
            assert dialog.answers == (f"By me{words}",)
            app.run(lambda _: full.close())
        dialog.cancel_button.click()
        qtbot.waitUntil(lambda: app.desktop.merging.dialog is None, timeout=_PATIENCE)
        assert words in (app.run(lambda store: store.unfinished.get(report_id, "merge")) or "")


def test_what_nobody_has_open_is_merged_and_told(
    home: Path, qtbot: QtBot, qapp: QApplication, keeper: DoorKeeper
) -> None:
    with app_in_conflict(
        home,
        qtbot,
        qapp,
        keeper,
        mine={"headline": "By me"},
        theirs={"standfirst": "After the rain"},
        is_open=False,
    ) as (app, report_id):
        delivered(app, report_id)
        newest = keeper.desk.held[report_id].newest
        assert (newest.headline, newest.standfirst) == ("By me", "After the rain")
        qtbot.waitUntil(
            lambda: (
                "“By me”: the desk had changed it, too." in app.desktop.window.messages.sentence
            ),
            timeout=_PATIENCE,
        )


def test_words_written_after_it_was_taken_back_stay(
    home: Path, qtbot: QtBot, qapp: QApplication, keeper: DoorKeeper
) -> None:
    """Somebody looks at the question, takes the report back, and writes on: nothing is filed."""
    with app_in_conflict(
        home,
        qtbot,
        qapp,
        keeper,
        mine={"headline": "By me"},
        theirs={"headline": "By the desk"},
        is_open=True,
    ) as (app, report_id):
        in_conflict(app, report_id)
        dialog = ask(app)
        app.desktop.actions.action("report.recall").trigger()
        pane = app.desktop.window.pane
        qtbot.waitUntil(lambda: pane.editable, timeout=_PATIENCE)
        qtbot.keyClicks(pane.text.head.headline, " again")
        words = pane.content().headline
        dialog.cards[0].keep_theirs.click()
        dialog.agree_button.click()
        qtbot.waitUntil(
            lambda: "moved on since" in app.desktop.window.messages.sentence, timeout=_PATIENCE
        )
        assert pane.content().headline == words
        qtbot.waitUntil(lambda: not pane.unsaved, timeout=_PATIENCE)
        report = app.run(lambda store: store.reports.get(report_id))
        assert (report.content.headline, report.status) == (words, Status.DRAFT)
        assert keeper.desk.held[report_id].newest.headline == "By the desk"


def ask(app: WholeApp) -> ConflictDialog:
    """Press what is offered, and return the questions."""
    press_offer(app)
    app.qtbot.waitUntil(lambda: app.desktop.merging.dialog is not None, timeout=_PATIENCE)
    dialog = app.desktop.merging.dialog
    assert dialog is not None
    return dialog
