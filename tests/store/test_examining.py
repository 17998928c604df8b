"""What the examination says of a profile, and that it leaves everything as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.ids import new_id
from reporterdesk.paths import backups_folder, drafts_file
from reporterdesk.store.backups import back_up
from reporterdesk.store.key import StoreKey
from reporterdesk.store.opening import open_store
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.examining import Repair, examine
from reporterdesk.workflow.filing import file_report
from support.clocks import HandClock
from support.contents import photo_of, ready_content
from support.filled_profile import Profile, fill_profile


@pytest.fixture
def profile(home: Path, clock: HandClock) -> Profile:
    """Return an empty, encrypted profile."""
    return Profile(home, StoreKey.new(), clock)


def test_a_profile_without_a_store_is_healthy_and_stays_without(home: Path) -> None:
    examination = examine(home)
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

    examination = examine(home)

    assert examination.healthy
    assert examination.lines[1:] == (
        "2 reports, 1 in the outbox.",
        "Nobody is signed in.",
        "There is no backup yet.",
        "The store is in order.",
    )


def test_the_newest_backup_is_told(profile: Profile, clock: HandClock) -> None:
    fill_profile(profile, 3)
    for days in (1, 1, 1):
        back_up(profile.home, profile.key, clock())
        clock.turn(days=days)
    found = examine(profile.home, profile.key)
    assert found.healthy
    assert any("17 March" not in line and "3 are kept" in line for line in found.lines)
    assert found.backup is not None
    assert found.backup.number == 3


def test_missing_photo_bytes_are_told(home: Path) -> None:
    store = open_store(home, clock=utc_now)
    content = ready_content("With a photo", photo_of(b"preview", b"full"))
    save_draft(store, new_id(), content, clock=utc_now)
    store.close()

    examination = examine(home)

    assert not examination.healthy
    assert examination.findings[0].sentence.startswith("2 photo files are not here")
    assert examination.findings[0].lines == ("“With a photo”: 1 photo",)


def test_a_damaged_store_is_said_and_left_alone(home: Path) -> None:
    damaged = b"this was a database once" * 200
    drafts_file(home).write_bytes(damaged)

    examination = examine(home)

    assert not examination.healthy
    assert "left exactly as it is" in examination.findings[0].sentence
    assert drafts_file(home).read_bytes() == damaged


def test_a_store_that_is_open_elsewhere_is_said(home: Path) -> None:
    store = open_store(home, clock=utc_now)

    examination = examine(home)
    store.close()

    assert not examination.healthy
    assert "already running" in examination.findings[0].sentence


def test_what_the_log_holds_is_examined_and_stays_there(profile: Profile) -> None:
    fill_profile(profile, 5)
    store = profile.open()
    crashed = profile.home.parent / "crashed"
    crashed.mkdir()
    store.state.set("after", "the checkpoint")
    for file in profile.home.glob("*.db*"):
        (crashed / file.name).write_bytes(file.read_bytes())
    store.close()
    after_crash = Profile(crashed, profile.key, profile.clock)
    before = after_crash.bytes_of()
    assert "drafts.db-wal" in before
    assert examine(crashed, profile.key).healthy
    assert after_crash.bytes_of() == before


def test_a_damaged_backup_is_said(profile: Profile, clock: HandClock) -> None:
    fill_profile(profile, 3)
    back_up(profile.home, profile.key, clock())
    backup = next(backups_folder(profile.home).glob("drafts-*.db"))
    backup.write_bytes(b"rubbish" * 1000)
    found = examine(profile.home, profile.key)
    assert not found.healthy
    assert "cannot be used" in found.findings[0].sentence
    assert found.backup is None


def test_a_search_index_that_does_not_know_a_report(profile: Profile) -> None:
    fill_profile(profile, 4)
    profile.harm("DELETE FROM report_words WHERE rowid = (SELECT min(number) FROM reports)")
    found = examine(profile.home, profile.key)
    assert [offer.repair for offer in found.offers] == [Repair.REINDEX]


def test_rows_that_belong_to_nothing(profile: Profile) -> None:
    ids = fill_profile(profile, 4, filed=3)
    profile.harm("DELETE FROM reports WHERE id = ?", ids[0])
    profile.harm("DELETE FROM outbox WHERE report_id = ?", ids[1])
    found = examine(profile.home, profile.key)
    assert [offer.repair for offer in found.offers] == [Repair.MEND, Repair.REINDEX]
    assert "1 report in the outbox without a delivery" in found.findings[0].sentence


def test_a_report_that_cannot_be_understood(profile: Profile) -> None:
    ids = fill_profile(profile, 4)
    profile.harm("UPDATE reports SET content = '[]' WHERE id = ?", ids[2])
    found = examine(profile.home, profile.key)
    assert [offer.repair for offer in found.offers] == [Repair.RECOVER]
