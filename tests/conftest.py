"""What holds for every test: no screen, a profile of its own, no real keyring."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

settings.register_profile("suite", max_examples=200, deadline=None)
settings.register_profile("long", max_examples=20_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a profile folder of its own, and return it."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("REPORTERDESK_HOME", str(folder))
    return folder


def pytest_unconfigure() -> None:
    """Let go of what a test copied, as long as Python lives.

    The offscreen clipboard stands in a static of Qt, which deletes its content when the process
    ends; content that was made in Python is destroyed through Python, and crashed there.
    """
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()
