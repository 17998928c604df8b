"""The colours of the writing desk, chosen by whether its paper is light or dark."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

from reporterdesk.ui.colours import DARK, LIGHT


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
    paper: QColor
    warning: QColor
    """Words that say what is still to be done."""
    wrong: QColor
    """Words that say what is wrong, and words that were taken out."""
    added: QColor
    """Words that are new."""


def inks(palette: QPalette) -> Inks:
    """Return the colours that go with ``palette``'s paper (its Base role)."""
    dark = palette.color(QPalette.ColorRole.Base).lightness() < 128
    theme = DARK if dark else LIGHT
    return Inks(
        text=palette.color(QPalette.ColorRole.Text),
        muted=QColor(theme.muted),
        accent=QColor(theme.accent),
        line=QColor(theme.line),
        wash=QColor(theme.calm_ground),
        bar=_between(QColor(theme.paper), QColor(theme.accent), 0.45),
        paper=QColor(theme.paper),
        warning=QColor(theme.warning),
        wrong=QColor(theme.problem),
        added=QColor(theme.good),
    )


def _between(one: QColor, other: QColor, share: float) -> QColor:
    """Return the opaque colour that lies ``share`` (0 to 1) of the way to ``other``."""
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * share,
        one.greenF() + (other.greenF() - one.greenF()) * share,
        one.blueF() + (other.blueF() - one.blueF()) * share,
    )
