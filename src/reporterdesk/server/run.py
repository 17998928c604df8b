"""``reporterdesk serve``: the server as a process of its own."""

from __future__ import annotations

import contextlib
import logging
import signal
import socket
import sys
from datetime import timedelta
from pathlib import Path
from types import FrameType

import uvicorn
from fastapi import FastAPI

from reporterdesk.domain.errors import ReporterDeskError, StoreInUse
from reporterdesk.server.app import create_app
from reporterdesk.server.config import ServerConfig
from reporterdesk.server.parts import Bell
from reporterdesk.store.lock import ProfileLock

_LAST_CALLS = 10
"""Seconds that calls under way have when the server is told to stop."""


def serve(
    data: Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    database_url: str | None = None,
    media_url: str | None = None,
    public_url: str = "",
    token_days: int | None = None,
) -> int:
    """Serve until told to stop; return the exit code.

    The first line of standard output says where; everything else goes to standard error. One
    server a folder: who writes to which upload is known in one process only.

    :param port: 0 takes a free one.
    :param public_url: the site's address, where it is not ``http://HOST:PORT``.
    """
    logging.basicConfig(
        level=logging.INFO,
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    try:
        listener = listen(host, port)
    except OSError as error:
        print(f"Cannot listen on {host}:{port}: {error.strerror}.", file=sys.stderr)
        return 1
    address = _address(listener, host)
    config = ServerConfig(
        data=data,
        database_url=database_url,
        media_url=media_url,
        public_url=public_url.rstrip("/") or address,
        token_lifetime=timedelta(days=token_days) if token_days else None,
    )
    try:
        app, lock = _opened(config)
    except (ReporterDeskError, OSError) as error:
        listener.close()
        print(_told(error, data), file=sys.stderr)
        return 1
    server = make_server(app, config)
    # uvicorn stops in good order and then sends itself the signal again: that is not an error.
    signal.signal(signal.SIGTERM, lambda *_: None)
    print(f"Serving ReporterDesk at {address}", flush=True)
    with lock, contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
    return 0


def _opened(config: ServerConfig) -> tuple[FastAPI, ProfileLock]:
    """Make the application on a folder that no other server uses."""
    config.data.mkdir(parents=True, exist_ok=True)
    lock = ProfileLock(config.data / "server.lock")
    try:
        return create_app(config), lock
    except BaseException:
        lock.release()
        raise


def _told(error: ReporterDeskError | OSError, data: Path) -> str:
    """Say why it does not start."""
    if isinstance(error, StoreInUse):
        return f"Another server is running on {data}. Stop it first."
    return f"Cannot use {data}: {error.strerror}." if isinstance(error, OSError) else str(error)


def make_server(app: FastAPI, config: ServerConfig) -> uvicorn.Server:
    """Return what serves ``app``, with the limits of ``config``."""
    return _Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_LAST_CALLS,
            timeout_keep_alive=round(config.keep_alive),
        ),
        app.state.parts.bell,
    )


class _Server(uvicorn.Server):
    """Wakes those who wait for a change when it is told to stop: else each would delay the end."""

    def __init__(self, config: uvicorn.Config, bell: Bell) -> None:
        super().__init__(config)
        self._bell = bell

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """See uvicorn."""
        self._bell.close()
        super().handle_exit(sig, frame)


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; port 0 takes a free one.

    :raises OSError: the address is taken or not ours.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(1024)
    except OSError:
        listener.close()
        raise
    return listener


def _address(listener: socket.socket, host: str) -> str:
    port = listener.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"
