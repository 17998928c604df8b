"""``reporterdesk demo``: a server, a newsroom, and the app signed in as a reporter."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reporterdesk.domain.errors import ReporterDeskError

_STOPPED_BY_SIGNAL = 130
"""The exit code of what Ctrl+C ended, as shells have it."""


def run(walkthrough: Path | None, link: str | None = None) -> int:
    """Run the demo until its window is closed, or the walkthrough to its end; return the exit code.

    Everything lives in a temporary folder and is gone afterwards.

    :param link: the bad connection that every laptop rehearses from its start.
    """
    _choose_platform(needs_screen=walkthrough is None)
    from reporterdesk.app import make_application
    from reporterdesk.demo.filling import fill_newsroom
    from reporterdesk.demo.servers import ServerProcess
    from reporterdesk.demo.stage import Stage

    application = make_application(sys.argv[:1])
    with tempfile.TemporaryDirectory(prefix="reporterdesk-demo-") as folder:
        try:
            with _stoppable() as say:
                newsroom = fill_newsroom(Path(folder), say)
            server = ServerProcess(newsroom.server_data, newsroom.port)
            stage = Stage(application, newsroom, server)
            stage.link = link or stage.link
            if walkthrough is not None:
                from reporterdesk.demo.walkthrough import walk

                return walk(stage, walkthrough, say=print)
            return stage.play()
        except KeyboardInterrupt:
            return _STOPPED_BY_SIGNAL
        except ReporterDeskError as error:
            print(error, file=sys.stderr)
            return 1


def _choose_platform(*, needs_screen: bool) -> None:
    """Take the offscreen platform for a walkthrough where nobody chose another."""
    if needs_screen:
        has_screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        if sys.platform == "linux" and not has_screen and "QT_QPA_PLATFORM" not in os.environ:
            raise SystemExit(
                "There is no screen here. Try: reporterdesk demo --walkthrough DIR\n"
                "It drives the same windows without one and leaves pictures in DIR."
            )
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@contextmanager
def _stoppable() -> Iterator[Callable[[str, int, int], None]]:
    """Give what says how far the filling is; there, between two reports, Ctrl+C ends it.

    Anywhere else it would cut through a transaction of the store's.

    :raises KeyboardInterrupt: from what is given, after Ctrl+C or a polite kill.
    """
    asked = threading.Event()

    def say(what: str, done: int, total: int) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        print(f"[{done + 1:2d}/{total}] {what}", flush=True)

    before = {
        number: signal.signal(number, lambda *_: asked.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield say
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
