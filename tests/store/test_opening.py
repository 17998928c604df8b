"""Opening a store: files that are something else, damaged, newer, locked or not to be written."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errors import StoreError, StoreInUse, StoreTooNew, StoreUnreadable
from reporterdesk.domain.places import Place
from reporterdesk.store.driver import connect
from reporterdesk.store.first_screen import read_first_screen
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from support.filled_store import fill_store


def opened_and_closed(home: Path) -> dict[Place, int]:
    store = open_store(home, clock=utc_now)
    try:
        store.check()
        return store.reports.counts()
    finally:
        store.close()


def test_a_new_profile_folder_is_made(home: Path) -> None:
    assert sum(opened_and_closed(home / "not" / "yet").values()) == 0
    assert (home / "not" / "yet" / "drafts.db").stat().st_size > 0


def test_how_durable_it_is(store: Store) -> None:
    for database in (store._drafts, store._photos):
        assert database.pragma("journal_mode") == "wal"
        assert database.pragma("synchronous") == 2  # FULL
        assert database.pragma("foreign_keys") == 1


@pytest.mark.parametrize("name", ["drafts.db", "photos.db"])
def test_an_empty_file_is_a_fresh_store(home: Path, name: str) -> None:
    (home / name).touch()
    assert sum(opened_and_closed(home).values()) == 0


NO_DATABASE = {
    "text": b"Dear diary,\n" * 1000,
    "zeros": bytes(8192),
    "short": b"SQLite",
    "header-only": b"SQLite format 3\x00",
    "header-then-rubbish": b"SQLite format 3\x00" + b"\xff" * 8000,
}


@pytest.mark.parametrize("name", ["drafts.db", "photos.db"])
@pytest.mark.parametrize("kind", NO_DATABASE)
def test_a_file_that_is_no_database_is_left_alone(home: Path, name: str, kind: str) -> None:
    file = home / name
    file.write_bytes(NO_DATABASE[kind])
    assert read_first_screen(home).rows == ()
    with pytest.raises(StoreUnreadable) as caught:
        open_store(home, clock=utc_now)
    assert str(file) in str(caught.value)
    assert "left exactly as it is" in str(caught.value)
    assert file.read_bytes() == NO_DATABASE[kind]


def test_a_database_of_another_program_is_left_alone(home: Path) -> None:
    file = home / "drafts.db"
    with closing(connect(file, None)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
        other.commit()
    before = file.read_bytes()
    with pytest.raises(StoreUnreadable):
        open_store(home, clock=utc_now)
    assert file.read_bytes() == before
    assert not (home / "drafts.db-wal").exists()


def test_a_truncated_store_is_left_alone(home: Path) -> None:
    fill_store(home, 200, 200)
    file = home / "drafts.db"
    half = file.read_bytes()[: file.stat().st_size // 2]
    file.write_bytes(half)
    assert read_first_screen(home).rows == ()
    with pytest.raises(StoreUnreadable):
        open_store(home, clock=utc_now)
    assert file.read_bytes() == half


def test_damage_in_the_middle_is_found_by_the_check(home: Path) -> None:
    fill_store(home, 200, 200)
    file = home / "drafts.db"
    content = bytearray(file.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 20_000] = b"\xaa" * 20_000
    file.write_bytes(content)
    store = open_store(home, clock=utc_now)
    try:
        with pytest.raises(StoreUnreadable, match="damaged"):
            store.check()
    finally:
        store.close()


@pytest.mark.parametrize("name", ["drafts.db", "photos.db"])
def test_a_store_of_a_newer_version_is_left_alone(home: Path, name: str) -> None:
    fill_store(home, 3, 10)
    with closing(connect(home / name, None)) as newer:
        newer.execute("PRAGMA user_version=99")
    before = (home / name).read_bytes()
    with pytest.raises(StoreTooNew, match="newer ReporterDesk"):
        open_store(home, clock=utc_now)
    assert (home / name).read_bytes() == before


@pytest.mark.parametrize("name", ["drafts.db", "photos.db", "in-use.lock"])
def test_a_folder_in_the_place_of_a_file(home: Path, name: str) -> None:
    (home / name).mkdir()
    assert read_first_screen(home).rows == ()
    with pytest.raises(StoreError, match="may not open"):
        open_store(home, clock=utc_now)


def test_a_file_in_the_place_of_the_profile_folder(tmp_path: Path) -> None:
    (tmp_path / "profile").write_text("not a folder")
    with pytest.raises(StoreUnreadable, match="profile"):
        open_store(tmp_path / "profile", clock=utc_now)


def test_a_folder_without_the_right_to_write(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(StoreUnreadable, match="may not open or write"):
        open_store(home, clock=utc_now)


def test_a_failed_opening_lets_go_of_the_lock(home: Path) -> None:
    file = home / "photos.db"
    file.write_bytes(b"no database")
    with pytest.raises(StoreUnreadable):
        open_store(home, clock=utc_now)
    file.unlink()
    assert sum(opened_and_closed(home).values()) == 0


def test_only_one_has_it_open(home: Path) -> None:
    store = open_store(home, clock=utc_now)
    with pytest.raises(StoreInUse, match="already running"):
        open_store(home, clock=utc_now)
    script = (
        "import sys; from pathlib import Path\n"
        "from reporterdesk.domain.clock import utc_now\n"
        "from reporterdesk.domain.errors import StoreInUse\n"
        "from reporterdesk.store.opening import open_store\n"
        "try: open_store(Path(sys.argv[1]), clock=utc_now)\n"
        "except StoreInUse: print('in use')\n"
    )
    command = [sys.executable, "-c", script, str(home)]
    other = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert other.stdout == "in use\n"
    store.close()
    store.close()
    assert sum(opened_and_closed(home).values()) == 0


def test_another_program_that_holds_the_file_for_a_while(home: Path, store: Store) -> None:
    store._drafts.pragma("busy_timeout=10")
    with closing(connect(home / "drafts.db", None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreInUse, match="Another program is using"):
            store.state.set("key", "value")
        assert store.state.get("key") is None
        other.rollback()
    store.state.set("key", "value")
    assert store.state.get("key") == "value"
