"""Photos that are dropped, pasted or chosen come into the report, and into its text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtWidgets import QWidget

from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.widgets.desk_bar import Side
from reporterdesk.ui.widgets.figure_menu import FigureMenu
from reporterdesk.ui.widgets.photo_desk import PhotoDesk
from reporterdesk.ui.widgets.photo_strip import PhotoStrip


class PhotoPlacing(QObject):
    """Puts photos where a person lets them fall, while ``editable()``. Lives on the UI thread.

    :ivar side_wanted: emits the :class:`Side` on which something is to be seen now.
    """

    side_wanted = Signal(object)

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
        body.figure_requested.connect(self._figure_wanted)
        photos.place_wanted.connect(self._place_at)
        strip.figure_requested.connect(self._place_at_caret)
        strip.add_requested.connect(self.choose)
        self.menu.chosen.connect(self._place_at_caret)

    @Slot()
    def choose(self) -> None:
        """Ask for files to be added."""
        if self._editable():
            self.side_wanted.emit(Side.PHOTOS)
            self._photos.choose(self._pane)

    def add_files(self, paths: list[Path]) -> None:
        """Add files to the report's photos, and show those."""
        if self._editable():
            self.side_wanted.emit(Side.PHOTOS)
            self._photos.add_files(paths)

    @Slot(list)
    def _files_into_text(self, paths: list[Path]) -> None:
        """Put one photo where it was dropped; many are added only: they would bury the text."""
        if len(paths) != 1:
            self.add_files(paths)
        elif self._editable():
            self._photos.add_at(paths[0], self._body.textCursor())

    @Slot(object)
    def _image_into_text(self, image: QImage) -> None:
        if self._editable() and not image.isNull():
            self._photos.add_at(image, self._body.textCursor())

    @Slot(object, str)
    def _place_at(self, place: QTextCursor, photo_id: str) -> None:
        if self._editable():
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
            self.menu.offer([(photo, self._photos.image(photo.id)) for photo in photos])
            self.menu.popup(body.viewport().mapToGlobal(body.cursorRect().bottomLeft()))

    @Slot(str)
    def _place_at_caret(self, photo_id: str) -> None:
        self.side_wanted.emit(Side.TEXT)
        self._body.insert_figure(photo_id)
        self._body.setFocus()
