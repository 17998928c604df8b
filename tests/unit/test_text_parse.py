"""The profile by example: what is read, what stays text, and what is printed."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from reporterdesk.text.normal import MAX_DEPTH
from reporterdesk.text.parse import parse
from reporterdesk.text.print import to_markdown
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


def words(*runs: str | Run) -> Runs:
    return tuple(Run(run) if isinstance(run, str) else run for run in runs)


def paragraph(*runs: str | Run) -> Paragraph:
    return Paragraph(words(*runs))


def bullets(*items: str | ListItem) -> ListBlock:
    return ListBlock(ordered=False, items=_items(items))


def numbers(*items: str | ListItem) -> ListBlock:
    return ListBlock(ordered=True, items=_items(items))


def _items(items: tuple[str | ListItem, ...]) -> tuple[ListItem, ...]:
    return tuple(ListItem(words(item)) if isinstance(item, str) else item for item in items)


B, I = Run("b", bold=True), Run("i", italic=True)  # noqa: E741
BOTH = Run("bi", bold=True, italic=True)

CANONICAL: list[tuple[str, tuple[Block, ...]]] = [
    ("", ()),
    ("One line.", (paragraph("One line."),)),
    ("One\\\ntwo", (paragraph("One\ntwo"),)),
    ("## Two\n\n### Three", (Heading(2, words("Two")), Heading(3, words("Three")))),
    ("a **b** c", (paragraph("a ", B, " c"),)),
    ("a *i* c", (paragraph("a ", I, " c"),)),
    ("***bi***", (paragraph(BOTH),)),
    ("**b***i*", (paragraph(B, I),)),
    ("*i***b**", (paragraph(I, B),)),
    ("**b*bi***", (paragraph(B, BOTH),)),
    ("***bi**i*", (paragraph(BOTH, I),)),
    ("**b*bi*b**", (paragraph(B, BOTH, B),)),
    ("un**b**able", (paragraph("un", B, "able"),)),
    (f"[a]({SITE})", (paragraph(Run("a", link=SITE)),)),
    (f"**[b]({SITE})**", (paragraph(Run("b", bold=True, link=SITE)),)),
    (
        f"**b [b]({SITE}) b**",
        (paragraph(Run("b ", bold=True), Run("b", bold=True, link=SITE), Run(" b", bold=True)),),
    ),
    (f"[**b** c]({SITE})", (paragraph(Run("b", bold=True, link=SITE), Run(" c", link=SITE)),)),
    (f"[c **b**]({SITE})", (paragraph(Run("c ", link=SITE), Run("b", bold=True, link=SITE)),)),
    (f"[a](<{SITE}a_(b)>)", (paragraph(Run("a", link=f"{SITE}a_(b)")),)),
    ("[a](mailto:desk@example.org)", (paragraph(Run("a", link="mailto:desk@example.org")),)),
    ("- one\n- two", (bullets("one", "two"),)),
    ("1. one\n2. two", (numbers("one", "two"),)),
    ("- one\n- two\n\n1. one", (bullets("one", "two"), numbers("one"))),
    (
        "- one\n    - nested\n    1. other\n        - deep\n- two",
        (
            bullets(
                ListItem(
                    words("one"),
                    (
                        bullets("nested"),
                        numbers(ListItem(words("other"), (bullets("deep"),))),
                    ),
                ),
                "two",
            ),
        ),
    ),
    ("- a\\\n    b\n- c", (bullets("a\nb", "c"),)),
    ("> one\n>\n> two\\\n> lines", (Quote((words("one"), words("two\nlines"))),)),
    ("---", (Rule(),)),
    ("![](photo:9f3e-1)", (Figure("9f3e-1"),)),
    ("<https://video.example.org/w?v=1>", (Embed("https://video.example.org/w?v=1"),)),
    # What needs an escape, and no more than that.
    ("5 * 3 and 2\\* 2\\*", (paragraph("5 * 3 and 2* 2*"),)),
    ("snake_case and \\_this\\_", (paragraph("snake_case and _this_"),)),
    ("[sic] and [a\\](b)", (paragraph("[sic] and [a](b)"),)),
    ("C:\\temp and a\\\\\\*b", (paragraph("C:\\temp and a\\*b"),)),
    ("\\## no heading", (paragraph("## no heading"),)),
    ("# no heading\\\n\\- no item", (paragraph("# no heading\n- no item"),)),
    ("1986\\. What a year", (paragraph("1986. What a year"),)),
    ("\\> no quote", (paragraph("> no quote"),)),
    ("\\---", (paragraph("---"),)),
    ("- \\--", (bullets("--"),)),
    ("\\<https://example.org/>", (paragraph("<https://example.org/>"),)),
    (f"Look\\![here]({SITE})", (paragraph("Look!", Run("here", link=SITE)),)),
    ("Look![\\](photo:9)", (paragraph("Look![](photo:9)"),)),
    ("-3 degrees, +2", (paragraph("-3 degrees, +2"),)),
    ("A&amp;B <b>bold</b> `code`", (paragraph("A&amp;B <b>bold</b> `code`"),)),
]


@pytest.mark.parametrize(("markdown", "blocks"), CANONICAL)
def test_canonical_markdown_is_read_and_printed(markdown: str, blocks: tuple[Block, ...]) -> None:
    assert parse(markdown) == Document(blocks)
    assert to_markdown(Document(blocks)) == markdown


@pytest.mark.parametrize(
    ("markdown", "canonical"),
    [
        ("* a\n+ b\n- c", "- a\n- b\n- c"),
        ("3) c\n9) d", "1. c\n2. d"),
        ("- a\n\n- b", "- a\n- b"),
        ("- a\n  - b\n    - c\n  - d\n- e", "- a\n    - b\n        - c\n    - d\n- e"),
        ("- a\n\n  second paragraph", "- a\\\n    second paragraph"),
        ("- a\nwrapped", "- a wrapped"),
        ("> a\nwrapped", "> a wrapped"),
        ("> a\n\n> b", "> a\n>\n> b"),
        ("para\n- item", "para\n\n- item"),
        ("It was in\n1986. What a year", "It was in 1986. What a year"),
        ("para\n## Two\nmore", "para\n\n## Two\n\nmore"),
        ("a  \nb", "a\\\nb"),
        ("a\r\nb\rc", "a b c"),
        ("a\u2028b", "a b"),
        ("__b__ and _i_", "**b** and *i*"),
        ("*i\nmore*", "*i more*"),
        ("a   b\tc", "a b c"),
        ("* * *", "---"),
        ("___", "---"),
        (f'[a]({SITE} "Title")', f"[a]({SITE})"),
        (f"[a](<{SITE}>)", f"[a]({SITE})"),
        ("[a](HTTPS://Example.org)", "[a](https://Example.org)"),
        ("\u00a0- a", "- a"),
        ("\t- a", "- a"),
        ("![](photo:1)\n![](photo:2)", "![](photo:1)\n\n![](photo:2)"),
        ("text ![](photo:1)", "text ![\\](photo:1)"),
    ],
)
def test_other_spellings_come_to_the_canonical_one(markdown: str, canonical: str) -> None:
    assert to_markdown(parse(markdown)) == canonical
    assert to_markdown(parse(canonical)) == canonical


@pytest.mark.parametrize(
    "literal",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<!-- a comment -->",
        "&lt;b&gt; &#60;",
        "# One",
        "#### Four",
        "##No space",
        "`code` and ``more``",
        "| a | b |",
        "[text][1]",
        "[1]: https://example.org",
        "[text](javascript:alert(1))",
        "[text](data:text/html,x)",
        "[text](/sections/schools/)",
        "[](https://example.org)",
        "![alt](https://example.org/a.jpg)",
        "![](https://example.org/a.jpg)",
        "<javascript:alert(1)>",
        "<desk@example.org>",
        "*not closed and * alone",
        "**not closed",
        "a****b",
        "2*3",
        "-",
        "1.",
        "===",
    ],
)
def test_what_is_outside_the_profile_is_text(literal: str) -> None:
    assert parse(literal) == Document((paragraph(literal),))


def test_code_blocks_are_text_without_their_indent() -> None:
    assert parse("    indented") == Document((paragraph("indented"),))
    assert parse("```\ncode\n```") == Document((paragraph("``` code ```"),))


def test_title_lines_under_a_paragraph_are_no_heading() -> None:
    assert parse("Title\n=====") == Document((paragraph("Title ====="),))
    assert parse("Title\n-----") == Document((paragraph("Title"), Rule()))


def test_lists_nest_no_deeper_than_the_profile_says() -> None:
    source = "\n".join(f"{'  ' * depth}- level {depth}" for depth in range(300))
    read = parse(source)
    depth, block = 0, read.blocks[0]
    while isinstance(block, ListBlock):
        depth += 1
        lists = [nested for item in block.items for nested in item.lists]
        block = lists[0] if lists else Rule()
    assert depth == MAX_DEPTH
    assert parse(to_markdown(read)) == read
    assert "level 299" in to_markdown(read)


def test_bytes_that_are_no_text_do_not_stop_the_reading() -> None:
    assert parse("a\ud800b\x00c\x1b[0m\ufffc\ufeff") == Document((paragraph("a\ufffdbc[0m"),))
    assert parse("\ud83d\ude00") == Document((paragraph("😀"),))
    assert parse("e\u0301") == parse("é")


@pytest.mark.parametrize(
    "piece",
    [
        *("*", "[", "](", "[](", "[a](", "> ", ">\n", "\\", "\\\n", "- a\n", "a\n\n", "_a "),
        *("![", "<http://a", "1. a\n", "  - a\n    - b\n", '](a "', "---\n", "**a ", " ", "-- "),
    ],
)
def test_twenty_kilobytes_of_marks_are_read(piece: str) -> None:
    source = piece * (20_000 // len(piece))
    read = parse(source)
    assert parse(to_markdown(read)) == read


def test_many_threads_parse_at_once() -> None:
    sources = [f"## Report {n}\n\n- **a{n}**\n    - b\n\n> c *d{n}*" for n in range(60)]
    alone = [to_markdown(parse(source)) for source in sources]
    with ThreadPoolExecutor(8) as pool:
        assert [to_markdown(doc) for doc in pool.map(parse, sources)] == alone


def test_only_the_parser_loads_python_markdown() -> None:
    code = (
        "import sys, reporterdesk.text.normal, reporterdesk.text.print, reporterdesk.text.html, "
        "reporterdesk.text.count, reporterdesk.text.direction; print('markdown' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
