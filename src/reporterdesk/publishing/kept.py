"""Kept connections that are fresh: one that lay idle for long may be dead without a word.

A router on the way, and most of all a phone's network, forgets a connection after some minutes
without telling either end. What is then sent over it is answered by nobody, and only a timeout
tells. A new connection costs a round trip.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

IDLE = 60.0
"""Seconds after which a connection that was not used is not trusted any more."""


class _Fresh:
    """Closes what lay idle when it is taken out again; a closed connection is made anew."""

    clock: Callable[[], float] = staticmethod(time.monotonic)

    def _get_conn(self, timeout: float | None = None) -> Any:
        connection = super()._get_conn(timeout)  # type: ignore[misc]
        put_back_at = getattr(connection, "put_back_at", None)
        if put_back_at is not None and self.clock() - put_back_at > IDLE:
            connection.close()
        return connection

    def _put_conn(self, conn: Any) -> None:
        if conn is not None:
            conn.put_back_at = self.clock()
        super()._put_conn(conn)  # type: ignore[misc]


class FreshHttpPool(_Fresh, HTTPConnectionPool):
    """Kept connections without TLS."""


class FreshHttpsPool(_Fresh, HTTPSConnectionPool):
    """Kept connections with TLS."""


POOLS = {"http": FreshHttpPool, "https": FreshHttpsPool}
"""By scheme, as urllib3's pool manager has them."""
