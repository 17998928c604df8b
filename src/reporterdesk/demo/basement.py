"""The walkthrough's filing from a basement: over the bad link, with a picture of each state."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtWidgets import QLabel

from reporterdesk.demo.hands import Hands
from reporterdesk.demo.tour import Tour, standing, waits
from reporterdesk.domain.places import Place
from reporterdesk.domain.status import Status
from reporterdesk.ui.outbox.receipt_dialog import ReceiptDialog

HEADLINE = "The rehearsal went on when the lights went out"
_BODY = (
    "At ten past nine the lamps of the old cinema in Velden went out. Sixty singers went on from "
    "memory, down to the last bar, and then somebody found the fuse."
    "\nThe fire brigade had nothing to do, and stayed for the second half."
)
_PIXELS = (2_400, 1_600)
_PHOTOS = (
    (
        "choir",
        "The second half, with light again.",
        "Rows of singers on a stage under warm lamps.",
    ),
    ("hall", "The hall before it went dark.", "A hall with a lit stage and dark rows of seats."),
)


def _write_in_the_basement(tour: Tour) -> None:
    """In a basement, a second report is written, with two photos."""
    tour.sit_down(tour.reporter)
    hands = tour.hands
    hands.choose("rehearse.basement")
    rehearsing = hands.desktop.networks.rehearsing
    hands.wait_until(lambda: rehearsing.on, "the bad connection is there")
    hands.choose("report.new")
    hands.type_into("Headline", HEADLINE)
    hands.pick("Section", "Culture")
    hands.write(_BODY.splitlines())
    scenes, taken = [scene for scene, *_ in _PHOTOS], datetime(2026, 3, 15, 21, 30)  # noqa: DTZ001 - cameras know no zone
    tour.drop_photos(scenes, taken, size=_PIXELS)
    for number, (_scene, caption, alt_text) in enumerate(_PHOTOS):
        hands.describe_photo(number, caption, alt_text)
    hands.press("Event")
    hands.type_into("Event", "Rehearsal of the Velden choirs")
    hands.type_into("Starts", (date.today() - timedelta(days=1)).isoformat())  # noqa: DTZ011 - the person’s own day
    hands.type_into("City or town", "Velden")
    hands.wait_saved()


def _file_from_the_basement(tour: Tour) -> None:
    """It is filed over 64 kbit/s with a second of delay: the text goes first."""
    hands = tour.hands
    rehearsing = hands.desktop.networks.rehearsing
    rehearsing.let_happen("stall")  # as long as the picture is taken
    hands.choose("report.file")
    hands.wait_until(lambda: standing(hands) is Status.OUTBOX, "the report is in the outbox")
    hands.go(Place.OUTBOX)
    _wait_for_words(hands, "Sending the text")
    tour.take("basement-text", "In a basement: the text goes first", "A few kilobytes, at once.")
    rehearsing.let_happen("heal")
    _wait_for_words(hands, "Text delivered")
    tour.take(
        "basement-there", "The desk is reading", "The text is there; the connection is measured."
    )


def _watch_the_photos(tour: Tour) -> None:
    """The photos follow, and the outbox says until when."""
    hands = tour.hands
    _wait_for_words(hands, "at 1,600 px")
    tour.take(
        "basement-photos",
        "How long it takes",
        "Measured, not guessed; and how much sooner smaller photos would be there.",
    )


def _lose_the_connection(tour: Tour) -> None:
    """The connection drops; nothing is lost, and nothing has to be done."""
    hands = tour.hands
    hands.desktop.networks.rehearsing.let_happen("down")
    _wait_for_words(hands, "no connection")
    tour.take("basement-dropped", "The connection drops", "It waits, and tries again by itself.")
    hands.desktop.networks.rehearsing.let_happen("heal")
    hands.choose("sync.send_now")
    _wait_for_words(hands, "at 1,600 px")
    tour.take("basement-on", "It goes on where it was", "What has arrived is not sent again.")


def _pause_and_resume(tour: Tour) -> None:
    """Sending is paused, and then the smaller photos are chosen."""
    hands = tour.hands
    hands.choose("sync.pause")
    _wait_for_words(hands, "Sending is paused")
    tour.take("basement-paused", "Paused", "Nothing leaves the laptop until it is resumed.")
    hands.choose("sync.pause")
    hands.choose("sync.smaller")
    messages = hands.desktop.window.messages
    hands.wait_until(lambda: "go out at 1,600 px" in messages.sentence, "the photos are smaller")
    _wait_for_words(hands, "kB of photos. All")  # it was megabytes
    tour.take("basement-smaller", "Sent smaller", "The originals stay on the laptop.")


def _come_up(tour: Tour) -> None:
    """Up from the basement: the rest takes a moment, and there is a receipt."""
    hands = tour.hands
    hands.choose("rehearse.off")
    hands.wait_until(lambda: not waits(hands), "the desk has everything")
    hands.go(Place.FILED)
    hands.open_row(HEADLINE)
    hands.wait_until(lambda: standing(hands) is Status.FILED, "the desk has the report")
    hands.choose("sync.receipt")
    window = hands.desktop.window
    hands.wait_until(lambda: window.findChild(ReceiptDialog), "the receipt is shown")
    hands.settle()
    dialog = window.findChild(ReceiptDialog)
    if dialog is not None:
        words = "What the desk’s server says that it holds."
        tour.camera.window(dialog, "basement-receipt", "The receipt", words)
        dialog.close()


BASEMENT = (
    _write_in_the_basement,
    _file_from_the_basement,
    _watch_the_photos,
    _lose_the_connection,
    _pause_and_resume,
    _come_up,
)
"""The steps, in their order."""


def _wait_for_words(hands: Hands, words: str) -> None:
    hands.wait_until(lambda: words in _said(hands), f"the outbox says “{words}”")


def _said(hands: Hands) -> str:
    """Return all that the outbox says of what is in it."""
    panel = hands.desktop.window.deliveries
    labels = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    return "\n".join(labels)
