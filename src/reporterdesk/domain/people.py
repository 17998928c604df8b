"""People, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A role in one section."""

    REPORTER = "reporter"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class SectionRole:
    """One person's role in the section with this slug."""

    section: str
    role: Role


@dataclass(frozen=True, slots=True)
class Section:
    """A place on the site. ``checklist`` are the desk's own reminders before filing."""

    slug: str
    name: str
    checklist: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account at the publishing API."""

    id: str
    name: str
    email: str
    administrator: bool = False
    roles: tuple[SectionRole, ...] = ()

    def writes_for(self, section: str) -> bool:
        """Tell whether this person may file reports for ``section``."""
        return any(role.section == section for role in self.roles)

    def edits(self, section: str) -> bool:
        """Tell whether this person decides on reports of ``section``."""
        return SectionRole(section, Role.EDITOR) in self.roles

    @property
    def is_editor(self) -> bool:
        """Whether this person decides on the reports of any section."""
        return any(role.role is Role.EDITOR for role in self.roles)


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in on this laptop, and where; the token is in the keyring alone."""

    server_url: str
    person: Person
    sections: tuple[Section, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from every other account."""
        return f"{self.server_url} {self.person.id}"
