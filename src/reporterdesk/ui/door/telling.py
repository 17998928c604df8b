"""The pages that ask for nothing: work under way, and what stands in the way of the drafts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from reporterdesk.ui.door.page import DoorPage


class WorkPage(DoorPage):
    """Tells how far a longer work is.

    :ivar cancelled: the person wants it to stop.
    """

    cancelled = Signal()

    def __init__(
        self, title: str, words: str, parent: QWidget | None = None, *, can_stop: bool = False
    ) -> None:
        super().__init__(parent)
        self.set_title(title)
        if words:
            self.say(words)
        self.set_busy(busy=True)
        self._stop: QPushButton | None = None
        if can_stop:
            self._stop = self.button(self.tr("Cancel"), self._cancel)
            self.finish()

    @Slot()
    def _cancel(self) -> None:
        if self._stop is not None:
            self._stop.setEnabled(False)
            self._stop.setText(self.tr("Stopping…"))
            self.cancelled.emit()


@dataclass(frozen=True, slots=True)
class Way:
    """One way on: what its button reads, and what it does."""

    text: str
    go: Callable[[], object]


class TroublePage(DoorPage):
    """Says why the drafts cannot be opened, and offers the ways on; the first is the likeliest."""

    def __init__(
        self, title: str, sentences: tuple[str, ...], ways: tuple[Way, ...], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.set_title(title)
        for sentence in sentences:
            if sentence:
                self.say(sentence)
        for number, way in enumerate(ways):
            self.button(way.text, way.go, primary=number == 0)
        self.finish()
