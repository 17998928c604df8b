"""One connection through the link: each way reads, waits for its turn, travels, and arrives."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import sys
from asyncio import StreamReader, StreamWriter
from typing import Protocol

from reporterdesk.demo.bad_link.profiles import Cut, How, Side

_AT_ONCE = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
"""``struct linger``: on, for no time."""
_ON_THE_WAY = 64
"""Pieces that may be travelling at once, each way."""


class Road(Protocol):
    """What a line asks of the link it goes over."""

    async def turn(self, side: Side, size: int) -> None:
        """Wait until ``size`` bytes have gone out on the link."""

    async def open(self) -> None:
        """Wait while no byte passes."""

    def allowed(self, side: Side, size: int) -> tuple[int, Cut | None]:
        """Return how many of the bytes may go, and the cut that comes right after them."""

    def arrives(self, side: Side) -> float:
        """Return the time, on the loop's clock, at which what goes out now arrives."""

    def piece(self, side: Side) -> int:
        """Return how many bytes to take at once."""

    def cut(self, how: How) -> None:
        """Cut every line."""


class Line:
    """A connection from an app, and the one to the server that belongs to it."""

    def __init__(
        self,
        road: Road,
        app: tuple[StreamReader, StreamWriter],
        desk: tuple[StreamReader, StreamWriter],
    ) -> None:
        self._road = road
        self._ways = (
            _Way(self, road, Side.UP, app[0], desk[1]),
            _Way(self, road, Side.DOWN, desk[0], app[1]),
        )
        self._ends = (app[1], desk[1])
        self._tasks: list[asyncio.Task[None]] = []
        self.dumb = False
        """Whether its bytes are swallowed from now on."""

    async def run(self) -> None:
        """Carry until both ways have ended, or it is cut."""
        works = [work for way in self._ways for work in (way.send(), way.arrive())]
        self._tasks = [asyncio.create_task(work) for work in works]
        try:
            await asyncio.wait(self._tasks)
        finally:
            self.end(How.CLOSE)

    def end(self, how: How) -> None:
        """End both connections now."""
        for task in self._tasks:
            task.cancel()
        for end in self._ends:
            end_connection(end, how)


class _Way:
    """One direction of a line."""

    def __init__(
        self, line: Line, road: Road, side: Side, source: StreamReader, target: StreamWriter
    ) -> None:
        self._line, self._road, self._side = line, road, side
        self._source, self._target = source, target
        self._travelling: asyncio.Queue[tuple[float, bytes, Cut | None]] = asyncio.Queue(
            _ON_THE_WAY
        )

    async def send(self) -> None:
        """Take what is said at one end, and let it go out as the link allows."""
        while True:
            try:
                data = await self._source.read(self._road.piece(self._side))
            except OSError:
                data = b""
            await self._road.open()
            size, cut = self._road.allowed(self._side, len(data)) if data else (0, None)
            if size:
                await self._road.turn(self._side, size)
            # The end of what was said travels as far as its last byte does.
            await self._travelling.put((self._road.arrives(self._side), data[:size], cut))
            if not data or cut is not None:
                return

    async def arrive(self) -> None:
        """Hand over at the other end what has travelled long enough."""
        while True:
            at, data, cut = await self._travelling.get()
            await asyncio.sleep(max(0.0, at - asyncio.get_running_loop().time()))
            await self._road.open()
            if data and not self._line.dumb:
                self._target.write(data)
                with contextlib.suppress(OSError):
                    await self._target.drain()
            if cut is not None and cut.how is not How.HALF:
                self._road.cut(cut.how)
                return
            if cut is not None or not data:
                self._say_end()
                return

    def _say_end(self) -> None:
        if self._line.dumb:
            self._line.end(How.CLOSE)
            return
        with contextlib.suppress(OSError, RuntimeError):
            self._target.write_eof()


def end_connection(end: StreamWriter, how: How) -> None:
    """End one connection: by a reset, or in good order."""
    if how is How.RESET:
        with contextlib.suppress(OSError):
            # On close, throw away what is unsent and send RST (man 7 socket, SO_LINGER).
            end.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        end.transport.abort()
    else:
        end.close()
