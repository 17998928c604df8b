"""Checks paragraphs: by the dictionary of the report's language, or of the paragraph's script."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TypeAlias

from reporterdesk.spelling.accepted import Accepted
from reporterdesk.spelling.dictionaries import Dictionary, choose
from reporterdesk.spelling.lexicon import MOST_SUGGESTIONS, BadDictionary, Lexicon
from reporterdesk.spelling.scripts import (
    UNSPACED,
    language_script,
    main_script,
    script_of,
    word_script,
)
from reporterdesk.spelling.words import Word, parts, plain, spelled_words

Span: TypeAlias = tuple[int, int]

MOST_MISTAKES = 500
"""So many are looked for in one paragraph; one that has more is no prose."""

_LANGUAGES_TRIED = 3
_ENOUGH = 0.5
"""So much of a paragraph in another script must be known to a dictionary, or it is not its
language."""
_log = logging.getLogger(__name__)


class Speller:
    """Finds what is spelled wrong in one report at a time. Lives on one thread.

    :param dictionaries: those on this computer; each is loaded when a word first needs it.
    :param load: loads one; other than :class:`Lexicon` it may announce what it is about to do.
    """

    def __init__(
        self,
        dictionaries: Sequence[Dictionary],
        load: Callable[[Dictionary], Lexicon] = Lexicon,
    ) -> None:
        self._dictionaries = tuple(dictionaries)
        self._load = load
        self._loaded: dict[Dictionary, Lexicon | None] = {}
        self._accepted = Accepted()
        self._script = ""
        self._preferred: tuple[str, ...] = ()
        self._own: Lexicon | None = None

    def begin(self, language: str, preferred: Iterable[str] = ()) -> str | None:
        """Check texts in ``language`` from now on; return the name of the dictionary for it.

        :param preferred: the person's own languages, as BCP 47 tags, the dearest one first.
        :returns: ``None`` where there is none that can be used.
        """
        self._preferred = tuple(preferred)
        self._script = language_script(language)
        self._own = None
        for dictionary in choose(language, self._dictionaries, self._preferred):
            self._own = self._lexicon(dictionary)
            if self._own is not None:
                return self._own.dictionary.name
        return None

    def accept(self, words: Iterable[str]) -> None:
        """Take these words (plain) for right, and no others but the dictionaries' own."""
        self._accepted = Accepted(frozenset(words))

    def mistakes(self, paragraph: str) -> tuple[Span, ...]:
        """Return where the words that are spelled wrong start and end, in characters."""
        words = tuple(spelled_words(paragraph))
        lexicons = {self._script: self._own}
        main = main_script(word.text for word in words)
        if main not in {"", self._script} | UNSPACED:
            lexicons[main] = self._for_script(main, words)
        found = (
            (wrong.start, wrong.end)
            for word in words
            if (lexicon := lexicons.get(word_script(word.text))) is not None
            for wrong in self._wrong(word, lexicon)
        )
        return tuple(islice(found, MOST_MISTAKES))

    def suggest(self, word: str) -> tuple[str, ...]:
        """Return what ``word`` may have been meant to be: names of the event first."""
        looked_up = plain(word)
        found = self._accepted.near(looked_up)
        for lexicon in self._for_word(looked_up):
            found.extend(lexicon.suggest(looked_up))
        curly = "’" in word
        written = (text.replace("'", "’") if curly else text for text in found)
        return tuple(islice(dict.fromkeys(written), MOST_SUGGESTIONS))

    def _wrong(self, word: Word, lexicon: Lexicon) -> tuple[Word, ...]:
        """Return ``word`` if it is wrong, or which of its parts are."""
        if self._right(word.text, lexicon):
            return ()
        pieces = parts(word)
        if len(pieces) < 2:
            return (word,)
        return tuple(piece for piece in pieces if not self._right(piece.text, lexicon))

    def _right(self, word: str, lexicon: Lexicon) -> bool:
        looked_up = plain(word)
        return lexicon.knows(looked_up) or looked_up in self._accepted

    def _for_word(self, word: str) -> tuple[Lexicon, ...]:
        script = next((found for letter in word if (found := script_of(letter))), "")
        if script == self._script:
            return (self._own,) if self._own else ()
        loaded = (self._loaded.get(dictionary) for dictionary in self._of_script(script))
        return tuple(lexicon for lexicon in loaded if lexicon is not None)[:1]

    def _for_script(self, script: str, words: tuple[Word, ...]) -> Lexicon | None:
        """Return the dictionary that knows most of these words, if it knows enough of them."""
        looked_up = [plain(word.text) for word in words if word_script(word.text) == script]
        best, most = None, _ENOUGH * len(looked_up)
        for dictionary in self._of_script(script):
            lexicon = self._lexicon(dictionary)
            known = sum(map(lexicon.knows, looked_up)) if lexicon else 0
            if known >= most and (best is None or known > most):
                best, most = lexicon, known
        return best

    def _of_script(self, script: str) -> list[Dictionary]:
        """Return one dictionary for each language of ``script``, the person's own first."""
        languages = dict.fromkeys(
            tag
            for tag in (*self._preferred, *(d.tag.language for d in self._dictionaries if d.tag))
            if language_script(tag) == script
        )
        best = (choose(tag, self._dictionaries, self._preferred)[:1] for tag in languages)
        return list(dict.fromkeys(one for few in best for one in few))[:_LANGUAGES_TRIED]

    def _lexicon(self, dictionary: Dictionary) -> Lexicon | None:
        if dictionary not in self._loaded:
            try:
                self._loaded[dictionary] = self._load(dictionary)
            except BadDictionary as error:
                _log.warning("A dictionary is passed over: %s", error)
                self._loaded[dictionary] = None
        return self._loaded[dictionary]
