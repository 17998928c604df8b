"""The throttle of the autosave: at once, then spaced, never two at a time, never giving up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reporterdesk.ui.save_plan import RETRY, SPACING, SavePlan


def test_nothing_is_due_before_the_first_edit() -> None:
    plan = SavePlan()
    assert plan.due_in(0) is None
    assert not plan.unsaved


def test_the_first_edit_is_due_at_once() -> None:
    plan = SavePlan()
    plan.edited()
    assert plan.due_in(100) == 0


def test_edits_during_a_save_wait_for_it_and_for_the_spacing() -> None:
    plan = SavePlan()
    plan.edited()
    plan.started(10)
    plan.edited()
    assert plan.due_in(10.1) is None
    plan.succeeded()
    assert plan.due_in(10.3) == 10 + SPACING - 10.3
    assert plan.due_in(20) == 0


def test_a_save_without_later_edits_leaves_nothing_to_do() -> None:
    plan = SavePlan()
    plan.edited()
    plan.started(0)
    assert plan.unsaved
    plan.succeeded()
    assert not plan.unsaved
    assert plan.due_in(5) is None


def test_a_failed_save_is_tried_again_and_typing_does_not_hurry_it() -> None:
    plan = SavePlan()
    plan.edited()
    plan.started(0)
    plan.failed(1)
    plan.edited()
    assert plan.unsaved
    assert plan.due_in(1) == RETRY
    assert plan.due_in(1 + RETRY) == 0


@given(st.lists(st.floats(min_value=0.01, max_value=0.5), min_size=1, max_size=60))
def test_whoever_types_is_never_more_than_a_second_ahead_of_the_last_begun_save(
    pauses: list[float],
) -> None:
    """With saves that take no time, the oldest unsaved edit is younger than the spacing."""
    plan, now, oldest_unsaved = SavePlan(), 0.0, None
    for pause in pauses:
        plan.edited()
        oldest_unsaved = now if oldest_unsaved is None else oldest_unsaved
        wait = plan.due_in(now)
        assert wait is not None
        if wait <= pause:  # the timer fires before the next key
            plan.started(now + wait)
            plan.succeeded()
            assert now + wait - oldest_unsaved <= SPACING
            oldest_unsaved = None
        now += pause
    wait = plan.due_in(now)
    if oldest_unsaved is not None:
        assert wait is not None
        assert now + wait - oldest_unsaved <= 1.0 + max(pauses)
