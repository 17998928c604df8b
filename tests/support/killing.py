"""Killing a process that types, again and again, and what must be there afterwards."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reporterdesk.store.key import StoreKey

TESTS = Path(__file__).resolve().parents[1]
_BUSY = 0.4
"""How often the one who types does other things, too."""
_PATIENCE = 60.0
"""Seconds for a line of the process."""
_TO_END = 5.0


@dataclass
class Written:
    """What went into one report while the process lived: what it held before, then each key."""

    before: str
    photos_before: tuple[str, ...] = ()
    typed: str = ""
    times: list[float] = field(default_factory=list)
    photos: list[tuple[str, float]] = field(default_factory=list)

    def longest_pause(self) -> float:
        """Return the seconds between the two keys that are farthest apart."""
        pairs = zip(self.times, self.times[1:], strict=False)
        return max([0.0, *(later - earlier for earlier, later in pairs)])

    def whole(self) -> str:
        """Return all letters that were ever in it."""
        return self.before + self.typed

    def older_than(self, moment: float) -> str:
        """Return the letters that were in it at ``moment``."""
        return self.before + self.typed[: sum(at <= moment for at in self.times)]


@dataclass
class Round:
    """One life of the process."""

    reports: dict[str, Written] = field(default_factory=dict)
    killed_at: float = 0.0
    saves: int = 0
    steps: int = 0

    def take(self, line: dict[str, Any]) -> None:
        """Note a line of the process.

        :raises AssertionError: something failed there that should not.
        """
        assert "failed" not in line, line["failed"]
        if "report" in line:
            self._now = self.reports.setdefault(
                line["report"], Written(letters(line["body"]), tuple(line["photos"]))
            )
        elif "typed" in line:
            self._now.typed += line["typed"]
            self._now.times.append(line["at"])
        elif "photo" in line:
            self._now.photos.append((line["photo"], line["at"]))
        elif "saved" in line:
            self.saves += 1
        elif "step" in line:
            self.steps += 1


def letters(body: str) -> str:
    """Return the letters of a body, without the spaces that the typist puts between some."""
    return "".join(body.split())


class SavingProcess:
    """The process that forks those that are killed; see :mod:`support.saving_process`."""

    def __init__(self, module: str = "support.saving_process") -> None:
        environment = os.environ | {"PYTHONPATH": str(TESTS), "QT_QPA_PLATFORM": "offscreen"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def live_and_die(
        self, home: Path, key: StoreKey | None, chance: random.Random, moment: Moment
    ) -> Round:
        """Let a process type, kill it at ``moment``, and return what it had said."""
        order = {"home": str(home), "key": key.data.hex() if key else ""}
        busy = moment.steps > 0 or chance.random() < _BUSY
        self._tell(order | {"seed": chance.randrange(1 << 30), "busy": busy})
        pid = self._next()["pid"]
        ended = Round()
        try:
            while ended.saves < moment.saves or ended.steps < moment.steps:
                ended.take(self._alive())
            # Not to wait for anything: the moment of the kill is what varies.
            threading.Event().wait(moment.pause)
        finally:
            ended.killed_at = time.monotonic()
            with contextlib.suppress(ProcessLookupError):  # it ended by itself; see below
                os.kill(pid, signal.SIGKILL)
        while "ended" not in (line := self._next()):
            ended.take(line)
        assert os.WIFSIGNALED(line["ended"]), f"It ended by itself: {line}"
        return ended

    def close(self) -> None:
        """Let it end; after a failure, with the one that still types."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(_TO_END)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(_PATIENCE)

    def _tell(self, order: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()

    def _alive(self) -> dict[str, Any]:
        line = self._next()
        assert "ended" not in line, "It ended by itself."
        return line

    def _next(self) -> dict[str, Any]:
        while True:
            line = self._lines.get(timeout=_PATIENCE)
            assert line is not None, "The process is gone."
            with contextlib.suppress(json.JSONDecodeError):  # a line that the kill cut
                return json.loads(line)

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout:
            for line in self._process.stdout:
                self._lines.put(line)
        self._lines.put(None)


@dataclass(frozen=True)
class Moment:
    """When to kill: ``pause`` seconds after so many saves and so many other steps."""

    pause: float
    saves: int = 0
    steps: int = 0


def any_moment(chance: random.Random) -> Moment:
    """Choose one: while it opens, around a save, around a photo's or a filing's, or much later."""
    kind = chance.random()
    if kind < 0.4:
        return Moment(chance.uniform(0.0, 0.15))
    if kind < 0.55:
        return Moment(chance.uniform(0.0, 0.006), saves=1)
    if kind < 0.9:
        return Moment(chance.uniform(0.0, 0.02), steps=chance.randint(1, 3))
    return Moment(chance.uniform(1.0, 2.4))


class Witness:
    """Writes a page to the same disk again and again, and notes when that took long.

    It uses nothing of ours: what it could not do in time, nobody could. Its longest delay is what
    the machine, not the app, took away from a second.
    """

    def __init__(self, folder: Path) -> None:
        self._file = (folder / "witness").open("wb", buffering=0)
        self._late: list[tuple[float, float]] = []
        self._begun = time.monotonic()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def longest(self, since: float, until: float) -> float:
        """Return the longest delay in seconds that began or ended between two moments.

        One that lasts counts, too: after a pause of the whole machine, who asks may wake first.
        """
        now = (self._begun, time.monotonic() - _LOOK)
        late = [
            end - begun
            for begun, end in (*tuple(self._late), now)
            if end >= since and begun <= until and end - begun > _LOOK
        ]
        return max([0.0, *late])

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._thread.join()
        self._file.close()

    def _watch(self) -> None:
        while not self._stop.wait(_LOOK):
            self._file.seek(0)
            self._file.write(bytes(4096))
            os.fsync(self._file.fileno())
            ended = time.monotonic()
            if ended - self._begun > 2 * _LOOK:
                self._late.append((self._begun, ended - _LOOK))
            self._begun = ended


_LOOK = 0.03


@contextlib.contextmanager
def watched(folder: Path) -> Iterator[Witness]:
    """Watch the disk for the length of a ``with``."""
    witness = Witness(folder)
    try:
        yield witness
    finally:
        witness.close()
