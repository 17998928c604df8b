"""A page set for the screen: the same lines whatever stood there, in the site's own colours."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QTextDocument
from pytestqt.qtbot import QtBot

from reporterdesk.resources import resource_path
from reporterdesk.ui.page.parts import BREAK, Image, Part, Run, parts_of
from reporterdesk.ui.page.pictures import OBJECT
from reporterdesk.ui.page.rendering import Rendering
from reporterdesk.ui.page.setter import PageSetter
from reporterdesk.ui.page.sheet import Sheet, SheetMaker
from reporterdesk.ui.page.style import Look, Paper, Screen, _measures, paper
from support.published import sample_site

LOOK = Look(Screen.PAGE, 1.0, 640, dark=False, from_right=False)
KINDS = ("head.kicker", "head.h1", "body.p", "body.li", "body.quote", "caption", "facts.dd")
words = st.lists(
    st.builds(Run, st.sampled_from(["a", "bb ", f"c{BREAK}d", "اردو"]), st.booleans()), max_size=3
).map(tuple)
parts = st.lists(
    st.one_of(
        st.builds(Part, st.sampled_from(KINDS), words, first=st.booleans()),
        st.just(Part("body.figure", image=Image("/photos/r/x.jpg", "", 3, 2))),
        st.just(Part("body.hr")),
    ),
    max_size=30,
).map(tuple)


class Pool:
    """Runs what it is given when it is told to."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[], Sheet], Callable[[Sheet], None], object]] = []

    def __call__(
        self, work: Callable[[], Sheet], done: Callable[[Sheet], None], failed: object
    ) -> None:
        self.waiting.append((work, done, failed))

    def run(self) -> None:
        """Do the first thing that waits."""
        work, done, _ = self.waiting.pop(0)
        done(work())


def sheet(report_id: str, text: str = "") -> Sheet:
    return Sheet(report_id, text, text, (), (), "en")


def stands(document: QTextDocument, wanted: tuple[Part, ...], made: Paper) -> None:
    """Check each block of ``document``: its words and its look."""
    assert document.blockCount() == max(1, len(wanted))
    for number, part in enumerate(wanted):
        block = document.findBlockByNumber(number)
        assert block.text() == (OBJECT if part.image else part.text)
        assert block.blockFormat() == made.block_format(part)


@settings(max_examples=60)
@given(pages=st.lists(parts, min_size=2, max_size=4))
def test_whatever_stood_there_the_page_is_what_was_asked_for(
    qapp: object, pages: list[tuple[Part, ...]]
) -> None:
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    setter, made = PageSetter(document, clock=lambda: 0.0), paper(LOOK)
    for page in pages:
        setter.show(page, made)
        assert not setter.busy
        stands(document, page, made)


def test_a_long_page_comes_in_steps_and_the_newest_wins(qtbot: QtBot) -> None:
    ticks = iter(range(10_000))
    document = QTextDocument()
    setter, made = PageSetter(document, clock=lambda: float(next(ticks))), paper(LOOK)
    old = tuple(Part("body.p", (Run(f"old {number}"),)) for number in range(200))
    new = tuple(Part("body.p", (Run(f"new {number}"),)) for number in range(70))
    setter.show(old, made)
    assert setter.busy
    assert document.blockCount() < 200
    setter.show(new, made)
    qtbot.waitUntil(lambda: not setter.busy, timeout=10_000)
    stands(document, new, made)
    before = setter.parts_set
    changed = (*new[:30], Part("body.p", (Run("another"),)), *new[31:])
    setter.show(changed, made)
    qtbot.waitUntil(lambda: not setter.busy, timeout=10_000)
    stands(document, changed, made)
    assert setter.parts_set == before + 1
    setter.forget()
    assert document.isEmpty()


@settings(max_examples=150)
@given(html=st.text(alphabet="<>/ab pulolibrhmg=\"'&;!-é\u0000\ud800", max_size=80))
def test_any_html_is_taken_apart(html: str) -> None:
    for part in parts_of(html):
        assert part.kind


def test_every_line_of_the_sites_pages_has_measures() -> None:
    site = sample_site()
    maker, measures = SheetMaker(), _measures()
    kinds = {
        part.kind
        for report in site.reports
        for part in maker.make(
            report, site.sections(), after="<section class=desk><h2>a</h2><p>b</p></section>"
        ).parts
    }
    assert {"facts.dd", "correction.p", "gallery.figure", "body.quote", "desk.p"} <= kinds
    assert kinds <= set(measures)


@pytest.mark.parametrize("dark", [False, True])
def test_colours_are_those_of_the_sites_style_sheet(qapp: object, dark: bool) -> None:
    css = Path(resource_path("templates", "site", "static", "site.css")).read_text("utf-8")
    half = css.partition("@media (prefers-color-scheme: dark)")[2 if dark else 0]
    made = paper(Look(Screen.PAGE, 1.0, 640, dark=dark, from_right=False, accent=2))
    for name in ("window", "paper", "text", "muted", "line", "blank", "note", "note-line"):
        found = re.search(rf"--{name}: (#\w+)", half)
        assert found
        assert made.ink(name) == QColor(found[1])
    accent = re.search(r"\.accent-2 \{ --accent: (#\w+)", half)
    assert accent
    assert made.ink("accent") == QColor(accent[1])


def test_of_several_wishes_only_the_newest_is_rendered(qtbot: QtBot) -> None:
    pool = Pool()
    rendering = Rendering(pool)
    shown: list[str] = []
    rendering.rendered.connect(lambda made: shown.append(made.html))
    for words_ in ("one", "two", "three"):
        rendering.ask(lambda words_=words_: sheet("r", words_))
    assert len(pool.waiting) == 1
    pool.run()
    pool.run()
    assert not pool.waiting
    assert not rendering.busy
    assert shown == ["one", "three"]


def test_what_was_rendered_for_another_report_is_not_shown(qtbot: QtBot) -> None:
    pool = Pool()
    rendering = Rendering(pool)
    shown: list[str] = []
    rendering.rendered.connect(lambda made: shown.append(made.html))
    rendering.ask(lambda: sheet("r", "old"))
    rendering.ask(lambda: sheet("s", "new"), instead=True)
    pool.run()
    pool.run()
    assert shown == ["new"]
    rendering.ask(lambda: sheet("s", "late"))
    rendering.forget()
    pool.run()
    assert shown == ["new"]
