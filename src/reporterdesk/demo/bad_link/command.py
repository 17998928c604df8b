"""``reporterdesk bad-link``: a bad link as a process of its own."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import signal
import sys
import threading
from urllib.parse import urlsplit

from reporterdesk.demo.bad_link.control import Control
from reporterdesk.demo.bad_link.link import BadLink
from reporterdesk.demo.bad_link.profiles import CLEAR, PROFILES, profile_named


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--server", required=True, metavar="URL", help="the server behind the link")
    parser.add_argument(
        "--profile",
        choices=[*PROFILES, CLEAR.name],
        default=CLEAR.name,
        help="the kind of link (%(default)s)",
    )
    parser.add_argument(
        "--port", type=int, default=0, help="the port to listen at; 0 takes a free one"
    )
    parser.add_argument(
        "--seed", type=int, default=1, help="the same seed brings the same troubles"
    )


def run(arguments: argparse.Namespace) -> int:
    """Be the link until standard input ends or a signal comes; return the exit code.

    The first line of standard output is ``{"listening": PORT, "profile": NAME}``; then each line
    of standard input is a command (see :class:`Control`), answered by a line.
    """
    with contextlib.suppress(KeyboardInterrupt):
        return asyncio.run(_serve(arguments))
    return 0


async def _serve(arguments: argparse.Namespace) -> int:
    target = server_of(arguments.server)
    if target is None:
        print(f"“{arguments.server}” is not an address of a server.", file=sys.stderr)
        return 2
    link = BadLink(target, profile_named(arguments.profile), arguments.seed)
    try:
        port = await link.start(port=arguments.port)
    except OSError as error:
        print(f"Cannot listen at port {arguments.port}: {error.strerror}.", file=sys.stderr)
        return 1
    print(json.dumps({"listening": port, "profile": link.profile.name}), flush=True)
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError):  # Windows has no such handlers
        loop.add_signal_handler(signal.SIGTERM, ended.set)
    # A thread reads: asyncio has no pipes of others on Windows.
    threading.Thread(
        target=_listen, args=(loop, Control(link), ended), name="control", daemon=True
    ).start()
    await ended.wait()
    await link.stop()
    return 0


def server_of(url: str) -> tuple[str, int] | None:
    """Return host and port of a server's address, or ``None`` if it has none."""
    parts = urlsplit(url)
    try:
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    except (KeyError, ValueError):
        return None
    return (parts.hostname, port) if parts.hostname else None


def _listen(loop: asyncio.AbstractEventLoop, control: Control, ended: asyncio.Event) -> None:
    """Read commands until there are no more: whoever started the link has gone then, too."""
    for line in sys.stdin:
        loop.call_soon_threadsafe(_obey, control, line)
    with contextlib.suppress(RuntimeError):  # the loop has ended before
        loop.call_soon_threadsafe(ended.set)


def _obey(control: Control, line: str) -> None:
    print(control.obey(line), flush=True)
