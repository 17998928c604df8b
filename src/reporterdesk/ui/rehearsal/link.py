"""The bad link as the app runs it: a process of its own, which ends with the app."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

from PySide6.QtCore import QObject, QProcess, Signal, Slot

_log = logging.getLogger(__name__)
_GOODBYE_MS = 1_000
COMMAND = "bad-link"
"""The word by which the command line of the packaged app starts it."""


class RehearsalLink(QObject):
    """Starts the process, tells it what to be, and hears it. Lives on the UI thread.

    :ivar ready: emits the port at which it listens.
    :ivar ended: emitted when it ended by itself, or could not start.
    """

    ready = Signal(int)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None

    @property
    def runs(self) -> bool:
        """Whether the process was started and has not ended."""
        return self._process is not None

    def start(self, server_url: str, profile: str) -> None:
        """Start it in front of a server; one that runs is stopped before."""
        self.stop()
        process = QProcess(self)
        process.readyReadStandardOutput.connect(self._read)
        process.errorOccurred.connect(self._gone)
        process.finished.connect(self._gone)
        self._process = process
        program, arguments = _command(server_url, profile)
        process.start(program, arguments)

    def use(self, profile: str) -> None:
        """Let it be another kind of link."""
        self.tell("use", profile=profile)

    def tell(self, do: str, **more: object) -> None:
        """Give one command, as ``reporterdesk.demo.bad_link.control`` lists them."""
        if self._process is not None:
            said = json.dumps({"do": do, **more})
            self._process.write(f"{said}\n".encode())

    def stop(self) -> None:
        """End it; nothing happens where it does not run."""
        process, self._process = self._process, None
        if process is None:
            return
        process.closeWriteChannel()  # it ends with its input
        if not process.waitForFinished(_GOODBYE_MS):
            process.kill()
            process.waitForFinished(_GOODBYE_MS)
        process.deleteLater()

    @Slot()
    def _read(self) -> None:
        process = self._process
        while process is not None and process.canReadLine():
            said = _parsed(bytes(process.readLine().data()))
            if "listening" in said:
                self.ready.emit(said["listening"])
            elif "error" in said:
                _log.warning("The link did not understand: %s", said["error"])

    @Slot()
    def _gone(self) -> None:
        process = self._process
        if process is None or process.state() != QProcess.ProcessState.NotRunning:
            return
        self._process = None
        _log.warning(
            "The link ended: %s",
            bytes(process.readAllStandardError().data()).decode(errors="replace"),
        )
        process.deleteLater()
        self.ended.emit()


def _command(server_url: str, profile: str) -> tuple[str, list[str]]:
    """Return what starts it: this Python with this app, or the packaged app itself."""
    options = ["--server", server_url, "--profile", profile]
    if getattr(sys, "frozen", False):
        return sys.executable, [COMMAND, *options]
    # -P: what lies in the folder the app was started in is none of its modules. The module by
    # itself starts sooner than the whole command line.
    return sys.executable, ["-P", "-m", "reporterdesk.demo.bad_link", *options]


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
