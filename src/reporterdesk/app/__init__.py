"""The desktop app's composition root: every part is built once, here, and handed what it needs."""

from __future__ import annotations

from reporterdesk.app.desktop import Desktop
from reporterdesk.app.starting import make_application, quit_on_signals, run_desktop

__all__ = ["Desktop", "make_application", "quit_on_signals", "run_desktop"]
