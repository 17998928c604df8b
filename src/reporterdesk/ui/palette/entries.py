"""What the command palette lists, and which of it fits what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from reporterdesk.domain.searching import Marks
from reporterdesk.text.fuzzy import Fit, Name, joined, words_of

_MENU_POINTS, _TIP_POINTS = 6, 4
_RECENT_POINTS, _OFF_POINTS = 8, 14
RECENT_FIRST = 5
"""So many of the commands used last stand first while nothing is typed."""


@dataclass(frozen=True, slots=True)
class Command:
    """An action as it stood when the palette was opened.

    ``off`` says why it is not possible now, ``""`` where it is; ``on`` whether a choice that can
    be on or off is on, ``None`` where it is no such choice.
    """

    name: str
    text: str
    menu: str
    keys: str = ""
    tip: str = ""
    icon: str = ""
    off: str = ""
    on: bool | None = None


@dataclass(frozen=True, slots=True)
class FoundReport:
    """A report whose headline has what was typed; ``detail`` says where it stands."""

    id: str
    headline: str
    detail: str
    marks: Marks = ()


Entry: TypeAlias = Command | FoundReport


@dataclass(frozen=True, slots=True)
class Row:
    """An entry, and which letters of its name are marked."""

    entry: Entry
    marks: Marks = ()
    recent: bool = False


@dataclass(slots=True)
class _Known:
    command: Command
    place: int
    recent: int | None
    text: Name = field(init=False)
    menu: Name = field(init=False)
    tip: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.text, self.menu = Name(self.command.text), Name(self.command.menu)
        self.tip = words_of(self.command.tip)

    def fit(self, words: Sequence[str]) -> Fit | None:
        """Return how all the typed words fit, in the text, the menu's title or the tip."""
        fits: list[Fit] = []
        for word in words:
            fit = self.text.fit(word)
            if fit is None:
                fit = self._beside(word)
            if fit is None:
                return None
            fits.append(fit)
        return joined(fits)

    def _beside(self, word: str) -> Fit | None:
        if self.menu.fit(word) is not None:
            return Fit(_MENU_POINTS, ())
        if len(word) > 2 and any(known.startswith(word) for known in self.tip):
            return Fit(_TIP_POINTS, ())
        return None


class Commands:
    """The commands, folded once when the palette is opened."""

    def __init__(self, commands: Sequence[Command], recent: Sequence[str] = ()) -> None:
        places = {name: place for place, name in enumerate(recent)}
        self._known = [
            _Known(command, place, places.get(command.name))
            for place, command in enumerate(commands)
        ]

    def rows(self, typed: str) -> list[Row]:
        """Return what fits, the best first; all, those used last first, where nothing is typed."""
        words = words_of(typed)
        if not words:
            return self._all()
        found: list[tuple[tuple[int, int], Row]] = []
        for known in self._known:
            fit = known.fit(words)
            if fit is not None:
                points = fit.points
                points += _RECENT_POINTS if known.recent is not None else 0
                points -= _OFF_POINTS if known.command.off else 0
                found.append(((-points, known.place), Row(known.command, fit.marks)))
        return [row for _, row in sorted(found, key=lambda each: each[0])]

    def _all(self) -> list[Row]:
        used = sorted(
            (known for known in self._known if known.recent is not None and not known.command.off),
            key=lambda known: known.recent or 0,
        )[:RECENT_FIRST]
        first = {known.command.name for known in used}
        rest = [known for known in self._known if known.command.name not in first]
        return [Row(known.command, recent=True) for known in used] + [
            Row(known.command) for known in rest
        ]
