"""Times in the store: whole microseconds since 1970 in UTC. They sort, and nothing is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_micros(moment: datetime) -> int:
    """Return the microseconds from 1970 to ``moment``, which must be aware."""
    return (moment - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """Return the aware UTC time of :func:`to_micros`."""
    return _EPOCH + micros * _MICROSECOND


def optional_micros(moment: datetime | None) -> int | None:
    """Return :func:`to_micros`, or ``None`` for none."""
    return None if moment is None else to_micros(moment)


def optional_moment(micros: int | None) -> datetime | None:
    """Return :func:`from_micros`, or ``None`` for none."""
    return None if micros is None else from_micros(micros)
