"""The markup of a photo on a page."""

from __future__ import annotations

from html import escape


def figure_html(
    src: str,
    alt: str,
    caption: str,
    credit: str,
    width: int,
    height: int,
    *,
    link: str = "",
    css_class: str = "",
    eager: bool = False,
) -> str:
    """Return one ``<figure>``; every value is escaped here.

    :param src: the address of the picture that is shown; ``width`` and ``height`` are its pixels,
        so that nothing moves when it arrives.
    :param credit: as it is to be read (``Photo: …``), or ``""``.
    :param link: the address of a larger picture, or ``""``.
    :param eager: for the first picture of a page, which is not to wait for scrolling.
    """
    wait = 'fetchpriority="high"' if eager else 'loading="lazy"'
    image = (
        f'<img src="{escape(src)}" alt="{escape(alt)}" width="{width:d}" height="{height:d}"'
        f" {wait}>"
    )
    if link:
        image = f'<a href="{escape(link)}">{image}</a>'
    words = [
        f'<span class="{name}">{escape(text)}</span>'
        for name, text in (("caption", caption), ("credit", credit))
        if text.strip()
    ]
    under = f"<figcaption>{' '.join(words)}</figcaption>" if words else ""
    opening = f'<figure class="{escape(css_class)}">' if css_class else "<figure>"
    return f"{opening}{image}{under}</figure>"
