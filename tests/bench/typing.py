"""Milliseconds from a key press to its paint, in the whole app and in a bare QTextEdit.

Run it: ``python tests/bench/typing.py [--quick] [--words 500 2000 20000 100000] [--keys 60]
[--rounds 3] [--places start end …] [--session SECONDS]``. The app stands over an encrypted store,
with spelling, autosave and preview on; beside it is a window with nothing but a QTextEdit and the
same text. Keys are posted to the windows as the system posts them, and timed until the viewport has
painted them. The caret stands at the start, in the middle, at the end, in the longest paragraph and
at the end of the longest list; the worst of these is what counts. Both type in turn, so that both
meet the same moments of a busy machine; ``ratio`` is what counts. Beside the time on the wall is
the time that the UI thread itself worked (CPU): where other programs run, the ratio of these two
tells more. Texts above 20,000 words get a quarter of the keys; ``--quick`` takes 500 and 20,000
words, few keys, and no session.

Then a session of words, lines and corrections is typed at 20,000 words for ``--session`` seconds
(15; the aim is for 300), and the longest times are told that the UI thread stayed away from its
events, with the part in which it worked itself, the part in which other programs had the
processors, and when: the rest it waited for Python's lock or the disk. The bare window types the
same, for 15 seconds at most.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [entry for entry in [str(TESTS)] if entry not in sys.path]
# A module here must not hide the standard library's own of the same name.
sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != TESTS / "bench"]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

from typing import TYPE_CHECKING  # noqa: E402 - after the path is mended

from PySide6.QtWidgets import QTextEdit  # noqa: E402

from support.keystrokes import HeartBeat, Keyboard, Stall, pause  # noqa: E402
from support.long_reports import WORDS  # noqa: E402
from support.writing_bench import writing_bench  # noqa: E402

if TYPE_CHECKING:
    from support.keystrokes import Press
    from support.writing_bench import WritingBench

RATIO = 1.5
STALL_MS = 50.0
OPENING_MS = 100.0
SESSION_WORDS = 20_000
BARE_SESSION = 15.0
PLACES = ("start", "middle", "end", "longest", "list")


def places(editor: QTextEdit) -> dict[str, tuple[int, int]]:
    """Return the block and column of the places in which to type."""
    document = QTextEdit.document(editor)  # that of the app is a tree
    blocks = [document.findBlockByNumber(number) for number in range(document.blockCount())]
    longest = max(blocks, key=lambda block: block.length())
    items = [block.blockNumber() for block in blocks if block.blockFormat().indent()]
    return {
        "start": (0, 0),
        "middle": (len(blocks) // 2, 20),
        "end": (len(blocks) - 1, 10**6),
        "longest": (longest.blockNumber(), longest.length() // 2),
        "list": ((items or [0])[-1], 20),
    }


def percentile(values: list[float], share: float) -> float:
    """Return the value below which so large a share of ``values`` is."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def time_keys(
    bench: WritingBench, keyboards: dict[str, Keyboard], keys: int, asked: argparse.Namespace
) -> None:
    """Type at every place, in turn; print a row for each."""
    where = places(bench.body)
    for place in asked.places:
        block, column = where[place]
        taken: dict[str, list[Press]] = {"ours": [], "bare": []}
        for _ in range(asked.rounds):
            for kind, give in (("ours", bench.take_over), ("bare", bench.hand_over)):
                give()
                keyboards[kind].put_caret(block, column)
                chance = random.Random(7)
                for _ in range(keys):
                    taken[kind].append(keyboards[kind].type(chance.choice("abcdefg    ")))
                    pause(0.02)
                bench.settle()
        row(place, taken["ours"], taken["bare"])


def row(name: str, ours: list[Press], bare: list[Press]) -> None:
    """Print the medians and the 97th percentiles of both, and their ratios: wall, then CPU."""
    told = f"  {name:8}"
    for part in ("seconds", "cpu"):
        mine, theirs = ([getattr(press, part) * 1000 for press in kind] for kind in (ours, bare))
        for share in (0.5, 0.97):
            m, n = percentile(mine, share), percentile(theirs, share)
            told += f" {m:7.2f} {n:6.2f} {m / n:5.2f} "
        told += "  " if part == "seconds" else ""
    print(told.rstrip(), flush=True)


def session(keyboard: Keyboard, seconds: float, seed: int) -> tuple[list[Press], list[Stall]]:
    """Type as a person does, for so long; return what each key took, and the stalls."""
    chance, beat, taken = random.Random(seed), HeartBeat(), []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        word = chance.choice(WORDS) + chance.choice(("", "", "x\b", "xy"))
        for character in word + chance.choice("     .\n" if chance.random() < 0.3 else " "):
            taken.append(keyboard.type(character))
            pause(chance.uniform(0.02, 0.12))
        if chance.random() < 0.1:
            pause(chance.uniform(0.5, 1.5))
    return taken, beat.end()


def told(stalls: list[Stall]) -> str:
    """Return the first few of ``stalls`` in words."""
    words = (
        f"{s.seconds * 1000:.0f} ({s.own * 1000:.0f}, {s.queued * 1000:.0f}) after {s.at:.0f} s"
        for s in stalls[:6]
    )
    return ", ".join(words) or "none above 5 ms"


def time_session(bench: WritingBench, keyboards: dict[str, Keyboard], seconds: float) -> None:
    """Let both type for so long, in turn; print the longest stalls."""
    print(
        f"\nA session of {seconds:.0f} s at {SESSION_WORDS} words:"
        " longest stalls, ms (of them own work, waiting for a processor)"
    )
    bench.open(SESSION_WORDS)
    bench.settle()
    bench.show_bare()
    for kind, give in (("ours", bench.take_over), ("bare", bench.hand_over)):
        give()
        keyboards[kind].put_caret(*places(bench.body)["middle"])
        lasts = seconds if kind == "ours" else min(seconds, BARE_SESSION)
        taken, stalls = session(keyboards[kind], lasts, seed=3)
        worked = sorted(stalls, key=lambda stall: -stall.own)
        worst = percentile([key.seconds * 1000 for key in taken], 0.97)
        print(f"  {kind}, {lasts:.0f} s: {told(stalls)};")
        print(f"    by own work: {told(worked)};")
        print(f"    {len(taken)} keys, 97 %: {worst:.1f} ms", flush=True)
        bench.settle()
    print(f"  aim: none above {STALL_MS:.0f} ms")


def time_opening(bench: WritingBench, words: int, other: int | None) -> None:
    """Open the draft of this length over another one, three times; print what it took."""
    opened, cpu = [], []
    for _ in range(3 if other else 0):
        bench.open(other or words)
        bench.settle()
        began = time.thread_time()
        opened.append(bench.open(words) * 1000)
        cpu.append((time.thread_time() - began) * 1000)
        bench.settle()
    if not other:
        bench.open(words)
        bench.settle()
    wall, own = (" ".join(f"{ms:.0f}" for ms in taken) for taken in (opened, cpu))
    print(f"\n{words} words; opened in {wall} ms, CPU {own} ms (aim: under {OPENING_MS:.0f})")


def asked_for() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--words", type=int, nargs="+")
    parser.add_argument("--keys", type=int)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--places", nargs="+", choices=PLACES, default=PLACES)
    parser.add_argument("--session", type=float)
    asked = parser.parse_args()
    short = asked.quick
    asked.words = asked.words or ([500, 20_000] if short else [500, 2_000, 20_000, 100_000])
    asked.keys = asked.keys or (20 if short else 60)
    asked.rounds = asked.rounds or (1 if short else 3)
    asked.session = (0.0 if short else 15.0) if asked.session is None else asked.session
    return asked


def main() -> int:
    """Time everything and print it."""
    asked = asked_for()
    lengths = tuple(sorted({*asked.words, *([SESSION_WORDS] if asked.session else [])}))
    with (
        tempfile.TemporaryDirectory() as folder,
        writing_bench(Path(folder), lengths) as bench,
    ):
        keyboards = {"ours": Keyboard(bench.body), "bare": Keyboard(bench.bare)}
        for words in asked.words:
            time_opening(bench, words, next((n for n in lengths if n != words), None))
            bench.show_bare()
            print(
                "  ms: ours, bare, ratio"
                f" (aim at 20,000 words, 97 %: {RATIO})\n"
                "  caret            wall, median           wall, 97 %"
                "              CPU, median            CPU, 97 %"
            )
            keys = asked.keys if words <= SESSION_WORDS else max(5, asked.keys // 4)
            time_keys(bench, keyboards, keys, asked)
        if asked.session:
            time_session(bench, keyboards, asked.session)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
