"""Seconds from start to a window one can type in, beside a bare PySide6 window with a QTextEdit.

Run it: ``python tests/bench/startup.py [--reports 10000] [--runs 9]``. Each round starts a process
of each kind in turn; what is timed is the whole of it, from before the process exists until a typed
character has been painted. Machines differ and are noisy: only the ratio counts.
"""

from __future__ import annotations

import sys

sys.path.pop(0)  # beside this file there is a typing.py

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
AIM = 1.5
WORDS = 800


def seconds_to_first_key(kind: str, home: Path, **more: str) -> float:
    """Start a window of ``kind`` in a process of its own; return seconds to its first painted key.

    :param more: variables of its environment.
    :raises RuntimeError: the window took no typing.
    """
    environment = os.environ | {
        "REPORTERDESK_HOME": str(home),
        "PYTHONPATH": str(TESTS),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        # As an installed app has it: compiled once, whatever the folder of the sources allows.
        "PYTHONPYCACHEPREFIX": str(home / "bytecode"),
        **more,
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, "-m", "support.first_key", kind]
    started = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        taken = time.perf_counter() - started
        process.wait(timeout=30)
    if line.strip() != "painted":
        raise RuntimeError(f"{kind}: no key was painted ({line.strip()!r})")
    return taken


def main() -> int:
    """Fill a store, run both kinds in turn, print the medians and the median of the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=9)
    arguments = parser.parse_args()

    sys.path.insert(0, str(TESTS))
    from support.filled_store import fill_store

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        fill_store(home, reports=arguments.reports, words=WORDS)
        for kind in ("bare", "ours"):  # once uncounted: byte code, file caches
            seconds_to_first_key(kind, home)
        bare: list[float] = []
        ours: list[float] = []
        for _ in range(arguments.runs):
            bare.append(seconds_to_first_key("bare", home))
            ours.append(seconds_to_first_key("ours", home))

    ratio = statistics.median(a / b for a, b in zip(ours, bare, strict=True))
    print(f"{arguments.reports} reports of {WORDS} words, {arguments.runs} rounds")
    print(f"bare QTextEdit window  {statistics.median(bare):6.3f} s")
    print(f"ReporterDesk           {statistics.median(ours):6.3f} s")
    print(f"ratio                  {ratio:6.2f}   (aim: at most {AIM})")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
