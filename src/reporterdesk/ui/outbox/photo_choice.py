"""Only these photos now: which of a report’s photos are sent while the others wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.domain.photo import Photo
from reporterdesk.ui.outbox.words import size_words
from reporterdesk.ui.photo_images import PhotoImages
from reporterdesk.ui.widgets.plain_words import dialog_button, plain_label
from reporterdesk.ui.widgets.side_label import SideLabel

_THUMBNAIL = QSize(72, 54)
_SIZE = (520, 520)
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@dataclass(frozen=True, slots=True)
class PhotoLeft:
    """A photo of a report on its way; ``bytes_left`` is what the desk has not got of it."""

    photo: Photo
    bytes_left: int


class PhotoChoice(QDialog):
    """Lists the photos that have not arrived, with a tick each. Lives on the UI thread.

    :ivar chosen: emits the ids (a frozenset) of the photos to be sent now.
    """

    chosen = Signal(object)

    def __init__(
        self,
        left: Sequence[PhotoLeft],
        ticked: frozenset[str],
        images: PhotoImages,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._left, self._images = tuple(left), images
        self.setWindowTitle(self.tr("Only these photos now"))
        words = plain_label(
            self,
            self.tr(
                "The photos that you tick are sent now, and every text. All other photos wait, "
                "those of other reports, too, until you choose “Send all photos” in the outbox."
            ),
            "note",
        )
        self._list = QListWidget(self)
        self._list.setObjectName("photoChoice")
        self._list.setAccessibleName(self.tr("Photos that have not arrived"))
        self._list.setIconSize(_THUMBNAIL)
        self._list.setSpacing(2)
        for number, each in enumerate(self._left, start=1):
            self._list.addItem(self._item(number, each, ticked=each.photo.id in ticked))
        self._sum = SideLabel(self, role="hint")
        self._send = dialog_button(self, self.tr("Send these now"), default=True)
        self._send.clicked.connect(self._choose)
        cancel = dialog_button(self, self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._sum, 1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._send)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(words)
        column.addWidget(self._list, 1)
        column.addLayout(buttons)
        self.resize(*_SIZE)
        self._list.itemChanged.connect(self._count)
        self._list.itemActivated.connect(self._toggle)
        images.loaded.connect(self._show_picture)
        for each in self._left:
            self._show_picture(each.photo.preview.sha256)
        self._list.setCurrentRow(0)
        self._list.setFocus()
        self._count()

    def _item(self, number: int, left: PhotoLeft, *, ticked: bool) -> QListWidgetItem:
        caption = " ".join(left.photo.caption.split()) or self.tr("Photo without a caption")
        item = QListWidgetItem(f"{caption}\n{size_words(left.bytes_left)}")
        spoken = self.tr("Photo %1: %2, %3").replace("%1", self.locale().toString(number))
        spoken = spoken.replace("%2", caption).replace("%3", size_words(left.bytes_left))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setToolTip(caption)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(_CHECKED if ticked else _UNCHECKED)
        blank = QPixmap(_THUMBNAIL)
        blank.fill(Qt.GlobalColor.transparent)
        item.setIcon(QIcon(blank))
        return item

    def _ticked(self) -> list[PhotoLeft]:
        return [
            each
            for row, each in enumerate(self._left)
            if self._list.item(row).checkState() is _CHECKED
        ]

    @Slot()
    def _count(self) -> None:
        ticked = self._ticked()
        size = size_words(sum(each.bytes_left for each in ticked))
        one, more = self.tr("1 photo, %2"), self.tr("%1 photos, %2")
        words = one if len(ticked) == 1 else more.replace("%1", self.locale().toString(len(ticked)))
        self._sum.setText(words.replace("%2", size) if ticked else self.tr("No photo is ticked"))
        self._send.setEnabled(bool(ticked))

    @Slot(QListWidgetItem)
    def _toggle(self, item: QListWidgetItem) -> None:
        item.setCheckState(_UNCHECKED if item.checkState() is _CHECKED else _CHECKED)

    @Slot(str)
    def _show_picture(self, sha256: str) -> None:
        side = round(max(_THUMBNAIL.width(), _THUMBNAIL.height()) * self.devicePixelRatio())
        blocked = self._list.blockSignals(True)
        for row, each in enumerate(self._left):
            if each.photo.preview.sha256 != sha256:
                continue
            image = self._images.image(sha256, side)
            if image is not None:
                icon, picture = QIcon(), QPixmap.fromImage(image)
                for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
                    icon.addPixmap(picture, mode)  # a chosen photo keeps its colours
                self._list.item(row).setIcon(icon)
        self._list.blockSignals(blocked)
        self._list.viewport().update()

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(frozenset(each.photo.id for each in self._ticked()))
        self.accept()
