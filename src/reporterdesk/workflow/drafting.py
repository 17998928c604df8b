"""Writing: every change is saved, from the first keystroke on."""

from __future__ import annotations

from dataclasses import replace

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.errors import StoreFull, TransitionRefused
from reporterdesk.domain.event import EventFacts
from reporterdesk.domain.photo import Photo
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import EDITABLE, Status
from reporterdesk.store.store import Store
from reporterdesk.text.cleaning import clean_text
from reporterdesk.workflow.remembering import remember_writing


def save_draft(store: Store, report_id: str, content: ReportContent, *, clock: Clock) -> Report:
    """Save what is written in one transaction, and return the report as it is saved.

    Where a moment of its history is due, it is kept in the same transaction; on a disk that has
    room for the text alone, the text is saved without it.

    The report's row is born here, at its first keystroke. Characters that cannot be kept (lone
    surrogates, control characters) are cleaned out; the same content again changes nothing, not
    even the time of the last change.

    :raises TransitionRefused: the desk has the report, or it waits in the outbox; what is frozen
        is not written over.
    :raises StoreFull: the disk is full; the last saved text stands, and a later save goes on.
    """
    cleaned = clean_content(content)
    try:
        return _saved(store, report_id, cleaned, clock, remembering=True)
    except StoreFull:
        if store.in_transaction:  # which is lost as a whole
            raise
        return _saved(store, report_id, cleaned, clock, remembering=False)


def _saved(
    store: Store, report_id: str, cleaned: ReportContent, clock: Clock, *, remembering: bool
) -> Report:
    with store.transaction():
        report = store.reports.find(report_id)
        if report is None:
            now = clock()
            report = Report(report_id, cleaned, Status.DRAFT, created_at=now, changed_at=now)
            store.reports.add(report)
            return report
        if report.content == cleaned:
            return report
        if report.status not in EDITABLE:
            raise TransitionRefused(
                "This report has been filed and cannot be changed as it stands.",
                safe="What you filed is safe.",
                next_step="Take it out of the outbox, or start a correction, to go on writing.",
            )
        now = clock()
        if remembering:
            remember_writing(store, report, cleaned, now)
        return store.reports.save_content(report_id, cleaned, now)


def open_report(store: Store, report_id: str) -> Report:
    """Return a report to read or to write on.

    :raises ReportNotFound: there is none with this id.
    """
    return store.reports.get(report_id)


def trash_report(store: Store, report_id: str, *, clock: Clock) -> Report:
    """Put a report into the trash, for thirty days at the least; the desk keeps what it has.

    :raises TransitionRefused: it waits in the outbox, or its photos are still on their way.
    """
    with store.transaction():
        report = store.reports.get(report_id)
        delivery = store.outbox.get(report_id)
        if delivery is not None and delivery.state is not DeliveryState.DELIVERED:
            raise TransitionRefused(
                "This report is still on its way to the desk.",
                safe="Nothing was changed.",
                next_step="Take it out of the outbox first, or wait until the desk has it.",
            )
        if report.trashed_at is not None:
            return report
        return store.reports.trash(report_id, store.trash.look(clock()))


def restore_report(store: Store, report_id: str) -> Report:
    """Take a report out of the trash, back to where it stood.

    :raises ReportNotFound: there is none with this id.
    """
    return store.reports.restore(report_id)


def clean_content(content: ReportContent) -> ReportContent:
    """Return ``content`` with only such characters as can be kept, sent and shown."""
    return replace(
        content,
        headline=_line(content.headline),
        standfirst=clean_text(content.standfirst),
        byline=_line(content.byline),
        section=_line(content.section),
        language=_line(content.language),
        body=clean_text(content.body),
        note_to_desk=clean_text(content.note_to_desk),
        event=_clean_event(content.event),
        photos=tuple(_clean_photo(photo) for photo in content.photos),
    )


def _clean_event(event: EventFacts) -> EventFacts:
    return replace(
        event,
        name=_line(event.name),
        starts_at=_line(event.starts_at),
        ends_at=None if event.ends_at is None else _line(event.ends_at),
        venue=_line(event.venue),
        city=_line(event.city),
        country=_line(event.country),
        organiser=_line(event.organiser),
    )


def _clean_photo(photo: Photo) -> Photo:
    return replace(
        photo,
        caption=clean_text(photo.caption),
        credit=_line(photo.credit),
        alt_text=clean_text(photo.alt_text),
    )


def _line(text: str) -> str:
    """Return ``text`` cleaned and on one line."""
    return clean_text(text).replace("\n", " ").replace("\t", " ")
