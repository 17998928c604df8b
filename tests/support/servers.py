"""Real publishing servers for tests: as a process of their own, or as a thread of this one."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.people import Role, SectionRole

if TYPE_CHECKING:
    from reporterdesk.server.auth import Passwords

PASSWORD = "correct horse battery"
SECTIONS = ("town", "sport")
PEOPLE: dict[str, tuple[SectionRole, ...]] = {
    "ana@example.org": (SectionRole("town", Role.REPORTER),),
    "ben@example.org": (SectionRole("town", Role.REPORTER), SectionRole("sport", Role.REPORTER)),
    "eve@example.org": (SectionRole("town", Role.EDITOR),),
    "sam@example.org": (SectionRole("sport", Role.EDITOR),),
    "adm@example.org": (),
}
"""Two reporters, an editor for each section, an administrator; all with :data:`PASSWORD`."""
_START_WITHIN = 60.0


def quick_passwords() -> Passwords:
    """Return real argon2id with the least cost, so that tests need not wait for it."""
    from argon2 import PasswordHasher

    from reporterdesk.server.auth import Passwords

    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def fill(data: Path, database_url: str | None = None) -> None:
    """Make :data:`SECTIONS` and :data:`PEOPLE` in the server's data folder."""
    from reporterdesk.server.administration import Administration
    from reporterdesk.server.config import ServerConfig
    from reporterdesk.server.database import Database

    data.mkdir(parents=True, exist_ok=True)
    database = Database(ServerConfig(data, database_url).database)
    administration = Administration(database, quick_passwords())
    for slug in SECTIONS:
        administration.add_section(slug, slug.title(), utc_now(), checklist=("Names checked?",))
    for email, roles in PEOPLE.items():
        name = email.partition("@")[0].title()
        administration.add_person(
            email, name, PASSWORD, roles, utc_now(), administrator=email.startswith("adm")
        )
    database.close()


@dataclass
class RunningServer:
    """A real ``reporterdesk serve`` process."""

    url: str
    process: subprocess.Popen[str]

    def stop(self) -> int:
        """Ask it to stop, wait, and return its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(30)

    def kill(self) -> None:
        """Kill it at once (``SIGKILL``), as a power cut would."""
        self.process.kill()
        self.process.wait(30)


@contextmanager
def running_server(data: Path, *options: str, port: int = 0) -> Iterator[RunningServer]:
    """Start ``python -m reporterdesk serve --data DATA`` and wait until it serves.

    Start it again on the same ``data`` (and the same ``port``, where the client keeps the
    address) after :meth:`RunningServer.stop` or :meth:`RunningServer.kill`.
    """
    command = [sys.executable, "-m", "reporterdesk", "serve", "--data", str(data)]
    command += ["--port", str(port), *options]
    data.mkdir(parents=True, exist_ok=True)
    log = data.parent / f"{data.name}.server.log"
    with (
        log.open("a", encoding="utf-8") as errors,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env=dict(os.environ)
        ) as process,
    ):
        assert process.stdout is not None
        try:
            line = _first_line(process.stdout)
            start = "Serving ReporterDesk at "
            assert line.startswith(start), f"{line!r}\n{log.read_text(encoding='utf-8')}"
            yield RunningServer(line.removeprefix(start).strip(), process)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait(30)


def _first_line(stream: Any) -> str:
    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=lambda: lines.put(stream.readline()), daemon=True).start()
    return lines.get(timeout=_START_WITHIN)


@contextmanager
def threaded_server(app: Any) -> Iterator[str]:
    """Serve an application from a thread of this process, by real HTTP; give its address."""
    from reporterdesk.server.run import listen

    listener = listen("127.0.0.1", 0)
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=5)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        bell = getattr(app.state, "parts", None)
        if bell is not None:
            bell.bell.close()
        server.should_exit = True
        thread.join(30)
        listener.close()
