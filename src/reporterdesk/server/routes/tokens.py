"""Signing a device in and out, and who is signed in."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from reporterdesk.server.auth import sign_in, sign_out
from reporterdesk.server.people import me, person_message
from reporterdesk.server.routes.common import PartsNeeded, SignedIn, SignedInCaller, problems
from reporterdesk.wire.messages import MeAnswer, SignInAnswer, SignInRequest

router = APIRouter(tags=["signing in"])


@router.post("/v1/tokens", status_code=201, responses=problems(401, 413, 422, 429))
def create_token(
    message: SignInRequest, request: Request, response: Response, parts: PartsNeeded
) -> SignInAnswer:
    """Sign a device in: exchange e-mail and password for a token."""
    address = request.client.host if request.client else ""
    token, person = sign_in(
        parts.database,
        parts.passwords,
        message,
        address,
        now=parts.clock(),
        lifetime=parts.config.token_lifetime,
    )
    response.headers["Cache-Control"] = "no-store"
    return SignInAnswer(token=token, person=person_message(person))


@router.delete("/v1/tokens/current", status_code=204, responses=problems(401))
def delete_token(caller: SignedInCaller, parts: PartsNeeded) -> None:
    """Sign this device out."""
    sign_out(parts.database, caller.token_id, parts.clock())


@router.get("/v1/me", responses=problems(401))
def read_me(person: SignedIn, parts: PartsNeeded) -> MeAnswer:
    """Tell who is signed in and the sections they write for and edit."""
    with parts.database.read() as connection:
        return me(connection, person)
