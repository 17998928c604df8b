"""The app's own line icons: SVG files drawn in the colour of the text around them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from reporterdesk.resources import resource_path

# Icons that point along the line of reading are mirrored where that runs from right to left.
_MIRRORED = frozenset(
    {"bullets", "file", "indent", "left", "numbers", "open_page", "outdent", "quote", "recall"}
    | {"redo", "returned", "right", "sign_in", "sign_out", "undo"}
)


@cache
def _folder() -> Path:
    return resource_path("icons")


@cache
def _names() -> frozenset[str]:
    return frozenset(file.stem for file in _folder().iterdir() if file.suffix == ".svg")


@cache
def _source(name: str) -> str:
    return (_folder() / f"{name}.svg").read_text(encoding="utf-8")


class _TintedEngine(QIconEngine):
    """Draws an icon in the palette's present text colour, so that it follows the theme."""

    def __init__(self, name: str, colour: QColor | None) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def clone(self) -> QIconEngine:
        return _TintedEngine(self._name, self._colour)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        colour = self._tint(mode).name()
        svg = _source(self._name).replace("currentColor", colour)
        renderer = QSvgRenderer(QByteArray(svg.encode()))
        painter.save()
        if self._name in _MIRRORED and QGuiApplication.isRightToLeft():
            painter.translate(rect.x() * 2 + rect.width(), 0)
            painter.scale(-1, 1)
        renderer.render(painter, QRectF(rect))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """Draw ``size`` logical pixels with the dots of a screen of ``scale`` (called by Qt)."""
        pixmap = QPixmap(size * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def _tint(self, mode: QIcon.Mode) -> QColor:
        palette = QGuiApplication.palette()
        if mode == QIcon.Mode.Disabled:
            return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
        if self._colour is not None:
            return self._colour
        if mode == QIcon.Mode.Selected:
            return palette.color(QPalette.ColorRole.HighlightedText)
        return palette.color(QPalette.ColorRole.ButtonText)


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """Return the icon ``resources/icons/<name>.svg`` in the colour of button text.

    It is drawn anew at any size and in the palette of the moment; with ``colour`` always in that.

    :raises FileNotFoundError: there is no such icon.
    """
    if name not in _names():  # its file is read when it is drawn: most are in closed menus
        raise FileNotFoundError(f"There is no icon “{name}”.")
    return QIcon(_TintedEngine(name, colour))


def app_icon() -> QIcon:
    """Return the app's icon in its own colours."""
    return QIcon(str(resource_path("icons", "reporterdesk.png")))
