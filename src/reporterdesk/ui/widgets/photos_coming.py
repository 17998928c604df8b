"""Which photos of a report have not arrived at the desk, and which of them is to come first."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from reporterdesk.domain.photo import Photo
from reporterdesk.domain.reviewed import ReviewedReport
from reporterdesk.ui.widgets.notice_bar import Notice, NoticeBar

_LONGEST = 60
_MOST = 20
"""Photos that the menu names."""


class PhotosComing(NoticeBar):
    """Says how many are here, and lets an editor ask for one before the others.

    :ivar wanted: emits the id of the photo that is to come first.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Photos"))
        self._menu = QMenu(self)
        self._menu.setAccessibleName(self.tr("Which photo first?"))

    def show_report(self, report: ReviewedReport, first: tuple[str, ...], *, waits: bool) -> None:
        """Speak of ``report``.

        :param first: the ids of the photos that were asked for, the first first.
        :param waits: publishing it is what its photos keep waiting.
        """
        coming = report.photos_coming
        if not coming:
            self.hide()
            return
        total = len(report.content.photos)
        said = self.tr("Its photo is still on its way.")
        if total == len(coming) > 1:
            said = self.tr("Its %2 photos are still on their way.")
        elif total > 1:
            said = self.tr("%1 of %2 photos are here; the others are still on their way.")
        said = said.replace("%1", str(total - len(coming))).replace("%2", str(total))
        lines = []
        if waits:
            lines.append(self.tr("It can be published once all of them are here."))
        asked = [photo for photo in coming if first[:1] == (photo.id,)]
        if asked:
            name = self._name(report, asked[0])
            lines.append(self.tr("You asked for this one first: %1").replace("%1", name))
        several = len(coming) > 1
        button = self.tr("This one first") if several else ""
        self.tell(Notice(said, tuple(lines), "warning", button, closable=False), quietly=True)
        self._fill(report, coming, first)
        self._button.setMenu(self._menu)

    def _fill(
        self, report: ReviewedReport, coming: tuple[Photo, ...], first: tuple[str, ...]
    ) -> None:
        self._menu.clear()
        for photo in coming[:_MOST]:
            action = self._menu.addAction(self._name(report, photo))
            action.setCheckable(True)
            action.setChecked(first[:1] == (photo.id,))
            action.triggered.connect(_Ask(self, photo.id))

    def _name(self, report: ReviewedReport, photo: Photo) -> str:
        number = report.content.photos.index(photo) + 1
        name = self.tr("Photo %1").replace("%1", str(number))
        words = " ".join((photo.caption or photo.alt_text).split()).replace("&", "&&")
        if len(words) > _LONGEST:
            words = f"{words[: _LONGEST - 1]}…"
        return f"{name}: {words}" if words else name


@dataclass(frozen=True)
class _Ask:
    bar: PhotosComing
    photo_id: str

    def __call__(self, *_checked: object) -> None:
        self.bar.wanted.emit(self.photo_id)
