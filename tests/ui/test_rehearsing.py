"""*Rehearse a bad connection*, and the page of a network that wants a login."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from reporterdesk.demo.bad_link.login_page import AGREE_PATH
from reporterdesk.demo.bad_link.profiles import PROFILES
from reporterdesk.demo.stage import _Rehearse
from reporterdesk.domain.clock import utc_now
from reporterdesk.publishing.http import Http
from reporterdesk.store.opening import open_store
from reporterdesk.ui.action_table import ACTIONS
from reporterdesk.ui.controllers.account import Desk
from reporterdesk.ui.controllers.network_login import ACTION
from reporterdesk.ui.rehearsal.badge import RehearsalBadge
from support.desks import DoorKeeper
from support.hostile_http import as_json, hostile_server
from support.whole_app import WholeApp, sign_in_beforehand, whole_app

SECONDS = 20_000


class Opened:
    """A web browser that only writes down what it was asked to open."""

    def __init__(self) -> None:
        self.urls: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.urls.append(url.toString())


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Opened:
    opened = Opened()
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.open)
    return opened


@pytest.fixture
def app(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[WholeApp]:
    keeper = DoorKeeper()
    sign_in_beforehand(keeper, lambda: open_store(home, clock=utc_now))
    with whole_app(home, qtbot, qapp, keeper) as app:
        qtbot.waitUntil(lambda: app.desktop.account.account is not None, timeout=SECONDS)
        yield app


def choose(app: WholeApp, name: str) -> None:
    action = app.desktop.actions.action(f"rehearse.{name}")
    assert action.isEnabled()
    action.trigger()


def badge(app: WholeApp) -> RehearsalBadge:
    found = app.desktop.window.findChild(RehearsalBadge)
    assert isinstance(found, RehearsalBadge)
    return found


def test_the_menu_offers_every_link_there_is_and_off() -> None:
    rows = {spec.name.removeprefix("rehearse."): spec for spec in ACTIONS if spec.submenu}
    assert list(rows) == ["off", *PROFILES]
    for name, profile in PROFILES.items():
        assert rows[name].text.replace("&", "") == profile.title


def test_a_rehearsal_is_seen_changed_and_ended(app: WholeApp, qtbot: QtBot) -> None:
    rehearsing = app.desktop.networks.rehearsing
    assert app.desktop.window.findChild(QMenu, "rehearse") is not None
    assert not badge(app).isVisible()
    choose(app, "basement")
    assert badge(app).isVisible()
    assert badge(app).text() == f"Rehearsing: {PROFILES['basement'].title}"
    qtbot.waitUntil(lambda: rehearsing.on, timeout=SECONDS)
    choose(app, "train")
    assert rehearsing.on  # the same process is told
    assert badge(app).text() == f"Rehearsing: {PROFILES['train'].title}"
    choose(app, "off")
    assert not rehearsing.on
    assert not badge(app).isVisible()


def test_the_demo_rehearses_from_the_start_and_once(app: WholeApp, qtbot: QtBot) -> None:
    begin = _Rehearse("2g", app.desktop)
    begin(None)  # nobody is signed in yet
    assert not badge(app).isVisible()
    account = app.desktop.account.account
    begin(account)
    assert badge(app).text() == f"Rehearsing: {PROFILES['2g'].title}"
    qtbot.waitUntil(lambda: app.desktop.networks.rehearsing.on, timeout=SECONDS)
    choose(app, "off")
    begin(account)
    assert not badge(app).isVisible()


def test_a_link_that_ends_by_itself_is_told_and_the_real_way_taken(
    app: WholeApp, qtbot: QtBot
) -> None:
    rehearsing = app.desktop.networks.rehearsing
    choose(app, "edge")
    qtbot.waitUntil(lambda: rehearsing.on, timeout=SECONDS)
    process = rehearsing._link._process
    assert process is not None
    process.kill()
    qtbot.waitUntil(lambda: not rehearsing.on, timeout=SECONDS)
    assert not badge(app).isVisible()
    assert app.desktop.actions.action("rehearse.off").isChecked()
    assert app.desktop.window.messages.sentence == (
        "The rehearsal has ended by itself. The real connection is used again."
    )


def test_signing_out_ends_it_and_the_next_start_has_none(
    home: Path, app: WholeApp, qtbot: QtBot
) -> None:
    rehearsing = app.desktop.networks.rehearsing
    choose(app, "cafe")
    qtbot.waitUntil(lambda: rehearsing.on, timeout=SECONDS)
    app.desktop.account.sign_out()
    assert not rehearsing.on
    assert not app.desktop.actions.action("rehearse.cafe").isEnabled()


def test_calls_of_the_account_go_through_the_link(
    home: Path, qtbot: QtBot, qapp: QApplication, browser: Opened
) -> None:
    """A real call through the real process: the portal answers, and its page lets it through."""
    with hostile_server(as_json("200 OK", {"hello": "desk"})) as server:
        keeper = DoorKeeper()
        sign_in_beforehand(keeper, lambda: open_store(home, clock=utc_now), server.url)
        with whole_app(home, qtbot, qapp, keeper) as app:
            qtbot.waitUntil(lambda: app.desktop.account.account is not None, timeout=SECONDS)
            desk: Desk = app.desktop._desk
            http = Http(server.url, "token", route=desk.route)
            choose(app, "portal")
            qtbot.waitUntil(lambda: app.desktop.networks.rehearsing.on, timeout=SECONDS)
            assert http.call("GET", server.url).status == 302
            app.desktop.bridge.login_page_found.emit("https://somewhere.example/")
            app.desktop.actions.action(ACTION).trigger()
            (page,) = browser.urls  # the browser does not go through the link: the link itself
            assert page == "http://{}:{}/".format(*desk.route.link)
            Http(page.rstrip("/")).call("GET", f"{page.rstrip('/')}{AGREE_PATH}")
            assert http.call("GET", server.url).status == 200
            http.close()


def test_a_login_page_is_offered_opened_and_tried_after(
    app: WholeApp, qtbot: QtBot, browser: Opened
) -> None:
    desktop = app.desktop
    action, messages = desktop.actions.action(ACTION), desktop.window.messages
    assert not action.isVisible()
    desktop.bridge.login_page_found.emit("http://wifi.example/login")
    assert action.isVisible()
    assert messages.sentence.startswith("This network wants you to log in")
    qtbot.mouseClick(_button(app, "Open the network’s login page"), Qt.MouseButton.LeftButton)
    assert browser.urls == ["http://wifi.example/login"]
    with qtbot.waitSignal(desktop.networks.login.may_be_logged_in, timeout=SECONDS):
        state = QGuiApplication.instance().applicationStateChanged
        state.emit(Qt.ApplicationState.ApplicationInactive)
        state.emit(Qt.ApplicationState.ApplicationActive)
    desktop.bridge.login_page_found.emit("")
    assert not action.isVisible()
    assert messages.sentence == ""


def _button(app: WholeApp, text: str):
    from PySide6.QtWidgets import QPushButton

    buttons = app.desktop.window.messages.findChildren(QPushButton)
    return next(button for button in buttons if button.text() == text and button.isVisible())
