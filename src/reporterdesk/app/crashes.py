"""What a crash may leave behind: no image of the memory, no words on the standard error."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

_log = logging.getLogger(__name__)
_WER_NO_HEAP = 1
"""``WER_FAULT_REPORTING_FLAG_NOHEAP``: a Windows error report without the heap (werapi.h)."""


def leave_no_dump() -> None:
    """Let a crash of this process write no image of its memory, which holds reports and the key."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.WerSetFlags(_WER_NO_HEAP)
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    # Not 0: where Linux pipes dumps to a program, as to systemd-coredump, 1 alone forbids it
    # (fs/coredump.c, "RLIMIT_CORE set to 1").
    soft = hard if 0 <= hard < 1 else 1
    resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))


def log_what_nobody_catches() -> None:
    """Log exceptions that end a slot or a thread, and print them without a report's words.

    A desktop keeps what programs print: in its journal, or in a file in the home folder.
    """
    from reporterdesk.logs import RedactingFormatter

    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    sys.unraisablehook = _unraisable
    if logging.lastResort is not None:  # prints what is logged where there is no log file
        logging.lastResort.setFormatter(RedactingFormatter())


def _uncaught(
    _kind: type[BaseException], error: BaseException, _where: TracebackType | None
) -> None:
    _tell(error)


def _uncaught_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        _tell(told.exc_value)


def _unraisable(told: sys.UnraisableHookArgs) -> None:
    if told.exc_value is not None:
        _tell(told.exc_value)


def _tell(error: BaseException) -> None:
    from reporterdesk.logs import story_of

    _log.error("Nobody caught this.", exc_info=error)
    if sys.stderr is not None:  # a windowed app on Windows has none
        sys.stderr.write(story_of(error))
