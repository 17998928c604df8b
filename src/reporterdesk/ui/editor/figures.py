"""Photos, rules and embeds in the text: drawn by a text object, each alone in its block."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QCoreApplication, QObject, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPalette,
    QPen,
    QPyTextObject,
    QTextDocument,
    QTextFormat,
    QTextOption,
)

from reporterdesk.text.direction import text_direction
from reporterdesk.text.tree import Embed, Figure, Rule
from reporterdesk.ui.editor.formats import OBJECT_TYPES, standing_of
from reporterdesk.ui.editor.palette import Inks, inks

ImageSource: TypeAlias = Callable[[str], QImage | None]
CaptionSource: TypeAlias = Callable[[str], str]

_RULE_HEIGHT = 20.0
_EMBED_HEIGHT = 60.0
_MISSING_HEIGHT = 150.0
_TALLEST = 460.0
_CAPTION_GAP = 8.0
_CAPTION_LINES = 3
_KEPT = 24


class Pictures:
    """The pictures and captions of photos, and the pictures scaled for the screen.

    The sources are asked on the UI thread and must answer from memory; one that has to load first
    answers None and calls for a redraw (:meth:`forget`) when the picture is there.
    """

    def __init__(self) -> None:
        self.image: ImageSource = lambda _photo_id: None
        self.caption: CaptionSource = lambda _photo_id: ""
        self._sizes: dict[str, QSizeF] = {}
        self._scaled: dict[tuple[str, int, int], QImage] = {}

    def forget(self, photo_id: str | None = None) -> None:
        """Ask the source again for one photo, or for all."""
        if photo_id is None:
            self._sizes.clear()
            self._scaled.clear()
            return
        self._sizes.pop(photo_id, None)
        self._scaled = {key: kept for key, kept in self._scaled.items() if key[0] != photo_id}

    def size(self, photo_id: str) -> QSizeF | None:
        """Return the picture's size in its own pixels; None: there is no picture (yet)."""
        if photo_id not in self._sizes:
            image = self.image(photo_id)
            if image is None or image.isNull():
                return None
            self._sizes[photo_id] = QSizeF(image.size())
        return self._sizes[photo_id]

    def scaled(self, photo_id: str, width: int, height: int) -> QImage | None:
        """Return the picture scaled to device pixels."""
        key = (photo_id, width, height)
        if key not in self._scaled:
            image = self.image(photo_id)
            if image is None or image.isNull():
                return None
            while len(self._scaled) >= _KEPT:
                self._scaled.pop(next(iter(self._scaled)))
            self._scaled[key] = image.scaled(
                width,
                height,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        return self._scaled[key]


class StandingObjects(QPyTextObject):
    """Measures and draws photos, rules and embeds for one editor. Lives on the UI thread."""

    def __init__(
        self, pictures: Pictures, palette: Callable[[], QPalette], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._palette = palette

    def register(self, document: QTextDocument) -> None:
        """Draw the things of ``document`` from now on."""
        for kind in OBJECT_TYPES:
            document.documentLayout().registerHandler(kind, self)

    def intrinsicSize(self, doc: QTextDocument, _position: int, made: QTextFormat) -> QSizeF:
        """Return the room a thing takes (called by Qt)."""
        width = max(doc.textWidth() - 2 * doc.documentMargin() - 1, 40.0)
        thing = standing_of(made)
        if isinstance(thing, Figure):
            height = self._picture_size(thing.photo_id, width).height()
            return QSizeF(width, height + self._caption_height(doc, thing.photo_id, width))
        return QSizeF(width, _EMBED_HEIGHT if isinstance(thing, Embed) else _RULE_HEIGHT)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        _position: int,
        made: QTextFormat,
    ) -> None:
        """Draw a thing into its room (called by Qt)."""
        room = QRectF(rect)
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        colours = inks(self._palette())
        match standing_of(made):
            case Figure(photo_id):
                self._draw_figure(painter, room, doc, photo_id, colours)
            case Embed(url):
                self._draw_embed(painter, room, doc, url, colours)
            case Rule():
                _draw_rule(painter, room, colours)
        painter.restore()

    def _picture_size(self, photo_id: str, width: float) -> QSizeF:
        size = self._pictures.size(photo_id)
        if size is None or size.isEmpty():
            return QSizeF(width, _MISSING_HEIGHT)
        scale = min(width / size.width(), _TALLEST / size.height(), 1.0)
        return size * scale

    def _caption_height(self, doc: QTextDocument, photo_id: str, width: float) -> float:
        metrics = QFontMetricsF(_small_font(doc))
        text = self._pictures.caption(photo_id) or _no_caption()
        needed = metrics.boundingRect(
            QRectF(0, 0, width, 10_000), int(Qt.TextFlag.TextWordWrap), text
        ).height()
        return _CAPTION_GAP + min(needed, metrics.lineSpacing() * _CAPTION_LINES) + 2

    def _draw_figure(
        self, painter: QPainter, rect: QRectF, doc: QTextDocument, photo_id: str, colours: Inks
    ) -> None:
        size = self._picture_size(photo_id, rect.width())
        left = rect.left() + (rect.width() - size.width()) / 2
        area = QRectF(left, rect.top(), size.width(), size.height())
        # The device's own pixels, so that the picture is sharp on a dense screen.
        ratio = painter.device().devicePixelRatioF()
        image = self._pictures.scaled(
            photo_id, max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio))
        )
        font = _small_font(doc)
        painter.setFont(font)
        if image is None:
            _draw_missing(painter, area, colours)
        else:
            painter.drawImage(area, image)
        caption = self._pictures.caption(photo_id)
        painter.setPen(colours.muted)
        below = QRectF(rect.left(), area.bottom() + _CAPTION_GAP, rect.width(), rect.height())
        below.setBottom(rect.bottom())
        if not caption:
            font.setItalic(True)
            painter.setFont(font)
        _draw_words(painter, below, caption or _no_caption())

    def _draw_embed(
        self, painter: QPainter, rect: QRectF, doc: QTextDocument, url: str, colours: Inks
    ) -> None:
        _draw_card(painter, rect, colours)
        inner = rect.adjusted(16, 10, -16, -10)
        font = _small_font(doc)
        painter.setFont(font)
        painter.setPen(colours.muted)
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        label = QCoreApplication.translate("StandingObjects", "Shown from elsewhere")
        painter.drawText(inner, int(top), label)
        painter.setPen(colours.accent)
        shown = QFontMetricsF(font).elidedText(url, Qt.TextElideMode.ElideMiddle, inner.width())
        bottom = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, int(bottom), shown)


def _draw_rule(painter: QPainter, rect: QRectF, colours: Inks) -> None:
    middle = rect.center()
    half = min(rect.width() / 2, 90.0)
    painter.setPen(QPen(colours.muted, 1))
    y = round(middle.y()) + 0.5
    painter.drawLine(int(middle.x() - half), int(y), int(middle.x() + half), int(y))


def _draw_card(painter: QPainter, area: QRectF, colours: Inks) -> None:
    painter.setPen(QPen(colours.line, 1))
    painter.setBrush(colours.wash)
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


def _draw_missing(painter: QPainter, area: QRectF, colours: Inks) -> None:
    _draw_card(painter, area, colours)
    painter.setPen(colours.muted)
    words = QCoreApplication.translate("StandingObjects", "This photo cannot be shown here yet")
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), words)


def _draw_words(painter: QPainter, area: QRectF, text: str) -> None:
    """Draw a caption, centred under its picture; what does not fit is cut off."""
    option = QTextOption(Qt.AlignmentFlag.AlignHCenter)
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    right = text_direction(text) == "rtl"
    option.setTextDirection(
        Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight
    )
    painter.setClipRect(area.adjusted(0, 0, 0, 2))
    painter.drawText(area, text, option)


def _small_font(doc: QTextDocument) -> QFont:
    font = QFont(doc.defaultFont())
    font.setPointSizeF(font.pointSizeF() * 0.82)
    return font


def _no_caption() -> str:
    return QCoreApplication.translate("StandingObjects", "No caption yet")
