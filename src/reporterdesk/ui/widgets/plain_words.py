"""Whole sentences in a dialog: their label, their button row, and a height that fits them."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from reporterdesk.ui.widgets.side_label import SideLabel


def plain_label(parent: QWidget, text: str, role: str) -> QLabel:
    """Return a label of whole sentences, which take as many lines as they need."""
    label = SideLabel(parent, text, role)
    label.setWordWrap(True)
    return label


def dialog_button(parent: QWidget, text: str, *, default: bool = False) -> QPushButton:
    """Return a button; the ``default`` one is as wide as its bold letters."""
    button = QPushButton(text, parent)
    button.setAutoDefault(False)
    if default:
        button.setProperty("role", "primary")  # known before its size is asked for
        button.setDefault(True)
    return button


def fit_height(dialog: QDialog) -> None:
    """Make ``dialog`` as high as its sentences need in its width; to be called before it shows.

    Qt would take the height that they need in a narrower one, and leave gaps between them.
    """
    dialog.ensurePolished()
    layout = dialog.layout()
    if layout is not None and layout.hasHeightForWidth():
        width = max(dialog.minimumWidth(), layout.totalMinimumSize().width())
        dialog.resize(width, layout.totalHeightForWidth(width))
