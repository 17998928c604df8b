"""Remembers what was worked out for words that stay the same from one time to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from reporterdesk.text.tree import Runs

T = TypeVar("T")


class RunsMemo(Generic[T]):
    """Does ``work`` once for each block's words. One thread at a time.

    Words are known by identity, which costs nothing however long they are: who reads an editor
    gets the same tuple again for each block that has not changed.
    """

    def __init__(self, work: Callable[[Runs], T]) -> None:
        self._work = work
        self._known: dict[int, tuple[Runs, T]] = {}
        self._before: dict[int, tuple[Runs, T]] = {}

    def __call__(self, runs: Runs) -> T:
        """Return what ``work`` returns for ``runs``."""
        key = id(runs)
        entry = self._known.get(key) or self._before.get(key)
        if entry is None or entry[0] is not runs:
            entry = runs, self._work(runs)
        self._known[key] = entry
        return entry[1]

    def sweep(self) -> None:
        """Forget what has not been asked for since the last sweep."""
        self._before, self._known = self._known, {}
