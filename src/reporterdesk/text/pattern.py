"""What is to be replaced: words or an expression, and where a text has them.

Words are found whatever their case, accents and quotation marks, unless case is to match: then
they are found letter by letter. An expression is one of the ``regex`` package, which can be
stopped: Python's own :mod:`re` searches for years where a repeat stands in a repeat.
"""

from __future__ import annotations

import re
import time
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import regex

from reporterdesk.domain.errors import ExpressionTooSlow, PatternError
from reporterdesk.text.cleaning import clean_text
from reporterdesk.text.folding import fold, fold_keeping_places
from reporterdesk.text.graphemes import cut_before
from reporterdesk.text.words import UNSPACED

LONGEST = 1_000
"""Characters that words and expressions have at most."""
PATIENCE = 1.0
"""Seconds that an expression may take for all that it is looked for in at once."""

_MOST_REPEATS = 5_000
"""What the counts of an expression, multiplied, may come to: each is unfolded in memory."""
_COUNT = re.compile(r"\{(\d+)?(?:,(\d*))?\}")
_CALL = re.compile(r"\(\?(?:R|[+-]?\d+|&|P>)")
_QUOTES = str.maketrans("‘’‚‛‹›“”„‟«»", "''''''\"\"\"\"\"\"")

# A word begins or ends where a letter or digit stands on one side only; everywhere in a script
# without spaces; not at the comma of "3,500".
_LETTER = rf"(?![{UNSPACED}])\w"
_EDGE = rf"(?:(?<!{_LETTER})|(?!{_LETTER}))(?<!\d[.,](?=\d))(?!(?<=\d)[.,]\d)"
_at_edge = regex.compile(_EDGE)


@dataclass(frozen=True, slots=True)
class Options:
    """How words are looked for."""

    match_case: bool = False
    whole_words: bool = False
    expression: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Where something was found, begin and end, and what the groups of the expression took."""

    start: int
    end: int
    groups: tuple[str | None, ...] = ()


class Patience:
    """The time that is left for an expression. One for all the texts of one search.

    :param clock: seconds that only rise.
    """

    def __init__(
        self, seconds: float = PATIENCE, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Return the seconds that are left.

        :raises ExpressionTooSlow: there are none.
        """
        left = self._end - self._clock()
        if left <= 0:
            raise ExpressionTooSlow
        return left


_Find: TypeAlias = Callable[[str, Patience], Iterator[Found]]


class Pattern:
    """What is looked for. Immutable; any thread.

    :ivar groups: how many groups the expression has, 0 for words.
    :ivar names: the numbers of those groups that have names.
    """

    def __init__(
        self, find: _Find | None, groups: int = 0, names: Mapping[str, int] | None = None
    ) -> None:
        self._find = find
        self.groups = groups
        self.names: Mapping[str, int] = names or {}

    def __bool__(self) -> bool:
        """Whether anything is looked for."""
        return self._find is not None

    def found_in(self, text: str, patience: Patience) -> tuple[Found, ...]:
        """Return where ``text`` has it, in order and apart; what is empty is not found.

        :raises ExpressionTooSlow: the expression has no time left.
        """
        return tuple(self._find(text, patience)) if self._find and text else ()


def read_pattern(typed: str, options: Options) -> Pattern:
    """Return the pattern that ``typed`` stands for; of nothing, one that finds nothing.

    :raises PatternError: it is no expression, or one that would take too much memory.
    """
    if len(typed) > LONGEST:
        raise PatternError("What is looked for is too long.")
    typed = unicodedata.normalize("NFC", typed) if options.expression else clean_text(typed)
    if not typed:
        return Pattern(None)
    if options.expression:
        return _expression(typed, options)
    needle = fold(typed).translate(_QUOTES)
    if options.match_case or not needle:
        return Pattern(_whole(_Exact(typed), options))
    return Pattern(_whole(_Folded(needle), options))


@dataclass(frozen=True, slots=True)
class _Exact:
    """Finds words letter by letter, and nothing that ends within what is read as one character."""

    needle: str

    def __call__(self, text: str, _patience: Patience) -> Iterator[Found]:
        at = text.find(self.needle)
        while at >= 0:
            end = at + len(self.needle)
            whole = cut_before(text, at) == at and cut_before(text, end) == end
            if whole:
                yield Found(at, end)
            at = text.find(self.needle, end if whole else at + 1)


@dataclass(frozen=True, slots=True)
class _Folded:
    """Finds folded words, and nothing that begins or ends within a character ("a" in "æ")."""

    needle: str

    def __call__(self, text: str, _patience: Patience) -> Iterator[Found]:
        if self.needle not in fold(text).translate(_QUOTES):
            return
        folded = fold_keeping_places(text)
        words, starts = folded.text.translate(_QUOTES), folded.starts
        at = words.find(self.needle)
        while at >= 0:
            end = at + len(self.needle)
            whole = (at == 0 or starts[at - 1] != starts[at]) and (
                end == len(words) or starts[end - 1] != starts[end]
            )
            if whole:
                yield Found(*folded.span(at, end))
            at = words.find(self.needle, end if whole else at + 1)


@dataclass(frozen=True, slots=True)
class _WholeWords:
    find: _Find

    def __call__(self, text: str, patience: Patience) -> Iterator[Found]:
        for found in self.find(text, patience):
            if _at_edge.match(text, found.start) and _at_edge.match(text, found.end):
                yield found


def _whole(find: _Find, options: Options) -> _Find:
    return _WholeWords(find) if options.whole_words else find


@dataclass(frozen=True, slots=True)
class _Expression:
    compiled: regex.Pattern[str]

    def __call__(self, text: str, patience: Patience) -> Iterator[Found]:
        try:
            # concurrent: the interpreter's lock is let go, and the window goes on.
            found = self.compiled.finditer(text, timeout=patience.left(), concurrent=True)
            for each in found:
                if each.start() < each.end():
                    yield Found(each.start(), each.end(), each.groups())
        except (TimeoutError, MemoryError):
            raise ExpressionTooSlow from None


def _expression(typed: str, options: Options) -> Pattern:
    _refuse_the_endless(typed)
    flags = regex.MULTILINE | (0 if options.match_case else regex.IGNORECASE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sets that other versions would read otherwise
            compiled = regex.compile(typed, flags)
            if options.whole_words:
                compiled = regex.compile(f"{_EDGE}(?:{typed}){_EDGE}", flags)
    except regex.error as error:
        raise PatternError(f"This is not a regular expression: {error}.") from None
    except (RecursionError, MemoryError, OverflowError, ValueError):
        raise PatternError("This regular expression is nested too deep.") from None
    names = dict(compiled.groupindex)
    return Pattern(_Expression(compiled), compiled.groups, names)


def _refuse_the_endless(typed: str) -> None:
    """Refuse what takes memory without end before it can be stopped."""
    product = 1
    for least, most in _COUNT.findall(typed):
        product *= max(1, int(least or 0), int(most or 0))
        if product > _MOST_REPEATS:
            raise PatternError("This regular expression repeats too often.")
    if _CALL.search(typed):
        raise PatternError("A regular expression that calls itself cannot be used here.")
