"""The real server's code, which dies or finds its disk full at any point where it writes."""

from __future__ import annotations

import errno
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from fastapi import FastAPI
from sqlalchemy import Connection

from reporterdesk.domain.clock import Clock
from reporterdesk.server.app import create_app
from reporterdesk.server.config import ServerConfig
from reporterdesk.server.database import Database
from support.servers import fill, quick_passwords


class Died(Exception):
    """The server's process is no more. (An exception, so that it unwinds as any other.)"""


class MortalServer:
    """A server whose process ends where a test says, and starts again on the same folder.

    :ivar died: it is to be started again.
    :ivar met: how often it died or had no room.
    """

    def __init__(self, data: Path, clock: Clock) -> None:
        shutil.copytree(_sample(), data)
        self.config = ServerConfig(data, upload_stalled_after=0.0)
        self.met: Counter[str] = Counter()
        self._clock = clock
        self._points_left: int | None = None
        self._fault: Callable[[], Exception] = Died
        self.start()

    def start(self) -> None:
        """Start, on what the process before has left."""
        self.died = False
        self.app: FastAPI = create_app(self.config, clock=self._clock, passwords=quick_passwords())
        self._watch()

    @property
    def database(self) -> Database:
        """Return the database of the process that runs now."""
        database: Database = self.app.state.parts.database
        return database

    def die_at(self, point: int) -> None:
        """End the process at the ``point``-th place where it writes, from now on."""
        self._points_left, self._fault = point, Died

    def no_room_at(self, point: int) -> None:
        """Let the disk be full at that place, once."""
        self._points_left, self._fault = point, _full

    @contextmanager
    def spared(self) -> Iterator[None]:
        """Let nothing fail for the length of a ``with``; it is still to come then."""
        left, self._points_left = self._points_left, None
        try:
            yield
        finally:
            self._points_left = left

    def heal(self) -> None:
        """From now on it lives."""
        self._points_left = None

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def _point(self) -> None:
        if self.died:
            raise Died
        if self._points_left is None:
            return
        self._points_left -= 1
        if self._points_left > 0:
            return
        self._points_left = None
        fault = self._fault()
        self.met["server died" if isinstance(fault, Died) else "server full"] += 1
        if isinstance(fault, Died):
            self.died = True
            self.close()
        raise fault

    def _watch(self) -> None:
        """Put a point before and after each thing that is written for good."""
        parts: Any = self.app.state.parts
        write, put, open_ = parts.database.write, parts.media.put, parts.partial.open

        @contextmanager
        def watched_write(*, announce: bool = True) -> Iterator[Connection]:
            self._point()
            with write(announce=announce) as connection:
                yield connection
                self._point()
            self._point()

        def watched_put(sha256: str, source: Path) -> None:
            self._point()
            put(sha256, source)
            self._point()

        def watched_open(*where: Any) -> Any:
            self._point()
            file = open_(*where)
            keep = file.keep

            def watched_keep() -> int:
                self._point()
                kept: int = keep()
                self._point()
                return kept

            file.keep = watched_keep
            return file

        parts.database.write, parts.media.put = watched_write, watched_put
        parts.partial.open = watched_open


def _full() -> Exception:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@cache
def _sample() -> Path:
    """Make a server's folder with the sample people, once."""
    folder = Path(mkdtemp()) / "data"
    fill(folder)
    return folder
