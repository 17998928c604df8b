"""Which action has which keys: the usual ones, but for those that a person chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from PySide6.QtGui import QKeySequence

from reporterdesk.ui.keys.rules import judge

Keys: TypeAlias = dict[str, list[QKeySequence]]
"""The keys of each action, by its name."""

_PORTABLE = QKeySequence.SequenceFormat.PortableText
FIXED = frozenset(
    {"edit.undo", "edit.redo", "edit.cut", "edit.copy", "edit.paste", "edit.select_all"}
)
"""Text fields have these keys by themselves; they could not be taken away."""


def written(keys: Sequence[QKeySequence]) -> str:
    """Return keys as they are kept; ``""`` for none."""
    return QKeySequence.listToString(list(keys), _PORTABLE)


def read(text: str, usual: Sequence[QKeySequence]) -> list[QKeySequence] | None:
    """Return keys that were kept; ``None`` where they make no sense or are not allowed.

    :param usual: keys that are allowed in any case, as the app comes with them.
    """
    if not text.strip():
        return []
    found = QKeySequence.listFromString(text, _PORTABLE)
    sound = all(keys in usual or not judge(keys).refused for keys in found)
    return found if found and sound else None


def assigned(usual: Keys, chosen: Mapping[str, str]) -> Keys:
    """Return the keys of all actions; no two have the same, however ``chosen`` came to be.

    What was chosen comes before what is usual; of two that chose the same, the first of the table
    has it. Names that are not known are passed over.
    """
    keys: Keys = {}
    taken: set[str] = set()
    wanted = {
        name: wish
        for name, text in chosen.items()
        if name in usual and name not in FIXED and (wish := read(text, usual[name])) is not None
    }
    fixed = {name: usual[name] for name in usual if name in FIXED}
    for source in (fixed, {name: wanted[name] for name in usual if name in wanted}, usual):
        for name, wish in source.items():
            if name not in keys:
                free = [each for each in wish if _name(each) not in taken]
                keys[name] = free
                taken.update(_name(each) for each in free)
    return {name: keys[name] for name in usual}


def owner(keys: Keys, wanted: QKeySequence, *, but: str) -> str | None:
    """Return the name of the action, other than ``but``, that has these keys."""
    for name, held in keys.items():
        if name != but and any(_name(each) == _name(wanted) for each in held):
            return name
    return None


class Choice:
    """The keys as they are chosen, and what becomes of them. Each change gives a new mapping.

    :param usual: the keys that the app comes with.
    :param chosen: what differs, as it is kept; names that are not known stay in it.
    """

    def __init__(self, usual: Keys, chosen: Mapping[str, str]) -> None:
        self._usual = usual
        self.chosen = dict(chosen)

    @cached_property
    def keys(self) -> Keys:
        """The keys that hold."""
        return assigned(self._usual, self.chosen)

    def is_changed(self, name: str) -> bool:
        """Tell whether an action has other keys than the usual ones."""
        return self.keys[name] != self._usual[name]

    def owner(self, name: str, wanted: Sequence[QKeySequence]) -> str | None:
        """Return who else has any of these keys."""
        keys = self.keys
        return next((who for each in wanted if (who := owner(keys, each, but=name))), None)

    def usual(self, name: str) -> list[QKeySequence]:
        """Return the usual keys of an action."""
        return self._usual[name]

    def give(self, name: str, wanted: Sequence[QKeySequence]) -> Choice:
        """Let an action have these keys alone; whoever had one of them has it no more."""
        keys = self.keys
        chosen = dict(self.chosen)
        lost = {_name(each) for each in wanted}
        for other, held in keys.items():
            left = [each for each in held if _name(each) not in lost]
            if other != name and len(left) != len(held):
                self._put(chosen, other, left)
        self._put(chosen, name, wanted)
        return Choice(self._usual, chosen)

    def reset(self) -> Choice:
        """Let every action have its usual keys; names that are not known stay."""
        unknown = {name: text for name, text in self.chosen.items() if name not in self._usual}
        return Choice(self._usual, unknown)

    def _put(self, chosen: dict[str, str], name: str, keys: Sequence[QKeySequence]) -> None:
        if written(keys) == written(self._usual[name]):
            chosen.pop(name, None)
        else:
            chosen[name] = written(keys)


def _name(keys: QKeySequence) -> str:
    return keys.toString(_PORTABLE)
