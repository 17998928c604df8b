"""What an editor decides, notes and asks for, connected or not.

Each is written down here first, with an id of its own, and sent from there by
:mod:`reporterdesk.sync.errands`: nothing is lost offline, and nothing is done twice. These
functions run on the store thread and make no call.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errands import Errand, ErrandKind, ErrandState
from reporterdesk.domain.errors import Refused, SignInNeeded, TransitionRefused
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.review import DECISIONS
from reporterdesk.domain.status import Action
from reporterdesk.store.store import Store
from reporterdesk.workflow.begun_notes import WITH_NOTE, BegunNote, keep_note

LONGEST_NOTE = 20_000
"""Characters of a note, as the publishing API takes them."""


def wish_decision(
    store: Store,
    report_id: str,
    revision_id: str,
    action: Action,
    note: str = "",
    *,
    headline: str = "",
    publish_at: datetime | None = None,
    clock: Clock,
) -> Errand:
    """Write down a decision on the revision that the editor saw.

    :param headline: what the report is called when it is in no list any more.
    :raises SignInNeeded: nobody is signed in.
    :raises TransitionRefused: one on this report waits already.
    :raises Refused: the note is too long.
    """
    if action not in DECISIONS:
        raise ValueError(f"{action} is not a decision of the desk’s.")
    errand = _errand(store, report_id, revision_id, ErrandKind.DECISION, clock)
    _check_note(note)
    wanted = replace(errand, action=action, note=note, headline=headline, publish_at=publish_at)
    with store.transaction():
        _add(store, wanted)
        keep_note(store, report_id, action, BegunNote(words=""))
    return wanted


def wish_note(
    store: Store,
    report_id: str,
    revision_id: str,
    text: str,
    *,
    block: int | None = None,
    headline: str = "",
    clock: Clock,
) -> Errand:
    """Write down a note on a block of the body, or with ``None`` on the whole.

    :raises SignInNeeded: nobody is signed in.
    :raises Refused: the note is empty or too long.
    """
    errand = _errand(store, report_id, revision_id, ErrandKind.COMMENT, clock)
    if not text.strip():
        raise Refused("The note is empty.")
    _check_note(text)
    wanted = replace(errand, note=text, block=block, headline=headline)
    store.errands.add(wanted)
    return wanted


def wish_photos(
    store: Store, report_id: str, photos: Sequence[str], *, headline: str = "", clock: Clock
) -> Errand:
    """Write down which photos are to arrive first; it replaces an earlier wish for the report.

    :raises SignInNeeded: nobody is signed in.
    """
    errand = _errand(store, report_id, "", ErrandKind.WANTED, clock)
    wanted = replace(errand, photos=tuple(photos), headline=headline)
    store.errands.add(wanted)
    return wanted


def send_again(store: Store, errand_id: str, revision_id: str, *, clock: Clock) -> Errand | None:
    """Want once more what came too late or was refused, on the revision that is seen now.

    :returns: the new one, ``None`` where the old one is gone or still on its way.
    :raises TransitionRefused: a decision on the report waits already.
    """
    with store.transaction():
        old = store.errands.get(errand_id)
        if old is None or old.is_open:
            return None
        store.errands.dismiss(errand_id)
        again = _errand(store, old.report_id, revision_id, old.kind, clock)
        wanted = replace(
            again,
            action=old.action,
            note=old.note,
            headline=old.headline,
            publish_at=old.publish_at,
            photos=old.photos,
            # The block that a note stood at may be another one by now.
            block=old.block if revision_id == old.revision_id else None,
        )
        _add(store, wanted)
    return wanted


def take_back(store: Store, errand_id: str) -> Errand:
    """Take back what has not left this laptop; its note is one that was begun again.

    :raises TransitionRefused: it may have reached the desk by now.
    """
    with store.transaction():
        taken = store.errands.take_back(errand_id)
        if taken is None:
            raise TransitionRefused(
                "It may have reached the desk already, so it cannot be taken back here."
            )
        if taken.action in WITH_NOTE:
            keep_note(store, taken.report_id, taken.action, BegunNote(words=taken.note))
        return taken


def dismiss(store: Store, errand_id: str) -> None:
    """Forget what came too late or was refused; what is on its way stays."""
    store.errands.dismiss(errand_id)


def pending(store: Store) -> tuple[Errand, ...]:
    """Return what the person signed in wants and the desk has not done, the oldest first."""
    account = store.account.get()
    return () if account is None else store.errands.of_account(account.key)


def _errand(
    store: Store, report_id: str, revision_id: str, kind: ErrandKind, clock: Clock
) -> Errand:
    account = store.account.get()
    if account is None:
        raise SignInNeeded(safe="", next_step="Sign in to read and decide on reports.")
    return Errand(
        new_id(), account.key, report_id, revision_id, kind, clock(), state=ErrandState.WAITING
    )


def _add(store: Store, errand: Errand) -> None:
    earlier = store.errands.of_report(errand.account, errand.report_id)
    decisions = [e for e in earlier if e.is_open and e.kind is ErrandKind.DECISION]
    if errand.kind is ErrandKind.DECISION and decisions:
        raise TransitionRefused(
            "A decision on this report is waiting already.",
            next_step="Take that one back to decide otherwise.",
        )
    store.errands.add(errand)


def _check_note(note: str) -> None:
    if len(note) > LONGEST_NOTE:
        error = Refused("The note is too long.")
        error.safe, error.next_step = "Nothing was decided.", "Shorten it."
        raise error
