"""Misspelled words are marked beside the typing, and nothing else is touched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reporterdesk.spelling.dictionaries import find_dictionaries
from reporterdesk.spelling.service import Begun, SpellingService
from reporterdesk.spelling.speller import Speller
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.spelling import SpellChecker, replace_word
from support.dictionaries import write_english, write_urdu
from support.examples import examples
from support.random_edits import Edit, do_edit, edits
from support.waves import WAVE, drawn
from support.writing import all_blocks, markdown, put_caret, show_markdown, type_keys


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an English and an Urdu dictionary."""
    made = tmp_path_factory.mktemp("dictionaries")
    write_english(made)
    write_urdu(made)
    return made


@pytest.fixture
def checker(editor: BodyEditor, folder: Path) -> Iterator[SpellChecker]:
    """Return a checker of the editor, in English."""
    made = SpellChecker(editor, lambda: [folder], after_ms=5)
    made.begin("en", (), ())
    yield made
    made.close()


def settle(qtbot: QtBot, checker: SpellChecker) -> None:
    """Wait until everything has been checked."""
    qtbot.waitUntil(lambda: not checker.working, timeout=20_000)


def test_words_in_every_block_are_marked(
    qtbot: QtBot, editor: BodyEditor, checker: SpellChecker
) -> None:
    show_markdown(
        editor,
        "## The metting\n\nA **rivver** and *ca*nall.\n\n- 🦜🦜 citty\n\n> شہر کی نہرر میں لوگ ہے"
        "\n\n[worrd](https://example.org/)\n\n![](photo:a1)",
    )
    settle(qtbot, checker)
    assert drawn(editor) == ["metting", "rivver", "canall", "citty", "نہرر", "worrd"]
    assert not editor.text_document.isModified() or not editor.text_document.isUndoAvailable()


def test_a_word_is_marked_when_it_has_been_left(
    qtbot: QtBot, editor: BodyEditor, checker: SpellChecker
) -> None:
    type_keys(editor, "the rivver")
    settle(qtbot, checker)
    assert drawn(editor) == []
    type_keys(editor, " ")
    settle(qtbot, checker)
    assert drawn(editor) == ["rivver"]
    type_keys(editor, "metting")
    settle(qtbot, checker)
    assert drawn(editor) == ["rivver"]
    put_caret(editor, 0, 1)
    assert drawn(editor) == ["rivver", "metting"]  # at once: it had been checked


def test_a_mark_stays_when_the_caret_comes_and_goes_with_a_key(
    qtbot: QtBot, editor: BodyEditor, checker: SpellChecker
) -> None:
    show_markdown(editor, "metting in the rivver")
    checker.begin("en", (), ())
    settle(qtbot, checker)
    assert drawn(editor) == ["metting", "rivver"]
    put_caret(editor, 0, 3)
    assert drawn(editor) == ["metting", "rivver"]
    type_keys(editor, "e")
    assert drawn(editor) == ["rivver"]  # moved along, before anything was asked
    settle(qtbot, checker)
    assert drawn(editor) == ["rivver"]
    type_keys(editor, "\b\n")
    put_caret(editor, 1, 5)
    settle(qtbot, checker)
    assert drawn(editor) == ["met", "ting", "rivver"]


def test_only_a_change_is_checked_again_and_nothing_is_edited(
    qtbot: QtBot, editor: BodyEditor, checker: SpellChecker
) -> None:
    show_markdown(editor, "the metting\n\nthe rivver")
    settle(qtbot, checker)
    read, revision = editor.blocks_read(), editor.text_document.revision()
    with qtbot.assertNotEmitted(editor.edited):
        checker.accept({"metting"})
        settle(qtbot, checker)
    assert drawn(editor) == ["rivver"]
    assert editor.text_document.revision() == revision  # which undo and typing rules go by
    assert not editor.text_document.isUndoAvailable()
    editor.document()
    assert editor.blocks_read() == read  # nothing was edited


def test_what_is_accepted_is_taken_back(
    qtbot: QtBot, editor: BodyEditor, checker: SpellChecker
) -> None:
    show_markdown(editor, "in Lahore")
    for words, marked in (({"Lahore"}, []), (set[str](), ["Lahore"])):
        checker.accept(words)
        settle(qtbot, checker)
        assert drawn(editor) == marked


def test_a_composed_word_is_never_marked(
    qtbot: QtBot, editor: BodyEditor, checker: SpellChecker
) -> None:
    show_markdown(editor, "the rivver and metting")
    settle(qtbot, checker)
    put_caret(editor, 0, 7)
    compose = QInputMethodEvent("xx", [])
    QApplication.sendEvent(editor, compose)
    settle(qtbot, checker)
    layout = all_blocks(editor)[0].layout()
    begin = layout.preeditAreaPosition()
    assert layout.preeditAreaText() == "xx"
    for stretch in layout.formats():
        if stretch.format.underlineStyle() == WAVE:
            assert stretch.start >= begin + 2 or stretch.start + stretch.length <= begin
    QApplication.sendEvent(editor, QInputMethodEvent("", []))  # given up
    settle(qtbot, checker)
    put_caret(editor, 0, 0)
    assert drawn(editor) == ["rivver", "metting"]
    put_caret(editor, 0, 7)
    done = QInputMethodEvent()
    done.setCommitString("o")
    QApplication.sendEvent(editor, done)
    settle(qtbot, checker)
    assert drawn(editor) == ["metting"]
    put_caret(editor, 0, 0)
    assert drawn(editor) == ["rivover", "metting"]


def test_a_text_that_is_only_read_has_no_marks(
    qtbot: QtBot, editor: BodyEditor, checker: SpellChecker
) -> None:
    show_markdown(editor, "the metting")
    settle(qtbot, checker)
    editor.setReadOnly(True)
    assert drawn(editor) == []
    checker.begin("en", (), ())
    assert not checker.working
    editor.setReadOnly(False)
    settle(qtbot, checker)
    assert drawn(editor) == ["metting"]
    checker.end()
    assert drawn(editor) == []


def test_another_language(qtbot: QtBot, editor: BodyEditor, checker: SpellChecker) -> None:
    show_markdown(editor, "the metting")
    settle(qtbot, checker)
    with qtbot.waitSignal(checker.begun) as begun:
        checker.begin("fr", (), ())
    assert begun.args == [Begun("fr", None, spelled=True)]
    settle(qtbot, checker)
    assert drawn(editor) == []


def test_one_step_undoes_a_replacement_which_keeps_the_format(
    qtbot: QtBot, editor: BodyEditor, checker: SpellChecker
) -> None:
    show_markdown(editor, "a **metting** is")
    settle(qtbot, checker)
    word = checker.mistake_at(5)
    assert word is not None
    assert word.selectedText() == "metting"
    replace_word(word, "meeting")
    assert markdown(editor) == "a **meeting** is"
    settle(qtbot, checker)
    assert drawn(editor) == []
    editor.undo()
    assert markdown(editor) == "a **metting** is"
    settle(qtbot, checker)
    put_caret(editor, 0, 0)
    assert drawn(editor) == ["metting"]


def test_the_next_mistake_is_found_from_a_place_on(
    qtbot: QtBot, editor: BodyEditor, checker: SpellChecker
) -> None:
    show_markdown(editor, "metting\n\nthe city\n\na rivver\n\n" + "the city\n\n" * 300 + "worrd")
    found: list[QTextCursor | None] = []
    checker.found.connect(found.append)
    start = 0
    for expected in ("metting", "rivver", "worrd"):
        checker.find_next(start)
        qtbot.waitUntil(lambda: found != [], timeout=20_000)
        cursor = found.pop()
        assert cursor is not None
        assert cursor.selectedText() == expected
        start = cursor.selectionStart() + 1
    for behind in (start, start + 4, 10**6):
        checker.find_next(behind)
        qtbot.waitUntil(lambda: found != [], timeout=20_000)
        assert found.pop() is None


def test_what_is_in_view_is_checked_first_and_then_what_changed(
    qtbot: QtBot,
    editor: BodyEditor,
    checker: SpellChecker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[list[str]] = []
    check = SpellingService.check

    def noted(service: SpellingService, number: int, texts: list[str]) -> None:
        asked.append(texts)
        check(service, number, texts)

    show_markdown(editor, "\n\n".join(f"the city metting {'x' * number}" for number in range(60)))
    editor.set_caret_position(editor.text_document.characterCount() - 200)
    settle(qtbot, checker)
    monkeypatch.setattr(SpellingService, "check", noted)
    checker.accept({"metting"})
    settle(qtbot, checker)
    first = editor.text_document.findBlockByNumber(checker._in_view()[0]).text()
    assert first.count("x") > 20
    assert asked[0][0] == first
    assert sum(map(len, asked)) == 60  # each once
    asked.clear()
    put_caret(editor, 59, 3)
    type_keys(editor, "!")
    settle(qtbot, checker)
    assert [len(texts) for texts in asked] == [1]


def test_a_stale_answer_marks_nothing(
    qtbot: QtBot, editor: BodyEditor, checker: SpellChecker
) -> None:
    show_markdown(editor, "metting")
    settle(qtbot, checker)
    state = editor.mistakes.state(0)
    assert state is not None
    put_caret(editor, 0, 0)
    type_keys(editor, "the ")
    assert editor.mistakes.put(0, state, ((0, 7),), None) is None
    settle(qtbot, checker)
    put_caret(editor, 0, 0)
    assert drawn(editor) == ["metting"]


def test_the_thread_ends_with_the_editor(qtbot: QtBot, folder: Path) -> None:
    import threading

    editor = BodyEditor()
    checker = SpellChecker(editor, lambda: [folder])
    editor.destroyed.connect(checker.close)
    checker.begin("en", (), ())
    show_markdown(editor, "the metting " * 500)
    checker.close()
    editor.deleteLater()
    QApplication.processEvents()
    assert not [one for one in threading.enumerate() if one.name.startswith("spelling")]


@examples(25)
@given(st.lists(st.sampled_from(("metting", "the", "rivver")), max_size=9), edits)
def test_after_any_edits_exactly_what_is_wrong_is_marked(
    qtbot: QtBot,
    editor: BodyEditor,
    checker: SpellChecker,
    folder: Path,
    words: list[str],
    done: list[Edit],
) -> None:
    show_markdown(editor, "\n\n".join([" ".join(words), "- " + " ".join(words), "metting"]))
    settle(qtbot, checker)
    for edit in done:
        do_edit(editor, edit)
        QApplication.processEvents()
    cursor = editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    editor.setTextCursor(cursor)
    settle(qtbot, checker)
    at_caret = checker.mistake_at(cursor.position())
    speller = Speller(find_dictionaries([folder]))
    speller.begin("en")
    expected = []
    for block in all_blocks(editor):
        text = block.text()
        expected += [text[start:end] for start, end in speller.mistakes(text)]
    shown = drawn(editor)
    if at_caret is not None and len(shown) < len(expected):
        assert at_caret.selectedText() == expected.pop()
    assert shown == expected
