"""A store gets another key, or none: whenever it is killed, it opens with a key that is there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from reporterdesk.domain.errors import (
    ChangeCancelled,
    StoreError,
    StoreFull,
    StoreInUse,
    StoreUnreadable,
    VaultUnavailable,
)
from reporterdesk.paths import lock_file
from reporterdesk.store.converting import export_database
from reporterdesk.store.driver import connect
from reporterdesk.store.key import StoreKey
from reporterdesk.store.lock import ProfileLock
from reporterdesk.store.protection import Guard, read_protection
from reporterdesk.store.reading import never
from reporterdesk.store.replacing import finish_replacement, is_replacing
from reporterdesk.store.versions import DRAFTS_ID, DRAFTS_VERSION, PHOTOS_ID, PHOTOS_VERSION
from reporterdesk.workflow.protecting import convert, protect_new, rotate_key
from reporterdesk.workflow.unlocking import (
    DoorKind,
    door,
    forget_retired,
    key_from_keyring,
    key_from_passphrase,
)
from support.dying import Died, dying_at
from support.protected import CHEAP, PASSPHRASE, WORDS, fill, read
from support.vaults import ForgetfulVault, MortalVault, NoVault

OTHERS = (
    "backups/drafts-0001-20260314T180000Z.db",
    "backups/photos.db",
    "set-aside/0001-20260314T190000Z/drafts.db",
)


def live_in(
    home: Path, key: StoreKey | None, reports: int = 2, others: tuple[str, ...] = OTHERS
) -> set[str]:
    """Fill a store, with backups and something set aside; return the reports' ids."""
    ids = fill(home, key, reports)
    for name in others:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(home / Path(name).name if "photos" in name else home / "drafts.db", home / name)
    return set(ids)


def databases(home: Path, others: tuple[str, ...] = OTHERS) -> list[Path]:
    return [home / name for name in ("drafts.db", "photos.db", *others)]


def rows(file: Path, key: StoreKey | None) -> int:
    """Count the rows of a database, after reading all of it."""
    with closing(connect(file, key)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        table = "photo_pieces" if file.name == "photos.db" else "reports"
        count: int = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
        return count


def bytes_of(home: Path) -> bytes:
    return b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())


def nothing(_: float) -> None:
    """Nobody looks at the progress."""


@dataclass(frozen=True)
class Change:
    """A change of the whole store, as a person asks for it."""

    before: Guard | None
    after: Guard
    carry_out: Callable[[Path, StoreKey | None, MortalVault], StoreKey | None]


def to_keyring(home: Path, key: StoreKey | None, vault: MortalVault) -> StoreKey | None:
    return convert(home, key, Guard.KEYRING, vault=vault)


def to_passphrase(home: Path, key: StoreKey | None, vault: MortalVault) -> StoreKey | None:
    return convert(home, key, Guard.PASSPHRASE, vault=vault, passphrase=PASSPHRASE, cost=CHEAP)


def to_plain(home: Path, key: StoreKey | None, vault: MortalVault) -> StoreKey | None:
    return convert(home, key, Guard.NONE, vault=vault)


def to_another(home: Path, key: StoreKey | None, vault: MortalVault) -> StoreKey | None:
    assert key is not None
    return rotate_key(home, key, vault=vault, passphrase=PASSPHRASE, cost=CHEAP)


CHANGES = {
    "first encryption": Change(None, Guard.KEYRING, to_keyring),
    "first passphrase": Change(None, Guard.PASSPHRASE, to_passphrase),
    "encryption after all": Change(Guard.NONE, Guard.KEYRING, to_keyring),
    "no encryption": Change(Guard.KEYRING, Guard.NONE, to_plain),
    "rotation": Change(Guard.KEYRING, Guard.KEYRING, to_another),
    "rotation by passphrase": Change(Guard.PASSPHRASE, Guard.PASSPHRASE, to_another),
}
EVERY_CHANGE = pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))


def begin(
    home: Path, vault: MortalVault, guard: Guard | None, others: tuple[str, ...] = OTHERS
) -> tuple[StoreKey | None, set[str]]:
    """Make the store as it is before the change."""
    home.mkdir(exist_ok=True)
    key = None
    if guard is not None:
        phrase = "" if guard is Guard.NONE else PASSPHRASE
        key = protect_new(home, guard, vault=vault, passphrase=phrase, cost=CHEAP)
    return key, live_in(home, key, others=others)


def key_at_the_door(home: Path, vault: MortalVault) -> StoreKey | None:
    """Get the key as a start does, from what is on the disk and in the keyring."""
    kind = door(home).kind
    if kind is DoorKind.KEYRING:
        return key_from_keyring(home, vault)
    if kind is DoorKind.PASSPHRASE:
        return key_from_passphrase(home, PASSPHRASE)
    assert kind in {DoorKind.PLAIN_BEFORE, DoorKind.PLAIN_CHOSEN}
    return None


def check(
    home: Path, vault: MortalVault, ids: set[str], others: tuple[str, ...] = OTHERS
) -> StoreKey | None:
    """Make sure that everything is there, with one key, and nothing else is."""
    key = key_at_the_door(home, vault)
    assert not is_replacing(home)
    forget_retired(home, vault)
    finish_replacement(home)  # as every opening does
    for file in databases(home, others):
        assert rows(file, key) == (2 if file.name == "photos.db" else len(ids))
    names = {file.name for file in home.rglob("*") if file.is_file()}
    known = {"drafts.db", "photos.db", "in-use.lock", "protection.json", Path(OTHERS[0]).name}
    assert names <= known
    if key is not None:
        assert WORDS.encode() not in bytes_of(home)
        assert key.data.hex().encode() not in bytes_of(home)
    return key


@EVERY_CHANGE
def test_everything_is_changed(home: Path, change: Change) -> None:
    vault = MortalVault()
    before, ids = begin(home, vault, change.before)
    told: list[float] = []
    after = change.carry_out(home, before, vault)
    assert after != before
    assert check(home, vault, ids) == after
    assert read(home, after) == ids
    assert list(vault.kept.values()) == (
        [after.data.hex()] if change.after is Guard.KEYRING else []
    )  # type: ignore[union-attr]
    protection = read_protection(home)
    assert protection is not None
    assert protection.guard is change.after
    assert protection.retired == ""
    assert told == sorted(told)
    if before is not None:
        for file in databases(home):
            with pytest.raises(Exception, match="file is not a database"):
                rows(file, before)


@EVERY_CHANGE
def test_killed_at_every_step(tmp_path: Path, change: Change) -> None:
    """Each of the six ways dies at every sixth step, and together they die at all of them."""
    model, keys = tmp_path / "model", MortalVault()
    others = OTHERS[:1]
    before, ids = begin(model, keys, change.before, others)
    changed: list[bool] = []
    step, died = list(CHANGES.values()).index(change), True
    while died:
        home = tmp_path / str(step)
        shutil.copytree(model, home)
        vault = MortalVault(keys.kept)
        with dying_at(step) as steps, suppress(Died):
            vault.steps = steps
            change.carry_out(home, before, vault)
            died = False
        vault.steps = None
        key = check(home, vault, ids, others)
        changed.append(key != before)
        if change.before is not None:
            in_keyring = door(home).kind is DoorKind.KEYRING and key is not None
            assert set(vault.kept.values()) == ({key.data.hex()} if in_keyring else set())
        step += len(CHANGES)
    assert changed == sorted(changed), "the old store until it is decided, the new one from then on"
    assert not changed[0]
    assert changed[-1]
    assert step > 40


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from reporterdesk.store.protection import Guard
from reporterdesk.vault import MemoryVault
from reporterdesk.workflow.protecting import convert
from support.protected import CHEAP, PASSPHRASE
told = 0
def kill(_):
    global told
    told += 1
    if told == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
convert(Path(sys.argv[1]), None, Guard.PASSPHRASE, vault=MemoryVault(), passphrase=PASSPHRASE,
        cost=CHEAP, progress=kill)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("moment", [2, 6])
def test_a_real_process_killed_while_it_copies(home: Path, moment: int) -> None:
    ids = live_in(home, None, 40)
    tests = str(Path(__file__).parents[1])
    command = [sys.executable, "-c", KILLED, str(home), str(moment), tests]
    done = subprocess.run(command, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert list(home.glob("*.fresh"))
    assert door(home).kind is DoorKind.PLAIN_BEFORE
    assert read(home, None) == ids
    assert not list(home.rglob("*.fresh*"))
    to_passphrase(home, None, MortalVault())
    assert read(home, key_from_passphrase(home, PASSPHRASE)) == ids


@pytest.mark.parametrize("change", [CHANGES["first encryption"], CHANGES["rotation"]])
def test_cancelled_at_any_moment(home: Path, change: Change) -> None:
    vault = MortalVault()
    before, ids = begin(home, vault, change.before)
    kept = dict(vault.kept)
    protection = read_protection(home)
    for patience in range(200):
        asked = 0

        def cancelled(patience: int = patience) -> bool:
            nonlocal asked
            asked += 1
            return asked > patience

        try:
            if change.carry_out is to_another:
                assert before is not None
                rotate_key(
                    home, before, vault=vault, passphrase=PASSPHRASE, cost=CHEAP,
                    cancelled=cancelled,
                )  # fmt: skip
            else:
                convert(
                    home, before, change.after, vault=vault, passphrase=PASSPHRASE, cost=CHEAP,
                    cancelled=cancelled,
                )  # fmt: skip
        except ChangeCancelled:
            assert (vault.kept, read_protection(home)) == (kept, protection)
            assert not list(home.rglob("*.fresh*"))
        else:
            break
    assert patience > 1
    assert check(home, vault, ids) != before


def test_a_store_without_photos_or_backups(home: Path) -> None:
    vault = MortalVault()
    ids = set(fill(home, None))
    (home / "photos.db").unlink()
    key = to_keyring(home, None, vault)
    assert rows(home / "drafts.db", key) == len(ids)
    assert not (home / "photos.db").exists()


def test_an_empty_profile(home: Path) -> None:
    vault = MortalVault()
    key = to_keyring(home, None, vault)
    assert key_from_keyring(home, vault) == key
    ids = fill(home, key)
    assert read(home, key) == set(ids)


def test_what_was_only_in_the_log_is_converted(home: Path) -> None:
    """A process that was killed leaves its last words in the ``-wal``."""
    ids = set(fill(home, None))
    copy = home.parent / "copy"
    with closing(connect(home / "drafts.db", None)) as db:
        db.execute("PRAGMA wal_autocheckpoint=0")
        db.execute(
            "UPDATE reports SET headline = 'Only in the log'"
            " WHERE number = (SELECT min(number) FROM reports)"
        )
        assert (home / "drafts.db-wal").stat().st_size > 0
        shutil.copytree(home, copy)
    key = to_keyring(copy, None, MortalVault())
    assert rows(copy / "drafts.db", key) == len(ids)
    with closing(connect(copy / "drafts.db", key)) as db:
        found = db.execute(
            "SELECT min(headline) FROM reports WHERE headline LIKE 'Only%'"
        ).fetchone()
    assert found == ("Only in the log",)
    assert b"Only in the log" not in bytes_of(copy)


def test_no_plain_bytes_stay(home: Path) -> None:
    live_in(home, None)
    (home / "backups/drafts-0002-20260315T180000Z.db.new").write_bytes(
        (home / "drafts.db").read_bytes()
    )
    (home / "set-aside/0002").mkdir()
    torn = (home / "drafts.db").read_bytes()
    (home / "set-aside/0002/drafts.db").write_bytes(torn[: len(torn) // 2 - 100])
    assert bytes_of(home).count(WORDS.encode()) > 2
    opened = [file.open("rb") for file in home.rglob("*.db*")]
    try:
        to_keyring(home, None, MortalVault())
        assert WORDS.encode() not in bytes_of(home)
        if sys.platform != "win32":  # what was deleted was overwritten before
            assert WORDS.encode() not in b"".join(file.read() for file in opened)
    finally:
        for file in opened:
            file.close()
    assert not (home / "set-aside/0002/drafts.db").exists()


def test_an_encrypted_backup_that_cannot_be_read_stays(home: Path) -> None:
    vault = MortalVault()
    key = protect_new(home, Guard.KEYRING, vault=vault)
    ids = live_in(home, key)
    strange = home / "backups/drafts-0002-20260315T180000Z.db"
    strange.write_bytes(os.urandom(8192))
    before = strange.read_bytes()
    assert key is not None
    fresh = rotate_key(home, key, vault=vault)
    assert strange.read_bytes() == before
    assert read(home, fresh) == ids


@pytest.mark.parametrize("name", ["drafts.db", "photos.db"])
def test_a_damaged_store_is_not_converted(home: Path, name: str) -> None:
    vault = MortalVault()
    live_in(home, None)
    data = bytearray((home / name).read_bytes())
    data[8192 : len(data) - 4096] = os.urandom(len(data) - 4096 - 8192)
    (home / name).write_bytes(data)
    with pytest.raises(StoreUnreadable, match=name):
        to_keyring(home, None, vault)
    assert (home / name).read_bytes() == data
    assert vault.kept == {}
    assert door(home).kind is DoorKind.PLAIN_BEFORE
    assert not list(home.rglob("*.fresh*"))


def test_not_enough_room_is_noticed_before(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live_in(home, None)
    size = sum(file.stat().st_size for file in databases(home))
    usage = shutil.disk_usage(home)._replace(free=size)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    vault = MortalVault()
    with pytest.raises(StoreFull, match=r"needs 1\d MB on this disk, and \d MB are free"):
        to_keyring(home, None, vault)
    assert vault.kept == {}
    assert door(home).kind is DoorKind.PLAIN_BEFORE


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_the_disk_becomes_full_while_it_copies(home: Path) -> None:
    import resource

    ids = live_in(home, None)
    vault = MortalVault()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(StoreError, match="did not take"):
            to_keyring(home, None, vault)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert vault.kept == {}
    assert check(home, vault, ids) is None
    assert to_keyring(home, None, vault) is not None


@pytest.mark.parametrize("broken", [NoVault(), ForgetfulVault()])
def test_without_a_keyring_it_stays_plain(home: Path, broken: MortalVault) -> None:
    ids = live_in(home, None)
    with pytest.raises(VaultUnavailable):
        convert(home, None, Guard.KEYRING, vault=broken)
    assert door(home).kind is DoorKind.PLAIN_BEFORE
    assert read(home, None) == ids


def test_nothing_to_convert(home: Path) -> None:
    live_in(home, None)
    for key, guard in ((None, Guard.NONE), (StoreKey.new(), Guard.KEYRING)):
        with pytest.raises(ValueError, match="nothing to convert"):
            convert(home, key, guard, vault=MortalVault())


def test_two_at_once(home: Path) -> None:
    live_in(home, None)
    with ProfileLock(lock_file(home)), pytest.raises(StoreInUse):
        to_keyring(home, None, MortalVault())

    def second(_: float) -> None:
        with pytest.raises(StoreInUse):
            to_keyring(home, None, MortalVault())

    convert(home, None, Guard.KEYRING, vault=MortalVault(), progress=second)


def test_an_error_of_who_looks_at_the_progress_is_no_cancelling(home: Path) -> None:
    live_in(home, None, 300)

    def bug(_: float) -> None:
        raise LookupError("a bug")

    with pytest.raises(LookupError, match="a bug"):
        convert(home, None, Guard.KEYRING, vault=MortalVault(), progress=bug)
    assert not list(home.rglob("*.fresh*"))


def test_what_the_copy_keeps(home: Path) -> None:
    fill(home, None, 50)
    key = StoreKey.new()
    for name, application, version, vacuum in (
        ("drafts.db", DRAFTS_ID, DRAFTS_VERSION, 0),
        ("photos.db", PHOTOS_ID, PHOTOS_VERSION, 2),
    ):
        told: list[float] = []
        target = home / f"{name}.fresh"
        export_database(home / name, None, target, key, progress=told.append, cancelled=never)
        assert told[-1] == 1.0
        assert told == sorted(told)
        with closing(connect(target, key)) as db:
            for pragma, value in (
                ("application_id", application), ("user_version", version),
                ("auto_vacuum", vacuum), ("integrity_check", "ok"),
            ):  # fmt: skip
                assert db.execute(f"PRAGMA {pragma}").fetchone() == (value,)
            assert db.execute("PRAGMA cipher_integrity_check").fetchall() == []
            if name == "drafts.db":
                hits = "SELECT count(*) FROM report_words WHERE report_words MATCH 'village'"
                assert db.execute(hits).fetchone()[0] > 10


def test_an_empty_or_strange_source(home: Path) -> None:
    key = StoreKey.new()
    (home / "empty.db").touch()
    (home / "text.db").write_text("Dear diary,\n" * 1000)
    for name in ("empty.db", "text.db"):
        with pytest.raises(StoreUnreadable, match=name):
            export_database(
                home / name, None, home / "copy", key, progress=nothing, cancelled=never
            )
        assert not (home / "copy").exists()
