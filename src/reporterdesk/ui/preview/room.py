"""The preview of the report that is open: it keeps up with the words and stands beside them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.ui.editor.formats import BODY_POINT_SIZE
from reporterdesk.ui.page.rendering import InPool, Rendering
from reporterdesk.ui.page.sheet import Sheet, SheetMaker
from reporterdesk.ui.photo_images import PhotoImages
from reporterdesk.ui.preview.beside import Beside
from reporterdesk.ui.preview.drafting import DraftPage
from reporterdesk.ui.preview.following import Following
from reporterdesk.ui.preview.panel import PreviewPanel
from reporterdesk.ui.widgets.report_pane import ReportPane

_PAUSE = 0.2
"""Seconds without a key after which the preview is brought up to date."""
_MOST = 1.5
"""Seconds after which it is, however fast one types."""
_SHARE = 12
"""The preview may take one part in so many of the UI thread's time."""


class PreviewRoom(QObject):
    """Composes panel, rendering and following around one pane. Lives on the UI thread.

    Words come from the window and photos from this laptop: it works without any connection.

    :ivar left: emitted when a person wants the preview away.
    """

    left = Signal()

    def __init__(
        self,
        pane: ReportPane,
        images: PhotoImages,
        in_pool: InPool,
        sections: Callable[[], Mapping[str, str]],
        *,
        clock: Clock = utc_now,
    ) -> None:
        super().__init__(pane)
        self._pane, self._sections, self._clock = pane, sections, clock
        self._maker = SheetMaker()
        self.panel = PreviewPanel(images, pane.halves)
        self.beside = Beside(pane.halves, pane.sides, self.panel)
        self._following = Following(pane.text.body, pane.text.head, self.panel.view)
        self._rendering = Rendering(in_pool, self)
        self._on = False
        self._shown_id: str | None = None
        self._since = 0.0
        self._cost = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.render)
        self._connect()

    @property
    def busy(self) -> bool:
        """Whether the preview is not up to date yet."""
        return self._timer.isActive() or self._rendering.busy or self.panel.view.busy

    def show(self, *, on: bool) -> None:
        """Show the preview, or the text alone."""
        self._on = on
        self.beside.show(on=on)
        if on:
            self.render()
        else:
            self._timer.stop()
            self._pane.text.body.setFocus()

    @Slot()
    def render(self) -> None:
        """Begin to render the newest words."""
        self._timer.stop()
        report = self._pane.report
        if not self._on or report is None:
            return
        begun = time.perf_counter()
        body = self._pane.text.body
        work = DraftPage(
            self._maker,
            report,
            self._pane.form.draft(report.content).content,
            body.document(),
            self._sections(),
            self._clock(),
        )
        self._cost = time.perf_counter() - begun
        self.panel.view.set_zoom(body.font().pointSizeF() / BODY_POINT_SIZE)
        self._rendering.ask(work, instead=report.id != self._shown_id)
        self._shown_id = report.id

    def _connect(self) -> None:
        pane, panel = self._pane, self.panel
        for edited in (pane.text.body.edited, pane.text.head.edited, pane.side.edited):
            edited.connect(self._soon)
        pane.side.photos.edited.connect(self._soon)
        pane.form.put.connect(self._soon)
        pane.standing_changed.connect(self._stands)
        self._rendering.rendered.connect(self._rendered)
        self._rendering.failed.connect(self.left)  # once is enough to be told of a bug
        panel.closed.connect(self.left)
        self.beside.left.connect(self.left)
        panel.view.anchorClicked.connect(self._open)
        panel.view.line_clicked.connect(self._clicked)

    @Slot()
    def _soon(self) -> None:
        """Bring it up to date at the next pause of the hands."""
        if not self._on:
            return
        now = time.monotonic()
        if not self._timer.isActive():
            self._since = now
        pause = max(_PAUSE, self._cost * _SHARE)
        left = max(0.0, self._since + max(_MOST, 2 * pause) - now)
        self._timer.start(round(min(pause, left) * 1000))

    @Slot(object)
    def _stands(self, _report: object) -> None:
        if self._on:
            self._timer.start(0)  # the pane may be in the middle of showing it

    @Slot(object)
    def _rendered(self, sheet: Sheet) -> None:
        if self._on and self._pane.report_id == sheet.report_id:
            begun = time.perf_counter()
            self.panel.view.show_sheet(sheet)
            self._cost += time.perf_counter() - begun

    @Slot(QUrl)
    def _open(self, url: QUrl) -> None:
        """Open a link in the web browser, with Ctrl only: a click is for the caret."""
        held = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
        if held and url.scheme() in {"http", "https", "mailto"}:
            QDesktopServices.openUrl(url)

    @Slot(int)
    def _clicked(self, _line: int) -> None:
        if self.beside.covers:
            self.left.emit()
