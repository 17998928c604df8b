"""The colours of the app, light and dark: the one place where they are written."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QPalette


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme. Text keeps a contrast of at least 4.5 to 1 on each ground (tested)."""

    window: str
    paper: str
    text: str
    muted: str
    line: str
    accent: str
    on_accent: str
    good: str
    warning: str
    problem: str
    calm_ground: str
    good_ground: str
    warning_ground: str
    problem_ground: str
    disabled: str
    chosen: str
    accent_hover: str
    field_line: str
    scroll: str
    found: str


LIGHT = Colours(
    window="#FAFAF8",
    paper="#FFFFFF",
    text="#1B1F24",
    muted="#5B6470",
    line="#DDE1E6",
    accent="#1F4E79",
    on_accent="#FFFFFF",
    good="#2B774B",
    warning="#8A5C00",
    problem="#B42318",
    calm_ground="#EEF2F6",
    good_ground="#EAF4EE",
    warning_ground="#FBF3E0",
    problem_ground="#FCEDEB",
    disabled="#98A0AA",
    chosen="#E3ECF5",
    accent_hover="#2A629A",
    field_line="#C6CCD3",
    scroll="#C3C9D0",
    found="#FFE69A",
)
DARK = Colours(
    window="#16191D",
    paper="#1E2227",
    text="#E8EAED",
    muted="#9AA4B0",
    line="#333A42",
    accent="#8AB8E6",
    on_accent="#10202F",
    good="#7CCB9B",
    warning="#E3B341",
    problem="#F28B82",
    calm_ground="#20272E",
    good_ground="#1B2A22",
    warning_ground="#2C2615",
    problem_ground="#321F1D",
    disabled="#626B75",
    chosen="#263747",
    accent_hover="#A6C9ED",
    field_line="#454E58",
    scroll="#454E58",
    found="#5A4A12",
)


def is_dark(palette: QPalette) -> bool:
    """Tell whether ``palette`` is a dark one."""
    return palette.color(QPalette.ColorRole.Window).lightness() < 128


def colours(palette: QPalette) -> Colours:
    """Return the colours that go with ``palette``."""
    return DARK if is_dark(palette) else LIGHT
