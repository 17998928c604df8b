"""Makes the photos of the sample reports ahead of their need, in a few processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import datetime
from types import TracebackType
from typing import Self

from reporterdesk.demo.newsroom import SamplePhoto, SampleReport
from reporterdesk.demo.pictures import make_photo
from reporterdesk.photos.reading import ImportedPhoto, read_photo

_TAKEN = datetime(2026, 9, 12, 18, 30)  # noqa: DTZ001 - cameras know no time zone
_SIZE = (1800, 1200)
_MOST_PROCESSES = 4


class Photographs:
    """The photos of ``reports``, by id; each is made once, a few at a time.

    A context manager: what is not made when it is left is not made.
    """

    def __init__(self, reports: Iterable[SampleReport]) -> None:
        # Painting keeps Python busy, so that threads would only take turns; and what was forked
        # from a process with Qt in it would not be safe.
        self._pool = ProcessPoolExecutor(
            min(os.cpu_count() or 1, _MOST_PROCESSES),
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_leave_ctrl_c_to_the_demo,
        )
        self._coming: dict[str, Future[ImportedPhoto]] = {
            photo.id: self._pool.submit(_take, photo)
            for report in reports
            for photo in report.photos
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def imported(self, photo_id: str) -> ImportedPhoto:
        """Return a photo as the app imports it, waiting until it is made."""
        return self._coming[photo_id].result()


def _leave_ctrl_c_to_the_demo() -> None:
    """A terminal sends Ctrl+C to every process; the demo ends this one in its own time."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _take(photo: SamplePhoto) -> ImportedPhoto:
    return read_photo(
        make_photo(photo.scene, photo.seed, size=_SIZE, taken=_TAKEN, artist=photo.credit)
    )
