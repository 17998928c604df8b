"""A report with all that belongs to it, as JSON and back, exactly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.errors import StoreUnreadable
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.photo import Photo
from reporterdesk.domain.report import Report, ReportContent, Revision
from reporterdesk.domain.status import Status
from reporterdesk.store.content_json import content_from_json, content_to_json
from reporterdesk.store.desk_json import Note, notes_from_json, notes_to_json
from reporterdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of a report's history."""

    taken_at: datetime
    reason: SnapshotReason
    content: ReportContent


@dataclass(frozen=True, slots=True)
class Record:
    """A report, its revisions in their order, its delivery, what the desk said, its history."""

    report: Report
    revisions: tuple[Revision, ...] = ()
    delivery: Delivery | None = None
    notes: tuple[Note, ...] = ()
    history: tuple[Moment, ...] = ()

    def photos(self) -> tuple[Photo, ...]:
        """Return the report's own photos, then those that only its past refers to."""
        past = (*(r.content for r in self.revisions), *(m.content for m in self.history))
        found = {photo.id: photo for content in past for photo in content.photos}
        own = self.report.content.photos
        for photo in own:
            found.pop(photo.id, None)
        return (*own, *found.values())


def read_record(store: Store, report_id: str) -> Record:
    """Read all of a report at one moment. Runs on the store thread.

    :raises ReportNotFound: it is gone.
    """
    with store.transaction():
        return Record(
            store.reports.get(report_id),
            store.revisions.of_report(report_id),
            store.outbox.get(report_id),
            store.desk.notes(report_id),
            tuple(_moments(store, report_id)),
        )


def _moments(store: Store, report_id: str) -> Iterator[Moment]:
    """Read a report's history; a damaged moment is passed over, and the doctor names it."""
    for info in store.snapshots.of_report(report_id):
        with suppress(StoreUnreadable):
            yield Moment(info.taken_at, info.reason, store.snapshots.content(info.number))


def record_to_json(record: Record) -> str:
    """Return ``record`` as JSON, indented for a reader."""
    report = record.report
    found = {
        "id": report.id,
        "status": report.status.value,
        "desk_status": None if report.desk_status is None else report.desk_status.value,
        "created_at": report.created_at.isoformat(),
        "changed_at": report.changed_at.isoformat(),
        "trashed_at": None if report.trashed_at is None else report.trashed_at.isoformat(),
        "revision_id": report.revision_id,
        "public_url": report.public_url,
        "content": _content(report.content),
        "revisions": [_revision(revision) for revision in record.revisions],
        "delivery": None if record.delivery is None else _delivery(record.delivery),
        "notes": json.loads(notes_to_json(record.notes)),
        "history": [
            {
                "taken_at": moment.taken_at.isoformat(),
                "reason": moment.reason.value,
                "content": _content(moment.content),
            }
            for moment in record.history
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=1)


def record_from_json(text: str) -> Record:
    """Return the record that :func:`record_to_json` wrote.

    :raises ValueError: it is none.
    """
    try:
        return _record(json.loads(text))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("This is no report.") from error


def _record(found: dict[str, Any]) -> Record:
    report_id = _text(found["id"])
    report = Report(
        id=report_id,
        content=_content_of(found["content"]),
        status=Status(found["status"]),
        created_at=_time(found["created_at"]),
        changed_at=_time(found["changed_at"]),
        revision_id=_optional_text(found["revision_id"]),
        desk_status=None if found["desk_status"] is None else Status(found["desk_status"]),
        public_url=_optional_text(found["public_url"]),
        trashed_at=None if found["trashed_at"] is None else _time(found["trashed_at"]),
    )
    return Record(
        report,
        tuple(_revision_of(report_id, each) for each in found["revisions"]),
        None if found["delivery"] is None else _delivery_of(report_id, found["delivery"]),
        notes_from_json(json.dumps(found["notes"])),
        tuple(
            Moment(
                _time(each["taken_at"]),
                SnapshotReason(each["reason"]),
                _content_of(each["content"]),
            )
            for each in found["history"]
        ),
    )


def _content(content: ReportContent) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(content_to_json(content))
    return found


def _content_of(found: dict[str, Any]) -> ReportContent:
    content = content_from_json(json.dumps(found))
    for words in (content.headline, content.standfirst, content.body, content.section):
        _text(words)
    return content


def _revision(revision: Revision) -> dict[str, Any]:
    return {
        "id": revision.id,
        "parent_id": revision.parent_id,
        "created_at": revision.created_at.isoformat(),
        "content": _content(revision.content),
    }


def _revision_of(report_id: str, found: dict[str, Any]) -> Revision:
    return Revision(
        _text(found["id"]),
        report_id,
        _optional_text(found["parent_id"]),
        _content_of(found["content"]),
        _time(found["created_at"]),
    )


def _delivery(delivery: Delivery) -> dict[str, Any]:
    found = asdict(delivery)
    del found["report_id"]
    next_attempt = delivery.next_attempt_at
    return {**found, "next_attempt_at": None if next_attempt is None else next_attempt.isoformat()}


def _delivery_of(report_id: str, found: dict[str, Any]) -> Delivery:
    next_attempt = found.get("next_attempt_at")
    return Delivery(
        report_id,
        _text(found["revision_id"]),
        DeliveryState(found["state"]),
        photos_total=int(found["photos_total"]),
        photos_delivered=int(found["photos_delivered"]),
        bytes_total=int(found["bytes_total"]),
        bytes_delivered=int(found["bytes_delivered"]),
        attempts=int(found["attempts"]),
        next_attempt_at=None if next_attempt is None else _time(next_attempt),
        why=_text(found["why"]),
    )


def _time(found: Any) -> datetime:
    moment = datetime.fromisoformat(found)
    if moment.tzinfo is None:
        raise ValueError("A time without its zone.")
    return moment


def _text(found: Any) -> str:
    if not isinstance(found, str):
        raise TypeError("Not a text.")
    return found


def _optional_text(found: Any) -> str | None:
    return None if found is None else _text(found)
