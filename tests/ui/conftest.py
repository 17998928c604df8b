"""What holds for every test with a window."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def collector_at_rest() -> Iterator[None]:
    """Let no other thread's allocation destroy a window; see :mod:`reporterdesk.ui.garbage`."""
    enabled = gc.isenabled()
    gc.disable()
    yield
    gc.collect()
    if enabled:
        gc.enable()
