"""Signing in and out: passwords by argon2id, tokens kept only as their SHA-256, one a device."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Row, insert, select, update

from reporterdesk.domain.ids import new_id
from reporterdesk.domain.people import Person
from reporterdesk.server.database import Database
from reporterdesk.server.people import person_with
from reporterdesk.server.problems import ApiProblem, sign_in_needed
from reporterdesk.server.tables import people, tokens
from reporterdesk.server.throttle import Throttle
from reporterdesk.wire.messages import SignInRequest
from reporterdesk.wire.problems import ProblemType

USE_NOTED_EVERY = timedelta(hours=1)


class Passwords:
    """Hashes and checks passwords with argon2id (RFC 9106, the library's low-memory profile)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash(secrets.token_hex(16))

    def hash(self, password: str) -> str:
        """Return the salted hash to keep."""
        return self._hasher.hash(_bytes(password))

    def matches(self, kept: str | None, password: str) -> bool:
        """Tell whether this is the password. Takes as long where there is no such account."""
        try:
            self._hasher.verify(kept or self._nobody, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes a call, and with which token."""

    person: Person
    token_id: str


def sign_in(
    database: Database,
    passwords: Passwords,
    request: SignInRequest,
    address: str,
    *,
    now: datetime,
    lifetime: timedelta | None,
) -> tuple[str, Person]:
    """Return a new token for the device, and whose it is. An older one of that device ends.

    The try is counted before the password is looked at, so that tries in parallel do not slip
    through; a right password takes the count back.

    :raises ApiProblem: 429 after too many failed tries, 401 where the pair is wrong.
    """
    email = fold_email(request.email)
    throttle = Throttle(email, address)
    with database.write(announce=False) as connection:
        wait = throttle.reserve(connection, now)
        row = connection.execute(select(people).where(people.c.email == email)).one_or_none()
    if wait > 0:
        raise _slow_down(wait)
    if not passwords.matches(row.password_hash if row else None, request.password) or row is None:
        detail = "The e-mail address or the password is wrong."
        raise ApiProblem(ProblemType.WRONG_PASSWORD, 401, detail)
    with database.write(announce=False) as connection:
        throttle.give_back(connection)
        token = _issue(connection, row.id, request.device, now, lifetime)
        return token, person_with(connection, row.id)


def _slow_down(wait: int) -> ApiProblem:
    detail = f"Too many failed tries. Wait {wait} seconds, then try again."
    return ApiProblem(ProblemType.SLOW_DOWN, 429, detail, headers={"Retry-After": str(wait)})


def _issue(
    connection: Connection, person_id: str, device: str, now: datetime, lifetime: timedelta | None
) -> str:
    token = secrets.token_urlsafe(32)
    device = device.encode("utf-8", "replace").decode().replace("\0", "")
    same = (tokens.c.person_id == person_id) & (tokens.c.device == device)
    connection.execute(
        update(tokens).where(same, tokens.c.revoked_at.is_(None)).values(revoked_at=now)
    )
    values = {
        "id": new_id(),
        "sha256": _digest(token),
        "person_id": person_id,
        "device": device,
        "created_at": now,
        "used_at": now,
        "expires_at": now + lifetime if lifetime else None,
    }
    connection.execute(insert(tokens).values(values))
    return token


def caller_with(database: Database, token: str, now: datetime) -> Caller:
    """Return who this token belongs to.

    :raises ApiProblem: 401 where it is unknown, revoked or expired.
    """
    with database.read() as connection:
        found = connection.execute(
            select(tokens).where(tokens.c.sha256 == _digest(token))
        ).one_or_none()
        if found is None or not _is_good(found, now):
            raise sign_in_needed()
        caller = Caller(person_with(connection, found.person_id), found.id)
    if now - found.used_at > USE_NOTED_EVERY:
        with database.write(announce=False) as connection:
            connection.execute(update(tokens).where(tokens.c.id == found.id).values(used_at=now))
    return caller


def _is_good(token: Row[tuple[object, ...]], now: datetime) -> bool:
    expires_at: datetime | None = token.expires_at
    return token.revoked_at is None and (expires_at is None or now < expires_at)


def sign_out(database: Database, token_id: str, now: datetime) -> None:
    """Revoke a token; one that is revoked already keeps its time."""
    with database.write(announce=False) as connection:
        good = (tokens.c.id == token_id) & tokens.c.revoked_at.is_(None)
        connection.execute(update(tokens).where(good).values(revoked_at=now))


def sign_out_everywhere(connection: Connection, person_id: str, now: datetime) -> int:
    """End every sign-in of a person, as after a new password; return how many there were."""
    good = (tokens.c.person_id == person_id) & tokens.c.revoked_at.is_(None)
    return connection.execute(update(tokens).where(good).values(revoked_at=now)).rowcount


def fold_email(email: str) -> str:
    """Return the form in which e-mail addresses are compared."""
    return email.strip().casefold().replace("\0", "")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
