"""Shows a reviewed report like a page; its photos come from memory, never from the network."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage, QResizeEvent, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from reporterdesk.domain.photo import Photo
from reporterdesk.domain.reviewed import ReviewedReport
from reporterdesk.text.direction import direction
from reporterdesk.ui.photo_images import PhotoImages
from reporterdesk.ui.widgets.review_page import ReviewPage, style_sheet

_WIDEST = 680
_MARGIN = 24


class ReviewBrowser(QTextBrowser):
    """A page of paper in the middle of the window.

    :param for_desk: whether what only the desk sees follows under the page.
    """

    def __init__(
        self, images: PhotoImages, parent: QWidget | None = None, *, for_desk: bool = True
    ) -> None:
        super().__init__(parent)
        self.setObjectName("reviewPaper")
        self.setAccessibleName(self.tr("The report as it will be published"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_MARGIN)
        self._images = images
        self._for_desk = for_desk
        self._report: ReviewedReport | None = None
        self._section = ""
        self._photos: dict[str, Photo] = {}
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(60)
        self._again.timeout.connect(self._render)
        images.loaded.connect(self._again.start)
        self.anchorClicked.connect(self._follow)

    def show_report(self, report: ReviewedReport, section_name: str) -> None:
        """Show ``report`` from its beginning, or where it stood if it is shown already."""
        same = self._report is not None and self._report.id == report.id
        self._report, self._section = report, section_name
        self._photos = {photo.id: photo for photo in report.content.photos}
        self._render()
        if not same:
            self.verticalScrollBar().setValue(0)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Serve photos of this report from memory; load nothing else (called by Qt)."""
        url = name if isinstance(name, QUrl) else QUrl(name)
        if kind != QTextDocument.ResourceType.ImageResource.value or url.scheme() != "photo":
            return None
        photo = self._photos.get(url.toString().removeprefix("photo:"))
        image = self._images.image(photo.preview.sha256) if photo else None
        if image is not None:
            return image
        blank = QImage(8, 8, QImage.Format.Format_RGB32)
        blank.fill(self.palette().mid().color())
        return blank

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines readable and photos within them."""
        side = max(0, (self.width() - _WIDEST - 2 * _MARGIN) // 2)
        self.setViewportMargins(side, 0, side, 0)
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._again.start()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and getattr(self, "_report", None):
            self._again.start()

    def _photo_width(self, photo: Photo) -> int:
        room = max(120, min(_WIDEST, self.viewport().width() - 2 * _MARGIN - 4))
        tallest = 520 * photo.preview.width // max(1, photo.preview.height)
        return min(room, photo.preview.width, max(120, tallest))

    @Slot()
    def _render(self) -> None:
        if self._report is None:
            return
        bar = self.verticalScrollBar()
        stood = bar.value() / bar.maximum() if bar.maximum() else 0.0
        from_right = direction(self._report.content.language) == "rtl"
        option = QTextOption(self.document().defaultTextOption())
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if from_right else Qt.LayoutDirection.LeftToRight
        )
        self.document().setDefaultTextOption(option)
        self.document().setDefaultStyleSheet(style_sheet(self.palette()))
        page = ReviewPage(self._report, self._section, self.locale(), self._photo_width)
        self.setHtml(page.html(for_desk=self._for_desk))
        bar.setValue(round(stood * bar.maximum()))

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        if url.scheme() in {"http", "https", "mailto"}:
            QDesktopServices.openUrl(url)
