"""A central desk in memory: it keeps the contract, and fails as it is told to."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.errors import (
    Conflict,
    OffsetMismatch,
    Refused,
    TransitionRefused,
    WrongChecksum,
)
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.people import Role
from reporterdesk.domain.status import Action, Status, after
from reporterdesk.publishing.faults import Faults
from reporterdesk.publishing.held import (
    UPLOADS,
    HeldReport,
    missing_photos,
    public_url,
    receipt,
    report_line,
    report_state,
    revision_answer,
)
from reporterdesk.wire import kinds
from reporterdesk.wire.messages import (
    API_VERSION,
    Change,
    ChangesAnswer,
    ClaimMessage,
    CommentMessage,
    CommentRequest,
    DecisionAnswer,
    DecisionMessage,
    DecisionRequest,
    FileAnswer,
    FileRequest,
    MeAnswer,
    PersonMessage,
    RenditionName,
    ReportAnswer,
    ReportsAnswer,
    RevisionAnswer,
    SectionMessage,
    SectionRoleMessage,
)
from reporterdesk.wire.order import sending_order
from reporterdesk.wire.problems import ProblemType

_PAGE = 100


class MemoryDesk:
    """A connector to a desk that lives in this object, for one person with every role.

    :ivar faults: what goes wrong, and how often each call was made.
    :ivar held: the reports by id, to be looked at.
    """

    def __init__(self, section: str = "town", clock: Clock = utc_now) -> None:
        self.faults = Faults()
        self.held: dict[str, HeldReport] = {}
        self._clock = clock
        self._section = section
        self._changes: list[Change] = []
        roles = tuple(SectionRoleMessage(section=section, role=role) for role in Role)
        self._person = PersonMessage(
            id=new_id(), name="Ines Kalder", email="ines@desk.example", roles=roles
        )

    def me(self) -> MeAnswer:
        """Ask who is signed in."""
        with self.faults.around("me"):
            section = SectionMessage(slug=self._section, name=self._section.title())
            return MeAnswer(person=self._person, sections=(section,), api_version=API_VERSION)

    def sign_out(self) -> None:
        """Revoke this device's token."""
        with self.faults.around("sign_out"):
            return

    def file(self, report_id: str, request: FileRequest) -> FileAnswer:
        """File a revision; the same revision again gives the same answer."""
        with self.faults.around("file"):
            held = self.held.get(report_id)
            made = {line.revision_id: line for line in held.revisions} if held else {}
            known = made.get(request.revision_id)
            if known is not None and known != request:
                raise Refused(problem_type=ProblemType.ID_REUSED, status=409)
            if held is None or known is None:
                held = self._receive(report_id, held, request)
            return FileAnswer(
                report=report_state(held),
                receipt=receipt(held, request),
                missing=missing_photos(held, request),
            )

    def upload_offset(self, upload_url: str) -> int:
        """Ask how many bytes of an upload the desk holds for good."""
        with self.faults.around("upload_offset"):
            held, sha256 = self._upload(upload_url)
            return len(held.photos[sha256])

    def upload(self, upload_url: str, offset: int, chunk: bytes) -> int:
        """Take ``chunk`` at ``offset``; the last one only if the SHA-256 is right."""
        with self.faults.around("upload"):
            held, sha256 = self._upload(upload_url)
            data = held.photos[sha256]
            if offset != len(data):
                raise OffsetMismatch
            if offset + len(chunk) > held.sizes[sha256]:
                raise Refused(problem_type=ProblemType.TOO_LARGE, status=413)
            whole = bytes(data) + chunk
            if len(whole) == held.sizes[sha256] and hashlib.sha256(whole).hexdigest() != sha256:
                raise WrongChecksum
            data += chunk
            if chunk and len(data) == held.sizes[sha256]:
                held.received_at[sha256] = self._clock()
                self._note(held, kinds.PHOTO)
            return len(data)

    def report(self, report_id: str) -> ReportAnswer:
        """Read a report's newest revision with its decisions and comments."""
        with self.faults.around("report"):
            held = self._known(report_id)
            return ReportAnswer(
                **dict(held.newest),
                id=held.id,
                status=held.status,
                number=len(held.revisions),
                author=self._person.name,
                author_id=self._person.id,
                filed_by=self._person.name,
                filed_at=held.filed_at,
                changed_at=held.changed_at,
                public_url=public_url(held),
                receipt=receipt(held, held.newest),
                missing=missing_photos(held, held.newest),
                wanted=held.wanted,
                decisions=tuple(held.decisions.values()),
                comments=tuple(held.comments.values()),
                claim=held.claim,
            )

    def revision(self, report_id: str, revision_id: str) -> RevisionAnswer:
        """Read one revision, whole."""
        with self.faults.around("revision"):
            held = self._known(report_id)
            for request in held.revisions:
                if request.revision_id == revision_id:
                    return revision_answer(held, request, self._person.name)
            raise _not_found()

    def reports(
        self,
        *,
        section: str | None = None,
        status: str | None = None,
        waiting: bool = False,
        query: str = "",
        after: str | None = None,
        limit: int = 50,
    ) -> ReportsAnswer:
        """List reports, newest change first, a page at a time."""
        with self.faults.around("reports"):
            lines = [
                report_line(held, self._person.name)
                for held in sorted(self.held.values(), key=lambda h: (h.changed_at, h.id))[::-1]
                if section in {None, held.newest.section}
                and status in {None, held.status.value}
                and (held.waiting or not waiting)
                and query.casefold() in held.newest.headline.casefold()
            ]
            start = int(after or 0)
            more = str(start + limit) if len(lines) > start + limit else None
            return ReportsAnswer(reports=tuple(lines[start : start + limit]), next=more)

    def changes(self, after: str | None, *, wait: float = 0) -> ChangesAnswer:  # noqa: ARG002 - the Connector’s
        """Ask what changed after a cursor; never waits."""
        with self.faults.around("changes"):
            start = int(after or 0)
            if start > len(self._changes):
                raise Refused(problem_type=ProblemType.INVALID, status=422)
            page = tuple(self._changes[start : start + _PAGE])
            return ChangesAnswer(changes=page, cursor=str(start + len(page)))

    def decide(self, report_id: str, decision_id: str, request: DecisionRequest) -> DecisionAnswer:
        """Record an editor's decision, bound to the revision they saw."""
        with self.faults.around("decide"):
            held = self._known(report_id)
            if decision_id not in held.decisions:
                self._decide(held, decision_id, request)
            return DecisionAnswer(report=report_state(held))

    def comment(self, report_id: str, comment_id: str, request: CommentRequest) -> None:
        """Record a note on a block or on the whole."""
        with self.faults.around("comment"):
            held = self._known(report_id)
            if comment_id not in held.comments:
                held.comments[comment_id] = CommentMessage(
                    id=comment_id,
                    author=self._person.name,
                    at=self._clock(),
                    **dict(request),
                )
                self._note(held, kinds.COMMENTED)

    def claim(self, report_id: str) -> None:
        """Say "I am reading this"."""
        with self.faults.around("claim"):
            held = self._known(report_id)
            if held.claim is None:
                self._note(held, kinds.CLAIMED, moves=False)
            held.claim = ClaimMessage(person=self._person.name, expires_at=self._clock())

    def release(self, report_id: str) -> None:
        """Take the claim back."""
        with self.faults.around("release"):
            held = self._known(report_id)
            if held.claim is not None:
                held.claim = None
                self._note(held, kinds.RELEASED, moves=False)

    def want(self, report_id: str, photos: Sequence[str]) -> None:
        """Ask for these photos first."""
        with self.faults.around("want"):
            held, wanted = self._known(report_id), tuple(dict.fromkeys(photos))
            if held.wanted != wanted:
                held.wanted = wanted
                self._note(held, kinds.WANTED, moves=False)

    def photo(self, sha256: str, rendition: RenditionName) -> bytes:  # noqa: ARG002 - the Connector’s
        """Fetch a photo's bytes."""
        with self.faults.around("photo"):
            for held in self.held.values():
                if len(held.photos.get(sha256, b"")) == held.sizes.get(sha256, 0) > 0:
                    return bytes(held.photos[sha256])
            raise _not_found()

    def close(self) -> None:
        """Nothing is kept open."""

    def _receive(self, report_id: str, held: HeldReport | None, request: FileRequest) -> HeldReport:
        current = held.newest.revision_id if held else None
        if request.parent_revision_id != current:
            raise Conflict(current_revision_id=current)
        now = self._clock()
        if held is None:
            held = HeldReport(report_id, Status.FILED, [], now, now)
            self.held[report_id] = held
        else:
            held.status = _moved(held.status, Action.DELIVER)
        held.revisions.append(request)
        held.received_at[request.revision_id] = now
        for line in sending_order(request.photos):
            held.sizes[line.rendition.sha256] = line.rendition.bytes
            held.photos.setdefault(line.rendition.sha256, bytearray())
        self._note(held, kinds.FILED)
        return held

    def _decide(self, held: HeldReport, decision_id: str, request: DecisionRequest) -> None:
        if request.revision_id != held.newest.revision_id:
            raise Conflict(current_revision_id=held.newest.revision_id)
        action = Action(request.decision)
        moved = _moved(held.status, action)
        if action is Action.RETURN and held.status is Status.PUBLISHED and not held.correction:
            detail = "There is no newer revision than the published one to correct it by."
            raise Refused(detail, problem_type=ProblemType.STATUS, status=409)
        if action is Action.PUBLISH and missing_photos(held, held.newest):
            detail = "Some of its photos have not arrived yet."
            raise Refused(detail, problem_type=ProblemType.PHOTOS_MISSING, status=409)
        held.status = moved
        if action in {Action.PUBLISH, Action.CORRECT}:
            held.published_revision_id = request.revision_id
        held.decisions[decision_id] = DecisionMessage(
            id=decision_id,
            decision=request.decision,
            revision_id=request.revision_id,
            note=request.note,
            by=self._person.name,
            at=self._clock(),
        )
        self._note(held, kinds.DECIDED[request.decision])

    def _note(self, held: HeldReport, kind: str, *, moves: bool = True) -> None:
        """Write down a change; one that ``moves`` brings the report to the front of the lists."""
        now = self._clock()
        if moves:
            held.changed_at = now
        revision_id = held.newest.revision_id
        self._changes.append(Change(report_id=held.id, kind=kind, revision_id=revision_id, at=now))

    def _known(self, report_id: str) -> HeldReport:
        if report_id not in self.held:
            raise _not_found()
        return self.held[report_id]

    def _upload(self, upload_url: str) -> tuple[HeldReport, str]:
        report_id, _, sha256 = upload_url.removeprefix(f"{UPLOADS}/").partition("/")
        held = self._known(report_id)
        if sha256 not in held.photos:
            raise _not_found()
        return held, sha256


def _moved(status: Status, action: Action) -> Status:
    try:
        return after(status, action)
    except TransitionRefused as error:
        raise Refused(error.happened, problem_type=ProblemType.STATUS, status=409) from None


def _not_found() -> Refused:
    return Refused("The desk has no such report.", problem_type=ProblemType.NOT_FOUND, status=404)
