"""Every control that can be reached has a name for those who hear the window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.places import Place
from reporterdesk.settings import Settings
from reporterdesk.store.opening import open_store
from reporterdesk.ui.windows.about import AboutDialog
from reporterdesk.ui.windows.help import HelpWindow
from reporterdesk.ui.windows.settings_dialog import SettingsDialog
from reporterdesk.ui.windows.sign_in import SignInDialog
from reporterdesk.ui.windows.unexpected_error import UnexpectedErrorDialog
from reporterdesk.workflow.drafting import save_draft
from support.contents import photo_of, ready_content
from support.desks import DoorKeeper
from support.whole_app import WholeApp, nothing, sign_in_beforehand, whole_app
from support.workers import Workers
from support.writing_desk import ACCOUNT

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTextEdit,
)


def nameless(window: QWidget) -> list[str]:
    """Return the controls of ``window`` that have no accessible name; hidden ones count too."""
    found = []
    for widget in window.findChildren(QWidget):
        is_control = isinstance(widget, CONTROLS) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not is_control or _inside_another(widget):
            continue
        silent = isinstance(widget, QAbstractButton) and not widget.isVisibleTo(window)
        if silent and not widget.text() and widget.icon().isNull():
            continue  # it gets its text when there is something to do
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface else widget.accessibleName()
        if not name.strip():
            found.append(f"{type(widget).__name__} {widget.objectName()!r} in {_path(widget)}")
    return found


def _inside_another(widget: QWidget) -> bool:
    """Tell whether Qt made ``widget`` as a part of a control, as a combo box’s list."""
    if widget.objectName().startswith("qt_"):
        return True
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, (QComboBox, QAbstractSpinBox, QCalendarWidget, QLineEdit)):
            return True
        parent = parent.parentWidget()
    return False


def _path(widget: QWidget) -> str:
    names = []
    parent = widget.parentWidget()
    while parent is not None:
        names.append(type(parent).__name__)
        parent = parent.parentWidget()
    return " < ".join(names)


@pytest.fixture
def app(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[WholeApp]:
    keeper = DoorKeeper()
    sign_in_beforehand(keeper, lambda: open_store(home, clock=utc_now))
    store = open_store(home, clock=utc_now)
    report_id = new_id()
    content = ready_content("Lanterns on the river", photo_of(b"preview", b"full"))
    save_draft(store, report_id, content, clock=utc_now)
    store.state.set("open_report", report_id)
    store.close()
    with whole_app(home, qtbot, qapp, keeper) as app:
        qtbot.waitUntil(lambda: app.desktop.account.account is not None, timeout=20_000)
        app.run(nothing)
        yield app


def test_every_control_of_the_window_has_a_name(app: WholeApp) -> None:
    window = app.desktop.window
    assert not nameless(window), "\n".join(nameless(window))

    app.desktop.actions.action("report.preview").trigger()
    assert nameless(window) == []

    app.desktop.actions.action("report.history").trigger()
    app.run(nothing)
    QApplication.processEvents()
    assert app.desktop.history.is_open
    assert nameless(window) == []

    for place in Place:
        app.desktop.actions.action(f"go.{place.value}").trigger()
        app.run(nothing)
        QApplication.processEvents()
        assert nameless(window) == [], place


def test_every_action_has_a_text_and_a_tip(app: WholeApp) -> None:
    for action in app.desktop.window.findChildren(QAction):
        if action.objectName() in set(app.desktop.actions.names()):
            assert action.text().replace("&", ""), action.objectName()
            assert action.toolTip(), action.objectName()


def test_every_control_of_the_dialogs_has_a_name(home: Path, qtbot: QtBot) -> None:
    workers = Workers(home)
    dialogs: tuple[QDialog, ...] = (
        SignInDialog(workers, lambda *_: None, lambda _: None),
        SettingsDialog(Settings(), home, ACCOUNT),
        AboutDialog(),
        HelpWindow(),
        UnexpectedErrorDialog(KeyError("x"), home, datetime.now(UTC)),
    )
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        dialog.show()
        assert nameless(dialog) == []
        assert dialog.windowTitle()
    workers.close()


def test_tab_leads_through_the_dialogs_fields(home: Path, qtbot: QtBot) -> None:
    workers = Workers(home)
    dialog = SignInDialog(workers, lambda *_: None, lambda _: None)
    qtbot.addWidget(dialog)
    dialog.show()
    seen = []
    for _ in range(3):
        focused = dialog.focusWidget()
        assert focused is not None
        seen.append(focused.accessibleName())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)

    assert seen == ["Address of the desk", "E-mail", "Password"]
    workers.close()
