"""Shows a report's page as the site does; its photos come from memory, nothing from a network."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from reporterdesk.ui.colours import is_dark
from reporterdesk.ui.page.pictures import PagePictures
from reporterdesk.ui.page.setter import PageSetter
from reporterdesk.ui.page.sheet import Sheet
from reporterdesk.ui.page.style import Look, Paper, Screen, paper
from reporterdesk.ui.page.surroundings import Surroundings
from reporterdesk.ui.photo_images import PhotoImages

_SETTLE_MS = 60
_WIDTH_STEP = 64
"""Logical pixels of room by which headlines grow, so that dragging an edge sets little anew."""


class PageView(QTextBrowser):
    """One page in the middle of its room. Lives on the UI thread; nothing here waits.

    :ivar line_clicked: emits the number of the body's line (see :class:`Sheet`) that was clicked.
    :ivar settled: emitted when a page, or what has changed of it, stands.
    """

    line_clicked = Signal(int)
    settled = Signal()

    def __init__(self, images: PhotoImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pagePaper")
        self.setAccessibleName(self.tr("The report as it will be published"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar that comes and goes would break all lines anew.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._sheet: Sheet | None = None
        self._paper: Paper | None = None
        self._screen, self._zoom = Screen.PAGE, 1.0
        self._surroundings = Surroundings(self)
        self.pictures = PagePictures(images, self._blank, self)
        self.pictures.register(self.document())
        self._setter = PageSetter(self.document(), self)
        self._setter.settled.connect(self.settled)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_SETTLE_MS)
        self._again.timeout.connect(self._look_again)
        images.loaded.connect(self._photo_came)

    @property
    def sheet(self) -> Sheet | None:
        """The page that is shown."""
        return self._sheet

    @property
    def busy(self) -> bool:
        """Whether something of the page is still to be set."""
        return self._setter.busy

    @property
    def parts_set(self) -> int:
        """How many parts have been set since the start; for measuring."""
        return self._setter.parts_set

    @property
    def screen_shown(self) -> Screen:
        """What the page is shown as."""
        return self._screen

    def show_sheet(self, sheet: Sheet, absent: Mapping[str, str] | None = None) -> None:
        """Show a page from its beginning, or where it stood if it is shown already.

        :param absent: what to say of photos, by SHA-256, that cannot be shown.
        """
        same = self._sheet is not None and self._sheet.report_id == sheet.report_id
        self._sheet = sheet
        self._speak(sheet)
        self.pictures.set_absent(absent or {})
        self._set(afresh=not same)
        if not same:
            self.verticalScrollBar().setValue(0)

    def clear_page(self) -> None:
        """Show nothing."""
        self._sheet = None
        self.setAccessibleDescription("")
        self._setter.forget()

    def show_as(self, screen: Screen) -> None:
        """Show the page as on a phone, or as wide as it can be."""
        if screen is not self._screen:
            self._screen = screen
            self.setProperty("screen", screen.value)
            self.style().unpolish(self)
            self.style().polish(self)
            self._look_again()

    def set_zoom(self, zoom: float) -> None:
        """Enlarge the page, as the person has the text enlarged."""
        if abs(zoom - self._zoom) > 0.01:
            self._zoom = zoom
            self._look_again()

    def line_area(self, line: int) -> QRectF | None:
        """Return where a line of the body stands on the viewport; None before it is set."""
        if self._sheet is None or not 0 <= line < len(self._sheet.lines):
            return None
        number = self._sheet.lines[line]
        if number >= len(self._setter.shown):
            return None
        block = self.document().findBlockByNumber(number)
        area = self.document().documentLayout().blockBoundingRect(block)
        return area.translated(0, -self.verticalScrollBar().value())

    def line_at(self, place: QPoint) -> int | None:
        """Return the line of the body at a point of the viewport."""
        if self._sheet is None or not self._sheet.lines:
            return None
        number = self.cursorForPosition(place).blockNumber()
        if number < self._sheet.lines[0] or number >= len(self._sheet.parts):
            return None
        kind = self._sheet.parts[number].kind
        if not kind.startswith("body.") and kind != "caption":
            return None
        return bisect_right(self._sheet.lines, number) - 1

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        """Load nothing: a page needs nothing but its words and photos (called by Qt)."""
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint boxes, bars and marks, then the words over them (called by Qt)."""
        if self._paper is not None:
            with QPainter(self.viewport()) as painter:
                clip = QRectF(event.rect())
                painter.fillRect(clip, self._paper.ink("window"))
                self._surroundings.paint(painter, clip, self._setter.shown, self._paper)
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page in the middle, its lines readable (called by Qt)."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._again.start()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme (called by Qt)."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and getattr(self, "_sheet", None):
            self._again.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; the size of the letters follows the text's (called by Qt)."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell which line was clicked, unless words were selected (called by Qt)."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            line = self.line_at(event.position().toPoint())
            if line is not None:
                self.line_clicked.emit(line)

    def _speak(self, sheet: Sheet) -> None:
        """Let a screen reader say what the photos show, where Qt tells of an object sign only."""
        nothing = self.tr("a photo without alt text")
        photos = [part.image for part in sheet.parts if part.image is not None]
        shown = [photo.alt.strip().rstrip(".") or nothing for photo in photos]
        said = self.tr("Photos: %1.").replace("%1", "; ".join(shown)) if shown else ""
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)

    def _blank(self) -> tuple[QColor, QColor]:
        if self._paper is None:
            return self.palette().mid().color(), self.palette().text().color()
        return self._paper.ink("blank"), self._paper.ink("muted")

    @Slot()
    def _look_again(self) -> None:
        if self._sheet is not None:
            self._set(afresh=False)

    def _set(self, *, afresh: bool) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        room = self.width() // _WIDTH_STEP * _WIDTH_STEP
        dark = is_dark(self.palette())
        kind = self._screen, self._zoom, room, dark
        look = Look(*kind, sheet.from_right, sheet.accent, sheet.language)
        if self._paper is None or self._paper.look != look:
            self._paper = paper(look)
        self._arrange(self._paper)
        self._setter.show(sheet.parts, self._paper, afresh=afresh)
        self._air(self._paper.below)
        self.viewport().update()

    def _arrange(self, sheet_paper: Paper) -> None:
        """Give the page its column, its ground and the side where reading starts."""
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - bar
        column = min(round(sheet_paper.column), room)
        side = (room - column) // 2
        self.setViewportMargins(side, 0, room - column - side, 0)
        self.document().setDocumentMargin(sheet_paper.margin)
        option = QTextOption(self.document().defaultTextOption())
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft
            if sheet_paper.look.from_right
            else Qt.LayoutDirection.LeftToRight
        )
        if option.textDirection() != self.document().defaultTextOption().textDirection():
            self.document().setDefaultTextOption(option)

    def _air(self, below: float) -> None:
        """Leave some room under the page, where a box may end."""
        frame = self.document().rootFrame()
        made = frame.frameFormat()
        if made.bottomMargin() != below:
            made.setBottomMargin(below)
            frame.setFrameFormat(made)

    @Slot(str)
    def _photo_came(self, sha256: str) -> None:
        self.pictures.forget(sha256)
        self.viewport().update()
