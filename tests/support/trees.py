"""Random documents and random Markdown for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from reporterdesk.text.normal import normalise
from reporterdesk.text.tree import (
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
)

MARKS = (
    *("*", "**", "***", "_", "__", "[", "]", "](", "![", "(", ")", "<", ">", "\\", "!", "`", "```"),
    *("#", "## ", "### ", "> ", "- ", "+ ", "1. ", "2) ", "10.", "--", "---", "***", "___", "=="),
    *("![](photo:a1)", "[x](https://e.org)", "](https://e.org)", "<https://e.org>", "&amp;", "<b>"),
    *("\n", "\n\n", "  \n", "\\\n", "    ", "\t", " ", " ", "  ", "\u00a0", "\u2028", "\u200b"),
    *("a", "b", "é", "e\u0301", "\u0338", "=", "7", "-", "word", "snake_case", "نیا", "\ud800"),
    *("[1]: https://e.org", "<script>alert(1)</script>", "javascript:", "\x02", "\x03", "\r\n"),
)
"""What is likely to be mistaken for a mark, or to break one."""

LINKS = st.sampled_from(
    (
        "https://example.org/",
        "https://example.org/a_(b)?c=*d*&e=[f]",
        "http://example.org/\u0627\u0631",
        "mailto:desk@example.org",
        "javascript:alert(1)",
        "/relative",
        "HTTPS://Example.org/a b<c>\\",
    )
)

texts = st.lists(
    st.one_of(st.sampled_from(MARKS), st.text(max_size=4)), min_size=1, max_size=6
).map("".join)
"""Text full of what could be taken for a mark."""

soups = st.lists(st.one_of(st.sampled_from(MARKS), st.text(max_size=3)), max_size=30).map("".join)
"""Strings that look like Markdown."""

runs = st.lists(
    st.builds(
        Run,
        text=texts,
        bold=st.booleans(),
        italic=st.booleans(),
        link=st.one_of(st.none(), st.none(), LINKS),
    ),
    max_size=5,
).map(tuple)


def _lists(items: st.SearchStrategy[ListItem]) -> st.SearchStrategy[tuple[ListBlock, ...]]:
    block = st.builds(ListBlock, st.booleans(), st.lists(items, max_size=3).map(tuple))
    return st.lists(block, max_size=2).map(tuple)


_items = st.recursive(
    st.builds(ListItem, runs), lambda inner: st.builds(ListItem, runs, _lists(inner)), max_leaves=8
)

blocks = st.one_of(
    st.builds(Paragraph, runs),
    st.builds(Heading, st.integers(2, 3), runs),
    st.builds(ListBlock, st.booleans(), st.lists(_items, max_size=4).map(tuple)),
    st.builds(Quote, st.lists(runs, max_size=3).map(tuple)),
    st.just(Rule()),
    st.builds(Figure, st.from_regex(r"[0-9a-f]{4}(-[0-9a-f]{4})?", fullmatch=True)),
    st.builds(Embed, LINKS),
)


def raw_documents() -> st.SearchStrategy[Document]:
    """Return documents that are not in normal form, as an editor or a paste could make them."""
    return st.lists(blocks, max_size=5).map(lambda made: Document(tuple(made)))


_words = st.sampled_from(("a", "b", "come early", "bring water and chairs", "meet")).map(
    lambda text: (Run(text),)
)
_joining = st.one_of(
    st.builds(ListBlock, st.booleans(), st.lists(st.builds(ListItem, _words)).map(tuple)),
    st.builds(Quote, st.lists(_words, min_size=1, max_size=3).map(tuple)),
    st.builds(Paragraph, _words),
    st.just(Rule()),
)


def joining_documents() -> st.SearchStrategy[Document]:
    """Return normal documents of lists and quotes, much alike, that join where they meet."""
    made = st.lists(_joining, max_size=7)
    return made.map(lambda blocks: normalise(Document(tuple(blocks))))


def documents() -> st.SearchStrategy[Document]:
    """Return documents in normal form."""
    return raw_documents().map(normalise)
