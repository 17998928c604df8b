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
    gc.freeze()  # what is left belongs to the process: to go through it again takes 0.4 s a test
    if enabled:
        gc.enable()
