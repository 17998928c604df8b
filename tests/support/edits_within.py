"""Random edits in the middle of a text, with something before and after that they cannot reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtTest import QTest

from reporterdesk.text.lines import (
    BULLET,
    HEADING_2,
    HEADING_3,
    NUMBER,
    PARAGRAPH,
    QUOTE,
)
from reporterdesk.text.normal import normalise
from reporterdesk.text.print import to_markdown
from reporterdesk.text.tree import Document, Paragraph, Run
from reporterdesk.ui.editor.block_commands import indent, outdent, set_kind
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.inline_commands import set_bold, set_italic
from reporterdesk.ui.editor.moving_blocks import move_blocks
from reporterdesk.ui.editor.pasting import insert_document, insert_plain
from support.trees import documents
from support.writing import type_keys

STYLES = (PARAGRAPH, HEADING_2, HEADING_3, BULLET, NUMBER, QUOTE)
_GUARD = Paragraph((Run("guard " * 40 + "end"),))
"""More letters than all keys of one test together can erase, on either side of its middle."""

Plan: TypeAlias = "list[tuple[str, str, float, float | None, Document]]"

_steps = st.tuples(
    st.sampled_from(
        (
            *("type", "type", "erase", "delete", "cut", "paste", "paste words", "figure", "bold"),
            *("italic", "style", "indent", "outdent", "undo", "redo", "undo", "up", "down"),
        )
    ),
    st.text("ab é#*[->1.\n\b\t", max_size=8),
    st.floats(0, 1),
    st.none() | st.floats(0, 1),
    documents(),
)
plans = st.lists(_steps, min_size=1, max_size=6)
"""What is done one after the other: how, with which words, from where to where, what is pasted."""


@dataclass
class Within:
    """A text whose middle is edited; its first and its last lines stay out of reach."""

    editor: BodyEditor
    before: str
    after: str
    first: QTextCursor
    last: QTextCursor

    @classmethod
    def of(cls, editor: BodyEditor, before: Document, middle: Document, after: Document) -> Within:
        """Show all three, each behind its guard."""
        edge = Paragraph((Run("edge"),))
        above = normalise(Document((*before.blocks, edge)))
        below = normalise(Document((edge, *after.blocks)))
        whole = (*above.blocks, _GUARD, *middle.blocks, _GUARD, *below.blocks)
        editor.set_document(normalise(Document(whole)))
        guards = [b for b in _blocks(editor) if b.text().startswith("guard ")]
        first, last = (_cursor(block.position() + 120, editor) for block in guards)
        first.setKeepPositionOnInsert(True)
        return cls(editor, to_markdown(above), to_markdown(below), first, last)

    def assert_untouched(self) -> None:
        """See that what is out of reach stands there to the byte."""
        written = to_markdown(self.editor.document())
        assert written.startswith(self.before + "\n\n")
        assert written.endswith("\n\n" + self.after)

    def do(self, step: tuple[str, str, float, float | None, Document]) -> None:
        """Do one thing as a person would."""
        what, words, place, to, pasted = step
        editor = self.editor
        self._put_caret(place, to)
        match what:
            case "type":
                type_keys(editor, words)
            case "erase":
                QTest.keyClick(editor, Qt.Key.Key_Backspace)
            case "delete":
                QTest.keyClick(editor, Qt.Key.Key_Delete)
            case "paste":
                insert_document(editor.textCursor(), pasted)
            case "paste words":
                insert_plain(editor.textCursor(), words.replace("\b", "\n"))
            case "figure":
                editor.insert_figure("f1")
            case "up" | "down":
                self._move(up=what == "up")
            case "undo" | "redo" | "cut":
                getattr(editor, what)()
            case _:
                self._format(what, len(words))

    def _format(self, what: str, number: int) -> None:
        cursor = self.editor.textCursor()
        if what == "style":
            set_kind(cursor, STYLES[number % len(STYLES)])
        elif what == "indent":
            indent(cursor)
        elif what == "outdent":
            outdent(cursor)
        else:
            (set_bold if what == "bold" else set_italic)(self.editor, on=bool(number % 3))

    def _move(self, *, up: bool) -> None:
        """Let blocks change places, but never with a guard."""
        cursor = self.editor.textCursor()
        guard = self.first.block() if up else self.last.block()
        edge = cursor.selectionStart() if up else cursor.selectionEnd()
        here = self.editor.text_document.findBlock(edge).blockNumber()
        nested = 0 if up else _nested_after(self.editor.text_document.findBlock(edge))
        if abs(guard.blockNumber() - here) > 1 + nested:
            move_blocks(cursor, up=up)

    def _put_caret(self, place: float, to: float | None) -> None:
        start, end = self.first.position(), self.last.position()
        cursor = _cursor(start + round(place * (end - start)), self.editor)
        if to is not None:
            there = start + round(to * (end - start))
            cursor.setPosition(there, QTextCursor.MoveMode.KeepAnchor)
        self.editor.setTextCursor(cursor)


def _nested_after(block: QTextBlock) -> int:
    count, indented = 0, block.blockFormat().indent()
    block = block.next()
    while block.isValid() and block.blockFormat().indent() > indented:
        count, block = count + 1, block.next()
    return count


def _blocks(editor: BodyEditor) -> list[QTextBlock]:
    document = editor.text_document
    return [document.findBlockByNumber(number) for number in range(document.blockCount())]


def _cursor(position: int, editor: BodyEditor) -> QTextCursor:
    cursor = QTextCursor(editor.text_document)
    cursor.setPosition(position)
    return cursor
