"""Makes the photos of the sample reports ahead of their need, on a few threads."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from types import TracebackType
from typing import Self

from reporterdesk.demo.newsroom import SamplePhoto, SampleReport
from reporterdesk.demo.pictures import make_photo
from reporterdesk.photos.reading import ImportedPhoto, read_photo

_TAKEN = datetime(2026, 9, 12, 18, 30)  # noqa: DTZ001 - cameras know no time zone
_SIZE = (2400, 1600)


class Photographs:
    """The photos of ``reports``, by id; each is made once, a few at a time.

    A context manager: what is not made when it is left is not made.
    """

    def __init__(self, reports: Iterable[SampleReport]) -> None:
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="photographs")
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


def _take(photo: SamplePhoto) -> ImportedPhoto:
    return read_photo(
        make_photo(photo.scene, photo.seed, size=_SIZE, taken=_TAKEN, artist=photo.credit)
    )
