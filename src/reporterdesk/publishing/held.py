"""What :class:`~reporterdesk.publishing.memory.MemoryDesk` holds, and its messages about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from reporterdesk.domain.status import Status
from reporterdesk.wire.fingerprints import text_sha256
from reporterdesk.wire.messages import (
    ClaimMessage,
    CommentMessage,
    DecisionMessage,
    FileRequest,
    MissingPhoto,
    ReceiptMessage,
    RenditionMessage,
    ReportLine,
    ReportState,
    RevisionAnswer,
)
from reporterdesk.wire.order import Listed, sending_order

UPLOADS = "/v1/uploads"


@dataclass(slots=True)
class HeldReport:
    """What the desk holds of one report; ``revisions`` only ever grows."""

    id: str
    status: Status
    revisions: list[FileRequest]
    filed_at: datetime
    changed_at: datetime
    photos: dict[str, bytearray] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    decisions: dict[str, DecisionMessage] = field(default_factory=dict)
    comments: dict[str, CommentMessage] = field(default_factory=dict)
    claim: ClaimMessage | None = None
    published_revision_id: str | None = None
    wanted: tuple[str, ...] = ()
    received_at: dict[str, datetime] = field(default_factory=dict)
    """When each revision, and each whole photo file by its SHA-256, was received."""

    @property
    def newest(self) -> FileRequest:
        """The revision that stands."""
        return self.revisions[-1]

    @property
    def correction(self) -> bool:
        """Whether it is published, and a newer revision waits."""
        newest = self.newest.revision_id
        went_back = any(
            said.decision == "return" and said.revision_id == newest
            for said in self.decisions.values()
        )
        published = self.status is Status.PUBLISHED and not went_back
        return published and newest != self.published_revision_id

    @property
    def waiting(self) -> bool:
        """Whether an editor has something to read."""
        return self.status in {Status.FILED, Status.APPROVED} or self.correction

    def whole(self, rendition: RenditionMessage) -> bool:
        """Tell whether all bytes of a rendition have arrived."""
        return len(self.photos.get(rendition.sha256, b"")) == rendition.bytes


def report_line(held: HeldReport, author: str) -> ReportLine:
    """Return a line of the list of reports."""
    newest = held.newest
    whole = [
        photo
        for photo in newest.photos
        if held.whole(photo.renditions.preview) and held.whole(photo.renditions.full)
    ]
    return ReportLine(
        id=held.id,
        status=held.status,
        headline=newest.headline,
        section=newest.section,
        revision_id=newest.revision_id,
        changed_at=held.changed_at,
        author=author,
        event_date=newest.event.starts_at[:10],
        photos_total=len(newest.photos),
        photos_held=len(whole),
        correction=held.correction,
        public_url=public_url(held),
    )


def receipt(held: HeldReport, request: FileRequest) -> ReceiptMessage:
    """Return the receipt for a revision that is held."""
    files = [line.rendition for line in sending_order(request.photos)]
    whole = {file.sha256: file.bytes for file in files if held.whole(file)}
    received_at = held.received_at[request.revision_id]
    moments = (received_at, *(held.received_at[sha256] for sha256 in whole))
    return ReceiptMessage(
        revision_id=request.revision_id,
        text_sha256=text_sha256(request.body),
        photos=whole,
        at=received_at,
        complete_at=max(moments) if all(map(held.whole, files)) else None,
    )


def missing_photos(held: HeldReport, request: FileRequest) -> tuple[MissingPhoto, ...]:
    """Return what has not arrived of a revision's photos, in the order in which to send it."""
    previews = {photo.renditions.preview.sha256 for photo in request.photos}
    first: dict[str, Listed] = {}
    for line in sending_order(request.photos, held.wanted):
        if not held.whole(line.rendition):
            first.setdefault(line.rendition.sha256, line)
    return tuple(
        MissingPhoto(
            sha256=sha256,
            rendition="preview" if sha256 in previews else "full",
            upload_url=f"{UPLOADS}/{held.id}/{sha256}",
            offset=len(held.photos[sha256]),
            bytes=line.rendition.bytes,
            wanted=line.wanted,
        )
        for sha256, line in first.items()
    )


def revision_answer(held: HeldReport, request: FileRequest, filed_by: str) -> RevisionAnswer:
    """Return one of the revisions that are held."""
    return RevisionAnswer(
        **dict(request),
        number=held.revisions.index(request) + 1,
        filed_by=filed_by,
        filed_at=held.received_at[request.revision_id],
    )


def report_state(held: HeldReport) -> ReportState:
    """Return where a report stands."""
    return ReportState(
        id=held.id,
        status=held.status,
        revision_id=held.newest.revision_id,
        number=len(held.revisions),
        public_url=public_url(held),
    )


def public_url(held: HeldReport) -> str | None:
    """Return where a published report can be read."""
    if held.status is not Status.PUBLISHED:
        return None
    return f"https://desk.example/reports/{held.id}"
