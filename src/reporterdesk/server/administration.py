"""Making sections and people: what an administrator does at the server itself."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from reporterdesk.domain.errors import ReporterDeskError
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.people import Role, SectionRole
from reporterdesk.server.auth import Passwords, fold_email, sign_out_everywhere
from reporterdesk.server.database import Database
from reporterdesk.server.service.records import record_audit
from reporterdesk.server.tables import people, roles, sections, tokens

SHORTEST_PASSWORD = 8
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WHO = "administration"


class AdminRefused(ReporterDeskError):
    """What was asked cannot be done; nothing was changed."""

    safe = "Nothing was changed."


@dataclass(frozen=True, slots=True)
class TokenLine:
    """One sign-in that still holds."""

    id: str
    email: str
    device: str
    created_at: datetime
    used_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Administration:
    """The use cases. Every change is one transaction and stands in the audit.

    :raises AdminRefused: from every method, with a plain sentence.
    """

    database: Database
    passwords: Passwords

    def add_section(
        self,
        slug: str,
        name: str,
        now: datetime,
        *,
        introduction: str = "",
        link_url: str = "",
        link_text: str = "",
        checklist: tuple[str, ...] = (),
    ) -> None:
        """Make a section, last in the site's order."""
        if not _SLUG.fullmatch(slug) or len(slug) > 80:
            raise AdminRefused("A slug has small letters, digits and single hyphens: town-news.")
        if not name.strip():
            raise AdminRefused("The section needs a name.")
        if link_url and not link_url.startswith("/"):
            raise AdminRefused("The link must lead to a page of this site: it starts with “/”.")
        with self.database.write() as connection:
            if _section_exists(connection, slug):
                raise AdminRefused(f"There is a section “{slug}” already.")
            values = {
                "slug": slug,
                "position": connection.execute(select(func.count()).select_from(sections)).scalar(),
                "name": name.strip(),
                "introduction": introduction,
                "link_url": link_url,
                "link_text": link_text,
                "checklist": json.dumps(list(checklist)),
            }
            connection.execute(insert(sections).values(values))
            _note(connection, "add section", now, slug)

    def add_person(
        self,
        email: str,
        name: str,
        password: str,
        held: tuple[SectionRole, ...],
        now: datetime,
        *,
        administrator: bool = False,
    ) -> str:
        """Make a person with their roles; return their id."""
        folded = fold_email(email)
        if "@" not in folded.strip("@") or len(folded) > 320:
            raise AdminRefused(f"“{email}” is not an e-mail address.")
        if not name.strip():
            raise AdminRefused("The person needs a name.")
        password_hash = self._hash(password)
        person_id = new_id()
        with self.database.write() as connection:
            if _person_id(connection, folded) is not None:
                raise AdminRefused(f"There is a person with the address “{folded}” already.")
            values = {
                "id": person_id,
                "email": folded,
                "name": name.strip(),
                "administrator": administrator,
                "password_hash": password_hash,
                "created_at": now,
            }
            connection.execute(insert(people).values(values))
            for role in dict.fromkeys(held):
                if not _section_exists(connection, role.section):
                    raise AdminRefused(f"There is no section “{role.section}”.")
                row = {"person_id": person_id, "section": role.section, "role": role.role.value}
                connection.execute(insert(roles).values(row))
            _note(connection, "add person", now, folded)
        return person_id

    def reset_password(self, email: str, password: str, now: datetime) -> int:
        """Give a person a new password and end their sign-ins; return how many ended."""
        folded = fold_email(email)
        password_hash = self._hash(password)
        with self.database.write() as connection:
            person_id = _known_person(connection, folded)
            chosen = people.c.id == person_id
            connection.execute(people.update().where(chosen).values(password_hash=password_hash))
            _note(connection, "reset password", now, folded)
            return sign_out_everywhere(connection, person_id, now)

    def good_tokens(self, now: datetime, email: str | None = None) -> tuple[TokenLine, ...]:
        """Return the sign-ins that hold, newest first."""
        wanted = (
            select(tokens, people.c.email)
            .join(people, people.c.id == tokens.c.person_id)
            .where(tokens.c.revoked_at.is_(None))
            .order_by(tokens.c.created_at.desc(), tokens.c.id)
        )
        if email is not None:
            wanted = wanted.where(people.c.email == fold_email(email))
        with self.database.read() as connection:
            return tuple(
                TokenLine(
                    row.id, row.email, row.device, row.created_at, row.used_at, row.expires_at
                )
                for row in connection.execute(wanted)
                if row.expires_at is None or row.expires_at > now
            )

    def revoke_token(self, token_id: str, now: datetime) -> None:
        """End one sign-in."""
        with self.database.write() as connection:
            good = (tokens.c.id == token_id) & tokens.c.revoked_at.is_(None)
            done = connection.execute(tokens.update().where(good).values(revoked_at=now))
            if done.rowcount == 0:
                raise AdminRefused(f"There is no token “{token_id}” to revoke.")
            _note(connection, "revoke token", now, token_id)

    def _hash(self, password: str) -> str:
        if len(password) < SHORTEST_PASSWORD:
            raise AdminRefused(f"A password needs at least {SHORTEST_PASSWORD} characters.")
        return self.passwords.hash(password)


def read_role(text: str) -> SectionRole:
    """Read ``reporter:SLUG`` or ``editor:SLUG``.

    :raises AdminRefused: it is neither.
    """
    name, colon, slug = text.partition(":")
    if not colon or name not in set(Role) or not slug:
        raise AdminRefused(f"“{text}” is no role. Write reporter:SLUG or editor:SLUG.")
    return SectionRole(slug, Role(name))


def _section_exists(connection: Connection, slug: str) -> bool:
    chosen = select(sections.c.slug).where(sections.c.slug == slug)
    return connection.execute(chosen).one_or_none() is not None


def _person_id(connection: Connection, email: str) -> str | None:
    row = connection.execute(select(people.c.id).where(people.c.email == email)).one_or_none()
    return row.id if row else None


def _known_person(connection: Connection, email: str) -> str:
    person_id = _person_id(connection, email)
    if person_id is None:
        raise AdminRefused(f"There is no person with the address “{email}”.")
    return person_id


def _note(connection: Connection, action: str, now: datetime, note: str) -> None:
    record_audit(connection, report_id=None, person=_WHO, action=action, at=now, note=note)
