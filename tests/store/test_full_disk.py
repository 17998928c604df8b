"""A full disk: nothing half-written, the last saved text stands, and saving goes on by itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reporterdesk.domain.errors import StoreError, StoreFull
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.places import Place
from reporterdesk.domain.report import Report
from reporterdesk.store.store import Store
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report
from support.clocks import HandClock
from support.contents import ready_content, with_body
from support.full_disk import no_more_pages
from support.searching import found_ids

LONG = "A long report about a long day. " * 20_000


@pytest.fixture
def draft(store: Store, clock: HandClock) -> Report:
    """Return a saved draft."""
    return save_draft(store, new_id(), ready_content("Saved"), clock=clock)


def test_a_save_says_so_and_the_next_one_goes_on(
    store: Store, clock: HandClock, draft: Report
) -> None:
    longer = with_body(draft.content, LONG)
    with no_more_pages(store._drafts):
        for _ in range(3):
            with pytest.raises(StoreFull, match="text is still in the window"):
                save_draft(store, draft.id, longer, clock=clock)
            assert store.reports.get(draft.id) == draft
            assert store.reports.counts()[Place.DRAFTS] == 1
        # What fits is still saved.
        shorter = with_body(draft.content, "Less.\n")
        assert save_draft(store, draft.id, shorter, clock=clock).content == shorter
    assert save_draft(store, draft.id, longer, clock=clock).content == longer
    assert found_ids(store, "long day") == [draft.id]
    store.check()


def test_the_first_keystroke_on_a_full_disk(store: Store, clock: HandClock, draft: Report) -> None:
    report_id = new_id()
    with no_more_pages(store._drafts):
        with pytest.raises(StoreFull):
            save_draft(store, report_id, with_body(draft.content, LONG), clock=clock)
        assert store.reports.find(report_id) is None
    assert save_draft(store, report_id, draft.content, clock=clock).id == report_id


def test_filing_is_all_or_nothing(store: Store, clock: HandClock, draft: Report) -> None:
    draft = save_draft(store, draft.id, with_body(draft.content, LONG), clock=clock)
    with no_more_pages(store._drafts):
        with pytest.raises(StoreFull):
            file_report(store, draft.id, clock=clock)
        assert store.reports.get(draft.id) == draft
        assert store.outbox.all_open() == ()
        assert store.revisions.of_report(draft.id) == ()
    file_report(store, draft.id, clock=clock)
    assert len(store.outbox.all_open()) == 1


def test_photo_bytes(store: Store, draft: Report) -> None:
    data = bytes(3_000_000)
    with no_more_pages(store._photos):
        with pytest.raises(StoreFull):
            store.photos.put(data)
        assert store.photos.sweep(set()) == 0
    name = store.photos.put(data)
    assert store.photos.read(name) == data


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_a_disk_that_refuses_to_write(
    store: Store, clock: HandClock, draft: Report, home: Path
) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((home / "drafts.db-wal").stat().st_size, hard))
    try:
        with pytest.raises(StoreError, match="did not take"):
            save_draft(store, draft.id, with_body(draft.content, LONG), clock=clock)
        assert store.reports.get(draft.id) == draft
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    longer = with_body(draft.content, LONG)
    assert save_draft(store, draft.id, longer, clock=clock).content == longer
    store.check()
