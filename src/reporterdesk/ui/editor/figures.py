"""Photos, rules and embeds in the text: drawn by a text object, each alone in its block."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QCoreApplication, QObject, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPalette,
    QPen,
    QPixmap,
    QPyTextObject,
    QTextDocument,
    QTextFormat,
    QTextOption,
)

from reporterdesk.text.direction import text_direction
from reporterdesk.text.tree import Embed, Figure, Rule
from reporterdesk.ui.editor.formats import OBJECT_TYPES, standing_of
from reporterdesk.ui.editor.palette import Inks, inks

ImageSource: TypeAlias = Callable[[str, int], QImage | None]
"""Photo id and the longest side in pixels of the screen, to the picture as there is one now."""
SizeSource: TypeAlias = Callable[[str], QSize | None]
"""Photo id to the size its picture has; None: not known, or it cannot be shown."""
WordsSource: TypeAlias = Callable[[str], "FigureWords"]

_RULE_HEIGHT = 20.0
_EMBED_HEIGHT = 60.0
_MISSING_HEIGHT = 150.0
_TALLEST = 460.0
_CAPTION_GAP = 8.0
_CAPTION_LINES = 3
_CARRIED = 120


@dataclass(frozen=True, slots=True)
class FigureWords:
    """What is written under a photo, and whether it has an alt text."""

    caption: str = ""
    has_alt_text: bool = True


class Pictures:
    """Where the pictures of photos come from, their sizes, and the words about them.

    The sources are asked on the UI thread and must answer from memory; one that has to load first
    answers None, or with a smaller picture, and calls for a redraw when the picture is there. Only
    photos in sight are asked for where the sizes are known.
    """

    def __init__(self) -> None:
        self.image: ImageSource = lambda _photo_id, _longest: None
        self.shape: SizeSource = lambda _photo_id: None
        self.words: WordsSource = lambda _photo_id: FigureWords()

    def size(self, photo_id: str) -> QSizeF | None:
        """Return the picture's size in its own pixels; None: there is no picture (yet)."""
        shape = self.shape(photo_id)
        if shape is None:
            image = self.image(photo_id, round(_TALLEST))
            shape = image.size() if image is not None else None
        return QSizeF(shape) if shape is not None and not shape.isEmpty() else None


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

    def small_picture(self, photo_id: str) -> QPixmap:
        """Return a small picture of a photo, to be carried about; none while it is not there."""
        image = self._pictures.image(photo_id, _CARRIED)
        if image is None or image.isNull():
            return QPixmap()
        room = QSize(_CARRIED, _CARRIED)
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode
        return QPixmap.fromImage(image.scaled(room, keep, smooth.SmoothTransformation))

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
        if size is None:
            return QSizeF(width, _MISSING_HEIGHT)
        scale = min(width / size.width(), _TALLEST / size.height(), 1.0)
        # Whole pixels, so that a picture of just this size is drawn as it is.
        return QSizeF(max(1, round(size.width() * scale)), max(1, round(size.height() * scale)))

    def _caption_height(self, doc: QTextDocument, photo_id: str, width: float) -> float:
        metrics = QFontMetricsF(_small_font(doc))
        text = self._pictures.words(photo_id).caption or _no_caption()
        needed = metrics.boundingRect(
            QRectF(0, 0, width, 10_000), int(Qt.TextFlag.TextWordWrap), text
        ).height()
        return _CAPTION_GAP + min(needed, metrics.lineSpacing() * _CAPTION_LINES) + 2

    def _draw_figure(
        self, painter: QPainter, rect: QRectF, doc: QTextDocument, photo_id: str, colours: Inks
    ) -> None:
        size = self._picture_size(photo_id, rect.width())
        left = round(rect.left() + (rect.width() - size.width()) / 2)
        area = QRectF(left, round(rect.top()), size.width(), size.height())
        font, words = _small_font(doc), self._pictures.words(photo_id)
        painter.setFont(font)
        self._draw_picture(painter, area, photo_id, colours)
        if not words.has_alt_text:
            _draw_badge(painter, area, doc, colours)
        painter.setPen(colours.muted)
        below = QRectF(rect.left(), area.bottom() + _CAPTION_GAP, rect.width(), rect.height())
        below.setBottom(rect.bottom())
        font.setItalic(not words.caption)
        painter.setFont(font)
        _draw_words(painter, below, words.caption or _no_caption())

    def _draw_picture(self, painter: QPainter, area: QRectF, photo_id: str, colours: Inks) -> None:
        # The device's own pixels, so that the picture is sharp on a dense screen.
        ratio = painter.device().devicePixelRatioF()
        longest = round(max(area.width(), area.height()) * ratio)
        image = self._pictures.image(photo_id, longest)
        if image is not None and not image.isNull():
            painter.drawImage(area, image)
        elif self._pictures.shape(photo_id) is not None:  # it is on its way
            painter.fillRect(area, colours.wash)
        else:
            _draw_missing(painter, area, colours)

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


def _draw_badge(painter: QPainter, area: QRectF, doc: QTextDocument, colours: Inks) -> None:
    """Say on a picture, where its line of reading begins, that it has no alt text."""
    words = QCoreApplication.translate("StandingObjects", "Alt text is missing")
    font = _small_font(doc)
    font.setPointSizeF(font.pointSizeF() * 0.9)
    metrics = QFontMetricsF(font)
    width = min(metrics.horizontalAdvance(words) + 20, area.width())
    badge = QRectF(area.left() + 8, area.top() + 8, width, metrics.height() + 8)
    if doc.defaultTextOption().textDirection() == Qt.LayoutDirection.RightToLeft:
        badge.moveRight(area.right() - 8)
    if badge.height() > area.height() - 16 or badge.width() > area.width() - 16:
        return  # nobody could see the picture
    painter.setPen(QPen(colours.warning, 1))
    painter.setBrush(colours.paper)
    painter.drawRoundedRect(badge.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setFont(font)
    painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), words)


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
