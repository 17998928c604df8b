"""The one table of actions holds together."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from reporterdesk.domain.places import Place
from reporterdesk.resources import resource_path
from reporterdesk.ui.action_table import ACTIONS, MENUS, PLACE_ICONS
from reporterdesk.ui.actions import Actions, key_sequences


def test_no_two_actions_have_the_same_name_or_the_same_key(qtbot: QtBot) -> None:
    names = Counter(spec.name for spec in ACTIONS)
    keys = Counter(key.toString() for spec in ACTIONS for key in key_sequences(spec))

    assert [name for name, count in names.items() if count > 1] == []
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_row_is_complete() -> None:
    menus = {name for name, _title in MENUS}

    for spec in ACTIONS:
        assert spec.menu in menus, spec.name
        assert spec.tip, spec.name
        assert not spec.icon or resource_path("icons", f"{spec.icon}.svg").is_file(), spec.name


def test_there_is_a_way_to_each_place() -> None:
    names = {spec.name for spec in ACTIONS}

    assert {f"go.{place.value}" for place in Place} <= names
    assert set(PLACE_ICONS) == set(Place)


def test_the_menus_hold_every_action_and_have_distinct_mnemonics(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = Actions(window)

    menus = actions.fill_menu_bar(window.menuBar())

    within = [menu for top in menus.values() for menu in top.findChildren(QMenu)]
    shown = {a.objectName() for menu in (*menus.values(), *within) for a in menu.actions()}
    assert shown - {""} == set(actions.names())
    for menu in (window.menuBar(), *menus.values(), *within):
        mnemonics = Counter(_mnemonic(action) for action in menu.actions() if action.text())
        assert [key for key, count in mnemonics.items() if count > 1] == []
        assert "" not in mnemonics


def test_a_bound_slot_is_called_without_arguments(qtbot: QtBot) -> None:
    actions, calls = Actions(), []

    actions.bind("format.bold", lambda: calls.append("bold"))
    actions.action("format.bold").trigger()

    assert calls == ["bold"]


def test_actions_are_enabled_and_shown_together(qtbot: QtBot) -> None:
    actions = Actions()

    actions.enable(False, "report.file", "report.trash")
    actions.show(False, "review.publish")

    assert not actions.action("report.file").isEnabled()
    assert not actions.action("report.trash").isEnabled()
    assert not actions.action("review.publish").isVisible()


def test_an_unknown_name_is_a_mistake_in_the_program(qtbot: QtBot) -> None:
    with pytest.raises(KeyError):
        Actions().action("report.submit")


def test_publishing_has_no_shortcut(qtbot: QtBot) -> None:
    assert Actions().action("review.publish").shortcuts() == []


def _mnemonic(action: QAction) -> str:
    _, _, rest = action.text().replace("&&", "").partition("&")
    return rest[:1].casefold()
