"""A report as a text file that reads well anywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from reporterdesk.domain.event import Attendance, EventFacts, Qualifier
from reporterdesk.domain.photo import Photo
from reporterdesk.domain.report import ReportContent
from reporterdesk.workflow.archive.records import Record

READ_ME_TEXT = """\
This is an archive of reports made with ReporterDesk.

Each folder in “reports” holds one report: “report.md” is its text, which any text editor opens,
and “photos” its pictures in full size. “report.json” holds the same with all its revisions, for
ReporterDesk: choose Report → Import archive… there to bring everything back.

The archive is not encrypted: whoever has it can read it.
"""

# The profile's figure block stands alone on its line: see reporterdesk.text.profile.
_FIGURE = re.compile(r"^!\[\]\(photo:([^)\s]+)\)$", re.MULTILINE)
_QUALIFIERS = {Qualifier.ABOUT: "about ", Qualifier.MORE_THAN: "more than ", Qualifier.EXACTLY: ""}


def report_text(record: Record, files: Mapping[str, str]) -> str:
    """Return the report as Markdown.

    :param files: the name of each photo's file beside the text, by the photo's id.
    """
    content, report = record.report.content, record.report
    parts = [f"# {content.headline or 'Untitled'}"]
    parts += [f"*{line}*" for line in (content.standfirst.strip(),) if line]
    parts += ["\n".join(f"- {name}: {value}" for name, value in _facts(content) if value)]
    parts += [_with_pictures(content, files).strip()]
    standing = _strip(content, files)
    if standing:
        parts += ["## Photos", standing]
    if content.note_to_desk.strip():
        parts += ["## Note to the desk", content.note_to_desk.strip()]
    parts += ["---", f"{_status(record)} Last changed {_moment(report.changed_at)}."]
    return "\n\n".join(part for part in parts if part) + "\n"


def _facts(content: ReportContent) -> tuple[tuple[str, str], ...]:
    event = content.event
    return (
        ("By", content.byline),
        ("Section", content.section),
        ("Event", f"{event.name} ({event.kind.value})" if event.name else ""),
        ("When", _when(event)),
        ("Where", ", ".join(part for part in (event.venue, event.city, event.country) if part)),
        ("Organiser", event.organiser),
        ("Attendance", _attendance(event.attendance)),
        ("Language", content.language),
        ("Embargoed until", content.embargoed_until or ""),
    )


def _when(event: EventFacts) -> str:
    times = [time.replace("T", " ") for time in (event.starts_at, event.ends_at or "") if time]
    return " to ".join(times)


def _attendance(attendance: Attendance | None) -> str:
    return "" if attendance is None else _QUALIFIERS[attendance.qualifier] + str(attendance.number)


def _with_pictures(content: ReportContent, files: Mapping[str, str]) -> str:
    photos = {photo.id: photo for photo in content.photos}

    def picture(found: re.Match[str]) -> str:
        photo = photos.get(found[1])
        return found[0] if photo is None else _picture(photo, files)

    return _FIGURE.sub(picture, content.body)


def _strip(content: ReportContent, files: Mapping[str, str]) -> str:
    """Return the photos that do not stand in the text."""
    in_text = set(_FIGURE.findall(content.body))
    return "\n\n".join(_picture(p, files) for p in content.photos if p.id not in in_text)


def _picture(photo: Photo, files: Mapping[str, str]) -> str:
    alt = re.sub(r"[\[\]\s]+", " ", photo.alt_text).strip()
    credit = f"Photo: {photo.credit}" if photo.credit else ""
    words = " ".join(part for part in (photo.caption.strip(), credit) if part)
    file = files.get(photo.id)
    shown = "(This photo’s data was not on the laptop.)" if file is None else f"![{alt}](<{file}>)"
    return f"{shown}\n\n*{words}*" if words else shown


def _status(record: Record) -> str:
    where = f" {record.report.public_url}" if record.report.public_url else ""
    trashed = " In the trash." if record.report.trashed_at else ""
    return f"Status: {record.report.status.value}.{where}{trashed}"


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M UTC")
