"""Keys can be chosen for every command, and typing keeps its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTreeView
from pytestqt.qtbot import QtBot

from reporterdesk.settings import Settings, load_settings, save_settings
from reporterdesk.ui.actions import Actions, usual_keys
from reporterdesk.ui.keyboard.key_field import KeyField
from reporterdesk.ui.keyboard.page import KeyboardPage
from reporterdesk.ui.keys.assigning import FIXED, Choice, assigned, read, written
from reporterdesk.ui.keys.rules import judge

pytestmark = pytest.mark.usefixtures("qapp")  # keys differ by platform


def _portable(keys: list[QKeySequence]) -> list[str]:
    return [each.toString() for each in keys]


REFUSED = """
A ä Shift+A 5 Space Left Ctrl+Right Shift+Home Backspace Delete Tab Ctrl+Tab Escape Return
Shift+Return Alt+E Ctrl+C Ctrl+V Ctrl+Z Ctrl+A Alt+F4 Meta+L Shift+F10 Ctrl+K,Ctrl+B
"""


@pytest.mark.parametrize("keys", ["", *REFUSED.split()])
def test_keys_of_typing_and_of_the_system_are_refused(keys: str) -> None:
    said = judge(QKeySequence(keys), platform="linux").refused
    assert said.endswith(".")
    assert "%1" not in said


@pytest.mark.parametrize("keys", ["Ctrl+J", "Ctrl+Shift+J", "F7", "Shift+F3", "Ctrl+Return"])
def test_other_keys_may_be_had(keys: str) -> None:
    verdict = judge(QKeySequence(keys), platform="win32")
    assert (verdict.refused, verdict.warning) == ("", "")


def test_altgr_is_warned_of_on_windows_alone() -> None:
    assert "AltGr" in judge(QKeySequence("Ctrl+Alt+E"), platform="win32").warning
    assert not judge(QKeySequence("Ctrl+Alt+E"), platform="linux").warning


def test_the_usual_keys_may_be_chosen() -> None:
    usual = usual_keys()
    assert assigned(usual, {name: written(keys) for name, keys in usual.items()}) == usual
    for name, keys in usual.items():
        assert name in FIXED or read(written(keys), keys) == keys


@pytest.mark.parametrize(
    "chosen",
    [
        {"report.new": "Q"},
        {"report.new": "no such key"},
        {"report.new": "Ctrl+C"},
        {"report.new": "Ctrl+N; A"},
        {"edit.copy": "Ctrl+J"},
        {"report.spoil": "Ctrl+N"},
        {"": "Ctrl+N"},
    ],
)
def test_what_makes_no_sense_leaves_the_usual_keys(qtbot: QtBot, chosen: dict[str, str]) -> None:
    assert assigned(usual_keys(), chosen) == usual_keys()


def test_no_two_commands_have_the_same_keys_whatever_the_file_says(qtbot: QtBot) -> None:
    chosen = {"report.new": "Ctrl+J", "report.save": "Ctrl+J", "go.list": "Ctrl+N"}
    keys = assigned(usual_keys(), chosen)
    assert _portable(keys["report.new"]) == ["Ctrl+J"]
    assert "Ctrl+J" not in _portable(keys["report.save"])
    assert _portable(keys["go.list"]) == ["Ctrl+N"]
    every = [name for held in keys.values() for name in _portable(held)]
    assert len(every) == len(set(every))


def test_keys_taken_from_one_of_several_leave_the_others(qtbot: QtBot) -> None:
    usual = {"a": [QKeySequence("Ctrl+1"), QKeySequence("Ctrl+2")], "b": []}
    choice = Choice(usual, {"later.one": "Ctrl+9"}).give("b", [QKeySequence("Ctrl+1")])
    assert choice.chosen == {"a": "Ctrl+2", "b": "Ctrl+1", "later.one": "Ctrl+9"}
    assert choice.owner("a", usual["a"]) == "b"
    back = choice.give("a", usual["a"])
    assert back.chosen == {"later.one": "Ctrl+9"}
    assert choice.reset().chosen == {"later.one": "Ctrl+9"}


def test_actions_show_the_chosen_keys_at_once(qtbot: QtBot) -> None:
    actions = Actions()
    actions.use_keys({"report.new": "Ctrl+J", "report.save": ""})
    assert actions.action("report.new").shortcut().toString() == "Ctrl+J"
    assert "Ctrl+J" in actions.action("report.new").toolTip()
    assert actions.action("report.save").shortcuts() == []
    assert "(" not in actions.action("report.save").toolTip()
    actions.use_keys({})
    assert actions.action("report.new").shortcuts() == usual_keys()["report.new"]


def test_settings_keep_them_with_names_of_another_version(home: Path) -> None:
    file = home / "settings.json"
    kept = {"report.new": "Ctrl+J", "report.of_tomorrow": "Ctrl+Y"}
    save_settings(file, Settings(shortcuts=kept))
    assert load_settings(file).shortcuts == kept
    file.write_text('{"shortcuts": {"a": 3, "b": null, "c": "Ctrl+J"}}', encoding="utf-8")
    assert load_settings(file).shortcuts == {"c": "Ctrl+J"}
    file.write_text('{"shortcuts": ["Ctrl+J"]}', encoding="utf-8")
    assert load_settings(file).shortcuts == {}


class Page:
    """The page in a window, used by the keyboard alone."""

    def __init__(self, qtbot: QtBot, shortcuts: dict[str, str]) -> None:
        self.page = KeyboardPage(shortcuts)
        self.told: list[dict[str, str]] = []
        self.page.chosen.connect(self.told.append)
        qtbot.addWidget(self.page)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)
        self.search = next(
            edit
            for edit in self.page.findChildren(QLineEdit)
            if edit.accessibleName() == "Find a command"
        )

    def press(self, keys: str) -> None:
        """Press keys where the keyboard is."""
        QTest.keySequence(self.page.windowHandle(), QKeySequence(keys))
        QApplication.processEvents()

    def choose(self, command: str, keys: str) -> None:
        """Find a command, and press new keys for it."""
        self.search.setFocus()
        self.search.setText(command)
        self.press("Return")
        assert isinstance(QApplication.focusWidget(), QTreeView)
        self.press("Return")
        field = self.page.findChild(KeyField)
        assert field.isAncestorOf(QApplication.focusWidget()) or field.hasFocus()
        self.press(keys)

    def focused(self) -> str:
        """Return what the button reads that has the keyboard."""
        focused = QApplication.focusWidget()
        return focused.text() if isinstance(focused, QPushButton) else ""

    def reads(self, words: str) -> bool:
        """Tell whether a line has these words."""
        labels = self.page.findChildren(QLabel)
        return any(words in label.text() for label in labels if label.isVisible())


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    return Page(qtbot, {"later.one": "Ctrl+9"})


def test_new_keys_hold_at_once(page: Page) -> None:
    page.choose("preview", "Ctrl+J")
    assert page.told == [{"later.one": "Ctrl+9", "report.preview": "Ctrl+J"}]
    page.press("Escape")
    assert isinstance(QApplication.focusWidget(), QTreeView)


def test_keys_of_another_are_taken_only_when_that_is_wanted(page: Page) -> None:
    page.choose("preview", "Ctrl+K")
    assert page.told == []
    assert page.reads("belongs to “Link”")
    assert page.focused() == "Leave them"
    page.press("Space")
    assert page.told == []

    page.choose("preview", "Ctrl+K")
    page.press("Shift+Tab")
    assert page.focused() == "Take them"
    page.press("Space")
    assert page.told[-1] == {
        "later.one": "Ctrl+9",
        "report.preview": "Ctrl+K",
        "format.link": "",
    }


def test_keys_of_typing_are_refused_with_the_reason(page: Page) -> None:
    page.choose("preview", "Q")
    assert page.reads("needed for typing")
    page.press("Ctrl+C")
    assert page.reads("for editing")
    assert page.told == []


def test_one_is_reset_and_then_all(page: Page) -> None:
    page.choose("preview", "Ctrl+J")
    page.choose("new report", "Ctrl+Shift+J")
    buttons = {button.text(): button for button in page.page.findChildren(QPushButton)}
    buttons["Usual keys"].click()
    assert page.told[-1] == {"later.one": "Ctrl+9", "report.preview": "Ctrl+J"}
    buttons["Reset all"].click()
    assert page.told[-1] == {"later.one": "Ctrl+9"}
    assert not buttons["Reset all"].isEnabled()


def test_keys_of_every_field_stay(page: Page) -> None:
    page.search.setText("select all")
    assert not page.page.findChild(KeyField).isEnabled()
    assert page.reads("stay as they are")
