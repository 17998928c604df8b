"""A process in which somebody types and attaches photos without end, until it is killed.

``python -m support.saving_process`` imports the app once and then forks a fresh process for each
line of standard input, ``{"home": …, "key": HEX or "", "seed": …, "busy": …}``. That one opens the
store itself, on its own store thread, and saves as the app does, through :class:`Autosave`,
``DraftRoom`` and ``Background``. What it does it says in JSON lines, before it goes on:

``{"pid": …}``, ``{"report": ID, "body": …, "photos": […]}`` for the report that is typed into from
now on and what it holds, ``{"typed": "a", "at": …}`` and ``{"photo": ID, "at": …}`` for each key
and photo just before they come in, ``{"step": NAME}`` as something begins, ``{"saved": …}``, and
``{"ended": STATUS}`` when it is dead. Times are of the monotonic clock all processes share.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.photo import Photo
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import EDITABLE
from reporterdesk.photos.imported import ImportedPhoto, PhotoDetails
from reporterdesk.store.first_screen import read_first_screen
from reporterdesk.store.key import StoreKey
from reporterdesk.store.opening import open_store
from reporterdesk.store.outbox import Upload
from reporterdesk.store.store import Store
from reporterdesk.store.thread import StoreThread
from reporterdesk.ui.autosave import Autosave
from reporterdesk.ui.background import Background
from reporterdesk.ui.drafts import Draft, DraftRoom
from reporterdesk.workflow.drafting import restore_report, trash_report
from reporterdesk.workflow.filing import file_report, recall
from support.contents import photo_of, ready_content
from support.photo_uses import sweep_photos

_LETTERS = "abcdefghijklmnopqrstuvwxyzäčłßяфعسब水"
_LINE = 60
_LONGEST = 2_000
"""Keys after which a new report is begun."""
_KEPT_PHOTOS = 3
_SIZES = (5_000,) * 5 + (60_000,) * 4 + (1_300_000,)


def say(message: dict[str, Any]) -> None:
    """Write a line; it is out when this returns. Where nobody reads any more, end."""
    try:
        # A line feed before it, too: a kill may have cut a long line in two.
        os.write(1, ("\n" + json.dumps(message) + "\n").encode())
    except OSError:
        os._exit(71)


class Typist(QObject):
    """Types into the report that was open; one who is busy attaches and files in between.

    Who files has everything saved at once: only who types alone shows how late autosave may be.
    """

    def __init__(self, home: Path, key: StoreKey | None, seed: int, *, busy: bool) -> None:
        super().__init__()
        self._busy = busy
        self._chance = random.Random(seed)
        first = read_first_screen(home, key)
        thread = StoreThread(lambda: open_store(home, clock=utc_now, key=key))
        self._background = Background(thread, self)
        self._background.known_error.connect(_fail)
        self._background.unexpected_error.connect(_fail)
        self._room = DraftRoom(self._background)
        self._autosave = Autosave(self._room.save, parent=self)
        self._autosave.saved.connect(_saved)
        self._autosave.failed.connect(_fail)
        self._background.in_store(_Sweep(), _nothing)
        self._content = ReportContent()
        self._report_id = ""
        self._begin(first.open_report)
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(0)

    def _begin(self, report: Report | None) -> None:
        """Go on with ``report``, or begin a new one."""
        self._autosave.leave()
        if report is None or len(report.content.body) > _LONGEST:
            self._report_id, self._content = new_id(), ready_content("Typed")
            self._content = replace(self._content, body="")
        else:
            self._report_id, self._content = report.id, report.content
            if report.status not in EDITABLE:
                self._background.in_store(_Recall(report.id), _nothing)
            if report.trashed_at is not None:
                self._background.in_store(_Restore(report.id), _nothing)
        ids = [photo.id for photo in self._content.photos]
        say({"report": self._report_id, "body": self._content.body, "photos": ids})
        saved_at = None if report is None else report.changed_at
        self._autosave.open(self._report_id, self._read, saved_at=saved_at)
        self._room.remember(self._report_id, 0, _fail)

    def _read(self) -> Draft:
        return Draft(self._content)

    def _go_on(self) -> None:
        what = self._chance.random()
        if what < 0.92 or not self._busy:
            self._type()
        elif what < 0.96:
            self._attach()
        elif what < 0.975:
            self._file()
        elif what < 0.98 or len(self._content.body) > _LONGEST:
            self._begin(None)
        else:
            self._throw_away()
        self._timer.start(int(1000 * self._chance.uniform(0.002, 0.03)))

    def _type(self) -> None:
        letter = self._chance.choice(_LETTERS)
        body = self._content.body.rstrip("\n")
        line_end = "\n\n" if len(body) % _LINE == _LINE - 1 else self._chance.choice(("", "", " "))
        self._content = replace(self._content, body=f"{body}{line_end}{letter}\n")
        say({"typed": letter, "at": time.monotonic()})
        self._autosave.edited()

    def _attach(self) -> None:
        """Keep a photo's bytes; it comes into the content when they are on the disk."""
        say({"step": "attach"})
        full = self._chance.randbytes(self._chance.choice(_SIZES))
        photo = photo_of(full[:3_000], full)
        imported = ImportedPhoto(
            full, full[:3_000], photo.full, photo.preview, PhotoDetails(caption="The hall")
        )
        self._room.attach(imported, _ForReport(self, self._report_id), _fail)

    def attached(self, report_id: str, photo: Photo) -> None:
        """Take a photo whose bytes are kept, if its report is still open; or leave it an orphan."""
        if report_id != self._report_id:
            return
        described = replace(photo, alt_text="A full hall")
        photos = (*self._content.photos, described)[-_KEPT_PHOTOS:]
        self._content = replace(self._content, photos=photos, lead_photo=photos[0].id)
        say({"photo": photo.id, "at": time.monotonic()})
        self._autosave.edited()

    def _file(self) -> None:
        """File the report as it stands, and take it back before it is sent."""
        say({"step": "file"})
        self._autosave.flush()
        self._background.in_store(_File(self._report_id), _nothing)
        self._background.in_store(_Recall(self._report_id), _nothing)

    def _throw_away(self) -> None:
        """Put the report into the trash, and take it out again."""
        say({"step": "trash"})
        self._autosave.flush()
        self._background.in_store(_Trash(self._report_id), _nothing)
        self._background.in_store(_Restore(self._report_id), _nothing)


@dataclass(frozen=True)
class _ForReport:
    typist: Typist
    report_id: str

    def __call__(self, photo: Photo) -> None:
        self.typist.attached(self.report_id, photo)


class _Sweep:
    def __call__(self, store: Store) -> None:
        sweep_photos(store)


@dataclass(frozen=True)
class _File:
    """Files, and lets the desk miss every photo, as after a delivered text."""

    report_id: str

    def __call__(self, store: Store) -> None:
        report = store.reports.find(self.report_id)
        if report is None or not report.content.body.strip():
            return
        file_report(store, self.report_id, clock=utc_now)
        uploads = [
            Upload(photo.full.sha256, "full", "https://desk.example.org/u", 0, photo.full.bytes)
            for photo in report.content.photos
        ]
        store.outbox.set_uploads(self.report_id, uploads)


@dataclass(frozen=True)
class _Recall:
    report_id: str

    def __call__(self, store: Store) -> None:
        report = store.reports.find(self.report_id)
        if report is not None and report.status not in EDITABLE:
            recall(store, self.report_id, clock=utc_now)


@dataclass(frozen=True)
class _Trash:
    report_id: str

    def __call__(self, store: Store) -> None:
        if store.reports.find(self.report_id) is not None:
            trash_report(store, self.report_id, clock=utc_now)


@dataclass(frozen=True)
class _Restore:
    report_id: str

    def __call__(self, store: Store) -> None:
        if store.reports.find(self.report_id) is not None:
            restore_report(store, self.report_id)


def _saved(report_id: str, _report: Report) -> None:
    say({"saved": report_id})


def _fail(error: object) -> None:
    say({"failed": repr(error)})
    os._exit(70)


def _nothing(_result: object) -> None:
    """Where there is nothing to do."""


def type_for_ever(order: dict[str, Any]) -> None:
    """Type on the profile ``order["home"]``."""
    key = StoreKey(bytes.fromhex(order["key"])) if order["key"] else None
    application = QCoreApplication(sys.argv[:1])
    typist = Typist(Path(order["home"]), key, order["seed"], busy=order["busy"])
    application.exec()
    del typist


def fork_for_each(work: Callable[[dict[str, Any]], None]) -> None:
    """Fork a process for each line of standard input, and wait for its end."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                say({"pid": os.getpid()})
                work(json.loads(line))
            finally:
                os._exit(70)  # it was to be killed
        _, status = os.waitpid(child, 0)
        say({"ended": status})


if __name__ == "__main__":
    fork_for_each(type_for_ever)
