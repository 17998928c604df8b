"""HTML into the tree: each rule by itself, and anything at all without harm."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporterdesk.text.incoming.gathering import MOST_TEXT
from reporterdesk.text.incoming.html import from_html
from reporterdesk.text.incoming.markup import MOST_TAGS
from reporterdesk.text.incoming.pictures import MOST_PICTURES
from reporterdesk.text.normal import normalise
from reporterdesk.text.print import to_markdown
from support.examples import examples
from support.trees import soups

HTML = {
    "<p>one</p><p>two <b>bold</b> <i>it</i></p>": "one\n\ntwo **bold** *it*",
    "<b><p>one</p></b><i><p>two</p></i>": "**one**\n\n*two*",
    "<h1>Big</h1><h4>Small</h4><div>text</div>": "## Big\n\n### Small\n\ntext",
    "<h2><b>All</b></h2><h2>Not <b>all</b></h2>": "## All\n\n## Not **all**",
    "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>": "- a\n    - b\n- c",
    "<ol><li><p>a</p></li><li><p>b</p><p>c</p></li></ol>": "1. a\n2. b\\\n    c",
    "<li>alone": "- alone",
    "<blockquote><p>a</p><p>b</p></blockquote>": "> a\n>\n> b",
    "<q>said</q>": "“said”",
    'x <a href="https://e.org/">l</a>': "x [l](https://e.org/)",
    '<a href="https://t.example/?u=https%3A%2F%2Fe.org&t=1">l</a>': (
        "[l](https://t.example/?u=https%3A%2F%2Fe.org&t=1)"
    ),
    '<a href="javascript:alert(1)">l</a> <a href="/x">m</a> <a href=" JaVaScRiPt:x">n</a>': "l m n",
    "a<br>b<hr>c": "a\\\nb\n\n---\n\nc",
    "a<br><br>b<br> <br><br>c": "a\n\nb\n\nc",
    "a<b><br><br></b>b": "a\n\nb",
    "<p>a<br></p><p><br></p>b": "a\n\nb",
    "<style>p{}</style><script>alert(1)</script><title>t</title><p>x</p>": "x",
    '<img src="https://tracker.example/x.gif"><p>x</p>': "x",
    '<img src="https://e.org/x.jpg" alt="DSC_0012.jpg"> <img src="x" alt="Two boats">': "Two boats",
    '<b style="font-weight:normal"><p>docs</p></b>': "docs",
    '<span style="font-weight: 700">b</span><span style="FONT-STYLE:oblique">i</span>': "**b***i*",
    "<p>unclosed <b>bold": "unclosed **bold**",
    "</p></ul></b>stray": "stray",
    "<table><tr><td>a</td><td>b</td></tr></table>": "a | b",
    "<table><tr><td>a</td><td><p>b</p><p>c</p></td></tr></table>": "a\n\nb\n\nc",
    "<table><tr><td><ul><li>a</ul><td>b</table>": "- a\n\nb",
    '<table role="presentation"><tr><td>a</td><td>b</td></tr></table>': "a\n\nb",
    "<p>  lots \n of   space </p>": "lots of space",
    "a&nbsp; b, c&nbsp;!": "a b, c\u00a0!",
    "&lt;b&gt;not html&lt;/b&gt; 1 < 2": "<b>not html</b> 1 < 2",
    "<p>· a</p><p>· b</p>x": "- a\n- b\n\nx",
    "<p>- a</p><p>1. b</p>": "\\- a\n\n1\\. b",
    "x<sup>2</sup> 1<sup>st</sup>": "x² 1st",
    "a\u200bb\u00adc\u200dd\u200f!": "abc\u200dd\u200f!",
    "<o:p>x</o:p><st1:place>y</st1:place><my-own>z</my-own>": "xyz",
    "<![CDATA[x]]><?php y ?><!doctype z>w": "w",
}


@pytest.mark.parametrize(("html", "expected"), HTML.items())
def test_html_becomes_the_tree(html: str, expected: str) -> None:
    found = from_html(html).document
    assert normalise(found) == found
    assert to_markdown(found) == expected


_PIECES = (
    *("<p>", "</p>", "<b>", "</b>", "<i style='font-weight:700'>", "<ul>", "<ol>", "<li>", "</li>"),
    *(
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<h1>",
        "<h6>",
        "<blockquote>",
        "<pre>",
        "<br>",
        "<hr>",
    ),
    *("<script>", "</script>", "<!--", "-->", "<![endif]>", "<img src='file:///a.jpg' alt='x'>"),
    *("<p class=MsoNormal style='mso-list:l0 level3 lfo1'>", "<span style='mso-list:Ignore'>", "·"),
    *(
        "<figure>",
        "<figcaption>",
        "</figure>",
        "<a href='https://e.org'>",
        "&amp;",
        "&#0;",
        "&#xD800;",
    ),
    *("<li aria-level=99>", "<ul data-indent=7>", "data:image/png;base64,AAAA", "<", ">", "'", '"'),
    *("words", " ", "\n", "\u00a0", "\u2028", "\ud800", "\x00", "\ufffc", "سلام", "😀"),
)
htmls = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=4)), max_size=40).map("".join)


@given(st.one_of(htmls, soups, st.text(), st.binary().map(lambda data: data.decode("latin-1"))))
def test_any_string_is_some_html(html: str) -> None:
    incoming = from_html(html, as_report=True)
    assert normalise(incoming.document) == incoming.document
    assert not incoming.cut
    assert to_markdown(incoming.document).count("photo:incoming-") <= len(incoming.pictures)


_FIVE_MEGABYTES = 5_000_000
_HOSTILE = {
    "nested": "<div>" * 100_000 + "deep",
    "ends of nothing": "<div>" * 500_000 + "</span>" * 300_000,
    "nested lists": "<ul><li>x" * 15_000,
    "brackets": "<" * 5_000_000,
    "an attribute without end": "<p title='" + "x" * 5_000_000,
    "a comment without end": "<!--" + "- " * 2_500_000,
    "no-break spaces": "\u00a0" * 5_000_000,
    "line breaks": "<pre>" + "\n " * 2_500_000 + "x",
    "entities": "&amp" * 1_250_000,
    "pictures": "<img src='data:image/png;base64," * 150_000,
    "one picture": "<img src='data:image/png;base64," + "A" * 5_000_000,
}


@pytest.mark.parametrize("html", _HOSTILE.values(), ids=_HOSTILE)
@pytest.mark.timeout(20)  # seconds on a busy machine; it is one or two on a free one
def test_five_megabytes_of_anything_end_soon(html: str) -> None:
    found = from_html(html[:_FIVE_MEGABYTES])
    assert normalise(found.document) == found.document


@examples(2, in_long=500)
@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=30).map("".join))
@pytest.mark.timeout(60)
def test_five_megabytes_of_any_html_end_soon(pattern: str) -> None:
    """No way through the reader takes more than its time."""
    html = pattern * (_FIVE_MEGABYTES // len(pattern))
    found = from_html(html, as_report=True)
    assert normalise(found.document) == found.document


def test_what_is_too_long_is_cut_and_said_to_be() -> None:
    assert from_html("<wbr>" * (MOST_TAGS + 1)).cut
    assert from_html("x" * (MOST_TEXT + 1)).cut
    assert not from_html("<p>x</p>" * 1000).cut


def test_deep_nesting_loses_no_word() -> None:
    html = "".join(f"<div>w{number} " for number in range(5000))
    words = to_markdown(from_html(html).document).split()
    assert words == [f"w{number}" for number in range(5000)]


_BYTES = bytes(range(256)) * 4


def _data(data: bytes, kind: str = "jpeg") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def test_pictures_in_the_html_are_handed_over_as_bytes() -> None:
    html = f"<p>a</p><img alt='A boat' src='{_data(_BYTES)}'><img src='{_data(b'spacer', 'gif')}'>"
    (picture,) = from_html(html).pictures
    assert (picture.source, picture.alt_text) == (_BYTES, "A boat")


@pytest.mark.parametrize(
    "src",
    [
        "https://e.org/a.jpg",
        "//e.org/a.jpg",
        "file://server/share/a.jpg",
        "file:////server/share/a.jpg",
        r"file:///\\server\share\a.jpg",
        "file:///%5C%5Cserver/share/a.jpg",
        "file:///etc/passwd",
        "file:///a.jpg%00.txt",
        "file:a.jpg",
        "a.jpg",
        "cid:1@example",
        "blob:https://e.org/1",
        "http://[::1/a.jpg",
        "data:image/svg+xml;base64,PHN2Zz4=",
        "data:image/png;base64,!!!",
        "picture-in-the-text:0",
    ],
)
def test_no_other_picture_is_taken_and_its_words_stay(src: str) -> None:
    incoming = from_html(f"<img src='{src}' alt='Its words'>")
    assert not incoming.pictures
    assert to_markdown(incoming.document) == "Its words"


def test_files_of_this_machine_are_named_not_opened() -> None:
    html = "<img src='file:///C:/Temp/a%20b.png'><img src='file://localhost/pictures/b.JPG'>"
    assert [each.source for each in from_html(html).pictures] == [
        Path("C:/Temp/a b.png"),
        Path("/pictures/b.JPG"),
    ]


def test_pictures_beside_a_file_are_taken_and_none_above_it(tmp_path: Path) -> None:
    html = "<img src='files/a.jpg'><img src='../b.jpg' alt='b'><img src='/etc/c.jpg' alt='c'>"
    incoming = from_html(html, folder=tmp_path)
    assert [each.source for each in incoming.pictures] == [tmp_path / "files" / "a.jpg"]


def test_too_many_pictures_are_left_out_and_counted() -> None:
    incoming = from_html(f"<img src='{_data(_BYTES)}'>" * (MOST_PICTURES + 3))
    assert (len(incoming.pictures), incoming.left_out) == (MOST_PICTURES, 3)


@pytest.mark.parametrize(
    ("html", "headline", "body"),
    [
        ("<title>Page | Site</title><h2>x</h2>y", "Page | Site", "## x\n\ny"),
        ("<title>Page</title><p>before</p><h1>The <b>story</b></h1>y", "The story", "before\n\ny"),
        ("<p class=MsoTitle>Title</p><h1>Chapter</h1>y", "Title", "## Chapter\n\ny"),
        ("<h1>x</h1><h1>y</h1>", "x", "## y"),
        ("<p>only</p>", "", "only"),
        ("<title>a</title><svg><title>b</title></svg>c", "a", "c"),
    ],
)
def test_the_headline_of_a_report(html: str, headline: str, body: str) -> None:
    incoming = from_html(html, as_report=True)
    assert (incoming.headline, to_markdown(incoming.document)) == (headline, body)


def test_the_language_is_told() -> None:
    assert from_html('<!DOCTYPE html><html dir=rtl lang="ur-PK"><p>x').language == "ur-PK"
