"""What the server does without being asked: keep the schedule, hear other processes, clean up."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

from fastapi.concurrency import run_in_threadpool

from reporterdesk.server.parts import Parts
from reporterdesk.server.service.changes import last_change
from reporterdesk.server.service.cleaning import Cleaning
from reporterdesk.server.service.publishing import next_due, publish_due

_log = logging.getLogger(__name__)
_LOOK = 1.0
"""Seconds between looks for a report whose time has come, and for what others have written."""
_CLEAN = 3600.0
"""Seconds between rounds through the uploads under way; the first is at the start."""


class Rounds:
    """Made with the application; its tasks live on the event loop."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._heard = 0
        config = parts.config
        self._cleaning = Cleaning(
            parts.database, parts.partial, parts.leases, config.uploads_kept_for
        )

    @contextlib.asynccontextmanager
    async def going(self) -> AsyncIterator[None]:
        """Go the rounds until the end of the ``with``."""
        tasks = [
            asyncio.create_task(_again_and_again(self.look, _LOOK)),
            asyncio.create_task(_again_and_again(self.clean, _CLEAN)),
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def look(self) -> None:
        """Publish what is due, and wake those who wait if anything has changed.

        Another process may have written: then no bell rang here. One look for all who wait costs
        less than a look by each.
        """
        database, clock = self._parts.database, self._parts.clock
        due = await run_in_threadpool(next_due, database)
        if due is not None and due <= clock():
            await run_in_threadpool(publish_due, database, clock())
        last = await run_in_threadpool(last_change, database)
        if last != self._heard:
            self._heard = last
            self._parts.bell.ring()

    async def clean(self) -> None:
        """Remove what nobody needs of the uploads under way."""
        removed = await self._cleaning.clean(self._parts.clock())
        if removed:
            _log.info("%d partial uploads were removed that nobody needs.", removed)


async def _again_and_again(step: Callable[[], Awaitable[None]], pause: float) -> None:
    while True:
        try:
            await step()
        except Exception:  # noqa: BLE001 - one bad round must not be the last
            _log.exception("A round of the server failed; it is tried again.")
        await asyncio.sleep(pause)
