"""What must hold for every document and every string."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st

from reporterdesk.text.cleaning import clean_text
from reporterdesk.text.html import to_html
from reporterdesk.text.normal import normalise
from reporterdesk.text.parse import parse
from reporterdesk.text.print import to_markdown
from reporterdesk.text.tree import Document, Paragraph, Run
from support.trees import documents, raw_documents, soups, texts

ALLOWED = {
    **dict.fromkeys(("p", "h2", "h3", "ul", "ol", "li", "blockquote"), frozenset[str]()),
    **dict.fromkeys(("hr", "br", "strong", "em", "b-figure"), frozenset[str]()),
    "a": frozenset({"href"}),
}
VOID = {"hr", "br", "b-figure"}


class Checker(HTMLParser):
    """Follows the elements, and fails at what the renderer may not write."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "p" and given.pop("class", "embed") != "embed":
            raise AssertionError(attrs)
        assert set(given) <= ALLOWED[tag], (tag, attrs)
        href = given.get("href")
        assert href is None or href.startswith(("http://", "https://", "mailto:")), href
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def refuse(self, data: str) -> None:
        raise AssertionError(data)

    handle_comment = handle_decl = handle_pi = unknown_decl = refuse


def checked_html(doc: Document) -> Checker:
    """Render ``doc`` and return the reader that has checked it."""
    checker = Checker()
    checker.feed(to_html(doc, lambda _: "<b-figure>"))
    checker.close()
    assert checker.open == []
    return checker


@given(documents())
def test_a_printed_document_is_read_back_as_it_was(doc: Document) -> None:
    assert parse(to_markdown(doc)) == doc


@given(raw_documents())
def test_the_normal_form_is_normal_and_printing_finds_it(doc: Document) -> None:
    normal = normalise(doc)
    assert normalise(normal) == normal
    assert parse(to_markdown(doc)) == normal
    assert to_markdown(doc) == to_markdown(normal)


@given(st.one_of(soups, st.text()))
@example("[foo*](https://e.org)*")
@example("**a*b**c*")
@example("- \n  - a")
@example("\\")
def test_markdown_is_stable_from_the_first_reading(source: str) -> None:
    read = parse(source)
    assert normalise(read) == read
    printed = to_markdown(read)
    assert parse(printed) == read
    assert to_markdown(parse(printed)) == printed
    assert clean_text(printed) == printed
    printed.encode("utf-8")


@given(st.one_of(soups, texts))
def test_html_holds_only_what_the_renderer_writes(source: str) -> None:
    checked_html(parse(source))


@given(raw_documents())
def test_html_of_any_document_is_safe_and_well_formed(doc: Document) -> None:
    checked_html(doc)


@given(texts)
def test_html_shows_exactly_the_words(text: str) -> None:
    doc = normalise(Document((Paragraph((Run(text, bold=True),)),)))
    shown = "".join(run.text for block in doc.blocks for run in getattr(block, "runs", ()))
    assert checked_html(doc).text == shown.replace("\n", "")


@given(texts)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
