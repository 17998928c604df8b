"""What the desk said, and how far the deliveries have come, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.review import Comment, Decision
from reporterdesk.domain.status import Action, Status
from reporterdesk.ui.widgets.delivery_panel import DeliveryLine, DeliveryPanel
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


def test_the_outbox_says_per_report_what_waits_and_what_can_be_done(qtbot: QtBot) -> None:
    panel = DeliveryPanel()
    qtbot.addWidget(panel)
    panel.resize(500, 400)
    panel.show()
    waiting = Delivery("a", "r", DeliveryState.WAITING, photos_total=3)
    half = Delivery("b", "r", DeliveryState.TEXT_DELIVERED, 4, 2, 100, 50)
    signed_out = Delivery("c", "r", DeliveryState.SIGN_IN)
    panel.show_deliveries(
        (DeliveryLine(waiting, "Long " * 60), DeliveryLine(half, "B"), DeliveryLine(signed_out, ""))
    )
    panel.show_connection(False, "")
    assert panel._connection.text().startswith("Offline.")
    rows = panel._rows
    assert rows["b"]._sentence.text() == "Desk has the text; 2 of 4 photos"
    assert rows["b"]._progress.isVisible()
    assert not rows["b"]._recall.isVisible()
    assert rows["c"]._sign_in.isVisible()
    with qtbot.waitSignal(panel.recall_requested) as recalled:
        rows["a"]._recall.click()
    assert recalled.args == ["a"]
    panel.show_delivery(Delivery("a", "r", DeliveryState.ATTEMPTING))
    assert rows["a"]._sentence.text() == "Sending the text…"
    panel.show_deliveries(())
    assert panel._title.text().startswith("Nothing waits")
