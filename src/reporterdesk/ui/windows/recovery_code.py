"""The recovery code: shown to be written down or printed, never to be kept in a file."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.ui.widgets.plain_words import dialog_button, fit_height, plain_label

_COLUMNS = 4


class RecoveryCodeDialog(QDialog):
    """Shows the words of the code in numbered groups. Lives on the UI thread.

    :ivar kept: emitted when the person says that they have written it down.
    :ivar words: what it shows.
    """

    kept = Signal()

    def __init__(self, words: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.setWindowTitle(self.tr("Your recovery code"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(plain_label(self, self.tr("Write down your recovery code"), "title"))
        for sentence, role in (
            (
                self.tr(
                    "Your drafts are encrypted. These 24 words open them when this system’s "
                    "keyring or your passphrase is lost. Without them, nobody can help then."
                ),
                "note",
            ),
            (
                self.tr(
                    "Keep them on paper, away from this laptop. Whoever has the words and a copy "
                    "of its disk can read everything."
                ),
                "hint",
            ),
        ):
            column.addWidget(plain_label(self, sentence, role))
        column.addWidget(self._build_grid())
        column.addSpacing(8)
        column.addWidget(self._build_buttons())
        self.setMinimumWidth(600)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that the sentences need."""
        fit_height(self)
        super().showEvent(event)

    def _build_grid(self) -> QWidget:
        """Lay the words out in columns, numbered from top to bottom as they are read aloud."""
        frame = QFrame(self)
        frame.setObjectName("recoveryWords")
        # The words are English and read from left to right, whatever the window's language.
        frame.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        grid = QGridLayout(frame)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        rows = -(-len(self.words) // _COLUMNS)
        for place, word in enumerate(self.words):
            row, column = place % rows, place // rows
            number = QLabel(str(place + 1), frame)
            number.setProperty("role", "hint")
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            label = QLabel(word, frame)
            label.setObjectName("recoveryWord")
            label.setAccessibleName(f"{place + 1}: {word}")
            grid.addWidget(number, row, column * 2)
            grid.addWidget(label, row, column * 2 + 1)
            grid.setColumnStretch(column * 2 + 1, 1)
        return frame

    def _build_buttons(self) -> QDialogButtonBox:
        role = QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox(self)
        self.keep = dialog_button(self, self.tr("I have written it down"), default=True)
        self.print_button = dialog_button(self, self.tr("Print…"))
        self.later = dialog_button(self, self.tr("Later"))
        buttons.addButton(self.keep, role.AcceptRole)
        buttons.addButton(self.print_button, role.ActionRole)
        buttons.addButton(self.later, role.RejectRole)
        self.keep.clicked.connect(self._kept)
        self.print_button.clicked.connect(self._print)
        buttons.rejected.connect(self.reject)
        return buttons

    @Slot()
    def _kept(self) -> None:
        self.kept.emit()
        self.accept()

    @Slot()
    def _print(self) -> None:
        from reporterdesk.ui.printing import print_on_paper

        document = QTextDocument(self)
        document.setHtml(self.paper())
        print_on_paper(document, self.tr("Recovery code"), self)

    def paper(self) -> str:
        """Return what is printed, as HTML."""
        rows = -(-len(self.words) // _COLUMNS)
        lines = []
        for row in range(rows):
            cells = "".join(
                f'<td width="4%" align="right" style="color:#5B6470">{place + 1}</td>'
                f'<td width="21%"><b>{escape(self.words[place])}</b></td>'
                for place in range(row, len(self.words), rows)
            )
            lines.append(f"<tr>{cells}</tr>")
        title = escape(self.tr("ReporterDesk: recovery code"))
        said = escape(
            self.tr(
                "These words open the encrypted drafts on your laptop when its keyring or your "
                "passphrase is lost. Keep this sheet away from the laptop."
            )
        )
        table = f'<table dir="ltr" width="100%" cellspacing="8">{"".join(lines)}</table>'
        return f"<h2>{title}</h2><p>{said}</p>{table}"
