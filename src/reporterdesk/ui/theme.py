"""Light and dark: one palette and one style sheet for the whole app, following the system."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from reporterdesk.resources import resource_path
from reporterdesk.ui.colours import DARK, LIGHT, Colours

_Role = QPalette.ColorRole
_SHEETS = ("app.qss", "desk.qss")


def palette_of(colours: Colours) -> QPalette:
    """Return the Qt palette of a theme."""
    palette = QPalette()
    for role, name in (
        (_Role.Window, colours.window),
        (_Role.WindowText, colours.text),
        (_Role.Base, colours.paper),
        (_Role.AlternateBase, colours.calm_ground),
        (_Role.ToolTipBase, colours.text),
        (_Role.ToolTipText, colours.paper),
        (_Role.PlaceholderText, colours.muted),
        (_Role.Text, colours.text),
        (_Role.Button, colours.window),
        (_Role.ButtonText, colours.text),
        (_Role.BrightText, colours.problem),
        (_Role.Light, colours.paper),
        (_Role.Midlight, colours.calm_ground),
        (_Role.Mid, colours.line),
        (_Role.Dark, colours.line),
        (_Role.Shadow, colours.line),
        (_Role.Highlight, colours.accent),
        (_Role.HighlightedText, colours.on_accent),
        (_Role.Link, colours.accent),
        (_Role.LinkVisited, colours.accent),
        (_Role.Accent, colours.accent),
    ):
        palette.setColor(role, QColor(name))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.disabled))
    return palette


def style_sheet(colours: Colours) -> str:
    """Return the sheets in ``resources/themes``, one after the other, in a theme's colours."""
    parts = [resource_path("themes", name).read_text(encoding="utf-8") for name in _SHEETS]
    sheet = "\n".join(parts)
    for name, value in asdict(colours).items():
        sheet = sheet.replace(f"@{name};", f"{value};")
    shade = "dark" if colours is DARK else "light"
    for name in ("arrow", "check", "dash", "menu_check"):
        picture = resource_path("icons", f"{name}_{shade}.svg").as_posix()
        sheet = sheet.replace(f"@{name}", picture)
    return sheet


class Theme(QObject):
    """Keeps the application in the chosen theme. Lives on the UI thread, once for the process."""

    def __init__(self, application: QApplication, choice: str = "system") -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        self._shown: Colours | None = None
        application.setStyle("fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        self._follow()

    @property
    def colours(self) -> Colours:
        """The colours that are shown now."""
        return self._shown or LIGHT

    def choose(self, choice: str) -> None:
        """Show ``light``, ``dark``, or whatever the ``system`` has."""
        self._choice = choice
        self._follow()

    @Slot()
    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted is not self._shown:
            self._shown = wanted
            self._application.setPalette(palette_of(wanted))
            self._application.setStyleSheet(style_sheet(wanted))

    def _wanted(self) -> Colours:
        if self._choice in {"light", "dark"}:
            return DARK if self._choice == "dark" else LIGHT
        scheme = QGuiApplication.styleHints().colorScheme()
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
