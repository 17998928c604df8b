"""What an editor wants done at the desk, from the click until the desk has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from reporterdesk.domain.status import Action

FROM_BACKUP = "This comes from a backup: it may have been sent since, or taken back."
"""Why an editor's decision is not sent without a new word of theirs."""


class ErrandKind(StrEnum):
    """What it is."""

    DECISION = "decision"
    COMMENT = "comment"
    WANTED = "wanted"
    """Photos that the desk wants first."""


class ErrandState(StrEnum):
    """How far it has come; what is done is told, and not kept any longer.

    ``ATTEMPTING`` is written before the first byte is sent: from then on it may have arrived, and
    only the desk's answer says so. ``TOO_LATE`` and ``REFUSED`` wait for the editor to read why.
    """

    WAITING = "waiting"
    ATTEMPTING = "attempting"
    DONE = "done"
    TOO_LATE = "too_late"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Errand:
    """One decision, note or wish, bound to the revision that the editor saw.

    ``id`` was made here before anything was sent, so that nothing is done twice. ``account`` is
    the :attr:`~reporterdesk.domain.people.Account.key` of who wants it. ``headline`` is kept to
    speak of a report that is in no list any more. ``why`` is a plain sentence, or ``""``.
    """

    id: str
    account: str
    report_id: str
    revision_id: str
    kind: ErrandKind
    added_at: datetime
    headline: str = ""
    action: Action | None = None
    """Of a decision."""
    note: str = ""
    """What goes with a decision, or the text of a note."""
    block: int | None = None
    """Of a note: the number of the block from 0, ``None`` for the whole."""
    publish_at: datetime | None = None
    """Of a decision to publish later."""
    photos: tuple[str, ...] = ()
    """Of a wish: the ids of the photos, the first first."""
    state: ErrandState = ErrandState.WAITING
    attempts: int = 0
    next_attempt_at: datetime | None = None
    why: str = ""

    @property
    def note_worthy(self) -> bool:
        """Whether it is to be spoken of: not while it is only just being sent."""
        return bool(self.why)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be sent."""
        return self.state in {ErrandState.WAITING, ErrandState.ATTEMPTING}
