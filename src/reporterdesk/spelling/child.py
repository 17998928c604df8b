"""The process that checks spelling: questions come line by line, and so go the answers.

Each line is one JSON object. It ends with its standard input, so that it never outlives the app.
Words are written nowhere but to its standard output.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from reporterdesk.spelling.dictionaries import Dictionary, find_dictionaries
from reporterdesk.spelling.lexicon import Lexicon
from reporterdesk.spelling.scripts import UNSPACED, language_script
from reporterdesk.spelling.speller import Speller

COMMAND = "spelling-child"
"""The word by which the command line starts it."""

_Say: TypeAlias = Callable[[dict[str, Any]], None]
_UNCUT = UNSPACED | {"CJK"}


class Answers:
    """Answers questions, one after another.

    :param say: sends a line before the answer: what is being loaded, in case it ends in a crash.
    """

    def __init__(self, say: _Say) -> None:
        self._say = say
        self._speller = Speller(())

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to one question."""
        match question:
            case {"do": "find", "folders": folders, "avoid": avoid}:
                self._find(folders, frozenset(avoid))
                return {}
            case {"do": "begin", "language": language, "preferred": preferred}:
                name = self._speller.begin(language, preferred)
                return {"dictionary": name, "spelled": language_script(language) not in _UNCUT}
            case {"do": "accept", "words": words}:
                self._speller.accept(words)
                return {}
            case {"do": "check", "texts": texts}:
                return {"mistakes": [self._speller.mistakes(text) for text in texts]}
            case {"do": "suggest", "word": word}:
                return {"words": self._speller.suggest(word)}
        raise ValueError("no such question")

    def _find(self, folders: Iterable[str], avoid: frozenset[str]) -> None:
        found = find_dictionaries(Path(folder) for folder in folders)
        self._speller = Speller(
            [dictionary for dictionary in found if str(dictionary.words) not in avoid], self._load
        )

    def _load(self, dictionary: Dictionary) -> Lexicon:
        self._say({"opening": str(dictionary.words)})
        return Lexicon(dictionary)


def run() -> int:
    """Answer until there are no more questions."""
    # The text that is being typed goes before the lines under it.
    with suppress(AttributeError, OSError):
        os.nice(5)
    # By their numbers: a packaged app without a console has no sys.stdin.
    source = open(0, "rb", closefd=False)  # noqa: SIM115
    target = open(1, "wb", closefd=False)  # noqa: SIM115

    def say(words: dict[str, Any]) -> None:
        target.write(json.dumps(words).encode("ascii") + b"\n")
        target.flush()

    answers = Answers(say)
    with suppress(BrokenPipeError, KeyboardInterrupt):
        for line in source:
            say(answers.answer(json.loads(line)))
    return 0
