"""Several files replaced at once: all or none, wherever the process dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from reporterdesk.domain.errors import StoreError, StoreFull, StoreTooNew, StoreUnreadable
from reporterdesk.store.protection import Guard, Protection, read_protection, write_protection
from reporterdesk.store.replacing import (
    finish_replacement,
    fresh_beside,
    is_replacing,
    journal_file,
    replace_files,
)
from support.dying import Died, dying_at

OLD = Protection(Guard.NONE, "one store")
NEW = Protection(Guard.KEYRING, "one store", key_id="new key", check="0123456789abcdef")
NAMES = ("drafts.db", "photos.db", "backups/2026-03-14.db")
PLAIN = b"SQLite format 3\x00 the old words"


def prepare(home: Path) -> dict[Path, Path]:
    """Make a profile of three old files, with a log, and three new ones beside them."""
    write_protection(home, OLD)
    (home / "backups").mkdir()
    for name in NAMES:
        (home / name).write_bytes(PLAIN)
        fresh_beside(home / name).write_bytes(b"new")
    (home / "drafts.db-wal").write_bytes(b"old log")
    (home / "drafts.db-shm").write_bytes(b"old index")
    return {home / name: fresh_beside(home / name) for name in NAMES}


def generation(home: Path) -> str:
    """Return which files count, after making sure that it is the same everywhere."""
    found = {(home / name).read_bytes() for name in NAMES}
    assert len(found) == 1
    new = found == {b"new"}
    assert read_protection(home) == (NEW if new else OLD)
    return "new" if new else "old"


def files(home: Path) -> set[str]:
    return {file.relative_to(home).as_posix() for file in home.rglob("*") if file.is_file()}


def left(which: str) -> set[str]:
    """Return the files that there should be: an old database goes on having its log."""
    logs = {"drafts.db-wal", "drafts.db-shm"} if which == "old" else set()
    return {*NAMES, "protection.json"} | logs


def test_everything_is_replaced_and_nothing_is_left(home: Path) -> None:
    replace_files(home, prepare(home), protection=NEW)
    assert generation(home) == "new"
    assert files(home) == left("new")
    assert not is_replacing(home)
    finish_replacement(home)
    assert generation(home) == "new"


def test_old_files_are_set_aside_with_their_logs(home: Path) -> None:
    aside = home / "set-aside" / "before"
    replace_files(home, prepare(home), set_aside=aside, protection=NEW)
    assert generation(home) == "new"
    assert all((aside / name).read_bytes() == PLAIN for name in NAMES)
    assert (aside / "drafts.db-wal").read_bytes() == b"old log"
    assert not (home / "drafts.db-wal").exists()
    assert not (home / "drafts.db-shm").exists()


def test_a_file_that_was_not_there(home: Path) -> None:
    fresh = prepare(home)
    (home / "photos.db").unlink()
    replace_files(home, fresh, protection=NEW)
    assert generation(home) == "new"


@pytest.mark.parametrize("keep", [False, True], ids=["wiped", "kept"])
def test_killed_at_every_step(tmp_path: Path, keep: bool) -> None:
    step, seen = 0, []
    while True:
        home = tmp_path / str(step)
        home.mkdir()
        fresh = prepare(home)
        aside = home / "set-aside" / "before" if keep else None
        died = False
        with dying_at(step) as steps:
            try:
                replace_files(home, fresh, set_aside=aside, protection=NEW)
            except Died:
                died = True
        decided = is_replacing(home)
        finish_replacement(home)
        seen.append(generation(home))
        assert seen[-1] == "new" if decided else not journal_file(home).exists()
        kept = {name for name in files(home) if name.startswith("set-aside")}
        assert files(home) - kept == left(seen[-1])
        if keep and seen[-1] == "new":
            assert len(kept) == len(NAMES) + 1
        if not died:
            break
        assert steps.dead
        step += 1
    assert step > 20
    assert seen == sorted(seen, reverse=True), "old until it is decided, new from then on"
    assert {"old", "new"} <= set(seen)


def test_killed_again_while_it_is_finished(tmp_path: Path) -> None:
    first = tmp_path / "first"
    first.mkdir()
    with dying_at(None) as steps:
        replace_files(first, prepare(first), protection=NEW)
    whole = steps.taken
    for died_at in range(whole):
        home = tmp_path / str(died_at)
        home.mkdir()
        fresh = prepare(home)
        with dying_at(died_at), suppress(Died):
            replace_files(home, fresh, protection=NEW)
        decided = is_replacing(home)
        for again in range(0, whole, 3):
            with dying_at(again), suppress(Died):
                finish_replacement(home)
        finish_replacement(home)
        which = generation(home)
        assert which == "new" if decided else not is_replacing(home)
        assert files(home) == left(which)


SCRIPT = """
import os, signal, sys
from pathlib import Path
from reporterdesk.store.protection import Guard, Protection
from reporterdesk.store.replacing import fresh_beside, replace_files
home, last = Path(sys.argv[1]), int(sys.argv[2])
taken, real = 0, os.replace
def replace(*args):
    global taken
    if taken == last:
        os.kill(os.getpid(), signal.SIGKILL)
    taken += 1
    return real(*args)
os.replace = replace
names = ("drafts.db", "photos.db", "backups/2026-03-14.db")
new = Protection(Guard.KEYRING, "one store", key_id="new key", check="0123456789abcdef")
replace_files(home, {home / n: fresh_beside(home / n) for n in names}, protection=new)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("last", [0, 1, 4, 7])
def test_a_real_process_killed(home: Path, last: int) -> None:
    prepare(home)
    command = [sys.executable, "-c", SCRIPT, str(home), str(last)]
    done = subprocess.run(command, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    finish_replacement(home)
    assert generation(home) == ("old" if last == 0 else "new")


def test_what_was_never_decided_is_swept(home: Path) -> None:
    prepare(home)
    (home / "drafts.db.fresh-wal").write_bytes(b"log")
    finish_replacement(home)
    assert generation(home) == "old"
    assert files(home) == left("old")


def test_no_room_for_the_journal(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = prepare(home)
    real = os.fsync

    def full(handle: int) -> None:
        if (home / "replacing.json.new").exists():
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreFull, match="as they were"):
        replace_files(home, fresh, protection=NEW)
    assert not is_replacing(home)
    monkeypatch.undo()
    assert generation(home) == "old"
    assert all(file.exists() for file in fresh.values())
    replace_files(home, fresh, protection=NEW)
    assert generation(home) == "new"


def test_no_room_to_finish_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = prepare(home)
    real = os.fsync

    def full(handle: int) -> None:
        if (home / "protection.json.new").exists():
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    for attempt in (
        lambda: replace_files(home, fresh, protection=NEW),
        lambda: finish_replacement(home),
    ):
        with pytest.raises(StoreFull, match="goes on by itself"):
            attempt()
    monkeypatch.undo()
    finish_replacement(home)
    assert generation(home) == "new"


def test_a_file_that_cannot_be_moved_is_moved_the_next_time(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = prepare(home)
    real = os.replace

    def held(source: object, target: object) -> None:
        if str(source).endswith("photos.db"):  # as on Windows while a scanner reads it
            raise PermissionError(13, "in use", str(source))
        real(source, target)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(StoreUnreadable, match=r"photos\.db"):
        replace_files(home, fresh, protection=NEW)
    assert is_replacing(home)
    with pytest.raises(StoreUnreadable):
        finish_replacement(home)
    monkeypatch.undo()
    finish_replacement(home)
    assert generation(home) == "new"


def not_json(home: Path) -> None:
    journal_file(home).write_bytes(b"\xff\x00")


def half(home: Path) -> None:
    file = journal_file(home)
    file.write_bytes(file.read_bytes()[:-20])


def leading_out(home: Path) -> None:
    told = json.loads(journal_file(home).read_text())
    told["moves"][0]["aside"] = "../../elsewhere"
    journal_file(home).write_text(json.dumps(told))


def a_list(home: Path) -> None:
    journal_file(home).write_text("[]")


def decided(home: Path) -> None:
    """Leave a switch that is decided and nothing more."""
    fresh = prepare(home)
    step = 0
    while not is_replacing(home):
        with dying_at(step), suppress(Died):
            replace_files(home, fresh, protection=NEW)
        step += 1


@pytest.mark.parametrize("damage", [not_json, half, leading_out, a_list])
def test_a_damaged_journal_changes_nothing(home: Path, damage: Callable[[Path], None]) -> None:
    decided(home)
    damage(home)
    before = {name: (home / name).read_bytes() for name in files(home)}
    with pytest.raises(StoreUnreadable, match=r"replacing\.json.*damaged"):
        finish_replacement(home)
    assert {name: (home / name).read_bytes() for name in files(home)} == before


def test_a_journal_of_a_newer_version(home: Path) -> None:
    decided(home)
    told = json.loads(journal_file(home).read_text())
    journal_file(home).write_text(json.dumps(told | {"format": 2}))
    with pytest.raises(StoreTooNew):
        finish_replacement(home)


def test_a_new_file_that_somebody_deleted(home: Path) -> None:
    decided(home)
    (home / "photos.db.fresh").unlink()
    (home / "photos.db").rename(home / "photos.db.replaced")
    with pytest.raises(StoreError, match=r"photos\.db\.replaced"):
        finish_replacement(home)
    assert (home / "photos.db.replaced").read_bytes() == PLAIN


def test_what_is_not_finished_is_refused(home: Path) -> None:
    fresh = prepare(home)
    (home / "photos.db.fresh-wal").write_bytes(b"log")
    with pytest.raises(ValueError, match="not closed"):
        replace_files(home, fresh)
    (home / "photos.db.fresh-wal").unlink()
    (home / "photos.db.fresh").unlink()
    with pytest.raises(ValueError, match="no finished file"):
        replace_files(home, fresh)
    assert generation(home) == "old"


def test_nothing_is_set_aside_over_something(home: Path) -> None:
    fresh = prepare(home)
    aside = home / "set-aside"
    aside.mkdir()
    (aside / "drafts.db").write_bytes(b"precious")
    with pytest.raises(ValueError, match="already"):
        replace_files(home, fresh, set_aside=aside)
    assert (aside / "drafts.db").read_bytes() == b"precious"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows opens no file that is deleted")
def test_plain_text_is_overwritten_before_it_is_deleted(home: Path) -> None:
    fresh = prepare(home)
    with (home / "drafts.db").open("rb") as old, (home / "drafts.db-wal").open("rb") as log:
        replace_files(home, fresh, protection=NEW)
        assert old.read() == bytes(len(PLAIN))
        assert log.read() == bytes(len(b"old log"))
