"""A real store with many invented reports, filled quickly, for lists, search and benchmarks."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.event import Attendance, EventFacts, EventKind, Qualifier
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.store.opening import open_store

_OPENINGS = (
    "More than three hundred people came to {venue} in {city} for {event}.",
    "{event} opened on Saturday morning at {venue} in {city}.",
    "In {city}, teachers and pupils met at {venue} for {event}.",
    "“We had hoped for half as many,” said the organisers of {event} at {venue}.",
    "Rain did not keep the people of {city} from {event} at {venue}.",
)
_SENTENCES = (
    "The first speaker described how the village school was rebuilt within a single year.",
    "Volunteers served tea and bread between the sessions, and the hall stayed full until evening.",
    "A group of students read letters that their grandparents had written from abroad.",
    "The second part of the day was given to questions from the floor.",
    "Several of them concerned the new library, which is to open in the spring.",
    "The mayor thanked those who had travelled since before dawn.",
    "Music followed: two choirs, a quartet of brass and a very young violinist.",
    "Nobody knew at noon whether the power would return; the microphones stayed silent.",
    "Doctors from the district hospital explained what the winter had taught them.",
    "An exhibition in the foyer shows photographs of the old market and of those who ran it.",
    "The organisers want to meet again in autumn, then in a larger hall.",
    "At the end everybody helped to carry the chairs.",
)
_VENUES = ("the Town Hall", "the Lindenhof School", "the Harbour Theatre", "the Old Mill")
_CITIES = (("Genève", "CH"), ("Lahore", "PK"), ("Córdoba", "ES"), ("Bologna", "IT"), ("Köln", "DE"))
_EVENTS = ("the Reading Festival", "the Teachers’ Congress", "the Peace Conference", "the Open Day")
_SECTIONS = ("schools", "conferences", "culture", "districts")
_STATUSES = (Status.DRAFT,) * 6 + (Status.PUBLISHED,) * 2 + (Status.FILED, Status.RETURNED)
_FIRST_DAY = datetime(2024, 1, 6, 9, 0, tzinfo=UTC)


def fill_store(home: Path, reports: int, words: int, *, seed: int = 1) -> tuple[str, ...]:
    """Fill the store of the profile ``home`` in one transaction; return the ids, oldest first.

    :param words: about how many words each body has. Six in ten are drafts.
    """
    store = open_store(home, clock=utc_now)
    try:
        added = tuple(made_reports(reports, words, seed=seed))
        store.reports.add_many(added)
        if added:
            store.state.set("open_report", added[-1].id)
            store.state.set("caret", "40")
    finally:
        store.close()
    return tuple(report.id for report in added)


def made_reports(count: int, words: int, *, seed: int = 1) -> Iterator[Report]:
    """Invent ``count`` reports, each changed an hour after the one before; the last is a draft."""
    chance = random.Random(seed)
    for number in range(count):
        moment = _FIRST_DAY + timedelta(hours=number)
        last = number == count - 1
        yield Report(
            id=str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            content=_content(chance, number, words, moment),
            status=Status.DRAFT if last else chance.choice(_STATUSES),
            created_at=moment,
            changed_at=moment,
        )


def _content(chance: random.Random, number: int, words: int, moment: datetime) -> ReportContent:
    city, country = chance.choice(_CITIES)
    venue, event = chance.choice(_VENUES), chance.choice(_EVENTS)
    opening = chance.choice(_OPENINGS).format(venue=venue, city=city, event=event)
    opening = opening[0].upper() + opening[1:]
    return ReportContent(
        headline=f"{event[4:]} in {city}: day {number + 1}",
        standfirst=chance.choice(_SENTENCES),
        byline="Amina Okafor",
        section=chance.choice(_SECTIONS),
        body=_body(chance, opening, words),
        event=EventFacts(
            name=event[4:],
            kind=chance.choice(tuple(EventKind)),
            starts_at=moment.date().isoformat(),
            venue=venue,
            city=city,
            country=country,
            organiser="Friends of the Library",
            attendance=Attendance(chance.randrange(20, 900), Qualifier.MORE_THAN),
        ),
    )


def _body(chance: random.Random, opening: str, words: int) -> str:
    """Return Markdown: paragraphs of four sentences, a subheading before every fifth."""
    blocks, paragraph, written = [], [opening], len(opening.split())
    while written < words:
        sentence = chance.choice(_SENTENCES)
        paragraph.append(sentence)
        written += len(sentence.split())
        if len(paragraph) >= 4:
            blocks.append(" ".join(paragraph))
            paragraph = []
            if len(blocks) % 6 == 5:
                blocks.append("## What was said")
    if paragraph:
        blocks.append(" ".join(paragraph))
    return "\n\n".join(blocks) + "\n"
