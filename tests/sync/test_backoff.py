"""Waits and what failures mean."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporterdesk.domain import errors
from reporterdesk.domain.errors import DeliveryError, PhotoGone, ReporterDeskError
from reporterdesk.sync.backoff import FIRST, LONGEST, LONGEST_ASKED, asked, delay, is_due
from reporterdesk.sync.failures import Kind, classify
from support.clocks import START


@given(st.integers(-5, 10_000), st.integers())
def test_a_wait_is_never_nothing_and_never_for_ever(attempts: int, seed: int) -> None:
    assert FIRST / 2 <= delay(attempts, Random(seed)) <= LONGEST


def test_a_wait_doubles_and_two_laptops_wait_differently() -> None:
    def longest(attempts: int) -> timedelta:
        return max(delay(attempts, Random(seed)) for seed in range(200))

    assert [round(longest(n) / FIRST) for n in (1, 2, 3, 4)] == [1, 2, 4, 8]
    assert len({delay(8, Random(seed)) for seed in range(20)}) == 20


@pytest.mark.parametrize(
    ("ahead", "due"),
    [
        (None, True),
        (timedelta(0), True),
        (timedelta(hours=-1), True),
        (timedelta(seconds=1), False),
        (LONGEST_ASKED, False),
        (LONGEST_ASKED + timedelta(seconds=1), True),  # the clock was put back
    ],
)
def test_what_is_due(ahead: timedelta | None, due: bool) -> None:
    assert is_due(None if ahead is None else START + ahead, START) is due


@given(st.floats(allow_nan=False, min_value=0, max_value=1e9))
def test_what_a_server_asks_for_is_obeyed_within_limits(seconds: float) -> None:
    assert timedelta(seconds=1) <= asked(seconds) <= LONGEST_ASKED


def known_errors(kind: type[ReporterDeskError]) -> list[type[ReporterDeskError]]:
    return [kind, *(each for below in kind.__subclasses__() for each in known_errors(below))]


MEANINGS = {
    errors.DeliveryError: Kind.TRY_AGAIN,
    errors.NoConnection: Kind.NO_ANSWER,
    errors.NotTheApi: Kind.ALL_WAIT,
    errors.ServerBusy: Kind.TRY_AGAIN,
    errors.SignInNeeded: Kind.SIGN_IN,
    errors.WrongPassword: Kind.SIGN_IN,
    errors.Conflict: Kind.CONFLICT,
    errors.OffsetMismatch: Kind.TRY_AGAIN,
    errors.WrongChecksum: Kind.TRY_AGAIN,
    errors.Refused: Kind.REFUSED,
    errors.IncompatibleServer: Kind.ALL_WAIT,
}


@pytest.mark.parametrize("kind", known_errors(DeliveryError), ids=lambda kind: kind.__name__)
def test_every_known_error_has_a_meaning(kind: type[DeliveryError]) -> None:
    failure = classify(kind())
    assert failure.kind is MEANINGS[kind]
    assert failure.why.endswith(".")


def test_details_of_a_failure_are_kept() -> None:
    busy = classify(errors.ServerBusy(retry_after=7))
    assert (busy.kind, busy.wait) == (Kind.ALL_WAIT, 7)
    assert classify(errors.Conflict(current_revision_id="x")).current_revision_id == "x"
    assert classify(errors.Refused(status=404)).gone
    assert not classify(errors.Refused(status=403)).gone
    assert classify(PhotoGone()).kind is Kind.TRY_AGAIN
