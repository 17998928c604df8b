"""Search-as-you-type: which words of a report are found, and by what.

Words are folded (case, Latin accents, Arabic vowel signs) before they are indexed, and the query is
folded the same way. SQLite's FTS5 finds words by their beginning; scripts that are written without
spaces, and queries of which FTS5 finds nothing, are looked for anywhere in the text.
"""

from __future__ import annotations

import re
import unicodedata

from reporterdesk.domain.report import ReportContent

# Combining marks of Latin, Greek and Cyrillic; Arabic harakat, superscript alef and tatweel.
_MARKS = re.compile("[\u0300-\u036f\u064b-\u0652\u0670\u0640]")
# Thai to Myanmar, Khmer, kana and the ideographs: no spaces between words.
_NO_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
# SQLite takes no lone surrogates, and a NUL ends its strings.
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_LONGEST_QUERY = 500


def fold(text: str) -> str:
    """Return ``text`` as it is compared: without case, accents and what has no meaning here."""
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", _NO_TEXT.sub(" ", text)))
    return unicodedata.normalize("NFKC", bare.casefold())


def words_of(content: ReportContent) -> str:
    """Return all that can be searched of a report, folded, a line each."""
    event = content.event
    parts = [
        content.headline,
        content.standfirst,
        content.byline,
        content.body,
        event.name,
        event.venue,
        event.city,
        event.organiser,
        event.starts_at,
    ]
    for photo in content.photos:
        parts += (photo.caption, photo.credit, photo.alt_text)
    return fold("\n".join(part for part in parts if part))


def match_expression(query: str) -> str | None:
    """Return an FTS5 expression that finds every word of ``query`` by its beginning.

    Each word is an FTS5 string, in which only the quotation mark is special
    (https://www.sqlite.org/fts5.html, "FTS5 Strings"). ``None`` where FTS5 cannot help: no letters
    or digits in it, or a script without spaces.
    """
    folded = fold(query[:_LONGEST_QUERY])
    if _NO_SPACES.search(folded):
        return None
    words = [word for word in folded.split() if any(map(str.isalnum, word))]
    if not words:
        return None
    return " AND ".join('"' + word.replace('"', '""') + '"*' for word in words)


def like_pattern(query: str) -> str:
    r"""Return a pattern for ``LIKE … ESCAPE '\'`` that finds ``query`` anywhere."""
    folded = fold(query[:_LONGEST_QUERY]).strip()
    escaped = re.sub(r"([\\%_])", r"\\\1", folded)
    return f"%{escaped}%"
