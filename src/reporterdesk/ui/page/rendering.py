"""Renders pages off the UI thread; of several wishes only the newest is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

from reporterdesk.ui.page.sheet import Sheet

Make: TypeAlias = Callable[[], Sheet]
InPool: TypeAlias = Callable[[Make, Callable[[Sheet], None], Callable[[Exception], None]], None]
"""Runs a function off the UI thread and calls back on it: ``Background.in_pool``."""


class Rendering(QObject):
    """One page is rendered at a time. Lives on the UI thread and never waits.

    :ivar rendered: emits the newest :class:`Sheet`.
    :ivar failed: emits the error for which there is none.
    """

    rendered = Signal(object)
    failed = Signal(object)

    def __init__(self, in_pool: InPool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._in_pool = in_pool
        self._next: Make | None = None
        self._number = 0
        self._running = False

    @property
    def busy(self) -> bool:
        """Whether a page is being rendered."""
        return self._running

    def ask(self, make: Make, *, instead: bool = False) -> None:
        """Render what ``make`` returns.

        :param instead: whether it is another report’s: what is being rendered is not shown then.
        """
        if instead:
            self._number += 1
        self._next = make
        if not self._running:
            self._begin()

    def forget(self) -> None:
        """Show nothing of what is being rendered."""
        self._number += 1
        self._next = None

    def _begin(self) -> None:
        make, self._next = self._next, None
        if make is None:
            return
        self._running = True
        number = self._number
        self._in_pool(
            make,
            lambda sheet: self._done(number, sheet),
            lambda error: self._did_not(number, error),
        )

    def _done(self, number: int, sheet: Sheet) -> None:
        self._running = False
        if number == self._number:
            self.rendered.emit(sheet)
        self._begin()

    def _did_not(self, number: int, error: Exception) -> None:
        self._running = False
        if number == self._number and self._next is None:
            self.failed.emit(error)
        self._begin()
