"""The clipboard and drops: what comes in, what goes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reporterdesk.text.normal import normalise
from reporterdesk.text.print import to_markdown
from reporterdesk.text.tree import Document
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.pasted_html import document_from_html
from reporterdesk.ui.editor.pasting import OWN_FORMAT
from support.trees import documents, soups
from support.writing import lines, markdown, put_caret, select, show_markdown, type_keys

HTML = {
    "<p>one</p><p>two <b>bold</b> <i>it</i></p>": "one\n\ntwo **bold** *it*",
    "<h1>Big</h1><h4>Small</h4><div>text</div>": "## Big\n\n### Small\n\ntext",
    "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>": "- a\n    - b\n- c",
    "<ol><li><p>a</p></li><li><p>b</p></li></ol>": "1. a\n2. b",
    "<blockquote><p>a</p><p>b</p></blockquote>": "> a\n>\n> b",
    'x <a href="https://e.org/">l</a>': "x [l](https://e.org/)",
    '<a href="javascript:alert(1)">l</a>': "l",
    "a<br>b<hr>c": "a\\\nb\n\n---\n\nc",
    "<style>p{}</style><script>alert(1)</script><p>x</p>": "x",
    '<img src="https://tracker.example/x.gif"><p>x</p>': "x",
    '<b style="font-weight:normal"><p>docs</p></b>': "docs",
    '<span style="font-weight: 700">b</span>': "**b**",
    "<p>unclosed <b>bold": "unclosed **bold**",
    "</p></ul></b>stray": "stray",
    "<table><tr><td>a</td><td>b</td></tr></table>": "a\n\nb",
    "<p>  lots \n of   space </p>": "lots of space",
    "&lt;b&gt;not html&lt;/b&gt;": "<b>not html</b>",
}


@pytest.mark.parametrize(("html", "expected"), HTML.items())
def test_html_becomes_the_tree(html: str, expected: str) -> None:
    found = document_from_html(html)
    assert normalise(found) == found
    assert to_markdown(found).strip("\n") == expected


@given(st.one_of(soups, st.text("<>/apbuli=\"' -&;!", max_size=80)))
def test_any_string_is_some_html(html: str) -> None:
    found = document_from_html(html)
    assert normalise(found) == found


def test_deeply_nested_html_is_read_without_harm() -> None:
    found = document_from_html("<div><ul><li>" * 3000 + "deep")
    assert "deep" in to_markdown(found)


def _paste(editor: BodyEditor, **forms: object) -> None:
    data = QMimeData()
    for name, value in forms.items():
        getattr(data, f"set{name[0].upper()}{name[1:]}")(value)
    editor.insertFromMimeData(data)


def test_plain_text_becomes_paragraphs_and_nothing_in_it_is_markdown(editor: BodyEditor) -> None:
    _paste(editor, text="# one\r\n\r\n**two**\n")
    assert lines(editor) == ["# one", "**two**"]
    assert markdown(editor) == "# one\n\n\\*\\*two\\*\\*"
    editor.undo()
    assert editor.document() == Document()


def test_one_line_goes_into_the_words_with_its_spaces(editor: BodyEditor) -> None:
    show_markdown(editor, "onetwo")
    put_caret(editor, 0, 3)
    _paste(editor, text=" and ")
    assert lines(editor) == ["one and two"]


def test_paragraphs_pasted_into_words_part_them(editor: BodyEditor) -> None:
    show_markdown(editor, "## ab")
    put_caret(editor, 0, 1)
    _paste(editor, html="<p>1</p><p>2</p>")
    assert lines(editor) == ["a1", "2b"]
    editor.undo()
    assert markdown(editor) == "## ab"


def test_pasting_at_a_figure_leaves_it_whole(editor: BodyEditor) -> None:
    show_markdown(editor, "![](photo:a1)")
    put_caret(editor, 0, 1)
    _paste(editor, text="words")
    assert markdown(editor) == "![](photo:a1)\n\nwords"


def test_hostile_text_is_cleaned(editor: BodyEditor) -> None:
    _paste(editor, text="a\x00b\x1b[31m\u2029c\ufffcd\ufdd0e")
    assert lines(editor) == ["ab[31m", "cde"]


def test_files_go_out_as_paths(editor: BodyEditor, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(editor.files_dropped) as caught:
        _paste(
            editor, urls=[QUrl.fromLocalFile(str(tmp_path / "a.jpg")), QUrl("https://e.org/b.jpg")]
        )
    assert caught.args == [[tmp_path / "a.jpg"]]
    assert editor.document() == Document()


def test_a_dropped_file_goes_out_too(editor: BodyEditor, qtbot: QtBot, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.jpg"))])
    held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    enter = QDragEnterEvent(QPoint(40, 40), *held, Qt.KeyboardModifier.NoModifier)
    drop = QDropEvent(QPointF(40, 40), *held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(editor.viewport(), enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(editor.files_dropped) as caught:
        QApplication.sendEvent(editor.viewport(), drop)
    assert caught.args == [[tmp_path / "a.jpg"]]


def test_a_picture_goes_out_and_words_win_over_their_picture(
    editor: BodyEditor, qtbot: QtBot
) -> None:
    image = QImage(4, 3, QImage.Format.Format_RGB32)
    with qtbot.waitSignal(editor.image_pasted) as caught:
        _paste(editor, imageData=image, html='<img src="https://e.org/a.png">')
    assert caught.args[0].size() == image.size()
    _paste(editor, imageData=image, html="<table><tr><td>cell</td></tr></table>")
    assert markdown(editor) == "cell"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(document=documents())
def test_copying_all_and_pasting_loses_nothing(editor: BodyEditor, document: Document) -> None:
    editor.set_document(document)
    editor.selectAll()
    data = editor.createMimeDataFromSelection()
    editor.set_document(Document())
    editor.insertFromMimeData(data)
    if data.hasFormat(OWN_FORMAT):
        assert editor.document() == document


def test_part_of_a_line_is_copied_with_its_format(editor: BodyEditor) -> None:
    show_markdown(editor, "a **bold\u200d** 😀 end\n\nnext")
    select(editor, 3, 15)
    data = editor.createMimeDataFromSelection()
    assert data.text() == "old\u200d 😀 end"
    assert "<strong>old" in data.html()
    editor.set_document(Document())
    editor.insertFromMimeData(data)
    assert markdown(editor) == "**old**\u200d 😀 end" or "old" in markdown(editor)


def test_ctrl_shift_v_pastes_bare_words(editor: BodyEditor) -> None:
    data = QMimeData()
    data.setHtml("<h1>Big</h1>")
    data.setText("Big")
    QApplication.clipboard().setMimeData(data)
    QTest.keyClick(
        editor,
        Qt.Key.Key_V,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert markdown(editor) == "Big"
    editor.selectAll()
    editor.paste()
    assert markdown(editor) == "## Big"


def test_own_text_of_another_app_is_only_text(editor: BodyEditor) -> None:
    data = QMimeData()
    data.setData(OWN_FORMAT, QByteArray(b"\xff\xfe<script>\x00 ![](photo:../../etc)"))
    editor.insertFromMimeData(data)
    assert "script" in lines(editor)[0]
    assert len(lines(editor)) == 1


def test_nothing_is_ever_loaded(editor: BodyEditor, tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    QImage(4, 3, QImage.Format.Format_RGB32).save(str(picture))
    kind = QTextDocument.ResourceType.ImageResource.value
    for url in (QUrl.fromLocalFile(str(picture)), QUrl("https://e.org/a.png")):
        assert editor.text_document.resource(kind, url) is None


def test_a_text_to_be_read_takes_nothing_in(editor: BodyEditor) -> None:
    show_markdown(editor, "one")
    editor.setReadOnly(True)
    _paste(editor, text="two")
    type_keys(editor, "## x\n\b\t")
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    assert markdown(editor) == "one"
    assert not editor.grab().isNull()
