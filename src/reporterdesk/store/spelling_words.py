"""Words that spelling takes for right: the person's own, and those ignored in one report.

They betray sources as much as the reports do, so they are kept where the reports are, and go when
their report goes.
"""

from __future__ import annotations

import json

from reporterdesk.store.database import Database
from reporterdesk.store.state import State

_PERSONAL = "personal"
_IGNORED = "ignored."
_TOLD = "told"


class SpellingWords:
    """Lives on the store thread; every method raises ``StoreError`` and its kinds."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._state = State(database, "spelling.")

    def personal(self) -> frozenset[str]:
        """Return the words of the personal dictionary."""
        return self._get(_PERSONAL)

    def add(self, word: str) -> None:
        """Add a word to the personal dictionary."""
        with self._db.transaction():
            self._set(_PERSONAL, self.personal() | {word})

    def remove(self, word: str) -> None:
        """Take a word out of the personal dictionary."""
        with self._db.transaction():
            self._set(_PERSONAL, self.personal() - {word})

    def ignored(self, report_id: str) -> frozenset[str]:
        """Return the words that are ignored in a report."""
        return self._get(_IGNORED + report_id)

    def ignore(self, report_id: str, word: str) -> None:
        """Ignore a word in a report from now on."""
        with self._db.transaction():
            self._set(_IGNORED + report_id, self.ignored(report_id) | {word})

    def forget(self, report_id: str) -> None:
        """Forget what was ignored in a report."""
        self._state.set(_IGNORED + report_id, None)

    def told(self) -> frozenset[str]:
        """Return the languages of which it was said that there is no dictionary."""
        return self._get(_TOLD)

    def tell(self, language: str) -> None:
        """Remember that it was said of ``language``."""
        with self._db.transaction():
            self._set(_TOLD, self.told() | {language})

    def _get(self, key: str) -> frozenset[str]:
        kept = self._state.get(key)
        try:
            found = json.loads(kept) if kept else []
        except (ValueError, RecursionError):
            found = []
        words = found if isinstance(found, list) else []  # what is damaged can be added again
        return frozenset(word for word in words if isinstance(word, str))

    def _set(self, key: str, words: frozenset[str]) -> None:
        written = json.dumps(sorted(words), ensure_ascii=False) if words else None
        self._state.set(key, written)
