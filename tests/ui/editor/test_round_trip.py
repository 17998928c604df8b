"""What is written into the editor is read back as exactly the same tree."""

from __future__ import annotations

from itertools import chain

from hypothesis import HealthCheck, example, given, settings

from reporterdesk.text.lines import document_of, lines_of
from reporterdesk.text.normal import normalise
from reporterdesk.text.tree import Document, Heading, ListBlock, ListItem, Paragraph, Quote, Run
from reporterdesk.ui.editor.block_commands import is_standing
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.document_reader import normal_lines, read_block
from reporterdesk.ui.editor.formats import OBJECT
from support.examples import examples
from support.random_edits import Edit, do_edit, edits
from support.trees import documents
from support.writing import all_blocks, show_markdown, type_keys

the_editor_stays = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
fewer = examples(40)


@given(documents())
def test_lines_gather_into_the_tree_they_come_from(document: Document) -> None:
    assert document_of(lines_of(document)) == document


@the_editor_stays
@given(document=documents())
@example(document=Document())
@example(
    document=normalise(
        Document(
            (
                ListBlock(
                    False, (ListItem((Run("a"),), (ListBlock(True, (ListItem((Run("b"),)),)),)),)
                ),
                ListBlock(True, (ListItem((Run("c"),)),)),
                Quote(((Run("d\ne"),), (Run("f", bold=True),))),
            )
        )
    )
)
def test_reads_back_what_was_written(editor: BodyEditor, document: Document) -> None:
    editor.set_document(document)
    assert _read_afresh(editor) == document
    assert editor.document() == document
    assert not editor.text_document.isUndoAvailable()


@fewer
@given(document=documents(), plan=edits)
def test_any_editing_reads_as_a_fresh_reading_would(
    editor: BodyEditor, document: Document, plan: list[Edit]
) -> None:
    """The kept blocks never differ from what they would be read as now; undo brings all back."""
    editor.set_document(document)
    for edit in plan:
        editor.document()
        do_edit(editor, edit)
    seen = editor.document()
    assert normalise(seen) == seen
    assert _read_afresh(editor) == seen
    assert all(is_standing(block) == (OBJECT in block.text()) for block in all_blocks(editor)), (
        "a thing stands alone"
    )
    while editor.text_document.isUndoAvailable():
        editor.undo()
    assert editor.document() == document


def _read_afresh(editor: BodyEditor) -> Document:
    """Read every block; a second reader would take the first one's numbers for its own."""
    lines = (normal_lines(read_block(block)) for block in all_blocks(editor))
    return document_of(chain.from_iterable(lines))


@fewer
@given(before=documents(), after=documents())
def test_typing_in_one_block_leaves_the_others_as_they_are(
    editor: BodyEditor, before: Document, after: Document
) -> None:
    middle = Paragraph((Run("middle"),))
    editor.set_document(Document((*before.blocks, middle, *after.blocks)))
    place = editor.text_document.find("middle")
    position = max(place.selectionEnd(), 0)
    if "middle" in str(before) or "middle" in str(after):
        return
    editor.set_caret_position(position)
    type_keys(editor, " x")
    changed = Paragraph((Run("middle x"),))
    assert editor.document() == Document((*before.blocks, changed, *after.blocks))


def test_only_the_changed_block_is_read_again(editor: BodyEditor) -> None:
    show_markdown(editor, "\n\n".join(f"Paragraph {number}." for number in range(300)))
    editor.document()
    read = editor.blocks_read()
    editor.set_caret_position(50)
    type_keys(editor, "new")
    editor.document()
    assert editor.blocks_read() - read == 1
    editor.document()
    assert editor.blocks_read() - read == 1


def test_a_hard_break_is_a_line_separator_in_its_block(editor: BodyEditor) -> None:
    document = Document((Paragraph((Run("one\ntwo"),)),))
    editor.set_document(document)
    assert editor.text_document.blockCount() == 1
    assert editor.document() == document


def test_empty_lines_and_stray_spaces_are_not_in_the_tree(editor: BodyEditor) -> None:
    type_keys(editor, "one  \n\n\n  two\n")
    assert editor.document() == Document((Paragraph((Run("one"),)), Paragraph((Run("two"),))))


def test_headings_keep_bold_words(editor: BodyEditor) -> None:
    document = Document((Heading(2, (Run("plain "), Run("bold", bold=True))),))
    editor.set_document(normalise(document))
    assert editor.document() == normalise(document)
