"""The editor under test."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from reporterdesk.ui.editor.body_editor import BodyEditor
from support.writing import PlainActions


@pytest.fixture
def editor(qtbot: QtBot) -> BodyEditor:
    """Return an empty editor, shown and with the keyboard."""
    made = BodyEditor()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.activateWindow()
    made.setFocus()
    return made


@pytest.fixture
def actions(editor: BodyEditor) -> PlainActions:
    """Return actions bound to the editor."""
    made = PlainActions()
    editor.bind_actions(made)
    return made
