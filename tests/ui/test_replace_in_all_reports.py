"""Find and replace in all reports, in the real window, by the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.store.opening import open_store
from reporterdesk.ui.find.all_reports import AllReportsDialog
from support.whole_app import WholeApp, whole_app

AT = datetime(2026, 3, 14, 18, 0, tzinfo=UTC)
CONTENT = ReportContent(
    headline="Harbour one", body="At the **har**bour.\n\n> [harbour](https://e.org/harbour)"
)
AFTER = replace(
    CONTENT, headline="Port one", body="At the **Port**.\n\n> [Port](https://e.org/harbour)"
)
ONE, TWO, FILED, RAIN = (new_id() for _ in range(4))


@pytest.fixture
def app(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[WholeApp]:
    store = open_store(home, clock=utc_now)
    two = replace(CONTENT, headline="Harbour two")
    store.reports.add_many(
        Report(report_id, content, status, AT, AT + timedelta(minutes=minute))
        for minute, (report_id, content, status) in enumerate(
            (
                (ONE, CONTENT, Status.DRAFT),
                (TWO, two, Status.RETURNED),
                (FILED, replace(CONTENT, headline="Filed"), Status.FILED),
                (RAIN, ReportContent(headline="Rain"), Status.DRAFT),
            )
        )
    )
    store.close()
    with whole_app(home, qtbot, qapp) as app:
        yield app


def content(app: WholeApp, report_id: str) -> ReportContent:
    return app.run(lambda store: store.reports.get(report_id)).content


def reasons(app: WholeApp, report_id: str) -> set[SnapshotReason]:
    kept = app.run(lambda store: store.snapshots.of_report(report_id))
    return {moment.reason for moment in kept}


def show(app: WholeApp, report_id: str) -> None:
    """Open a report in the window."""
    app.desktop.opening.open(report_id)
    app.qtbot.waitUntil(lambda: app.desktop.window.pane.report_id == report_id)


def asked(app: WholeApp, words: str = "harbour", new: str = "Port") -> AllReportsDialog:
    """Open the window for all reports, type, and wait until something is found."""
    app.desktop.actions.action("edit.replace_everywhere").trigger()
    dialog = app.desktop.replacing_all.dialog
    assert dialog is not None
    app.qtbot.keyClicks(dialog.query.words, words)
    app.qtbot.keyClicks(dialog.words, new)
    app.qtbot.keyClick(dialog.query.words, Qt.Key.Key_Return)
    app.qtbot.waitUntil(lambda: " in " in dialog.said or "Not found" in dialog.said)
    return dialog


def press(app: WholeApp, button: QPushButton) -> None:
    assert button.isEnabled()
    app.qtbot.keyClick(button, Qt.Key.Key_Space)


def replaced(app: WholeApp, dialog: AllReportsDialog) -> None:
    press(app, dialog.replace_button)
    app.qtbot.waitUntil(lambda: "eplaced" in dialog.said, timeout=10_000)


def lines(dialog: AllReportsDialog) -> list[str]:
    found = []
    for number in range(dialog.tree.topLevelItemCount()):
        item = dialog.tree.topLevelItem(number)
        found.append(f"{item.text(0)} | {item.text(1)}")
        found += [f"- {item.child(n).text(0)}" for n in range(item.childCount())]
    return found


def test_what_is_found_is_shown_by_report(app: WholeApp) -> None:
    dialog = asked(app)
    assert lines(dialog) == [
        "Harbour two | Returned",
        "- Harbour two",
        "- At the harbour.",
        "- harbour",
        "Harbour one | Drafts",
        "- Harbour one",
        "- At the harbour.",
        "- harbour",
    ]
    assert dialog.said == "6 in 2 reports."
    assert dialog.replace_button.text() == "Replace 6"

    app.qtbot.keyClick(dialog.where, Qt.Key.Key_Down)
    app.qtbot.waitUntil(lambda: dialog.said == "8 in 3 reports. 1 of them cannot be changed.")
    assert "Filed | Filed · cannot be changed" in lines(dialog)
    assert dialog.replace_button.text() == "Replace 6"


def test_the_open_report_is_changed_in_its_editor_and_the_others_in_the_store(
    app: WholeApp,
) -> None:
    show(app, ONE)
    pane = app.desktop.window.pane
    dialog = asked(app)
    replaced(app, dialog)
    assert dialog.said == "6 replaced in 2 reports."
    assert pane.content() == AFTER
    assert content(app, TWO) == replace(AFTER, headline="Port two")
    app.qtbot.waitUntil(lambda: not pane.unsaved)
    assert content(app, ONE) == AFTER
    for report_id in (ONE, TWO):
        assert SnapshotReason.BEFORE_REPLACE in reasons(app, report_id)
    assert content(app, FILED).body == CONTENT.body

    press(app, dialog.undo)
    app.qtbot.waitUntil(lambda: "2 reports have their former text again." in dialog.said)
    assert pane.content() == CONTENT
    app.qtbot.waitUntil(lambda: not pane.unsaved)
    assert content(app, ONE) == CONTENT
    assert content(app, TWO) == replace(CONTENT, headline="Harbour two")
    assert dialog.undo.isHidden()


def test_it_is_one_step_in_the_editor_too(app: WholeApp) -> None:
    show(app, ONE)
    body = app.desktop.window.pane.text.body
    dialog = asked(app)
    replaced(app, dialog)
    dialog.reject()
    body.undo()
    assert app.desktop.window.pane.content().body == CONTENT.body


def test_what_is_not_ticked_stays(app: WholeApp) -> None:
    dialog = asked(app)
    tree = dialog.tree
    tree.setFocus()
    tree.setCurrentItem(tree.topLevelItem(0))
    app.qtbot.keyClick(tree, Qt.Key.Key_Space)
    tree.setCurrentItem(tree.topLevelItem(1).child(1))
    app.qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert tree.topLevelItem(1).checkState(0) is Qt.CheckState.PartiallyChecked
    assert dialog.replace_button.text() == "Replace 2"
    replaced(app, dialog)
    assert dialog.said == "2 replaced in 1 report."
    assert content(app, TWO).headline == "Harbour two"
    assert content(app, ONE).headline == "Port one"
    assert "**har**bour" in content(app, ONE).body


def test_it_is_undone_from_the_window_and_says_what_could_not_be(app: WholeApp) -> None:
    dialog = asked(app)
    replaced(app, dialog)
    app.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    messages = app.desktop.window.messages
    assert "replaced" in messages.sentence
    show(app, ONE)
    body = app.desktop.window.pane.text.body
    app.qtbot.keyClicks(body, "More. ")
    app.qtbot.waitUntil(lambda: not app.desktop.window.pane.unsaved)
    app.desktop.replacing_all.take_back()
    app.qtbot.waitUntil(lambda: "former text" in messages.sentence)
    assert messages.sentence == "1 report has its former text again."
    assert content(app, TWO).headline == "Harbour two"
    assert content(app, ONE).body.startswith("More. At the **Port**")


def test_what_is_no_expression_or_group_is_told(app: WholeApp) -> None:
    dialog = asked(app, "(harbour)", "$2")
    assert dialog.said == "Not found."
    dialog.query.expression.setFocus()
    app.qtbot.keyClick(dialog.query.expression, Qt.Key.Key_Space)
    app.qtbot.waitUntil(lambda: dialog.said == "6 in 2 reports.")
    press(app, dialog.replace_button)
    assert "no group “2”" in dialog.said
    assert content(app, TWO).headline == "Harbour two"
    app.qtbot.keyClicks(dialog.query.words, "(")
    app.qtbot.waitUntil(lambda: dialog.said.startswith("This is not a regular expression"))
    assert dialog.tree.topLevelItemCount() == 0
    assert not dialog.replace_button.isEnabled()


def test_a_newer_question_is_answered_not_the_older(app: WholeApp) -> None:
    dialog = asked(app)
    for words in ("Rain", "harbour", "Rain"):
        dialog.query.words.setText(words)
        app.qtbot.keyClick(dialog.query.words, Qt.Key.Key_Return)
    app.qtbot.waitUntil(lambda: dialog.said == "1 in 1 report.")
    assert lines(dialog) == ["Rain | Drafts", "- Rain"]


def test_the_actions_open_the_bar_and_go_on(app: WholeApp) -> None:
    show(app, ONE)
    window, actions = app.desktop.window, app.desktop.actions
    window.activateWindow()
    window.pane.text.body.setFocus()
    app.qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    finder = app.desktop.finding.finder
    assert finder is not None
    assert finder.bar.isVisible()
    assert not finder.bar.replacing
    app.qtbot.keyClicks(finder.bar.query.words, "harbour")
    app.qtbot.waitUntil(lambda: finder.bar.count.text() == "2 of 3")
    actions.action("edit.find_next").trigger()
    assert window.pane.text.body.textCursor().selectedText() == "harbour"
    actions.action("edit.replace").trigger()
    assert finder.bar.replacing

    show(app, FILED)
    app.qtbot.waitUntil(lambda: finder.bar.count.text().endswith("of 2"))
    assert not finder.bar.replacing
    actions.action("report.history").trigger()
    assert finder.bar.isHidden()
    assert not actions.action("edit.find").isEnabled()
    assert window.rect().contains(QPoint(1, 1))
