"""Faults of a network, planned: for tests, and for trying out how the app behaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

Hook: TypeAlias = Callable[[str, bool], None]
"""Is told the name of a call, and whether it has had its effect; it may raise."""


@dataclass(slots=True)
class _Planned:
    call: str
    error: BaseException
    after_effect: bool
    times: int


class Faults:
    """What goes wrong at which call.

    A fault *before* the effect is a call that never arrived; one *after* it is an answer that
    was lost.

    :ivar calls: how often each call was made.
    :ivar hook: asked at every call, for what a plan cannot say.
    """

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.hook: Hook | None = None
        self._planned: list[_Planned] = []

    def plan(
        self, call: str, error: BaseException, *, after_effect: bool = False, times: int = 1
    ) -> None:
        """Raise ``error`` at the next ``times`` calls named ``call``; ``"*"`` is any call."""
        self._planned.append(_Planned(call, error, after_effect, times))

    def heal(self) -> None:
        """From now on nothing goes wrong."""
        self.hook = None
        self._planned.clear()

    @contextmanager
    def around(self, call: str) -> Iterator[None]:
        """Stand around the effect of a call."""
        self.calls[call] += 1
        self._meet(call, done=False)
        yield
        self._meet(call, done=True)

    def _meet(self, call: str, *, done: bool) -> None:
        if self.hook is not None:
            self.hook(call, done)
        for planned in self._planned:
            if planned.after_effect is done and planned.call in {call, "*"}:
                planned.times -= 1
                if planned.times <= 0:
                    self._planned.remove(planned)
                raise planned.error
