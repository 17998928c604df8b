"""What the desk does with a report: decisions, comments, claims; and what changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool

from reporterdesk.server.routes.common import PartsNeeded, ReportId, SignedIn, problems
from reporterdesk.server.service import remarks
from reporterdesk.server.service.changes import changes_after
from reporterdesk.server.service.deciding import decide
from reporterdesk.server.service.wanted import want
from reporterdesk.wire.messages import (
    ChangesAnswer,
    ClaimMessage,
    CommentMessage,
    CommentRequest,
    DecisionAnswer,
    DecisionRequest,
    Id,
    WantedRequest,
)

router = APIRouter(prefix="/v1", tags=["desk"])


@router.put(
    "/reports/{report_id}/decisions/{decision_id}",
    responses=problems(401, 403, 404, 409, 413, 415, 422, 507),
)
def put_decision(
    report_id: ReportId,
    decision_id: Id,
    message: DecisionRequest,
    person: SignedIn,
    parts: PartsNeeded,
) -> DecisionAnswer:
    """Decide on the revision you saw."""
    return decide(
        parts.database,
        person,
        report_id,
        decision_id,
        message,
        now=parts.clock(),
        public_url=parts.config.public_url,
    )


@router.put(
    "/reports/{report_id}/comments/{comment_id}",
    responses=problems(401, 404, 409, 413, 415, 422, 507),
)
def put_comment(
    report_id: ReportId,
    comment_id: Id,
    message: CommentRequest,
    person: SignedIn,
    parts: PartsNeeded,
) -> CommentMessage:
    """Note something on a block or on the whole."""
    return remarks.comment(
        parts.database, person, report_id, comment_id, message, now=parts.clock()
    )


@router.put("/reports/{report_id}/claim", responses=problems(401, 403, 404, 422, 507))
def put_claim(report_id: ReportId, person: SignedIn, parts: PartsNeeded) -> ClaimMessage:
    """Say "I am reading this"; it expires by itself and blocks nobody."""
    return remarks.claim(parts.database, person, report_id, now=parts.clock())


@router.delete(
    "/reports/{report_id}/claim", status_code=204, responses=problems(401, 403, 404, 422, 507)
)
def delete_claim(report_id: ReportId, person: SignedIn, parts: PartsNeeded) -> None:
    """Take your claim back."""
    remarks.release(parts.database, person, report_id, now=parts.clock())


@router.put(
    "/reports/{report_id}/wanted",
    status_code=204,
    responses=problems(401, 403, 404, 413, 415, 422, 507),
)
def put_wanted(
    report_id: ReportId, message: WantedRequest, person: SignedIn, parts: PartsNeeded
) -> None:
    """Ask for some photos first; an empty list takes it back."""
    want(parts.database, person, report_id, message.photos, now=parts.clock())


@router.get("/changes", responses=problems(401, 422))
async def get_changes(
    request: Request,
    person: SignedIn,
    parts: PartsNeeded,
    after: Annotated[str | None, Query(max_length=60)] = None,
    wait: Annotated[
        float,
        Query(ge=0, allow_inf_nan=False, description="Seconds; 240 unless run with another limit."),
    ] = 0,
) -> ChangesAnswer:
    """Tell what changed after a cursor, waiting for something up to ``wait`` seconds.

    The answer comes at once when the server stops.
    """
    now = asyncio.get_running_loop().time
    give_up_at = now() + min(wait, parts.config.longest_wait)
    async with _gone(request) as gone:
        with parts.bell.listen() as listening:
            while True:
                answer = await run_in_threadpool(changes_after, parts.database, person, after)
                left = give_up_at - now()
                if answer.changes or left <= 0 or parts.bell.closing or gone.done():
                    return answer
                after = answer.cursor  # what they may not read need not be read again
                await listening.wait(left, gone)


@asynccontextmanager
async def _gone(request: Request) -> AsyncIterator[asyncio.Future[None]]:
    """Give a future that is done when the caller has hung up."""

    async def listening() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    task = asyncio.ensure_future(listening())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
