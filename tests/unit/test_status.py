"""The one transition table: what leads where, and what is refused."""

from __future__ import annotations

import pytest

from reporterdesk.domain.errors import TransitionRefused
from reporterdesk.domain.places import STATUSES, Place, place_of
from reporterdesk.domain.review import DECISIONS
from reporterdesk.domain.status import EDITABLE, TRANSITIONS, Action, Status, after, allowed

LAPTOP_ONLY = {Action.FILE, Action.RECALL, Action.REVISE}


@pytest.mark.parametrize(
    ("path", "end"),
    [
        ([Action.FILE, Action.DELIVER, Action.PUBLISH], Status.PUBLISHED),
        ([Action.FILE, Action.RECALL], Status.DRAFT),
        (
            [Action.FILE, Action.DELIVER, Action.RETURN, Action.FILE, Action.DELIVER],
            Status.FILED,
        ),
        ([Action.FILE, Action.DELIVER, Action.APPROVE, Action.PUBLISH], Status.PUBLISHED),
        ([Action.FILE, Action.DELIVER, Action.SPIKE], Status.SPIKED),
        ([Action.FILE, Action.DELIVER, Action.PUBLISH, Action.WITHDRAW], Status.WITHDRAWN),
        ([Action.FILE, Action.DELIVER, Action.REVISE], Status.DRAFT),
    ],
)
def test_a_path_ends_where_the_table_says(path: list[Action], end: Status) -> None:
    status = Status.DRAFT
    for action in path:
        status = after(status, action)
    assert status is end


def test_a_move_that_is_not_in_the_table_is_refused_in_plain_words() -> None:
    for status in Status:
        for action in Action:
            if allowed(status, action):
                continue
            with pytest.raises(TransitionRefused) as refused:
                after(status, action)
            assert status.value in str(refused.value)


def test_nothing_is_published_by_filing() -> None:
    for (status, action), end in TRANSITIONS.items():
        if end is Status.PUBLISHED and status is not Status.PUBLISHED:
            assert action is Action.PUBLISH


def test_the_laptop_moves_only_what_is_on_the_laptop_or_takes_it_back_to_edit() -> None:
    for (_status, action), end in TRANSITIONS.items():
        if action in LAPTOP_ONLY:
            assert end in {Status.DRAFT, Status.OUTBOX}
        elif action in DECISIONS:
            assert end not in {Status.DRAFT, Status.OUTBOX}


def test_what_can_be_edited_can_be_filed() -> None:
    assert all(allowed(status, Action.FILE) for status in EDITABLE)
    assert {status for status in Status if allowed(status, Action.FILE)} == EDITABLE


def test_every_status_stands_in_exactly_one_place() -> None:
    for status in Status:
        assert sum(status in statuses for statuses in STATUSES.values()) == 1
        assert status in STATUSES[place_of(status)]
    assert Place.TRASH not in STATUSES
