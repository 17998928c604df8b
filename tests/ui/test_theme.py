"""Light and dark: readable, complete, and following the system."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from reporterdesk.ui.colours import DARK, LIGHT, Colours, colours, is_dark
from reporterdesk.ui.theme import Theme, palette_of, style_sheet

_GROUNDS = ("window", "paper", "calm_ground", "chosen")
_INKS = ("text", "muted", "accent", "good", "warning", "problem")


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    palette, style, sheet = QPalette(qapp.palette()), qapp.style().name(), qapp.styleSheet()
    yield qapp
    for theme in qapp.findChildren(Theme):
        shiboken6.delete(theme)  # or it would follow the system into other tests
    qapp.setStyleSheet(sheet)
    qapp.setStyle(style)
    qapp.setPalette(palette)


@pytest.mark.parametrize("shown", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", _GROUNDS)
@pytest.mark.parametrize("ink", _INKS)
def test_text_has_enough_contrast(shown: Colours, ground: str, ink: str) -> None:
    assert _contrast(getattr(shown, ink), getattr(shown, ground)) >= 4.5


@pytest.mark.parametrize("shown", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", ["good", "warning", "problem"])
def test_signal_colours_have_enough_contrast_on_their_grounds(shown: Colours, tone: str) -> None:
    assert _contrast(getattr(shown, tone), getattr(shown, f"{tone}_ground")) >= 4.5
    assert _contrast(shown.text, getattr(shown, f"{tone}_ground")) >= 4.5


@pytest.mark.parametrize("shown", [LIGHT, DARK], ids=["light", "dark"])
def test_what_was_searched_for_is_readable_and_seen(shown: Colours) -> None:
    assert _contrast(shown.text, shown.found) >= 4.5
    assert shown.found not in {shown.paper, shown.chosen, shown.calm_ground}


@pytest.mark.parametrize("shown", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_selected_is_readable(shown: Colours) -> None:
    assert _contrast(shown.on_accent, shown.accent) >= 4.5


@pytest.mark.parametrize("shown", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_has_every_colour_filled_in(shown: Colours) -> None:
    sheet = style_sheet(shown)

    rules = sheet.partition("*/")[2]
    assert "@" not in rules
    assert shown.accent in rules


@pytest.mark.parametrize("shown", [LIGHT, DARK], ids=["light", "dark"])
def test_the_palette_tells_its_colours_back(shown: Colours) -> None:
    palette = palette_of(shown)

    assert colours(palette) is shown
    assert is_dark(palette) is (shown is DARK)


def test_both_themes_name_real_colours() -> None:
    for shown in (LIGHT, DARK):
        assert all(QColor(value).isValid() for value in asdict(shown).values())


def test_a_choice_holds_at_once(application: QApplication) -> None:
    theme = Theme(application, "light")
    assert not is_dark(application.palette())

    theme.choose("dark")

    assert is_dark(application.palette())
    assert theme.colours is DARK


def test_the_system_is_followed(application: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    hints = _hints(monkeypatch)
    theme = Theme(application, "system")
    assert theme.colours is LIGHT

    hints.turn(Qt.ColorScheme.Dark)

    assert theme.colours is DARK
    assert is_dark(application.palette())
    hints.turn(Qt.ColorScheme.Unknown)
    assert theme.colours is LIGHT


def test_a_choice_is_not_overruled_by_the_system(
    application: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints = _hints(monkeypatch)
    theme = Theme(application, "light")

    hints.turn(Qt.ColorScheme.Dark)

    assert theme.colours is LIGHT
    assert not is_dark(application.palette())


class _Hints(QObject):
    """The system's wish, which the platform without a screen does not have."""

    colorSchemeChanged = Signal(Qt.ColorScheme)

    def __init__(self) -> None:
        super().__init__()
        self._scheme = Qt.ColorScheme.Light

    def colorScheme(self) -> Qt.ColorScheme:
        return self._scheme

    def turn(self, scheme: Qt.ColorScheme) -> None:
        self._scheme = scheme
        self.colorSchemeChanged.emit(scheme)


def _hints(monkeypatch: pytest.MonkeyPatch) -> _Hints:
    hints = _Hints()
    monkeypatch.setattr("reporterdesk.ui.theme.QGuiApplication.styleHints", lambda: hints)
    return hints


def _contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(name: str) -> float:
    colour = QColor(name)
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("shown", [LIGHT, DARK])
def test_every_picture_of_the_sheet_is_there(shown: Colours) -> None:
    pictures = re.findall(r"url\(([^)]*)\)", style_sheet(shown))
    assert pictures
    assert [name for name in pictures if not Path(name).is_file()] == []
