"""The messages of the publishing API, version 1: names and shapes as the contract has them.

Requests are strict about what they accept, answers tolerate further fields, as the contract
promises that fields are only ever added.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from reporterdesk.domain import limits
from reporterdesk.domain.event import EventKind, Qualifier
from reporterdesk.domain.people import Role
from reporterdesk.domain.status import Status

API_VERSION = 1

Id = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"),
]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
RenditionName = Literal["preview", "full"]
DeskStatus = Literal[
    Status.FILED,
    Status.RETURNED,
    Status.APPROVED,
    Status.PUBLISHED,
    Status.SPIKED,
    Status.WITHDRAWN,
]
DecisionName = Literal["return", "approve", "publish", "schedule", "spike", "withdraw", "correct"]


class Message(BaseModel):
    """Base of all messages."""

    model_config = ConfigDict(frozen=True, extra="ignore", ser_json_inf_nan="null")


class SectionRoleMessage(Message):
    """What a person may do in one section."""

    section: Slug
    role: Role


class PersonMessage(Message):
    """Somebody with an account at this server."""

    id: Id
    name: str
    email: str
    administrator: bool = False
    roles: tuple[SectionRoleMessage, ...] = ()


class SignInRequest(Message):
    """``POST /v1/tokens``."""

    email: Annotated[str, StringConstraints(max_length=320)]
    password: Annotated[str, StringConstraints(max_length=1024)]
    device: Annotated[str, StringConstraints(max_length=200)]


class SignInAnswer(Message):
    """``POST /v1/tokens``: the device’s token, which is told only this once."""

    token: str
    person: PersonMessage


class SectionMessage(Message):
    """A place on the site; ``checklist`` are the desk’s reminders before filing."""

    slug: Slug
    name: str
    checklist: tuple[str, ...] = ()


class MeAnswer(Message):
    """``GET /v1/me``; ``api_version`` lets the app tell a server of another version."""

    person: PersonMessage
    sections: tuple[SectionMessage, ...] = ()
    api_version: int


class AttendanceMessage(Message):
    """How many people came, and how exact the number is."""

    number: Annotated[int, Field(ge=0, le=1_000_000_000)]
    qualifier: Qualifier


_Fact = Annotated[str, StringConstraints(max_length=limits.EVENT_FACT)]


class EventMessage(Message):
    """The facts of the event; dates as in :class:`~reporterdesk.domain.event.EventFacts`."""

    name: _Fact = ""
    kind: EventKind = EventKind.OTHER
    starts_at: Annotated[str, StringConstraints(max_length=40)] = ""
    ends_at: Annotated[str, StringConstraints(max_length=40)] | None = None
    venue: _Fact = ""
    city: _Fact = ""
    country: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")] = ""
    organiser: _Fact = ""
    attendance: AttendanceMessage | None = None


class RenditionMessage(Message):
    """One size of a photo: the bytes’ SHA-256 and number, and the pixels."""

    sha256: Sha256
    bytes: Annotated[int, Field(ge=1, le=200_000_000)]
    media_type: Annotated[str, StringConstraints(pattern=r"^image/(jpeg|png|webp)$")]
    width: Annotated[int, Field(ge=1, le=100_000)]
    height: Annotated[int, Field(ge=1, le=100_000)]


class RenditionsMessage(Message):
    """The two sizes that a photo has."""

    preview: RenditionMessage
    full: RenditionMessage


class PhotoMessage(Message):
    """A photo of the manifest, with what is written about it."""

    id: Id
    caption: Annotated[str, StringConstraints(max_length=limits.CAPTION)] = ""
    credit: Annotated[str, StringConstraints(max_length=limits.CREDIT)] = ""
    alt_text: Annotated[str, StringConstraints(max_length=limits.ALT_TEXT)] = ""
    renditions: RenditionsMessage


class FileRequest(Message):
    """``PUT /v1/reports/{id}``: a whole revision."""

    revision_id: Id
    parent_revision_id: Id | None = None
    section: Slug
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
    headline: Annotated[str, StringConstraints(max_length=limits.HEADLINE)]
    standfirst: Annotated[str, StringConstraints(max_length=limits.STANDFIRST)] = ""
    byline: Annotated[str, StringConstraints(max_length=limits.BYLINE)] = ""
    body: Annotated[str, StringConstraints(max_length=limits.BODY)]
    note_to_desk: Annotated[str, StringConstraints(max_length=limits.NOTE_TO_DESK)] = ""
    event: EventMessage
    photos: Annotated[tuple[PhotoMessage, ...], Field(max_length=limits.PHOTOS)] = ()
    lead_photo: Id | None = None
    embargoed_until: datetime | None = None


class ReportState(Message):
    """Where a report stands; ``number`` counts its revisions from 1."""

    id: Id
    status: DeskStatus
    revision_id: Id
    number: int
    public_url: str | None = None


class ReceiptMessage(Message):
    """What the server holds; ``photos`` gives the bytes held for each complete SHA-256.

    ``at`` is when the text was received, ``complete_at`` when the last of the revision's photos
    was; null while any is missing.
    """

    revision_id: Id
    text_sha256: Sha256
    photos: dict[str, int]
    at: datetime
    complete_at: datetime | None = None


class MissingPhoto(Message):
    """A photo file that has not arrived whole: ``offset`` of ``bytes`` are held for good.

    ``wanted`` is its photo's place in what the desk asks for first, from 1; 0: not asked for.
    """

    sha256: Sha256
    rendition: RenditionName
    upload_url: str
    offset: int
    bytes: int
    wanted: int = 0


class FileAnswer(Message):
    """``PUT /v1/reports/{id}``: what the desk holds of the revision, and what it misses.

    ``missing`` stands in the order in which to send: the previews of the photos that the desk
    wants first, their full sizes, the other previews, the other full sizes.
    """

    report: ReportState
    receipt: ReceiptMessage
    missing: tuple[MissingPhoto, ...] = ()


class DecisionRequest(Message):
    """``PUT /v1/reports/{id}/decisions/{decision_id}``."""

    decision: DecisionName
    revision_id: Id
    note: Annotated[str, StringConstraints(max_length=20_000)] = ""
    publish_at: datetime | None = None


class DecisionMessage(Message):
    """A decision that was recorded, on the revision that the editor saw."""

    id: Id
    decision: DecisionName
    revision_id: Id
    note: str
    by: str
    at: datetime


class DecisionAnswer(Message):
    """``PUT /v1/reports/{id}/decisions/{decision_id}``: where the report stands after it."""

    report: ReportState


class CommentRequest(Message):
    """``PUT /v1/reports/{id}/comments/{comment_id}``; ``block`` counts from 0, null: the whole."""

    revision_id: Id
    block: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    text: Annotated[str, StringConstraints(min_length=1, max_length=20_000)]


class CommentMessage(Message):
    """A note that was recorded, on one block or, with null, on the whole."""

    id: Id
    revision_id: Id
    block: int | None
    text: str
    author: str
    at: datetime


class ClaimMessage(Message):
    """Who says that they are reading the report; it holds until ``expires_at``."""

    person: str
    expires_at: datetime


class WantedRequest(Message):
    """``PUT /v1/reports/{id}/wanted``: the photos that the desk wants first, by id, in order."""

    photos: Annotated[tuple[Id, ...], Field(max_length=limits.PHOTOS)] = ()


class ReportAnswer(FileRequest):
    """``GET /v1/reports/{id}``: the newest revision and everything said of it."""

    id: Id
    status: DeskStatus
    number: int
    author: str
    author_id: Id | None = None
    filed_by: str = ""
    """Who filed this revision; ``""`` from a server that does not say."""
    filed_at: datetime
    changed_at: datetime
    public_url: str | None = None
    receipt: ReceiptMessage
    missing: tuple[MissingPhoto, ...] = ()
    wanted: tuple[Id, ...] = ()
    decisions: tuple[DecisionMessage, ...] = ()
    comments: tuple[CommentMessage, ...] = ()
    claim: ClaimMessage | None = None


class ReportLine(Message):
    """One line of ``GET /v1/reports``."""

    id: Id
    status: DeskStatus
    headline: str
    section: Slug
    revision_id: Id
    changed_at: datetime
    author: str
    event_date: str
    photos_total: int
    photos_held: int
    correction: bool = False
    """Whether it is published, and a newer revision waits for the desk."""
    public_url: str | None = None


class ReportsAnswer(Message):
    """``GET /v1/reports``: one page; ``next`` is the cursor of the one after it."""

    reports: tuple[ReportLine, ...]
    next: str | None = None


class Change(Message):
    """Something that happened to a report; ``kind`` says what, as ``filed``."""

    report_id: Id
    kind: str
    revision_id: Id
    at: datetime


class ChangesAnswer(Message):
    """``GET /v1/changes``: what happened, oldest first, and where to go on from."""

    changes: tuple[Change, ...]
    cursor: str


class RevisionLine(Message):
    """One line of ``GET /v1/reports/{id}/revisions``."""

    revision_id: Id
    parent_revision_id: Id | None
    number: int
    headline: str
    filed_by: str
    filed_at: datetime


class RevisionsAnswer(Message):
    """``GET /v1/reports/{id}/revisions``: all revisions, oldest first."""

    revisions: tuple[RevisionLine, ...]


class RevisionAnswer(FileRequest):
    """``GET /v1/reports/{id}/revisions/{rid}``: one revision as it was filed, and by whom."""

    number: int
    filed_by: str
    filed_at: datetime


class AuditLine(Message):
    """One line of ``GET /v1/reports/{id}/audit``: who did what, and when."""

    at: datetime
    person: str
    action: str
    revision_id: Id | None
    note: str = ""


class AuditAnswer(Message):
    """``GET /v1/reports/{id}/audit``: all that was done, oldest first."""

    entries: tuple[AuditLine, ...]


class Problem(BaseModel):
    """Problem Details (RFC 9457); further members are allowed."""

    model_config = ConfigDict(extra="allow", frozen=True)

    type: str = "about:blank"
    title: str = ""
    status: int = 0
    detail: str = ""
