"""The settings hold as soon as they are chosen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from reporterdesk.settings import Settings
from reporterdesk.ui.windows.settings_dialog import SettingsDialog
from support.writing_desk import ACCOUNT


@pytest.fixture
def dialog(home: Path, qtbot: QtBot) -> SettingsDialog:
    dialog = SettingsDialog(Settings(), home, None)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def _combo(dialog: SettingsDialog, name: str) -> QComboBox:
    return next(c for c in dialog.findChildren(QComboBox) if c.accessibleName() == name)


def _button(dialog: SettingsDialog, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == text)


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("Appearance", "dark", replace(Settings(), theme="dark")),
        ("Text size while writing", 18, replace(Settings(), text_size=18)),
        ("Language of new reports", "ur", replace(Settings(), report_language="ur")),
    ],
)
def test_a_choice_is_told_at_once(
    dialog: SettingsDialog, qtbot: QtBot, name: str, value: object, wanted: Settings
) -> None:
    combo = _combo(dialog, name)

    with qtbot.waitSignal(dialog.changed) as told:
        combo.setCurrentIndex(combo.findData(value))

    assert told.args == [wanted]
    assert dialog.settings == wanted


def test_curly_quotes_can_be_switched_off(dialog: SettingsDialog, qtbot: QtBot) -> None:
    box = dialog.findChild(QCheckBox)
    assert box.isChecked()
    with qtbot.waitSignal(dialog.changed) as told:
        box.click()
    assert told.args == [replace(Settings(), smart_typing=False)]


def test_a_byline_that_is_still_being_typed_is_kept_at_the_close(
    dialog: SettingsDialog, qtbot: QtBot
) -> None:
    qtbot.keyClicks(dialog.findChild(QLineEdit), "  Amina Raza ")

    with qtbot.waitSignal(dialog.changed) as told:
        dialog.reject()

    assert told.args == [replace(Settings(), byline="Amina Raza")]


def test_closing_without_a_change_tells_nothing(dialog: SettingsDialog, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(dialog.changed):
        qtbot.mouseClick(_button(dialog, "Close"), Qt.MouseButton.LeftButton)

    assert not dialog.isVisible()


def test_what_is_set_is_shown_even_where_it_is_not_offered(home: Path, qtbot: QtBot) -> None:
    settings = Settings(theme="light", text_size=17, report_language="tlh", byline="A. R.")
    dialog = SettingsDialog(settings, home, None)
    qtbot.addWidget(dialog)

    assert _combo(dialog, "Appearance").currentData() == "light"
    assert _combo(dialog, "Text size while writing").currentText() == "17 pt"
    assert _combo(dialog, "Language of new reports").currentData() == "tlh"
    assert dialog.findChild(QLineEdit).text() == "A. R."


def test_it_says_who_is_signed_in_and_offers_the_other(
    dialog: SettingsDialog, qtbot: QtBot
) -> None:
    assert _button(dialog, "Sign in…").isVisible()
    assert not _button(dialog, "Sign out").isVisible()

    dialog.show_account(ACCOUNT)

    assert not _button(dialog, "Sign in…").isVisible()
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Amina Raza" in words
    with qtbot.waitSignal(dialog.sign_out_wanted):
        qtbot.mouseClick(_button(dialog, "Sign out"), Qt.MouseButton.LeftButton)


def test_it_says_where_the_reports_are(dialog: SettingsDialog, home: Path) -> None:
    words = [label.text().replace("\u200b", "") for label in dialog.findChildren(QLabel)]

    assert str(home) in words
