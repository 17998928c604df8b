"""Memory that photos in one report cost, beside a bare PySide6 window with a QTextEdit.

Run it: ``python tests/bench/photos_memory.py [--photos 50] [--scale 1]``. It makes JPEGs of 24
megapixels, adds them to a report in the real window, a figure for each, and scrolls through all of
the text; then it opens that report again in another process and scrolls through it. What is printed
is the largest resident size of each process (Linux, ``VmHWM``): what the photos cost is how far it
grows over that of the same window before there are any.
"""

from __future__ import annotations

import sys

sys.path.pop(0)  # beside this file there is a typing.py

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reporterdesk.app.desktop import Desktop

TESTS = Path(__file__).resolve().parents[1]
AIM = 300
SIZE = (6000, 4000)
WORDS = "The hall was full before the doors were closed, and nobody minded the rain. " * 4


def peak() -> float:
    """Return the largest resident size of this process so far, in megabytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("This system does not tell the largest resident size.")


def start_anew() -> None:
    """Count the largest size from here on (proc(5), ``clear_refs``)."""
    Path("/proc/self/clear_refs").write_text("5")


def make_photos(folder: Path, count: int) -> None:
    """Write ``count`` different JPEGs of 24 megapixels."""
    from PIL import Image, ImageDraw

    grain = Image.effect_noise((SIZE[0] // 4, SIZE[1] // 4), 60).resize(SIZE)
    ground = Image.merge("RGB", (grain, grain.rotate(180), Image.linear_gradient("L").resize(SIZE)))
    for number in range(count):
        picture = ground.copy()
        place = (number * 97 % 5000, number * 61 % 3000)
        ImageDraw.Draw(picture).ellipse((*place, place[0] + 900, place[1] + 900), fill="white")
        picture.save(folder / f"{number:03d}.jpg", quality=88)


def until(done: Callable[[], bool], *, seconds: float = 600) -> None:
    """Let the window live until ``done``.

    :raises TimeoutError: it was not done in time.
    """
    from PySide6.QtTest import QTest

    end = time.monotonic() + seconds
    while not done():
        QTest.qWait(10)  # asleep in between: the photos are read on other threads
        if time.monotonic() > end:
            raise TimeoutError


def bare() -> dict[str, float]:
    """Show a text in a bare window."""
    from PySide6.QtWidgets import QApplication, QTextEdit

    application = QApplication([])
    edit = QTextEdit()
    edit.resize(1280, 800)
    edit.setPlainText("\n\n".join([WORDS] * 50))
    edit.show()
    edit.grab()
    application.processEvents()
    return {"window": peak()}


def ours(home: Path, photos: Path, report_id: str) -> dict[str, float | str]:
    """Add the photos to a new report, or open one that has them; scroll through all of it."""
    from PySide6.QtWidgets import QApplication

    from reporterdesk.app.desktop import Desktop
    from reporterdesk.ui.theme import Theme
    from support.desks import DoorKeeper

    application = QApplication([])
    desktop = Desktop(home, Theme(application, "light"), desk=DoorKeeper().as_desk())
    desktop.window.resize(1280, 800)
    desktop.show()
    until(lambda: desktop.ready)
    pane = desktop.window.pane
    pane.furnish()
    told: dict[str, float | str] = {"window": peak()}
    start_anew()
    if report_id:
        desktop.opening.open(report_id)
        until(lambda: pane.report_id == report_id)
    else:
        desktop.opening.new_report()
        report_id = pane.report_id or ""
        pane.text.body.insertPlainText("\n".join([WORDS] * 50))
        _add(desktop, sorted(photos.iterdir()))
    told["added or opened"] = peak()
    _scroll(desktop)
    told["scrolled"] = peak()
    told["report"] = report_id
    told["pictures"] = desktop.images.bytes_kept / 1024**2
    pane.flush()
    until(lambda: not pane.unsaved)
    desktop.close()
    return told


def _add(desktop: Desktop, files: list[Path]) -> None:
    from reporterdesk.ui.editor.gaps import Gap

    pane = desktop.window.pane
    text = pane.text.body.text_document
    for number, file in enumerate(files):
        pane.photos.add_at([file], Gap(text, number + 1))
    until(lambda: not pane.photos.busy)
    found = len(pane.side.photos.photos())
    if found != len(files):
        raise RuntimeError(f"{found} photos of {len(files)} were added")


def _scroll(desktop: Desktop) -> None:
    """Show every part of the text until its pictures are there."""
    body = desktop.window.pane.text.body
    bar = body.verticalScrollBar()
    bar.triggerAction(bar.SliderAction.SliderToMinimum)
    while True:
        body.viewport().grab()
        until(lambda: not desktop.images.busy)
        body.viewport().grab()
        if bar.value() == bar.maximum():
            return
        bar.triggerAction(bar.SliderAction.SliderPageStepAdd)  # as a person does


def run(stage: str, scale: str, *more: str) -> dict[str, float | str]:
    """Run a stage in a process of its own; return what it tells."""
    environment = os.environ | {
        "PYTHONPATH": str(TESTS),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "QT_SCALE_FACTOR": scale,
    }
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, __file__, "--stage", stage, *more]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, float | str] = json.loads(done.stdout.splitlines()[-1])
    return told


def main() -> int:
    """Run all stages and print what each costs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, default=50)
    parser.add_argument("--scale", default="1")
    parser.add_argument("--stage", default="")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--report", default="")
    given = parser.parse_args()
    if given.stage == "bare":
        print(json.dumps(bare()))
        return 0
    if given.stage:
        print(json.dumps(ours(given.folder / "home", given.folder / "photos", given.report)))
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "photos").mkdir()
        make_photos(folder / "photos", given.photos)
        bare_window = float(run("bare", given.scale)["window"])
        adding = run("ours", given.scale, "--folder", name)
        report = str(adding["report"])
        opening = run("ours", given.scale, "--folder", name, "--report", report)
    print(f"{given.photos} photos of 24 megapixels in one report, scale {given.scale}, in MB")
    print(f"bare QTextEdit window       {bare_window:6.0f}")
    costs = []
    for what, told in (("adding all", adding), ("opening it again", opening)):
        window, largest = float(told["window"]), float(told["scrolled"])
        costs.append(largest - window)
        print(f"our window without photos   {window:6.0f}")
        print(f"  {what:25} {float(told['added or opened']):6.0f}")
        print(f"  scrolled through          {largest:6.0f}   pictures {told['pictures']:.0f}")
    print(f"what the photos cost        {max(costs):6.0f}   (aim: less than {AIM})")
    return 0 if max(costs) < AIM else 1


if __name__ == "__main__":
    sys.exit(main())
