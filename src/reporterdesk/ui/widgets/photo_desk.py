"""Photos on their way into a report: files in, thumbnails and figures out, undo of a removal."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtWidgets import QFileDialog, QWidget

from reporterdesk.domain.photo import Photo
from reporterdesk.ui.drafts import DraftRoom, Source
from reporterdesk.ui.photo_images import PhotoImages
from reporterdesk.ui.photo_import import ImportProgress, ImportResult, PhotoImport
from reporterdesk.ui.widgets.notice_bar import Notice, NoticeBar
from reporterdesk.ui.widgets.photo_strip import PhotoStrip, RemovedPhoto

_PATTERNS = "*.jpg *.jpeg *.png *.heic *.heif *.webp *.tif *.tiff"


class PhotoDesk(QObject):
    """Looks after the photos of the report that is open.

    :ivar picture_ready: emits the id of a photo whose picture can be shown in the text now.
    :ivar place_wanted: emits a text cursor and the id of the photo that is to stand there.
    """

    picture_ready = Signal(str)
    place_wanted = Signal(object, str)

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
        self._gone: RemovedPhoto | None = None
        self._appending: dict[str, list[Photo]] = {}
        self._places: list[tuple[Source, QTextCursor]] = []
        self._import = PhotoImport(room, self)
        self._import.photo_added.connect(self._added)
        self._import.progressed.connect(self._progressed)
        self._import.finished.connect(self._finished)
        progress.pressed.connect(self._import.cancel)
        news.pressed.connect(self._undo)
        images.loaded.connect(self._loaded)
        strip.files_dropped.connect(self.add_files)
        strip.photo_removed.connect(self._removed)

    @property
    def busy(self) -> bool:
        """Whether photos are being added."""
        return self._import.busy

    def show_photos(self, report_id: str, photos: tuple[Photo, ...], lead: str | None) -> None:
        """Show the photos of the report that is opened."""
        self._report_id = report_id
        self._gone = None
        self._places.clear()
        self._news.hide()
        self._strip.set_photos(photos, lead)
        self.show_pictures()

    @Slot()
    def show_pictures(self) -> None:
        """Show every picture that is there; those that are not are fetched."""
        for photo in self._strip.photos():
            if image := self._images.image(photo.preview.sha256):
                self._strip.set_picture(photo.id, image)

    def image(self, photo_id: str) -> QImage | None:
        """Return a photo's picture for the text, or ``None`` while it is being fetched."""
        card = self._strip.card(photo_id)
        return self._images.image(card.photo().preview.sha256) if card else None

    def caption(self, photo_id: str) -> str:
        """Return a photo's caption."""
        card = self._strip.card(photo_id)
        return card.photo().caption if card else ""

    @Slot(list)
    def add_files(self, paths: list[Path]) -> None:
        """Add files to the open report."""
        if self._report_id and paths:
            self._import.add(self._report_id, paths)

    def add_at(self, source: Source, place: QTextCursor) -> None:
        """Add a picture and let it stand in the text, at a place that moves with the text."""
        if self._report_id:
            self._places.append((source, place))
            self._import.add(self._report_id, [source])

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
        if not result.not_added:
            return
        self._gone = None
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
        self._gone = gone
        self._news.tell(Notice(self.tr("The photo was removed."), button=self.tr("Undo")))

    @Slot()
    def _undo(self) -> None:
        self._news.hide()
        if self._gone is not None:
            gone, self._gone = self._gone, None
            self._strip.put_back(gone)
            self.show_pictures()
            self.picture_ready.emit(gone.photo.id)

    @Slot(str)
    def _loaded(self, sha256: str) -> None:
        for photo in self._strip.photos():
            if photo.preview.sha256 == sha256:
                self._strip.set_picture(photo.id, self._images.image(sha256))
                self.picture_ready.emit(photo.id)
