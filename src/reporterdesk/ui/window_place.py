"""Where the window stood, in a small file beside the store.

Not in the store: an encrypted one is opened a moment after the window has been painted, and a
window that then jumps to another place looks broken. Nothing here says anything of a report.
"""

from __future__ import annotations

import logging
from pathlib import Path

from reporterdesk.paths import window_file

_log = logging.getLogger(__name__)
_MOST = 10_000


def read_window_place(home: Path) -> str:
    """Return what was kept of the window's size and place, ``""`` where nothing was."""
    try:
        with window_file(home).open(encoding="ascii") as file:
            return file.read(_MOST).strip()
    except (OSError, ValueError):
        return ""


def keep_window_place(home: Path, geometry: str) -> None:
    """Keep it for the next start; where that fails, the next window has its usual place."""
    try:
        window_file(home).write_text(geometry, encoding="ascii")
    except (OSError, ValueError):
        _log.warning("The window’s place could not be kept.", exc_info=True)
