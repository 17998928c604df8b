"""What is sent next, beside the plain rule of it: texts, previews, full sizes, as the desk asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.store.outbox import Upload
from reporterdesk.store.sending import Span
from support.clocks import START
from support.examples import examples
from support.laptop import Laptop, laptop

REPORTS = 4
SPAN = Span(START, START + timedelta(minutes=15))
WAITS = [None, -60, 0, 60, 15 * 60, 15 * 60 + 1]
"""Seconds from now to the next attempt; the last is further ahead than any wait."""


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laptop]:
    with laptop(tmp_path_factory.mktemp("profile"), MemoryDesk()) as opened:
        for number in range(REPORTS):
            opened.file(f"Report {number}")
        yield opened


@dataclass(frozen=True)
class Row:
    """One file as it is drawn."""

    report: int
    rendition: str
    wanted: int
    offset: int
    bytes: int


FILES = st.builds(
    Row,
    st.integers(0, REPORTS - 1),
    st.sampled_from(["preview", "full"]),
    st.sampled_from([0, 0, 0, 1, 2, 3]),
    st.integers(0, 3),
    st.integers(1, 3),
)
STATES = st.sampled_from([*DeliveryState, *[DeliveryState.TEXT_DELIVERED] * 6])


def _upload(place: int, file: Row) -> Upload:
    offset = min(file.offset, file.bytes)
    return Upload(f"{place:064x}", file.rendition, "/u", offset, file.bytes, file.wanted)


@dataclass(frozen=True)
class Case:
    """An outbox."""

    deliveries: tuple[Delivery, ...]
    uploads: tuple[tuple[Upload, ...], ...]


@st.composite
def outboxes(draw: st.DrawFn, here: Laptop) -> Case:
    deliveries, uploads = [], []
    files = draw(st.lists(FILES, max_size=10))
    for number, row in enumerate(here.store.sending.moving() or ()):
        wait = draw(st.sampled_from(WAITS))
        at = None if wait is None else START + timedelta(seconds=wait)
        state = draw(STATES)
        attempts = draw(st.integers(0, 2))
        deliveries.append(replace(row, state=state, next_attempt_at=at, attempts=attempts))
        its = [(place, file) for place, file in enumerate(files) if file.report == number]
        uploads.append(tuple(_upload(place, file) for place, file in its))
    return Case(tuple(deliveries), tuple(uploads))


def is_due(delivery: Delivery) -> bool:
    at = delivery.next_attempt_at
    return at is None or at <= SPAN.now or at > SPAN.never


@given(st.data())
@examples(25)
def test_the_next_file_is_the_one_the_rule_names(here: Laptop, data: st.DataObject) -> None:
    with undone(here):
        case = data.draw(outboxes(here))
        put(here, case)
        every = [u.sha256 for uploads in case.uploads for u in uploads]
        ids = [row.report_id for row in case.deliveries]
        pairs = st.tuples(st.sampled_from(ids), st.sampled_from(every or ["0"]))
        skipped = data.draw(st.sets(pairs, max_size=3))
        only = data.draw(st.none() | st.frozensets(st.sampled_from(every or ["0"])))
        expected = min(
            (
                (upload.rendition != "preview", not upload.wanted, upload.wanted, number, place)
                for number, row in enumerate(case.deliveries)
                for place, upload in enumerate(case.uploads[number])
                if row.state is DeliveryState.TEXT_DELIVERED
                and is_due(row)
                and upload.offset < upload.bytes
                and (row.report_id, upload.sha256) not in skipped
                and (only is None or upload.sha256 in only)
            ),
            default=None,
        )
        found = here.store.sending.next_photo(SPAN, skipped=skipped, only=only)
        if expected is None:
            assert found is None
        else:
            number, place = expected[3:]
            assert found == (case.deliveries[number], case.uploads[number][place])


@given(st.data())
@examples(15)
def test_the_next_text_is_the_one_tried_least_and_filed_first(
    here: Laptop, data: st.DataObject
) -> None:
    waiting = {DeliveryState.WAITING, DeliveryState.ATTEMPTING, DeliveryState.SIGN_IN}
    with undone(here):
        case = data.draw(outboxes(here))
        put(here, case)
        texts = [row for row in case.deliveries if row.state in waiting]
        expected = min((r for r in texts if is_due(r)), key=lambda r: r.attempts, default=None)
        assert here.store.sending.next_text(SPAN) == expected
        moving = [*texts, *(r for r in case.deliveries if r.state is DeliveryState.TEXT_DELIVERED)]
        assert here.store.sending.anything_moving() is bool(moving)
        unclear = [
            row
            for row, uploads in zip(case.deliveries, case.uploads, strict=True)
            if row.state is DeliveryState.TEXT_DELIVERED
            and is_due(row)
            and all(upload.offset == upload.bytes for upload in uploads)
        ]
        assert here.store.sending.next_unclear(SPAN) == (unclear[0] if unclear else None)


@given(st.data())
@examples(15)
def test_nothing_is_waited_for_that_may_not_go(here: Laptop, data: st.DataObject) -> None:
    with undone(here):
        case = data.draw(outboxes(here))
        put(here, case)
        every = [u.sha256 for uploads in case.uploads for u in uploads]
        photos = data.draw(st.booleans())
        only = data.draw(st.none() | st.frozensets(st.sampled_from(every or ["0"])))
        times = []
        for row, uploads in zip(case.deliveries, case.uploads, strict=True):
            missing = [u.sha256 for u in uploads if u.offset < u.bytes]
            held_back = only is not None and missing and not only & set(missing)
            if row.state in {DeliveryState.WAITING, DeliveryState.ATTEMPTING} or (
                row.state is DeliveryState.TEXT_DELIVERED and photos and not held_back
            ):
                times.append(row.next_attempt_at)
        found = here.store.sending.next_time(photos=photos, only=only)
        if not times:
            assert found is None
        else:
            assert found == (min(times, key=lambda at: at or START - timedelta(days=1)),)


@given(st.data())
@examples(8)
def test_what_is_left_is_counted_to_the_byte(here: Laptop, data: st.DataObject) -> None:
    with undone(here):
        case = data.draw(outboxes(here))
        put(here, case)
        lines = here.store.sending.left()
        for row, uploads in zip(case.deliveries, case.uploads, strict=True):
            its = sum(line.bytes for line in lines if line.report_id == row.report_id)
            if row.state is DeliveryState.TEXT_DELIVERED:
                assert its == sum(u.bytes - u.offset for u in uploads)


def test_the_desk_names_what_it_wants_first(here: Laptop) -> None:
    with undone(here):
        row = here.store.sending.moving()[1]
        put_there = replace(row, state=DeliveryState.TEXT_DELIVERED)
        here.store.outbox.update(put_there)
        files = [Upload(f"{n:064x}", "preview", "/u", 0, 5) for n in range(3)]
        here.store.outbox.set_uploads(row.report_id, files)
        here.store.sending.reorder(row.report_id, [(files[2].sha256, 1), ("f" * 64, 2)])
        found = here.store.sending.next_photo(SPAN)
        assert found is not None
        assert found[1] == replace(files[2], wanted=1)
        here.store.sending.reorder(row.report_id, [(files[2].sha256, 0)])
        found = here.store.sending.next_photo(SPAN)
        assert found is not None
        assert found[1] == files[0]


def put(here: Laptop, case: Case) -> None:
    for row, uploads in zip(case.deliveries, case.uploads, strict=True):
        here.store.outbox.update(row)
        here.store.outbox.set_uploads(row.report_id, uploads)


class _Undo(Exception):
    pass


@contextmanager
def undone(here: Laptop) -> Iterator[None]:
    """Take back what is written inside."""
    with suppress(_Undo), here.store.transaction():
        yield
        raise _Undo
