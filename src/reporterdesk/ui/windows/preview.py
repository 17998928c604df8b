"""A window with the report as it will be published."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from reporterdesk.domain.report import ReportContent
from reporterdesk.domain.reviewed import ReviewedReport
from reporterdesk.domain.status import Status
from reporterdesk.ui.photo_images import PhotoImages
from reporterdesk.ui.widgets.review_browser import ReviewBrowser

_SIZE = (800, 900)


class PreviewWindow(QDialog):
    """Shows one report's page; Escape closes it. It stands beside the main window."""

    def __init__(self, images: PhotoImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("previewWindow")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.browser = ReviewBrowser(images, self, for_desk=False)
        hint = QLabel(self.tr("As it will be published. It follows what you write."), self)
        hint.setProperty("role", "hint")
        hint.setContentsMargins(16, 8, 16, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hint)
        column.addWidget(self.browser, 1)
        room = QGuiApplication.primaryScreen().availableSize()
        self.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height()))

    def show_content(self, report_id: str, content: ReportContent, section_name: str) -> None:
        """Show the page of ``content``; the same report keeps its place on the page."""
        headline = content.headline.strip() or self.tr("No headline yet")
        self.setWindowTitle(self.tr("Preview – %1").replace("%1", headline[:80]))
        # Revision, author and time stand in what only the desk sees.
        report = ReviewedReport(
            report_id, content, Status.DRAFT, "", 1, "", datetime.fromtimestamp(0, UTC)
        )
        self.browser.show_report(report, section_name)
