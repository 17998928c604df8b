"""The store thread: one after another, every error delivered, nothing lost at the end."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errors import ReportNotFound, StoreError, StoreUnreadable
from reporterdesk.domain.report import ReportContent
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.store.thread import StoreThread
from reporterdesk.workflow.drafting import save_draft


def thread_for(home: Path) -> StoreThread:
    return StoreThread(lambda: open_store(home, clock=utc_now))


def saved(store: Store, number: int) -> None:
    save_draft(store, "the report", ReportContent(body=f"{number}\n"), clock=utc_now)


def test_what_was_submitted_is_done_before_it_closes(home: Path) -> None:
    thread = thread_for(home)
    entered, go_on = threading.Event(), threading.Event()

    def wait(store: Store) -> None:
        entered.set()
        assert go_on.wait(30)

    thread.submit(wait)
    assert entered.wait(30)
    futures = [thread.submit(lambda store, n=n: saved(store, n)) for n in range(100)]
    assert not any(future.done() for future in futures)
    closer = threading.Thread(target=thread.close)
    closer.start()
    go_on.set()
    closer.join(30)
    assert all(future.done() and future.exception() is None for future in futures)
    store = open_store(home, clock=utc_now)
    assert store.reports.get("the report").content.body == "99\n"
    store.close()


def test_results_and_errors_come_back(home: Path) -> None:
    thread = thread_for(home)
    assert thread.run(lambda _: threading.current_thread().name) == "store"
    with pytest.raises(ReportNotFound):
        thread.run(lambda store: store.reports.get("nowhere"))

    def leave(store: Store) -> None:
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        thread.run(leave)
    assert thread.run(lambda store: store.reports.find("nowhere")) is None
    thread.close()


def test_a_cancelled_one_is_left_out(home: Path) -> None:
    thread = thread_for(home)
    go_on = threading.Event()
    thread.submit(lambda _: go_on.wait(30))
    cancelled = thread.submit(lambda store: saved(store, 1))
    assert cancelled.cancel()
    go_on.set()
    assert thread.run(lambda store: store.reports.find("the report")) is None
    thread.close()


def test_after_closing_it_says_so(home: Path) -> None:
    thread = thread_for(home)
    thread.close()
    thread.close()
    with pytest.raises(StoreError, match="is closed"):
        thread.submit(lambda _: None)
    with pytest.raises(StoreError, match="is closed"):
        thread.run(lambda _: None)


def test_waiting_for_itself_is_refused(home: Path) -> None:
    thread = thread_for(home)

    def inner(store: Store) -> None:
        thread.run(lambda _: None)

    with pytest.raises(RuntimeError, match="wait for ever"):
        thread.run(inner)
    thread.close()


def test_a_store_that_does_not_open_tells_everyone(home: Path) -> None:
    (home / "drafts.db").write_bytes(b"no database at all")
    thread = thread_for(home)
    futures = [thread.submit(lambda _: None) for _ in range(3)]
    for future in futures:
        with pytest.raises(StoreUnreadable):
            future.result(30)
    thread.close()


def test_many_threads_submit_while_it_closes(home: Path) -> None:
    thread = thread_for(home)
    accepted: list[int] = []
    start = threading.Barrier(9)

    def submit(first: int) -> None:
        start.wait(30)
        for number in range(first, first + 50):
            try:
                future = thread.submit(lambda _: None)
            except StoreError:
                return
            future.add_done_callback(lambda _, number=number: accepted.append(number))

    writers = [threading.Thread(target=submit, args=(50 * n,)) for n in range(8)]
    for writer in writers:
        writer.start()
    start.wait(30)
    thread.close()
    for writer in writers:
        writer.join(30)
    assert len(accepted) == len(set(accepted))
    assert thread._jobs.empty()
