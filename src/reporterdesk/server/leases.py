"""One writer at a time for each upload; a new one takes over from one that has stalled.

A phone that changed networks comes back on a new connection while the server still holds the
old one open. The newcomer waits until the old writer ends or falls silent, and then takes over.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager

PATIENCE = 15.0
"""Seconds a newcomer waits for a writer that is still moving."""


def upload_key(report_id: str, sha256: str) -> str:
    """Return how one upload is called here."""
    return f"{report_id}/{sha256}"


class UploadBusy(Exception):
    """Another writer is at work, and moving."""


class Lease:
    """The right to write to one upload, until ``lost`` is set."""

    def __init__(self) -> None:
        self.lost = asyncio.Event()
        self.ended = asyncio.Event()
        self._moved_at = asyncio.get_running_loop().time()

    def moved(self) -> None:
        """Note that bytes have just arrived."""
        self._moved_at = asyncio.get_running_loop().time()

    def silent_for(self) -> float:
        """Return for how many seconds nothing has arrived."""
        return asyncio.get_running_loop().time() - self._moved_at


class UploadLeases:
    """Who writes to which upload. Lives on the event loop.

    :param stalled_after: seconds of silence after which a writer gives way.
    """

    def __init__(self, stalled_after: float, patience: float = PATIENCE) -> None:
        self._stalled_after = stalled_after
        self._patience = patience
        self._held: dict[str, Lease] = {}

    @asynccontextmanager
    async def hold(self, key: str) -> AsyncIterator[Lease]:
        """Give the lease for ``key``.

        :raises UploadBusy: another writer has it and is moving.
        """
        give_up_at = asyncio.get_running_loop().time() + self._patience
        while (holder := self._held.get(key)) is not None:
            if asyncio.get_running_loop().time() >= give_up_at:
                raise UploadBusy
            await self._wait_for(holder)
        lease = self._held[key] = Lease()
        try:
            yield lease
        finally:
            if self._held.get(key) is lease:
                del self._held[key]
            lease.ended.set()

    @contextmanager
    def idle(self, keys: Iterable[str]) -> Iterator[list[str]]:
        """Take the leases of those of ``keys`` that nobody holds; a writer who comes waits."""
        taken = {key: Lease() for key in keys if key not in self._held}
        self._held.update(taken)
        try:
            yield list(taken)
        finally:
            for key, lease in taken.items():
                if self._held.get(key) is lease:
                    del self._held[key]
                lease.ended.set()

    async def _wait_for(self, holder: Lease) -> None:
        pause = self._stalled_after - holder.silent_for()
        if pause <= 0:
            holder.lost.set()
            pause = self._patience
        try:
            await asyncio.wait_for(holder.ended.wait(), pause)
        except TimeoutError:
            return
