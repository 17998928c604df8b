"""What the routes share: the parts, the caller, and the problems each call documents."""

from __future__ import annotations

from typing import Annotated, Any, cast

from fastapi import Depends, Path, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from reporterdesk.domain.people import Person
from reporterdesk.server.auth import Caller, caller_with
from reporterdesk.server.parts import Parts
from reporterdesk.server.problems import sign_in_needed, title_of
from reporterdesk.wire.messages import Id, Sha256
from reporterdesk.wire.problems import MEDIA_TYPE

_bearer = HTTPBearer(auto_error=False, description="The token of one device.")


def get_parts(request: Request) -> Parts:
    """Return the parts that the application was built of."""
    return cast("Parts", request.app.state.parts)


PartsNeeded = Annotated[Parts, Depends(get_parts)]


def get_caller(
    parts: PartsNeeded,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
) -> Caller:
    """Return who calls.

    :raises ApiProblem: 401 without a good token.
    """
    if credentials is None:
        raise sign_in_needed()
    return caller_with(parts.database, credentials.credentials, parts.clock())


def get_person(caller: Annotated[Caller, Depends(get_caller)]) -> Person:
    """Return the person who calls."""
    return caller.person


SignedIn = Annotated[Person, Depends(get_person)]
SignedInCaller = Annotated[Caller, Depends(get_caller)]
ReportId = Annotated[Id, Path(description="Made by the client, before anything is sent.")]
PhotoHash = Annotated[Sha256, Path(description="The SHA-256 of the file's bytes, in hex.")]


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return how the API document shows these refusals."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": title_of(status), "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }
