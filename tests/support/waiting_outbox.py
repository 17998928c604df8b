"""An outbox with many reports and photos, and a wire that notes all that is sent over it."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer

from reporterdesk.domain.event import EventFacts
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.photo import Photo, Rendition
from reporterdesk.domain.report import ReportContent
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report
from support.clocks import HandClock


@dataclass(frozen=True)
class Load:
    """How much waits: reports, photos in each, bytes of a preview and of a full size."""

    reports: int = 200
    photos: int = 5
    preview: int = 12_000
    full: int = 60_000

    @property
    def bytes(self) -> int:
        """The bytes of all photos."""
        return self.reports * self.photos * (self.preview + self.full)


def fill_outbox(home: Path, load: Load, now: datetime) -> list[str]:
    """File so many reports on the profile ``home``; return their ids in the order of filing."""
    clock = HandClock()
    clock.now = now
    store = open_store(home, clock=clock)
    try:
        return [_file(store, clock, load, number) for number in range(load.reports)]
    finally:
        store.close()


def _file(store: Store, clock: HandClock, load: Load, number: int) -> str:
    report_id = new_id()
    photos = tuple(
        Photo(
            new_id(),
            _rendition(store, f"{number} {one} preview", load.preview, 1280),
            _rendition(store, f"{number} {one} full", load.full, 4096),
            caption=f"Lanterns, {one}",
            alt_text="A row of paper lanterns",
        )
        for one in range(load.photos)
    )
    content = ReportContent(
        headline=f"Report {number + 1} from the river",
        byline="Ana Solano",
        section="town",
        body=f"The square was full by noon, for the {number + 1}. time.\n",
        event=EventFacts("Lantern walk", starts_at="2026-03-14", city="Lodi", country="IT"),
        photos=photos,
    )
    save_draft(store, report_id, content, clock=clock)
    clock.turn(seconds=1)
    file_report(store, report_id, clock=clock)
    return report_id


def _rendition(store: Store, seed: str, size: int, side: int) -> Rendition:
    data = Random(seed).randbytes(size)
    store.photos.put(data)
    return Rendition(hashlib.sha256(data).hexdigest(), size, "image/jpeg", side, side * 2 // 3)


@dataclass(frozen=True)
class Sent:
    """One call that carries something: a text (``what`` is ``"text"``), or a piece of a photo."""

    what: str
    report_id: str
    name: str = ""
    offset: int = 0
    size: int = 0


@dataclass
class Wire:
    """Passes calls on to a connector, and writes down what was sent, in order. Any thread."""

    real: Any
    sent: list[Sent] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def file(self, report_id: str, request: Any) -> Any:
        """Note a text."""
        with self.lock:
            self.sent.append(Sent("text", report_id, request.revision_id))
        return self.real.file(report_id, request)

    def upload(self, upload_url: str, offset: int, chunk: bytes) -> int:
        """Note a piece of a photo."""
        report_id, sha256 = upload_url.rstrip("/").split("/")[-2:]
        with self.lock:
            self.sent.append(Sent("photo", report_id, sha256, offset, len(chunk)))
        return self.real.upload(upload_url, offset, chunk)


def out_of_order(sent: list[Sent], ids: list[str], previews: set[str]) -> list[str]:
    """Return what was not sent in the order: texts, previews, full sizes, each as filed."""
    place = {report_id: number for number, report_id in enumerate(ids)}

    def rank(one: Sent) -> tuple[int, int]:
        kind = 0 if one.what == "text" else 1 if one.name in previews else 2
        return kind, place[one.report_id]

    ranks = [rank(one) for one in sent]
    return [f"{after} came after {before}" for before, after in pairwise(ranks) if after < before]


def sent_twice(sent: list[Sent]) -> list[str]:
    """Return what was sent more than once: a revision, or a byte of a photo."""
    said = []
    seen: set[tuple[str, str]] = set()
    reached: dict[tuple[str, str], int] = {}
    for one in sent:
        key = (one.report_id, one.name)
        if one.what == "text":
            if key in seen:
                said.append(f"text of {one.report_id}")
            seen.add(key)
        elif one.offset < reached.get(key, 0):
            said.append(f"bytes from {one.offset} of {one.name[:8]}")
        else:
            reached[key] = one.offset + one.size
    return said


def preview_names(home: Path, ids: list[str]) -> set[str]:
    """Return the SHA-256 of every preview of these reports."""
    store = open_store(home, clock=HandClock())
    try:
        return {
            photo.preview.sha256 for one in ids for photo in store.reports.get(one).content.photos
        }
    finally:
        store.close()


@dataclass
class Stall:
    """The UI thread did not come back to its events for so long."""

    seconds: float
    own: float
    """Of these, seconds that it worked itself."""
    queued: float
    """Seconds that it waited for a CPU which other threads and processes had."""

    @property
    def fair(self) -> float:
        """Seconds that it would have been on a machine with a free CPU for it."""
        return max(0.0, self.seconds - self.queued)


class FairBeat(QObject):
    """Notes how long the UI thread stays away from its events, and why. Lives there. Linux only.

    Why is told by the scheduler's own counts (proc_pid_schedstat(5)): time on a CPU, time in a
    queue for one. What remains was spent waiting for Python's lock, or for the disk.
    """

    EVERY = 0.004

    def __init__(self) -> None:
        super().__init__()
        self._file = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self.stalls: list[Stall] = []
        self._last = perf_counter()
        self._counts = self._read()
        self._timer = QTimer(self, interval=round(self.EVERY * 1000))
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def end(self) -> list[Stall]:
        """Stop, and return the stalls over 10 ms."""
        self._timer.stop()
        return self.stalls

    def _read(self) -> tuple[float, float]:
        on_cpu, queued, _slices = self._file.read_text().split()
        return int(on_cpu) / 1e9, int(queued) / 1e9

    def _beat(self) -> None:
        now, counts = perf_counter(), self._read()
        late = now - self._last - self.EVERY
        if late > 0.01:
            own, queued = (after - was for was, after in zip(self._counts, counts, strict=True))
            self.stalls.append(Stall(late, own, queued))
        self._last, self._counts = now, counts
