"""Backups in the app: taken by themselves, shown with what they would change, and restored."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errors import StoreFull
from reporterdesk.paths import backups_folder, drafts_file, photos_file
from reporterdesk.store import backups as taking
from reporterdesk.store.backup_list import backup_files
from reporterdesk.store.backups import back_up
from reporterdesk.store.key import StoreKey
from reporterdesk.store.protection import Guard, Protection, write_protection
from reporterdesk.ui.controllers.backups import Backups
from reporterdesk.ui.windows.restore_backup import RestoreBackupDialog
from reporterdesk.vault import MemoryVault
from support.clocks import HandClock
from support.filled_profile import Profile, fill_profile, truncate
from support.photo_uses import photo_names
from support.shells import Doorway, doorway

_PATIENCE = 15_000


@pytest.fixture
def plain(home: Path) -> Profile:
    """Return a plain profile of six reports."""
    write_protection(home, Protection(Guard.NONE, "store"))
    profile = Profile(home, None, utc_now)
    fill_profile(profile, 6)
    return profile


def dialog_of(start: Doorway) -> RestoreBackupDialog:
    """Open the dialog by its menu, and wait until the newest backup was read."""
    start.desktop.actions.action("backup.restore").trigger()
    dialog = start.desktop.backups.dialog
    assert dialog is not None
    start.qtbot.waitUntil(dialog.restore_button.isEnabled, timeout=_PATIENCE)
    return dialog


def take(start: Doorway) -> Backups:
    backups = start.desktop.backups
    with start.qtbot.waitSignal(backups.taken, timeout=_PATIENCE):
        backups.take()
    return backups


def test_a_backup_is_taken_while_the_app_is_open(
    plain: Profile, qtbot: QtBot, qapp: QApplication
) -> None:
    with doorway(plain.home, qtbot, qapp, MemoryVault()) as start:
        take(start)
        assert len(backup_files(plain.home)) == 1
        take(start)
        assert len(backup_files(plain.home)) == 1  # the next one is due tomorrow
    assert not list(backups_folder(plain.home).glob("*.new*"))


def test_what_was_written_since_is_named_and_set_aside(
    plain: Profile, qtbot: QtBot, qapp: QApplication
) -> None:
    with doorway(plain.home, qtbot, qapp, MemoryVault()) as start:
        take(start)
        start.write("Written since", "These words.")
        first = start.desktop
        dialog = dialog_of(start)
        assert "It was read through and is whole: 6 reports" in dialog.said
        assert "1 report that you have now is not in it: “Written since”" in dialog.said
        start.press(dialog, "Restore this backup")
        qtbot.waitUntil(
            lambda: start.shell.desktop is not None and start.shell.desktop is not first,
            timeout=_PATIENCE,
        )
        assert "The backup is restored" in start.desktop.window.messages.sentence
        dialog = dialog_of(start)
        assert dialog.list.topLevelItemCount() == 2
        assert "1 report would come back: “Written since”" in dialog.said
        dialog.reject()
    assert "Written since" not in plain.headlines()


def test_an_encrypted_store_is_restored_with_its_key(
    home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with doorway(home, qtbot, qapp, MemoryVault()) as start:
        start.keep_code()
        start.write("The ferry is late", "Nobody knew why.")
        take(start)
        start.write("Too much", "Away with it.")
        first = start.desktop
        start.press(dialog_of(start), "Restore this backup")
        qtbot.waitUntil(
            lambda: start.shell.desktop is not None and start.shell.desktop is not first,
            timeout=_PATIENCE,
        )
        assert start.desktop.browsing.model.rowCount() == 1
    content = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    assert b"Nobody knew why" not in content


def test_a_damaged_store_offers_its_backup_at_the_door(
    plain: Profile, qtbot: QtBot, qapp: QApplication
) -> None:
    back_up(plain.home, None, utc_now())
    truncate(drafts_file(plain.home), 0.5)
    harmed = drafts_file(plain.home).read_bytes()
    with doorway(plain.home, qtbot, qapp, MemoryVault()) as start:
        page = start.page("Your drafts cannot be opened now")
        assert drafts_file(plain.home).read_bytes() == harmed
        start.press(page, "Restore from backup…")
        window = start.shell.entrance.window
        assert window is not None
        (dialog,) = window.findChildren(RestoreBackupDialog)
        qtbot.waitUntil(dialog.restore_button.isEnabled, timeout=_PATIENCE)
        assert "cannot be read, so they cannot be compared" in dialog.said
        start.press(dialog, "Restore this backup")
        assert start.desktop.browsing.model.rowCount() >= 1
    assert len(plain.headlines()) == 6


def test_missing_photos_are_named_and_come_back(
    plain: Profile, qtbot: QtBot, qapp: QApplication
) -> None:
    back_up(plain.home, None, utc_now())
    photos_file(plain.home).unlink()
    with doorway(plain.home, qtbot, qapp, MemoryVault()) as start:
        take(start)
        messages = start.desktop.window.messages
        assert messages.sentence.startswith("Photos of these reports are missing; the backup has")
        start.press(messages, "Bring them back")
        qtbot.waitUntil(lambda: "brought back" in messages.sentence, timeout=_PATIENCE)
    store = plain.open()
    assert all(store.photos.has(name) for name in photo_names(store))
    store.close()


def test_photos_that_no_backup_has_are_said(
    plain: Profile, qtbot: QtBot, qapp: QApplication
) -> None:
    photos_file(plain.home).unlink()
    with doorway(plain.home, qtbot, qapp, MemoryVault()) as start:
        take(start)
        messages = start.desktop.window.messages
        assert "no backup has them" in messages.sentence
        offered = {b.text() for b in messages.findChildren(QPushButton) if b.isVisibleTo(messages)}
        assert "Bring them back" not in offered


def test_a_full_disk_is_said_once(
    plain: Profile, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StoreFull("There is too little room on this disk for a backup.")

    monkeypatch.setattr(taking, "keep_backed_up", full)
    with doorway(plain.home, qtbot, qapp, MemoryVault()) as start:
        messages = start.desktop.window.messages
        start.desktop.backups.take()
        qtbot.waitUntil(lambda: "too little room" in messages.sentence, timeout=_PATIENCE)
        messages.hide()
        start.desktop.backups.take()
        qtbot.waitUntil(lambda: start.desktop.backups.resting, timeout=_PATIENCE)
        assert messages.sentence == ""


def test_closing_does_not_wait_for_a_backup(
    plain: Profile, qtbot: QtBot, qapp: QApplication
) -> None:
    with doorway(plain.home, qtbot, qapp, MemoryVault()) as start:
        start.desktop.backups.take()
    assert len(plain.headlines()) == 6
    assert not list(backups_folder(plain.home).glob("*.new*"))


def test_no_backup_yet(plain: Profile, qtbot: QtBot) -> None:
    dialog = RestoreBackupDialog(plain.home, None)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "There is no backup yet" in dialog.said, timeout=_PATIENCE)
    assert not dialog.restore_button.isEnabled()
    dialog.done(0)


def test_backups_that_cannot_be_used(home: Path, qtbot: QtBot) -> None:
    clock = HandClock()
    profile = Profile(home, StoreKey.new(), clock)
    fill_profile(profile, 3)
    back_up(home, profile.key, clock())
    clock.turn(days=1)
    back_up(home, profile.key, clock())
    truncate(backup_files(home)[1].file, 0.6)  # it opens no more
    dialog = RestoreBackupDialog(home, profile.key)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "Choose another one" in dialog.said, timeout=_PATIENCE)
    assert not dialog.restore_button.isEnabled()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.waitUntil(dialog.restore_button.isEnabled, timeout=_PATIENCE)
    dialog.done(0)
