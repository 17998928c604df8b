"""What is to be sent next, asked of SQLite: the outbox is never read whole for one piece.

The order: texts; then the previews that the desk asks for, the other previews; then full sizes in
the same way. Within each, what was filed first goes first.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, literal, or_, select, update

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.store.database import Database
from reporterdesk.store.moments import optional_micros, optional_moment, to_micros
from reporterdesk.store.outbox import UPLOAD_COLUMNS, Upload
from reporterdesk.store.outbox_rows import COLUMNS, delivery_of
from reporterdesk.store.tables import outbox, uploads

_TEXT = (DeliveryState.WAITING, DeliveryState.ATTEMPTING, DeliveryState.SIGN_IN)
_MOVING = (*_TEXT, DeliveryState.TEXT_DELIVERED)
_TEXT_WAITS = outbox.c.state.in_(state.value for state in _TEXT)
_IS_MOVING = outbox.c.state.in_(state.value for state in _MOVING)
_HAS_TEXT = outbox.c.state == DeliveryState.TEXT_DELIVERED.value
_MISSING = uploads.c.offset < uploads.c.bytes
_NOW: ColumnElement[int] = bindparam("now")
_NEVER: ColumnElement[int] = bindparam("never")
_WAITS_UNTIL = outbox.c.next_attempt_at
# A time further ahead than any wait was not meant: the clock has been put back since.
_DUE = or_(
    _WAITS_UNTIL.is_(None),
    _WAITS_UNTIL <= _NOW,
    _WAITS_UNTIL > _NEVER,
)


def _listed(name: str) -> Select[tuple[str]]:
    """Choose the texts of a parameter that is a list in JSON, however many they are."""
    each = func.json_each(bindparam(name)).table_valued("value")
    return select(each.c.value)


_KEY = uploads.c.report_id + " " + uploads.c.sha256
_NOT_SKIPPED = _KEY.not_in(_listed("skipped"))
_ALLOWED = uploads.c.sha256.in_(_listed("only"))
_OF_THE_ROW = uploads.c.report_id == outbox.c.report_id
_SOME = select(uploads.c.sha256).where(_OF_THE_ROW, _MISSING)
"""What is missing of a row of the outbox."""


@dataclass(frozen=True, slots=True)
class Span:
    """A time to ask about: what is put off to later than ``never`` counts as due."""

    now: datetime
    never: datetime


@dataclass(frozen=True, slots=True)
class Left:
    """Bytes of one report that are still to be sent, and go one after the other.

    ``rendition`` is ``""`` for a report whose text waits: then ``bytes`` are those of all its
    photos. ``allowed``: they may go now, see ``only`` of :meth:`Sending.left`.
    """

    report_id: str
    number: int
    rendition: str
    wanted: int
    bytes: int
    allowed: bool


class Sending:
    """Chooses from the outbox. Lives on the store thread.

    Every method raises :class:`~reporterdesk.domain.errors.StoreError` and its kinds.
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def anything_moving(self) -> bool:
        """Tell whether anything is on its way, whether it is due or not."""
        return self._db.row(select(outbox.c.number).where(_IS_MOVING).limit(1)) is not None

    def moving(self) -> tuple[Delivery, ...]:
        """Return all that is on its way, what was filed first before the rest."""
        rows = self._db.rows(select(*COLUMNS).where(_IS_MOVING).order_by(outbox.c.number))
        return tuple(map(delivery_of, rows))

    def next_text(self, span: Span) -> Delivery | None:
        """Return the text to be sent next: what was tried less often goes first."""
        chosen = select(*COLUMNS).where(_TEXT_WAITS, _DUE)
        ordered = chosen.order_by(outbox.c.attempts, outbox.c.number).limit(1)
        row = self._db.row(ordered, _of(span))
        return None if row is None else delivery_of(row)

    def next_photo(
        self,
        span: Span,
        *,
        skipped: Collection[tuple[str, str]] = (),
        only: Collection[str] | None = None,
    ) -> tuple[Delivery, Upload] | None:
        """Return the photo file to be sent next, with its delivery.

        :param skipped: report and SHA-256 of what is passed over.
        :param only: SHA-256s of all that may be sent; ``None`` for any.
        """
        limits: dict[str, Any] = _of(span)
        if skipped:
            limits["skipped"] = json.dumps([" ".join(key) for key in skipped])
        if only is not None:
            limits["only"] = json.dumps(sorted(only))
        for kind in _KINDS:
            chosen = _first_of(kind, skipping=bool(skipped), choosing=only is not None)
            row = self._db.row(chosen.of_outbox, limits)
            if row is None:
                continue
            delivery, place = delivery_of(row), {"report": row[0], "place": row[len(COLUMNS)]}
            upload = self._db.row(chosen.of_report, {**limits, **place})
            if upload is not None:
                return delivery, Upload(*upload)
        return None

    def next_unclear(self, span: Span, *, skipped: Collection[str] = ()) -> Delivery | None:
        """Return a delivery of which nothing is known to be missing, though it is not delivered."""
        chosen = select(*COLUMNS).where(_HAS_TEXT, _DUE, ~_SOME.exists())
        passed_over = chosen.where(outbox.c.report_id.not_in(skipped))
        row = self._db.row(passed_over.order_by(outbox.c.number).limit(1), _of(span))
        return None if row is None else delivery_of(row)

    def next_time(
        self, *, photos: bool = True, only: Collection[str] | None = None
    ) -> tuple[datetime | None] | None:
        """Return in a tuple when something is due next, ``None`` in it for at once.

        ``None`` alone where nothing waits for a time.

        :param photos: whether photos may be sent; else only texts count.
        :param only: as for :meth:`next_photo`.
        """
        # What waits for the person to sign in waits for no time.
        waits: ColumnElement[bool] = outbox.c.state.in_(
            [DeliveryState.WAITING.value, DeliveryState.ATTEMPTING.value]
        )
        limits: dict[str, Any] = {}
        if photos:
            sendable: ColumnElement[bool] = _HAS_TEXT
            if only is not None:
                limits["only"] = json.dumps(sorted(only))
                held_back = _SOME.exists() & ~_SOME.where(_ALLOWED).exists()
                sendable = sendable & ~held_back
            waits = waits | sendable
        chosen = select(outbox.c.next_attempt_at).where(waits)
        row = self._db.row(chosen.order_by(outbox.c.next_attempt_at.nulls_first()).limit(1), limits)
        return None if row is None else (optional_moment(row[0]),)

    def make_due(self) -> None:
        """Let all that is on its way be due now."""
        self._db.execute(update(outbox).where(_IS_MOVING).values(next_attempt_at=None))

    def forget_attempts(self) -> None:
        """Let all that is on its way be as if it had never been tried."""
        self._db.execute(update(outbox).where(_IS_MOVING).values(attempts=0))

    def hold(self, text_state: DeliveryState, until: datetime | None, why: str) -> None:
        """Put off all that is on its way, and say why.

        :param text_state: the state of those whose text waits.
        """
        later = {"next_attempt_at": optional_micros(until), "why": why}
        with self._db.transaction():
            self._db.execute(update(outbox).where(_HAS_TEXT).values(**later))
            self._db.execute(
                update(outbox).where(_TEXT_WAITS).values(state=text_state.value, **later)
            )

    def reorder(self, report_id: str, wanted: Sequence[tuple[str, int]]) -> None:
        """Write the places that the desk gives to photo files, by their SHA-256; 0 for none."""
        chosen = update(uploads).where(
            uploads.c.report_id == report_id, uploads.c.sha256 == bindparam("file")
        )
        if wanted:
            places = [{"file": sha256, "place": place} for sha256, place in wanted]
            self._db.execute(chosen.values(wanted=bindparam("place")), places)

    def left(self, only: Collection[str] | None = None) -> tuple[Left, ...]:
        """Return what is still to be sent, a line for what goes one after the other.

        :param only: as for :meth:`next_photo`; it decides what is ``allowed``.
        """
        allowed = (literal(True) if only is None else _ALLOWED).label("allowed")
        limits = {} if only is None else {"only": json.dumps(sorted(only))}
        group = (outbox.c.report_id, outbox.c.number, uploads.c.rendition, uploads.c.wanted)
        chosen = select(*group, func.sum(uploads.c.bytes - uploads.c.offset), allowed)
        joined = outbox.join(uploads, uploads.c.report_id == outbox.c.report_id)
        together = chosen.select_from(joined).where(_HAS_TEXT, _MISSING).group_by(*group, allowed)
        photo_files = self._db.rows(together, limits)
        waiting = select(outbox.c.report_id, outbox.c.number, outbox.c.bytes_total)
        texts = self._db.rows(waiting.where(_TEXT_WAITS))
        return (
            *(Left(row[0], row[1], "", 0, row[2], allowed=only is None) for row in texts),
            *(Left(row[0], row[1], row[2], row[3], row[4], bool(row[5])) for row in photo_files),
        )


@dataclass(frozen=True, slots=True)
class _First:
    """Finds the row of the outbox, with its best place; and then the file there."""

    of_outbox: Select[Any]
    of_report: Select[Any]


_KINDS = tuple((name, asked_for) for name in ("preview", "full") for asked_for in (True, False))
"""The order: of previews, and then of full sizes, those that the desk asks for, then the rest."""


@cache
def _first_of(kind: tuple[str, bool], *, skipping: bool, choosing: bool) -> _First:
    """Return what finds the file in the first place; of those in one place that of the oldest.

    The rows of the outbox are gone through, each with one look into the index of what is missing;
    files, of which there may be many thousands, are not sorted.
    """
    name, asked_for = kind
    wanted = uploads.c.wanted > 0 if asked_for else uploads.c.wanted == 0
    like_this = [uploads.c.rendition == name, wanted, _MISSING]
    if skipping:
        like_this.append(_NOT_SKIPPED)
    if choosing:
        like_this.append(_ALLOWED)
    place = select(func.min(uploads.c.wanted)).where(_OF_THE_ROW, *like_this)
    candidates = select(outbox, place.label("place")).where(_HAS_TEXT, _DUE).subquery()
    columns = [candidates.c[column.name] for column in COLUMNS]
    found = select(*columns, candidates.c.place).where(candidates.c.place.is_not(None))
    ordered = found.order_by(candidates.c.place, candidates.c.number).limit(1)
    its = (uploads.c.report_id == bindparam("report"), uploads.c.wanted == bindparam("place"))
    of_report = select(*UPLOAD_COLUMNS).where(*its, *like_this)
    return _First(ordered, of_report.order_by(uploads.c.position).limit(1))


def _of(span: Span) -> dict[str, Any]:
    return {"now": to_micros(span.now), "never": to_micros(span.never)}
