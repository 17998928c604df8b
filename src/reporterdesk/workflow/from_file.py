"""A report from a file: its headline, its text, and the pictures that stand in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errors import IncomingStopped, PhotoError
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.photo import Photo
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.photos.imported import ImportedPhoto
from reporterdesk.photos.reading import read_photo
from reporterdesk.store.store import Store
from reporterdesk.text.cleaning import clean_text
from reporterdesk.text.incoming.files import read_file
from reporterdesk.text.incoming.model import Incoming, Picture
from reporterdesk.text.print import to_markdown
from reporterdesk.text.tree import Block, Document, Figure
from reporterdesk.workflow.attaching import attach
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.running import RunInStore


@dataclass(frozen=True, slots=True)
class FromFile:
    """What came of a file.

    ``not_added`` tells of each picture that could not become a photo, in a sentence; ``left_out``
    how many were too many; ``cut`` whether the text was too long to be taken as a whole.
    """

    report: Report
    not_added: tuple[str, ...] = ()
    left_out: int = 0
    cut: bool = False


def report_from_file(
    run: RunInStore,
    path: Path,
    begin: ReportContent,
    *,
    clock: Clock,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> FromFile:
    """Make a draft of the file ``path``, in one transaction after its photos.

    Runs on any thread but the UI’s and the store’s. Nothing is fetched from the network.

    :param begin: what a new report begins with: byline, section, language.
    :param progress: told how many pictures of how many have been read.
    :raises IncomingError: the file cannot be read, and why.
    :raises IncomingStopped: ``cancelled`` said so; no report was made.
    :raises StoreError: the store cannot take it; no report was made.
    """
    incoming = read_file(path)
    photos: dict[str, Photo] = {}
    not_added: list[str] = []
    for number, picture in enumerate(incoming.pictures):
        if cancelled():
            raise IncomingStopped
        progress(number, len(incoming.pictures))
        try:
            imported = read_photo(picture.source)
        except PhotoError as error:
            not_added.append(f"{_name(picture, number)}: {error.happened}")
            continue
        photos[picture.place] = _with_words(run(partial(_attached, imported=imported)), picture)
    if cancelled():
        raise IncomingStopped
    content = _content(begin, incoming, photos)
    report = run(partial(_saved, content=content, clock=clock))
    return FromFile(report, tuple(not_added), incoming.left_out, incoming.cut)


def _content(
    begin: ReportContent, incoming: Incoming, photos: Mapping[str, Photo]
) -> ReportContent:
    blocks = (_placed(block, photos) for block in incoming.document.blocks)
    body = Document(tuple(block for block in blocks if block is not None))
    every = tuple(photos.values())
    return replace(
        begin,
        headline=incoming.headline,
        language=incoming.language.partition("-")[0].lower() or begin.language,
        body=to_markdown(body),
        photos=every,
        lead_photo=every[0].id if every else None,
    )


def _placed(block: Block, photos: Mapping[str, Photo]) -> Block | None:
    if not isinstance(block, Figure):
        return block
    photo = photos.get(block.photo_id)
    return Figure(photo.id) if photo else None


def _with_words(photo: Photo, picture: Picture) -> Photo:
    """Return the photo with the words of its file, where the camera has written none."""
    return replace(
        photo,
        caption=photo.caption or clean_text(picture.caption),
        alt_text=photo.alt_text or clean_text(picture.alt_text),
    )


def _name(picture: Picture, number: int) -> str:
    if isinstance(picture.source, Path):
        return picture.source.name
    return picture.alt_text[:60] or f"{number + 1}"


def _attached(store: Store, *, imported: ImportedPhoto) -> Photo:
    return attach(store, imported)


def _saved(store: Store, *, content: ReportContent, clock: Clock) -> Report:
    return save_draft(store, new_id(), content, clock=clock)
