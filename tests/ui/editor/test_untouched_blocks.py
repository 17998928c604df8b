"""Whatever is done in one part of a text, every other block stays as it is, to the byte.

The long run: ``HYPOTHESIS_PROFILE=long python -m pytest tests/ui/editor/test_untouched_blocks.py
tests/ui/editor/test_round_trip.py tests/unit/test_text_properties.py --timeout 0`` tries 20,000
texts for each.
"""

from __future__ import annotations

from hypothesis import given

from reporterdesk.text.tree import Document
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.numbering import Numbering
from support.edits_within import Plan, Within, plans
from support.examples import examples
from support.trees import documents
from support.writing import all_blocks


@examples(40)
@given(before=documents(), middle=documents(), after=documents(), plan=plans)
def test_blocks_out_of_reach_are_the_same_to_the_byte(
    editor: BodyEditor, before: Document, middle: Document, after: Document, plan: Plan
) -> None:
    text = Within.of(editor, before, middle, after)
    shown = editor.document()
    text.assert_untouched()
    for step in plan:
        text.do(step)
        text.assert_untouched()
    _assert_numbers_are_right(editor)
    while editor.text_document.isUndoAvailable():
        editor.undo()
        text.assert_untouched()
    assert editor.document() == shown
    while editor.text_document.isRedoAvailable():
        editor.redo()
        text.assert_untouched()
    _assert_numbers_are_right(editor)


def _assert_numbers_are_right(editor: BodyEditor) -> None:
    """The kept numbers of items never differ from what counting them now would give."""
    editor.grab()
    afresh = Numbering(editor.text_document)
    for block in all_blocks(editor):
        assert editor.marks.numbering.number(block) == afresh.number(block)
