"""The words of a report in which is looked and replaced: headline, standfirst, text, captions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum

from reporterdesk.domain.report import ReportContent
from reporterdesk.text.parse import parse
from reporterdesk.text.pattern import Found, Patience, Pattern
from reporterdesk.text.print import to_markdown
from reporterdesk.text.replacing import NewWords, lines_of_words, replaced, replaced_in_words
from reporterdesk.text.template import Template


class Part(StrEnum):
    """A part of a report."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BODY = "body"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for, and what shall stand in its place."""

    pattern: Pattern
    template: Template


@dataclass(frozen=True, slots=True)
class WordsHit:
    """Something found in the words of line ``line`` of the text, or of photo ``line``."""

    part: Part
    line: int
    words: str
    found: Found


def fingerprint(content: ReportContent) -> str:
    """Return what differs wherever the words of two contents do."""
    captions = (photo.caption for photo in content.photos)
    words = repr((content.headline, content.standfirst, content.body, *captions))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def hits_of(content: ReportContent, pattern: Pattern) -> Iterator[WordsHit]:
    """Yield what is found in a report, always in the same order. Any thread.

    :raises ExpressionTooSlow: the expression would take too long.
    """
    patience = Patience()
    for part, line, words in _lines(content):
        for found in pattern.found_in(words, patience):
            yield WordsHit(part, line, words, found)


def _lines(content: ReportContent) -> Iterator[tuple[Part, int, str]]:
    yield Part.HEADLINE, 0, content.headline
    yield Part.STANDFIRST, 0, content.standfirst
    if content.body:
        for number, words in enumerate(lines_of_words(parse(content.body))):
            yield Part.BODY, number, words
    for number, photo in enumerate(content.photos):
        yield Part.CAPTION, number, photo.caption


def with_new_words(content: ReportContent, wish: Wish, chosen: AbstractSet[int]) -> ReportContent:
    """Return ``content`` with those hits replaced whose numbers, counted from 0, are ``chosen``.

    :raises ExpressionTooSlow: the expression would take too long.
    """
    new: dict[tuple[Part, int], list[NewWords]] = {}
    for number, hit in enumerate(hits_of(content, wish.pattern)):
        if number in chosen:
            words = wish.template.words(hit.words, hit.found)
            new.setdefault((hit.part, hit.line), []).append(
                NewWords(hit.line, hit.found.start, hit.found.end, words)
            )
    body = [each for (part, _), found in new.items() if part is Part.BODY for each in found]
    return replace(
        content,
        headline=_line(content.headline, new.get((Part.HEADLINE, 0))),
        standfirst=_line(content.standfirst, new.get((Part.STANDFIRST, 0))),
        body=to_markdown(replaced(parse(content.body), body)) if body else content.body,
        photos=tuple(
            replace(photo, caption=_line(photo.caption, new.get((Part.CAPTION, number))))
            for number, photo in enumerate(content.photos)
        ),
    )


def _line(words: str, new: list[NewWords] | None) -> str:
    """Return the words of a field that holds one line."""
    if not new:
        return words
    one_line = [replace(each, words=each.words.replace("\n", " ")) for each in new]
    return replaced_in_words(words, one_line)
