"""How what happens on other threads reaches the store, which lives on one of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from reporterdesk.store.store import Store

T = TypeVar("T")


class RunInStore(Protocol):
    """Runs a function on the store thread and waits for its result."""

    def __call__(self, function: Callable[[Store], T], /) -> T:
        """Return what ``function`` returns, or raise what it raises."""
        ...
