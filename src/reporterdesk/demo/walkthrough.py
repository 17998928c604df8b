"""The guided walkthrough: the whole path, in real windows, with a picture of each step."""

from __future__ import annotations

import html
import urllib.request
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from reporterdesk.demo.basement import BASEMENT
from reporterdesk.demo.camera import Camera
from reporterdesk.demo.hands import DidNotHappen, Hands
from reporterdesk.demo.stage import Stage
from reporterdesk.demo.tour import Tour, standing, waits
from reporterdesk.domain.errors import ReporterDeskError
from reporterdesk.domain.places import Place
from reporterdesk.domain.status import Status

HEADLINE = "A choir of two hundred, and one missing piano"
CORRECTED = "A choir of two hundred sings without its piano"
_BODY = (
    "The piano did not arrive. It was on a lorry, the lorry was behind a closed bridge, and in the "
    "old grain hall of Velden two hundred singers from eleven villages looked at an empty corner."
    "\n## Without a note\n"
    "“Then you will have to listen to each other,” said the conductor, Ilse Brandt, and gave the "
    "first note from a tuning fork. It took three tries. The fourth is the one people will tell of."
    "\n- eleven villages, the smallest with forty inhabitants"
    "\ntwo rehearsals, both in the fire station"
    "\nno piano"
)
_NOTE = "A lovely report. Please say in the headline that they did sing, and name the hall."
_PHOTOS = (
    (
        "choir",
        "The first note came from a tuning fork.",
        "Rows of singers on a lit stage, seen from the hall.",
    ),
    (
        "hall",
        "The corner that was kept free for the piano.",
        "A stage with warm lights and an empty corner.",
    ),
)
Say = Callable[[str], object]


def walk(stage: Stage, folder: Path, say: Say) -> int:
    """Go the whole path and leave pictures and an index in ``folder``; return the exit code.

    It ends with 1, and says what, if any step does not happen.
    """
    tour = Tour(stage, Camera(folder), folder)
    try:
        for number, step in enumerate(_STEPS, start=1):
            say(f"{number:2d}. {(step.__doc__ or '').strip()}")
            step(tour)
    except (ReporterDeskError, OSError) as error:
        say(f"The walkthrough stopped. {error}")
        return 1
    finally:
        stage.put_away()
        stage.server.stop()
        _write_index(tour.camera, folder)
    say(f"{len(tour.camera.pictures)} pictures and an index are in {folder}")
    return 0


def _write_offline(tour: Tour) -> None:
    """The desk cannot be reached. A reporter writes."""
    tour.sit_down(tour.reporter)
    hands = tour.hands
    hands.choose("report.new")
    hands.type_into("Headline", HEADLINE)
    hands.type_into("Standfirst", "In Velden, eleven villages sang to an empty corner.")
    hands.pick("Section", "Culture")
    hands.write(_BODY.splitlines())
    hands.wait_saved()
    tour.take("offline", "Writing offline", "Every key press is on the laptop within a second.")


def _attach(tour: Tour) -> None:
    """Two photos are dropped onto the report."""
    tour.drop_photos([scene for scene, _caption, _alt in _PHOTOS], datetime(2026, 3, 14, 19, 5))  # noqa: DTZ001 - cameras know no zone
    tour.hands.describe_photo(0, _PHOTOS[0][1], _PHOTOS[0][2])
    tour.hands.place_photo(0)
    tour.hands.wait_saved()
    tour.take("photos", "Photos", "Turned upright, and rid of where they were taken.")


def _not_ready(tour: Tour) -> None:
    """Something is missing: the app says what, and leads there."""
    tour.hands.choose("report.file")
    panel = tour.hands.desktop.window.pane.readiness
    tour.hands.wait_until(panel.isVisible, "what is missing is shown")
    tour.take(
        "missing", "Not ready yet", "What is missing is listed; each line leads to its field."
    )


def _file(tour: Tour) -> None:
    """The gaps are filled, and the report is filed."""
    hands = tour.hands
    hands.describe_photo(1, _PHOTOS[1][1], _PHOTOS[1][2])
    hands.press("Event")
    hands.type_into("Event", "Choir Day of the Velden Valley")
    hands.type_into("Starts", (date.today() - timedelta(days=1)).isoformat())  # noqa: DTZ011 - the person’s own day
    hands.type_into("Venue", "The old grain hall")
    hands.type_into("City or town", "Velden")
    hands.type_into("People who came", "450")
    hands.wait_saved()
    tour.take("facts", "The facts of the event", "Name, time and place, and how many people came.")
    hands.choose("report.file")
    hands.wait_until(lambda: standing(hands) is Status.OUTBOX, "the report is in the outbox")
    hands.go(Place.OUTBOX)
    hands.wait_until(lambda: waits(hands), "the outbox says what waits")
    _wait_for_row(hands, HEADLINE, said="no connection")
    tour.take("outbox", "In the outbox", "Offline is normal: the outbox says what waits, and why.")


def _deliver(tour: Tour) -> None:
    """The desk can be reached again; everything is delivered by itself."""
    tour.stage.server.start()
    hands = tour.hands
    hands.choose("sync.send_now")
    hands.wait_until(lambda: standing(hands) is Status.FILED, "the desk has the text")
    hands.wait_until(lambda: not waits(hands), "the desk has all photos")
    hands.go(Place.FILED)
    hands.open_row(HEADLINE)
    tour.take("delivered", "Delivered", "First the text, then the photos, once and whole.")


def _return(tour: Tour) -> None:
    """An editor reads it as it will be published, and returns it with a note."""
    tour.sit_down(tour.editor)
    hands = tour.hands
    hands.go(Place.REVIEW)
    hands.open_row(HEADLINE)
    _wait_for_review(hands)
    hands.settle(1.0)
    tour.take("review", "The review queue", "An editor reads the report as it will be published.")
    hands.choose("review.return")
    hands.type_into("Note to the reporter", _NOTE)
    tour.take("returning", "A note goes back", "What the reporter should change, in plain words.")
    hands.press("Return it")
    hands.wait_until(lambda: _reviewed(hands) is Status.RETURNED, "the report is returned")


def _correct(tour: Tour) -> None:
    """The reporter sees the note, corrects the report, and files it again."""
    tour.sit_down(tour.reporter)
    hands = tour.hands
    hands.go(Place.RETURNED)
    hands.open_row(HEADLINE)
    hands.wait_until(hands.desktop.window.pane.notes.isVisible, "the editor’s note is shown")
    tour.take("returned", "Returned, with a note", "The note stands above the text it is about.")
    hands.type_into("Headline", CORRECTED)
    hands.wait_saved()
    hands.choose("report.file")
    hands.wait_until(lambda: standing(hands) is Status.FILED, "the corrected report is filed")
    hands.wait_until(lambda: not waits(hands), "the desk has the corrected report")


def _publish(tour: Tour) -> None:
    """The editor approves and publishes it."""
    tour.sit_down(tour.editor)
    hands = tour.hands
    hands.go(Place.REVIEW)
    hands.open_row(CORRECTED)
    _wait_for_review(hands)
    hands.choose("review.approve")
    hands.wait_until(lambda: _reviewed(hands) is Status.APPROVED, "the report is approved")
    hands.choose("review.publish")
    hands.press("Publish it")
    hands.wait_until(lambda: _reviewed(hands) is Status.PUBLISHED, "the report is published")
    report = hands.desktop.opening.review_pane.report
    tour.page = (report.public_url if report else "") or ""
    hands.settle(1.0)
    tour.take(
        "published", "Published", "Approved, published, and bound to the revision that was read."
    )


def _read_the_page(tour: Tour) -> None:
    """The public pages show it."""
    with urllib.request.urlopen(tour.page, timeout=10) as answer:  # noqa: S310 - the demo's server
        page = html.unescape(answer.read().decode("utf-8"))
    for wanted in (CORRECTED, *(caption for _scene, caption, _alt in _PHOTOS), "tuning fork"):
        if wanted not in page:
            raise DidNotHappen(f"The public page does not hold “{wanted}”.")
    site, camera = tour.stage.server.url, tour.camera
    desktop, phone = (1280, 1500), (500, 1100)
    camera.page(tour.page, "page", "The report’s page", "What readers see.", size=desktop)
    camera.page(tour.page, "phone", "On a phone", "The same page, narrow.", size=phone)
    camera.page(
        f"{site}/sections/culture/", "section", "Its section", "Newest first.", size=desktop
    )
    camera.page(f"{site}/", "home", "The front page", "Every section.", size=desktop)


def _see_it_published(tour: Tour) -> None:
    """The reporter's own copy says so too."""
    tour.sit_down(tour.reporter)
    hands = tour.hands
    hands.choose("sync.send_now")
    hands.go(Place.PUBLISHED)
    hands.open_row(CORRECTED)
    hands.wait_until(lambda: standing(hands) is Status.PUBLISHED, "the local copy is published")
    tour.take("local", "Published, on the laptop too", "With a link to the page.")
    tour.stage.theme.choose("dark")
    hands.go(Place.DRAFTS)
    hands.open_row("A bean")
    hands.wait_until(lambda: standing(hands) is Status.DRAFT, "the draft is open")
    tour.take("dark", "In the dark", "Light and dark follow the system.")
    tour.stage.theme.choose("light")


_STEPS = (
    _write_offline,
    _attach,
    _not_ready,
    _file,
    _deliver,
    _return,
    _correct,
    _publish,
    _read_the_page,
    _see_it_published,
    *BASEMENT,
)


def _wait_for_row(hands: Hands, headline: str, *, said: str) -> None:
    model = hands.desktop.browsing.model

    def first() -> bool:
        row = model.summary(0)
        return row is not None and row.headline == headline and said in row.detail

    hands.wait_until(first, f"“{headline}” is the first in the list")


def _wait_for_review(hands: Hands) -> None:
    hands.wait_until(
        lambda: hands.desktop.window.content.currentWidget() is hands.desktop.opening.review_pane,
        "the report is shown for review",
    )


def _reviewed(hands: Hands) -> Status | None:
    report = hands.desktop.opening.review_pane.report
    return report.status if report is not None else None


def _write_index(camera: Camera, folder: Path) -> None:
    """Write a page that shows every picture with its words."""
    figures = "\n".join(
        f'<figure><img src="{picture.file.name}" alt="{html.escape(picture.title)}">'
        f"<figcaption><b>{html.escape(picture.title)}.</b> {html.escape(picture.words)}"
        "</figcaption></figure>"
        for picture in camera.pictures
    )
    (folder / "index.html").write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        "<title>ReporterDesk: the whole path</title>"
        "<style>body{font:16px/1.5 sans-serif;max-width:1100px;margin:2rem auto;padding:0 1rem}"
        "img{max-width:100%;border:1px solid #ccc}figure{margin:0 0 3rem}</style>"
        f"<h1>From a key press to the published page</h1>\n{figures}\n</html>\n",
        encoding="utf-8",
    )
