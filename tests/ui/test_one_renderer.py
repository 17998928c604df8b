"""One renderer: the text on the public page, in the preview and at the desk is the same bytes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reporterdesk.demo.newsroom import sample_reports
from reporterdesk.domain.report import Report
from reporterdesk.domain.reviewed import ReviewedReport
from reporterdesk.domain.status import Status
from reporterdesk.pages.published import PublishedReport
from reporterdesk.server.site.routes import site_router
from reporterdesk.text.direction import direction
from reporterdesk.text.html import html_blocks
from reporterdesk.text.lines import Kind, TextLine, lines_of
from reporterdesk.text.parse import parse
from reporterdesk.text.tree import Document
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.formats import style_of
from reporterdesk.ui.page.parts import parts_of
from reporterdesk.ui.page.sheet import Sheet, SheetMaker
from reporterdesk.ui.photo_images import PhotoImages
from reporterdesk.ui.preview.drafting import DraftPage
from reporterdesk.ui.widgets.review_browser import ReviewBrowser
from support.browser import Browser, browsing
from support.examples import examples
from support.published import SETTINGS, MemoryPublished, sample_published, sample_site
from support.trees import documents
from support.writing import all_blocks

_THINGS = {"body.hr", "body.embed", "body.figure"}
HOSTILE = (
    "<script>alert(1)</script> &amp; <b>bold</b>\n\n"
    "[link](https://example.org/?a=1&b=%22)  **b*i*b**\n\n"
    '![](photo:none)\n\n> "quoted" & <i>\n\n1. one\n    - two\n2. three\n\n---\n\n'
    "<https://example.org/embed?x=<y>>\n\n## h & <h>\n\n</div></article><p>out"
)


def _is_known(letter: str) -> bool:
    """Tell whether Qt and Python, of different editions of Unicode, surely agree on a letter."""
    return letter <= "\uffff" and unicodedata.bidirectional(letter) != ""


def at_once(work: Callable[[], Any], done: Callable[[Any], None], _failed: object) -> None:
    done(work())


def no_photo(_sha256: str, _done: object, _failed: object) -> None:
    """Fetch nothing."""


@pytest.fixture(scope="module")
def source() -> MemoryPublished:
    """Return every sample as if it were published, and one with what nobody should write."""
    site = sample_site()
    reports = [sample_published(sample) for sample in sample_reports()]
    first = reports[0]
    bad = replace(
        first,
        id="0badbad0" + first.id[8:],
        slug="2026-03-14-hostile-0badbad0",
        content=replace(first.content, body=HOSTILE),
    )
    site.reports = [*reports, bad]
    return site


@pytest.fixture(scope="module")
def site(source: MemoryPublished) -> Iterator[Browser]:
    app = FastAPI()
    app.include_router(site_router(source, SETTINGS))
    with browsing(app) as browser:
        yield browser


def body_of(html: bytes) -> bytes:
    """Return what stands in the element of the body."""
    _, _, rest = html.partition(b'<div class="body">\n')
    return rest.partition(b"\n      </div>")[0]


def previewed(report: PublishedReport, editor: BodyEditor, source: MemoryPublished) -> Sheet:
    """Write the report into the editor, and render what the editor has."""
    editor.set_document(parse(report.content.body))
    at = report.published_at
    shown = Report(report.id, report.content, Status.DRAFT, at, at)
    content = replace(report.content, body="what was saved last; the editor has the newest")
    names = {section.slug: section.name for section in source.sections()}
    return DraftPage(SheetMaker(), shown, content, editor.document(), names, at)()


def reviewed(report: PublishedReport, browser: ReviewBrowser) -> Sheet:
    """Show the report at the desk."""
    browser.show_report(
        ReviewedReport(
            report.id, report.content, Status.FILED, "r", 1, "Amina Raza", report.published_at
        ),
        "Culture",
    )
    assert browser.sheet is not None
    return browser.sheet


def test_the_text_of_every_sample_is_the_same_bytes_everywhere(
    source: MemoryPublished, site: Browser, qtbot: QtBot
) -> None:
    editor = BodyEditor()
    desk = ReviewBrowser(PhotoImages(no_photo, at_once), at_once)
    qtbot.addWidget(editor)
    qtbot.addWidget(desk)
    for report in source.reports:
        answer = site.get(f"/reports/{report.slug}")
        assert answer.status_code == 200
        published = body_of(answer.content)
        assert len(published) > 200
        for sheet in (previewed(report, editor, source), reviewed(report, desk)):
            assert sheet.body.encode() == published
            assert body_of(sheet.html.encode()) == published


def test_everything_but_dates_of_publication_is_the_same_page(
    source: MemoryPublished, site: Browser
) -> None:
    maker = SheetMaker()
    for report in source.reports:
        page = site.get(f"/reports/{report.slug}").text
        sheet = maker.make(report, source.sections())
        start, end = page.index("<article"), page.index('<p class="address">')
        element = sheet.html[: sheet.html.index('<p class="address">')]
        assert element == page[start:end]


def test_every_line_of_the_text_is_found_again_on_the_page(source: MemoryPublished) -> None:
    for report in source.reports:
        sheet = SheetMaker().make(report, ())
        lines = list(lines_of(parse(report.content.body)))
        assert len(lines) == len(sheet.lines)
        for line, number in zip(lines, sheet.lines, strict=True):
            part = sheet.parts[number]
            if isinstance(line, TextLine):
                said = "".join(run.text for run in line.runs).replace("\n", "\u2028")
                assert part.text == said


@examples(40)
@given(document=documents(), language=st.sampled_from(["en", "ur", "he"]))
def test_every_line_runs_the_same_way_in_the_editor_and_on_the_page(
    writing: BodyEditor, document: Document, language: str
) -> None:
    writing.set_language(language)
    writing.set_document(document)
    assume(all(map(_is_known, writing.toPlainText())))
    blocks = html_blocks(document, lambda _id: "", direction=direction(language))
    parts = [part for block in blocks for part in parts_of(block, "body")]
    around = direction(language)
    on_page = [part.direction or around for part in parts if part.kind not in _THINGS]
    in_editor = [
        "rtl" if block.textDirection() == Qt.LayoutDirection.RightToLeft else "ltr"
        for block in all_blocks(writing)
        if block.text() and style_of(block).kind is not Kind.STANDING
    ]
    assert on_page == in_editor


@pytest.fixture
def writing(qtbot: QtBot) -> BodyEditor:
    editor = BodyEditor()
    qtbot.addWidget(editor)
    return editor


def test_what_is_rendered_again_is_as_if_for_the_first_time() -> None:
    maker = SheetMaker()
    report = sample_published(sample_reports()[0])
    document = parse(report.content.body)
    first = maker.make(report, (), document)
    shorter = replace(document, blocks=document.blocks[1:])
    assert maker.make(report, (), shorter) == SheetMaker().make(report, (), shorter)
    assert maker.make(report, (), document) == first


def test_hostile_words_stay_words(source: MemoryPublished) -> None:
    bad = source.reports[-1]
    sheet = SheetMaker().make(bad, source.sections())
    said = "\n".join(part.text for part in sheet.parts)
    assert "<script>alert(1)</script> &amp; <b>bold</b>" in said
    assert "</div></article><p>out" in said
    assert sheet.parts[-1].kind.startswith(("facts.", "gallery.", "caption"))
