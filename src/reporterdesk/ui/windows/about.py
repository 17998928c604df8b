"""About ReporterDesk: its version, its licence, and what it stands on."""

from __future__ import annotations

import platform

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import Qt, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from reporterdesk import __version__
from reporterdesk.ui.icons import app_icon


def version_details() -> str:
    """Return the versions that somebody needs who looks for a fault."""
    return "\n".join(
        (
            f"ReporterDesk {__version__}",
            f"Python {platform.python_version()}, Qt {qVersion()}, PySide {pyside_version}",
            f"{platform.system()} {platform.release()} ({platform.machine()})",
        )
    )


class AboutDialog(QDialog):
    """Name, version, licence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About ReporterDesk"))
        picture = QLabel(self)
        picture.setPixmap(app_icon().pixmap(64, 64))
        picture.setAccessibleName(self.tr("Icon of ReporterDesk"))
        title = QLabel(f"ReporterDesk {__version__}", self)
        title.setProperty("role", "title")
        words = QLabel(
            self.tr(
                "Write event reports offline, file them when a connection appears, "
                "review and publish them.\n\nFree software under the MIT licence."
            ),
            self,
        )
        words.setWordWrap(True)
        details = QLabel(version_details().partition("\n")[2], self)
        details.setProperty("role", "hint")
        details.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        text = QVBoxLayout()
        text.setSpacing(12)
        for part in (title, words, details):
            text.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(24)
        column.addLayout(row)
        column.addWidget(self._build_buttons())
        self.setMinimumWidth(440)

    def _build_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        copy = buttons.addButton(self.tr("Copy details"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setAutoDefault(False)
        copy.clicked.connect(self._copy)
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        close.setFocus()
        buttons.rejected.connect(self.reject)
        return buttons

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(version_details())
