"""The letters of each script: which faces come first, and what is drawn with them."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QTextLayout
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reporterdesk.domain.report import ReportContent
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.typefaces import (
    as_style,
    book_faces,
    knows_italics,
    size_of,
    with_all_scripts,
)
from reporterdesk.ui.widgets.report_head import ReportHead
from support.whole_app import themed


def faces_of(text: str, font: QFont) -> list[str]:
    """Return the faces that ``text`` is drawn with."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return [run.rawFont().familyName() for run in layout.glyphRuns()]


@pytest.mark.parametrize(
    ("language", "face"),
    [
        ("ur", "Noto Naskh Arabic"),
        ("ar-EG", "Noto Naskh Arabic"),
        ("he", "Noto Serif Hebrew"),
        ("hi_IN", "Noto Serif Devanagari"),
        ("bn", "Noto Serif Bengali"),
    ],
)
def test_the_languages_own_face_comes_first(qapp: QApplication, language: str, face: str) -> None:
    if not QFontDatabase.hasFamily(face):
        pytest.skip(f"{face} is not installed")
    assert book_faces(language)[0] == face
    assert book_faces("fr")[0] != face
    assert face in book_faces("fr"), "for quotations in that script"


def test_only_what_is_installed_is_named_and_nothing_twice(qapp: QApplication) -> None:
    for language in ("", "ur", "zh", "zh-Hant", "zh-TW", "tlh", "x", "-", "a" * 200):
        families = book_faces(language)
        assert families[-1] == "serif"
        assert len(set(families)) == len(families)
        assert set(families[:-1]) <= set(QFontDatabase.families())


def test_all_of_a_chinese_line_is_drawn_with_one_face(qapp: QApplication) -> None:
    font = QFont()
    font.setFamilies(book_faces("zh"))
    faces = set(faces_of("六十条船，一座桥、市长。", font))
    if faces & {"Droid Sans Fallback", "Noto Serif CJK SC", "Noto Sans CJK SC"}:
        assert len(faces) == 1


def test_small_letters_are_set_larger(qapp: QApplication) -> None:
    assert size_of("ur") == size_of("ps-AF") > 1
    assert size_of("ur") > size_of("he") > 1
    assert size_of("en") == size_of("hi") == size_of("") == 1


def test_some_scripts_know_no_italics() -> None:
    assert [knows_italics(tag) for tag in ("en", "ru", "", "ur", "he", "zh-Hans", "hi")] == [
        *(True, True, True, False, False, False, False)
    ]


def test_a_windows_face_stays_the_first(qapp: QApplication) -> None:
    font = QFont("Some Face", 11)
    assert with_all_scripts(font).families()[0] == "Some Face"
    assert with_all_scripts(font).pointSize() == 11


def test_names_in_a_style_sheet() -> None:
    assert as_style(["Noto Serif", "serif"]) == '"Noto Serif", serif'


def test_the_body_takes_the_language_and_keeps_its_size(editor_of_any: BodyEditor) -> None:
    editor = editor_of_any
    editor.set_text_size(16)
    editor.set_language("ur")
    assert editor.font().families() == book_faces("ur")
    assert editor.font().pointSizeF() == pytest.approx(16 * size_of("ur"))
    editor.set_text_size(13)
    assert editor.font().families() == book_faces("ur")
    editor.set_language("en")
    assert editor.font().families() == book_faces("en")
    assert editor.font().pointSizeF() == 13


@pytest.fixture
def editor_of_any(qtbot: QtBot) -> BodyEditor:
    made = BodyEditor()
    qtbot.addWidget(made)
    return made


def test_the_head_is_set_in_the_languages_letters_in_the_themes_size(
    qtbot: QtBot, qapp: QApplication
) -> None:
    with themed(qapp):
        head = ReportHead()
        qtbot.addWidget(head)
        head.show()
        for language in ("en", "ur", "he", "en"):
            head.show_content(ReportContent(headline="گاؤں", language=language))
            small = size_of(language) > 1
            font = head.headline.font()
            assert font.families() == book_faces(language)
            assert (font.pointSizeF(), font.bold()) == (24 if small else 21, True)
            assert head.standfirst.font().pointSizeF() == (14.5 if small else 13)
            assert head.headline.document().defaultFont().families() == font.families()
