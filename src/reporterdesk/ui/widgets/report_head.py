"""What stands above the body: section, language, headline, standfirst, byline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from reporterdesk.text.direction import direction
from reporterdesk.ui.typefaces import as_style, book_faces, size_of
from reporterdesk.ui.widgets.choice import Choice, languages
from reporterdesk.ui.widgets.growing_text import GrowingText

if TYPE_CHECKING:
    from reporterdesk.domain.people import Section
    from reporterdesk.domain.report import ReportContent

_KICKER_WIDEST = 280
_ARROW = 26
"""The room of a kicker's arrow, with the gap before it."""
_BEHIND_CARET = 2
"""The room that Qt keeps for the caret before a line that begins at the right."""


class _Kicker(Choice):
    """A choice that looks like a line over the headline: as wide as what is chosen."""

    def __init__(
        self, name: str, items: Iterable[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(name, items, parent)
        self.setProperty("role", "kicker")
        self.setMaximumWidth(_KICKER_WIDEST)
        self.currentTextChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """See Qt: the chosen words and the arrow.

        The other words are not measured: they are in two dozen languages, each with its own font.
        """
        words = self.fontMetrics().horizontalAdvance(self.currentText())
        return QSize(min(words + _ARROW, _KICKER_WIDEST), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """See Qt."""
        return self.sizeHint()

    def showPopup(self) -> None:
        """Open the list as wide as its longest line."""
        view = self.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + _ARROW)
        super().showPopup()


class ReportHead(QWidget):
    """Edits the words above the body, set as they will stand on the page.

    :ivar edited: emitted when a person changed something here.
    :ivar section_changed: emits the slug of the chosen section.
    :ivar language_changed: emits the chosen language.
    :ivar left_downwards: emitted when Enter was pressed in the last field.
    """

    edited = Signal()
    section_changed = Signal(str)
    language_changed = Signal(str)
    left_downwards = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reportHead")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.section = _Kicker(self.tr("Section"), (("", self.tr("Choose a section")),), self)
        self.language = _Kicker(self.tr("Language"), languages(), self)
        self.headline = GrowingText(self.tr("Headline"), lines=6, parent=self)
        self.headline.setPlaceholderText(self.tr("Headline"))
        self.headline.setObjectName("headlineField")
        self.standfirst = GrowingText(self.tr("Standfirst"), lines=4, parent=self)
        self.standfirst.setPlaceholderText(self.tr("Standfirst: the report in a sentence or two"))
        self.standfirst.setObjectName("standfirstField")
        self.byline = QLineEdit(self)
        self.byline.setAccessibleName(self.tr("Byline"))
        self.byline.setPlaceholderText(self.tr("Byline"))
        self.byline.setMaxLength(1_000)
        self.byline.setObjectName("bylineField")
        self._lay_out()
        self._connect()

    def field(self, name: str) -> QWidget:
        """Return the widget to jump to for ``headline`` and the like."""
        return {
            "section": self.section,
            "standfirst": self.standfirst,
            "byline": self.byline,
        }.get(name, self.headline)

    def offer_sections(self, sections: tuple[Section, ...]) -> None:
        """Offer the account's sections; a report's unknown section stays."""
        self.section.offer(
            (
                ("", self.tr("Choose a section")),
                *((section.slug, section.name) for section in sections),
            )
        )

    def show_content(self, content: ReportContent) -> None:
        """Show the words of ``content``; emits nothing."""
        self.section.set_code(content.section)
        self.language.set_code(content.language)
        self.headline.set_words(content.headline)
        self.standfirst.set_words(content.standfirst)
        self.byline.setText(content.byline)
        self._turn(content.language)

    def set_read_only(self, read_only: bool) -> None:
        """Let the words be read and copied, but not changed."""
        for field in (self.headline, self.standfirst, self.byline):
            field.setReadOnly(read_only)
        self.section.setEnabled(not read_only)
        self.language.setEnabled(not read_only)

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(8)
        choices.addWidget(self.section)
        choices.addStretch(1)
        choices.addWidget(self.language)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(choices)
        column.addWidget(self.headline)
        column.addWidget(self.standfirst)
        column.addWidget(self.byline)

    def _connect(self) -> None:
        self.headline.edited.connect(self.edited)
        self.standfirst.edited.connect(self.edited)
        self.byline.textEdited.connect(self.edited)
        self.headline.entered.connect(self.standfirst.setFocus)
        self.standfirst.entered.connect(self.byline.setFocus)
        self.byline.returnPressed.connect(self.left_downwards)
        self.section.chosen.connect(self._section_chosen)
        self.language.chosen.connect(self._language_chosen)

    @Slot()
    def _section_chosen(self) -> None:
        self.section_changed.emit(self.section.code())
        self.edited.emit()

    @Slot()
    def _language_chosen(self) -> None:
        self._turn(self.language.code())
        self.language_changed.emit(self.language.code())
        self.edited.emit()

    def _turn(self, language: str) -> None:
        """Write from the side that the language begins on, whatever the app's own is."""
        from_right = direction(language) == "rtl"
        side = Qt.LayoutDirection.RightToLeft if from_right else Qt.LayoutDirection.LeftToRight
        letters = f"font-family: {as_style(book_faces(language))};"
        for field in (self.headline, self.standfirst):
            field.set_direction(side)
            if field.styleSheet() != letters:
                field.setProperty("small", size_of(language) > 1)
                field.setStyleSheet(letters)  # all else is as the theme has it
        self.byline.setLayoutDirection(side)
        self.byline.setTextMargins(0, 0, -_BEHIND_CARET if from_right else 0, 0)
