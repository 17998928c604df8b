"""Filing and reading reports."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Response

from reporterdesk.server.routes.common import PartsNeeded, ReportId, SignedIn, problems
from reporterdesk.server.service.filing import Precondition, file_revision
from reporterdesk.server.service.listing import CEILING, list_reports
from reporterdesk.server.service.reading import (
    read_audit,
    read_report,
    read_revision,
    read_revisions,
)
from reporterdesk.wire.messages import (
    AuditAnswer,
    DeskStatus,
    FileAnswer,
    FileRequest,
    Id,
    ReportAnswer,
    ReportsAnswer,
    RevisionAnswer,
    RevisionsAnswer,
    Slug,
)

router = APIRouter(prefix="/v1/reports", tags=["reports"])

_TAG = re.compile(r'(W/)?"([^"]*)"')
_TAGS = r'^(\*|(W/)?"[!#-~]*"( *, *(W/)?"[!#-~]*")*)$'
_ETAG_HEADER = {"ETag": {"schema": {"type": "string"}, "description": "The revision, in quotes."}}


@router.put(
    "/{report_id}",
    responses={
        200: {"description": "A later revision is kept.", "headers": _ETAG_HEADER},
        201: {
            "description": "The report's first revision is kept.",
            "model": FileAnswer,
            "headers": _ETAG_HEADER,
        },
        **problems(401, 403, 404, 409, 412, 413, 415, 422, 428, 507),
    },
)
def put_report(
    *,
    report_id: ReportId,
    request: FileRequest,
    response: Response,
    person: SignedIn,
    parts: PartsNeeded,
    if_match: Annotated[str | None, Header(pattern=_TAGS)] = None,
    if_none_match: Annotated[Literal["*"] | None, Header()] = None,
) -> FileAnswer:
    """File a revision. The same one again answers as the first time."""
    filed = file_revision(
        parts.database,
        person,
        report_id,
        request,
        _precondition(if_match, if_none_match),
        now=parts.clock(),
        public_url=parts.config.public_url,
    )
    response.status_code = 201 if filed.first else 200
    response.headers["ETag"] = f'"{filed.answer.report.revision_id}"'
    return filed.answer


def _precondition(if_match: str | None, if_none_match: str | None) -> Precondition:
    absent = if_none_match is not None
    if if_match is None:
        return Precondition(absent=absent)
    if if_match.strip() == "*":
        return Precondition(absent=absent, matches=frozenset({"*"}))
    # A weak tag never matches here (RFC 9110, 13.1.1).
    strong = frozenset(tag for weak, tag in _TAG.findall(if_match) if not weak)
    return Precondition(absent=absent, matches=strong)


@router.get(
    "/{report_id}",
    responses={200: {"headers": _ETAG_HEADER}, **problems(401, 404, 422)},
)
def get_report(
    report_id: ReportId, response: Response, person: SignedIn, parts: PartsNeeded
) -> ReportAnswer:
    """Read the newest revision with its decisions and comments."""
    answer = read_report(
        parts.database,
        person,
        report_id,
        now=parts.clock(),
        public_url=parts.config.public_url,
    )
    response.headers["ETag"] = f'"{answer.revision_id}"'
    return answer


@router.get("", responses=problems(401, 422))
def get_reports(
    *,
    person: SignedIn,
    parts: PartsNeeded,
    section: Annotated[Slug | None, Query()] = None,
    status: Annotated[DeskStatus | None, Query()] = None,
    waiting: Annotated[bool, Query(description="Filed, approved, and corrections only.")] = False,
    q: Annotated[str, Query(max_length=500)] = "",
    after: Annotated[str | None, Query(max_length=40)] = None,
    limit: Annotated[int, Query(ge=1, description=f"At most {CEILING} are given.")] = 50,
) -> ReportsAnswer:
    """List the reports you may read, newest change first."""
    return list_reports(
        parts.database,
        person,
        section=section,
        status=status.value if status else None,
        waiting=waiting,
        query=q,
        after=after,
        limit=limit,
        public_url=parts.config.public_url,
    )


@router.get("/{report_id}/revisions", responses=problems(401, 404, 422))
def get_revisions(report_id: ReportId, person: SignedIn, parts: PartsNeeded) -> RevisionsAnswer:
    """List the report's revisions, oldest first."""
    return read_revisions(parts.database, person, report_id)


@router.get("/{report_id}/revisions/{revision_id}", responses=problems(401, 404, 422))
def get_revision(
    report_id: ReportId, revision_id: Id, person: SignedIn, parts: PartsNeeded
) -> RevisionAnswer:
    """Read one revision, exactly as it was filed."""
    return read_revision(parts.database, person, report_id, revision_id)


@router.get("/{report_id}/audit", responses=problems(401, 404, 422))
def get_audit(report_id: ReportId, person: SignedIn, parts: PartsNeeded) -> AuditAnswer:
    """Tell who did what, when."""
    return read_audit(parts.database, person, report_id)
