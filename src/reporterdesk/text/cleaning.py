"""What any text and any link goes through before it becomes part of a report."""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_PAIR = re.compile("([\ud800-\udbff])([\udc00-\udfff])")
_LONE = re.compile("[\ud800-\udfff]")
# Controls but tab and line feed, the byte order mark, the object replacement character (which
# editors put where a picture is) and the noncharacters (which XML and feeds may not hold).
_DROPPED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffc\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 65536))
    + "]"
)
_SCHEME = re.compile(r"(https?)://|(mailto):", re.IGNORECASE)
# What a URL may not hold bare (RFC 3986, appendix A), save what is not ASCII: that stays readable.
_ENCODED_IN_URL = re.compile('[\\s"<>\\\\^`{|}]')


def clean_text(s: str) -> str:
    """Return ``s`` as text that can be stored, sent and shown, in Unicode normal form C.

    Lone surrogates become U+FFFD, control characters but tab and line feed are dropped, every kind
    of line end becomes a line feed. Cleaning twice is the same as cleaning once.
    """
    # Most texts, and quickly: nothing printable is dropped but the object replacement character.
    words = s.replace("\n", "").replace("\t", "").replace("\u00a0", "")
    if words.isprintable() and "\ufffc" not in words:
        return s if s.isascii() else unicodedata.normalize("NFC", s)
    s = _LINE_ENDS.sub("\n", s)
    s = _PAIR.sub(_joined, s)
    s = _LONE.sub("\ufffd", s)
    return unicodedata.normalize("NFC", _DROPPED.sub("", s))


def _joined(pair: re.Match[str]) -> str:
    high, low = ord(pair[1]), ord(pair[2])
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def safe_link(url: str | None) -> str | None:
    """Return ``url`` in its normal form, or ``None`` where a report may not link to it.

    Only absolute http, https and mailto links are safe; characters that no URL holds bare are
    percent-encoded.
    """
    if not url:
        return None
    url = clean_text(url).strip()
    url = _ENCODED_IN_URL.sub(_percent, url)
    found = _SCHEME.match(url)
    if found is None:
        return None
    rest = url[found.end() :]
    if not rest or (found[1] and rest[0] in "/?#:"):
        return None
    return found[0].lower() + rest


def _percent(character: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in character[0].encode("utf-8"))


def is_visible(text: str) -> bool:
    """Return whether ``text`` has a character that people can see: no space, no format mark."""
    return any(not c.isspace() and unicodedata.category(c) != "Cf" for c in text)
