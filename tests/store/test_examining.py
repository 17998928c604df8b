"""What the doctor says of a profile."""

from __future__ import annotations

from pathlib import Path

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.ids import new_id
from reporterdesk.paths import drafts_file
from reporterdesk.store.opening import open_store
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.examining import examine
from reporterdesk.workflow.filing import file_report
from support.contents import photo_of, ready_content


def test_a_profile_without_a_store_is_healthy_and_stays_without(home: Path) -> None:
    examination = examine(home, clock=utc_now)

    assert examination.healthy
    assert "There are no reports yet." in examination.lines
    assert list(home.iterdir()) == []


def test_a_store_in_order_is_described(home: Path) -> None:
    store = open_store(home, clock=utc_now)
    for _ in range(2):
        report_id = new_id()
        save_draft(store, report_id, ready_content(), clock=utc_now)
    file_report(store, report_id, clock=utc_now)
    store.close()

    examination = examine(home, clock=utc_now)

    assert examination.healthy
    assert examination.lines[1:] == (
        "2 reports, 1 in the outbox.",
        "Nobody is signed in.",
        "The store is in order.",
    )


def test_missing_photo_bytes_are_told(home: Path) -> None:
    store = open_store(home, clock=utc_now)
    content = ready_content("With a photo", photo_of(b"preview", b"full"))
    save_draft(store, new_id(), content, clock=utc_now)
    store.close()

    lines = examine(home, clock=utc_now).lines

    assert "2 of the photos’ files are not here." in lines


def test_a_damaged_store_is_said_and_left_alone(home: Path) -> None:
    damaged = b"this was a database once" * 200
    drafts_file(home).write_bytes(damaged)

    examination = examine(home, clock=utc_now)

    assert not examination.healthy
    assert "left exactly as it is" in examination.lines[-1]
    assert drafts_file(home).read_bytes() == damaged


def test_a_store_that_is_open_elsewhere_is_said(home: Path) -> None:
    store = open_store(home, clock=utc_now)

    examination = examine(home, clock=utc_now)
    store.close()

    assert not examination.healthy
    assert "already running" in examination.lines[-1]
