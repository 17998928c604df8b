"""The report's photos in their order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from reporterdesk.domain.photo import Photo
from reporterdesk.ui.editor.figure_hand import PHOTO_MIME
from reporterdesk.ui.icons import icon
from reporterdesk.ui.widgets.photo_card import PhotoCard


@dataclass(frozen=True, slots=True)
class RemovedPhoto:
    """A photo taken out of the report, with what is needed to put it back as it was."""

    photo: Photo
    index: int
    was_lead: bool
    removed_details: tuple[str, ...] = ()


class PhotoStrip(QWidget):
    """Holds the photos and which of them leads; cards are edited, dragged and moved by keys.

    :ivar edited: emitted when a person changed words, order, lead photo or number of photos.
    :ivar words_changed: emits the photo's id when its caption may have changed.
    :ivar figure_requested: emits the id of a photo to be placed in the text.
    :ivar photo_removed: emits a :class:`RemovedPhoto`; :meth:`put_back` undoes it.
    :ivar files_dropped: emits a list of ``Path``.
    :ivar left: emitted when Escape was pressed in a card.
    :ivar card_made: emits a new :class:`PhotoCard`.
    :ivar add_requested: emitted when the button to add photos was pressed.
    """

    edited = Signal()
    words_changed = Signal(str)
    figure_requested = Signal(str)
    photo_removed = Signal(object)
    files_dropped = Signal(list)
    add_requested = Signal()
    left = Signal()
    card_made = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[PhotoCard] = []
        self._lead: str | None = None
        self._removed_details: dict[str, tuple[str, ...]] = {}
        self._read_only = False
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Photos"))
        self._add = QPushButton(icon("add_photo"), self.tr("Add photos…"), self)
        self._add.clicked.connect(self.add_requested)
        self._empty = QLabel(
            self.tr("No photos yet. Drop them here, paste one, or add them from a file."), self
        )
        self._empty.setProperty("role", "hint")
        self._empty.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self._add)
        self._column.addWidget(self._empty)
        self._column.addStretch(1)

    def photos(self) -> tuple[Photo, ...]:
        """Return the photos in their order, with the words as they stand."""
        return tuple(card.photo() for card in self._cards)

    @property
    def lead(self) -> str | None:
        """The id of the photo that leads the report; the first one where none was chosen."""
        return self._lead

    def set_photos(self, photos: tuple[Photo, ...], lead: str | None) -> None:
        """Show ``photos``; emits nothing."""
        for card in self._cards:
            self._drop_card(card)
        self._cards = [self._card(photo) for photo in photos]
        self._lead = lead
        self._arrange()

    def add_photo(self, photo: Photo, removed_details: tuple[str, ...] = ()) -> None:
        """Add ``photo`` as the last one, or do nothing if it is there."""
        if self.card(photo.id) is not None:
            return
        self._removed_details[photo.id] = removed_details
        self._cards.append(self._card(photo))
        self._lead = self._lead or photo.id
        self._arrange()
        if self.window().focusWidget() is self._add:  # who chose files goes on with the first
            self._cards[-1].setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def take_focus(self) -> None:
        """Take the keyboard, where the photos begin."""
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_back(self, gone: RemovedPhoto) -> None:
        """Undo a removal."""
        self._removed_details[gone.photo.id] = gone.removed_details
        self._cards.insert(gone.index, self._card(gone.photo))
        if gone.was_lead:
            self._lead = gone.photo.id
        self._arrange()
        self.edited.emit()

    def cards(self) -> tuple[PhotoCard, ...]:
        """Return the cards in their order."""
        return tuple(self._cards)

    def card(self, photo_id: str) -> PhotoCard | None:
        """Return the card of a photo."""
        return next((card for card in self._cards if card.photo_id == photo_id), None)

    def move_photo(self, photo_id: str, index: int) -> None:
        """Move a photo to a place in the order, counted from 0."""
        card = self.card(photo_id)
        if card is None:
            return
        old = self._cards.index(card)
        index = max(0, min(index, len(self._cards) - 1))
        if index != old:
            self._cards.insert(index, self._cards.pop(old))
            self._arrange()
            self.edited.emit()

    def set_read_only(self, read_only: bool) -> None:
        """Let the photos be looked at, but not changed."""
        self._read_only = read_only
        self._add.setVisible(not read_only)
        for card in self._cards:
            card.set_read_only(read_only)
        self._arrange()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, and cards of this report."""
        if not self._read_only and self._takes(event):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Go on taking them."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Move a card here, or add the files."""
        data = event.mimeData()
        if data.hasFormat(PHOTO_MIME):
            photo_id = bytes(data.data(PHOTO_MIME).data()).decode("ascii", "replace")
            self.move_photo(photo_id, self._index_at(photo_id, event.position().y()))
        else:
            self.files_dropped.emit(
                [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
            )
        event.acceptProposedAction()

    def _takes(self, event: QDropEvent) -> bool:
        data = event.mimeData()
        return data.hasFormat(PHOTO_MIME) or any(url.isLocalFile() for url in data.urls())

    def _index_at(self, photo_id: str, height: float) -> int:
        others = [card for card in self._cards if card.photo_id != photo_id]
        return sum(1 for card in others if card.geometry().center().y() < height)

    def _card(self, photo: Photo) -> PhotoCard:
        card = PhotoCard(photo, self)
        card.set_picture(None)
        card.set_removed(self._removed_details.get(photo.id, ()))
        card.set_read_only(self._read_only)
        card.edited.connect(self._words_edited)
        card.asked.connect(self._do)
        self.card_made.emit(card)
        return card

    def _drop_card(self, card: PhotoCard) -> None:
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _arrange(self) -> None:
        before: QWidget = self._add
        for number, card in enumerate(self._cards, start=1):
            self._column.removeWidget(card)
            self._column.insertWidget(number + 1, card)
            card.set_place(number, len(self._cards), lead=card.photo_id == self._lead)
            card.show()
            for widget in card.tab_chain():
                QWidget.setTabOrder(before, widget)
                before = widget
        self._empty.setVisible(not self._cards)

    def _sending_card(self) -> PhotoCard | None:
        sender: QObject | None = self.sender()
        return sender if isinstance(sender, PhotoCard) else None

    @Slot()
    def _words_edited(self) -> None:
        if card := self._sending_card():
            self.words_changed.emit(card.photo_id)
        self.edited.emit()

    @Slot(str)
    def _do(self, doing: str) -> None:
        card = self._sending_card()
        if doing == "leave":
            self.left.emit()
        if card is None or self._read_only or doing == "leave":
            return
        photo_id, index = card.photo_id, self._cards.index(card)
        if doing == "lead":
            self._lead = photo_id
            self._arrange()
            self.edited.emit()
        elif doing == "figure":
            self.figure_requested.emit(photo_id)
        elif doing == "remove":
            self._remove(card, index)
        else:
            self.move_photo(photo_id, index + (1 if doing == "later" else -1))
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, card: PhotoCard, index: int) -> None:
        photo = card.photo()
        gone = RemovedPhoto(
            photo, index, photo.id == self._lead, self._removed_details.get(photo.id, ())
        )
        self._cards.remove(card)
        self._drop_card(card)
        if gone.was_lead:
            self._lead = self._cards[0].photo().id if self._cards else None
        self._arrange()
        self.edited.emit()
        self.photo_removed.emit(gone)
