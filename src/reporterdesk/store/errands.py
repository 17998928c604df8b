"""What editors want done at the desk. A row says what is intended before it is tried."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select, update

from reporterdesk.domain.errands import Errand, ErrandKind, ErrandState
from reporterdesk.domain.status import Action
from reporterdesk.store.database import Database
from reporterdesk.store.moments import from_micros, optional_micros, optional_moment, to_micros
from reporterdesk.store.tables import errands

_COLUMNS = (
    errands.c.id,
    errands.c.account,
    errands.c.report_id,
    errands.c.revision_id,
    errands.c.kind,
    errands.c.added_at,
    errands.c.payload,
    errands.c.state,
    errands.c.attempts,
    errands.c.next_attempt_at,
    errands.c.why,
)
_OPEN = (ErrandState.WAITING.value, ErrandState.ATTEMPTING.value)


class Errands:
    """All that waits for the desk, in the order in which it was wanted. Lives on the store thread.

    Every method raises :class:`~reporterdesk.domain.errors.StoreError` and its kinds.
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, errand: Errand) -> None:
        """Add one; the same id a second time changes nothing.

        What an earlier one says of the photos that the desk wants first counts no longer.
        """
        with self._db.transaction():
            if self.get(errand.id) is not None:
                return
            if errand.kind is ErrandKind.WANTED:
                same = (errands.c.kind == errand.kind.value, errands.c.account == errand.account)
                self._db.execute(
                    delete(errands).where(errands.c.report_id == errand.report_id, *same)
                )
            self._db.execute(insert(errands).values(id=errand.id, **_values(errand)))

    def get(self, errand_id: str) -> Errand | None:
        """Return one, or ``None`` where it is done or was taken back."""
        row = self._db.row(select(*_COLUMNS).where(errands.c.id == errand_id))
        return None if row is None else _errand(row)

    def of_account(self, account: str) -> tuple[Errand, ...]:
        """Return all of an account's, those that came too late or were refused included."""
        chosen = select(*_COLUMNS).where(errands.c.account == account)
        return tuple(map(_errand, self._db.rows(chosen.order_by(errands.c.number))))

    def of_report(self, account: str, report_id: str) -> tuple[Errand, ...]:
        """Return an account's for one report."""
        mine = (errands.c.account == account, errands.c.report_id == report_id)
        chosen = select(*_COLUMNS).where(*mine)
        return tuple(map(_errand, self._db.rows(chosen.order_by(errands.c.number))))

    def next_of_each_report(self, account: str) -> tuple[Errand, ...]:
        """Return what is to be sent next: of each report the first that is open."""
        first: dict[str, Errand] = {}
        for errand in self.of_account(account):
            if errand.is_open:
                first.setdefault(errand.report_id, errand)
        return tuple(first.values())

    def report_ids(self) -> frozenset[str]:
        """Return the ids of all reports that one is about, whoever wanted it."""
        return frozenset(row[0] for row in self._db.rows(select(errands.c.report_id).distinct()))

    def begin(self, errand_id: str) -> Errand | None:
        """Write down that it is being sent; ``None`` where it was taken back before."""
        with self._db.transaction():
            found = self.get(errand_id)
            if found is None or not found.is_open:
                return None
            begun = replace(found, state=ErrandState.ATTEMPTING, attempts=found.attempts + 1)
            return self._write(begun)

    def put_back(
        self, errand_id: str, state: ErrandState, next_at: datetime | None, why: str
    ) -> None:
        """Write down that it was not answered: it is sent again at ``next_at``.

        :param state: ``WAITING`` where it cannot have arrived, so that it may be taken back.
        """
        values = {"state": state.value, "next_attempt_at": optional_micros(next_at), "why": why}
        chosen = update(errands).where(errands.c.id == errand_id, errands.c.state.in_(_OPEN))
        self._db.execute(chosen.values(**values))

    def fail(self, errand_id: str, state: ErrandState, why: str) -> None:
        """Write down that the desk's answer is no; it stays until :meth:`dismiss`."""
        chosen = update(errands).where(errands.c.id == errand_id)
        self._db.execute(chosen.values(state=state.value, next_attempt_at=None, why=why))

    def retry_now(self, account: str) -> None:
        """Let everything that waits for its time be due at once."""
        chosen = update(errands).where(errands.c.account == account)
        self._db.execute(chosen.values(next_attempt_at=None))

    def done(self, errand_id: str) -> None:
        """Forget one: the desk has it."""
        self._db.execute(delete(errands).where(errands.c.id == errand_id))

    def take_back(self, errand_id: str) -> Errand | None:
        """Take one out that cannot have arrived; return it, or ``None`` where it is too late."""
        with self._db.transaction():
            found = self.get(errand_id)
            if found is None or found.state is not ErrandState.WAITING:
                return None
            self.done(errand_id)
            return found

    def dismiss(self, errand_id: str) -> None:
        """Forget one that came too late or was refused; one that is open stays."""
        closed = or_(
            errands.c.state == ErrandState.TOO_LATE.value,
            errands.c.state == ErrandState.REFUSED.value,
        )
        self._db.execute(delete(errands).where(errands.c.id == errand_id, closed))

    def _write(self, errand: Errand) -> Errand:
        chosen = update(errands).where(errands.c.id == errand.id)
        self._db.execute(chosen.values(**_values(errand)))
        return errand


def _values(errand: Errand) -> dict[str, Any]:
    said = {
        "headline": errand.headline,
        "action": errand.action,
        "note": errand.note,
        "block": errand.block,
        "publish_at": errand.publish_at.isoformat() if errand.publish_at else None,
        "photos": list(errand.photos),
    }
    return {
        "account": errand.account,
        "report_id": errand.report_id,
        "revision_id": errand.revision_id,
        "kind": errand.kind.value,
        "added_at": to_micros(errand.added_at),
        "payload": json.dumps(said, ensure_ascii=False),
        "state": errand.state.value,
        "attempts": errand.attempts,
        "next_attempt_at": optional_micros(errand.next_attempt_at),
        "why": errand.why,
    }


def _errand(row: Sequence[Any]) -> Errand:
    said: dict[str, Any] = json.loads(row[6])
    publish_at = said["publish_at"]
    return Errand(
        id=row[0],
        account=row[1],
        report_id=row[2],
        revision_id=row[3],
        kind=ErrandKind(row[4]),
        added_at=from_micros(row[5]),
        headline=said["headline"],
        action=Action(said["action"]) if said["action"] else None,
        note=said["note"],
        block=said["block"],
        publish_at=datetime.fromisoformat(publish_at) if publish_at else None,
        photos=tuple(said["photos"]),
        state=ErrandState(row[7]),
        attempts=row[8],
        next_attempt_at=optional_moment(row[9]),
        why=row[10],
    )
