"""What the desk said of a report, for the reporter: the return, its note, notes on blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from reporterdesk.domain.status import Action, Status
from reporterdesk.ui.wording import full_moment_word

if TYPE_CHECKING:
    from reporterdesk.domain.review import Comment, Decision

_MOST_HEIGHT = 180


class DeskNotes(QFrame):
    """Shows the newest decision with its note, and the comments on the revision it was made on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("deskNotes")
        self.setAccessibleName(self.tr("Notes from the desk"))
        self._words = QWidget(self)
        self._words.setObjectName("deskNotesWords")
        self._column = QVBoxLayout(self._words)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(4)
        self._scroll = QScrollArea(self)
        self._scroll.setAccessibleName(self.tr("Notes from the desk"))
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._words)
        self._scroll.setMaximumHeight(_MOST_HEIGHT)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 8, 12)
        outer.addWidget(self._scroll)
        self.hide()

    def show_notes(self, status: Status, notes: tuple[Decision | Comment, ...]) -> None:
        """Show what matters now: for a returned report why; else only comments and notes."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        lines = self._lines(status, notes)
        for role, text in lines:
            label = QLabel(text, self._words)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            label.setProperty("role", role)
            label.setAccessibleName(text)
            self._column.addWidget(label)
            # A child that is new in a visible parent counts as hidden, and as no height, until
            # the event loop turns: too late for _fit().
            label.show()
        self.setProperty("tone", "warning" if status is Status.RETURNED else "calm")
        self.style().unpolish(self)
        self.style().polish(self)
        self.setVisible(bool(lines))
        self._fit()

    def _lines(
        self, status: Status, notes: tuple[Decision | Comment, ...]
    ) -> list[tuple[str, str]]:
        from reporterdesk.domain.review import Comment, Decision

        decisions = [note for note in notes if isinstance(note, Decision)]
        last = max(decisions, key=lambda decision: decision.decided_at, default=None)
        comments = sorted(
            (note for note in notes if isinstance(note, Comment)),
            key=lambda comment: (
                -1 if comment.block is None else comment.block,
                comment.written_at,
            ),
        )
        revision = last.revision_id if last else (comments[-1].revision_id if comments else "")
        comments = [comment for comment in comments if comment.revision_id == revision]
        lines: list[tuple[str, str]] = []
        if last and (last.note or last.action is Action.RETURN) and status is not Status.OUTBOX:
            lines.append(("notice", self._who(last)))
            lines.append(("note", last.note or self.tr("There is no note with it.")))
        lines.extend(("note", self._comment(comment)) for comment in comments)
        if lines and status is Status.RETURNED:
            lines.append(("hint", self.tr("Change what is asked for, then file it again.")))
        return lines

    def _who(self, decision: Decision) -> str:
        said = {
            Action.RETURN: self.tr("%1 returned it on %2:"),
            Action.APPROVE: self.tr("%1 approved it on %2:"),
            Action.PUBLISH: self.tr("%1 published it on %2:"),
            Action.SPIKE: self.tr("%1 spiked it on %2:"),
            Action.WITHDRAW: self.tr("%1 withdrew it on %2:"),
        }.get(decision.action, self.tr("%1 wrote on %2:"))
        when = full_moment_word(decision.decided_at, self.locale())
        return said.replace("%2", when).replace("%1", decision.decided_by or self.tr("The desk"))

    def _comment(self, comment: Comment) -> str:
        who = comment.author or self.tr("The desk")
        if comment.block is None:
            return f"{who}: {comment.text}"
        place = self.tr("%1, on paragraph %2: ").replace("%2", str(comment.block + 1))
        return place.replace("%1", who) + comment.text

    def _fit(self) -> None:
        width = max(200, self._scroll.viewport().width())
        height = self._column.heightForWidth(width) if self._column.hasHeightForWidth() else 0
        self._scroll.setFixedHeight(min(max(height, 24), _MOST_HEIGHT))
