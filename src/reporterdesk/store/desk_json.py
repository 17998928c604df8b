"""The account, decisions and comments as JSON text and back."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeAlias

from reporterdesk.domain.people import Account, Person, Role, Section, SectionRole
from reporterdesk.domain.review import Comment, Decision
from reporterdesk.domain.status import Action

Note: TypeAlias = Decision | Comment
"""What the desk said of a report."""


def account_to_json(account: Account) -> str:
    """Return ``account`` as JSON; it holds no secret."""
    return json.dumps(asdict(account), ensure_ascii=False)


def account_from_json(text: str) -> Account:
    """Return the account that :func:`account_to_json` wrote."""
    found: dict[str, Any] = json.loads(text)
    person = found["person"]
    return Account(
        server_url=found["server_url"],
        person=Person(
            id=person["id"],
            name=person["name"],
            email=person["email"],
            administrator=person["administrator"],
            roles=tuple(SectionRole(r["section"], Role(r["role"])) for r in person["roles"]),
        ),
        sections=tuple(
            Section(s["slug"], s["name"], tuple(s["checklist"])) for s in found["sections"]
        ),
    )


def notes_to_json(notes: tuple[Note, ...]) -> str:
    """Return ``notes`` as JSON, in their order."""
    return json.dumps([_note_to_dict(note) for note in notes], ensure_ascii=False)


def notes_from_json(text: str) -> tuple[Note, ...]:
    """Return the notes that :func:`notes_to_json` wrote."""
    return tuple(_note_from_dict(found) for found in json.loads(text))


def _note_to_dict(note: Note) -> dict[str, Any]:
    moment = "decided_at" if isinstance(note, Decision) else "written_at"
    return {**asdict(note), moment: getattr(note, moment).isoformat()}


def _note_from_dict(found: dict[str, Any]) -> Note:
    if "action" in found:
        return Decision(
            id=found["id"],
            report_id=found["report_id"],
            revision_id=found["revision_id"],
            action=Action(found["action"]),
            note=found["note"],
            decided_by=found["decided_by"],
            decided_at=datetime.fromisoformat(found["decided_at"]),
        )
    return Comment(
        id=found["id"],
        report_id=found["report_id"],
        revision_id=found["revision_id"],
        block=found["block"],
        text=found["text"],
        author=found["author"],
        written_at=datetime.fromisoformat(found["written_at"]),
    )
