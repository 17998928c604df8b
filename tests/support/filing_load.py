"""One report of 900 words with six photos, as the app files it: what ``bench/link.py`` sends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from reporterdesk.demo.newsroom import sample_reports
from reporterdesk.demo.pictures import SCENES, make_photo
from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.event import EventFacts
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.photo import Photo
from reporterdesk.domain.report import ReportContent
from reporterdesk.photos.imported import ImportedPhoto
from reporterdesk.photos.reading import read_photo
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.workflow.attaching import attach
from reporterdesk.workflow.drafting import save_draft

WORDS, PHOTOS = 900, 6


@dataclass(frozen=True)
class Load:
    """The words and the imported photos of the report."""

    body: str
    photos: tuple[ImportedPhoto, ...]

    @property
    def files(self) -> tuple[bytes, ...]:
        """The bytes of every rendition, preview beside full size."""
        return tuple(
            part for photo in self.photos for part in (photo.preview_bytes, photo.full_bytes)
        )


def make_load(pixels: int) -> Load:
    """Take photos of ``pixels`` on their longer side, and import them as the app does."""
    size = (pixels, pixels * 2 // 3)
    scenes = list(SCENES)[:PHOTOS]
    photos = [read_photo(make_photo(scene, 7, size=size, artist="Ana")) for scene in scenes]
    return Load(_words(WORDS), tuple(photos))


def write_report(home: Path, load: Load) -> tuple[Store, str]:
    """Open a laptop's store with the report in it, ready to be filed."""
    store = open_store(home, clock=utc_now)
    photos = tuple(
        replace(
            attach(store, imported),
            caption=f"The hall of the evening, seen from the gallery, picture {number}.",
            alt_text="Rows of people under lamps, seen from above.",
        )
        for number, imported in enumerate(load.photos, start=1)
    )
    report_id = new_id()
    save_draft(store, report_id, _content(load, photos), clock=utc_now)
    return store, report_id


def _content(load: Load, photos: tuple[Photo, ...]) -> ReportContent:
    return ReportContent(
        headline="Nine hundred words from the basement of the old grain hall",
        standfirst="What a reporter sends when the concert is over and the battery is low.",
        byline="Ana Solano",
        section="town",
        body=load.body,
        event=EventFacts("Lantern walk", starts_at="2026-03-14", city="Lodi", country="IT"),
        photos=photos,
    )


def _words(count: int) -> str:
    """Return paragraphs of the sample newsroom, ``count`` words of them."""
    kept: list[str] = []
    left = count
    for report in sample_reports():
        for paragraph in report.body.split("\n\n"):
            if "photo:" in paragraph or "<http" in paragraph:
                continue
            words = paragraph.split(" ")[:left]
            kept.append(" ".join(words))
            left -= len(words)
            if left <= 0:
                return "\n\n".join(kept).strip() + "\n"
    raise ValueError("The sample newsroom has not so many words.")
