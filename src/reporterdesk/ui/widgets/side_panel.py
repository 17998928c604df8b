"""What stands beside the text, and the work behind it: facts, note and photos."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from reporterdesk.domain.readiness import Missing
from reporterdesk.ui.drafts import DraftRoom
from reporterdesk.ui.photo_images import PhotoImages
from reporterdesk.ui.widgets.desk_bar import Side
from reporterdesk.ui.widgets.notice_bar import NoticeBar
from reporterdesk.ui.widgets.pane_sides import PaneSides
from reporterdesk.ui.widgets.photo_desk import PhotoDesk
from reporterdesk.ui.widgets.photo_leaving import PhotoLeaving
from reporterdesk.ui.widgets.photo_placing import PhotoPlacing
from reporterdesk.ui.widgets.report_side import ReportSide
from reporterdesk.ui.widgets.text_side import TextSide


class SidePanel(QObject):
    """The panel with its photos, put beside the text and tied to it. Lives on the UI thread.

    The first screen does without: it is made after the first paint, or when first asked for.

    :param editable: tells whether the report that is shown can be written on.
    :param bars: tell of photos being added, and of news about them.
    :ivar side: the facts, the note, and the strip of photos.
    :ivar photos: the work on the photos.
    :ivar placing: the photos' way into the text.
    """

    def __init__(
        self,
        pane: QWidget,
        editable: Callable[[], bool],
        sides: PaneSides,
        room: DraftRoom,
        images: PhotoImages,
        bars: tuple[NoticeBar, NoticeBar],
    ) -> None:
        super().__init__(pane)
        self._sides = sides
        text = sides.text
        self.side = ReportSide(sides.panel_box)
        self.photos = PhotoDesk(self.side.photos, room, images, *bars)
        self.placing = PhotoPlacing(pane, text.body, self.side.photos, self.photos, editable)
        self.placing.side_wanted.connect(sides.show_side)
        self.placing.words_wanted.connect(self._reveal_words)
        PhotoLeaving(text.body, self.side.photos, self.photos)
        _visit_after(text, self.side)
        sides.take_panel(self.side)
        text.body.set_photo_sources(self.photos.image, self.photos.shape, self.photos.words)
        self.side.photos.words_changed.connect(text.body.refresh_figure)
        self.photos.picture_ready.connect(text.body.refresh_figure)

    @Slot(str)
    def _reveal_words(self, photo_id: str) -> None:
        """Bring a photo's words into sight, and the keyboard to them."""
        self._sides.show_side(Side.PHOTOS)
        card = self.side.photos.card(photo_id)
        if card is not None:
            self.side.reveal(card.first_gap())

    def reveal(self, item: Missing) -> None:
        """Bring the field of the panel that ``item`` names into sight, and the keyboard to it."""
        field = item.field
        if field.startswith("photo."):
            self._sides.show_side(Side.PHOTOS)
            card = self.side.photos.card(item.photo_id or "")
            if card is not None:
                self.side.reveal(card.field(field))
        else:
            self._sides.show_side(Side.FACTS)
            facts, note = self.side.facts, self.side.note
            self.side.reveal(note if field == "note_to_desk" else facts.field(field))


def _visit_after(text: TextSide, side: ReportSide) -> None:
    """Let the keyboard come from the body into the panel, though that was made much later."""
    before: QWidget = text.body
    for field in side.findChildren(QWidget):
        if field.window() is text.window():  # the lists of choices are windows of their own
            QWidget.setTabOrder(before, field)
            before = field
