"""Photos that are dropped, pasted or chosen come into the report, and into its text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from reporterdesk.text.incoming.kinds import is_text_file
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.gaps import Gap
from reporterdesk.ui.widgets.desk_bar import Side
from reporterdesk.ui.widgets.figure_menu import FigureMenu
from reporterdesk.ui.widgets.photo_desk import PhotoDesk, Place
from reporterdesk.ui.widgets.photo_strip import PhotoStrip
from reporterdesk.ui.widgets.photo_words import PhotoWords

if TYPE_CHECKING:
    from reporterdesk.ui.editor.pasting import PlacedPicture


class PhotoPlacing(QObject):
    """Puts photos where a person lets them fall, while ``editable()``. Lives on the UI thread.

    :ivar documents_dropped: emits the files among those let fall of which reports can be made.
    :ivar side_wanted: emits the :class:`Side` on which something is to be seen now.
    :ivar words_wanted: emits the id of a photo in the text whose words are to be written.
    """

    documents_dropped = Signal(list)
    side_wanted = Signal(object)
    words_wanted = Signal(str)

    def __init__(
        self,
        pane: QWidget,
        body: BodyEditor,
        strip: PhotoStrip,
        photos: PhotoDesk,
        editable: Callable[[], bool],
    ) -> None:
        super().__init__(pane)
        self._pane, self._body, self._strip, self._photos = pane, body, strip, photos
        self._editable = editable
        self.menu = FigureMenu(pane)
        body.files_dropped.connect(self._files_into_text)
        body.image_pasted.connect(self._image_into_text)
        body.pictures_pasted.connect(self._pictures_into_text)
        body.figure_requested.connect(self._figure_wanted)
        body.hand.files_let_fall.connect(self._files_into_gap)
        body.hand.photo_let_fall.connect(self._photo_into_gap)
        body.hand.opened.connect(self._open_words)
        strip.left.connect(self._go_back)
        self._came_from_text = False
        photos.place_wanted.connect(self._place_at)
        strip.figure_requested.connect(self._place_at_caret)
        strip.add_requested.connect(self.choose)
        strip.files_dropped.connect(self.add_files)
        self.menu.chosen.connect(self._place_at_caret)

    @Slot()
    def choose(self) -> None:
        """Ask for files to be added."""
        if self._editable():
            self.side_wanted.emit(Side.PHOTOS)
            self._strip.take_focus()  # where it is when the dialog is gone
            self._photos.choose(self._pane)

    @Slot(list)
    def add_files(self, paths: list[Path]) -> None:
        """Add files to the report's photos, and show those."""
        photos = self._without_documents(paths)
        if photos and self._editable():
            self.side_wanted.emit(Side.PHOTOS)
            self._photos.add_files(photos)

    @Slot(list)
    def _files_into_text(self, paths: list[Path]) -> None:
        """Put photos at the caret, one after another."""
        photos = self._without_documents(paths)
        if photos and self._editable():
            self._photos.add_at(photos, self._body.textCursor())

    def _without_documents(self, paths: list[Path]) -> list[Path]:
        """Return what is to be a photo; a text belongs into a report of its own."""
        documents = [path for path in paths if is_text_file(path)]
        if documents:
            self.documents_dropped.emit(documents)
        return [path for path in paths if path not in documents]

    @Slot(list, object)
    def _files_into_gap(self, paths: list[Path], gap: Gap) -> None:
        """Put photos between the blocks where they fell, one after another."""
        if self._editable():
            self._photos.add_at(paths, gap)

    @Slot(str, object)
    def _photo_into_gap(self, photo_id: str, gap: Gap) -> None:
        """Put a photo of the strip between the blocks where it fell."""
        if self._editable() and self._strip.card(photo_id) is not None:
            gap.put(photo_id)
            self._body.setFocus()

    @Slot(str)
    def _open_words(self, photo_id: str) -> None:
        if self._strip.card(photo_id) is not None:
            self._came_from_text = True
            self.words_wanted.emit(photo_id)

    @Slot()
    def _go_back(self) -> None:
        """Go back into the text, to the photo whose words were written."""
        if self._came_from_text:
            self._came_from_text = False
            self.side_wanted.emit(Side.TEXT)
            self._body.setFocus()

    @Slot(object)
    def _image_into_text(self, image: QImage) -> None:
        if self._editable() and not image.isNull():
            self._photos.add_at([image], self._body.textCursor())

    @Slot(list)
    def _pictures_into_text(self, placed: list[PlacedPicture]) -> None:
        """Add the pictures that came with a text, each where it stood."""
        if self._editable():
            for each in placed:
                words = PhotoWords(each.picture.caption, each.picture.alt_text)
                self._photos.add_with_words(each.picture.source, each.place, words)

    @Slot(object, str)
    def _place_at(self, place: Place, photo_id: str) -> None:
        if not self._editable():
            return
        if isinstance(place, Gap):
            place.put(photo_id)
        else:
            self._body.insert_figure(photo_id, place)

    @Slot()
    def _figure_wanted(self) -> None:
        """Place the one photo there is; let a person choose among several, or add one."""
        photos = self._strip.photos()
        if not self._editable():
            return
        if not photos:
            self.choose()
        elif len(photos) == 1:
            self._place_at_caret(photos[0].id)
        else:
            body = self._body
            self.menu.offer([(photo, self._photos.thumbnail(photo.id)) for photo in photos])
            self.menu.popup(body.viewport().mapToGlobal(body.cursorRect().bottomLeft()))

    @Slot(str)
    def _place_at_caret(self, photo_id: str) -> None:
        self.side_wanted.emit(Side.TEXT)
        self._body.insert_figure(photo_id)
        self._body.setFocus()
