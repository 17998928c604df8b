"""The calm dialog for a bug: what happened, what is safe, and what to send to who can help."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.ui.diagnostics import details_of, save_diagnostics


class UnexpectedErrorDialog(QDialog):
    """Tells of a bug. Going on working is possible.

    :param logs: the folder of the log files.
    :param now: when it happened, for the name of the file of diagnostics.
    """

    def __init__(
        self, error: BaseException, logs: Path, now: datetime, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._logs = logs
        self._now = now
        self._details = details_of(error)
        self.setWindowTitle(self.tr("Something unexpected happened"))
        title = QLabel(self.tr("Something unexpected happened"), self)
        title.setProperty("role", "title")
        words = QLabel(
            self.tr(
                "This is a fault in ReporterDesk, not yours. What was saved is safe, and you can "
                "go on working.\n\nTo help mend it, save the diagnostics and send them to whoever "
                "looks after ReporterDesk for you. They hold no report and no password."
            ),
            self,
        )
        words.setWordWrap(True)
        self._text = QPlainTextEdit(self._details, self)
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(self.tr("Details of the fault"))
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setMinimumHeight(160)
        self._said = QLabel(self)
        self._said.setProperty("role", "hint")
        self._said.setWordWrap(True)
        self._said.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        for part in (title, words, self._text, self._said, self._build_buttons()):
            column.addWidget(part)
        self.setMinimumWidth(560)

    def _build_buttons(self) -> QDialogButtonBox:
        role = QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox(self)
        self.save_button: QPushButton = buttons.addButton(
            self.tr("Save diagnostics…"), role.ActionRole
        )
        self.copy_button: QPushButton = buttons.addButton(self.tr("Copy details"), role.ActionRole)
        close = buttons.addButton(self.tr("Go on"), role.RejectRole)
        for button in (self.save_button, self.copy_button):
            button.setAutoDefault(False)
        close.setDefault(True)
        close.setFocus()
        self.save_button.clicked.connect(self._save)
        self.copy_button.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        return buttons

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self._say(self.tr("Copied."))

    @Slot()
    def _save(self) -> None:
        name = f"reporterdesk-diagnostics-{self._now:%Y-%m-%d-%H%M}.txt"
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Save diagnostics"), str(Path.home() / name)
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, file: Path) -> None:
        """Write the diagnostics to ``file`` and say so, or why that failed."""
        try:
            save_diagnostics(file, self._details, self._logs)
        except OSError as error:
            self._say(
                self.tr("They could not be saved: {reason}").format(
                    reason=error.strerror or str(error)
                )
            )
        else:
            self._say(self.tr("Saved as {file}").format(file=file))

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.setVisible(True)
