"""The normal form: what an editor or a paste makes of a document, brought to one shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporterdesk.text.normal import (
    MAX_DEPTH,
    _joined,
    _tidy,
    _word_by_word,
    clean_text,
    normalise,
    normalise_runs,
    safe_link,
)
from reporterdesk.text.tree import (
    Block,
    Document,
    Embed,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Run,
    Runs,
)

SITE = "https://example.org/"


def plain(text: str) -> Runs:
    return (Run(text),)


def blocks(*given: Block) -> tuple[Block, ...]:
    return normalise(Document(given)).blocks


def test_equal_neighbours_are_one_run_and_empty_runs_go() -> None:
    runs = (Run("a"), Run(""), Run("b"), Run("", bold=True), Run("c", italic=True))
    assert normalise_runs(runs) == (Run("ab"), Run("c", italic=True))


def test_formats_do_not_cover_the_white_space_at_their_edges() -> None:
    assert normalise_runs((Run("a"), Run(" b ", bold=True), Run("c"))) == (
        Run("a "),
        Run("b", bold=True),
        Run(" c"),
    )


def test_white_space_between_words_of_one_format_has_it_too() -> None:
    link = SITE
    runs = (Run("a", link=link), Run(" "), Run("b", bold=True, link=link))
    assert normalise_runs(runs) == (Run("a ", link=link), Run("b", bold=True, link=link))


def test_letters_parted_among_runs_of_one_format_come_together() -> None:
    assert normalise_runs((Run("cafe"), Run("\u0301"))) == plain("caf\u00e9")


_BITS = st.sampled_from(
    [
        "a",
        "word",
        "e",
        "\u0301",
        " ",
        "  ",
        "\t",
        "\n",
        "\u00a0",
        "\u202f",
        "\u200b",
        "\u200f",
        "é",
        "گ",
    ]
)
_LINKS = st.sampled_from([None, SITE, SITE + "x"])


@given(
    st.lists(
        st.builds(
            Run, st.lists(_BITS, max_size=4).map("".join), st.booleans(), st.booleans(), _LINKS
        ),
        max_size=5,
    ),
    st.booleans(),
)
def test_what_is_told_quickly_to_be_normal_is_the_same_word_by_word(
    runs: list[Run], breaks: bool
) -> None:
    cleaned = _joined((clean_text(r.text), (r.bold, r.italic, r.link)) for r in runs)
    if _tidy(cleaned):
        assert _word_by_word(cleaned, breaks=breaks) == cleaned


def test_spaces_in_a_row_are_one_but_typographic_ones_stay() -> None:
    assert normalise_runs(plain("  a \t  b\u00a0! \n\n c  ")) == plain("a b\u00a0!\nc")
    assert normalise_runs(plain("« 12\u202f000 »")) == plain("« 12\u202f000 »")


@pytest.mark.parametrize("blank", ["", " ", "\n", "\u00a0", "\u200b", "\ufeff", "\u200f \u2028"])
def test_a_block_with_nothing_to_see_is_dropped(blank: str) -> None:
    item = ListItem(plain(blank))
    assert (
        blocks(
            Paragraph(plain(blank)),
            Heading(2, plain(blank)),
            Quote((plain(blank),)),
            ListBlock(ordered=False, items=(item,)),
            ListBlock(ordered=True, items=()),
        )
        == ()
    )


def test_a_heading_has_one_line_and_level_two_or_three() -> None:
    assert blocks(Heading(1, plain("a\nb")), Heading(6, plain("c"))) == (
        Heading(2, plain("a b")),
        Heading(3, plain("c")),
    )


def test_neighbours_of_one_kind_are_joined_and_others_are_not() -> None:
    def listed(ordered: bool, text: str) -> ListBlock:
        return ListBlock(ordered, (ListItem(plain(text)),))

    a, b, c, d = (ListItem(plain(text)) for text in "abcd")
    assert blocks(
        listed(False, "a"), listed(False, "b"), Paragraph(()), listed(False, "c"), listed(True, "d")
    ) == (ListBlock(ordered=False, items=(a, b, c)), ListBlock(ordered=True, items=(d,)))
    assert blocks(Quote((plain("a"),)), Quote((plain("b"),)), Rule(), Rule()) == (
        Quote((plain("a"), plain("b"))),
        Rule(),
        Rule(),
    )


def test_items_without_words_hand_on_what_is_nested_in_them() -> None:
    def around(*lists: ListBlock, text: str = "") -> ListItem:
        return ListItem(plain(text), lists)

    inner = ListBlock(ordered=True, items=(ListItem(plain("x")),))
    first = ListBlock(ordered=False, items=(around(inner),))
    assert blocks(first) == (ListBlock(ordered=False, items=(ListItem(plain("x")),)),)
    second = ListBlock(ordered=False, items=(around(inner, text="a"), around(inner)))
    joined = ListBlock(ordered=True, items=(ListItem(plain("x")), ListItem(plain("x"))))
    assert blocks(second) == (ListBlock(ordered=False, items=(ListItem(plain("a"), (joined,)),)),)


def test_lists_are_not_deeper_than_allowed() -> None:
    block = ListBlock(ordered=False, items=(ListItem(plain("deepest")),))
    for level in range(40):
        block = ListBlock(ordered=level % 2 == 0, items=(ListItem(plain(str(level)), (block,)),))
    depth, found = 0, blocks(block)[0]
    while isinstance(found, ListBlock):
        depth += 1
        nested = found.items[0].lists
        if not nested:
            assert found.items[-1].runs == plain("deepest")
            break
        found = nested[0]
    assert depth == MAX_DEPTH


def test_links_are_safe_or_not_links() -> None:
    runs = (Run("a", link="javascript:alert(1)"), Run("b", link="HTTP://Example.org/x y"))
    assert normalise_runs(runs) == (Run("a"), Run("b", link="http://Example.org/x%20y"))


@pytest.mark.parametrize(
    "unsafe",
    [
        None,
        "",
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org",
        "//example.org",
        "/sections/",
        "example.org",
        "https://",
        "https:///path",
        "https:example.org",
        "http://?q",
        "http://:80/",
        "mailto:",
    ],
)
def test_what_is_not_absolute_http_or_mail_is_unsafe(unsafe: str | None) -> None:
    assert safe_link(unsafe) is None


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        ("https://example.org", "https://example.org"),
        ("  HTTPS://Example.org/A ", "https://Example.org/A"),
        ('http://e.org/"><script>', "http://e.org/%22%3E%3Cscript%3E"),
        ("https://e.org/a\nb\\c", "https://e.org/a%0Ab%5Cc"),
        ("https://e.org/اردو?q=ü#a(b)", "https://e.org/اردو?q=ü#a(b)"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
    ],
)
def test_a_link_has_a_normal_form(given: str, normal: str) -> None:
    assert safe_link(given) == normal
    assert safe_link(normal) == normal


def test_an_embed_that_is_not_safe_becomes_its_words() -> None:
    assert blocks(Embed("javascript:alert(1)"), Embed("mailto:a@example.org"), Embed(SITE)) == (
        Paragraph(plain("javascript:alert(1)")),
        Paragraph(plain("mailto:a@example.org")),
        Embed(SITE),
    )


def test_a_figure_without_a_possible_photo_goes() -> None:
    assert blocks(Figure(""), Figure("a)b"), Figure("../x"), Figure("a\n"), Figure("9f-1")) == (
        Figure("9f-1"),
    )


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("plain", "plain"),
        ("a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne"),
        ("a\x00b\x07c\x1bd\x7fe\x85f\x9fg", "abcdefg"),
        ("tab\there", "tab\there"),
        ("\ud800x\udc00", "\ufffdx\ufffd"),
        ("\ud83d\ude00", "😀"),
        ("\udc00\ud800", "\ufffd\ufffd"),
        ("\ufeffa\ufffcb\uffffc\ufdd0d\U0001fffee", "abcde"),
        ("e\u0301", "é"),
        ("\u200d\u200c\u200f", "\u200d\u200c\u200f"),
    ],
)
def test_text_is_cleaned(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean
    assert clean_text(clean) == clean
    clean.encode("utf-8")
