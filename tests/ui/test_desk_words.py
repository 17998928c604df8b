"""What the desk said, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from reporterdesk.domain.review import Comment, Decision
from reporterdesk.domain.status import Action, Status
from reporterdesk.ui.widgets.desk_notes import DeskNotes

AT = datetime(2026, 3, 14, 18, 0, tzinfo=UTC)


def words(notes: DeskNotes) -> str:
    return "\n".join(
        label.text() for label in notes.findChildren(QLabel) if label.isVisibleTo(notes)
    )


def test_a_returned_report_shows_the_newest_note_and_the_notes_on_paragraphs(qtbot: QtBot) -> None:
    notes = DeskNotes()
    qtbot.addWidget(notes)
    notes.show_notes(
        Status.RETURNED,
        (
            Decision("1", "r", "old", Action.RETURN, "First note", "Daniel", AT),
            Decision("2", "r", "new", Action.RETURN, "Second <b>", "Daniel", AT + timedelta(1)),
            Comment("3", "r", "new", 2, "Which plan?", "Daniel", AT),
            Comment("4", "r", "old", 0, "Gone", "Daniel", AT),
        ),
    )
    said = words(notes)
    assert "Daniel returned it on" in said
    assert "Second <b>" in said
    assert "on paragraph 3: Which plan?" in said
    assert "First note" not in said
    assert "Gone" not in said
    notes.show_notes(Status.DRAFT, ())
    assert notes.isHidden()
