"""The preview: the report that is being written, as it will be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.photo_images import PhotoImages
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.ui.windows.preview import PreviewWindow


class Preview(QObject):
    """Opens the preview beside the report and keeps up with each save. Lives on the UI thread.

    It works offline: words come from the window, photos from this laptop.
    """

    def __init__(self, window: MainWindow, actions: Actions, images: PhotoImages) -> None:
        super().__init__(window)
        self._window, self._images = window, images
        self._preview: PreviewWindow | None = None
        actions.bind("report.preview", self.show)
        window.pane.draft_saved.connect(self._saved)
        window.pane.standing_changed.connect(self._stands)

    @property
    def preview(self) -> PreviewWindow | None:
        """The preview's window, once it has been asked for."""
        return self._preview

    @Slot()
    def show(self) -> None:
        """Show the report that is open."""
        if self._window.pane.report_id is None:
            return
        if self._preview is None:
            from reporterdesk.ui.windows.preview import PreviewWindow

            self._preview = PreviewWindow(self._images, self._window)
        self._tell(self._window.pane.content())
        self._preview.show()
        self._preview.raise_()
        self._preview.activateWindow()

    @Slot(str, object)
    def _saved(self, report_id: str, report: Report) -> None:
        if self._shown() and report_id == self._window.pane.report_id:
            self._tell(report.content)

    @Slot(object)
    def _stands(self, _report: Report) -> None:
        if self._shown():
            self._tell(self._window.pane.content())

    def _shown(self) -> bool:
        return self._preview is not None and self._preview.isVisible()

    def _tell(self, content: ReportContent) -> None:
        report_id = self._window.pane.report_id
        if self._preview is not None and report_id is not None:
            names = self._window.list.delegate.section_names
            section = names.get(content.section, content.section)
            self._preview.show_content(report_id, content, section)
