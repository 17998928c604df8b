"""Every refusal that the frameworks make by themselves, as the problem it is."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from reporterdesk.server.problems import ApiProblem, invalid
from reporterdesk.wire.problems import ProblemType

_SENTENCES = {
    400: (ProblemType.INVALID, "The message could not be read."),
    401: (ProblemType.SIGN_IN, "Sign in first."),
    404: (ProblemType.NOT_FOUND, "There is nothing at this address."),
    405: (ProblemType.INVALID, "This address does not take that method."),
    415: (ProblemType.INVALID, "Send the message as JSON."),
}


def add_handlers(app: FastAPI) -> None:
    """Make every refusal of ``app`` a Problem Details answer."""
    app.add_exception_handler(ApiProblem, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


async def _problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, ApiProblem)  # noqa: S101 - registered for nothing else
    return error.response()


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
    return invalid(_sentence(error)).response()


def _sentence(error: RequestValidationError) -> str:
    """Name the first thing that is wrong. The value itself is never repeated."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"][1:] if part != first["loc"][0])
    place = place.encode("ascii", "replace").decode()[:200]
    if first["type"] == "json_invalid":
        return "The message is not JSON."
    message = first["msg"].encode("utf-8", "replace").decode()[:300]
    return f"{place}: {message}." if place else f"{message}."


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - as above
    fallback = (ProblemType.INVALID, "The request was refused.")
    kind, detail = _SENTENCES.get(error.status_code, fallback)
    status = 422 if error.status_code == 400 else error.status_code
    return ApiProblem(kind, status, detail, headers=error.headers).response()
