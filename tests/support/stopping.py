"""Ends a laptop’s process at a call to the desk, as a kill does, and starts it again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reporterdesk.publishing.memory import MemoryDesk
from support.laptop import Laptop


class Stopped(BaseException):
    """The process ends here, as after a kill."""


def stop_before(here: Laptop, desk: MemoryDesk, call: str, *, done: bool = False) -> None:
    """End the process before the next ``call``, or after its effect."""
    stop_when(here, desk, lambda name, was_done: name == call and was_done is done)


def stop_when(here: Laptop, desk: MemoryDesk, when: Callable[[str, bool], bool]) -> None:
    """End the process at the first call for whose name, and whether it is done, ``when`` holds."""

    def hook(name: str, done: bool) -> None:
        if when(name, done):
            raise Stopped

    desk.faults.hook = hook
    with pytest.raises(Stopped):
        here.engine.deliver_due()
    desk.faults.heal()
    here.restart()
