"""Damage of every kind: a clear sentence, an untouched original, and a repair that loses little."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from reporterdesk.domain.errors import StoreError, StoreUnreadable
from reporterdesk.paths import drafts_file, photos_file
from reporterdesk.store.backups import back_up
from reporterdesk.store.key import StoreKey
from reporterdesk.store.opening import open_store
from reporterdesk.store.reading import check_whole
from reporterdesk.store.versions import DRAFTS_ID
from reporterdesk.workflow.examining import Examination, Repair, examine
from reporterdesk.workflow.repairing import Repaired, repair_store
from support.clocks import HandClock
from support.filled_profile import SENTENCE, Profile, fill_profile, overwrite_pages, truncate
from support.photo_uses import photo_names

REPORTS = 120
SEEDS = range(int(os.environ.get("DAMAGE_SEEDS", "2")))
"""``DAMAGE_SEEDS=50`` makes a long run of it."""


@pytest.fixture(scope="module", params=["plain", "encrypted"])
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """Return a profile of 120 reports, once plain and once encrypted, to be copied."""
    home = tmp_path_factory.mktemp("template")
    key = None if request.param == "plain" else StoreKey.new()
    filled = Profile(home, key, HandClock())
    fill_profile(filled, REPORTS, words=700)
    return filled


@pytest.fixture
def profile(template: Profile, home: Path, clock: HandClock) -> Profile:
    """Return a profile of 120 reports that may be harmed."""
    shutil.copytree(template.home, home, dirs_exist_ok=True)
    return Profile(home, template.key, clock)


def backed_up(profile: Profile, clock: HandClock) -> None:
    back_up(profile.home, profile.key, clock())
    clock.turn(hours=2)


def examined(profile: Profile) -> Examination:
    """Examine the profile, and see that not a byte of the store was changed by it."""
    before = profile.bytes_of()
    found = examine(profile.home, profile.key)
    assert profile.bytes_of() == before
    return found


def offered(found: Examination) -> list[Repair]:
    return [offer.repair for offer in found.offers]


def repaired(profile: Profile, repair: Repair) -> Repaired:
    return repair_store(profile.home, repair, clock=profile.clock, key=profile.key)


def sentences(found: Examination) -> str:
    return "\n".join(finding.sentence for finding in found.findings)


ALL = {f"Report {number}" for number in range(1, REPORTS + 1)}


@pytest.mark.parametrize("seed", SEEDS)
def test_one_page_in_a_hundred(profile: Profile, clock: HandClock, seed: int) -> None:
    backed_up(profile, clock)
    newer = profile.write("Written after the backup", body=SENTENCE * 10)
    damaged = drafts_file(profile.home)
    hit = overwrite_pages(damaged, 0.01, seed)
    assert len(hit) >= 2
    harmed = damaged.read_bytes()

    found = examined(profile)

    assert not found.healthy
    assert "damaged" in sentences(found)
    best = next(offer for offer in found.offers if offer.advised)
    done = repaired(profile, best.repair)
    assert done.set_aside is not None
    assert (done.set_aside / "drafts.db").read_bytes() == harmed
    headlines = profile.headlines()
    assert headlines >= ALL
    assert newer
    again = examined(profile)
    assert again.healthy, again.findings


@pytest.mark.parametrize("seed", SEEDS)
def test_without_a_backup_what_can_be_read_is_kept(profile: Profile, seed: int) -> None:
    hit = overwrite_pages(drafts_file(profile.home), 0.01, seed, spare_first=True)

    found = examined(profile)
    assert Repair.RECOVER in offered(found) or Repair.REINDEX in offered(found)
    assert Repair.RESTORE not in offered(found)
    best = found.offers[0]
    repaired(profile, best.repair)

    # A page holds a few rows at most; a report that has lost its row has its history.
    assert len(profile.headlines() & ALL) >= REPORTS - 4 * len(hit)
    assert examined(profile).healthy


@pytest.mark.parametrize("share", [0.0005, 0.3, 0.97])
def test_a_truncated_file(profile: Profile, clock: HandClock, share: float) -> None:
    backed_up(profile, clock)
    truncate(drafts_file(profile.home), share)
    with pytest.raises(StoreUnreadable, match="damaged"):
        open_store(profile.home, clock=clock, key=profile.key)

    found = examined(profile)

    assert "damaged" in sentences(found)
    assert Repair.RESTORE in offered(found)
    repaired(profile, found.offers[0].repair)
    assert profile.headlines() == ALL
    assert examined(profile).healthy


def test_a_file_of_no_bytes_counts_as_missing(profile: Profile, clock: HandClock) -> None:
    backed_up(profile, clock)
    truncate(drafts_file(profile.home), 0)
    found = examined(profile)
    assert "drafts.db, is missing" in sentences(found)
    assert offered(found) == [Repair.RESTORE, Repair.PHOTOS] or offered(found) == [Repair.RESTORE]
    repaired(profile, Repair.RESTORE)
    assert profile.headlines() == ALL


def test_a_wrong_key(home: Path, clock: HandClock) -> None:
    profile = Profile(home, StoreKey.new(), clock)
    fill_profile(profile, 3)
    before = profile.bytes_of()
    for key in (StoreKey.new(), None):
        with pytest.raises(StoreError):
            open_store(home, clock=clock, key=key)
        found = examine(home, key)
        assert not found.healthy
        assert Repair.RECOVER not in offered(found)
        assert profile.bytes_of() == before


def test_photos_that_are_gone_come_back_from_the_backup(profile: Profile, clock: HandClock) -> None:
    backed_up(profile, clock)
    photos_file(profile.home).unlink()

    found = examined(profile)

    assert not photos_file(profile.home).exists()
    assert "photos.db, is missing" in sentences(found)
    assert offered(found) == [Repair.PHOTOS]
    repaired(profile, Repair.PHOTOS)
    store = profile.open()
    assert all(store.photos.read(name) for name in photo_names(store))
    store.close()
    assert examined(profile).healthy


def test_photos_that_are_nowhere_are_named(profile: Profile) -> None:
    photos_file(profile.home).unlink()
    found = examined(profile)
    lines = [line for finding in found.findings for line in finding.lines]
    assert "“Report 5”: 1 photo" in lines
    assert "and 14 more reports" in lines
    assert found.offers == ()
    profile.open().close()  # the app opens all the same
    assert profile.headlines() == ALL


@pytest.mark.parametrize("seed", SEEDS)
def test_damaged_photos(profile: Profile, clock: HandClock, seed: int) -> None:
    backed_up(profile, clock)
    overwrite_pages(photos_file(profile.home), 0.05, seed)
    found = examined(profile)
    assert "photos.db" in sentences(found)
    assert offered(found) == [Repair.PHOTOS]
    done = repaired(profile, Repair.PHOTOS)
    assert done.set_aside is not None
    assert examined(profile).healthy


def test_nothing_is_left_and_there_is_no_backup(profile: Profile) -> None:
    overwrite_pages(drafts_file(profile.home), 1.0, seed=1)
    found = examined(profile)
    assert "no backup" in sentences(found)
    assert found.offers == ()
    with pytest.raises(StoreUnreadable):
        repaired(profile, Repair.RECOVER)
    with pytest.raises(StoreUnreadable):
        repaired(profile, Repair.RESTORE)
    assert not list(profile.home.glob("*.fresh*"))


def test_the_way_back_from_a_repair(profile: Profile, clock: HandClock) -> None:
    backed_up(profile, clock)
    overwrite_pages(drafts_file(profile.home), 0.01, seed=2, spare_first=True)
    done = repaired(profile, Repair.RECOVER)
    check_whole(drafts_file(profile.home), profile.key, DRAFTS_ID)
    assert done.set_aside is not None
    assert (done.set_aside / "drafts.db").is_file()
