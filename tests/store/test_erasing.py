"""Erasing the store: its key first, then every file, to the end."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errors import StoreError, StoreInUse
from reporterdesk.logs import start_logging, stop_logging
from reporterdesk.store.opening import open_store
from reporterdesk.store.protection import Guard
from reporterdesk.workflow.erasing import erase_store
from reporterdesk.workflow.protecting import protect_new
from reporterdesk.workflow.unlocking import DoorKind, door
from support.dying import Died, dying_at
from support.protected import CHEAP, PASSPHRASE, fill
from support.vaults import MortalVault, NoVault


def lived_in(home: Path, vault: MortalVault, guard: Guard = Guard.KEYRING) -> None:
    """Make a profile with everything that a store leaves."""
    home.mkdir(exist_ok=True)
    handler = start_logging(home)
    passphrase = "" if guard is Guard.NONE else PASSPHRASE
    key = protect_new(home, guard, vault=vault, passphrase=passphrase, cost=CHEAP)
    fill(home, key)
    stop_logging(handler)
    (home / "backups").mkdir()
    (home / "set-aside" / "0001").mkdir(parents=True)
    data = (home / "drafts.db").read_bytes()
    for name in ("backups/drafts-1.db", "backups/drafts-2.db.new", "set-aside/0001/drafts.db"):
        (home / name).write_bytes(data)
    for name in (
        "drafts.db-wal",
        "photos.db-shm",
        "drafts.db.fresh",
        "set-aside/0001/drafts.db-wal",
    ):
        (home / name).write_bytes(b"the old words")
    (home / "settings.json").write_text("{}")


def left(home: Path) -> set[str]:
    return {file.relative_to(home).as_posix() for file in home.rglob("*")}


NOTHING = {"in-use.lock", "settings.json", "logs"}


@pytest.mark.parametrize("guard", list(Guard))
def test_nothing_is_left(home: Path, guard: Guard) -> None:
    vault = MortalVault()
    lived_in(home, vault, guard)
    assert erase_store(home, vault=vault) == ()
    assert left(home) == NOTHING
    assert vault.kept == {}
    assert door(home).kind is DoorKind.NEW
    assert erase_store(home, vault=vault) == ()


def test_killed_at_every_step(tmp_path: Path) -> None:
    model, keys = tmp_path / "model", MortalVault()
    lived_in(model, keys)
    whole = left(model) - {"drafts.db.fresh"}  # which any start deletes
    seen, died = [], True
    while died:
        home = tmp_path / str(len(seen))
        shutil.copytree(model, home)
        vault = MortalVault(keys.kept)
        with dying_at(len(seen)) as steps, suppress(Died):
            vault.steps = steps
            erase_store(home, vault=vault)
            died = False
        vault.steps = None
        if not whole <= left(home):
            assert vault.kept == {}, "the key goes before the first file"
        seen.append(door(home).kind)
        if seen[-1] is DoorKind.NEW:
            assert left(home) == NOTHING
        else:
            assert whole <= left(home)
            assert vault.kept == keys.kept
    assert seen == sorted(seen), "a store until it is decided, nothing from then on"
    assert len(seen) > 15


def test_a_new_store_is_not_erased_with_the_old_one(home: Path) -> None:
    vault = MortalVault()
    lived_in(home, vault)
    step = 0
    while not (home / "erasing").exists():
        with dying_at(step), suppress(Died):
            erase_store(home, vault=vault)
        step += 1
    open_store(home, clock=utc_now).close()
    assert (home / "drafts.db").exists()
    ids = fill(home, None)
    store = open_store(home, clock=utc_now)
    assert set(store.reports.ids()) == set(ids)
    store.close()


def test_what_is_open_is_not_erased(home: Path) -> None:
    vault = MortalVault()
    store = open_store(home, clock=utc_now)
    with pytest.raises(StoreInUse):
        erase_store(home, vault=vault)
    store.close()
    assert (home / "drafts.db").exists()


@pytest.mark.parametrize("lost", [True, False], ids=["protection lost", "protection damaged"])
def test_without_a_protection_the_files_go_nevertheless(home: Path, lost: bool) -> None:
    vault = MortalVault()
    lived_in(home, vault)
    if lost:
        (home / "protection.json").unlink()
    else:
        (home / "protection.json").write_bytes(b"\xff")
    (home / "replacing.json").write_text("rubbish")
    assert erase_store(home, vault=vault) == ()
    assert left(home) == NOTHING


def test_a_keyring_that_does_not_let_go_is_told(home: Path) -> None:
    vault = MortalVault()
    lived_in(home, vault)
    (name,) = vault.kept
    (problem,) = erase_store(home, vault=NoVault())
    assert name in str(problem)
    assert left(home) == NOTHING


def test_no_keyring_is_no_problem_where_a_passphrase_guards(home: Path) -> None:
    lived_in(home, MortalVault(), Guard.PASSPHRASE)
    assert erase_store(home, vault=NoVault()) == ()


def test_a_file_that_cannot_be_deleted_goes_the_next_time(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = MortalVault()
    lived_in(home, vault)
    real = os.unlink

    def held(file: object, **more: object) -> None:
        if str(file).endswith("photos.db"):  # as on Windows while a scanner reads it
            raise PermissionError(13, "in use", str(file))
        real(file, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "unlink", held)
    with pytest.raises(StoreError, match=r"photos\.db"):
        erase_store(home, vault=vault)
    assert vault.kept == {}
    with pytest.raises(StoreError, match=r"photos\.db"):
        open_store(home, clock=utc_now)
    monkeypatch.undo()
    assert door(home).kind is DoorKind.NEW
    assert left(home) == NOTHING
