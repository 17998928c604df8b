"""Between the domain's values and the API's messages."""

from __future__ import annotations

from datetime import datetime

from reporterdesk.domain.event import Attendance, EventFacts
from reporterdesk.domain.people import Person, Section, SectionRole
from reporterdesk.domain.photo import Photo, Rendition
from reporterdesk.domain.report import ReportContent, Revision
from reporterdesk.domain.review import Comment, Decision
from reporterdesk.domain.reviewed import ReviewedReport
from reporterdesk.domain.status import Action, Status
from reporterdesk.wire.messages import (
    AttendanceMessage,
    EventMessage,
    FileRequest,
    PersonMessage,
    PhotoMessage,
    RenditionMessage,
    RenditionsMessage,
    ReportAnswer,
    SectionMessage,
)


def file_request(revision: Revision) -> FileRequest:
    """Return the message that files ``revision``.

    :raises pydantic.ValidationError: where the content is beyond what the API takes.
    """
    content = revision.content
    embargo = content.embargoed_until
    return FileRequest(
        revision_id=revision.id,
        parent_revision_id=revision.parent_id,
        section=content.section,
        language=content.language,
        headline=content.headline,
        standfirst=content.standfirst,
        byline=content.byline,
        body=content.body,
        note_to_desk=content.note_to_desk,
        event=_event_message(content.event),
        photos=tuple(_photo_message(photo) for photo in content.photos),
        lead_photo=content.lead_photo,
        embargoed_until=datetime.fromisoformat(embargo) if embargo else None,
    )


def content_of(message: FileRequest) -> ReportContent:
    """Return what the reporter wrote, as the domain has it."""
    embargo = message.embargoed_until
    return ReportContent(
        headline=message.headline,
        standfirst=message.standfirst,
        byline=message.byline,
        section=message.section,
        language=message.language,
        body=message.body,
        note_to_desk=message.note_to_desk,
        event=_event_facts(message.event),
        photos=tuple(_photo(photo) for photo in message.photos),
        lead_photo=message.lead_photo,
        embargoed_until=embargo.isoformat() if embargo else None,
    )


def person_of(message: PersonMessage) -> Person:
    """Return the person, as the domain has them."""
    roles = tuple(SectionRole(role.section, role.role) for role in message.roles)
    return Person(message.id, message.name, message.email, message.administrator, roles)


def section_of(message: SectionMessage) -> Section:
    """Return the section, as the domain has it."""
    return Section(message.slug, message.name, message.checklist)


def reviewed_report(
    answer: ReportAnswer, *, absent: frozenset[str] = frozenset(), offline: str = ""
) -> ReviewedReport:
    """Return a report as an editor reads it; see there for ``absent`` and ``offline``."""
    return ReviewedReport(
        id=answer.id,
        content=content_of(answer),
        status=Status(answer.status),
        revision_id=answer.revision_id,
        number=answer.number,
        author=answer.author,
        filed_at=answer.filed_at,
        public_url=answer.public_url,
        missing=frozenset(item.sha256 for item in answer.missing),
        absent=absent,
        offline=offline,
        wanted=answer.wanted,
        decisions=decisions_of(answer),
        comments=comments_of(answer),
    )


def decisions_of(answer: ReportAnswer) -> tuple[Decision, ...]:
    """Return the desk's decisions on a report, as the domain has them."""
    return tuple(
        Decision(
            id=said.id,
            report_id=answer.id,
            revision_id=said.revision_id,
            action=Action(said.decision),
            note=said.note,
            decided_by=said.by,
            decided_at=said.at,
        )
        for said in answer.decisions
    )


def comments_of(answer: ReportAnswer) -> tuple[Comment, ...]:
    """Return the comments on a report, as the domain has them."""
    return tuple(
        Comment(
            id=said.id,
            report_id=answer.id,
            revision_id=said.revision_id,
            block=said.block,
            text=said.text,
            author=said.author,
            written_at=said.at,
        )
        for said in answer.comments
    )


def _event_message(event: EventFacts) -> EventMessage:
    attendance = event.attendance
    return EventMessage(
        name=event.name,
        kind=event.kind,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        venue=event.venue,
        city=event.city,
        country=event.country,
        organiser=event.organiser,
        attendance=AttendanceMessage(number=attendance.number, qualifier=attendance.qualifier)
        if attendance
        else None,
    )


def _event_facts(message: EventMessage) -> EventFacts:
    attendance = message.attendance
    return EventFacts(
        name=message.name,
        kind=message.kind,
        starts_at=message.starts_at,
        ends_at=message.ends_at,
        venue=message.venue,
        city=message.city,
        country=message.country,
        organiser=message.organiser,
        attendance=Attendance(attendance.number, attendance.qualifier) if attendance else None,
    )


def _rendition_message(rendition: Rendition) -> RenditionMessage:
    return RenditionMessage(
        sha256=rendition.sha256,
        bytes=rendition.bytes,
        media_type=rendition.media_type,
        width=rendition.width,
        height=rendition.height,
    )


def _rendition(message: RenditionMessage) -> Rendition:
    return Rendition(
        message.sha256, message.bytes, message.media_type, message.width, message.height
    )


def _photo_message(photo: Photo) -> PhotoMessage:
    return PhotoMessage(
        id=photo.id,
        caption=photo.caption,
        credit=photo.credit,
        alt_text=photo.alt_text,
        renditions=RenditionsMessage(
            preview=_rendition_message(photo.preview), full=_rendition_message(photo.full)
        ),
    )


def _photo(message: PhotoMessage) -> Photo:
    return Photo(
        id=message.id,
        preview=_rendition(message.renditions.preview),
        full=_rendition(message.renditions.full),
        caption=message.caption,
        credit=message.credit,
        alt_text=message.alt_text,
    )
