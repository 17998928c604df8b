"""The bad link itself: takes connections, and carries, delays, cuts or swallows them."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from asyncio import StreamReader, StreamWriter
from random import Random

from reporterdesk.demo.bad_link.counts import Counts, CutPlan
from reporterdesk.demo.bad_link.line import Line, end_connection
from reporterdesk.demo.bad_link.login_page import LoginPage
from reporterdesk.demo.bad_link.pace import Pace
from reporterdesk.demo.bad_link.profiles import CLEAR, Cut, How, Kind, Profile, Side, Trouble, Way

_KERNEL_BUFFER = 32 * 1024
"""Bytes that the system may take in ahead of us: what waits there has not gone out yet."""


class BadLink:
    """A proxy in front of one server. Lives on an asyncio loop, and is used from there only.

    What passes is not looked at: TLS goes from end to end. Only the login page answers for itself.

    :param server: host and port to which everything goes.
    :param seed: the same seed brings the same jitter and troubles.
    :ivar counts: what has been carried so far.
    """

    def __init__(self, server: tuple[str, int], profile: Profile = CLEAR, seed: int = 1) -> None:
        self.counts = Counts()
        self._server = server
        self._random = Random(seed)  # noqa: S311 - to rehearse with, not for secrets
        self._lines: set[Line] = set()
        self._calls: set[asyncio.Task[None]] = set()
        self._passing = asyncio.Event()
        self._listening: asyncio.Server | None = None
        self._weather: asyncio.Task[None] | None = None
        self._trouble: Kind | None = None
        self._take(profile)

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> int:
        """Take connections; return the port.

        :raises OSError: it cannot listen there.
        """
        listener = socket.create_server((host, port))
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _KERNEL_BUFFER)
        self._listening = await asyncio.start_server(
            self._taken, sock=listener, limit=_KERNEL_BUFFER
        )
        self._begin_weather()
        taken: int = listener.getsockname()[1]
        return taken

    async def stop(self) -> None:
        """Cut everything, and take no more connections."""
        self._end_weather()
        if self._listening is not None:
            self._listening.close()
        self.cut(How.CLOSE)
        for call in tuple(self._calls):
            call.cancel()
        if self._calls:
            await asyncio.wait(self._calls)

    @property
    def profile(self) -> Profile:
        """The kind of link it is now."""
        return self._profile

    def use(self, profile: Profile) -> None:
        """Be another kind of link from now on; connections go on, over the new one."""
        self._end_weather()
        self._take(profile)
        if profile.login_page:  # it is asked for before anything else
            self.cut(How.CLOSE)
        self._begin_weather()

    def plan_cut(self, cut: Cut | None) -> None:
        """Cut after some bytes, in place of what the profile says; ``None``: do not."""
        self._plan = CutPlan(cut)

    def trouble(self, kind: Kind) -> None:
        """Let something go wrong, until :meth:`heal`."""
        self._trouble = kind
        if kind is Kind.STALL:
            self._passing.clear()
        elif kind is Kind.HOLE:
            for line in self._lines:
                line.dumb = True
        else:
            self.cut(How.RESET)

    def heal(self) -> None:
        """End the trouble that is, and any cut that was planned; the profile's come again."""
        self._trouble = None
        self._passing.set()
        self._plan = CutPlan(self._profile.cut)

    def cut(self, how: How = How.RESET) -> None:
        """Cut every connection now; new ones are taken."""
        for line in tuple(self._lines):
            self.counts.cuts += 1
            self._lines.discard(line)
            line.end(how)

    def log_in(self) -> None:
        """Let everything pass the login page, as after a visit to it."""
        self._asks_login = False

    def reset_counts(self) -> None:
        """Count from nothing again."""
        self.counts = Counts()

    # What a line asks of its road; see reporterdesk.demo.bad_link.line.Road.

    async def turn(self, side: Side, size: int) -> None:
        """Wait until ``size`` bytes have gone out on the link, and count them."""
        await asyncio.sleep(self._paces[side].wait(size, self._now()))
        self.counts.add(side, size)

    async def open(self) -> None:
        """Wait while no byte passes."""
        await self._passing.wait()

    def allowed(self, side: Side, size: int) -> tuple[int, Cut | None]:
        """Return how many of the bytes may go, and the cut that comes right after them."""
        return self._plan.allowed(side, size)

    def arrives(self, side: Side) -> float:
        """Return when what goes out now arrives; nothing overtakes."""
        way = self._way(side)
        at = self._now() + way.delay + self._random.uniform(0, way.jitter)
        self._last[side] = max(self._last[side], at)
        return self._last[side]

    def piece(self, side: Side) -> int:
        """Return how many bytes to take at once."""
        return self._paces[side].piece

    def _take(self, profile: Profile) -> None:
        self._profile = profile
        self._paces = {side: Pace(self._way(side).rate) for side in Side}
        self._last = dict.fromkeys(Side, 0.0)
        self._asks_login = profile.login_page
        self.heal()

    def _way(self, side: Side) -> Way:
        return self._profile.up if side is Side.UP else self._profile.down

    async def _taken(self, reader: StreamReader, writer: StreamWriter) -> None:
        call = asyncio.current_task()
        if call is not None:
            self._calls.add(call)
        self.counts.connections += 1
        try:
            # Only stop() cancels; Python 3.11 would report a cancelled call as an error.
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await self._carry(reader, writer)
        finally:
            if call is not None:
                self._calls.discard(call)
            end_connection(writer, How.CLOSE)

    async def _carry(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Carry one connection to its end, in whatever way the link is now."""
        match self._trouble:
            case Kind.DOWN:
                end_connection(writer, How.RESET)
                return
            case Kind.HOLE:
                while await reader.read(_KERNEL_BUFFER):
                    pass
                return
        # A connection costs a round trip before its first byte: TCP's SYN, and the answer to it.
        await asyncio.sleep(self._profile.round_trip)
        if self._asks_login:
            await LoginPage(self.log_in).answer(reader, writer)
            return
        try:
            desk = await asyncio.open_connection(*self._server, limit=_KERNEL_BUFFER)
        except OSError:
            end_connection(writer, How.RESET)
            return
        line = Line(self, (reader, writer), desk)
        line.dumb = self._dumb()
        self._lines.add(line)
        try:
            await line.run()
        finally:
            self._lines.discard(line)

    def _dumb(self) -> bool:
        return self._trouble is Kind.HOLE

    def _begin_weather(self) -> None:
        if self._profile.troubles and self._listening is not None:
            self._weather = asyncio.create_task(self._bring(self._profile.troubles))

    def _end_weather(self) -> None:
        if self._weather is not None:
            self._weather.cancel()
            self._weather = None

    async def _bring(self, troubles: tuple[Trouble, ...]) -> None:
        """Bring one trouble after another, for as long as the link is of this kind."""
        while True:
            trouble = self._random.choice(troubles)
            await asyncio.sleep(self._random.uniform(*trouble.apart))
            self.trouble(trouble.kind)
            await asyncio.sleep(self._random.uniform(*trouble.lasts))
            self._trouble = None
            self._passing.set()

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
