"""People and sections in the tables."""

from __future__ import annotations

import json

from sqlalchemy import Connection, Row, select

from reporterdesk.domain.people import Person, Role, Section, SectionRole
from reporterdesk.server.tables import people, roles, sections
from reporterdesk.wire.messages import (
    API_VERSION,
    MeAnswer,
    PersonMessage,
    SectionMessage,
    SectionRoleMessage,
)


def person_with(connection: Connection, person_id: str) -> Person:
    """Return the person with this id, who must be there."""
    row = connection.execute(select(people).where(people.c.id == person_id)).one()
    held = connection.execute(
        select(roles).where(roles.c.person_id == person_id).order_by(roles.c.section, roles.c.role)
    )
    section_roles = tuple(SectionRole(role.section, Role(role.role)) for role in held)
    return Person(row.id, row.name, row.email, row.administrator, section_roles)


def names_of(connection: Connection, person_ids: set[str]) -> dict[str, str]:
    """Return the names of these people, by id."""
    found = connection.execute(
        select(people.c.id, people.c.name).where(people.c.id.in_(person_ids))
    )
    return {row.id: row.name for row in found}


def all_sections(connection: Connection) -> tuple[Section, ...]:
    """Return every section, in the order they were made."""
    ordered = select(sections).order_by(sections.c.position, sections.c.slug)
    return tuple(_section(row) for row in connection.execute(ordered))


def _section(row: Row[tuple[object, ...]]) -> Section:
    return Section(row.slug, row.name, tuple(json.loads(row.checklist)))


def person_message(person: Person) -> PersonMessage:
    """Return the person, as the API tells of them."""
    held = tuple(SectionRoleMessage(section=role.section, role=role.role) for role in person.roles)
    return PersonMessage(
        id=person.id,
        name=person.name,
        email=person.email,
        administrator=person.administrator,
        roles=held,
    )


def me(connection: Connection, person: Person) -> MeAnswer:
    """Return who they are and the sections they write for and edit; an administrator sees all."""
    seen = {role.section for role in person.roles}
    mine = tuple(
        SectionMessage(slug=section.slug, name=section.name, checklist=section.checklist)
        for section in all_sections(connection)
        if person.administrator or section.slug in seen
    )
    return MeAnswer(person=person_message(person), sections=mine, api_version=API_VERSION)
