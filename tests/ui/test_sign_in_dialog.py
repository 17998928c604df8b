"""Signing in and out by the real dialog: it works, it fails in plain words, it can be cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from reporterdesk.domain.errors import (
    IncompatibleServer,
    NoConnection,
    NotTheApi,
)
from reporterdesk.domain.people import Account
from reporterdesk.publishing.addresses import token_name
from reporterdesk.ui.controllers.account import AccountRoom, reference_desk
from reporterdesk.ui.windows.sign_in import SignInDialog
from support.desks import ADDRESS, EMAIL, PASSWORD, DoorKeeper
from support.servers import PASSWORD as SERVER_PASSWORD
from support.servers import fill, running_server
from support.vaults import NoVault
from support.workers import Workers


@dataclass
class Door:
    """The dialog, with what it stands on."""

    dialog: SignInDialog
    room: AccountRoom
    workers: Workers
    keeper: DoorKeeper
    qtbot: QtBot

    def field(self, name: str) -> QLineEdit:
        return next(f for f in self.dialog.findChildren(QLineEdit) if f.accessibleName() == name)

    def button(self, text: str) -> QPushButton:
        return next(b for b in self.dialog.findChildren(QPushButton) if b.text() == text)

    def enter(self, password: str = PASSWORD) -> None:
        self.qtbot.keyClicks(self.field("Password"), password)
        self.qtbot.keyClick(self.field("Password"), Qt.Key.Key_Return)

    @property
    def problem(self) -> str:
        labels = self.dialog.findChildren(QLabel)
        label = next(la for la in labels if la.accessibleName() == "What went wrong")
        return label.text() if label.isVisible() else ""

    def kept_account(self) -> Account | None:
        return self.workers.store_thread.run(lambda store: store.account.get())


@pytest.fixture
def door(home: Path, qtbot: QtBot) -> Iterator[Door]:
    workers, keeper = Workers(home), DoorKeeper()
    room = AccountRoom(workers.background, keeper.as_desk())
    dialog = _dialog(room, workers, ADDRESS, EMAIL)
    yield Door(dialog, room, workers, keeper, qtbot)
    keeper.gate.set()
    qtbot.waitUntil(lambda: workers.idle)
    workers.close()
    # Not left to Python's collector, which may run on another thread than the UI's.
    if shiboken6.isValid(dialog):
        shiboken6.delete(dialog)


def _dialog(room: AccountRoom, workers: Workers, address: str, email: str) -> SignInDialog:
    dialog = SignInDialog(
        workers,
        room.signing_in,
        room.abandon,
        server_url=address,
        email=email,
    )
    dialog.signed_in.connect(room.take)
    dialog.show()
    return dialog


def test_the_caret_stands_in_the_first_empty_field(door: Door) -> None:
    assert door.dialog.focusWidget() is door.field("Password")


def test_nothing_can_be_sent_before_everything_is_filled_in(door: Door) -> None:
    assert not door.button("Sign in").isEnabled()

    door.qtbot.keyClicks(door.field("Password"), "x")
    assert door.button("Sign in").isEnabled()

    door.field("E-mail").setText("  ")
    assert not door.button("Sign in").isEnabled()


def test_signing_in_connects_and_remembers(door: Door) -> None:
    with door.qtbot.waitSignals([door.room.changed, door.room.connected]):
        door.enter()

    assert door.dialog.result() == SignInDialog.DialogCode.Accepted
    assert door.room.connect_now() is door.keeper.desk
    assert door.kept_account() == door.room.account
    assert door.room.account is not None
    assert door.keeper.vault.get(token_name(ADDRESS, door.room.account.person.email)) == "token-1"
    assert door.field("Password").text() == ""


def test_a_wrong_password_is_said_and_can_be_mended(door: Door) -> None:
    door.enter("wrong")

    door.qtbot.waitUntil(lambda: "password is wrong" in door.problem)
    assert door.dialog.isVisible()
    assert door.dialog.focusWidget() is door.field("Password")
    assert door.field("Password").selectedText() != ""

    door.enter()  # what is selected is written over
    door.qtbot.waitUntil(lambda: not door.dialog.isVisible())
    assert door.room.account is not None


@pytest.mark.parametrize("error", [NoConnection, NotTheApi, IncompatibleServer])
def test_a_wrong_address_leads_to_the_address(door: Door, error: type[NoConnection]) -> None:
    door.keeper.fault = error()

    door.enter()

    door.qtbot.waitUntil(lambda: error.happened in door.problem)
    assert door.dialog.focusWidget() is door.field("Address of the desk")
    assert door.kept_account() is None


def test_a_bug_is_said_calmly(door: Door) -> None:
    door.keeper.fault = KeyError("surprise")

    door.enter()

    door.qtbot.waitUntil(lambda: "The reason is in the log" in door.problem)
    assert "surprise" not in door.problem
    assert [type(bug) for bug in door.workers.bugs] == [KeyError]


def test_while_it_is_trying_nothing_can_be_sent_twice(door: Door) -> None:
    door.keeper.gate.clear()
    door.enter()

    assert not door.button("Sign in").isEnabled()
    assert not door.field("Password").isEnabled()
    door.keeper.gate.set()
    door.qtbot.waitUntil(lambda: not door.dialog.isVisible())


def test_cancel_gives_up_the_try_and_then_closes(door: Door) -> None:
    door.keeper.gate.clear()
    door.enter()

    door.qtbot.mouseClick(door.button("Cancel"), Qt.MouseButton.LeftButton)
    assert door.dialog.isVisible()
    assert door.field("Password").isEnabled()

    door.qtbot.mouseClick(door.button("Cancel"), Qt.MouseButton.LeftButton)
    assert not door.dialog.isVisible()


def test_who_cancelled_is_not_signed_in_by_a_late_answer(door: Door) -> None:
    door.keeper.gate.clear()
    door.enter()
    for _ in range(2):
        door.qtbot.mouseClick(door.button("Cancel"), Qt.MouseButton.LeftButton)
    shiboken6.delete(door.dialog)

    door.keeper.gate.set()

    door.qtbot.waitUntil(lambda: door.keeper.desk.faults.calls["sign_out"] == 1)
    door.qtbot.waitUntil(lambda: door.kept_account() is None)
    assert door.room.account is None
    assert door.room.connect_now() is None


def test_a_missing_keyring_is_said_and_does_not_stop_it(home: Path, qtbot: QtBot) -> None:
    workers, keeper = Workers(home), DoorKeeper(vault=NoVault())
    room = AccountRoom(workers.background, keeper.as_desk())
    door = Door(_dialog(room, workers, ADDRESS, EMAIL), room, workers, keeper, qtbot)

    with qtbot.waitSignal(room.no_keyring) as told:
        door.enter()

    assert "asked to sign in at each start" in str(told.args[0])
    assert room.connect_now() is keeper.desk
    workers.close()
    shiboken6.delete(door.dialog)


def test_after_a_start_without_a_keyring_somebody_has_to_sign_in_again(
    home: Path, qtbot: QtBot
) -> None:
    workers, keeper = Workers(home), DoorKeeper()
    room = AccountRoom(workers.background, keeper.as_desk())
    door = Door(_dialog(room, workers, ADDRESS, EMAIL), room, workers, keeper, qtbot)
    with qtbot.waitSignal(room.connected):
        door.enter()

    again = AccountRoom(workers.background, DoorKeeper(vault=NoVault()).as_desk())
    with qtbot.waitSignals([again.no_keyring, again.sign_in_wanted]):
        again.restore()

    assert again.account == room.account
    assert again.connect_now() is None
    workers.close()
    shiboken6.delete(door.dialog)


def test_a_token_that_is_kept_signs_in_at_the_next_start(door: Door) -> None:
    with door.qtbot.waitSignal(door.room.connected):
        door.enter()

    again = AccountRoom(door.workers.background, door.keeper.as_desk())
    with door.qtbot.waitSignal(again.connected):
        again.restore()

    assert again.account == door.room.account


def test_signing_out_forgets_the_person_and_the_token(door: Door) -> None:
    with door.qtbot.waitSignal(door.room.connected):
        door.enter()

    with door.qtbot.waitSignal(door.room.changed) as told:
        door.room.sign_out()

    assert told.args == [None]
    assert door.room.connect_now() is None
    door.qtbot.waitUntil(lambda: door.kept_account() is None)
    assert door.keeper.vault.get(token_name(ADDRESS, "ines@desk.example")) is None


def test_it_signs_in_to_a_real_server(home: Path, tmp_path: Path, qtbot: QtBot) -> None:
    fill(tmp_path / "server")
    workers = Workers(home)
    room = AccountRoom(workers.background, reference_desk())
    with running_server(tmp_path / "server") as server:
        dialog = _dialog(room, workers, server.url, "ana@example.org")
        door = Door(dialog, room, workers, DoorKeeper(), qtbot)
        with qtbot.waitSignal(room.connected, timeout=30_000):
            door.enter(SERVER_PASSWORD)
        room.close()

    assert room.account is not None
    assert room.account.person.name == "Ana"
    workers.close()
    shiboken6.delete(dialog)
