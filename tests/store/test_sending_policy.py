"""What was decided about sending outlives a restart, and damage to it does no harm."""

from __future__ import annotations

import pytest

from reporterdesk.domain.errors import StoreFull
from reporterdesk.domain.sending import SendPolicy
from reporterdesk.store.store import Store
from reporterdesk.workflow.sending import SENDING, keep_policy, read_policy
from support.full_disk import no_more_pages

DECIDED = SendPolicy(
    paused=True,
    text_only_on_metered=False,
    bytes_a_second=32_000,
    only_photos=frozenset({"one", "two"}),
)


def test_it_comes_back_as_it_was_kept(store: Store) -> None:
    assert read_policy(store) == SendPolicy()
    keep_policy(store, DECIDED)
    assert read_policy(store) == DECIDED
    keep_policy(store, SendPolicy())
    assert read_policy(store) == SendPolicy()


@pytest.mark.parametrize(
    "kept",
    ["", "no JSON", "[]", "{}", '{"paused": true}', "null", '{"paused": [], "only_photos": 3}'],
)
def test_what_makes_no_sense_counts_as_nothing_decided(store: Store, kept: str) -> None:
    store.state.set(SENDING, kept)
    assert read_policy(store) == SendPolicy()


def test_a_limit_of_nothing_is_none(store: Store) -> None:
    for limit in ("0", "-5", "true", '"fast"'):
        store.state.set(
            SENDING,
            '{"paused": 1, "text_only_on_metered": 0, "only_photos": [],'
            f' "bytes_a_second": {limit}}}',
        )
        assert read_policy(store) == SendPolicy()


def test_on_a_full_disk_what_was_decided_before_is_kept(store: Store) -> None:
    keep_policy(store, DECIDED)
    many = SendPolicy(only_photos=frozenset(str(number) for number in range(5_000)))
    with no_more_pages(store.state._db), pytest.raises(StoreFull):
        keep_policy(store, many)
    assert read_policy(store) == DECIDED
