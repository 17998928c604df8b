"""A second start shows the first window and leaves; two profiles stand side by side."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from reporterdesk.app import starting
from reporterdesk.domain.errors import NoAnswer, StoreInUse
from reporterdesk.paths import lock_file, running_file
from reporterdesk.store.lock import ProfileLock
from reporterdesk.store.protection import Guard
from reporterdesk.ui.one_instance import (
    Wishes,
    bring_forward,
    first_or_shown,
    server_name,
)
from reporterdesk.vault import MemoryVault
from reporterdesk.workflow.protecting import protect_new

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the sockets are files here")
_PATIENCE = 60.0
Start = Callable[[Path], "subprocess.Popen[str]"]


@pytest.fixture(autouse=True)
def runtime_folder(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    folder = tmp_path_factory.mktemp("run")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


@pytest.fixture
def wishes(home: Path, qtbot: QtBot) -> Iterator[Wishes]:
    heard = Wishes(home)
    yield heard
    heard.close()


@pytest.fixture
def start() -> Iterator[Start]:
    """Start the real app, as often as one likes."""
    running: list[subprocess.Popen[str]] = []

    def begin(home: Path) -> subprocess.Popen[str]:
        environment = os.environ | {"REPORTERDESK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
        app = subprocess.Popen(
            [sys.executable, "-m", "reporterdesk"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(app)
        return app

    yield begin
    for app in running:
        app.kill()
        app.communicate()


@pytest.fixture
def plain(home: Path) -> Path:
    """Return a profile whose owner chose no encryption, so that the drafts open at once."""
    protect_new(home, Guard.NONE, vault=MemoryVault())
    return home


def wait_for(what: Callable[[], object]) -> None:
    until = time.monotonic() + _PATIENCE
    while not what():
        assert time.monotonic() < until
        time.sleep(0.02)


def in_use(file: Path) -> bool:
    try:
        ProfileLock(file).release()
    except StoreInUse:
        return True
    return False


def log_of(home: Path) -> str:
    return "".join(file.read_text("utf-8") for file in (home / "logs").glob("*"))


def stop(app: subprocess.Popen[str]) -> None:
    app.send_signal(signal.SIGTERM)
    assert ended(app) == (0, "")


def ended(app: subprocess.Popen[str]) -> tuple[int, str]:
    """Return the exit code, and what it said but for the offscreen platform's own."""
    _, errors = app.communicate(timeout=_PATIENCE)
    said = [line for line in errors.splitlines() if "This plugin does not support" not in line]
    return app.returncode, "\n".join(said)


# -- one process --------------------------------------------------------------------------------


def hears(home: Path, qtbot: QtBot, wishes: Wishes) -> bool:
    """Ask as a later start does, and tell whether that was answered."""
    later = QLocalSocket()
    with qtbot.waitSignal(wishes.show_wanted, timeout=10_000):
        later.connectToServer(server_name(home))
        later.write(b'{"wish": "show", "activation": ""}\n')
    qtbot.waitUntil(later.canReadLine, timeout=10_000)
    return later.readAll().data() == b"shown\n"


def test_the_first_hears_a_later_start(home: Path, qtbot: QtBot, wishes: Wishes) -> None:
    assert hears(home, qtbot, wishes)
    assert hears(home, qtbot, wishes)


@pytest.mark.qt_log_ignore("does not support raise")
def test_the_window_comes_to_the_front(qtbot: QtBot) -> None:
    window, dialog = QWidget(), QWidget()
    qtbot.addWidget(window)
    qtbot.addWidget(dialog)
    window.showMinimized()
    bring_forward()
    assert not window.isMinimized()
    assert window.isVisible()
    assert not dialog.isVisible()


def test_two_profiles_have_two_names(home: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(home)
    assert server_name(home) == server_name(tmp_path / "link")
    assert server_name(home) != server_name(tmp_path)
    assert len(server_name(home)) < 100  # https://man7.org/linux/man-pages/man7/unix.7.html


def test_only_this_person_may_speak_to_it(home: Path, wishes: Wishes) -> None:
    assert Path(server_name(home)).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "sent", [b"rubbish\n", b"[]\n", b'{"wish": "erase"}\n', b"\xff\x00\n", b"x" * 100_000, b""]
)
def test_what_is_no_wish_is_passed_over(
    home: Path, qtbot: QtBot, wishes: Wishes, sent: bytes
) -> None:
    with qtbot.assertNotEmitted(wishes.show_wanted):
        stranger = QLocalSocket()
        stranger.connectToServer(server_name(home))
        assert stranger.waitForConnected(5_000)
        stranger.write(sent)
        stranger.flush()
        if sent:
            unconnected = QLocalSocket.LocalSocketState.UnconnectedState
            qtbot.waitUntil(lambda: stranger.state() == unconnected, timeout=10_000)
        assert stranger.readAll().data() == b""
        stranger.abort()
    assert hears(home, qtbot, wishes)


def test_a_socket_that_was_left_behind_is_replaced(home: Path, qtbot: QtBot) -> None:
    left = socket.socket(socket.AF_UNIX)
    left.bind(server_name(home))
    left.close()
    wishes = Wishes(home)
    assert hears(home, qtbot, wishes)
    wishes.close()


def test_a_first_that_ends_meanwhile_leaves_the_profile_to_the_second(home: Path) -> None:
    first = ProfileLock(running_file(home))
    ending = threading.Timer(0.3, first.release)
    ending.start()
    lock = first_or_shown(home, patience=30)
    assert lock is not None
    lock.release()


def test_one_that_does_not_answer_is_told_of_in_a_sentence(
    home: Path, qtbot: QtBot, wishes: Wishes, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ProfileLock(running_file(home))
    with pytest.raises(NoAnswer, match=r"does not answer\. Your drafts are safe\."):
        first_or_shown(home, patience=0.4)  # nothing runs its event loop
    told: list[str] = []

    def no_answer(_home: Path) -> None:
        raise NoAnswer

    monkeypatch.setattr(starting, "make_application", lambda _arguments: None)
    monkeypatch.setattr(starting, "_first", no_answer)
    monkeypatch.setattr(QMessageBox, "warning", lambda _parent, _title, words: told.append(words))
    assert starting.run_desktop(home) == 1
    assert told == [str(NoAnswer())]
    first.release()


# -- real processes -----------------------------------------------------------------------------


def test_a_second_start_shows_the_first_and_leaves(plain: Path, start: Start) -> None:
    home = plain
    first = start(home)
    wait_for(lambda: in_use(lock_file(home)))
    second = start(home)
    assert ended(second) == (0, "")
    assert first.poll() is None
    wait_for(lambda: "A later start asked for this window." in log_of(home))
    first.send_signal(signal.SIGSTOP)
    with pytest.raises(NoAnswer):
        first_or_shown(home, patience=0.5)
    first.send_signal(signal.SIGCONT)
    assert first_or_shown(home, patience=_PATIENCE) is None
    protect_new(home.parent / "other", Guard.NONE, vault=MemoryVault())
    other = start(home.parent / "other")
    wait_for(lambda: in_use(lock_file(home.parent / "other")))
    assert (first.poll(), other.poll()) == (None, None)
    stop(first)
    stop(other)


def test_the_door_before_the_drafts_is_shown_again_too(home: Path, start: Start) -> None:
    """There is no store yet, and none is opened: the first start asks how to protect it."""
    first = start(home)
    wait_for(lambda: in_use(running_file(home)))
    assert ended(start(home)) == (0, "")
    assert first.poll() is None
    assert not (home / "drafts.db").exists()
    first.send_signal(signal.SIGTERM)
    assert ended(first)[0] == 0


def test_of_two_at_the_same_moment_one_stays(plain: Path, start: Start) -> None:
    home = plain
    apps = [start(home), start(home)]
    wait_for(lambda: any(app.poll() is not None for app in apps))
    (gone,) = (app for app in apps if app.poll() is not None)
    (stays,) = (app for app in apps if app is not gone)
    assert ended(gone) == (0, "")
    wait_for(lambda: in_use(lock_file(home)))
    assert stays.poll() is None
    stop(stays)


def test_after_a_kill_the_next_one_is_the_first(
    plain: Path, start: Start, runtime_folder: Path
) -> None:
    home = plain
    killed = start(home)
    wait_for(lambda: list(runtime_folder.iterdir()))
    killed.kill()
    killed.wait(timeout=_PATIENCE)
    assert list(runtime_folder.iterdir()) != []
    again = start(home)
    wait_for(lambda: in_use(lock_file(home)))
    stop(again)
    assert list(runtime_folder.iterdir()) == []
