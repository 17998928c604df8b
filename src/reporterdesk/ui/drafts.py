"""What the writing desk asks of the store thread and the pool, and what it gets back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.errors import PhotoError, ReporterDeskError, StoreError
from reporterdesk.domain.photo import Photo
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.store.first_screen import CARET, OPEN_REPORT
from reporterdesk.text.tree import Document

if TYPE_CHECKING:
    from reporterdesk.domain.delivery import Delivery
    from reporterdesk.domain.review import Comment, Decision
    from reporterdesk.photos.reading import ImportedPhoto
    from reporterdesk.store.store import Store

_log = logging.getLogger(__name__)

Source: TypeAlias = Path | bytes | QImage
"""A file, the bytes of a picture, or a picture that was pasted."""


class Background(Protocol):
    """The part of :class:`reporterdesk.ui.background.Background` that is needed here."""

    def in_store(
        self, fn: Callable[[Store], Any], done: Callable[[Any], None], failed: Any = None
    ) -> None:
        """Run ``fn`` on the store thread, in order."""
        ...

    def in_pool(
        self, fn: Callable[[], Any], done: Callable[[Any], None], failed: Any = None
    ) -> None:
        """Run ``fn`` in the pool."""
        ...

    def in_images(
        self, fn: Callable[[], Any], done: Callable[[Any], None], failed: Any = None
    ) -> None:
        """Run ``fn`` on the thread for pictures."""
        ...


@dataclass(frozen=True, slots=True)
class Draft:
    """A report's content as it stands in the window.

    ``body`` is the document in the editor, in normal form, to be printed as Markdown where that
    costs nobody's time; ``None`` where the body is still ``content.body``, untouched.
    """

    content: ReportContent
    body: Document | None = None

    def whole(self) -> ReportContent:
        """Return the content with its body as canonical Markdown. Any thread; may take a while."""
        if self.body is None:
            return self.content
        from reporterdesk.text.print import normal_to_markdown

        return replace(self.content, body=normal_to_markdown(self.body))


@dataclass(frozen=True, slots=True)
class Standing:
    """What is told of a report around its text: its delivery, and the desk's notes."""

    report_id: str
    delivery: Delivery | None
    notes: tuple[Decision | Comment, ...]


class DraftRoom:
    """Starts the writing desk's work off the UI thread; answers come back on it."""

    def __init__(self, background: Background, *, clock: Clock = utc_now) -> None:
        self._background = background
        self._clock = clock

    def save(
        self,
        report_id: str,
        draft: Draft,
        done: Callable[[Report], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Save a draft, or give it its row."""
        self._background.in_store(_Save(report_id, draft, self._clock), done, failed)

    def append_photo(self, report_id: str, photo: Photo, done: Callable[[Report], None]) -> None:
        """Add a photo to a report that is not open in the window."""
        self._background.in_store(_AppendPhoto(report_id, photo, self._clock), done)

    def read_standing(self, report_id: str, done: Callable[[Standing], None]) -> None:
        """Read what is told around the text."""
        self._background.in_store(_ReadStanding(report_id), done, _nothing)

    def remember(
        self, report_id: str | None, caret: int, failed: Callable[[Exception], None]
    ) -> None:
        """Remember what is open, and where its caret is."""
        self._background.in_store(_Remember(report_id, caret), _nothing, failed)

    def fetch_photo(
        self, sha256: str, done: Callable[[bytes], None], failed: Callable[[Exception], None]
    ) -> None:
        """Read a photo's bytes from the store."""
        self._background.in_store(_ReadPhoto(sha256), done, failed)

    def read(
        self,
        source: Source,
        done: Callable[[ImportedPhoto], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Read a file or a picture, one after another."""
        self._background.in_images(_ReadSource(source), done, failed)

    def attach(
        self,
        imported: ImportedPhoto,
        done: Callable[[Photo], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Commit a photo's bytes, and make its record."""
        self._background.in_store(_Attach(imported), done, failed)


def _nothing(_result: object) -> None:
    """Take a result that nobody needs."""


@dataclass(frozen=True, slots=True)
class _Save:
    report_id: str
    draft: Draft
    clock: Clock

    def __call__(self, store: Store) -> Report:
        from reporterdesk.workflow.drafting import save_draft

        try:
            return save_draft(store, self.report_id, self.draft.whole(), clock=self.clock)
        except ReporterDeskError:
            raise
        except Exception as error:
            _log.exception("A report could not be saved.")
            raise StoreError(
                "The report could not be saved.",
                safe="Your text is still in the window.",
                next_step="It is tried again by itself; the reason is in the log.",
            ) from error


@dataclass(frozen=True, slots=True)
class _AppendPhoto:
    report_id: str
    photo: Photo
    clock: Clock

    def __call__(self, store: Store) -> Report:
        from reporterdesk.workflow.drafting import save_draft

        with store.transaction():
            found = store.reports.find(self.report_id)
            content = found.content if found else ReportContent()
            photos = (*content.photos, self.photo)
            content = replace(content, photos=photos, lead_photo=content.lead_photo or photos[0].id)
            return save_draft(store, self.report_id, content, clock=self.clock)


@dataclass(frozen=True, slots=True)
class _ReadStanding:
    report_id: str

    def __call__(self, store: Store) -> Standing:
        return Standing(
            self.report_id, store.outbox.get(self.report_id), store.desk.notes(self.report_id)
        )


@dataclass(frozen=True, slots=True)
class _Remember:
    report_id: str | None
    caret: int

    def __call__(self, store: Store) -> None:
        with store.transaction():
            store.state.set(OPEN_REPORT, self.report_id)
            store.state.set(CARET, str(self.caret))


@dataclass(frozen=True, slots=True)
class _ReadPhoto:
    sha256: str

    def __call__(self, store: Store) -> bytes:
        return store.photos.read(self.sha256)


@dataclass(frozen=True, slots=True)
class _Attach:
    imported: ImportedPhoto

    def __call__(self, store: Store) -> Photo:
        from reporterdesk.workflow.attaching import attach

        return attach(store, self.imported)


@dataclass(frozen=True, slots=True)
class _ReadSource:
    source: Source

    def __call__(self) -> ImportedPhoto:
        try:
            return self._read()
        except PhotoError:
            raise
        except Exception as error:  # one hostile file must not stop the others
            _log.exception("A file could not be read as a photo.")
            raise PhotoError("It could not be read. The reason is in the log.") from error

    def _read(self) -> ImportedPhoto:
        from reporterdesk.photos.reading import read_photo

        if not isinstance(self.source, QImage):
            return read_photo(self.source)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.source.save(buffer, "PNG", 100)  # type: ignore[call-overload]  # Qt takes a str
        return read_photo(bytes(buffer.data().data()))
