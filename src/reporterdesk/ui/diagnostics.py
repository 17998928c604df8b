"""What is worth sending when something unexpected happened: no report's words, no secrets."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from reporterdesk import __version__
from reporterdesk.logs import FILE_NAME, redact, story_of

_LOG_TAIL = 200_000
"""Bytes of the newest log that are added."""


def details_of(error: BaseException) -> str:
    """Return versions and traceback, without a report's words and without secrets."""
    story = story_of(error)
    platform_name = QGuiApplication.platformName() or "no screen"
    head = (
        f"ReporterDesk {__version__}\n"
        f"Python {platform.python_version()}, Qt {qVersion()} on {platform_name}\n"
        f"{platform.system()} {platform.release()} ({platform.machine()})\n"
    )
    return redact(f"{head}\n{story}")


def save_diagnostics(file: Path, details: str, logs: Path) -> None:
    """Write ``details`` and the end of the newest log to ``file``.

    :raises OSError: the file could not be written.
    """
    file.write_text(f"{details}\n--- log ---\n{_log_tail(logs)}", encoding="utf-8")


def _log_tail(logs: Path) -> str:
    try:
        with (logs / FILE_NAME).open("rb") as log:
            log.seek(0, 2)
            log.seek(max(0, log.tell() - _LOG_TAIL))
            return redact(log.read().decode("utf-8", errors="replace"))
    except OSError as error:
        return f"(no log could be read: {error.strerror})\n"
