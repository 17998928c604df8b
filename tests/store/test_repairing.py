"""Repairs: each on a copy, verified, the old files kept, and nothing lost that can be read."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from reporterdesk.cli import main
from reporterdesk.domain.errors import StoreFull, StoreInUse
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.places import Place
from reporterdesk.domain.status import Status
from reporterdesk.paths import drafts_file, photos_file
from reporterdesk.store.backup_photos import backup_photos_file
from reporterdesk.store.backups import back_up
from reporterdesk.store.key import StoreKey
from reporterdesk.store.protection import Guard, Protection, write_protection
from reporterdesk.store.reading import Stopped
from reporterdesk.store.rebuilding import _SAME
from reporterdesk.store.salvage import COPIED
from reporterdesk.vault import MemoryVault
from reporterdesk.workflow.doctor import run_doctor
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.examining import Repair, examine
from reporterdesk.workflow.repairing import Repaired, repair_store
from reporterdesk.workflow.unlocking import keep_in_keyring
from support.clocks import HandClock
from support.contents import ready_content, with_body
from support.filled_profile import Profile, fill_profile, overwrite_pages


@pytest.fixture(params=["plain", "encrypted"])
def profile(request: pytest.FixtureRequest, home: Path, clock: HandClock) -> Profile:
    """Return an empty profile, once plain and once encrypted."""
    return Profile(home, None if request.param == "plain" else StoreKey.new(), clock)


def repaired(profile: Profile, repair: Repair) -> Repaired:
    done = repair_store(profile.home, repair, clock=profile.clock, key=profile.key)
    found = examine(profile.home, profile.key)
    assert found.healthy, found.findings
    return done


def doctor(
    profile: Profile, *numbers: int, repair: bool = True, answers: tuple[str, ...] = ()
) -> tuple[int, str]:
    """Run the command on the profile; return its code and all that it said."""
    lines: list[str] = []
    asked: Iterator[str] = iter(answers)
    arguments = argparse.Namespace(repair=list(numbers) if repair else None)
    vault = MemoryVault()
    if profile.key is not None and not answers:
        write_protection(profile.home, Protection(Guard.KEYRING, "store"))
        keep_in_keyring(profile.home, profile.key, vault)

    def ask(question: str) -> str:
        lines.append(question)
        answer = next(asked, None)
        if answer is None:
            raise EOFError
        return answer

    code = run_doctor(
        arguments, profile.home, say=lines.append, ask=ask, vault=vault, clock=profile.clock
    )
    return code, "\n".join(lines)


def test_every_table_that_is_copied_has_an_identity() -> None:
    assert {table.name for table in COPIED} == set(_SAME)


def test_a_report_without_its_row_comes_back_from_its_history(profile: Profile) -> None:
    ids = fill_profile(profile, 6, filed=3)
    profile.harm("DELETE FROM reports WHERE id = ?", ids[1])
    repaired(profile, Repair.MEND)
    store = profile.open()
    revived = store.reports.get(ids[1])
    assert revived.status is Status.OUTBOX  # its delivery is still there, and goes on
    assert revived.content.headline == "Report 2"
    assert "End of 2." in revived.content.body
    assert len(store.outbox.all_open()) == 3
    store.close()


def test_a_report_that_was_never_filed_comes_back_as_a_draft(profile: Profile) -> None:
    ids = fill_profile(profile, 2, filed=0)
    store = profile.open()
    content = with_body(store.reports.get(ids[0]).content, "As it was.\n")
    store.snapshots.take(ids[0], content, SnapshotReason.EDITED, profile.clock())
    store.close()
    profile.harm("DELETE FROM reports WHERE id = ?", ids[0])
    repaired(profile, Repair.MEND)
    store = profile.open()
    assert store.reports.get(ids[0]).status is Status.DRAFT
    assert store.reports.get(ids[0]).content.body == "As it was.\n"
    store.close()


def test_a_delivery_that_is_lost_leaves_a_draft(profile: Profile) -> None:
    ids = fill_profile(profile, 3, filed=2)
    profile.harm("DELETE FROM outbox WHERE report_id = ?", ids[0])
    repaired(profile, Repair.MEND)
    store = profile.open()
    assert store.reports.counts()[Place.OUTBOX] == 1
    assert store.reports.get(ids[0]).status is Status.DRAFT
    store.close()


def test_the_search_is_made_anew(profile: Profile) -> None:
    fill_profile(profile, 5)
    profile.harm("DELETE FROM report_words")
    repaired(profile, Repair.REINDEX)
    assert profile.rows("SELECT count(*) FROM report_words WHERE report_words MATCH 'hall'") == [
        (5,)
    ]


def test_a_lost_row_takes_the_newest_text_of_history_and_backup(
    profile: Profile, clock: HandClock
) -> None:
    ids = fill_profile(profile, 4, filed=0)
    back_up(profile.home, profile.key, clock())
    clock.turn(hours=1)
    store = profile.open()
    save_draft(store, ids[0], with_body(ready_content("Newer"), "Newer words.\n"), clock=clock)
    newer = store.reports.get(ids[0]).content
    store.snapshots.take(ids[0], newer, SnapshotReason.EDITED, clock())
    store.close()
    profile.harm("UPDATE reports SET content = 'rubbish' WHERE id = ?", ids[0])
    profile.harm("UPDATE reports SET content = 'rubbish' WHERE id = ?", ids[3])
    done = repaired(profile, Repair.RECOVER)
    assert "2 are from the backup" in "\n".join(done.lines)
    store = profile.open()
    assert store.reports.get(ids[3]).content.headline == "Report 4"
    assert store.reports.get(ids[0]).content.headline == "Newer"
    store.close()


def test_what_was_deleted_stays_deleted(profile: Profile, clock: HandClock) -> None:
    ids = fill_profile(profile, 4, filed=0)
    back_up(profile.home, profile.key, clock())
    profile.harm("DELETE FROM snapshots WHERE report_id = ?", ids[1])
    profile.harm("DELETE FROM report_words")
    profile.harm("DELETE FROM reports WHERE id = ?", ids[1])
    profile.harm("UPDATE reports SET content = 'rubbish' WHERE id = ?", ids[3])
    repaired(profile, Repair.RECOVER)
    assert profile.headlines() == {"Report 1", "Report 3", "Report 4"}


def test_the_state_of_the_app_is_kept(profile: Profile) -> None:
    fill_profile(profile, 3)
    store = profile.open()
    store.state.set("open_report", "this one")
    store.close()
    repaired(profile, Repair.REINDEX)
    store = profile.open()
    assert store.state.get("open_report") == "this one"
    store.close()


def test_a_full_disk_changes_nothing(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_profile(profile, 3)
    before = profile.bytes_of()

    def full(*_: object, **__: object) -> None:
        raise StoreFull

    monkeypatch.setattr("reporterdesk.store.rebuilding.index_all", full)
    with pytest.raises(StoreFull):
        repair_store(profile.home, Repair.REINDEX, clock=profile.clock, key=profile.key)
    assert profile.bytes_of() == before
    assert not list(profile.home.glob("*.fresh*"))
    assert not (profile.home / "set-aside").exists()


def test_a_crash_before_the_switch_leaves_nothing(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_profile(profile, 3)
    before = profile.bytes_of()

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reporterdesk.workflow.repairing.replace_files", crash)
    with pytest.raises(KeyboardInterrupt):
        repair_store(profile.home, Repair.REINDEX, clock=profile.clock, key=profile.key)
    assert examine(profile.home, profile.key).healthy
    assert profile.bytes_of() == before
    assert not list(profile.home.glob("*.fresh*"))


def test_a_repair_that_is_stopped_changes_nothing(profile: Profile) -> None:
    fill_profile(profile, 30)
    before = profile.bytes_of()
    with pytest.raises(Stopped):
        repair_store(
            profile.home,
            Repair.REINDEX,
            clock=profile.clock,
            key=profile.key,
            cancelled=lambda: True,
        )
    assert profile.bytes_of() == before


def test_no_repair_while_the_app_has_it_open(profile: Profile) -> None:
    store = profile.open()
    with pytest.raises(StoreInUse):
        repair_store(profile.home, Repair.MEND, clock=profile.clock, key=profile.key)
    store.close()


def test_the_backup_of_the_photos_begins_anew(profile: Profile, clock: HandClock) -> None:
    fill_profile(profile, 5)
    back_up(profile.home, profile.key, clock())
    file = backup_photos_file(profile.home)
    file.write_bytes(b"rubbish" * 1000)
    assert not examine(profile.home, profile.key).healthy
    done = repaired(profile, Repair.BACKUP_PHOTOS)
    assert done.set_aside is not None
    assert (done.set_aside / "backups" / "photos.db").read_bytes() == b"rubbish" * 1000
    photos_file(profile.home).unlink()
    repaired(profile, Repair.PHOTOS)


def test_the_doctor_numbers_what_can_be_done_and_does_it(
    profile: Profile, clock: HandClock
) -> None:
    ids = fill_profile(profile, 40, words=400)
    back_up(profile.home, profile.key, clock())
    clock.turn(hours=1)
    photos_file(profile.home).unlink()
    profile.harm("UPDATE reports SET content = 'rubbish' WHERE id = ?", ids[7])

    code, said = doctor(profile, repair=False)
    assert code == 1
    assert "  1. Recover all that can be read" in said
    assert "  2. Restore the backup of" in said
    assert "  3. Bring 16 photo files back" in said
    assert "--repair [N …]" in said

    code, said = doctor(profile, 3)
    assert code == 1  # the other one is still to be done
    assert "has 16 of their files." in said
    code, said = doctor(profile)
    assert code == 0
    assert "The store is in order." in said
    assert "The old files are in" in said
    assert doctor(profile, repair=False)[0] == 0
    assert len(profile.headlines()) == 40


def test_the_doctor_knows_no_such_number(profile: Profile) -> None:
    fill_profile(profile, 3)
    code, said = doctor(profile, 7)
    assert code == 1
    assert "There is no repair 7. Nothing was changed." in said


def test_the_doctor_does_nothing_where_nothing_is_wrong(profile: Profile) -> None:
    fill_profile(profile, 3)
    before = profile.bytes_of()
    code, said = doctor(profile)
    assert code == 0
    assert "The store is in order." in said
    assert profile.bytes_of() == before


def test_the_doctor_asks_for_the_code_where_nothing_else_is_left(
    home: Path, clock: HandClock
) -> None:
    from reporterdesk.store.recovery import words_of_key

    key = StoreKey.new()
    profile = Profile(home, key, clock)
    fill_profile(profile, 3)
    code, said = doctor(profile, repair=False, answers=("wrong words", " ".join(words_of_key(key))))
    assert said.count("Recovery code: ") == 2
    assert "Word 2 is none of the words" in said
    assert "3 reports" in said
    assert code == 0
    code, said = doctor(profile, repair=False, answers=("wrong", "wrong", "wrong"))
    assert code == 1
    assert "3 reports" not in said


def test_the_command(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    assert "There are no reports yet." in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        main(["doctor", "--help"])
    assert ended.value.code == 0
    assert "Exit codes" in capsys.readouterr().out
    with pytest.raises(SystemExit) as refused:
        main(["doctor", "--repair", "x"])
    assert refused.value.code == 2


def test_damage_after_damage(profile: Profile, clock: HandClock) -> None:
    """Harm it again and again, and repair it each time: nothing that was backed up goes."""
    fill_profile(profile, 30, words=400)
    back_up(profile.home, profile.key, clock())
    for seed in range(3):
        clock.turn(minutes=1)
        overwrite_pages(drafts_file(profile.home), 0.02, seed)
        code, said = doctor(profile)
        assert code == 0, said
        assert len(profile.headlines()) == 30
    assert len(list((profile.home / "set-aside").iterdir())) == 3
