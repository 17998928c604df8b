"""One window a profile: a second start asks the first to show itself, and leaves.

Who comes first holds a lock of the operating system, for as long as the process lives: also while
the drafts are locked and the store is closed, and gone with a crash. The lock decides; the socket
beside it only carries the wish. So a socket that a killed process has left is known for what it is,
and two that start at the same moment have one winner, whose socket the other waits for.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import logging
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from reporterdesk.domain.errors import NoAnswer, StoreInUse
from reporterdesk.paths import running_file
from reporterdesk.store.lock import ProfileLock

PATIENCE = 5.0
"""Seconds for which the first is waited for: it may have been started in the same moment."""

_ONE_TRY = 1.5
"""Seconds for one answer; then it is looked whether the first is still there at all."""
_ANSWER = b"shown\n"
_LONGEST = 4096
"""Bytes of one wish; what is longer is none."""
_ACTIVATION = "XDG_ACTIVATION_TOKEN"
_log = logging.getLogger(__name__)


class Wishes(QObject):
    """Hears the wishes of later starts. Lives on the UI thread of the first.

    :ivar show_wanted: emitted when the window is to come to the front.
    """

    show_wanted = Signal()

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        name = server_name(home)
        # Whoever left it is dead: the lock is ours.
        QLocalServer.removeServer(name)
        if not self._server.listen(name):
            _log.warning("Later starts cannot be heard: %s", self._server.errorString())

    def close(self) -> None:
        """Hear no more."""
        self._server.close()

    @Slot()
    def _connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(self._read)
            self._look_at(socket)

    @Slot()
    def _read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._look_at(socket)

    def _look_at(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST:
                socket.abort()
            return
        wish = _understood(bytes(socket.readLine(_LONGEST).data()))
        if wish is None:
            socket.abort()
            return
        token = wish.get("activation", "")
        if isinstance(token, str) and token.isprintable() and token:
            os.environ[_ACTIVATION] = token  # Qt's Wayland plugin takes it from there, once
        _log.info("A later start asked for this window.")
        self.show_wanted.emit()
        socket.write(_ANSWER)
        socket.flush()
        socket.disconnectFromServer()


def server_name(home: Path) -> str:
    """Return the name of the socket of this person and this profile.

    Where the system has a folder that is this person's alone, it lies there.
    """
    whose = f"{getpass.getuser()}\n{os.path.realpath(home)}"
    name = (
        f"reporterdesk-{hashlib.sha256(whose.encode('utf-8', 'surrogateescape')).hexdigest()[:24]}"
    )
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    if os.name == "posix" and folder and os.access(folder, os.W_OK | os.X_OK):
        return str(Path(folder) / name)
    return name


def first_or_shown(home: Path, *, patience: float = PATIENCE) -> ProfileLock | None:
    """Ask the process that has the profile to show its window; ``None`` once it has.

    Where it ends meanwhile, the profile is ours, and the lock is returned: keep it until this
    process ends. Blocks; needs no event loop.

    :param patience: seconds to wait for its answer.
    :raises NoAnswer: there was none.
    :raises StoreError: the profile folder cannot be written.
    """
    until = time.monotonic() + patience
    _let_it_come_forward()
    while time.monotonic() < until:
        with suppress(StoreInUse):
            return ProfileLock(running_file(home))
        if _asked(server_name(home), min(until, time.monotonic() + _ONE_TRY)):
            return None
        time.sleep(0.05)  # it starts at this moment, or ends: no socket yet, or none any more
    raise NoAnswer


def bring_forward() -> None:
    """Put what this app shows in front of the other programs: the main window, the lock, a dialog.

    The system decides: some only let the taskbar's entry blink.
    """
    shown = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    for window in shown:
        if window.isMinimized():
            state = window.windowState() & ~Qt.WindowState.WindowMinimized
            window.setWindowState(state | Qt.WindowState.WindowActive)
        if window.windowType() in {Qt.WindowType.Window, Qt.WindowType.Dialog}:
            window.raise_()
            window.activateWindow()
    asking = QApplication.activeModalWidget()
    if asking is not None:
        asking.raise_()
        asking.activateWindow()


def _asked(name: str, until: float) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_left(until)):
        return False
    wish = {"wish": "show", "activation": os.environ.get(_ACTIVATION, "")}
    socket.write(json.dumps(wish).encode() + b"\n")
    while not socket.canReadLine():
        if not socket.waitForReadyRead(_left(until)):
            return socket.readAll().data() == _ANSWER
    return bytes(socket.readLine().data()) == _ANSWER


def _left(until: float) -> int:
    """Return the milliseconds until then, one at the least."""
    return max(1, round((until - time.monotonic()) * 1000))


def _understood(line: bytes) -> dict[str, object] | None:
    try:
        wish = json.loads(line)
    except ValueError:
        return None
    return wish if isinstance(wish, dict) and wish.get("wish") == "show" else None


def _let_it_come_forward() -> None:
    """Windows lets only the program in front put another there."""
    if sys.platform == "win32":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.windll.user32.AllowSetForegroundWindow(-1)  # ASFW_ANY
