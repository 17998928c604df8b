"""Reports of any length, with everything in them that makes typing slow."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from support.dictionaries import ENGLISH_RULES, write_dictionary

_SYLLABLES = ("ba", "co", "den", "fi", "gar", "ho", "lin", "mo", "nu", "per", "ri", "sto", "ta")
WORDS = (*(a + b for a in _SYLLABLES for b in _SYLLABLES), "the", "of", "and", "in", "a")
_PARAGRAPH = 60
_ITEM = 14
_LONGEST = 600
"""Words of the longest paragraph, where there are so many."""


@dataclass(frozen=True)
class LongReport:
    """A body in Markdown, and where in it to type."""

    markdown: str
    words: int


def long_report(words: int, seed: int = 4) -> LongReport:
    """Return a report of about so many words.

    A tenth of it is one numbered list, up to 600 words are one paragraph; headings, links, bold
    words and quotes stand among the rest. Every thirtieth word is misspelled.
    """
    chance = random.Random(seed)
    listed, longest = words // 10, min(_LONGEST, words // 5)
    left = words - listed - longest
    blocks = []
    while left > 0:
        kind = chance.random()
        if kind < 0.04:
            blocks.append("## " + _words(chance, 5))
            left -= 5
            continue
        count = min(left, chance.randint(_PARAGRAPH // 2, _PARAGRAPH * 3 // 2))
        text = _words(chance, count)
        blocks.append("> " + text if kind < 0.08 else text)
        left -= count
    items = [f"{n}. {_words(chance, _ITEM)}" for n in range(1, max(2, listed // _ITEM) + 1)]
    blocks.insert(len(blocks) // 3, "\n".join(items))
    blocks.insert(2 * len(blocks) // 3, _words(chance, longest))
    return LongReport("\n\n".join(blocks) + "\n", words)


def _words(chance: random.Random, count: int) -> str:
    made = (_marked(word, chance.random()) for word in chance.choices(WORDS, k=count))
    return " ".join(made).capitalize()


def _marked(word: str, drawn: float) -> str:
    if drawn < 0.03:
        return f"{word}zz"
    if drawn < 0.05:
        return f"**{word}**"
    if drawn < 0.06:
        return f"[{word}](https://example.org/{word})"
    return f"{word}." if drawn > 0.93 else word


def write_words(folder: Path) -> None:
    """Write a dictionary that knows the words of all long reports."""
    write_dictionary(folder, "en_GB", ENGLISH_RULES, "\n".join(sorted(WORDS)))
