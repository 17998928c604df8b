"""The ways to the key: what opens, what does not, and what is said then."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keyring.backend import KeyringBackend

from reporterdesk.domain.errors import (
    ProtectionDamaged,
    StoreInUse,
    StoreLocked,
    StoreTooNew,
    StoreUnreadable,
    VaultUnavailable,
    WrongPassphrase,
    WrongRecoveryCode,
    WrongStoreKey,
)
from reporterdesk.paths import lock_file, protection_file
from reporterdesk.store.key import StoreKey
from reporterdesk.store.lock import ProfileLock
from reporterdesk.store.protection import Guard, Protection, read_protection, write_protection
from reporterdesk.store.recovery import key_of_words, words_of_key
from reporterdesk.store.wrapping import wrap_key
from reporterdesk.vault import KeyringVault, MemoryVault
from reporterdesk.workflow.protecting import protect_new, set_passphrase
from reporterdesk.workflow.unlocking import (
    DoorKind,
    door,
    keep_in_keyring,
    key_from_keyring,
    key_from_passphrase,
    key_from_recovery,
    keyring_name,
)
from support.protected import CHEAP, PASSPHRASE, fill, read
from support.vaults import NoVault


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


def made(home: Path, vault: MemoryVault, guard: Guard = Guard.KEYRING) -> StoreKey:
    """Make a protected store with something in it."""
    key = protect_new(home, guard, vault=vault, passphrase=PASSPHRASE, cost=CHEAP)
    assert key is not None
    fill(home, key)
    return key


def known(home: Path) -> Protection:
    protection = read_protection(home)
    assert protection is not None
    return protection


def test_the_door_of_each_profile(home: Path, tmp_path: Path, vault: MemoryVault) -> None:
    assert door(tmp_path / "not yet").kind is DoorKind.NEW
    assert door(home).kind is DoorKind.NEW
    (home / "drafts.db").touch()
    assert door(home).kind is DoorKind.NEW
    fill(home, None)
    assert door(home) == door(home)
    assert door(home).kind is DoorKind.PLAIN_BEFORE
    write_protection(home, Protection(Guard.NONE, "store"))
    assert door(home).kind is DoorKind.PLAIN_CHOSEN
    for guard in (Guard.KEYRING, Guard.PASSPHRASE):
        place = tmp_path / guard
        made(place, vault, guard)
        assert door(place).kind.value == guard.value
        assert door(place).protection == known(place)


def lose(home: Path) -> None:
    protection_file(home).unlink()


def scramble(home: Path) -> None:
    protection_file(home).write_bytes(b"\x00\xff" * 20)


def cut(home: Path) -> None:
    file = protection_file(home)
    file.write_bytes(file.read_bytes()[:-30])


def no_object(home: Path) -> None:
    protection_file(home).write_text("[" * 100_000)


def other_types(home: Path) -> None:
    told = json.loads(protection_file(home).read_text())
    protection_file(home).write_text(json.dumps(told | {"check": 5}))


def more_words(home: Path) -> None:
    told = json.loads(protection_file(home).read_text())
    protection_file(home).write_text(json.dumps(told | {"strange": 5}))


LOSSES = [lose, scramble, cut, no_object, other_types, more_words]


@pytest.mark.parametrize("damage", LOSSES)
def test_without_the_file_of_the_protection_the_code_opens(
    home: Path, vault: MemoryVault, damage: Callable[[Path], None]
) -> None:
    key = made(home, vault)
    damage(home)
    assert door(home).kind is DoorKind.LOST
    with pytest.raises((StoreLocked, ProtectionDamaged), match="recovery code"):
        key_from_keyring(home, vault)
    with pytest.raises((StoreLocked, ProtectionDamaged), match="recovery code"):
        key_from_passphrase(home, PASSPHRASE)
    found = key_from_recovery(home, " ".join(words_of_key(key)))
    assert found == key
    with pytest.raises(WrongRecoveryCode):
        key_from_recovery(home, " ".join(words_of_key(StoreKey.new())))
    keep_in_keyring(home, found, vault)
    assert key_from_keyring(home, vault) == key
    assert door(home).kind is DoorKind.KEYRING
    assert len(read(home, key)) == 3


@pytest.mark.parametrize("damage", [lose, scramble])
def test_after_a_recovery_a_passphrase_can_guard(
    home: Path, vault: MemoryVault, damage: Callable[[Path], None]
) -> None:
    key = made(home, vault)
    damage(home)
    set_passphrase(home, key, "another one", cost=CHEAP)
    assert door(home).kind is DoorKind.PASSPHRASE
    assert key_from_passphrase(home, "another one") == key


def test_a_newer_protection_is_left_alone(home: Path, vault: MemoryVault) -> None:
    key = made(home, vault)
    told = json.loads(protection_file(home).read_text())
    protection_file(home).write_text(json.dumps(told | {"format": 2, "more": []}))
    before = protection_file(home).read_bytes()
    for way in (
        lambda: door(home),
        lambda: key_from_keyring(home, vault),
        lambda: key_from_passphrase(home, PASSPHRASE),
        lambda: keep_in_keyring(home, key, vault),
        lambda: set_passphrase(home, key, "another", cost=CHEAP),
    ):
        with pytest.raises(StoreTooNew):
            way()
    assert key_from_recovery(home, " ".join(words_of_key(key))) == key
    assert protection_file(home).read_bytes() == before


def test_a_protection_that_says_plain_before_an_encrypted_store(
    home: Path, vault: MemoryVault
) -> None:
    key = made(home, vault)
    write_protection(home, Protection(Guard.NONE, "store"))
    assert door(home).kind is DoorKind.LOST
    assert key_from_recovery(home, " ".join(words_of_key(key))) == key


def test_an_encrypted_store_whose_log_holds_everything(home: Path, vault: MemoryVault) -> None:
    """A process that was killed leaves a log; the code must still be told right from wrong."""
    key = made(home, vault)
    lose(home)
    (home / "drafts.db-wal").write_bytes(b"\x37\x7f\x06\x82" + bytes(4096))
    assert key_from_recovery(home, " ".join(words_of_key(key))) == key


def test_the_keyring_is_empty(home: Path, vault: MemoryVault) -> None:
    made(home, vault)
    with pytest.raises(StoreLocked, match="recovery code"):
        key_from_keyring(home, MemoryVault())


@pytest.mark.parametrize("kept", ["", "00", "zz" * 32, "00" * 33, "ab" * 32])
def test_the_keyring_holds_something_else(home: Path, vault: MemoryVault, kept: str) -> None:
    made(home, vault)
    vault.set(keyring_name(known(home)), kept)
    with pytest.raises(WrongStoreKey) as caught:
        key_from_keyring(home, vault)
    assert not any(letter.isdigit() for letter in str(caught.value))


def test_no_keyring_is_said_in_its_own_words(home: Path, vault: MemoryVault) -> None:
    made(home, vault)
    with pytest.raises(VaultUnavailable, match=r"key of your drafts.*passphrase or recovery code"):
        key_from_keyring(home, NoVault())
    with pytest.raises(VaultUnavailable):
        keep_in_keyring(home, StoreKey.new(), NoVault())


class Breaking(KeyringBackend):
    """A backend that times out while it waits for a prompt."""

    priority = 5  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        raise TimeoutError("the prompt was not answered")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(password)

    def delete_password(self, service: str, username: str) -> None:
        raise OSError("D-Bus is gone")


def test_a_keyring_whose_prompt_is_never_answered(home: Path, vault: MemoryVault) -> None:
    key = made(home, vault)
    before = keyring.get_keyring()
    keyring.set_keyring(Breaking())
    try:
        with pytest.raises(VaultUnavailable):
            key_from_keyring(home, KeyringVault())
        with pytest.raises(VaultUnavailable) as caught:
            keep_in_keyring(home, key, KeyringVault())
        assert key.data.hex() not in str(caught.getrepr(chain=True))
    finally:
        keyring.set_keyring(before)


def test_the_passphrase(home: Path, vault: MemoryVault) -> None:
    key = made(home, vault, Guard.PASSPHRASE)
    assert key_from_passphrase(home, PASSPHRASE) == key
    for wrong in ("", PASSPHRASE + " ", PASSPHRASE.upper(), "\ud800"):
        with pytest.raises(WrongPassphrase, match="Caps Lock"):
            key_from_passphrase(home, wrong)


def test_a_letter_with_an_accent_however_it_was_typed(home: Path, vault: MemoryVault) -> None:
    key = protect_new(home, Guard.PASSPHRASE, vault=vault, passphrase="caf\u00e9", cost=CHEAP)
    assert key_from_passphrase(home, "cafe\u0301") == key


def test_a_passphrase_that_was_never_set(home: Path, vault: MemoryVault) -> None:
    protect_new(home, Guard.KEYRING, vault=vault)
    with pytest.raises(StoreLocked, match="No passphrase"):
        key_from_passphrase(home, PASSPHRASE)


@pytest.mark.parametrize(
    "change",
    [
        {"salt": "zz"}, {"salt": "00"}, {"wrapped": "00" * 8}, {"iterations": 0},
        {"iterations": 10**9}, {"lanes": 0}, {"lanes": 10**6}, {"memory": 2**40}, {"memory": 1},
    ],
)  # fmt: skip
def test_a_wrapped_key_that_makes_no_sense(
    home: Path, vault: MemoryVault, change: dict[str, object]
) -> None:
    made(home, vault)
    told = json.loads(protection_file(home).read_text())
    told["passphrase"] |= change
    protection_file(home).write_text(json.dumps(told))
    with pytest.raises(ProtectionDamaged, match="recovery code"):
        key_from_passphrase(home, PASSPHRASE)


def test_a_passphrase_that_wraps_another_key(home: Path, vault: MemoryVault) -> None:
    made(home, vault)
    told = json.loads(protection_file(home).read_text())
    other = wrap_key(StoreKey.new(), PASSPHRASE, CHEAP)
    told["passphrase"] |= {"salt": other.salt, "wrapped": other.wrapped}
    protection_file(home).write_text(json.dumps(told))
    with pytest.raises(WrongPassphrase):
        key_from_passphrase(home, PASSPHRASE)


def test_how_costly_a_passphrase_is_unless_a_test_says_otherwise() -> None:
    wrapped = wrap_key(StoreKey.new(), PASSPHRASE)
    assert (wrapped.memory, wrapped.iterations, wrapped.lanes) == (65536, 3, 4)


KEY = StoreKey(bytes(range(32)))
CODE = words_of_key(KEY)


def numbered() -> str:
    return "\n".join(f"{number:2}. {word.capitalize()}," for number, word in enumerate(CODE, 1))


@pytest.mark.parametrize(
    "typed",
    [
        " ".join(CODE),
        "\t" + "\r\n".join(CODE).upper() + "\n\n",
        numbered(),
        " ".join(word[:4] for word in CODE),
        " ".join(f"{number}){word}" for number, word in enumerate(CODE, 1)),
        " ".join(CODE).translate({ord(letter): ord(letter) + 0xFEE0 for letter in "abcdefg"}),
    ],
    ids=["words", "capitals", "numbered", "four letters", "brackets", "full-width"],
)
def test_a_code_as_people_type_it(typed: str) -> None:
    assert key_of_words(typed) == KEY


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "there are 0"),
        (" ".join(CODE[:-1]), "24 words, and there are 23"),
        (" ".join((*CODE, "abandon")), "there are 25"),
        (" ".join((*CODE[:6], "abondan", *CODE[7:])), "Word 7 "),
        (" ".join((*CODE[:6], CODE[6][:3] + "zz", *CODE[7:])), "Word 7 "),
        (" ".join((CODE[1], CODE[0], *CODE[2:])), "do not fit"),
        (" ".join((*CODE[:-1], "zoo")), "do not fit"),
        ("слово " * 24, "Word 1 "),
    ],
)
def test_a_code_that_is_mistyped_says_where(typed: str, said: str) -> None:
    with pytest.raises(WrongRecoveryCode, match=said) as caught:
        key_of_words(typed)
    assert not any(word in str(caught.value).split() for word in typed.split() if word != "zoo")


@settings(max_examples=50)
@given(data=st.binary(min_size=32, max_size=32))
def test_every_key_has_a_code(data: bytes) -> None:
    words = words_of_key(StoreKey(data))
    assert len(words) == 24
    assert key_of_words(" ".join(word[:4] for word in words)).data == data


@settings(max_examples=50)
@given(typed=st.text(max_size=300))
def test_no_text_breaks_the_reading_of_a_code(typed: str) -> None:
    with pytest.raises(WrongRecoveryCode):
        key_of_words(typed)


def test_the_code_of_another_store(home: Path, tmp_path: Path, vault: MemoryVault) -> None:
    made(home, vault)
    other = made(tmp_path / "other", vault)
    with pytest.raises(WrongRecoveryCode, match="word by word"):
        key_from_recovery(home, " ".join(words_of_key(other)))


def test_the_door_waits_for_nobody_who_changes_the_store(home: Path, vault: MemoryVault) -> None:
    made(home, vault)
    (home / "replacing.json").write_text("{}")
    with ProfileLock(lock_file(home)), pytest.raises(StoreInUse):
        door(home)
    with pytest.raises(StoreUnreadable, match="damaged"):
        door(home)
