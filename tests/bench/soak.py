"""Ten thousand random edits in one session of the whole app: does its memory stay where it was?

Run it: ``python tests/bench/soak.py [--edits 10000] [--words 2000]``. The app stands over an
encrypted store, with spelling, autosave and preview on. Words are typed and erased, formatted, cut,
pasted, moved, undone and redone, now and then another draft is opened and left again. Memory (RSS)
and the steps to undo are told after every thousand edits; the aim is at most 20 % more after all of
them than after the first thousand. The text is kept at about its length, so that what grows is not
the text.
"""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
# A module here must not hide the standard library's own of the same name.
sys.path[:] = [str(TESTS), *(p for p in sys.path if Path(p or ".").resolve() != TESTS / "bench")]

import argparse  # noqa: E402 - after the path is mended
import gc  # noqa: E402
import os  # noqa: E402
import random  # noqa: E402
import tempfile  # noqa: E402
from typing import TYPE_CHECKING  # noqa: E402

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

from PySide6.QtCore import QCoreApplication  # noqa: E402
from PySide6.QtGui import QTextCursor  # noqa: E402

from reporterdesk.text.parse import parse  # noqa: E402
from reporterdesk.ui.editor.block_commands import set_kind  # noqa: E402
from reporterdesk.ui.editor.inline_commands import set_bold  # noqa: E402
from reporterdesk.ui.editor.moving_blocks import move_blocks  # noqa: E402
from reporterdesk.ui.editor.pasting import insert_document  # noqa: E402
from support.edits_within import STYLES  # noqa: E402
from support.keystrokes import pause  # noqa: E402
from support.long_reports import WORDS, long_report  # noqa: E402
from support.writing import type_keys  # noqa: E402
from support.writing_bench import writing_bench  # noqa: E402

if TYPE_CHECKING:
    from support.writing_bench import WritingBench

MOST_GROWTH = 1.2
OTHER = 500


def resident() -> float:
    """Return the process's resident memory in MiB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def edit(bench: WritingBench, chance: random.Random, longest: int) -> None:
    """Do one random thing; a text that has grown too long is cut."""
    body = bench.body
    end = body.text_document.characterCount() - 1
    cursor = QTextCursor(body.text_document)
    cursor.setPosition(chance.randint(0, end))
    what = chance.choice(
        ("type",) * 6 + ("erase", "bold", "style", "paste", "move", "undo", "redo")
    )
    if what in {"bold", "erase"} or end > longest:
        reach = 400 if end > longest else 30
        cursor.setPosition(min(end, cursor.position() + reach), QTextCursor.MoveMode.KeepAnchor)
    body.setTextCursor(cursor)
    if end > longest or what == "erase":
        type_keys(body, "\b")
    elif what == "type":
        type_keys(
            body,
            f"{chance.choice(WORDS)} {chance.choice(WORDS)}{chance.choice(('.', '', chr(10)))}",
        )
    elif what == "bold":
        set_bold(body, on=chance.random() < 0.5)
    elif what == "style":
        set_kind(body.textCursor(), chance.choice(STYLES))
    elif what == "paste":
        insert_document(body.textCursor(), parse("pasted **words**\n\n- and\n- items\n"))
    elif what == "move":
        move_blocks(body.textCursor(), up=chance.random() < 0.5)
    else:
        getattr(body, what)()
    QCoreApplication.processEvents()


def main() -> int:
    """Edit, and print what is held after every thousand edits."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=2_000)
    arguments = parser.parse_args()
    longest = int(len(long_report(arguments.words).markdown) * 1.1)
    chance, first = random.Random(1), 0.0
    with (
        tempfile.TemporaryDirectory() as folder,
        writing_bench(Path(folder), (arguments.words, OTHER)) as bench,
    ):
        print("  edits   MiB   of 1,000   steps to undo")
        for number in range(1, arguments.edits + 1):
            edit(bench, chance, longest)
            if number % 250 == 0:
                pause(0.3)  # a person, too, stops now and then
            if number % max(1, min(1_000, arguments.edits)) == 0:
                bench.settle()
                gc.collect()
                held = resident()
                first = first or held
                steps = bench.body.text_document.availableUndoSteps()
                print(f"{number:7} {held:5.0f} {held / first:8.2f} {steps:13}", flush=True)
    print(f"aim: at most {MOST_GROWTH} times what it was after the first thousand")
    return int(held > first * MOST_GROWTH)


if __name__ == "__main__":
    raise SystemExit(main())
