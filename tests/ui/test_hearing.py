"""Through the accessibility interface every window, dialog and state can be heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QTextCursor
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.ids import new_id
from reporterdesk.store.opening import open_store
from reporterdesk.ui.door.choices import ConvertPage, NewPassphrasePage, ProtectPage
from reporterdesk.ui.door.keys import PassphrasePage, RecoveryPage
from reporterdesk.ui.drafts import Draft
from reporterdesk.ui.editor.link_popover import LinkPopover
from reporterdesk.ui.page.view import PageView
from reporterdesk.ui.widgets.desk_bar import Side
from reporterdesk.ui.windows.asking import NewPassphraseDialog
from reporterdesk.ui.windows.erase_dialog import EraseDialog, EraseForGoodDialog, OnlyHere
from reporterdesk.ui.windows.not_saved import NotSavedDialog
from reporterdesk.ui.windows.recovery_code import RecoveryCodeDialog
from reporterdesk.workflow.drafting import save_draft
from support.announced import announced
from support.contents import photo_of, ready_content
from support.desks import DoorKeeper
from support.hearing import CONTROLS, complaints, heard
from support.shells import doorway
from support.vaults import NoVault
from support.whole_app import WholeApp, nothing, sign_in_beforehand, whole_app

pytestmark = pytest.mark.qt_log_ignore(r"does not support raise\(\)")

ALT_TEXT = "Paper lanterns float past a stone bridge"


@pytest.fixture
def app(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[WholeApp]:
    keeper = DoorKeeper()
    sign_in_beforehand(keeper, lambda: open_store(home, clock=utc_now))
    store = open_store(home, clock=utc_now)
    report_id = new_id()
    photo = photo_of(b"preview", b"full", caption="The river at nine.")
    photo = replace(photo, alt_text=ALT_TEXT)
    content = ready_content("Lanterns on the river", photo)
    body = f"Above.\n\n![](photo:{photo.id})\n\n---\n\nBelow."
    save_draft(store, report_id, replace(content, body=body), clock=utc_now)
    store.state.set("open_report", report_id)
    store.close()
    with whole_app(home, qtbot, qapp, keeper) as app:
        qtbot.waitUntil(lambda: app.desktop.account.account is not None, timeout=20_000)
        app.run(nothing)
        app.desktop.window.activateWindow()
        qtbot.waitUntil(app.desktop.window.isActiveWindow)
        yield app


def _shown() -> list[QWidget]:
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def _complaints() -> list[str]:
    QApplication.processEvents()
    return [said for window in _shown() for said in complaints(window)]


def test_every_state_of_the_window_can_be_heard(app: WholeApp) -> None:
    states: tuple[Callable[[], object], ...] = (
        lambda: None,
        app.desktop.actions.action("app.commands").trigger,
        app.desktop.commands.palette.leave,
        app.desktop.window.list.begin_search,
        app.desktop.window.list.clear_search,
        app.desktop.actions.action("edit.find").trigger,
        app.desktop.actions.action("edit.replace").trigger,
        app.desktop.actions.action("report.preview").trigger,
        app.desktop.actions.action("report.history").trigger,
        app.desktop.actions.action("go.outbox").trigger,
        app.desktop.actions.action("go.review").trigger,
    )
    for number, show in enumerate(states):
        show()
        app.run(nothing)
        assert _complaints() == [], number
        assert sum(thing.role in CONTROLS for thing in heard(app.desktop.window)) > 5


@pytest.mark.parametrize(
    "action",
    ["app.help", "app.about", "account.sign_in", "backup.restore", "edit.replace_everywhere"],
)
def test_every_dialog_can_be_heard(app: WholeApp, action: str) -> None:
    app.desktop.account.sign_out()
    app.desktop.actions.action(action).trigger()
    app.run(nothing)
    dialogs = [window for window in _shown() if isinstance(window, QDialog)]
    assert dialogs
    assert _complaints() == []
    for dialog in dialogs:
        assert dialog.windowTitle()
        dialog.reject()


def test_every_page_of_the_settings_can_be_heard(app: WholeApp) -> None:
    app.desktop.dialogs.show_settings()
    dialog = next(window for window in _shown() if isinstance(window, QDialog))
    tabs = [tab for tab in dialog.findChildren(QToolButton) if tab.property("role") == "segment"]
    assert len(tabs) >= 3
    for tab in tabs:
        tab.click()
        app.run(nothing)
        assert _complaints() == [], tab.text()
    dialog.reject()


def test_a_photo_speaks_its_alt_text(app: WholeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    pane = app.desktop.window.pane
    pane.sides.show_side(Side.PHOTOS)
    card = pane.side.photos.card(pane.side.photos.photos()[0].id)
    assert card is not None
    things = heard(card)
    pictures = [thing for thing in things if thing.name == ALT_TEXT]
    assert pictures
    assert things[0].description == ALT_TEXT

    said = announced(monkeypatch)
    body = pane.text.body
    body.setFocus()
    body.set_caret_position(0)
    for _ in range(3):
        body.moveCursor(QTextCursor.MoveOperation.NextBlock)
    assert said == [f"Photo: {ALT_TEXT}. Caption: The river at nine.", "Dividing line"]
    interface = QAccessible.queryAccessibleInterface(body)
    assert interface.role() is QAccessible.Role.EditableText
    assert "Above." in interface.text(QAccessible.Text.Value)
    body.moveCursor(QTextCursor.MoveOperation.PreviousBlock)
    body.moveCursor(QTextCursor.MoveOperation.PreviousBlock)
    description = interface.text(QAccessible.Text.Description)
    assert description == f"Photo: {ALT_TEXT}. Caption: The river at nine."
    body.moveCursor(QTextCursor.MoveOperation.Start)
    assert interface.text(QAccessible.Text.Description) == "Write the report here…"


def test_the_preview_speaks_its_photos_alt_text(app: WholeApp, qtbot: QtBot) -> None:
    app.desktop.actions.action("report.preview").trigger()

    def page() -> PageView | None:
        return app.desktop.window.findChild(PageView)

    qtbot.waitUntil(lambda: (found := page()) is not None and found.sheet is not None)
    view = page()
    assert view is not None
    qtbot.waitUntil(lambda: not view.busy)
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.text(QAccessible.Text.Description) == f"Photos: {ALT_TEXT}."
    pane = app.desktop.window.pane
    card = pane.side.photos.cards()[0]
    card.alt_text.selectAll()
    card.alt_text.insertPlainText("")
    wanted = "Photos: a photo without alt text."
    qtbot.waitUntil(lambda: interface.text(QAccessible.Text.Description) == wanted)
    view.clear_page()
    assert view.accessibleDescription() == ""


def test_a_links_words_and_address_can_be_heard(app: WholeApp) -> None:
    body = app.desktop.window.pane.text.body
    body.setFocus()
    body.set_caret_position(2)
    app.desktop.actions.action("format.link").trigger()
    popover = app.desktop.window.findChild(LinkPopover)
    assert popover is not None
    assert popover.isVisible()
    assert _complaints() == []
    things = heard(popover)
    assert things[0].name == "Link"
    names = [thing.name for thing in things if thing.role in CONTROLS]
    assert {"Words of the link", "Address of the link"} <= set(names)


@pytest.mark.parametrize(
    "make",
    [
        lambda: RecoveryCodeDialog(("zoo", "abandon") * 12),
        lambda: EraseDialog(OnlyHere(encrypted=True)),
        lambda: EraseDialog(OnlyHere(encrypted=False)),
        EraseForGoodDialog,
        lambda: NotSavedDialog([Draft(ready_content("Lanterns"))], "The disk is full."),
        lambda: NewPassphraseDialog("Choose a passphrase", ("It opens the drafts.",), "Set it"),
    ],
    ids=["recovery code", "erase", "erase plain", "erase for good", "not saved", "passphrase"],
)
def test_dialogs_that_ask_for_much_can_be_heard(qtbot: QtBot, make: Callable[[], QDialog]) -> None:
    dialog = make()
    qtbot.addWidget(dialog)
    dialog.show()
    assert complaints(dialog) == []
    things = heard(dialog)
    assert things[0].name, "the window has a title"
    said = " ".join(f"{thing.name} {thing.description} {thing.value}" for thing in things)
    for label in dialog.findChildren(QLabel):
        if label.isVisible():
            assert label.text() in said
    assert any("focused" in thing.states for thing in things) or dialog.focusWidget() is not None


def test_the_recovery_code_is_heard_word_by_word_in_its_order(qtbot: QtBot) -> None:
    words = tuple(f"word{number}" for number in range(24))
    dialog = RecoveryCodeDialog(words)
    qtbot.addWidget(dialog)
    dialog.show()
    names = [thing.name for thing in heard(dialog)]
    told = [name for name in names if ": word" in name]
    assert told == [f"{number}: {word}" for number, word in enumerate(words, start=1)]


def test_the_door_can_be_heard(home: Path, qtbot: QtBot, qapp: QApplication) -> None:
    with doorway(home, qtbot, qapp, NoVault()) as start:
        qtbot.waitUntil(lambda: start.shell.entrance.window is not None, timeout=10_000)
        assert start.shell.entrance.window is not None
        assert _complaints() == []
        page = start.shell.entrance.window.page
        assert page is not None
        start.shell.close()


def test_the_pages_of_the_door_can_be_heard(qtbot: QtBot) -> None:
    pages = (
        ProtectPage(),
        NewPassphrasePage(),
        ConvertPage(),
        PassphrasePage(),
        PassphrasePage(locked=True),
        RecoveryPage("", "Back"),
    )
    for page in pages:
        qtbot.addWidget(page)
        page.show()
        assert complaints(page) == []
