"""Photos on their way into a report: files in, thumbnails and figures out, undo of a removal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QObject, QSize, Signal, Slot
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtWidgets import QFileDialog, QWidget

from reporterdesk.domain.photo import Photo
from reporterdesk.ui.drafts import DraftRoom, Source
from reporterdesk.ui.editor.figure_hand import PHOTO_SUFFIXES
from reporterdesk.ui.editor.figures import FigureWords
from reporterdesk.ui.editor.gaps import Gap
from reporterdesk.ui.photo_images import PhotoImages
from reporterdesk.ui.photo_import import ImportProgress, ImportResult, PhotoImport
from reporterdesk.ui.widgets.notice_bar import Notice, NoticeBar
from reporterdesk.ui.widgets.photo_card import THUMBNAIL_SIDE, PhotoCard
from reporterdesk.ui.widgets.photo_strip import PhotoStrip, RemovedPhoto
from reporterdesk.ui.widgets.photo_words import PhotoWords

Place: TypeAlias = QTextCursor | Gap
"""Where a photo is to stand in the text: among the words, or between two blocks."""

_PATTERNS = " ".join(f"*{suffix}" for suffix in sorted(PHOTO_SUFFIXES))


class PhotoDesk(QObject):
    """Looks after the photos of the report that is open.

    :ivar picture_ready: emits the id of a photo whose picture can be shown in the text now.
    :ivar place_wanted: emits a :data:`Place` and the id of the photo that is to stand there.
    :ivar put_back: emits the id of a photo whose removal was undone.
    :ivar gone: the photos taken out of the open report, by id.
    """

    picture_ready = Signal(str)
    place_wanted = Signal(object, str)
    put_back = Signal(str)

    def __init__(
        self,
        strip: PhotoStrip,
        room: DraftRoom,
        images: PhotoImages,
        progress: NoticeBar,
        news: NoticeBar,
    ) -> None:
        super().__init__(strip)
        self._strip, self._room, self._images = strip, room, images
        self._progress, self._news = progress, news
        self._report_id: str | None = None
        self.gone: dict[str, RemovedPhoto] = {}
        self._told: str | None = None
        self._appending: dict[str, list[Photo]] = {}
        self._places: list[tuple[Source, Place]] = []
        self._words: list[tuple[Source, PhotoWords]] = []
        self._import = PhotoImport(room, self)
        self._import.photo_added.connect(self._added)
        self._import.progressed.connect(self._progressed)
        self._import.finished.connect(self._finished)
        progress.pressed.connect(self._import.cancel)
        news.pressed.connect(self._undo)
        images.loaded.connect(self._loaded)
        strip.photo_removed.connect(self._removed)

    @property
    def busy(self) -> bool:
        """Whether photos are being added."""
        return self._import.busy

    def show_photos(self, report_id: str, photos: tuple[Photo, ...], lead: str | None) -> None:
        """Show the photos of the report that is opened."""
        if report_id != self._report_id:
            self.gone.clear()
        self._report_id = report_id
        self._told = None
        self._places.clear()
        self._words.clear()
        self._news.hide()
        self._strip.set_photos(photos, lead)
        self.show_pictures()

    @Slot()
    def show_pictures(self) -> None:
        """Show every thumbnail that is there; those that are not are fetched."""
        for card in self._strip.cards():
            if not card.has_picture:
                card.set_picture(self._thumbnail(card))

    def image(self, photo_id: str, longest_side: int) -> QImage | None:
        """Return a photo's picture for the text, as large as there is one now.

        :param longest_side: how large it is shown, in pixels of the screen.
        """
        card = self._strip.card(photo_id)
        return self._images.image(card.preview.sha256, longest_side) if card else None

    def thumbnail(self, photo_id: str) -> QImage | None:
        """Return a small picture of a photo, or ``None`` while it is being fetched."""
        card = self._strip.card(photo_id)
        return self._thumbnail(card) if card else None

    def _thumbnail(self, card: PhotoCard) -> QImage | None:
        side = round(THUMBNAIL_SIDE * card.devicePixelRatioF())
        return self._images.image(card.preview.sha256, side)

    def shape(self, photo_id: str) -> QSize | None:
        """Return the size of a photo's picture; ``None`` if it cannot be shown."""
        card = self._strip.card(photo_id)
        return self._images.shape(card.preview) if card else None

    def words(self, photo_id: str) -> FigureWords:
        """Return what stands under a photo in the text."""
        card = self._strip.card(photo_id)
        if card is None:
            return FigureWords()
        photo = card.photo()
        return FigureWords(photo.caption, has_alt_text=bool(photo.alt_text.strip()))

    @Slot(list)
    def add_files(self, paths: list[Path]) -> None:
        """Add files to the open report."""
        if self._report_id and paths:
            self._import.add(self._report_id, paths)

    def add_at(self, sources: Sequence[Source], place: Place) -> None:
        """Add pictures and let them stand in the text, at a place that moves with the text."""
        if self._report_id:
            self._places += [(source, place) for source in sources]
            self._import.add(self._report_id, sources)

    def add_with_words(self, source: Source, place: Place, words: PhotoWords) -> None:
        """Add a picture that came with a text, with what is said of it there."""
        self._words.append((source, words))
        self.add_at([source], place)

    def choose(self, parent: QWidget) -> None:
        """Ask for files without blocking the window."""
        dialog = QFileDialog(parent, self.tr("Add photos"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        every = f"{_PATTERNS} {_PATTERNS.upper()}"
        dialog.setNameFilters(
            [self.tr("Photos (%1)").replace("%1", every), self.tr("All files (*)")]
        )
        dialog.filesSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(list)
    def _chosen(self, names: list[str]) -> None:
        self.add_files([Path(name) for name in names])

    @Slot(str, object, object)
    def _added(self, report_id: str, photo: Photo, removed: tuple[str, ...]) -> None:
        if report_id != self._report_id:
            self._appending.setdefault(report_id, []).append(photo)
            self._room.append_photo(report_id, photo, self._was_appended)
            return
        for source, words in self._words:
            if source is self._import.source:
                photo = words.beside(photo)
        self._strip.add_photo(photo, removed)
        self.show_pictures()
        for source, place in self._places:
            if source is self._import.source:
                self.place_wanted.emit(place, photo.id)

    def _was_appended(self, report: object) -> None:
        report_id = str(getattr(report, "id", ""))
        for photo in self._appending.pop(report_id, ()):
            if report_id == self._report_id:
                self._strip.add_photo(photo)
        self.show_pictures()

    @Slot(object)
    def _progressed(self, progress: ImportProgress) -> None:
        words = self.tr("Adding %1 of %2…").replace("%2", str(progress.total))
        words = words.replace("%1", str(progress.number))
        one = self.tr("Adding the photo…")
        button = self.tr("Cancel") if progress.total > 1 else ""
        sentence = words if progress.total > 1 else one
        self._progress.tell(Notice(sentence, button=button, closable=False))

    @Slot(object)
    def _finished(self, result: ImportResult) -> None:
        self._progress.hide()
        self._places.clear()
        self._words.clear()
        if not result.not_added:
            return
        self._told = None
        lines = tuple(f"{item.name}: {item.sentence}" for item in result.not_added)
        self._news.tell(Notice(self._sentence(result), lines, tone="warning"))

    def _sentence(self, result: ImportResult) -> str:
        count, left_out = len(result.not_added), result.left_out
        if count == 1:
            sentence = self.tr("One file could not be added.")
        else:
            sentence = self.tr("%1 files could not be added.").replace("%1", str(count))
        if left_out == 1:
            return sentence + " " + self.tr("One more was not begun.")
        if left_out:
            more = self.tr("%1 more were not begun.").replace("%1", str(left_out))
            return f"{sentence} {more}"
        if result.added:
            return sentence + " " + self.tr("The others are in the report.")
        return sentence

    @Slot(object)
    def _removed(self, gone: RemovedPhoto) -> None:
        self.gone[gone.photo.id] = gone
        self._told = gone.photo.id
        self._news.tell(Notice(self.tr("The photo was removed."), button=self.tr("Undo")))

    @Slot()
    def _undo(self) -> None:
        self._news.hide()
        if self._told is not None:
            self.bring_back(self._told)

    @Slot(str)
    def bring_back(self, photo_id: str) -> None:
        """Put a photo back that was taken out of the open report, as it was."""
        gone = self.gone.pop(photo_id, None)
        if gone is None or self._strip.card(photo_id) is not None:
            return
        if self._told == photo_id:
            self._told = None
            self._news.hide()
        self._strip.put_back(gone)
        self.show_pictures()
        self.put_back.emit(photo_id)
        self.picture_ready.emit(photo_id)

    @Slot(str)
    def _loaded(self, sha256: str) -> None:
        for card in self._strip.cards():
            if card.preview.sha256 == sha256:
                if not card.has_picture:
                    card.set_picture(self._thumbnail(card))
                self.picture_ready.emit(card.photo_id)
