"""``reporterdesk demo``: a server, a newsroom, and the app signed in as a reporter."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from reporterdesk.domain.errors import ReporterDeskError


def run(walkthrough: Path | None) -> int:
    """Run the demo until its window is closed, or the walkthrough to its end; return the exit code.

    Everything lives in a temporary folder and is gone afterwards.
    """
    _choose_platform(needs_screen=walkthrough is None)
    from reporterdesk.app import make_application
    from reporterdesk.demo.filling import fill_newsroom
    from reporterdesk.demo.servers import ServerProcess
    from reporterdesk.demo.stage import Stage

    application = make_application(sys.argv[:1])
    with tempfile.TemporaryDirectory(prefix="reporterdesk-demo-") as folder:
        try:
            newsroom = fill_newsroom(Path(folder), _say)
            server = ServerProcess(newsroom.server_data, newsroom.port)
            stage = Stage(application, newsroom, server)
            if walkthrough is not None:
                from reporterdesk.demo.walkthrough import walk

                return walk(stage, walkthrough, say=print)
            return stage.play()
        except ReporterDeskError as error:
            print(error, file=sys.stderr)  # noqa: T201 - said to whoever started the demo
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


def _say(what: str, done: int, total: int) -> None:
    print(f"[{done + 1:2d}/{total}] {what}", flush=True)  # noqa: T201
