"""How the writing desk looks: one style sheet for its parts, in the colours of light or dark."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from reporterdesk.resources import resource_path
from reporterdesk.ui.colours import DARK, Colours, colours

_SHEET = """
#deskBar {{ background: {window}; border-bottom: 1px solid {line}; }}
#textSide, #reportHead, #reviewPaper {{ background: {paper}; }}
#textSide QToolBar {{ background: {window}; border: none; border-bottom: 1px solid {line};
    padding: 2px 12px; spacing: 2px; }}
#reportSide, #sidePage, #panelBox {{ background: {window}; }}
#panelBox[beside="true"] {{ border-left: 1px solid {line}; }}
QLabel[role="label"] {{ color: {muted}; font-weight: 600; }}
QLabel[role="hint"] {{ color: {muted}; }}
QLabel[role="problem"] {{ color: {problem}; }}
QLabel[role="notice"] {{ color: {text}; font-weight: 600; }}
QLabel[role="note"] {{ color: {text}; }}
QLabel[role="title"] {{ color: {text}; font-size: 13pt; font-weight: 600; }}
#textSide > QLabel[role="hint"] {{ padding: 4px 0 6px 0; background: {paper}; }}
#savedState {{ color: {muted}; }}
#savedState[tone="problem"] {{ color: {problem}; font-weight: 600; }}
#reportHead QTextEdit, #reportHead QLineEdit {{ background: transparent; border: none;
    padding: 0; color: {text}; selection-background-color: {accent};
    selection-color: {on_accent}; }}
#reportHead #headlineField {{ font-family: Georgia, "Noto Serif", serif; font-size: 21pt;
    font-weight: 700; }}
#reportHead #standfirstField {{ font-family: Georgia, "Noto Serif", serif; font-size: 13pt;
    color: {muted}; }}
#reportHead #bylineField {{ color: {muted}; font-weight: 600; padding: 2px 0; }}
QComboBox[role="kicker"] {{ border: 1px solid transparent; background: transparent;
    color: {accent}; font-weight: 600; padding: 2px 1px; border-radius: 4px; }}
QComboBox[role="kicker"]:hover, QComboBox[role="kicker"]:focus {{ border-color: {line}; }}
QComboBox[role="kicker"]::drop-down {{ border: none; width: 18px; }}
QComboBox[role="kicker"] QAbstractItemView {{ background: {paper}; color: {text};
    selection-background-color: {accent}; selection-color: {on_accent}; }}
QTextEdit[role="field"], #sidePage QLineEdit {{ background: {paper}; color: {text};
    border: 1px solid {line}; border-radius: 4px; padding: 3px 3px; }}
QTextEdit[role="field"] {{ padding: 1px 3px; }}
QTextEdit[role="field"]:focus, #sidePage QLineEdit:focus {{ border: 1px solid {accent}; }}
#sidePage QComboBox {{ background: {paper}; color: {text}; border: 1px solid {line};
    border-radius: 4px; padding: 3px 6px; min-height: 18px; }}
#sidePage QComboBox QLineEdit {{ border: none; padding: 0; }}
#sidePage QComboBox:focus {{ border-color: {accent}; }}
#sidePage QComboBox::drop-down {{ border: none; width: 20px; }}
#sidePage QComboBox::down-arrow, QComboBox[role="kicker"]::down-arrow {{ image: url({arrow});
    width: 10px; height: 10px; }}
#sidePage QComboBox QAbstractItemView {{ background: {paper}; color: {text};
    selection-background-color: {accent}; selection-color: {on_accent}; }}
QToolButton::menu-indicator {{ image: none; }}
QToolButton {{ border: 1px solid transparent; border-radius: 4px; padding: 4px; }}
QToolButton:hover {{ background: {calm_ground}; }}
QToolButton:focus {{ border-color: {accent}; }}
QToolButton:checked {{ background: {calm_ground}; border-color: {line}; }}
QToolButton[role="segment"] {{ padding: 5px 12px; color: {muted}; font-weight: 600;
    border: none; border-bottom: 2px solid transparent; border-radius: 0;
    background: transparent; }}
QToolButton[role="segment"]:hover {{ color: {text}; }}
QToolButton[role="segment"]:checked {{ color: {accent}; border-bottom-color: {accent}; }}
QToolButton[role="segment"]:focus {{ color: {text}; background: {calm_ground}; }}
QPushButton {{ background: {paper}; color: {text}; border: 1px solid {line}; border-radius: 4px;
    padding: 5px 12px; }}
QPushButton:hover {{ border-color: {accent}; }}
QPushButton:focus {{ border-color: {accent}; }}
QPushButton:disabled {{ color: {muted}; background: {window}; border-color: {line}; }}
QPushButton[role="primary"] {{ background: {accent}; color: {on_accent};
    border: 1px solid {accent}; font-weight: 600; }}
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:focus {{
    border: 1px solid {text}; }}
QPushButton[role="primary"]:disabled {{ background: {line}; color: {muted};
    border-color: {line}; }}
QPushButton[role="link"] {{ background: transparent; border: 1px solid transparent;
    color: {accent}; text-align: left; padding: 3px 4px; font-weight: 600; }}
#deliveryRow QPushButton[role="link"] {{ padding: 3px 0; border: none; }}
#deliveryRow QPushButton[role="link"]:focus {{ text-decoration: underline; }}
QPushButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="link"]:focus {{ border-color: {accent}; }}
#noticeBar, #deskNotes, #readinessPanel, #reviewQuestion {{ background: {calm_ground};
    border: none; border-bottom: 1px solid {line}; }}
#noticeBar[tone="good"], #readinessPanel[tone="good"] {{ background: {good_ground}; }}
#noticeBar[tone="warning"], #readinessPanel[tone="warning"], #deskNotes[tone="warning"] {{
    background: {warning_ground}; }}
#noticeBar[tone="problem"] {{ background: {problem_ground}; }}
#noticeBar[tone="problem"] QLabel[role="notice"] {{ color: {problem}; }}
#readinessPanel QScrollArea, #readinessList, #deskNotes QScrollArea, #deskNotesWords,
    #deliveryPanel QScrollArea, #deliveryList {{ background: transparent; }}
#photoCard, #deliveryRow {{ background: {paper}; border: 1px solid {line}; border-radius: 6px; }}
#photoCard:focus {{ border: 2px solid {accent}; }}
#photoThumbnail {{ background: {calm_ground}; color: {muted}; border-radius: 3px; }}
QProgressBar {{ background: {line}; border: none; border-radius: 2px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 2px; }}
QScrollArea {{ border: none; }}
"""


def sheet(ink: Colours) -> str:
    """Return the style sheet in these colours."""
    arrow = "arrow_dark.svg" if ink is DARK else "arrow_light.svg"
    return _SHEET.format(**asdict(ink), arrow=resource_path("icons", arrow).as_posix())


class DeskStyle(QObject):
    """Keeps a widget and all in it in the desk's style, whatever theme the app changes to."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._colours: Colours | None = None
        widget.installEventFilter(self)
        self._apply()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow a change of theme."""
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange}:
            self._apply()
        return False

    def _apply(self) -> None:
        ink = colours(QApplication.palette())
        if ink is not self._colours:
            self._colours = ink
            self._widget.setStyleSheet(sheet(ink))
