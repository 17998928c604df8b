"""Milliseconds of the draft store at 1,000, 10,000 and 100,000 reports, beside bare ``sqlite3``.

Run it: ``python tests/bench/store.py [--reports 1000 10000 100000] [--runs 21] [--words 800]``;
``--keep FOLDER`` fills the stores there once (100,000 reports are 2 × 2 GB and some minutes) and
uses them again. Every store is open in a process of its own, and each thing is done in turn by the
app's code, by a bare ``sqlite3`` with the same statements on a copy of the same file,
and by the app on an encrypted store, so that all of them meet the same moments of a busy machine.
``ours``, ``bare`` and ``key`` are medians; what counts are the ratios, each the median of ratios
within a round. At the end: start-up to the first typed key, at the smallest and largest size.
"""

from __future__ import annotations

import sys

sys.path.pop(0)  # beside this file there is a typing.py

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "bench")]
KEY = "7b" * 32
MOST_MS = 50.0
MOST_TIMES_BARE = 3.0
MOST_GROWTH = 1.3
MOST_SLOWER_START = 1.2


class Timed:
    """A process of :mod:`support.store_timing`."""

    def __init__(self, kind: str, home: Path, key: str = "-") -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "support.store_timing", kind, str(home), key],
            env=os.environ | {"PYTHONPATH": str(TESTS)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, what: str, **arguments: Any) -> tuple[float, Any]:
        """Let it do something; return milliseconds, and the statements that it took."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps({"do": what, **arguments}) + "\n")
        stdin.flush()
        line = stdout.readline()
        if not line:
            raise RuntimeError(f"{what}: the process is gone")
        answer = json.loads(line)
        return 1000 * answer["seconds"], answer.get("sql")

    def close(self) -> None:
        """End it, and wait."""
        self._process.communicate()


@dataclass(frozen=True)
class Size:
    """The three stores of one size, open, and what is looked for in them."""

    reports: int
    ours: Timed
    key: Timed
    bare: Timed
    drafts: tuple[str, ...]
    rare: str


@dataclass
class Times:
    """Milliseconds of one thing at one size, a round an entry."""

    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    key: list[float] = field(default_factory=list)

    def line(self) -> str:
        """Return the medians, and the medians of the ratios."""
        parts = [f"{statistics.median(each):9.2f}" for each in (self.ours, self.bare, self.key)]
        ratios = f"{ratio(self.ours, self.bare):6.2f} {ratio(self.key, self.ours):6.2f}"
        return f"{' '.join(parts)}   {ratios}"


def ratio(ours: list[float], theirs: list[float]) -> float:
    """Return the median of the ratios, round by round."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def searches(rare: str) -> dict[str, dict[str, Any]]:
    """Return what is searched, by a name for the table."""
    words = {
        "rare word": rare,
        "common word": "evening",
        "prefix": "ev",
        "two words": "violinist village",
        "phrase": '"Reading Festival in Lahore"',
        "phrase in every report": '"the old market"',
    }
    return {
        f"{name}, {order}": {"query": query, "order": order}
        for name, query in words.items()
        for order in ("newest", "relevance")
    }


@contextmanager
def opened(folder: Path, reports: int, words: int) -> Iterator[Size]:
    """Fill the stores of one size, if they are not there, and open each in its process."""
    from reporterdesk.domain.status import EDITABLE
    from reporterdesk.store.key import StoreKey
    from support.filled_store import fill_store, made_reports

    plain, locked, bare = (folder / f"{reports} {kind}" for kind in ("plain", "key", "bare"))
    for home, key in ((plain, None), (locked, StoreKey(bytes.fromhex(KEY)))):
        if not (home / "filled").exists():
            fill_store(home, reports, words, key=key)
            (home / "filled").touch()
    if not bare.exists():
        shutil.copytree(plain, bare)
    drafts, rare = [], (0, "")
    for report in made_reports(min(reports, 2_000), words):
        if report.status in EDITABLE:
            drafts.append(report.id)
            rare = max(rare, rarest_name(report.content.body))
    kept = [Timed("ours", plain), Timed("ours", locked, KEY), Timed("bare", bare)]
    try:
        yield Size(reports, *kept, tuple(drafts), rare[1])
    finally:
        for each in kept:
            each.close()


def rarest_name(body: str) -> tuple[int, str]:
    """Return the rarest guest's name in a body, after its place in the list of names."""
    from support.filled_store import NAMES

    guests = body.partition("Among the guests were ")[2].partition(".")[0]
    return max((NAMES.index(name), name) for name in guests.replace(" and ", ", ").split(", "))


def measure(sizes: list[Size], runs: int) -> dict[str, dict[int, Times]]:
    """Do everything at every size in turn, ``runs`` times; the first round is not counted."""
    chance = random.Random(1)
    found: dict[str, dict[int, Times]] = {}
    for run in range(-1, runs):
        for size in sizes:
            draft = chance.choice(size.drafts)
            things: dict[str, tuple[str, dict[str, Any]]] = {
                "open": ("open", {}),
                "first screen": ("first_screen", {}),
                "list, first page": ("page", {}),
                "counts": ("counts", {}),
                **{f"search, {name}": ("search", how) for name, how in searches(size.rare).items()},
                "save a draft": ("save", {"report_id": draft, "words": f" And then {run}."}),
            }
            for name, (what, how) in things.items():
                times = do_once(size, what, how)
                if run >= 0:
                    kept = found.setdefault(name, {}).setdefault(size.reports, Times())
                    kept.ours.append(times[0])
                    kept.bare.append(times[1])
                    kept.key.append(times[2])
    return found


def do_once(size: Size, what: str, how: dict[str, Any]) -> tuple[float, float, float]:
    """Return the milliseconds of ours, of bare sqlite3, and of ours with encryption."""
    ours, sql = size.ours.do(what, **how)
    alone = what in {"open", "first_screen"}  # done by a driver of its own, without SQLAlchemy
    bare, _ = size.bare.do(what) if alone else size.bare.do("run", sql=sql)
    return ours, bare, size.key.do(what, **how)[0]


def show(found: dict[str, dict[int, Times]]) -> None:
    """Print the table, and whether the aims are met."""
    from support.store_timing import bare_sqlite3

    print(f"bare is SQLite {bare_sqlite3.sqlite_version} by {bare_sqlite3.__name__}")
    print(f"{'ms, medians':42} {'reports':>8} {'ours':>9} {'bare':>9} {'key':>9}   ours/b  key/o")
    for name, by_size in found.items():
        for reports, times in by_size.items():
            print(f"{name:42} {reports:8} {times.line()}{misses(name, times)}")
    saves = found["save a draft"]
    least, most = min(saves), max(saves)
    if least < most:
        for kind in ("ours", "key"):
            growth = ratio(getattr(saves[most], kind), getattr(saves[least], kind))
            print(f"save a draft, {kind}: {most} reports to {least}: {growth:.2f}", end="")
            print(f"   (aim: at most {MOST_GROWTH})")


def misses(name: str, times: Times) -> str:
    """Say what misses an aim."""
    if not name.startswith(("list", "search")):
        return ""
    slow = max(statistics.median(times.ours), statistics.median(times.key)) > MOST_MS
    behind = ratio(times.ours, times.bare) > MOST_TIMES_BARE
    return f"{'  > 50 ms' if slow else ''}{'  > 3 times bare' if behind else ''}"


def show_starts(folder: Path, sizes: list[int], runs: int) -> None:
    """Print the start-up to the first typed key at the smallest and the largest size."""
    from startup import seconds_to_first_key

    small, large = min(sizes), max(sizes)
    keyring = give_keyring(folder, [folder / f"{reports} key" for reports in (small, large)])
    times: dict[str, list[float]] = {}
    for run in range(-1, runs):
        for kind, more in (("plain", {}), ("key", keyring)):
            for reports in (small, large):
                home = folder / f"{reports} {kind}"
                seconds = seconds_to_first_key("ours", home, **more)
                if run >= 0:
                    times.setdefault(home.name, []).append(seconds)
    for name, taken in times.items():
        print(f"start to the first key, {name:20} {statistics.median(taken):6.3f} s")
    for kind in ("plain", "key"):
        slower = ratio(times[f"{large} {kind}"], times[f"{small} {kind}"])
        print(f"ratio, {kind:5} {slower:6.2f}   (aim: at most {MOST_SLOWER_START})")


def give_keyring(folder: Path, homes: list[Path]) -> dict[str, str]:
    """Let a keyring in a file have the key of these stores; return what tells the app of it."""
    from reporterdesk.store.key import StoreKey
    from reporterdesk.store.protection import Guard, Protection, write_protection
    from reporterdesk.vault import SERVICE
    from reporterdesk.workflow.unlocking import keyring_name

    kept = {}
    for home in homes:
        check = StoreKey(bytes.fromhex(KEY)).check()
        protection = Protection(Guard.KEYRING, store_id=home.name, key_id="1", check=check)
        write_protection(home, protection)
        kept[f"{SERVICE}\n{keyring_name(protection)}"] = KEY
    file = folder / "keyring.json"
    file.write_text(json.dumps(kept), encoding="utf-8")
    return {
        "PYTHON_KEYRING_BACKEND": "support.file_keyring.FileKeyring",
        "REPORTERDESK_TEST_KEYRING": str(file),
    }


def main() -> int:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--words", type=int, default=800)
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--without-starts", action="store_true")
    parser.add_argument("--only-starts", action="store_true")
    arguments = parser.parse_args()
    with ExitStack() as end:
        folder = arguments.keep or Path(end.enter_context(tempfile.TemporaryDirectory()))
        with ExitStack() as stores:
            sizes = [
                stores.enter_context(opened(folder, reports, arguments.words))
                for reports in arguments.reports
            ]
            if not arguments.only_starts:
                show(measure(sizes, arguments.runs))
        if len(arguments.reports) > 1 and not arguments.without_starts:
            show_starts(folder, arguments.reports, arguments.runs)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
