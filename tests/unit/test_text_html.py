"""The HTML of the page, element by element."""

from __future__ import annotations

import pytest

from reporterdesk.text.html import to_html
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
