"""A process that dies at a chosen step: from then on, nothing of it reaches the disk."""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_STEPS = ("replace", "rename", "unlink", "remove", "rmdir", "mkdir", "fsync", "write", "truncate")


class Died(BaseException):
    """Nothing catches it by kind, as nothing catches SIGKILL."""


class Steps:
    """Counts what a process does to the disk."""

    def __init__(self, last: int | None) -> None:
        self.taken = 0
        self.last = last

    @property
    def dead(self) -> bool:
        """Return whether the chosen step was reached."""
        return self.last is not None and self.taken >= self.last

    def take(self) -> None:
        """Count one more, or die in its place."""
        if self.dead:
            raise Died
        self.taken += 1


@contextmanager
def dying_at(step: int | None) -> Iterator[Steps]:
    """Let the process die in place of its step number ``step``, counted from 0; ``None``: never.

    Steps are what changes the disk: renaming, deleting, making folders, opening to write, waiting
    for the disk. After its death every further step dies, too, whatever ``finally`` tries. What a
    process has written outlives it: nobody really waits for the disk here.
    """
    steps = Steps(step)
    kept: dict[str, Any] = {name: getattr(os, name) for name in _STEPS}
    opened, io_opened = builtins.open, io.open

    def counting(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            steps.take()
            return real(*args, **more)

        return call

    def open_counting(file: Any, mode: str = "r", *args: Any, **more: Any) -> Any:
        if set(mode) & set("wax+"):
            steps.take()
        return io_opened(file, mode, *args, **more)

    for name, real in kept.items():
        setattr(os, name, counting(real))
    os.fsync = counting(lambda _: None)
    builtins.open = open_counting  # type: ignore[assignment]
    io.open = open_counting  # type: ignore[assignment]
    try:
        yield steps
    finally:
        for name, real in kept.items():
            setattr(os, name, real)
        builtins.open, io.open = opened, io_opened
