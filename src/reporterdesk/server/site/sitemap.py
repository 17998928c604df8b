"""``/sitemap.xml`` (sitemaps.org, protocol 0.9) and ``/robots.txt``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from xml.etree import ElementTree as ET

from reporterdesk.pages.presenting import report_path, section_path
from reporterdesk.pages.published import PublishedReport
from reporterdesk.server.site.source import PublishedSource, cursor_of

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST = 50_000
"""Addresses in one sitemap, by the protocol; of a larger site the newest are listed."""
_STEP = 500


def sitemap(source: PublishedSource, base: str) -> bytes:
    """Return the addresses of every public page under ``base``."""
    root = ET.Element(f"{{{_SITEMAP}}}urlset")
    _url(root, f"{base}/")
    sections = source.sections()
    for section in sections:
        _url(root, base + section_path(section.slug))
    for report in islice(_all(source), _MOST - 1 - len(sections)):
        _url(root, base + report_path(report), report.updated_at.isoformat(timespec="seconds"))
    ET.register_namespace("", _SITEMAP)
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def robots(base: str) -> bytes:
    """Return ``/robots.txt``: the site is open, the publishing API is not for crawlers."""
    return f"User-agent: *\nDisallow: /v1/\n\nSitemap: {base}/sitemap.xml\n".encode()


def _all(source: PublishedSource) -> Iterator[PublishedReport]:
    before: str | None = None
    while True:
        page = source.newest(None, before=before, limit=_STEP)
        yield from page
        if len(page) < _STEP:
            return
        before = cursor_of(page[-1])


def _url(root: ET.Element, address: str, changed: str = "") -> None:
    url = ET.SubElement(root, f"{{{_SITEMAP}}}url")
    ET.SubElement(url, f"{{{_SITEMAP}}}loc").text = address
    if changed:
        ET.SubElement(url, f"{{{_SITEMAP}}}lastmod").text = changed
