"""The clipboard and drops: what comes in, what goes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reporterdesk.text.incoming.markup import MOST_TAGS
from reporterdesk.text.tree import Document
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.copying import OWN_FORMAT
from reporterdesk.ui.editor.pasting import PlacedPicture
from support.examples import examples
from support.trees import documents
from support.writing import (
    PlainActions,
    lines,
    markdown,
    put_caret,
    select,
    show_markdown,
    type_keys,
)


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


def test_a_dropped_document_goes_out_too(editor: BodyEditor, qtbot: QtBot, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.docx"))])
    held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    enter = QDragEnterEvent(QPoint(40, 40), *held, Qt.KeyboardModifier.NoModifier)
    drop = QDropEvent(QPointF(40, 40), *held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(editor.viewport(), enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(editor.files_dropped) as caught:
        QApplication.sendEvent(editor.viewport(), drop)
    assert caught.args == [[tmp_path / "a.docx"]]


def test_a_picture_goes_out_and_words_win_over_their_picture(
    editor: BodyEditor, qtbot: QtBot
) -> None:
    image = QImage(4, 3, QImage.Format.Format_RGB32)
    with qtbot.waitSignal(editor.image_pasted) as caught:
        _paste(editor, imageData=image, html='<img src="https://e.org/a.png">')
    assert caught.args[0].size() == image.size()
    _paste(editor, imageData=image, html="<table><tr><td>cell</td></tr></table>")
    assert markdown(editor) == "cell"


@examples(40)
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


def test_a_copied_picture_is_not_its_alt_text(editor: BodyEditor, qtbot: QtBot) -> None:
    image = QImage(4, 3, QImage.Format.Format_RGB32)
    html = '<meta charset="utf-8"><img src="https://e.org/a.png" alt="The harbour">'
    with qtbot.waitSignal(editor.image_pasted):
        _paste(editor, imageData=image, html=html)
    assert editor.document() == Document()
    _paste(editor, html=html)
    assert markdown(editor) == "The harbour"


def _pictures(editor: BodyEditor, html: str) -> list[PlacedPicture]:
    caught: list[PlacedPicture] = []
    editor.pictures_pasted.connect(caught.extend)
    _paste(editor, html=html)
    editor.pictures_pasted.disconnect()
    return caught


def _placed(editor: BodyEditor, html: str) -> str:
    """Paste, put a photo wherever a picture is to stand, and return the Markdown."""
    for number, each in enumerate(_pictures(editor, html), start=1):
        editor.insert_figure(f"p{number}", each.place)
    return markdown(editor)


def _img(name: str) -> str:
    return f'<img src="file:///pictures/{name}.jpg" alt="Alt of {name}">'


def test_pictures_are_handed_out_with_their_words_and_never_stand_for_themselves(
    editor: BodyEditor,
) -> None:
    html = f"<p>one</p><figure>{_img('a')}<figcaption>Below</figcaption></figure><p>two</p>"
    (placed,) = _pictures(editor, html)
    assert placed.picture.source == Path("/pictures/a.jpg")
    assert (placed.picture.alt_text, placed.picture.caption) == ("Alt of a", "Below")
    assert markdown(editor) == "one\n\ntwo"
    editor.undo()
    assert editor.document() == Document()


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<p>1</p>{_img('a')}<p>2</p>", "1\n\n![](photo:p1)\n\n2"),
        (f"{_img('a')}<p>1</p>{_img('b')}", "![](photo:p1)\n\n1\n\n![](photo:p2)"),
        (f"<p>1</p>{_img('a')}{_img('b')}<p>2</p>", "1\n\n![](photo:p1)\n\n![](photo:p2)\n\n2"),
        (f"{_img('a')}{_img('b')}", "![](photo:p1)\n\n![](photo:p2)"),
        (f"<p>1 {_img('a')} still 1</p><p>2</p>", "1 still 1\n\n![](photo:p1)\n\n2"),
        (f"<ol><li>1{_img('a')}</li><li>2</li></ol>", "1. 1\n\n![](photo:p1)\n\n1. 2"),
        (f"<h2>1</h2>{_img('a')}<hr>{_img('b')}", "## 1\n\n![](photo:p1)\n\n---\n\n![](photo:p2)"),
    ],
)
def test_pictures_stand_where_they_stood(editor: BodyEditor, html: str, expected: str) -> None:
    assert _placed(editor, html) == expected


def test_pictures_pasted_into_words_stand_among_what_came_with_them(editor: BodyEditor) -> None:
    show_markdown(editor, "beforeafter")
    put_caret(editor, 0, 6)
    html = f"<p>x</p>{_img('a')}<p>y</p>{_img('b')}"
    assert _placed(editor, html) == "beforex\n\n![](photo:p1)\n\ny\n\n![](photo:p2)\n\nafter"


def test_copied_text_suits_word_and_mail(editor: BodyEditor) -> None:
    show_markdown(
        editor, "## Title\n\n- a\n    1. b\n- c\n\n> سلام دنیا\n\n![](photo:a1)\n\n---\n\n**x**"
    )
    editor.selectAll()
    data = editor.createMimeDataFromSelection()
    assert "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>" in data.html()
    assert '<blockquote dir="rtl"><p dir="rtl">سلام دنیا</p></blockquote>' in data.html()
    assert data.html().startswith('<html><head><meta charset="utf-8">')
    assert "a1" not in data.html()
    assert data.text() == "Title\n\n• a\n    1. b\n• c\n\n> سلام دنیا\n\n* * *\n\nx"


def test_a_paste_that_is_too_long_says_so(editor: BodyEditor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(editor.paste_cut):
        _paste(editor, html="<p>x" * 2 + "<wbr>" * MOST_TAGS + "end")
    assert lines(editor) == ["x", "x"]


def test_words_only(editor: BodyEditor, actions: PlainActions) -> None:
    data = QMimeData()
    data.setHtml("<h1>Big</h1>")
    data.setText("Big")
    QApplication.clipboard().setMimeData(data)
    actions.action("edit.paste_plain").trigger()
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
