"""What an empty place says: that it is empty, why, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from reporterdesk.domain.places import Place
from reporterdesk.ui.colours import colours
from reporterdesk.ui.icons import icon

_ICON = 40


@dataclass(frozen=True, slots=True)
class EmptyWords:
    """A title, a sentence or two, an icon, and the actions that help, if any do.

    With no words at all the place stays blank.
    """

    title: str = ""
    words: str = ""
    picture: str = ""
    action: str = ""
    more: str = ""


class EmptyPlace(QWidget):
    """Shows :class:`EmptyWords` in the middle of its room."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyPlace")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        self._picture = QLabel(self)
        self._picture.setAccessibleName(self.tr("Picture"))
        self._title = QLabel(self)
        self._title.setObjectName("emptyTitle")
        self._words = QLabel(self)
        self._words.setObjectName("emptyWords")
        self._buttons = (_ActionButton(self), _ActionButton(self))
        self._shown = EmptyWords()
        self._told: tuple[EmptyWords, QAction | None, QAction | None] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        for label in (self._picture, self._title, self._words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(label is not self._picture)
            column.addWidget(label)
        column.addSpacing(8)
        for button in self._buttons:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def tell(
        self, words: EmptyWords, action: QAction | None = None, more: QAction | None = None
    ) -> None:
        """Say ``words``, with a button for ``action``, and another for ``more``."""
        told = (words, action, more)
        if told == self._told:
            return  # lists are read again often, and what is the same costs a layout
        self._told, self._shown = told, words
        for label, text in ((self._title, words.title), (self._words, words.words)):
            label.setText(text)
            label.setVisible(bool(text))
        self._picture.setVisible(bool(words.picture))
        for button, offered in zip(self._buttons, (action, more), strict=True):
            button.offer(offered)
        self._paint_picture()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of theme."""
        super().changeEvent(event)
        self._paint_picture()

    def _paint_picture(self) -> None:
        if not hasattr(self, "_shown"):
            return
        if not self._shown.picture:
            return
        muted = QColor(colours(self.palette()).disabled)
        size = QSize(_ICON, _ICON)
        self._picture.setPixmap(
            icon(self._shown.picture, muted).pixmap(size, self.devicePixelRatio())
        )


class _ActionButton(QPushButton):
    """A button for an action that may be another one next time."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._action: QAction | None = None
        self.hide()

    def offer(self, action: QAction | None) -> None:
        """Do ``action`` when it is clicked; hide where there is none."""
        if self._action is not None:
            self.clicked.disconnect(self._action.trigger)
        self._action = action
        self.setVisible(action is not None)
        if action is not None:
            self.setText(action.text().replace("&", ""))
            self.clicked.connect(action.trigger)


def empty_words(  # noqa: PLR0911 - one place after another reads best
    place: Place, *, signed_in: bool
) -> EmptyWords:
    """Return what the list of ``place`` says when it has no rows."""
    match place:
        case Place.DRAFTS:
            return EmptyWords(
                "No drafts",
                "Start a report: it is saved on this laptop from the first key on.",
                "drafts",
                "report.new",
            )
        case Place.OUTBOX:
            return EmptyWords(
                "No text waits",
                "A report that you file waits here until the desk has its text; photos follow.",
                "outbox",
            )
        case Place.FILED:
            return EmptyWords(
                "Nothing is at the desk", "Reports stand here while the desk reads them.", "filed"
            )
        case Place.RETURNED:
            return EmptyWords(
                "Nothing was returned",
                "When the desk asks for changes, the report and its note come here.",
                "returned",
            )
        case Place.PUBLISHED:
            return EmptyWords(
                "Nothing is published yet",
                "Your published reports stand here, each with a link to its page.",
                "published",
            )
        case Place.TRASH:
            return EmptyWords(
                "The trash is empty",
                "What you throw away stays here for 30 days and can be restored.",
                "trash",
            )
        case Place.REVIEW if signed_in:
            return EmptyWords(
                "The queue is empty", "Every report that was filed has been dealt with.", "review"
            )
        case Place.REVIEW:
            return EmptyWords(
                "Sign in to see the queue", "It is kept at the desk.", "review", "account.sign_in"
            )


def nothing_open(place: Place, rows: int) -> EmptyWords:
    """Return what stands at the right while nothing of ``place``, which has ``rows``, is open.

    An empty list has said all there is to say.
    """
    if rows == 0:
        return EmptyWords()
    match place:
        case Place.DRAFTS:
            words = "Choose a report from the list, or start a new one."
            return EmptyWords("Nothing is open", words, "drafts", "report.new")
        case Place.REVIEW:
            words = "Choose a report to read it as it will be published."
            return EmptyWords("Nothing is open", words, "review")
        case _:
            return EmptyWords("Nothing is open", "Choose a report from the list.", "drafts")
