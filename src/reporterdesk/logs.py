"""Log files, without a report's words, without secrets."""

from __future__ import annotations

import copy
import logging
import re
import traceback
from collections.abc import Iterator
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


def story_of(error: BaseException) -> str:
    """Return the tracebacks of an exception and of what led to it, without a report's words.

    What Python, SQLite or a library says in an exception may quote what they worked on, as
    ``ValueError: invalid literal for int(): 'Maria'`` does. So the sentence is kept of our own
    known errors alone, which quote nothing; of the others, what kind they are and where they were.
    """
    return "\nThat led to:\n".join(_one_story(each) for each in _chain(error))


def _one_story(error: BaseException) -> str:
    where = "".join(traceback.format_tb(error.__traceback__))
    head = "Traceback (most recent call last):\n" if where else ""
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    said = _safe_words(error)
    return f"{head}{where}{kind}{': ' if said else ''}{said}\n"


def _safe_words(error: BaseException) -> str:
    if hasattr(error, "happened"):  # one of the tree in domain.errors, which is above this module
        return str(error)
    if isinstance(error, OSError):
        return error.strerror or ""
    return str(getattr(error, "sqlite_errorname", ""))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield what led to ``error``, the first cause first, and then ``error``."""
    found: list[BaseException] = []
    now: BaseException | None = error
    while now is not None and now not in found:
        found.append(now)
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)
    yield from reversed(found)


class RedactingFormatter(logging.Formatter):
    """Formats a record: of an exception its :func:`story_of`, and nowhere a secret."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the finished line or lines."""
        fresh = copy.copy(record)
        fresh.exc_text = None  # another handler's, with all its words
        return redact(super().format(fresh))

    def formatException(self, ei: object) -> str:
        """Return the story of the exception that is told of."""
        error = ei[1] if isinstance(ei, tuple) else None
        return story_of(error).rstrip() if isinstance(error, BaseException) else ""


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
