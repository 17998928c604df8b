"""Words that are right whatever a dictionary says: the person's own, and the names of the event."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from reporterdesk.domain.report import ReportContent
from reporterdesk.spelling.words import plain, spelled_words

_LONGEST_ARTICLE = 6
"""Letters before the apostrophe in ``dell'Aquila``."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """Words that are right, as :func:`~reporterdesk.spelling.words.plain` writes them.

    Each also with a capital, and with a possessive or an article joined by an apostrophe.
    """

    words: frozenset[str] = frozenset()

    def __contains__(self, word: str) -> bool:
        """Tell whether ``word`` (plain) is right."""
        if not self.words:
            return False
        return any(
            form in self.words or (form[:1].isupper() and _uncapital(form) in self.words)
            for form in _forms(word)
        )

    def near(self, word: str, most: int = 2) -> list[str]:
        """Return the accepted words that look like ``word``."""
        return get_close_matches(word, sorted(self.words), n=most, cutoff=0.75)


def names_of(content: ReportContent) -> frozenset[str]:
    """Return the words of the names in a report's facts, byline and credits."""
    event = content.event
    texts = [event.name, event.venue, event.city, event.organiser, content.byline]
    texts.extend(photo.credit for photo in content.photos)
    return frozenset(
        form for text in texts for word in spelled_words(text) for form in _spoken(word.text)
    )


def without_possessive(word: str) -> str:
    """Return ``word`` as dictionaries write it, without an apostrophe and s at its end."""
    looked_up = plain(word)
    bare = looked_up.removesuffix("'s").removesuffix("'")
    return bare or looked_up


def _spoken(word: str) -> tuple[str, ...]:
    """Return a name, and its parts: a report speaks of Solano where the facts have Solano-Ruiz."""
    whole = plain(word)
    parts = (part for part in whole.split("-") if len(part) > 1)
    return tuple(form for part in (whole, *parts) for form in _forms(part))


def _forms(word: str) -> tuple[str, ...]:
    """Return ``word``, and what is left of it without a possessive or an article."""
    forms = [word]
    before, apostrophe, after = word.rpartition("'")
    if apostrophe and before and after in {"", "s", "S"}:
        forms.append(before)
    article, apostrophe, rest = word.partition("'")
    if apostrophe and rest and len(article) <= _LONGEST_ARTICLE:
        forms.append(rest)
    if word.endswith("s'"):
        forms.append(word[:-1])
    return tuple(forms)


def _uncapital(word: str) -> str:
    return word[0].lower() + word[1:]
