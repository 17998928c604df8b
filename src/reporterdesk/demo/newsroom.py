"""The sample newsroom: invented sections, people and reports, read from ``resources/newsroom``.

Ids are derived from names (UUID version 5, RFC 9562), so that a demo started twice on the same
data finds its own reports again. Passwords are not samples: the demo makes them as it starts.
"""

from __future__ import annotations

import re
import tomllib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeAlias

from reporterdesk.domain.event import Attendance, EventFacts, EventKind, Qualifier
from reporterdesk.domain.people import Role, SectionRole
from reporterdesk.domain.status import Status
from reporterdesk.resources import resource_path

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "newsroom.example")
_FIGURE = re.compile(r"!\[\]\(photo:([a-z0-9-]+)\)")

Facts: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SampleSection:
    """A section of the sample site; see :class:`PublishedSection` of the site for the link."""

    slug: str
    name: str
    introduction: str
    link_url: str = ""
    link_text: str = ""
    checklist: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody of the sample newsroom; ``key`` is what reports name as their author."""

    id: str
    key: str
    name: str
    email: str
    roles: tuple[SectionRole, ...]
    administrator: bool = False


@dataclass(frozen=True, slots=True)
class SamplePhoto:
    """A photo to be made from ``scene`` and ``seed`` by :mod:`reporterdesk.demo.pictures`."""

    id: str
    name: str
    scene: str
    seed: int
    caption: str
    credit: str
    alt_text: str


@dataclass(frozen=True, slots=True)
class SampleReport:
    """A report of the sample newsroom; the first photo is its lead.

    ``status`` is where it stands when the demo begins, ``days_ago`` when it came there.
    ``body`` refers to photos by their ids. ``desk_note`` is what the desk said when it returned
    the report, ``correction`` the public note of a corrected one.
    """

    id: str
    name: str
    author: SamplePerson
    section: str
    language: str
    headline: str
    standfirst: str
    body: str
    status: Status
    days_ago: int
    photos: tuple[SamplePhoto, ...]
    event: tuple[tuple[str, object], ...]
    desk_note: str = ""
    correction: str = ""

    @property
    def byline(self) -> str:
        """The author's name, as photos in the report's own script credit it where they do."""
        credits_ = [photo.credit for photo in self.photos]
        return credits_[0] if credits_ else self.author.name

    def revision_id(self, number: int = 1) -> str:
        """Return the stable id of the sample's revision ``number``."""
        return sample_id("revision", self.name, str(number))

    def event_facts(self, today: date) -> EventFacts:
        """Return the event's facts, with its dates counted back from ``today``."""
        facts = dict(self.event)
        first = today - timedelta(days=_number(facts["days_ago"]))
        last = first + timedelta(days=_number(facts.get("lasts_days", 1)) - 1)
        starts_at = _moment(first, facts.get("time"))
        ends_at = _moment(last, facts.get("until"))
        attendance = facts.get("attendance")
        return EventFacts(
            name=str(facts["name"]),
            kind=EventKind(str(facts["kind"])),
            starts_at=starts_at,
            ends_at=ends_at if last > first or "until" in facts else None,
            venue=str(facts["venue"]),
            city=str(facts["city"]),
            country=str(facts["country"]),
            organiser=str(facts["organiser"]),
            attendance=_attendance(attendance) if isinstance(attendance, dict) else None,
        )


def sample_id(*names: str) -> str:
    """Return the stable id that belongs to ``names``."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(names)))


@cache
def sample_sections() -> tuple[SampleSection, ...]:
    """Return the four sections, in the site's order."""
    return tuple(
        SampleSection(
            slug=entry["slug"],
            name=entry["name"],
            introduction=entry["introduction"].strip(),
            link_url=entry["link_url"],
            link_text=entry["link_text"],
            checklist=tuple(entry["checklist"]),
        )
        for entry in _newsroom()["sections"]
    )


@cache
def sample_people() -> tuple[SamplePerson, ...]:
    """Return the six people: the first is a reporter for every section, the last edits them all."""
    return tuple(
        SamplePerson(
            id=sample_id("person", entry["key"]),
            key=entry["key"],
            name=entry["name"],
            email=entry["email"],
            roles=tuple(_role(role) for role in entry["roles"]),
            administrator=entry.get("administrator", False),
        )
        for entry in _newsroom()["people"]
    )


@cache
def sample_reports() -> tuple[SampleReport, ...]:
    """Return every sample report, oldest first, so that filing them in turn keeps their order.

    :raises ValueError: a file has no front matter, or names what does not exist.
    """
    people = {person.key: person for person in sample_people()}
    folder = resource_path("newsroom")
    reports = [
        _report(path.stem, path.read_text(encoding="utf-8"), people)
        for path in sorted(folder.glob("*.md"))
    ]
    return tuple(sorted(reports, key=lambda report: (-report.days_ago, report.name)))


def _newsroom() -> dict[str, Any]:
    return tomllib.loads(resource_path("newsroom", "newsroom.toml").read_text(encoding="utf-8"))


def _report(name: str, text: str, people: Mapping[str, SamplePerson]) -> SampleReport:
    empty, separator, rest = text.partition("+++\n")
    front, closing, body = rest.partition("\n+++\n")
    if empty or not separator or not closing:
        raise ValueError(f"The sample “{name}” does not begin with front matter between +++ lines.")
    facts = tomllib.loads(front)
    photos = tuple(
        _photo(name, number, entry) for number, entry in enumerate(facts.get("photos", ()))
    )
    ids = {photo.name: photo.id for photo in photos}
    return SampleReport(
        id=sample_id("report", name),
        name=name,
        author=people[facts["author"]],
        section=facts["section"],
        language=facts["language"],
        headline=facts["headline"],
        standfirst=facts["standfirst"],
        body=_FIGURE.sub(lambda found: f"![](photo:{ids[found[1]]})", body).strip() + "\n",
        status=Status(facts["status"]),
        days_ago=facts["days_ago"],
        photos=photos,
        event=tuple(facts["event"].items()),
        desk_note=facts.get("desk_note", ""),
        correction=facts.get("correction", ""),
    )


def _photo(report: str, number: int, entry: Facts) -> SamplePhoto:
    identity = uuid.uuid5(_NAMESPACE, f"photo/{report}/{entry['name']}")
    return SamplePhoto(
        id=str(identity),
        name=entry["name"],
        scene=entry["scene"],
        seed=entry.get("seed", identity.int % 100_000 + number),
        caption=entry["caption"],
        credit=entry["credit"],
        alt_text=entry["alt_text"],
    )


def _role(text: str) -> SectionRole:
    role, _, section = text.partition(":")
    return SectionRole(section, Role(role))


def _attendance(entry: Facts) -> Attendance:
    return Attendance(_number(entry["number"]), Qualifier(entry["qualifier"]))


def _moment(day: date, time: object) -> str:
    return f"{day.isoformat()}T{time}" if time else day.isoformat()


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is not a whole number.")
    return value
