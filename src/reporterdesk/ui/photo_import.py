"""Files become photos of a report: read off the UI thread, kept by the store, one after another."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from reporterdesk.domain.errors import PhotoError, StoreError
from reporterdesk.domain.photo import Photo
from reporterdesk.ui.drafts import Source

if TYPE_CHECKING:
    from reporterdesk.photos.reading import ImportedPhoto


class Rooms(Protocol):
    """Where the work is done; both call back on the UI thread."""

    def read(
        self,
        source: Source,
        done: Callable[[ImportedPhoto], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Read a source off the UI thread."""
        ...

    def attach(
        self,
        imported: ImportedPhoto,
        done: Callable[[Photo], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Commit the bytes on the store thread and make the photo's record."""
        ...


@dataclass(frozen=True, slots=True)
class NotAdded:
    """A file that did not become a photo, and the sentence that says why."""

    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import has come: ``number`` of ``total`` is being added."""

    number: int
    total: int


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of an import."""

    added: int
    not_added: tuple[NotAdded, ...] = ()
    left_out: int = 0
    """How many were not begun, because somebody cancelled or the disk is full."""


@dataclass(slots=True)
class _Tally:
    total: int = 0
    begun: int = 0
    added: int = 0
    not_added: list[NotAdded] = field(default_factory=list)


class PhotoImport(QObject):
    """Adds files one at a time: a large picture is open only once, and the order is kept.

    A file that cannot be read never keeps the next ones waiting. A full disk ends the import:
    every other file would say the same. More files may be added while it goes on.

    :ivar photo_added: emits the report's id, the :class:`Photo`, and what was removed (a tuple).
    :ivar progressed: emits :class:`ImportProgress`.
    :ivar finished: emits :class:`ImportResult`, once for each run.
    """

    photo_added = Signal(str, object, object)
    progressed = Signal(object)
    finished = Signal(object)

    def __init__(self, rooms: Rooms, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._waiting: deque[tuple[str, Source]] = deque()
        self._now: tuple[str, Source] | None = None
        self._removed: tuple[str, ...] = ()
        self._tally = _Tally()

    @property
    def busy(self) -> bool:
        """Whether an import is going on."""
        return self._now is not None

    @property
    def source(self) -> Source | None:
        """What is being added now; while ``photo_added`` is emitted, what that photo came from."""
        return self._now[1] if self._now else None

    def add(self, report_id: str, sources: Iterable[Source]) -> None:
        """Add ``sources`` to the report, in their order, after what is under way."""
        new = [(report_id, source) for source in sources]
        self._waiting.extend(new)
        self._tally.total += len(new)
        if self._now is None:
            self._next()

    @Slot()
    def cancel(self) -> None:
        """Leave out what has not begun; the photos added so far stay."""
        self._waiting.clear()

    def _next(self) -> None:
        if not self._waiting:
            self._finish()
            return
        self._now = self._waiting.popleft()
        self._tally.begun += 1
        self.progressed.emit(ImportProgress(self._tally.begun, self._tally.total))
        self._rooms.read(self._now[1], self._read, self._not_read)

    def _finish(self) -> None:
        tally, self._tally, self._now = self._tally, _Tally(), None
        if tally.total:
            left_out = tally.total - tally.begun
            self.finished.emit(ImportResult(tally.added, tuple(tally.not_added), left_out))

    def _read(self, imported: ImportedPhoto) -> None:
        self._removed = tuple(imported.removed)
        self._rooms.attach(imported, self._attached, self._not_attached)

    def _attached(self, photo: Photo) -> None:
        if self._now is not None:
            self._tally.added += 1
            self.photo_added.emit(self._now[0], photo, self._removed)
        self._next()

    def _not_read(self, error: Exception) -> None:
        self._note(error)
        self._next()

    def _not_attached(self, error: Exception) -> None:
        self._note(error)
        self._waiting.clear()
        self._next()

    def _note(self, error: Exception) -> None:
        source = self._now[1] if self._now else b""
        name = source.name if isinstance(source, Path) else self.tr("Pasted picture")
        if isinstance(error, PhotoError):
            sentence = " ".join(part for part in (error.happened, error.next_step) if part)
        elif isinstance(error, StoreError):
            sentence = self.tr(
                "This disk is full or cannot be written to. Make room and try again."
            )
        else:
            sentence = self.tr("It could not be read. The reason is in the log.")
        self._tally.not_added.append(NotAdded(name, sentence))
