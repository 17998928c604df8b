"""The colours of the writing desk, chosen by whether its paper is light or dark."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours to draw with; each word stands at least 4.5:1 against the paper."""

    text: QColor
    muted: QColor
    accent: QColor
    line: QColor
    wash: QColor
    """The ground of a picture that is not there, and of an embed."""
    bar: QColor
    """The bar beside a quote."""
    wrong: QColor
    """Words that say what is wrong."""


def inks(palette: QPalette) -> Inks:
    """Return the colours that go with ``palette``'s paper (its Base role)."""
    text = palette.color(QPalette.ColorRole.Text)
    if palette.color(QPalette.ColorRole.Base).lightness() < 128:
        return Inks(
            text=text,
            muted=QColor("#9AA4B0"),
            accent=QColor("#8AB8E6"),
            line=QColor("#333A42"),
            wash=QColor("#262B32"),
            bar=QColor("#4A6A8A"),
            wrong=QColor("#F28B82"),
        )
    return Inks(
        text=text,
        muted=QColor("#5B6470"),
        accent=QColor("#1F4E79"),
        line=QColor("#DDE1E6"),
        wash=QColor("#F3F4F1"),
        bar=QColor("#A9BED3"),
        wrong=QColor("#B42318"),
    )
