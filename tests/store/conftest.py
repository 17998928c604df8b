"""A store of one's own for each test here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from support.clocks import HandClock


@pytest.fixture
def clock() -> HandClock:
    """Return a clock that stands at 18:00 UTC on 14 March 2026."""
    return HandClock()


@pytest.fixture
def store(home: Path, clock: HandClock) -> Iterator[Store]:
    """Return an open, empty store in the test's own profile."""
    opened = open_store(home, clock=clock)
    yield opened
    opened.close()
