"""The app's side of spelling: one thread that speaks to the child process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeAlias

from reporterdesk.spelling.process import ChildEnded, SpellingProcess
from reporterdesk.spelling.speller import Span

LOADING_SECONDS = 20.0
SUGGESTING_SECONDS = 3.0
CLOSING_SECONDS = 5.0
MOST_DEATHS = 4
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Begun:
    """Whether there is a dictionary for a language; ``spelled``: whether there could be one."""

    language: str
    dictionary: str | None
    spelled: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """The mistakes in each of the texts that were asked for under ``number``, in characters."""

    number: int
    mistakes: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a word may have been meant to be."""

    word: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GaveUp:
    """Spelling is not checked any more: its process does not stay alive."""


Answer: TypeAlias = Begun | Checked | Suggested | GaveUp
_Question: TypeAlias = dict[str, Any]


class SpellingService:
    """Asks the child process; each method returns at once and may be called from any thread.

    The process is started with the first question. When it dies, or does not answer in time, it is
    started again without the dictionary it was loading.

    :param told: is called with each :data:`Answer`, on this service's own thread.
    :param folders: where to look for dictionaries, in this order.
    """

    def __init__(
        self,
        told: Callable[[Answer], object],
        folders: Iterable[Path],
        process: Callable[[], SpellingProcess] = SpellingProcess,
    ) -> None:
        self._told = told
        self._folders = [str(folder) for folder in folders]
        self._make = process
        self._process: SpellingProcess | None = None
        self._avoid: set[str] = set()
        self._deaths = 0
        self._begun: _Question | None = None
        self._accepted: _Question | None = None
        self._questions: SimpleQueue[tuple[int, _Question] | None] = SimpleQueue()
        self._guard = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="spelling", daemon=True)
        self._thread.start()

    def begin(self, language: str, preferred: Sequence[str], accepted: Iterable[str]) -> None:
        """Check texts in ``language`` from now on; :class:`Begun` tells by which dictionary."""
        self.accept(accepted)
        question = {"do": "begin", "language": language, "preferred": list(preferred)}
        self._questions.put((0, question))

    def accept(self, words: Iterable[str]) -> None:
        """Take these words for right from now on, and no others but the dictionaries' own."""
        self._questions.put((0, {"do": "accept", "words": sorted(words)}))

    def check(self, number: int, texts: Iterable[str]) -> None:
        """Check ``texts``; :class:`Checked` has the same ``number``."""
        self._questions.put((number, {"do": "check", "texts": list(texts)}))

    def suggest(self, word: str) -> None:
        """Look for what ``word`` may have been meant to be."""
        self._questions.put((0, {"do": "suggest", "word": word}))

    def close(self) -> None:
        """End the process and the thread; nothing is told any more. A second call does nothing."""
        with self._guard:
            self._closed = True
            process = self._process
        if process is not None:
            process.kill()
        self._questions.put(None)
        self._thread.join(CLOSING_SECONDS)

    def _is_closed(self) -> bool:
        with self._guard:
            return self._closed

    def _work(self) -> None:
        while (asked := self._questions.get()) is not None and not self._is_closed():
            number, question = asked
            if self._deaths >= MOST_DEATHS:
                continue
            answer = self._answer(question)
            if self._is_closed():
                break
            if answer is None:
                _log.warning("Spelling is not checked any more: its process does not stay alive.")
                self._told(GaveUp())
            else:
                self._tell(number, question, answer)
        if self._process is not None:
            self._process.kill()

    def _tell(self, number: int, question: _Question, answer: dict[str, Any]) -> None:
        match question["do"]:
            case "begin":
                told = Begun(question["language"], answer["dictionary"], answer["spelled"])
                self._told(told)
            case "check":
                mistakes = tuple(
                    tuple((start, end) for start, end in spans) for spans in answer["mistakes"]
                )
                self._told(Checked(number, mistakes))
            case "suggest":
                self._told(Suggested(question["word"], tuple(answer["words"])))

    def _answer(self, question: _Question) -> dict[str, Any] | None:
        """Ask until there is an answer; ``None``: there will be none."""
        if question["do"] == "begin":
            self._begun = question
        elif question["do"] == "accept":
            self._accepted = question
        patience = SUGGESTING_SECONDS if question["do"] == "suggest" else LOADING_SECONDS
        while self._deaths < MOST_DEATHS and not self._is_closed():
            try:
                return self._alive().ask(question, patience)
            except ChildEnded as ended:
                self._bury(ended)
                if question["do"] == "suggest":  # one that takes so long is not asked for again
                    return {"words": ()}
        return None

    def _alive(self) -> SpellingProcess:
        """Return the process; a new one is told first what the last one knew."""
        if self._process is None:
            fresh = self._make()
            with self._guard:
                self._process = fresh
                if self._closed:
                    fresh.kill()
            found = {"do": "find", "folders": self._folders, "avoid": sorted(self._avoid)}
            for question in (found, self._accepted, self._begun):
                if question is not None:
                    fresh.ask(question, LOADING_SECONDS)
        return self._process

    def _bury(self, ended: ChildEnded) -> None:
        with self._guard:
            dead, self._process = self._process, None
        if dead is not None:
            dead.kill()
        if self._is_closed():
            return
        _log.warning("The spelling process ended: %s", ended)
        if ended.opening:
            self._avoid.add(ended.opening)
        self._deaths += 1
