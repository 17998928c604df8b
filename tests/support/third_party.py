"""Other people's tus client and server, under Node: got from npm's registry, once, and run."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import queue
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).resolve().parents[1] / "server" / "third_party"
MISSING = "Node and npm are not installed here."
_PATIENCE = 60.0


def has_node() -> bool:
    """Tell whether Node and npm can be run."""
    return shutil.which("node") is not None and shutil.which("npm") is not None


def prepared() -> Path:
    """Return a folder with our scripts and the pinned packages, outside of the repository.

    It is kept from run to run, and made anew when anything in :data:`SOURCES` changes.

    :raises subprocess.CalledProcessError: the packages could not be had.
    """
    sources = sorted(path for path in SOURCES.iterdir() if path.suffix in {".json", ".mjs"})
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    target = Path(tempfile.gettempdir()) / f"reporterdesk-third-party-{digest}"
    if target.is_dir():
        return target
    making = Path(tempfile.mkdtemp(prefix="reporterdesk-third-party-"))
    for path in sources:
        shutil.copy(path, making)
    npm = shutil.which("npm") or "npm"
    options = ["--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run([npm, "ci", *options], cwd=making, check=True, capture_output=True)
    try:
        making.rename(target)
    except OSError:  # another process of the suite was quicker
        shutil.rmtree(making)
    return target


def send(
    folder: Path, url: str, file: Path, token: str, *, chunk: int, stop: int | None = None
) -> list[dict[str, Any]]:
    """Send ``file`` with tus-js-client; return what it said. ``stop``: break off there."""
    command = ["node", str(folder / "send.mjs"), url, str(file), token, str(chunk)]
    command += [str(stop)] if stop is not None else []
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=_PATIENCE, check=False, env=_environment()
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@dataclass
class TusServer:
    """A running @tus/server; ``calls`` are what it has answered."""

    url: str
    folder: Path
    calls: list[dict[str, Any]] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None

    def kill(self) -> None:
        """Kill it at once."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(_PATIENCE)


@contextlib.contextmanager
def tus_server(folder: Path, files: Path) -> Iterator[TusServer]:
    """Run @tus/server with its files in ``files``."""
    files.mkdir(exist_ok=True)
    command = ["node", str(folder / "serve.mjs"), str(files)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=_environment()
    ) as process:
        lines: queue.Queue[dict[str, Any]] = queue.Queue()
        server = TusServer("", files, process=process)

        def read() -> None:
            assert process.stdout is not None
            for line in process.stdout:
                said = json.loads(line)
                if "url" in said:
                    lines.put(said)
                else:
                    server.calls.append(said)

        reading = threading.Thread(target=read, daemon=True)
        reading.start()
        try:
            server.url = lines.get(timeout=_PATIENCE)["url"]
            yield server
        finally:
            process.kill()
            process.wait(_PATIENCE)
            reading.join(_PATIENCE)


def _environment() -> dict[str, str]:
    # A proxy of the environment is for the registry, not for this very machine.
    hidden = {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NODE_OPTIONS"}
    return {name: value for name, value in os.environ.items() if name.upper() not in hidden}
