"""Failed sign-ins are slowed down, per account and per address, and across restarts."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from reporterdesk.server.tables import tries

FREE_TRIES_OF_ACCOUNT = 5
FREE_TRIES_OF_ADDRESS = 30
"""Higher: a newsroom may share one address."""
LONGEST_WAIT = 300
"""Seconds. Longer would let a stranger lock somebody out."""
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Throttle:
    """The counts of one account and one address. Every method needs a writing connection."""

    email: str
    address: str

    def reserve(self, connection: Connection, now: datetime) -> int:
        """Count a try as failed, and return 0; or return how many seconds it must wait."""
        connection.execute(delete(tries).where(tries.c.last_at < now - FORGOTTEN_AFTER))
        counts = {key: _count(connection, key) for key, _ in self._limits()}
        wait = max(_wait(*counts[key], free, now) for key, free in self._limits())
        if wait > 0:
            return wait
        for key, (failures, last_at) in counts.items():
            values = {"key": key, "failures": failures + 1, "last_at": now}
            if last_at is None:
                connection.execute(insert(tries).values(values))
            else:
                connection.execute(update(tries).where(tries.c.key == key).values(values))
        return 0

    def give_back(self, connection: Connection) -> None:
        """Take this try's count back, as the password was right.

        The account starts afresh. The address only gets this one try back: an attacker with
        an account of their own must not be able to clear it.
        """
        (account, _), (address, _) = self._limits()
        connection.execute(delete(tries).where(tries.c.key == account))
        connection.execute(
            update(tries)
            .where(tries.c.key == address, tries.c.failures > 0)
            .values(failures=tries.c.failures - 1)
        )

    def _limits(self) -> tuple[tuple[str, int], tuple[str, int]]:
        return (
            (_key("account", self.email), FREE_TRIES_OF_ACCOUNT),
            (_key("address", self.address), FREE_TRIES_OF_ADDRESS),
        )


def _key(kind: str, value: str) -> str:
    return f"{kind}:{hashlib.sha256(value.encode('utf-8', 'replace')).hexdigest()}"


def _count(connection: Connection, key: str) -> tuple[int, datetime | None]:
    row = connection.execute(select(tries).where(tries.c.key == key)).one_or_none()
    if row is None:
        return 0, None
    return row.failures, row.last_at


def _wait(failures: int, last_at: datetime | None, free: int, now: datetime) -> int:
    if last_at is None or failures < free:
        return 0
    pause = min(1 << min(failures - free, 20), LONGEST_WAIT)
    # A clock that was put back must not make anybody wait longer than the pause.
    waited = max((now - last_at).total_seconds(), 0.0)
    return max(math.ceil(pause - waited), 0)
