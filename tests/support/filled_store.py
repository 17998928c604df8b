"""A real store with many invented reports, filled quickly, for lists, search and benchmarks."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.event import Attendance, EventFacts, EventKind, Qualifier
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.store.key import StoreKey
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
_BEGINNINGS = ("Ba", "Bel", "Dor", "Fen", "Gal", "Hin", "Jo", "Kas", "Lor", "Mi", "Nev", "Zol")
_MIDDLES = ("la", "ra", "mi", "no", "ve", "ti", "su", "kor", "din", "bal", "re", "fa", "go", "hu")
_ENDS = (
    *("ak", "berg", "cio", "dov", "ella", "ford", "grad", "hart", "ini", "jan", "kova", "lund"),
    *("maki", "nen", "oglu", "pal", "quist", "rini", "sen", "tari", "ulić", "vic", "wala", "yev"),
)
NAMES = tuple(
    f"{first}{second}{third}" for first in _BEGINNINGS for second in _MIDDLES for third in _ENDS
)
"""Names of guests: the first stand in many reports, the last in very few."""
_GUESTS = 8
_AT_ONCE = 500
_FIRST_DAY = datetime(2024, 1, 6, 9, 0, tzinfo=UTC)


def fill_store(
    home: Path, reports: int, words: int, *, seed: int = 1, key: StoreKey | None = None
) -> tuple[str, ...]:
    """Fill the store of the profile ``home``; return the ids, oldest first.

    :param words: about how many words each body has. Six in ten are drafts.
    :param key: makes it an encrypted one.
    """
    ids: list[str] = []
    store = open_store(home, clock=utc_now, key=key)
    try:
        made = made_reports(reports, words, seed=seed)
        while some := tuple(islice(made, _AT_ONCE)):
            store.reports.add_many(some)
            ids += [report.id for report in some]
        if ids:
            store.state.set("open_report", ids[-1])
            store.state.set("caret", "40")
    finally:
        store.close()
    return tuple(ids)


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


def _guests(chance: random.Random) -> str:
    """Return a sentence of names, of which a few are common and most are rare."""
    names = [NAMES[int(len(NAMES) * chance.random() ** 3)] for _ in range(_GUESTS)]
    return f"Among the guests were {', '.join(names[:-1])} and {names[-1]}."


def _body(chance: random.Random, opening: str, words: int) -> str:
    """Return Markdown: paragraphs of four sentences, a subheading before every fifth."""
    blocks, paragraph, written = [], [opening], len(opening.split())
    paragraph.append(guests := _guests(chance))
    written += len(guests.split())
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
