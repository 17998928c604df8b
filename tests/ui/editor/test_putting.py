"""Replacing in an open editor gives what replacing in the tree gives, and undoes as one step."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporterdesk.text.parse import parse
from reporterdesk.text.pattern import Options, Patience, read_pattern
from reporterdesk.text.print import to_markdown
from reporterdesk.text.replacing import NewWords, find, lines_of_words, replaced
from reporterdesk.text.template import read_template
from reporterdesk.text.tree import Document
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.find.fields import Field, Part, hits_in, lines_of
from reporterdesk.ui.find.putting import Putting
from support.trees import documents


def put_all(editor: BodyEditor, typed: str, new: str, options: Options) -> Putting:
    """Replace everything that is found in the editor."""
    pattern = read_pattern(typed, options)
    template = read_template(new, pattern, expression=options.expression)
    fields = (Field(Part.BODY, editor),)
    putting = Putting(editor)
    putting.put(fields, hits_in(lines_of(fields), pattern, lambda: True) or (), template)
    return putting


def in_the_tree(document: Document, typed: str, new: str, options: Options) -> Document:
    pattern = read_pattern(typed, options)
    template = read_template(new, pattern, expression=options.expression)
    lines = list(lines_of_words(document))
    found = find(document, pattern, Patience())
    return replaced(
        document,
        [
            NewWords(
                hit.line, hit.found.start, hit.found.end, template.words(lines[hit.line], hit.found)
            )
            for hit in found
        ],
    )


@settings(
    max_examples=settings.default.max_examples // 3,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    documents(),
    st.sampled_from(("a", "b", "word", "é", "نیا", "-", " ", "𝔘", "w(o)")),
    st.sampled_from(("", "x", "𝔘𝔘", "two words", "a\nb", "*", "نیا")),
)
def test_the_editor_does_what_the_tree_does(
    editor: BodyEditor, document: Document, typed: str, new: str
) -> None:
    options = Options(expression="(" in typed)
    editor.set_document(document)
    shown = editor.document()
    assert shown == document
    putting = put_all(editor, typed, new, options)
    assert editor.document() == in_the_tree(document, typed, new, options)

    putting.take_back()
    assert editor.document() == document
    assert not editor.text_document.isUndoAvailable()


def test_what_is_typed_next_to_it_is_a_step_of_its_own(editor: BodyEditor) -> None:
    editor.set_document(parse("The harbour"))
    put_all(editor, "harbour", "port", Options())
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    editor.insertPlainText("s")
    editor.undo()
    assert to_markdown(editor.document()) == "The port"
    editor.undo()
    assert to_markdown(editor.document()) == "The harbour"


@pytest.mark.parametrize("way", ["undo", "redo"])
def test_undoing_it_undoes_all_of_it(editor: BodyEditor, way: str) -> None:
    source = "A harbour, a **har**bour.\n\n## harbour\n\n- harbour\n    - harbour"
    editor.set_document(parse(source))
    put_all(editor, "harbour", "port", Options())
    after = to_markdown(editor.document())
    assert "harbour" not in after
    editor.undo()
    assert to_markdown(editor.document()) == source
    if way == "redo":
        editor.redo()
        assert to_markdown(editor.document()) == after
