"""How each line of the page looks: the site's own measures and colours, as Qt's formats."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QTextBlockFormat,
    QTextCharFormat,
)

from reporterdesk.resources import resource_path
from reporterdesk.ui.page.parts import Part, Run
from reporterdesk.ui.typefaces import book_faces, knows_italics

REM = 16.0
"""The size of the site's letters, in logical pixels; all measures count in it."""

_VARIABLE = re.compile(r"--([a-z-]+):\s*(#[0-9A-Fa-f]{6})")
_ACCENT = re.compile(r"\.accent-(\d)\s*\{\s*--accent:\s*(#[0-9A-Fa-f]{6})")
_DARK = "@media (prefers-color-scheme: dark)"
_LEADED = QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value
_SINGLE = QTextBlockFormat.LineHeightTypes.SingleHeight.value


class Screen(StrEnum):
    """What the page is read on."""

    PHONE = "phone"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Look:
    """What decides how a page looks.

    ``zoom`` enlarges everything; ``room`` is the width for the page in logical pixels, by which
    headlines grow; ``accent`` the section's number; ``language`` the report's.
    """

    screen: Screen
    zoom: float
    room: int
    dark: bool
    from_right: bool
    accent: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """The look of one page: formats for its parts and colours for what is painted around them."""

    look: Look
    colours: dict[str, QColor]
    _blocks: dict[tuple[str, int, bool, str], QTextBlockFormat] = field(default_factory=dict)
    _words: dict[tuple[str, Run], QTextCharFormat] = field(default_factory=dict)

    def rem(self, number: float) -> float:
        """Return a measure of the site in logical pixels."""
        return number * REM * self.look.zoom

    def ink(self, name: str) -> QColor:
        """Return one of the site's colours."""
        return self.colours[name]

    @property
    def column(self) -> float:
        """How wide the page is at most, its margins included."""
        return self.rem(_measures()["layout"][self.look.screen.value])

    @property
    def margin(self) -> float:
        """The space at the left and right of the page."""
        return self.rem(_measures()["layout"][f"{self.look.screen.value}_margin"])

    @property
    def below(self) -> float:
        """The space at the end of the page."""
        return self.rem(_measures()["layout"]["below"])

    def font(self, kind: str) -> QFont:
        """Return the letters of a part."""
        style = self._style(kind)
        font = QFont(QGuiApplication.font())
        if style.get("family") == "serif":
            font.setFamilies(book_faces(self.look.language))
            font.setStyleHint(QFont.StyleHint.Serif)
        size = self._size(style)
        font.setPixelSize(max(1, round(size)))
        font.setWeight(QFont.Weight(style.get("weight", 400)))
        font.setItalic(bool(style.get("italic")) and knows_italics(self.look.language))
        if style.get("tight") and not self.look.from_right:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -style["tight"] * size)
        return font

    def block_format(self, part: Part) -> QTextBlockFormat:
        """Return the format of a part's block."""
        key = part.kind, part.depth, part.first, part.direction
        if key not in self._blocks:
            self._blocks[key] = self._make_block(part)
        return self._blocks[key]

    def char_format(self, part: Part, run: Run) -> QTextCharFormat:
        """Return the format of words in a part."""
        key = part.kind, Run("", run.bold, run.italic, run.link, run.role)
        if key not in self._words:
            self._words[key] = self._make_words(part.kind, run)
        return self._words[key]

    def inset(self, part: Part) -> float:
        """Return how far a part's words stand from the edge they begin at, in logical pixels."""
        return self.rem(self._style(part.kind).get("inset", 0) * (1 + part.depth))

    def from_right(self, part: Part) -> bool:
        """Return whether reading of a part begins at the right."""
        return part.direction == "rtl" if part.direction else self.look.from_right

    def _style(self, kind: str) -> dict[str, Any]:
        styles = _measures()
        found: dict[str, Any] = styles.get(kind) or styles["body.p"]
        return found

    def _size(self, style: dict[str, Any]) -> float:
        if "fluid" in style:
            least, base, share, most = style["fluid"]
            fluid = self.rem(base) + share * min(self.look.room, self.column)
            size: float = min(max(self.rem(least), fluid), self.rem(most))
            return size
        on_phone = self.look.screen is Screen.PHONE and "phone" in style
        return self.rem(style.get("phone" if on_phone else "size", 1.0))

    def _make_block(self, part: Part) -> QTextBlockFormat:
        style = self._style(part.kind)
        made = QTextBlockFormat()
        above = style.get("first", style.get("above", 0)) if part.first else style.get("above", 0)
        above, below = self.rem(above), self.rem(style.get("below", 0))
        made.setTopMargin(above)
        made.setBottomMargin(below)
        inset = self.inset(part)
        boxed = part.kind.startswith(("facts.", "correction."))
        from_right = self.from_right(part)
        made.setLeftMargin(inset if boxed or not from_right else 0)
        made.setRightMargin(inset if boxed or from_right else 0)
        if part.direction:
            sides = Qt.LayoutDirection
            made.setLayoutDirection(sides.RightToLeft if from_right else sides.LeftToRight)
        if part.image is not None:
            made.setLineHeight(0, _SINGLE)
            return made
        leading = self._size(style) * style.get("line", 1.5)
        leading -= QFontMetricsF(self.font(part.kind)).height()
        if self.look.from_right:
            leading = max(leading, 2.0)  # tall letters need room
        made.setLineHeight(leading, _LEADED)
        # Qt puts all the lead below a line; on the site half of it stands above.
        made.setTopMargin(max(0.0, above + leading / 2))
        made.setBottomMargin(max(0.0, below - leading / 2))
        if part.kind.endswith((".h1", ".h2", ".h3")):
            made.setHeadingLevel(int(part.kind[-1]))
        return made

    def _make_words(self, kind: str, run: Run) -> QTextCharFormat:
        style = self._style(kind)
        font = self.font(kind)
        if run.bold or run.role == "byline":
            font.setWeight(QFont.Weight.Bold if run.bold else QFont.Weight.DemiBold)
        if run.italic:
            # Emphasis in what is italic already stands upright.
            slanted = knows_italics(self.look.language)
            font.setItalic(slanted and not style.get("italic"))
            if not slanted:
                font.setWeight(QFont.Weight.Bold)
        made = QTextCharFormat()
        made.setFont(font)
        ink = style.get("ink", "text")
        if run.role == "byline":
            ink = "text"
        elif run.role == "label":
            ink = "muted"
        if run.link:
            made.setAnchor(True)
            made.setAnchorHref(run.link)
            made.setToolTip(run.link)
            made.setFontUnderline("link" not in style)
            ink = style.get("link", "accent")
        made.setForeground(self.ink(ink))
        return made


def paper(look: Look) -> Paper:
    """Return the look of a page; needs a QGuiApplication."""
    light, dark = _colours()
    colours, accents = dark if look.dark else light
    inks = {name: QColor(value) for name, value in colours.items()}
    inks["accent"] = QColor(accents[look.accent % len(accents)])
    return Paper(look, inks)


@cache
def _measures() -> dict[str, Any]:
    return tomllib.loads(resource_path("templates", "site", "app.toml").read_text("utf-8"))


@cache
def _colours() -> tuple[tuple[dict[str, str], list[str]], tuple[dict[str, str], list[str]]]:
    """Return the variables and accents of site.css, light and dark."""
    sheet = resource_path("templates", "site", "static", "site.css").read_text("utf-8")
    light, _, dark = sheet.partition(_DARK)
    dark = dark.partition("img {")[0]
    first = light.partition(".accent-0")[0]
    return (
        (dict(_VARIABLE.findall(first)), [value for _, value in _ACCENT.findall(light)]),
        (
            dict(_VARIABLE.findall(dark.partition(".accent-0")[0])),
            [value for _, value in _ACCENT.findall(dark)],
        ),
    )
