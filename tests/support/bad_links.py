"""The product's own bad link for tests: on a thread of this process, or as the real process."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from reporterdesk.demo.bad_link.command import server_of
from reporterdesk.demo.bad_link.counts import Counts
from reporterdesk.demo.bad_link.link import BadLink
from reporterdesk.demo.bad_link.profiles import CLEAR, Cut, How, Kind, Profile

T = TypeVar("T")


class LinkOnAThread:
    """A link whose loop runs on a thread of its own; every method may be called from a test's."""

    def __init__(self, server_url: str, profile: Profile = CLEAR, seed: int = 1) -> None:
        server = server_of(server_url)
        assert server is not None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="link", daemon=True)
        self._thread.start()
        self._link = BadLink(server, profile, seed)
        port = asyncio.run_coroutine_threadsafe(self._link.start(), self._loop).result(10)
        self.url = f"http://127.0.0.1:{port}"

    @property
    def counts(self) -> Counts:
        """What it has carried up to now."""
        return self._do(lambda: replace(self._link.counts))

    def use(self, profile: Profile) -> None:
        """Be another kind of link."""
        self._do(lambda: self._link.use(profile))

    def plan_cut(self, cut: Cut | None) -> None:
        """Cut after some bytes."""
        self._do(lambda: self._link.plan_cut(cut))

    def trouble(self, kind: Kind) -> None:
        """Let something go wrong."""
        self._do(lambda: self._link.trouble(kind))

    def cut(self, how: How = How.RESET) -> None:
        """Cut every connection."""
        self._do(lambda: self._link.cut(how))

    def heal(self) -> None:
        """End what goes wrong."""
        self._do(self._link.heal)

    def log_in(self) -> None:
        """Pass the login page."""
        self._do(self._link.log_in)

    def reset_counts(self) -> None:
        """Count anew."""
        self._do(self._link.reset_counts)

    def close(self) -> None:
        """Stop, and end the thread."""
        asyncio.run_coroutine_threadsafe(self._link.stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _do(self, what: Callable[[], T]) -> T:
        async def done() -> T:
            return what()

        return asyncio.run_coroutine_threadsafe(done(), self._loop).result(10)


@contextmanager
def bad_link(server_url: str, profile: Profile = CLEAR, seed: int = 1) -> Iterator[LinkOnAThread]:
    """Lay a link to ``server_url`` for the length of a ``with``."""
    link = LinkOnAThread(server_url, profile, seed)
    try:
        yield link
    finally:
        link.close()


@dataclass
class LinkProcess:
    """A real ``reporterdesk bad-link`` process."""

    url: str
    process: subprocess.Popen[str]

    def tell(self, do: str, **more: object) -> dict[str, Any]:
        """Give one command, and return its answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


@contextmanager
def link_process(server_url: str, *options: str) -> Iterator[LinkProcess]:
    """Run the command for the length of a ``with``."""
    command = [sys.executable, "-m", "reporterdesk", "bad-link", "--server", server_url, *options]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            port = json.loads(process.stdout.readline())["listening"]
            yield LinkProcess(f"http://127.0.0.1:{port}", process)
        finally:
            if process.stdin is not None:
                process.stdin.close()
            process.wait(30)
