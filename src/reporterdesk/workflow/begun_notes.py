"""Notes that an editor has begun to a decision: kept while they are written, so that none is lost.

They are the person's who is signed in, and go when the decision is written down. These functions
run on the store thread; a full disk is :class:`~reporterdesk.domain.errors.StoreFull`, and what was
kept before stays.
"""

from __future__ import annotations

from pydantic import BaseModel, ValidationError

from reporterdesk.domain.status import Action
from reporterdesk.store.store import Store

WITH_NOTE = (Action.RETURN, Action.CORRECT)
"""The decisions that a note goes with."""


class BegunNote(BaseModel, frozen=True):
    """A note as it stands; ``put_away`` where its question was closed without an answer."""

    words: str
    put_away: bool = False


def keep_note(store: Store, report_id: str, action: Action, note: BegunNote) -> None:
    """Keep a note; one without words is forgotten. Nothing happens where nobody is signed in."""
    account = store.account.get()
    if account is not None:
        kept = note.model_dump_json() if note.words.strip() else None
        store.unfinished.set(report_id, _purpose(account.key, action), kept)


def begun_notes(store: Store, report_id: str) -> dict[Action, BegunNote]:
    """Return the notes that the person signed in has begun to a report."""
    account = store.account.get()
    if account is None:
        return {}
    found = {}
    for action in WITH_NOTE:
        kept = store.unfinished.get(report_id, _purpose(account.key, action))
        try:
            if kept is not None:
                found[action] = BegunNote.model_validate_json(kept)
        except ValidationError:  # of another version of the app
            continue
    return found


def _purpose(account: str, action: Action) -> str:
    return f"{action.value}.{account}"
