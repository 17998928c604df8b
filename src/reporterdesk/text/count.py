"""Counting: words, reading time, paragraphs, and the first words for a teaser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reporterdesk.text.cleaning import is_visible
from reporterdesk.text.tree import (
    Block,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Runs,
)

WORDS_A_MINUTE = 220
"""How fast people read: about 238 words a minute of silent reading, a little less on a screen
(M. Brysbaert, "How many words do we read per minute?", Journal of Memory and Language 109, 2019).
"""

# Scripts written without spaces (CJK, kana) count a word for each character.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_BETWEEN = re.compile(r"[\s–—…/|]+")
_LETTER = re.compile(r"[^\W_]")


def word_count(text: str | Document) -> int:
    """Return the number of words of a document's body, or of a plain text.

    A word stands between white space, dashes or slashes and has a letter or a digit: "l'Aquila",
    "well-being" and "3,500" are one each.
    """
    if isinstance(text, Document):
        return sum(map(words_in, runs_of(text)))
    spaced, unspaced = _UNSPACED.subn(" ", text)
    return unspaced + sum(1 for word in _BETWEEN.split(spaced) if _LETTER.search(word))


def words_in(runs: Runs) -> int:
    """Return the number of words of a block."""
    return word_count(_words(runs))


def reading_minutes(doc: Document, count: Callable[[Runs], int] = words_in) -> int:
    """Return the minutes that reading ``doc`` takes, rounded up; 0 for one without words.

    :param count: gives the number of a block's words as :func:`words_in` does.
    """
    return -(-sum(map(count, runs_of(doc))) // WORDS_A_MINUTE)


def paragraphs(doc: Document) -> int:
    """Return how many paragraphs with something to see ``doc`` has; headings and lists are none."""
    return sum(
        isinstance(block, Paragraph) and is_visible(_words(block.runs)) for block in doc.blocks
    )


def first_words(doc: Document, limit: int) -> str:
    """Return the first words of ``doc``'s paragraphs, at most ``limit`` characters.

    Headings and lists are left out. A text that is cut ends after a whole word, with "…".
    """
    texts = (
        " ".join(_words(runs).split())
        for block in doc.blocks
        if isinstance(block, Paragraph | Quote)
        for runs in ((block.runs,) if isinstance(block, Paragraph) else block.paragraphs)
    )
    taken = ""
    for text in texts:
        taken = f"{taken} {text}" if taken else text
        if len(taken) > limit:
            break
    if len(taken) <= limit:
        return taken
    cut = taken[:limit]
    at = cut.rfind(" ")
    words = cut[:at] if at > 0 else cut[: limit - 1]
    return words.rstrip(" ,;:–—-.") + "…"


def plain_lines(doc: Document) -> Iterator[str]:
    """Yield the words of each block, item and quoted paragraph, without their formats."""
    return map(_words, runs_of(doc))


def runs_of(doc: Document) -> Iterator[Runs]:
    """Yield the words of each block, item and quoted paragraph."""
    for block in doc.blocks:
        yield from _block_runs(block)


def _block_runs(block: Block) -> Iterator[Runs]:
    match block:
        case Paragraph(runs) | Heading(_, runs):
            yield runs
        case Quote(quoted):
            yield from quoted
        case ListBlock(_, items):
            for item in items:
                yield item.runs
                for nested in item.lists:
                    yield from _block_runs(nested)
        case _:
            return


def _words(runs: Runs) -> str:
    return "".join(run.text for run in runs)
