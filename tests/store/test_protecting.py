"""Protection, chosen and changed: the key is never where it should not be, and never gone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errors import (
    ChangeCancelled,
    StoreFull,
    StoreInUse,
    StoreLocked,
    VaultUnavailable,
    WrongPassphrase,
    WrongRecoveryCode,
)
from reporterdesk.paths import protection_file
from reporterdesk.store.key import StoreKey
from reporterdesk.store.opening import open_store
from reporterdesk.store.protection import Guard, Protection, read_protection
from reporterdesk.vault import MemoryVault, Vault
from reporterdesk.workflow.protecting import (
    change_guard,
    confirm_recovery_kept,
    convert,
    protect_new,
    recovery_words,
    remove_passphrase,
    rotate_key,
    set_passphrase,
)
from reporterdesk.workflow.unlocking import (
    DoorKind,
    door,
    forget_retired,
    key_from_keyring,
    key_from_passphrase,
    key_from_recovery,
)
from support.protected import CHEAP, PASSPHRASE, fill, read
from support.vaults import ForgetfulVault, GrudgingVault, MortalVault, NoVault


@pytest.fixture
def vault() -> MortalVault:
    return MortalVault()


def known(home: Path) -> Protection:
    protection = read_protection(home)
    assert protection is not None
    return protection


def key_of(home: Path, guard: Guard, vault: Vault, passphrase: str = "") -> StoreKey:
    key = protect_new(home, guard, vault=vault, passphrase=passphrase, cost=CHEAP)
    assert key is not None
    return key


def test_a_new_store_in_the_keyring(home: Path, vault: MortalVault) -> None:
    key = key_of(home, Guard.KEYRING, vault)
    ids = fill(home, key)
    assert list(vault.kept.values()) == [key.data.hex()]
    (name,) = vault.kept
    assert name == f"draft store {known(home).store_id} {known(home).key_id}"
    assert read(home, key_from_keyring(home, vault)) == set(ids)
    assert not known(home).recovery_kept


def test_a_new_store_with_a_passphrase(home: Path, vault: MortalVault) -> None:
    key = key_of(home, Guard.PASSPHRASE, vault, PASSPHRASE)
    ids = fill(home, key)
    assert vault.kept == {}
    assert read(home, key_from_passphrase(home, PASSPHRASE)) == set(ids)


def test_a_new_store_without_encryption(home: Path, vault: MortalVault) -> None:
    assert protect_new(home, Guard.NONE, vault=vault) is None
    fill(home, None)
    assert vault.kept == {}
    assert door(home).kind is DoorKind.PLAIN_CHOSEN


@pytest.mark.parametrize("broken", [NoVault(), ForgetfulVault()])
def test_without_a_keyring_nothing_is_decided(home: Path, broken: Vault) -> None:
    with pytest.raises(VaultUnavailable):
        protect_new(home, Guard.KEYRING, vault=broken)
    assert door(home).kind is DoorKind.NEW
    assert key_of(home, Guard.PASSPHRASE, broken, PASSPHRASE) is not None


def test_a_store_that_is_there_is_not_protected_as_a_new_one(
    home: Path, vault: MortalVault
) -> None:
    fill(home, None)
    with pytest.raises(ValueError, match="convert"):
        protect_new(home, Guard.KEYRING, vault=vault)
    assert vault.kept == {}


def test_no_passphrase_to_guard_the_key(home: Path, vault: MortalVault) -> None:
    with pytest.raises(ValueError, match="passphrase"):
        protect_new(home, Guard.PASSPHRASE, vault=vault)
    assert door(home).kind is DoorKind.NEW


def test_a_passphrase_beside_the_keyring_while_the_store_is_open(
    home: Path, vault: MortalVault
) -> None:
    key = key_of(home, Guard.KEYRING, vault)
    store = open_store(home, clock=utc_now, key=key)
    set_passphrase(home, key, "the first", cost=CHEAP)
    set_passphrase(home, key, "the second", cost=CHEAP)
    confirm_recovery_kept(home)
    store.close()
    assert key_from_keyring(home, vault) == key == key_from_passphrase(home, "the second")
    with pytest.raises(WrongPassphrase):
        key_from_passphrase(home, "the first")
    assert known(home).recovery_kept
    remove_passphrase(home)
    remove_passphrase(home)
    with pytest.raises(StoreLocked):
        key_from_passphrase(home, "the second")
    assert key_from_keyring(home, vault) == key
    assert known(home).recovery_kept


def test_the_passphrase_that_alone_guards_stays(home: Path, vault: MortalVault) -> None:
    key = key_of(home, Guard.PASSPHRASE, vault, PASSPHRASE)
    with pytest.raises(StoreLocked, match="nothing would open"):
        remove_passphrase(home)
    assert key_from_passphrase(home, PASSPHRASE) == key
    with pytest.raises(ValueError, match="empty"):
        set_passphrase(home, key, "", cost=CHEAP)
    assert key_from_passphrase(home, PASSPHRASE) == key


def test_no_room_for_another_passphrase(
    home: Path, vault: MortalVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = key_of(home, Guard.PASSPHRASE, vault, PASSPHRASE)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StoreFull):
        set_passphrase(home, key, "another", cost=CHEAP)
    monkeypatch.undo()
    assert key_from_passphrase(home, PASSPHRASE) == key
    assert [file.name for file in home.glob("protection*")] == ["protection.json"]


def test_the_guard_changes_and_the_key_stays(home: Path, vault: MortalVault) -> None:
    key = key_of(home, Guard.KEYRING, vault)
    with pytest.raises(StoreLocked, match="No passphrase"):
        change_guard(home, key, Guard.PASSPHRASE, vault=vault)
    set_passphrase(home, key, PASSPHRASE, cost=CHEAP)
    change_guard(home, key, Guard.PASSPHRASE, vault=vault)
    assert vault.kept == {}
    assert door(home).kind is DoorKind.PASSPHRASE
    assert key_from_passphrase(home, PASSPHRASE) == key
    change_guard(home, key, Guard.KEYRING, vault=vault)
    assert key_from_keyring(home, vault) == key == key_from_passphrase(home, PASSPHRASE)
    with pytest.raises(ValueError, match="converted"):
        change_guard(home, key, Guard.NONE, vault=vault)


def test_a_keyring_that_does_not_let_go(home: Path) -> None:
    vault = GrudgingVault()
    key = key_of(home, Guard.KEYRING, vault, PASSPHRASE)
    with pytest.raises(VaultUnavailable):
        change_guard(home, key, Guard.PASSPHRASE, vault=vault)
    assert door(home).kind is DoorKind.PASSPHRASE
    assert known(home).retired
    lets_go = MemoryVault()
    lets_go._secrets = vault._secrets
    forget_retired(home, lets_go)
    assert lets_go._secrets == {}
    assert not known(home).retired
    assert key_from_passphrase(home, PASSPHRASE) == key


def test_back_to_the_keyring_after_it_did_not_let_go(home: Path) -> None:
    vault = GrudgingVault()
    key = key_of(home, Guard.KEYRING, vault, PASSPHRASE)
    with pytest.raises(VaultUnavailable):
        change_guard(home, key, Guard.PASSPHRASE, vault=vault)
    change_guard(home, key, Guard.KEYRING, vault=vault)
    lets_go = MemoryVault()
    lets_go._secrets = vault._secrets
    forget_retired(home, lets_go)
    assert key_from_keyring(home, lets_go) == key


def test_the_recovery_code_opens_until_the_key_is_another(home: Path, vault: MortalVault) -> None:
    key = key_of(home, Guard.KEYRING, vault, PASSPHRASE)
    ids = fill(home, key)
    old = " ".join(recovery_words(key))
    confirm_recovery_kept(home)
    fresh = rotate_key(home, key, vault=vault, passphrase=PASSPHRASE, cost=CHEAP)
    assert fresh != key
    assert read(home, fresh) == set(ids)
    assert list(vault.kept.values()) == [fresh.data.hex()]
    assert key_from_keyring(home, vault) == fresh == key_from_passphrase(home, PASSPHRASE)
    assert not known(home).recovery_kept
    with pytest.raises(WrongRecoveryCode):
        key_from_recovery(home, old)
    assert key_from_recovery(home, " ".join(recovery_words(fresh))) == fresh


@pytest.mark.parametrize("guard", [Guard.KEYRING, Guard.PASSPHRASE])
@pytest.mark.parametrize("wrong", ["", "another"])
def test_a_rotation_needs_the_passphrase_that_was_set(
    home: Path, vault: MortalVault, guard: Guard, wrong: str
) -> None:
    key = key_of(home, guard, vault, PASSPHRASE)
    ids = fill(home, key)
    before = protection_file(home).read_bytes(), dict(vault.kept)
    with pytest.raises(WrongPassphrase):
        rotate_key(home, key, vault=vault, passphrase=wrong, cost=CHEAP)
    assert (protection_file(home).read_bytes(), vault.kept) == before
    assert read(home, key) == set(ids)


def test_a_rotation_without_a_keyring_changes_nothing(home: Path, vault: MortalVault) -> None:
    key = key_of(home, Guard.KEYRING, vault)
    ids = fill(home, key)
    for broken in (NoVault(), ForgetfulVault()):
        with pytest.raises(VaultUnavailable):
            rotate_key(home, key, vault=broken)
    assert key_from_keyring(home, vault) == key
    assert read(home, key) == set(ids)


def test_an_old_key_that_the_keyring_keeps_goes_later(home: Path) -> None:
    vault = GrudgingVault()
    key = key_of(home, Guard.KEYRING, vault)
    fill(home, key)
    fresh = rotate_key(home, key, vault=vault)
    assert len(vault._secrets) == 2
    lets_go = MemoryVault()
    lets_go._secrets = vault._secrets
    assert key_from_keyring(home, lets_go) == fresh
    assert list(lets_go._secrets.values()) == [fresh.data.hex()]


def test_who_starts_while_a_key_changes_takes_no_key_away(home: Path, vault: MortalVault) -> None:
    key = key_of(home, Guard.KEYRING, vault)
    fill(home, key)
    seen: list[int] = []

    def second(_: float) -> None:
        assert known(home).retired
        assert key_from_keyring(home, vault) == key
        forget_retired(home, vault)
        seen.append(len(vault.kept))

    fresh = rotate_key(home, key, vault=vault, progress=second)
    assert set(seen) == {2}
    assert key_from_keyring(home, vault) == fresh


def test_a_key_that_did_not_come_to_be_used_opens_nothing(home: Path, vault: MortalVault) -> None:
    key = key_of(home, Guard.KEYRING, vault)
    kept: list[StoreKey] = []

    def cancelled() -> bool:
        (new,) = set(vault.kept.values()) - {key.data.hex()}
        kept.append(StoreKey(bytes.fromhex(new)))
        return True

    ids = fill(home, key)
    with pytest.raises(ChangeCancelled):
        rotate_key(home, key, vault=vault, cancelled=cancelled)
    assert kept
    assert list(vault.kept.values()) == [key.data.hex()]
    assert read(home, key) == set(ids)


def test_nothing_is_forgotten_while_the_store_is_open(home: Path) -> None:
    vault = GrudgingVault()
    key = key_of(home, Guard.KEYRING, vault)
    fresh = rotate_key(home, key, vault=vault)
    lets_go = MortalVault(vault._secrets)
    store = open_store(home, clock=utc_now, key=fresh)
    forget_retired(home, lets_go)
    store.close()
    assert len(lets_go.kept) == 2
    forget_retired(home, lets_go)
    assert list(lets_go.kept.values()) == [fresh.data.hex()]


def test_nothing_is_changed_while_the_store_is_open(home: Path, vault: MortalVault) -> None:
    key = key_of(home, Guard.KEYRING, vault)
    store = open_store(home, clock=utc_now, key=key)
    with pytest.raises(StoreInUse):
        rotate_key(home, key, vault=vault)
    with pytest.raises(StoreInUse):
        convert(home, key, Guard.NONE, vault=vault)
    store.close()
    assert list(vault.kept.values()) == [key.data.hex()]


def test_a_key_of_another_store_changes_nothing(home: Path, vault: MortalVault) -> None:
    key = key_of(home, Guard.KEYRING, vault)
    ids = fill(home, key)
    with pytest.raises(Exception, match="not a draft store, or is damaged"):
        rotate_key(home, StoreKey.new(), vault=vault)
    assert key_from_keyring(home, vault) == key
    assert read(home, key) == set(ids)


def test_no_secret_is_in_any_file(home: Path, vault: MortalVault) -> None:
    key = key_of(home, Guard.KEYRING, vault, PASSPHRASE)
    fill(home, key)
    fresh = rotate_key(home, key, vault=vault, passphrase=PASSPHRASE, cost=CHEAP)
    store = open_store(home, clock=utc_now, key=fresh)
    try:
        everything = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    finally:
        store.close()
    for secret in (key, fresh):
        assert secret.data not in everything
        for text in (secret.data.hex(), secret.data.hex().upper(), recovery_words(secret)[3:9]):
            words = text if isinstance(text, str) else " ".join(text)
            assert words.encode() not in everything
    assert PASSPHRASE.encode() not in everything
    assert b"Reading Festival" not in everything
    assert json.loads(protection_file(home).read_text())["guard"] == "keyring"
