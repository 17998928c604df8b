"""What stands before the drafts at a start, and the ways through."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errors import StoreUnreadable
from reporterdesk.paths import drafts_file, protection_file
from reporterdesk.store.opening import open_store
from reporterdesk.store.protection import Guard, Protection, read_protection, write_protection
from reporterdesk.ui.door.choices import ConvertPage, ProtectPage
from reporterdesk.ui.door.keys import PassphrasePage, RecoveryPage
from reporterdesk.ui.door.telling import WorkPage
from reporterdesk.vault import MemoryVault
from support.filled_store import fill_store
from support.shells import PASSPHRASE, AskingVault, Doorway, doorway
from support.vaults import NoVault

PLAIN = b"SQLite format 3\0"
CANNOT = "Your drafts cannot be opened now"


def _guard(home: Path) -> Guard:
    protection = read_protection(home)
    assert protection is not None
    return protection.guard


def _is_plain(home: Path) -> bool:
    return drafts_file(home).read_bytes().startswith(PLAIN)


def _new(home: Path, qtbot: QtBot, qapp: QApplication, vault: MemoryVault) -> tuple[str, ...]:
    """Start for the first time, write a report, and quit; return the recovery code."""
    with doorway(home, qtbot, qapp, vault) as start:
        words = start.keep_code()
        start.write("The ferry is late", "Nobody knew why.")
        start.desktop.window.pane.text.body.set_caret_position(6)
    return words


def _enter(page: PassphrasePage, qtbot: QtBot, passphrase: str) -> None:
    page.field.line.clear()
    qtbot.keyClicks(page.field.line, passphrase)
    qtbot.keyClick(page.field.line, Qt.Key.Key_Return)


def _enter_code(start: Doorway, page: RecoveryPage, words: tuple[str, ...]) -> None:
    page.field.setPlainText(" ".join(words))
    start.press(page, "Open")


def _body(start: Doorway) -> str:
    return start.desktop.window.pane.content().body.strip()


def test_the_first_start_encrypts_and_shows_the_code(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    vault = MemoryVault()
    words = _new(home, qtbot, qapp, vault)
    assert len(words) == 24
    assert not _is_plain(home)
    assert _guard(home) is Guard.KEYRING

    with doorway(home, qtbot, qapp, vault) as again:
        assert _body(again) == "Nobody knew why."
        assert again.desktop.window.pane.text.body.caret_position() == 6
        assert again.desktop.security.dialog is None
        assert again.desktop.window.safety.isHidden()


def test_a_code_put_off_is_remembered(home: Path, qtbot: QtBot, qapp: QApplication) -> None:
    with doorway(home, qtbot, qapp, MemoryVault()) as start:
        security = start.desktop.security
        qtbot.waitUntil(lambda: security.dialog is not None)
        assert security.dialog is not None
        start.press(security.dialog, "Later")
        assert start.desktop.window.safety.text() == "Recovery code not written down"
        start.desktop.window.safety.click()
        start.keep_code()
        assert start.desktop.window.safety.isHidden()


def test_the_window_stands_while_the_keyring_asks(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    vault = AskingVault()
    vault.answered.set()
    _new(home, qtbot, qapp, vault)
    vault.answered.clear()
    vault.asked.clear()
    with doorway(home, qtbot, qapp, vault) as start:
        desktop = start.shell.desktop
        assert desktop is not None
        qtbot.waitUntil(vault.asked.is_set)
        assert desktop.window.isVisible()
        assert not desktop.ready
        assert not desktop.actions.action("report.new").isEnabled()
        assert desktop.window.content.currentWidget() is desktop.window.empty
        vault.answered.set()
        assert _body(start) == "Nobody knew why."
        assert desktop.actions.action("report.new").isEnabled()
        qtbot.keyClicks(desktop.window.pane.text.body, "At noon:")
        qtbot.waitUntil(lambda: not desktop.window.pane.unsaved, timeout=20_000)
    with doorway(home, qtbot, qapp, vault) as again:
        assert _body(again) == "NobodyAt noon: knew why."


def test_quitting_does_not_wait_for_the_keyring(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    vault = AskingVault()
    vault.answered.set()
    _new(home, qtbot, qapp, vault)
    vault.answered.clear()
    vault.asked.clear()
    with doorway(home, qtbot, qapp, vault) as start:
        qtbot.waitUntil(vault.asked.is_set)
        with qtbot.waitSignal(start.shell.ended):
            assert start.shell.desktop is not None
            start.shell.desktop.actions.action("app.quit").trigger()
    vault.answered.set()


def test_a_keyring_that_asks_for_too_long_can_be_gone_round(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    vault = AskingVault()
    vault.answered.set()
    words = _new(home, qtbot, qapp, vault)
    vault.answered.clear()
    with doorway(home, qtbot, qapp, vault) as start:
        desktop = start.shell.desktop
        assert desktop is not None
        way = desktop.window.empty.findChild(QPushButton)
        qtbot.waitUntil(lambda: way.text() == "Use the recovery code…", timeout=10_000)
        way.click()
        page = start.page("Enter your recovery code")
        assert isinstance(page, RecoveryPage)
        vault.answered.set()
        _enter_code(start, page, words)
        assert _body(start) == "Nobody knew why."


@pytest.mark.parametrize("keyring", ["emptied", "broken", "another key"])
def test_a_lost_key_is_replaced_by_the_code(
    home: Path, qtbot: QtBot, qapp: QApplication, keyring: str
) -> None:
    before = MemoryVault()
    words = _new(home, qtbot, qapp, before)
    vault = NoVault() if keyring == "broken" else MemoryVault()
    if keyring == "another key":
        for name in before._secrets:
            vault.set(name, "ab" * 32)
    with doorway(home, qtbot, qapp, vault) as start:
        page = start.page("Enter your recovery code")
        assert isinstance(page, RecoveryPage)
        _enter_code(start, page, (words[1], words[0], *words[2:]))
        qtbot.waitUntil(lambda: "do not fit together" in page.problem, timeout=20_000)
        _enter_code(start, page, words)
        if keyring == "broken":
            new = start.page("Choose a new passphrase")
            qtbot.keyClicks(new.passphrase.first.line, PASSPHRASE)
            qtbot.keyClicks(new.passphrase.again.line, PASSPHRASE)
            start.press(new, "Use this passphrase")
        assert _body(start) == "Nobody knew why."
    with doorway(home, qtbot, qapp, vault) as again:
        if keyring == "broken":
            asked = again.page("Your drafts are encrypted")
            assert isinstance(asked, PassphrasePage)
            _enter(asked, qtbot, PASSPHRASE)
        assert _body(again) == "Nobody knew why."


def test_the_code_opens_drafts_whose_protection_is_lost(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    vault = MemoryVault()
    words = _new(home, qtbot, qapp, vault)
    protection_file(home).unlink()
    with doorway(home, qtbot, qapp, vault) as start:
        page = start.page("Enter your recovery code")
        assert isinstance(page, RecoveryPage)
        _enter_code(start, page, words)
        assert _body(start) == "Nobody knew why."
    assert _guard(home) is Guard.KEYRING


def test_without_a_keyring_a_passphrase_is_chosen_and_asked_for(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    vault = NoVault()
    with doorway(home, qtbot, qapp, vault) as start:
        page = start.page("Choose a passphrase for your drafts")
        assert isinstance(page, ProtectPage)
        go = next(b for b in page.findChildren(QPushButton) if b.text() == "Encrypt and begin")
        qtbot.keyClicks(page.passphrase.first.line, "too shor")
        qtbot.keyClicks(page.passphrase.again.line, "too shot")
        assert not go.isEnabled()
        page.passphrase.clear()
        qtbot.keyClicks(page.passphrase.first.line, PASSPHRASE)
        assert not go.isEnabled()
        qtbot.keyClicks(page.passphrase.again.line, PASSPHRASE)
        go.click()
        start.keep_code()
        start.write("The ferry is late", "Nobody knew why.")
    assert _guard(home) is Guard.PASSPHRASE
    assert not _is_plain(home)

    with doorway(home, qtbot, qapp, vault) as again:
        asked = again.page("Your drafts are encrypted")
        assert isinstance(asked, PassphrasePage)
        _enter(asked, qtbot, "not this one")
        qtbot.waitUntil(lambda: "not the passphrase" in asked.problem, timeout=20_000)
        _enter(asked, qtbot, PASSPHRASE)
        assert _body(again) == "Nobody knew why."


def test_no_encryption_is_chosen_expressly_and_always_told(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with doorway(home, qtbot, qapp, NoVault()) as start:
        page = start.page("Choose a passphrase for your drafts")
        assert isinstance(page, ProtectPage)
        page.without.setChecked(True)
        start.press(page, "Begin without")
        start.write("In the clear", "Anybody may read it.")
        assert start.desktop.window.safety.text() == "Not encrypted"
        assert not start.desktop.actions.action("app.lock").isVisible()
    assert _is_plain(home)
    with doorway(home, qtbot, qapp, NoVault()) as again:
        assert _body(again) == "Anybody may read it."
        assert again.desktop.window.safety.isVisible()


def test_drafts_from_before_are_encrypted_in_place(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    report_id = fill_store(home, reports=5, words=30)[-1]
    vault = MemoryVault()
    with doorway(home, qtbot, qapp, vault) as start:
        page = start.page("Your drafts can be encrypted now")
        assert isinstance(page, ConvertPage)
        start.press(page, "Encrypt now")
        assert len(start.keep_code()) == 24
        assert start.desktop.window.pane.report_id == report_id
    assert not _is_plain(home)
    assert _guard(home) is Guard.KEYRING


def test_drafts_from_before_are_encrypted_by_a_passphrase_without_a_keyring(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    fill_store(home, reports=2, words=30)
    with doorway(home, qtbot, qapp, NoVault()) as start:
        start.press(start.page("Your drafts can be encrypted now"), "Encrypt now")
        page = start.page("Choose a passphrase for your drafts")
        assert isinstance(page, ProtectPage)
        qtbot.keyClicks(page.passphrase.first.line, PASSPHRASE)
        qtbot.keyClicks(page.passphrase.again.line, PASSPHRASE)
        start.press(page, "Encrypt and begin")
        start.keep_code()
    assert _guard(home) is Guard.PASSPHRASE
    assert not _is_plain(home)


def test_drafts_from_before_may_wait(home: Path, qtbot: QtBot, qapp: QApplication) -> None:
    fill_store(home, reports=2, words=30)
    with doorway(home, qtbot, qapp, MemoryVault()) as start:
        start.press(start.page("Your drafts can be encrypted now"), "Not now")
        assert start.desktop.window.safety.text() == "Not encrypted"
    assert _is_plain(home)
    with doorway(home, qtbot, qapp, MemoryVault()) as again:
        again.page("Your drafts can be encrypted now")


def test_a_cancelled_conversion_leaves_everything_as_it_was(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    fill_store(home, reports=400, words=200)
    before = drafts_file(home).read_bytes()
    with doorway(home, qtbot, qapp, MemoryVault()) as start:
        start.press(start.page("Your drafts can be encrypted now"), "Encrypt now")
        page = start.page("Encrypting your drafts…")
        assert isinstance(page, WorkPage)
        start.press(page, "Cancel")
        assert start.desktop.window.safety.text() == "Not encrypted"
        assert start.desktop.browsing.model.rowCount() > 0
    assert drafts_file(home).read_bytes()[:100] == before[:100]
    assert list(home.glob("*.fresh")) == []


@pytest.mark.parametrize("harm", ["damaged", "too new"])
def test_drafts_that_cannot_be_opened_are_told_at_the_door(
    home: Path, qtbot: QtBot, qapp: QApplication, harm: str
) -> None:
    write_protection(home, Protection(Guard.NONE, store_id="here"))
    store = open_store(home, clock=utc_now)
    store.close()
    if harm == "damaged":
        drafts_file(home).write_bytes(PLAIN + b"\xff" * 8000)
    else:
        data = bytearray(drafts_file(home).read_bytes())
        data[60:64] = (99).to_bytes(4, "big")  # user_version
        drafts_file(home).write_bytes(data)
    with doorway(home, qtbot, qapp, MemoryVault()) as start:
        page = start.page(CANNOT)
        texts = [button.text() for button in page.findChildren(QPushButton)]
        if harm == "damaged":
            with qtbot.waitSignal(start.shell.entrance.backup_wanted):
                start.press(page, "Restore from backup…")
        else:
            assert "Restore from backup…" not in texts
        with qtbot.waitSignal(start.shell.ended):
            start.press(page, "Quit")


def test_words_that_are_not_saved_are_not_closed_over(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with doorway(home, qtbot, qapp, MemoryVault()) as start:
        start.keep_code()
        desktop = start.desktop
        desktop.actions.action("report.new").trigger()
        desktop.window.pane.text.head.headline.insertPlainText("Typed all the same")
        assert desktop.window.pane.unsaved
        desktop.refused.emit(StoreUnreadable())
        assert start.shell.desktop is desktop
        assert start.shell.entrance.window is None
        qtbot.waitUntil(lambda: not desktop.window.pane.unsaved, timeout=20_000)


def test_a_protection_of_a_newer_version_is_told(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    protection_file(home).write_text('{"format": 99}', encoding="utf-8")
    with doorway(home, qtbot, qapp, MemoryVault()) as start:
        start.page(CANNOT)


def test_closing_the_door_ends(home: Path, qtbot: QtBot, qapp: QApplication) -> None:
    fill_store(home, reports=1, words=30)
    with doorway(home, qtbot, qapp, MemoryVault()) as start:
        start.page("Your drafts can be encrypted now")
        window = start.shell.entrance.window
        assert window is not None
        qtbot.keyClick(window, Qt.Key.Key_Escape)
        assert window.isVisible()
        with qtbot.waitSignal(start.shell.ended):
            window.close()
