"""One Hunspell dictionary: looked up with a memory, and never trusted."""

from __future__ import annotations

import codecs
import os
from itertools import islice
from pathlib import Path
from typing import Any

from reporterdesk.spelling.dictionaries import Dictionary

MOST_SUGGESTIONS = 7

_LARGEST_RULES = 16 << 20
_LARGEST_WORDS = 96 << 20
_REMEMBERED = 60_000
_SAMPLE = 200
_KNOWN_OF_SAMPLE = 0.2
"""Affix-only and compound-only entries are not words; of a sound dictionary, far more are."""
_FIRST_BYTES = 1 << 16
_CODECS = {"tis620-2533": "tis-620"}


class BadDictionary(Exception):
    """A dictionary cannot be used; the next one may be."""


class Lexicon:
    """A dictionary that is loaded. Not safe to use from two threads, as Hunspell is not.

    :raises BadDictionary: its files cannot be read, are too large, or do not know their own words.
    """

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        _measure(dictionary.rules, _LARGEST_RULES)
        _measure(dictionary.words, _LARGEST_WORDS)
        self._hunspell = _open(dictionary)
        self._known: dict[str, bool] = {}
        self._suggested: dict[str, tuple[str, ...]] = {}
        self._try_out()

    def knows(self, word: str) -> bool:
        """Tell whether ``word`` (plain) is spelled right."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[word] = self._look_up(word)
        return known

    def suggest(self, word: str) -> tuple[str, ...]:
        """Return at most :data:`MOST_SUGGESTIONS` words that ``word`` may have been meant to be."""
        found = self._suggested.get(word)
        if found is None:
            try:
                made = self._hunspell.suggest(word)
            except UnicodeEncodeError:  # letters that this dictionary has no codes for
                made = ()
            found = tuple(islice(dict.fromkeys(text for text in made if text), MOST_SUGGESTIONS))
            self._suggested[word] = found
        return found

    def _look_up(self, word: str) -> bool:
        try:
            return bool(self._hunspell.spell(word)) or (
                "\u200c" in word and bool(self._hunspell.spell(word.replace("\u200c", "")))
            )
        except UnicodeEncodeError:
            return False

    def _try_out(self) -> None:
        """Refuse a dictionary that does not know its own words: it would call every word wrong."""
        sample = _own_words(self.dictionary.words, self._hunspell._dic_encoding)  # noqa: SLF001
        known = sum(self._look_up(word) for word in sample)
        if not sample or known < _KNOWN_OF_SAMPLE * len(sample):
            raise BadDictionary(f"{self.dictionary.words} does not know its own words")


def _open(dictionary: Dictionary) -> Any:
    from hunspell import Hunspell

    try:
        # UTF-8 whatever the locale says: the package passes it on to Windows as a wide path.
        opened = Hunspell(dictionary.name, str(dictionary.folder), "utf-8")
    except (OSError, MemoryError, ValueError) as error:
        raise BadDictionary(f"{dictionary.words}: {error}") from error
    # The package falls back to ASCII for names that Python does not know, and there is no other
    # way to tell it better.
    opened._dic_encoding = _codec(dictionary.rules, opened._dic_encoding)  # noqa: SLF001
    return opened


def _codec(rules: Path, otherwise: str) -> str:
    """Return Python's name for the encoding that the rules are written in (their line SET)."""
    with rules.open("rb") as file:
        for line in islice(file, 400):
            words = line.lstrip(codecs.BOM_UTF8).split()
            if len(words) > 1 and words[0] == b"SET":
                name = words[1].decode("ascii", "replace").lower().removeprefix("microsoft-")
                try:
                    return codecs.lookup(_CODECS.get(name, name)).name
                except LookupError:
                    return otherwise
    return otherwise


def _own_words(file: Path, codec: str) -> list[str]:
    """Return words from the start, the middle and the end of a dictionary."""
    size = file.stat().st_size
    found: list[str] = []
    with file.open("rb") as source:
        for place in (0, size // 2, max(0, size - _FIRST_BYTES)):
            source.seek(place)
            lines = source.read(_FIRST_BYTES).decode(codec, "replace").splitlines()[1:]
            entries = (line.partition("/")[0].split("\t")[0].strip() for line in lines)
            found.extend(islice((entry for entry in entries if entry.isalpha()), _SAMPLE))
    return found


def _measure(file: Path, most: int) -> None:
    try:
        size = file.stat().st_size
        readable = os.access(file, os.R_OK)
    except OSError as error:
        raise BadDictionary(str(error)) from error
    if not 0 < size <= most or not readable:
        raise BadDictionary(f"{file} is empty, too large, or not to be read")
