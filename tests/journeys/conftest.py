"""What the journeys share: laptops on which the app runs, and a newsroom's server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from support.driving import DrivenApp, laptop
from support.servers import fill


@pytest.fixture
def open_laptop(tmp_path: Path) -> Iterator[Callable[[str], DrivenApp]]:
    """Return a function that starts the app on the laptop with this name."""
    with ExitStack() as open_laptops:
        yield lambda name: open_laptops.enter_context(laptop(tmp_path / "laptops" / name))


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """Return the data folder of a server with sections and people."""
    data = tmp_path / "newsroom"
    fill(data)
    return data
