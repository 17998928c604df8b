"""Beside the text: the facts of the event and the note to the desk, or the photos."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.ui.widgets.event_facts_form import EventFactsForm
from reporterdesk.ui.widgets.field_label import FieldLabel
from reporterdesk.ui.widgets.growing_text import GrowingText
from reporterdesk.ui.widgets.photo_strip import PhotoStrip


class ReportSide(QStackedWidget):
    """Two pages, each scrolling by itself.

    :ivar edited: emitted when a person changed a fact, the note, or a photo.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reportSide")
        self.facts = EventFactsForm()
        self.note = GrowingText(self.tr("Note to the desk"), lines=8, many=True)
        self.note.setPlaceholderText(self.tr("Only the desk reads this; it is not published"))
        self.note.setProperty("role", "field")
        self.photos = PhotoStrip()
        facts_page = QWidget()
        column = QVBoxLayout(facts_page)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(4)
        column.addWidget(self.facts)
        column.addSpacing(12)
        column.addWidget(FieldLabel(self.tr("Note to the desk"), self.note, facts_page))
        column.addWidget(self.note)
        column.addStretch(1)
        photos_page = QWidget()
        photos_column = QVBoxLayout(photos_page)
        photos_column.setContentsMargins(16, 12, 16, 16)
        photos_column.addWidget(self.photos)
        self._facts_scroll = self._scrolling(facts_page)
        self._photos_scroll = self._scrolling(photos_page)
        self.addWidget(self._facts_scroll)
        self.addWidget(self._photos_scroll)
        self.facts.edited.connect(self.edited)
        self.note.edited.connect(self.edited)
        self.photos.edited.connect(self.edited)

    def show_page(self, *, photos: bool) -> None:
        """Show the photos, or else the event and the note."""
        self.setCurrentWidget(self._photos_scroll if photos else self._facts_scroll)

    def reveal(self, widget: QWidget) -> None:
        """Scroll to ``widget`` and put the keyboard there."""
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.bring_into_sight(widget)

    def bring_into_sight(self, widget: QWidget) -> None:
        """Scroll to ``widget``; the keyboard stays where it is."""
        for scroll in (self._facts_scroll, self._photos_scroll):
            if scroll.isAncestorOf(widget):
                scroll.ensureWidgetVisible(widget, 16, 48)

    def set_read_only(self, read_only: bool) -> None:
        """Let everything be read, but not changed."""
        self.facts.set_read_only(read_only)
        self.note.setReadOnly(read_only)
        self.photos.set_read_only(read_only)

    def _scrolling(self, page: QWidget) -> QScrollArea:
        page.setObjectName("sidePage")
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        return scroll
