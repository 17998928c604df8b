"""For whoever runs the server: is it alive, is it ready, what does it do."""

from __future__ import annotations

import logging

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from reporterdesk.server.metrics import MEDIA_TYPE
from reporterdesk.server.parts import Parts
from reporterdesk.server.problems import ApiProblem
from reporterdesk.server.routes.common import PartsNeeded, problems
from reporterdesk.server.tables import reports, uploads
from reporterdesk.wire.problems import ProblemType

router = APIRouter(tags=["running"])
_log = logging.getLogger(__name__)


@router.get("/healthz", response_class=PlainTextResponse)
def healthz() -> str:
    """Answer as long as the process lives."""
    return "ok\n"


@router.get("/readyz", response_class=PlainTextResponse, responses=problems(503))
def readyz(parts: PartsNeeded) -> str:
    """Answer when the database does."""
    try:
        with parts.database.read() as connection:
            connection.execute(select(1))
    except SQLAlchemyError:
        _log.exception("The database does not answer.")
        raise ApiProblem(ProblemType.INTERNAL, 503, "The database does not answer.") from None
    return "ready\n"


@router.get("/metrics", response_class=PlainTextResponse)
def metrics(parts: PartsNeeded) -> PlainTextResponse:
    """Give counts in Prometheus' text format. They name no report and no person."""
    return PlainTextResponse(parts.metrics.text(_gauges(parts)), media_type=MEDIA_TYPE)


def _gauges(parts: Parts) -> dict[str, int]:
    by_status = select(reports.c.status, func.count().label("n")).group_by(reports.c.status)
    waiting = select(func.count()).select_from(uploads).where(uploads.c.held_at.is_(None))
    with parts.database.read() as connection:
        gauges = {f"reports_{row.status}": row.n for row in connection.execute(by_status)}
        gauges["photos_missing"] = connection.execute(waiting).scalar_one()
    return gauges
