"""One side of a question: its words, those that the other side lacks marked."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from reporterdesk.text.direction import text_direction
from reporterdesk.text.word_difference import Change, WordChange, Words
from reporterdesk.ui.colours import Colours, colours


class VersionSide(QFrame):
    """Shows the words of one version, to be read and copied. Lives on the UI thread.

    :ivar chosen: the property ``chosen`` is ``yes``, ``no`` or ``open``; the style follows it.
    """

    def __init__(self, words: Words, empty: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("versionSide")
        self._words, self._empty = words, empty
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._label.setWordWrap(True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        takes = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        takes.setHeightForWidth(True)
        self._label.setSizePolicy(takes)
        self._label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        said = "".join(word.run.text for word in words) or empty
        self._label.setAccessibleName(f"{name}: {said}")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self._label)
        self.setProperty("chosen", "open")
        self._write()

    def set_chosen(self, chosen: str) -> None:
        """Show whether this side is kept: ``yes``, ``no``, or ``open`` before it is chosen."""
        self.setProperty("chosen", chosen)
        self.style().unpolish(self)
        self.style().polish(self)
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._write()

    def _write(self) -> None:
        inks = colours(self.palette())
        muted = self.property("chosen") == "no"
        if not self._words:
            html = f'<i style="color:{inks.muted}">{escape(self._empty)}</i>'
        else:
            html = "".join(_marked(word, inks, muted=muted) for word in self._words)
        said = "".join(word.run.text for word in self._words) or self._empty
        ink = inks.muted if muted else inks.text
        wanted = f'<div dir="{text_direction(said)}" style="color:{ink}">{html}</div>'
        if wanted != self._label.text():
            self._label.setText(wanted)


def _marked(word: WordChange, inks: Colours, *, muted: bool) -> str:
    """Return words as HTML; what differs is on a ground of its own, and underlined."""
    run = word.run
    html = escape(run.text).replace("\n", "<br><br>")
    if run.bold:
        html = f"<b>{html}</b>"
    if run.italic:
        html = f"<i>{html}</i>"
    if run.link:
        html = f'<span style="color:{inks.accent}">{html}</span>'
    if word.change in {Change.ADDED, Change.REMOVED} and not muted:
        return f'<span style="background-color:{inks.found}"><u>{html}</u></span>'
    if word.change is Change.RESTYLED and not muted:
        return f"<u>{html}</u>"
    return html
