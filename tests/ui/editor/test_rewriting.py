"""An open text is brought to another tree in one step, and comes back exactly."""

from __future__ import annotations

from hypothesis import example, given
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reporterdesk.text.parse import parse
from reporterdesk.text.tree import Document
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.document_reader import read_block
from reporterdesk.ui.editor.formats import style_of
from reporterdesk.ui.editor.rewriting import rewrite
from support.examples import examples
from support.random_edits import Edit, do_edit, edits
from support.trees import documents
from support.writing import all_blocks, markdown, put_caret, show_markdown, type_keys

some = examples(60)


@some
@given(document=documents(), plan=edits)
@example(document=Document(), plan=[("type", "a\n\n\n", 0.0, None)])
@example(document=parse("- a\n    - b\n- c\n"), plan=[("type", "\n\n\b", 0.4, None)])
@example(document=parse("a\n\n![](photo:f1)\n\nb\n"), plan=[("cut", "", 0.0, 1.0)])
def test_any_editing_is_taken_back_and_undo_brings_it_again(
    editor: BodyEditor, document: Document, plan: list[Edit]
) -> None:
    editor.set_document(document)
    for edit in plan:
        do_edit(editor, edit)
    written, steps = editor.document(), editor.text_document.availableUndoSteps()
    raw = _raw(editor)

    if rewrite(editor.text_document, document):
        assert editor.document() == document
        assert editor.text_document.availableUndoSteps() > steps
        editor.undo()
    assert editor.document() == written
    assert editor.text_document.availableUndoSteps() == steps, "one step"
    assert _raw(editor) == raw, "to the last blank"


def _raw(editor: BodyEditor) -> list[object]:
    """Return every block as it stands, blank ones and stray spaces too."""
    return [(style_of(block), read_block(block)) for block in all_blocks(editor)]


@some
@given(before=documents(), after=documents())
@example(before=parse("a\n\n- b\n- c\n"), after=parse("- b\n    - c\n"))
@example(before=parse("> a\n\nb\n"), after=parse("> a\n>\n> b\n"))
def test_any_text_becomes_any_other(editor: BodyEditor, before: Document, after: Document) -> None:
    editor.set_document(before)
    assert rewrite(editor.text_document, after) is (before != after)
    assert editor.document() == after
    if before != after:
        editor.undo()
        assert editor.document() == before
        editor.redo()
        assert editor.document() == after


def test_what_is_the_same_is_not_touched(editor: BodyEditor) -> None:
    show_markdown(editor, "\n\n".join(f"Paragraph {number}." for number in range(300)))
    editor.document()
    put_caret(editor, 250, 4)
    read = editor.blocks_read()
    wanted = "\n\n".join(f"Paragraph {number}." for number in range(300) if number != 40)
    rewrite(editor.text_document, parse(wanted))
    editor.document()
    assert editor.blocks_read() - read <= 2
    assert editor.textCursor().block().text() == "Paragraph 250."
    assert editor.textCursor().positionInBlock() == 4


def test_blank_lines_far_away_stay(editor: BodyEditor) -> None:
    type_keys(editor, "one\n\n\ntwo\nthree")
    rewrite(editor.text_document, parse("one\n\ntwo\n\n3\n"))
    assert [block.text() for block in all_blocks(editor)] == ["one", "", "", "two", "3"]


def test_a_blank_item_does_not_pull_the_next_out_of_its_list(editor: BodyEditor) -> None:
    type_keys(editor, "- a\nb\n\n")  # the second Enter in an empty item ends the list
    type_keys(editor, "- c")
    rewrite(editor.text_document, parse("- a\n    - b\n    - c\n"))
    assert markdown(editor) == "- a\n    - b\n    - c"


def test_typing_after_it_is_a_step_of_its_own(editor: BodyEditor) -> None:
    show_markdown(editor, "old")
    type_keys(editor, "very ")
    rewrite(editor.text_document, parse("older"))
    QTest.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    type_keys(editor, "!")
    assert markdown(editor) == "older!"
    editor.undo()
    assert markdown(editor) == "older"
    editor.undo()
    assert markdown(editor) == "very old"


def test_the_person_is_told_of_as_of_any_edit(editor: BodyEditor) -> None:
    told: list[bool] = []
    editor.edited.connect(lambda: told.append(True))
    rewrite(editor.text_document, parse("words"))
    assert told
    told.clear()
    rewrite(editor.text_document, parse("words"))
    assert not told
