"""Every refusal of the API, as Problem Details (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse

from reporterdesk.wire.problems import MEDIA_TYPE, ProblemType


class ApiProblem(Exception):
    """A refusal: its stable type, its HTTP status and one plain sentence.

    :ivar extra: further members of the problem, as ``current_revision_id``.
    """

    def __init__(
        self,
        type_: ProblemType,
        status: int,
        detail: str,
        *,
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.type = type_
        self.status = status
        self.detail = detail
        self.extra = dict(extra or {})
        self.headers = dict(headers or {})

    def response(self) -> JSONResponse:
        """Return it as an answer."""
        content = {
            "type": self.type.value,
            "title": title_of(self.status),
            "status": self.status,
            "detail": self.detail,
            **self.extra,
        }
        return JSONResponse(content, self.status, headers=self.headers, media_type=MEDIA_TYPE)


def title_of(status: int) -> str:
    """Return the short name of an HTTP status; 460 is the tus checksum extension's."""
    return "Checksum Mismatch" if status == 460 else HTTPStatus(status).phrase


def not_found() -> ApiProblem:
    """Return the one refusal for what is not there and for what must not be known."""
    return ApiProblem(ProblemType.NOT_FOUND, 404, "There is nothing here that you may see.")


def invalid(detail: str) -> ApiProblem:
    """Return the refusal of a message that breaks the contract."""
    return ApiProblem(ProblemType.INVALID, 422, detail)


def not_allowed(detail: str) -> ApiProblem:
    """Return the refusal of what this person may not do, where that gives nothing away."""
    return ApiProblem(ProblemType.NOT_ALLOWED, 403, detail)


def sign_in_needed() -> ApiProblem:
    """Return the refusal of a call without a good token."""
    detail = "Sign in first: the token is missing, unknown, expired or revoked."
    headers = {"WWW-Authenticate": 'Bearer realm="ReporterDesk"'}
    return ApiProblem(ProblemType.SIGN_IN, 401, detail, headers=headers)


def no_room() -> ApiProblem:
    """Return the refusal when the server's disk is full."""
    detail = "The server has no room left. What it acknowledged is safe; try again later."
    return ApiProblem(ProblemType.NO_ROOM, 507, detail, headers={"Retry-After": "60"})


def too_large(detail: str) -> ApiProblem:
    """Return the refusal of what is larger than announced or allowed."""
    return ApiProblem(ProblemType.TOO_LARGE, 413, detail)
