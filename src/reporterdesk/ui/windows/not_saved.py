"""The question before the window closes over words that could not be saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from reporterdesk.domain.report import ReportContent
from reporterdesk.ui.drafts import Draft

_LONGEST_NAME = 80


class NotSavedDialog(QDialog):
    """Says what is not saved and why, and offers to copy it before quitting.

    Rejected means: keep the window open. Accepted means: quit, and lose what is not saved.

    :param drafts: what is in the window only.
    :param why: why it is not saved, as a sentence, or ``""`` while a save takes its time.
    """

    def __init__(self, drafts: Sequence[Draft], why: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contents = [draft.whole() for draft in drafts]
        self.setWindowTitle(self.tr("Not saved yet"))
        title = QLabel(self.tr("Some of your words are not saved"), self)
        title.setProperty("role", "title")
        self._why = self._label(why or self.tr("Saving takes longer than usual."), "problem")
        self._what = self._label(self._sentence(), "note")
        self._said = self._label("", "hint")
        self._said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        for part in (title, self._why, self._what, self._said, self._build_buttons()):
            column.addWidget(part)
        self.setMinimumWidth(480)

    def _sentence(self) -> str:
        names = [content.headline.strip()[:_LONGEST_NAME] for content in self._contents]
        named = ", ".join(f"“{name}”" if name else self.tr("a report") for name in names)
        said = self.tr(
            "The newest words of %1 are in this window only. If you quit now, they are lost. "
            "Copy them into another program first, or keep ReporterDesk open: it goes on trying."
        )
        return said.replace("%1", named or self.tr("your report"))

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("role", role)
        return label

    def _build_buttons(self) -> QDialogButtonBox:
        role = QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox(self)
        self.quit_button = buttons.addButton(self.tr("Quit anyway"), role.DestructiveRole)
        self.copy_button = buttons.addButton(self.tr("Copy the text"), role.ActionRole)
        self.stay_button = buttons.addButton(self.tr("Keep open"), role.RejectRole)
        for button in (self.quit_button, self.copy_button):
            button.setAutoDefault(False)
        self.stay_button.setDefault(True)
        self.stay_button.setFocus()
        self.quit_button.clicked.connect(self.accept)
        self.copy_button.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        return buttons

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n\n\n".join(map(_as_text, self._contents)))
        self._said.setText(self.tr("Copied. Paste it into another program before you quit."))
        self._said.show()


def _as_text(content: ReportContent) -> str:
    """Return all words of a report that a person would miss, as Markdown."""
    photos = [
        " – ".join(words for words in (photo.caption, photo.credit, photo.alt_text) if words)
        for photo in content.photos
    ]
    parts = (
        content.headline,
        content.standfirst,
        content.byline,
        content.body,
        content.note_to_desk,
        *photos,
    )
    return "\n\n".join(part for part in parts if part.strip())
