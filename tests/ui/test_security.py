"""The page on safety in the settings: what it tells, what it asks before, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from reporterdesk.paths import drafts_file, photos_file, protection_file
from reporterdesk.settings import Settings
from reporterdesk.store.protection import Guard, Protection, read_protection
from reporterdesk.ui.safety import Safety
from reporterdesk.ui.widgets.passphrase import NewPassphrase, PassphraseField
from reporterdesk.ui.widgets.security_page import SecurityPage
from reporterdesk.ui.windows.asking import AskingDialog, PassphraseDialog
from reporterdesk.ui.windows.erase_dialog import EraseDialog, EraseForGoodDialog, OnlyHere
from reporterdesk.ui.windows.recovery_code import RecoveryCodeDialog
from reporterdesk.ui.windows.settings_dialog import SettingsDialog
from reporterdesk.vault import MemoryVault
from support.shells import PASSPHRASE, Doorway, doorway
from support.vaults import NoVault

PLAIN = b"SQLite format 3\0"
ENCRYPTED = Safety(Guard.KEYRING, can_lock=True, code_kept=True)


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


@pytest.fixture
def start(home: Path, qtbot: QtBot, qapp: QApplication, vault: MemoryVault) -> Iterator[Doorway]:
    """A new profile with a report, encrypted by the keyring, its code written down."""
    with doorway(home, qtbot, qapp, vault) as start:
        start.keep_code()
        start.write("The ferry is late", "Nobody knew why.")
        yield start


def _protection(home: Path) -> Protection:
    protection = read_protection(home)
    assert protection is not None
    return protection


def _with_passphrase(start: Doorway) -> None:
    start.desktop.security.set_passphrase()
    start.set_passphrase()
    start.qtbot.waitUntil(lambda: start.desktop.security.safety.can_lock, timeout=20_000)


def _asked(start: Doorway, kind: type) -> AskingDialog:
    security = start.desktop.security
    start.qtbot.waitUntil(lambda: isinstance(security.dialog, kind), timeout=20_000)
    assert isinstance(security.dialog, AskingDialog)
    return security.dialog


def _give_passphrase(start: Doorway) -> None:
    dialog = _asked(start, PassphraseDialog)
    assert isinstance(dialog, PassphraseDialog)
    start.qtbot.keyClicks(dialog.field.line, "not this one")
    start.press(dialog, "Go on")
    said = lambda: " ".join(label.text() for label in dialog.findChildren(QLabel))  # noqa: E731
    start.qtbot.waitUntil(lambda: "not the passphrase" in said(), timeout=20_000)
    dialog.field.line.clear()
    start.qtbot.keyClicks(dialog.field.line, PASSPHRASE)
    start.press(dialog, "Go on")


def _is_plain(home: Path) -> bool:
    return drafts_file(home).read_bytes().startswith(PLAIN)


def _body(start: Doorway) -> str:
    return start.desktop.window.pane.content().body.strip()


def test_the_code_is_shown_again_to_who_knows_the_passphrase(start: Doorway, qtbot: QtBot) -> None:
    desktop = start.desktop
    desktop.security._fresh = False  # as after another start
    desktop.security.show_code()
    start.set_passphrase()  # there is none yet
    first = start.keep_code()
    desktop.security.show_code()
    _give_passphrase(start)
    assert start.keep_code() == first


def test_a_new_key_has_a_new_code_and_the_old_one_opens_nothing(
    home: Path, start: Doorway, vault: MemoryVault, qtbot: QtBot
) -> None:
    _with_passphrase(start)
    before = _protection(home)
    start.desktop.security._fresh = True
    start.desktop.security.show_code()
    old = start.keep_code()
    start.desktop.security.rotate()
    _give_passphrase(start)
    qtbot.waitUntil(lambda: start.shell.desktop is None, timeout=20_000)
    new = start.keep_code()
    assert new != old
    after = _protection(home)
    assert after.check != before.check
    assert after.passphrase is not None
    assert _body(start) == "Nobody knew why."
    assert len(vault._secrets) == 1


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_encryption_is_turned_off_and_on_again(
    home: Path, start: Doorway, vault: MemoryVault, qtbot: QtBot
) -> None:
    start.desktop.security.decrypt()
    dialog = _asked(start, AskingDialog)
    assert dialog.cancel.isDefault()
    start.press(dialog, "Turn it off")
    qtbot.waitUntil(lambda: start.shell.desktop is None, timeout=20_000)
    assert start.desktop.window.safety.text() == "Not encrypted"
    assert _body(start) == "Nobody knew why."
    assert _is_plain(home)
    assert vault._secrets == {}

    start.desktop.window.safety.click()
    settings = start.desktop.dialogs._open["settings"]
    assert isinstance(settings, SettingsDialog)
    start.press(settings, "Encrypt…")
    start.press(_asked(start, AskingDialog), "Encrypt")
    qtbot.waitUntil(lambda: start.shell.desktop is None, timeout=20_000)
    start.keep_code()
    assert _body(start) == "Nobody knew why."
    assert not _is_plain(home)


def test_the_guard_can_be_changed_and_the_passphrase_removed(
    home: Path, start: Doorway, vault: MemoryVault, qtbot: QtBot
) -> None:
    security = start.desktop.security
    security.set_guard(Guard.PASSPHRASE)
    start.set_passphrase()
    qtbot.waitUntil(lambda: security.safety.guard is Guard.PASSPHRASE, timeout=20_000)
    assert vault._secrets == {}
    security.set_guard(Guard.KEYRING)
    qtbot.waitUntil(lambda: security.safety.guard is Guard.KEYRING, timeout=20_000)
    assert len(vault._secrets) == 1
    security.remove_passphrase()
    _give_passphrase(start)
    qtbot.waitUntil(lambda: not security.safety.can_lock, timeout=20_000)
    assert _protection(home).passphrase is None


def test_a_keyring_that_refuses_is_told_and_changes_nothing(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with doorway(home, qtbot, qapp, NoVault()) as start:
        page = start.page("Choose a passphrase for your drafts")
        fields = page.findChild(NewPassphrase)
        qtbot.keyClicks(fields.first.line, PASSPHRASE)
        qtbot.keyClicks(fields.again.line, PASSPHRASE)
        start.press(page, "Encrypt and begin")
        start.keep_code()
        start.desktop.security.set_guard(Guard.KEYRING)
        messages = start.desktop.window.messages
        qtbot.waitUntil(lambda: "keyring" in messages.sentence, timeout=20_000)
        assert start.desktop.security.safety.guard is Guard.PASSPHRASE


def test_erasing_asks_twice_and_leaves_nothing(
    home: Path, start: Doorway, vault: MemoryVault, qtbot: QtBot
) -> None:
    start.desktop.security.erase()
    first = _asked(start, EraseDialog)
    said = " ".join(label.text() for label in first.findChildren(QLabel))
    assert "lost for good: 1 draft." in said
    assert first.cancel.isDefault()
    start.press(first, "Go on…")
    second = _asked(start, EraseForGoodDialog)
    assert not second.go_on.isEnabled()
    qtbot.keyClicks(second.findChild(QLineEdit), "erase")
    assert not second.go_on.isEnabled()
    second.findChild(QLineEdit).setText("ERASE")
    start.press(second, "Erase for good")

    page = start.page("Everything on this laptop is erased")
    assert vault._secrets == {}
    for file in (drafts_file(home), photos_file(home), protection_file(home)):
        assert not file.exists()
    start.press(page, "Start anew")
    start.keep_code()
    assert start.desktop.window.list.rows.model().rowCount() == 0


def test_erasing_can_be_thought_better_of(home: Path, start: Doorway, qtbot: QtBot) -> None:
    start.desktop.security.erase()
    start.press(_asked(start, EraseDialog), "Cancel")
    start.desktop.security.erase()
    start.press(_asked(start, EraseDialog), "Go on…")
    start.press(_asked(start, EraseForGoodDialog), "Cancel")
    assert _body(start) == "Nobody knew why."
    assert start.desktop.security.dialog is None


def _page(qtbot: QtBot, safety: Safety) -> SecurityPage:
    page = SecurityPage(15)
    qtbot.addWidget(page)
    page.tell(safety)
    page.show()
    return page


def _seen(page: SecurityPage) -> set[str]:
    return {b.accessibleName() for b in page.findChildren(QPushButton) if b.isVisible()}


def test_the_page_offers_what_fits(qtbot: QtBot) -> None:
    plain = _seen(_page(qtbot, Safety()))
    assert plain == {"Encryption: Encrypt…", "This laptop’s drafts: Erase…"}
    keyring = _seen(_page(qtbot, ENCRYPTED))
    assert "Encryption: Turn off…" in keyring
    assert "Passphrase: Remove…" in keyring
    by_passphrase = _seen(_page(qtbot, Safety(Guard.PASSPHRASE, can_lock=True)))
    assert "Passphrase: Remove…" not in by_passphrase


def test_minutes_need_a_passphrase_and_hold_at_once(home: Path, qtbot: QtBot) -> None:
    page = SecurityPage(15)
    dialog = SettingsDialog(Settings(), home, None, security=page)
    qtbot.addWidget(dialog)
    dialog.show_security()
    dialog.show()
    box = next(b for b in page.findChildren(QComboBox) if "idle" in b.accessibleName())
    page.tell(Safety(Guard.KEYRING))
    assert not box.isEnabled()
    page.tell(ENCRYPTED)
    assert box.isEnabled()
    with qtbot.waitSignal(dialog.changed) as told:
        box.setCurrentIndex(box.findData(0))
    assert told.args == [Settings(lock_after=0)]


def test_what_erasing_promises_is_true(qtbot: QtBot) -> None:
    for encrypted, words in ((True, "nobody can read the files"), (False, "may go on holding")):
        dialog = EraseDialog(OnlyHere(encrypted=encrypted))
        qtbot.addWidget(dialog)
        assert words in " ".join(label.text() for label in dialog.findChildren(QLabel))


@pytest.mark.parametrize(
    ("only_here", "words"),
    [
        (OnlyHere(), "There is no draft here that the desk does not have."),
        (OnlyHere(drafts=1), "lost for good: 1 draft."),
        (OnlyHere(7, 1, 2), "lost for good: 7 drafts, 1 report in the outbox, 2 in the trash."),
    ],
)
def test_what_is_lost_is_counted(qtbot: QtBot, only_here: OnlyHere, words: str) -> None:
    dialog = EraseDialog(only_here)
    qtbot.addWidget(dialog)
    assert words in " ".join(label.text() for label in dialog.findChildren(QLabel))


def test_a_passphrase_can_be_looked_at(qtbot: QtBot) -> None:
    field = PassphraseField("Passphrase")
    qtbot.addWidget(field)
    assert field.line.echoMode() is QLineEdit.EchoMode.Password
    field.show_button.click()
    assert field.line.echoMode() is QLineEdit.EchoMode.Normal
    field.clear()
    assert field.line.echoMode() is QLineEdit.EchoMode.Password


@pytest.mark.parametrize(
    ("first", "again", "good", "said"),
    [
        ("", "", False, "At least 8 characters"),
        ("seven77", "seven77", False, "Too short"),
        ("        ", "        ", False, "Too short"),
        ("eight888", "eight888", True, "Short."),
        ("twelve chars", "twelve chars", True, "Fair."),
        ("شب‌های بلند پاییز در راه", "شب‌های بلند پاییز در راه", True, "Strong."),
        (PASSPHRASE, PASSPHRASE[:4], False, "Strong."),
        (PASSPHRASE, "nine slow boats", False, "not the same"),
    ],
)
def test_a_new_passphrase_is_judged_by_its_length_and_repeated(
    qtbot: QtBot, first: str, again: str, good: bool, said: str
) -> None:
    fields = NewPassphrase()
    qtbot.addWidget(fields)
    fields.first.line.setText(first)
    fields.again.line.setText(again)
    assert fields.good is good
    assert said in " ".join(label.text() for label in fields.findChildren(QLabel))


def test_the_code_on_paper_has_every_word_in_its_place(qtbot: QtBot) -> None:
    words = tuple(f"word{number}" for number in range(1, 25))
    dialog = RecoveryCodeDialog(words)
    qtbot.addWidget(dialog)
    paper = dialog.paper()
    for number, word in enumerate(words, 1):
        assert f">{number}</td>" in paper
        assert f"<b>{word}</b>" in paper


def test_printing_offers_no_file(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from PySide6.QtPrintSupport import QPrintDialog

    opened: list[QPrintDialog] = []
    monkeypatch.setattr(QPrintDialog, "open", lambda self: opened.append(self))  # noqa: PLW0108
    dialog = RecoveryCodeDialog(("zoo",) * 24)
    qtbot.addWidget(dialog)
    dialog.print_button.click()
    assert len(opened) == 1
    assert not opened[0].testOption(QPrintDialog.PrintDialogOption.PrintToFile)
