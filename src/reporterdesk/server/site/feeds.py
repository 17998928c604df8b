"""Atom (RFC 4287) and JSON Feed 1.1, of the whole site and of each section."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from reporterdesk.pages.presenting import Presenter, lead_photo, report_path, summary
from reporterdesk.pages.published import PublishedReport

ATOM_TYPE = "application/atom+xml; charset=utf-8"
JSON_TYPE = "application/feed+json; charset=utf-8"
_ATOM = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"
# What XML 1.0 cannot hold even escaped (section 2.2), lone surrogates among it.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIGURE_ADDRESS = re.compile(r'(<(?:img src|a href)=")(?=/photos/)')


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: its title, the page it follows, and its reports, newest first."""

    title: str
    base: str
    page: str
    reports: Sequence[PublishedReport]

    @property
    def updated(self) -> datetime:
        """When anything in it changed last; the epoch for an empty feed."""
        return max((report.updated_at for report in self.reports), default=_EPOCH)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def atom(feed: Feed, presenter: Presenter) -> bytes:
    """Return ``feed`` as an Atom document."""
    root = ET.Element(_name("feed"), {_lang(): presenter.settings.language})
    _text(root, "title", feed.title)
    _text(root, "id", feed.base + feed.page)
    _text(root, "updated", feed.updated.isoformat())
    _link(root, "self", f"{feed.base}{feed.page}feed.atom", ATOM_TYPE.partition(";")[0])
    _link(root, "alternate", feed.base + feed.page, "text/html")
    for report in feed.reports:
        _entry(root, report, feed.base, presenter)
    ET.register_namespace("", _ATOM)
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def json_feed(feed: Feed, presenter: Presenter) -> bytes:
    """Return ``feed`` as a JSON Feed 1.1 document (jsonfeed.org/version/1.1)."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.base + feed.page,
        "feed_url": f"{feed.base}{feed.page}feed.json",
        "language": presenter.settings.language,
        "items": [_item(report, feed.base, presenter) for report in feed.reports],
    }
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")


def _entry(root: ET.Element, report: PublishedReport, base: str, presenter: Presenter) -> None:
    content = report.content
    entry = ET.SubElement(root, _name("entry"), {_lang(): content.language})
    _text(entry, "title", content.headline)
    _text(entry, "id", f"urn:uuid:{report.id}")
    _text(entry, "published", report.published_at.isoformat())
    _text(entry, "updated", report.updated_at.isoformat())
    _link(entry, "alternate", base + report_path(report), "text/html")
    author = ET.SubElement(entry, _name("author"))
    _text(author, "name", content.byline.strip() or presenter.settings.title)
    ET.SubElement(entry, _name("category"), {"term": _clean(report.section)})
    _text(entry, "summary", summary(content))
    body = ET.SubElement(entry, _name("content"), {"type": "html"})
    body.text = _clean(_html(report, base, presenter))


def _item(report: PublishedReport, base: str, presenter: Presenter) -> dict[str, Any]:
    content = report.content
    address = base + report_path(report)
    item: dict[str, Any] = {
        "id": f"urn:uuid:{report.id}",
        "url": address,
        "title": content.headline,
        "summary": summary(content),
        "content_html": _html(report, base, presenter),
        "date_published": report.published_at.isoformat(),
        "date_modified": report.updated_at.isoformat(),
        "language": content.language,
        "tags": [report.section],
    }
    if content.byline.strip():
        item["authors"] = [{"name": content.byline.strip()}]
    photo = lead_photo(content)
    if photo:
        words = presenter.words(content)
        item["image"] = base + presenter.picture(report, photo, words).src
    return item


def _html(report: PublishedReport, base: str, presenter: Presenter) -> str:
    """Return the text as a feed carries it: a reader elsewhere needs whole addresses."""
    view = presenter.report(report, ())
    note = view.correction
    parts = [
        str(view.lead or ""),
        str(view.body),
        *(str(figure) for figure in view.gallery),
    ]
    if note:
        parts.insert(0, _paragraph(f"{note.title}: {note.note}"))
    return _FIGURE_ADDRESS.sub(rf"\g<1>{_origin(base)}", "".join(parts))


def _paragraph(text: str) -> str:
    return f"<p><strong>{escape(text)}</strong></p>"


def _origin(base: str) -> str:
    """Return ``base`` as text that is safe inside an attribute and in a replacement."""
    parts = urlsplit(base)
    host = re.sub(r"[^\w.:\[\]-]", "", parts.netloc)
    path = re.sub(r"[^\w./~-]", "", parts.path)
    return f"{parts.scheme}://{host}{path}"


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, _name(name)).text = _clean(text)


def _link(parent: ET.Element, relation: str, address: str, media_type: str) -> None:
    attributes = {"rel": relation, "href": _clean(address), "type": media_type}
    ET.SubElement(parent, _name("link"), attributes)


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _name(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _lang() -> str:
    return f"{{{_XML}}}lang"
