"""Random things that a person may do to the text in an editor."""

from __future__ import annotations

from typing import TypeAlias

from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor

from reporterdesk.ui.editor.block_commands import is_standing
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.inline_commands import set_bold
from reporterdesk.ui.editor.moving_blocks import move_blocks, move_figure
from reporterdesk.ui.editor.pasting import insert_plain
from support.writing import all_blocks, type_keys

Edit: TypeAlias = tuple[str, str, float, float | None]
"""What is done, with which words, and where from and to, as shares of the text."""

_places = st.floats(0, 1)

edits = st.lists(
    st.tuples(
        st.sampled_from(
            ("type", "type", "type", "cut", "figure", "paste", "bold", "undo", "up", "down", "drag")
        ),
        st.text("ab #->1.\n\b\t", max_size=8),
        _places,
        st.none() | _places,
    ),
    min_size=1,
    max_size=6,
)
"""One to six edits after each other."""


def do_edit(editor: BodyEditor, edit: Edit) -> None:
    """Do one edit as a person would."""
    what, text, place, to = edit
    end = editor.text_document.characterCount() - 1
    cursor = QTextCursor(editor.text_document)
    cursor.setPosition(round(place * end))
    if to is not None:
        cursor.setPosition(round(to * end), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    if what == "type":
        type_keys(editor, text)
    elif what == "cut":
        editor.cut()
    elif what == "figure":
        editor.insert_figure("f1")
    elif what == "bold":
        set_bold(editor, on=True)
    elif what == "undo":
        editor.undo()
    elif what in {"up", "down"}:
        move_blocks(editor.textCursor(), up=what == "up")
    elif what == "drag":
        drag_figure(editor, len(text))
    else:
        insert_plain(editor.textCursor(), text.replace("\b", "\n"))


def drag_figure(editor: BodyEditor, gap: int) -> None:
    """Bring the first thing there is into a gap between blocks."""
    blocks = all_blocks(editor)
    thing = next((block for block in blocks if is_standing(block)), None)
    if thing is not None:
        move_figure(thing, gap % (len(blocks) + 1))
