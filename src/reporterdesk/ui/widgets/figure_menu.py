"""Which of the report's photos is to stand in the text at the caret."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from reporterdesk.domain.photo import Photo

_LONGEST = 48


class FigureMenu(QMenu):
    """Lists the photos in their order, with their pictures.

    :ivar chosen: emits the id of the photo that was chosen.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Photos of this report"))
        self.triggered.connect(self._chosen)

    def offer(self, photos: list[tuple[Photo, QImage | None]]) -> None:
        """List ``photos``."""
        self.clear()
        for number, (photo, image) in enumerate(photos, start=1):
            name = self.tr("&Photo %1").replace("%1", str(number))
            caption = photo.caption.replace("&", "&&")
            short = caption if len(caption) <= _LONGEST else caption[:_LONGEST].rstrip() + "…"
            action = self.addAction(f"{name} — {short}" if short else name)
            action.setData(photo.id)
            if image is not None:
                action.setIcon(QIcon(QPixmap.fromImage(image)))
                action.setIconVisibleInMenu(True)

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))
