"""Log files, without a report's words, without secrets."""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

from reporterdesk.paths import logs_folder

FILE_NAME = "reporterdesk.log"
_LARGEST = 1_000_000
_KEPT = 5

_SECRETS = (
    re.compile(r"(?i)(\bbearer[ \t]+)[A-Za-z0-9._~+/=-]+"),
    re.compile(
        r"""(?i)(["']?\b(?:password|passwort|token|secret)["']?[ \t]*[:=][ \t]*)"[^"\n]*\""""
    ),
    re.compile(
        r"""(?i)(["']?\b(?:password|passwort|token|secret)["']?[ \t]*[:=][ \t]*)'[^'\n]*'"""
    ),
    re.compile(r"""(?i)(\b(?:password|token|secret)[ \t]*[:=][ \t]*)[^\s"',;&)}\]]+"""),
    re.compile(r"(?i)(\bhttps?://[^\s/:@]+:)[^\s/@]+(?=@)"),
)


def redact(text: str) -> str:
    """Return ``text`` with what looks like a token or a password replaced by ``…``."""
    for secret in _SECRETS:
        text = secret.sub(r"\1…", text)
    return text


class RedactingFormatter(logging.Formatter):
    """Formats a record and takes secrets out of the whole of it, its traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the finished line or lines."""
        return redact(super().format(record))


def start_logging(home: Path, *, level: int = logging.INFO) -> logging.Handler | None:
    """Write what the program logs to files in ``home``, the older ones numbered.

    Where the folder cannot be written, the program goes on without log files.

    :returns: the handler, to be given to :func:`stop_logging`; ``None`` where there is none.
    """
    folder = logs_folder(home)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / FILE_NAME, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=False
        )
    except OSError:
        return None
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(level)
    root = logging.getLogger()
    root.addHandler(handler)
    if root.level > level or root.level == logging.NOTSET:
        root.setLevel(level)
    for chatty in ("PIL", "urllib3", "sqlalchemy", "MARKDOWN", "keyring"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    return handler


def stop_logging(handler: logging.Handler | None) -> None:
    """Take the handler away again and close its file."""
    if handler is not None:
        logging.getLogger().removeHandler(handler)
        handler.close()
