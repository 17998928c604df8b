"""A desk in memory and a laptop that is signed in to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reporterdesk.publishing.memory import MemoryDesk
from support.laptop import Laptop, laptop


@pytest.fixture
def desk() -> MemoryDesk:
    return MemoryDesk()


@pytest.fixture
def here(home: Path, desk: MemoryDesk) -> Iterator[Laptop]:
    with laptop(home, desk) as opened:
        yield opened
