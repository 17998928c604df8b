"""The HTML of the page, element by element."""

from __future__ import annotations

import pytest

from reporterdesk.text.direction import Direction
from reporterdesk.text.html import html_blocks, join_blocks, to_html
from reporterdesk.text.parse import parse


def figure(photo_id: str) -> str:
    return f"<figure data-id='{photo_id}'></figure>" if photo_id != "gone" else ""


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("", ""),
        ("a *b* **c *d***", "<p>a <em>b</em> <strong>c <em>d</em></strong></p>"),
        ("**b*bi**i*", "<p><strong>b<em>bi</em></strong><em>i</em></p>"),
        ("a\\\nb", "<p>a<br>b</p>"),
        ("## A\n\n### B", "<h2>A</h2>\n<h3>B</h3>"),
        ("- a\n    1. b\n- c", "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>"),
        ("> a\n>\n> b", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("---", "<hr>"),
        ("a\n\n![](photo:x1)\n\nb", "<p>a</p>\n<figure data-id='x1'></figure>\n<p>b</p>"),
        ("a\n\n![](photo:gone)\n\nb", "<p>a</p>\n<p>b</p>"),
        ('<b>&amp; "q"', '<p>&lt;b&gt;&amp;amp; "q"</p>'),
        (
            "[a **b**](https://example.org/?a=1&b='2')",
            (
                '<p><a href="https://example.org/?a=1&amp;b=&#x27;2&#x27;">'
                "a <strong>b</strong></a></p>"
            ),
        ),
        (
            "<https://video.example.org/?a&b>",
            (
                '<p class="embed"><a href="https://video.example.org/?a&amp;b">'
                "https://video.example.org/?a&amp;b</a></p>"
            ),
        ),
    ],
)
def test_html(markdown: str, html: str) -> None:
    assert to_html(parse(markdown), figure) == html


@pytest.mark.parametrize(
    ("direction", "markdown", "html"),
    [
        ("ltr", "a ש", "<p>a ש</p>"),
        ("ltr", "ש a", '<p dir="rtl">ש a</p>'),
        ("rtl", "ש a", "<p>ש a</p>"),
        ("rtl", "12 – *a* ش", '<p dir="ltr">12 – <em>a</em> ش</p>'),
        ("rtl", "12 – 13!", "<p>12 – 13!</p>"),
        ("rtl", "😀 سلام", "<p>😀 سلام</p>"),
        ("rtl", "## a\n\n### ש", '<h2 dir="ltr">a</h2>\n<h3>ש</h3>'),
        (
            "rtl",
            "- a\n    - b\n    - ש\n        - c\n- ש",
            (
                '<ul><li dir="ltr">a<ul><li>b</li><li dir="rtl">ש<ul><li dir="ltr">c</li></ul>'
                "</li></ul></li><li>ש</li></ul>"
            ),
        ),
        (
            "rtl",
            "> a\n>\n> ש\n>\n> 1",
            '<blockquote dir="ltr"><p>a</p><p dir="rtl">ש</p><p dir="rtl">1</p></blockquote>',
        ),
        ("rtl", "---", "<hr>"),
        (
            "rtl",
            "<https://e.org/>",
            '<p class="embed"><a href="https://e.org/"><bdi>https://e.org/</bdi></a></p>',
        ),
    ],
)
def test_a_block_that_runs_the_other_way_says_so(
    direction: Direction, markdown: str, html: str
) -> None:
    blocks = html_blocks(parse(markdown), figure, direction=direction)
    assert join_blocks(blocks) == html
