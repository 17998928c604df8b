"""Backups: taken beside the writer, verified, rotated by use, and put back as a whole."""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reporterdesk.domain.errors import StoreFull, StoreUnreadable
from reporterdesk.paths import backups_folder, drafts_file, photos_file
from reporterdesk.store import backup_photos, backups
from reporterdesk.store.backup_list import (
    Backup,
    BackupKind,
    backup_files,
    dispensable,
    list_backups,
    newest_good_backup,
)
from reporterdesk.store.backup_photos import BackupPhotos, backup_photos_file
from reporterdesk.store.backups import back_up, backup_due, keep_backed_up
from reporterdesk.store.key import StoreKey
from reporterdesk.store.reading import Stopped, check_whole
from reporterdesk.store.restoring import restore_backup, what_changes
from reporterdesk.store.versions import DRAFTS_ID
from reporterdesk.workflow.drafting import save_draft
from support.clocks import HandClock
from support.contents import ready_content
from support.filled_profile import Profile, fill_profile, overwrite_pages, truncate, write
from support.photo_uses import photo_names as names_needed
from support.photo_uses import sweep_photos

DAY = timedelta(days=1)


@pytest.fixture(params=["plain", "encrypted"])
def profile(request: pytest.FixtureRequest, home: Path, clock: HandClock) -> Profile:
    """Return an empty profile, once plain and once encrypted."""
    return Profile(home, None if request.param == "plain" else StoreKey.new(), clock)


def photo_names(profile: Profile) -> set[str]:
    with BackupPhotos(profile.home, profile.key) as kept:
        return kept.names()


def test_a_backup_holds_what_the_store_held(profile: Profile, clock: HandClock) -> None:
    fill_profile(profile, 12)
    taken = back_up(profile.home, profile.key, clock())
    (backup,) = list_backups(profile.home, profile.key)
    assert taken.file == backup.file
    assert (backup.reports, backup.problem, backup.taken_at) == (12, "", clock())
    assert backup.bytes == backup.file.stat().st_size
    check_whole(backup.file, profile.key, DRAFTS_ID)
    assert taken.photos == 4  # two photos, a preview and a full size each
    assert taken.skipped == ""


def test_it_is_encrypted_as_the_store_is(profile: Profile, clock: HandClock) -> None:
    profile.write("Whistleblower speaks", photo=2_000)
    back_up(profile.home, profile.key, clock())
    everything = b"".join(file.read_bytes() for file in backups_folder(profile.home).iterdir())
    assert (b"Whistleblower" in everything) == (profile.key is None)
    assert (b"SQLite format 3" in everything) == (profile.key is None)
    if profile.key is not None:
        (backup,) = list_backups(profile.home, StoreKey.new())
        assert backup.problem


def test_saving_goes_on_while_a_backup_is_taken(profile: Profile, clock: HandClock) -> None:
    fill_profile(profile, 200)
    store = profile.open()
    begun, saved = threading.Event(), threading.Event()

    def look() -> bool:
        assert begun.is_set() or not list(backups_folder(profile.home).glob("*Z.db"))
        begun.set()
        saved.wait(30)  # the backup stands still in its middle until something was saved
        return False

    other = threading.Thread(
        target=back_up, args=(profile.home, profile.key, clock()), kwargs={"cancelled": look}
    )
    other.start()
    assert begun.wait(30)
    write(store, "Written meanwhile", clock)
    saved.set()
    other.join()
    store.close()
    assert "Written meanwhile" in profile.headlines()
    (backup,) = list_backups(profile.home, profile.key)
    assert backup.reports in {200, 201}


def test_it_stops_when_it_is_asked_to(profile: Profile, clock: HandClock) -> None:
    fill_profile(profile, 40)
    with pytest.raises(Stopped):
        back_up(profile.home, profile.key, clock(), cancelled=lambda: True)
    assert list(backups_folder(profile.home).iterdir()) == []


def test_it_is_due_after_a_day_whatever_the_clock_says(profile: Profile, clock: HandClock) -> None:
    profile.write("First")
    assert backup_due(profile.home, clock())
    assert keep_backed_up(profile.home, profile.key, clock()).file is not None
    for hours in (1, -2, 20):  # an hour back from then, and on
        clock.turn(hours=hours)
        assert keep_backed_up(profile.home, profile.key, clock()).file is None
    clock.turn(days=365)
    assert keep_backed_up(profile.home, profile.key, clock()).file is not None
    clock.turn(days=-365)
    assert keep_backed_up(profile.home, profile.key, clock()).file is not None
    assert [backup.number for backup in backup_files(profile.home)] == [1, 2, 3]


def test_new_photos_are_copied_though_no_backup_is_due(profile: Profile, clock: HandClock) -> None:
    profile.write("First", photo=5_000)
    assert back_up(profile.home, profile.key, clock()).photos == 2
    profile.write("Second", photo=2_500_000)
    taken = keep_backed_up(profile.home, profile.key, clock())
    assert (taken.file, taken.photos) == (None, 2)
    assert keep_backed_up(profile.home, profile.key, clock()).photos == 0


def test_an_empty_store_takes_the_place_of_no_backup(profile: Profile, clock: HandClock) -> None:
    profile.write("First")
    back_up(profile.home, profile.key, clock())
    drafts_file(profile.home).unlink()
    profile.open().close()
    clock.turn(days=2)
    assert back_up(profile.home, profile.key, clock()).file is None
    assert len(backup_files(profile.home)) == 1


def named(number: int, moment: datetime) -> Backup:
    return Backup(Path(f"{number}"), BackupKind.TAKEN, number, moment)


def kept(moments: list[datetime]) -> list[int]:
    """Return the numbers that stay where a backup is taken at each moment and old ones go."""
    there: list[Backup] = []
    for number, moment in enumerate(moments, start=1):
        there.append(named(number, moment))
        gone = {backup.number for backup in dispensable(there)}
        there = [backup for backup in there if backup.number not in gone]
    return [backup.number for backup in there]


START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday


def test_seven_days_and_four_weeks_stay() -> None:
    # 60 days in a row: the last seven, and the newest of each of the last four weeks.
    assert kept([START + DAY * n for n in range(60)]) == [42, 49, 54, 55, 56, 57, 58, 59, 60]


def test_many_of_one_day_leave_those_of_the_days_before() -> None:
    moments = [START + DAY * n for n in range(10)]
    moments += [moments[-1] + timedelta(minutes=n) for n in range(1, 50)]
    assert kept(moments) == [4, 5, 6, 7, 8, 9, 57, 58, 59]


def test_months_without_use_delete_nothing() -> None:
    moments = [START + DAY * n for n in range(7)]
    assert kept([*moments, START + DAY * 200]) == [2, 3, 4, 5, 6, 7, 8]


def test_a_day_with_the_clock_a_year_ahead_costs_one_backup() -> None:
    moments = [START + DAY * n for n in range(7)]
    ahead = [*moments, moments[-1] + DAY * 365, moments[-1] + DAY]
    assert kept(ahead) == [3, 4, 5, 6, 7, 8, 9]
    later = [*ahead, *(moments[-1] + DAY * n for n in range(2, 40))]
    assert 8 not in kept(later)  # it does not outlive the better ones


def test_the_clock_an_hour_back_deletes_nothing_that_counts() -> None:
    moments = [START, START + DAY, START + DAY - timedelta(hours=1), START + DAY * 2]
    assert kept(moments) == [1, 2, 3, 4]


def test_photos_stay_as_long_as_a_backup_refers_to_them(profile: Profile, clock: HandClock) -> None:
    report_id = profile.write("With a photo", photo=4_000)
    back_up(profile.home, profile.key, clock())
    store = profile.open()
    save_draft(store, report_id, ready_content("Without"), clock=clock)
    store._drafts._raw().execute("DELETE FROM snapshots")
    sweep_photos(store)
    store.close()
    for _ in range(9):
        clock.turn(days=7)
        before = photo_names(profile)
        back_up(profile.home, profile.key, clock())
        first = backup_files(profile.home)[0].number
        assert (len(before) == 2) or first > 1
    assert photo_names(profile) == set()


def test_photos_are_not_swept_while_a_backup_cannot_be_read(
    profile: Profile, clock: HandClock
) -> None:
    profile.write("With a photo", photo=4_000)
    back_up(profile.home, profile.key, clock())
    strange = backups_folder(profile.home) / "drafts-0002-20260314T190000Z.db"
    strange.write_bytes(b"who knows" * 1000)
    with BackupPhotos(profile.home, profile.key) as kept_photos:
        assert kept_photos.sweep(()) == 0
        strange.unlink()
        assert kept_photos.sweep(()) == 0  # the backup refers to them
        backup_files(profile.home)[0].file.unlink()
        assert kept_photos.sweep(()) == 2


def test_a_crash_leaves_what_the_next_one_sweeps(profile: Profile, clock: HandClock) -> None:
    profile.write("First")
    folder = backups_folder(profile.home)
    folder.mkdir()
    for end in (".new", ".new-journal"):
        (folder / f"drafts-0001-20260101T000000Z.db{end}").write_bytes(b"half of it")
    assert list_backups(profile.home, profile.key) == ()
    back_up(profile.home, profile.key, clock())
    names = {file.name for file in folder.iterdir()}
    assert names == {"drafts-0001-20260314T180000Z.db", "photos.db"}


def test_a_full_disk_skips_the_backup_and_deletes_nothing(
    profile: Profile, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_profile(profile, 10)
    for _ in range(5):
        back_up(profile.home, profile.key, clock())
        clock.turn(days=1)
    before = sorted(file.name for file in backups_folder(profile.home).iterdir())
    usage = shutil.disk_usage(profile.home)._replace(free=backups.SPARED)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(StoreFull, match="too little room"):
        back_up(profile.home, profile.key, clock())
    assert sorted(file.name for file in backups_folder(profile.home).iterdir()) == before


def test_photos_that_have_no_room_are_said_and_come_later(
    profile: Profile, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile.write("With a photo", photo=200_000)
    real = shutil.disk_usage(profile.home)
    size = drafts_file(profile.home).stat().st_size
    little = real._replace(free=backups.SPARED + size + 10_000)
    monkeypatch.setattr(backup_photos.shutil, "disk_usage", lambda _: little)
    taken = back_up(profile.home, profile.key, clock())
    assert taken.file is not None
    assert "too little room" in taken.skipped
    monkeypatch.undo()
    assert keep_backed_up(profile.home, profile.key, clock()).photos + taken.photos == 2


def test_a_damaged_store_gives_no_backup(profile: Profile, clock: HandClock) -> None:
    fill_profile(profile, 60)
    back_up(profile.home, profile.key, clock())
    overwrite_pages(drafts_file(profile.home), 0.3, seed=3, spare_first=True)
    with pytest.raises(StoreUnreadable):
        back_up(profile.home, profile.key, clock())
    (backup,) = list_backups(profile.home, profile.key)
    assert backup.reports == 60


def test_a_damaged_photo_is_left_out(profile: Profile, clock: HandClock) -> None:
    profile.write("One", photo=3_000)
    profile.write("Two", photo=3_000)
    store = profile.open()
    store._photos._raw().execute("UPDATE photo_pieces SET data = zeroblob(3000) WHERE number = 2")
    store.close()
    assert back_up(profile.home, profile.key, clock()).photos == 3


def test_a_restored_backup_brings_words_and_photos_back(profile: Profile, clock: HandClock) -> None:
    fill_profile(profile, 10)
    back_up(profile.home, profile.key, clock())
    clock.turn(hours=1)
    profile.write("Written later", photo=1_000)
    photos_file(profile.home).unlink()
    (backup,) = list_backups(profile.home, profile.key)

    changes = what_changes(profile.home, profile.key, backup)
    restored = restore_backup(profile.home, profile.key, backup, now=clock())

    assert [report.headline for report in changes.gone] == ["Written later"]
    assert changes.counts == (1, 0, 0)
    assert profile.headlines() == {f"Report {number}" for number in range(1, 11)}
    store = profile.open()
    assert all(store.photos.has(name) for name in names_needed(store))
    store.close()
    assert restored.photos_missing == 0
    aside = next(b for b in list_backups(profile.home, profile.key) if b.kind == "set aside")
    assert restored.set_aside == aside.file.parent
    assert aside.reports == 11


@pytest.mark.parametrize("hours", [1, 0])
def test_the_way_back(profile: Profile, clock: HandClock, hours: int) -> None:
    report_id = profile.write("As it was")
    back_up(profile.home, profile.key, clock())
    clock.turn(hours=hours)
    store = profile.open()
    save_draft(store, report_id, ready_content("As it is"), clock=clock)
    store.close()
    (backup,) = list_backups(profile.home, profile.key)
    changes = what_changes(profile.home, profile.key, backup)
    assert [report.headline for report in changes.older] == ["As it is"]
    restore_backup(profile.home, profile.key, backup, now=clock())
    assert profile.headlines() == {"As it was"}
    clock.turn(minutes=1)
    aside = list_backups(profile.home, profile.key)[0]
    restore_backup(profile.home, profile.key, aside, now=clock())
    assert profile.headlines() == {"As it is"}


def test_a_damaged_backup_is_not_restored(profile: Profile, clock: HandClock) -> None:
    fill_profile(profile, 60)
    back_up(profile.home, profile.key, clock())
    (backup,) = list_backups(profile.home, profile.key)
    overwrite_pages(backup.file, 0.3, seed=5, spare_first=True)
    before = profile.bytes_of()
    with pytest.raises(StoreUnreadable):
        restore_backup(profile.home, profile.key, backup, now=clock())
    assert profile.bytes_of() == before
    truncate(backup.file, 0.5)
    assert newest_good_backup(profile.home, profile.key) is None
    assert {file.name for file in profile.home.iterdir()} >= {"drafts.db", "photos.db"}
    assert not list(profile.home.glob("*.fresh*"))


def test_a_store_that_cannot_be_read_is_replaced_all_the_same(
    profile: Profile, clock: HandClock
) -> None:
    fill_profile(profile, 10)
    back_up(profile.home, profile.key, clock())
    (backup,) = list_backups(profile.home, profile.key)
    rubbish = b"\x00\x01" * 9000
    drafts_file(profile.home).write_bytes(rubbish)
    assert not what_changes(profile.home, profile.key, backup).known
    restored = restore_backup(profile.home, profile.key, backup, now=clock())
    assert len(profile.headlines()) == 10
    assert restored.set_aside is not None
    assert (restored.set_aside / "drafts.db").read_bytes() == rubbish


def test_the_photos_file_of_the_backups_has_no_log_left(profile: Profile, clock: HandClock) -> None:
    profile.write("One", photo=3_000)
    back_up(profile.home, profile.key, clock())
    names = sorted(file.name for file in backup_photos_file(profile.home).parent.iterdir())
    assert names == ["drafts-0001-20260314T180000Z.db", "photos.db"]
