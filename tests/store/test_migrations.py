"""Stores of every earlier release become today's: nothing is lost, whatever comes between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errors import StoreError, StoreFull, StoreTooNew, StoreUnreadable
from reporterdesk.domain.places import Place
from reporterdesk.store.backup_list import list_backups
from reporterdesk.store.driver import connect
from reporterdesk.store.first_screen import read_first_screen
from reporterdesk.store.key import StoreKey
from reporterdesk.store.migrations import before, running
from reporterdesk.store.migrations.work import Work
from reporterdesk.store.opening import open_store
from reporterdesk.store.protection import Guard
from reporterdesk.store.restoring import restore_backup
from reporterdesk.store.store import Store
from reporterdesk.store.versions import DRAFTS_VERSION
from reporterdesk.vault import MemoryVault
from reporterdesk.workflow.protecting import convert
from support.released import FOLDER, RELEASED, encrypt, found, lost, put_released, reads, schema


@contextmanager
def opened(home: Path, key: StoreKey | None = None) -> Iterator[Store]:
    store = open_store(home, clock=utc_now, key=key)
    try:
        yield store
    finally:
        store.close()


def version(home: Path, key: StoreKey | None = None) -> int:
    with closing(connect(home / "drafts.db", key)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


@pytest.fixture(params=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> StoreKey | None:
    return StoreKey.new() if request.param == "encrypted" else None


@pytest.fixture(params=RELEASED)
def expected(request: pytest.FixtureRequest, home: Path, key: StoreKey | None) -> dict[str, Any]:
    """Put a released store into the profile, and say what it must read as."""
    told = put_released(request.param, home)
    if key is not None:
        encrypt(home, key)
    return told


@pytest.fixture
def old(home: Path) -> dict[str, Any]:
    """Put the oldest store into the profile, unencrypted."""
    return put_released(RELEASED[0], home)


def test_every_released_version_is_stored() -> None:
    assert [f"v{number}" for number in range(1, DRAFTS_VERSION)] == RELEASED
    assert sorted(running.DRAFTS_STEPS) == list(range(2, DRAFTS_VERSION + 1))


def test_all_of_it_reads_the_same(
    home: Path, key: StoreKey | None, expected: dict[str, Any]
) -> None:
    with opened(home, key) as store:
        store.check()
        assert lost({**expected, "found": {}}, reads(store, expected) | {"found": {}}) == []
        for query, ids in expected["found"].items():
            assert found(store, query) >= set(ids), query
        assert store.reports.counts()[Place.OUTBOX] == 3
    assert version(home, key) == DRAFTS_VERSION
    assert read_first_screen(home, key).open_report is not None


def test_its_tables_are_those_of_a_new_store(
    home: Path, key: StoreKey | None, expected: dict[str, Any]
) -> None:
    with opened(home, key), opened(home / "new", key):
        pass
    for name in ("drafts.db", "photos.db"):
        assert schema(home, name, key) == schema(home / "new", name, key)


def test_it_is_backed_up_before_and_only_once(
    home: Path, key: StoreKey | None, expected: dict[str, Any]
) -> None:
    for _ in range(2):
        with opened(home, key):
            pass
    (kept,) = list_backups(home, key)
    assert (kept.problem, kept.reports) == ("", len(expected["reports"]))
    assert [path.name for path in (home / "backups").iterdir()] == [kept.file.name]
    # What was kept is the old store: put back, it comes to this version again.
    (home / "again").mkdir()
    kept.file.replace(home / "again" / "drafts.db")
    assert version(home / "again", key) < DRAFTS_VERSION
    with opened(home / "again", key) as store:
        assert set(store.reports.counts().values()) == set(
            read_first_screen(home, key).counts.values()
        )


def test_a_file_of_the_version_before_is_shown_only_once_it_is_todays(
    home: Path, old: dict[str, Any]
) -> None:
    assert read_first_screen(home).rows == ()
    assert version(home) == 1


def test_progress_goes_up_to_its_end(home: Path, old: dict[str, Any]) -> None:
    told: list[float] = []
    open_store(home, clock=utc_now, progress=told.append).close()
    assert told[0] == 0 < told[-1] == 1
    assert told == sorted(told)
    told.clear()
    open_store(home, clock=utc_now, progress=told.append).close()
    assert told == []


def test_an_ordinary_opening_never_loads_alembic(home: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from reporterdesk.domain.clock import utc_now\n"
        "from reporterdesk.store.opening import open_store\n"
        "open_store(Path(sys.argv[1]), clock=utc_now).close()\n"
        "print('alembic' in sys.modules)\n"
    )

    def loaded() -> str:
        command = [sys.executable, "-c", script, str(home)]
        return subprocess.run(
            command, capture_output=True, text=True, check=True, timeout=60
        ).stdout.strip()

    put_released(RELEASED[0], home)
    assert [loaded(), loaded()] == ["True", "False"]


def test_it_may_be_encrypted_before_it_is_brought_forward(home: Path, old: dict[str, Any]) -> None:
    fresh = convert(home, None, Guard.KEYRING, vault=MemoryVault())
    assert fresh is not None
    assert version(home, fresh) == 1
    with opened(home, fresh) as store:
        store.check()
        assert lost(old["reports"], reads(store, old)["reports"]) == []
        assert lost(old["photos"], reads(store, old)["photos"]) == []
    (kept,) = list_backups(home, fresh)
    assert kept.problem == ""
    assert b"SQLite format 3" not in kept.file.read_bytes()[:100]


def test_the_backup_that_was_taken_can_be_put_back(home: Path, old: dict[str, Any]) -> None:
    with opened(home) as store:
        store.reports.set_standing(next(iter(old["reports"])), public_url="https://changed.example")
    (kept,) = list_backups(home, None)
    restore_backup(home, None, kept, now=utc_now())
    assert version(home) == 1
    with opened(home) as store:
        assert lost(old["reports"], reads(store, old)["reports"]) == []
        assert lost(old["photos"], reads(store, old)["photos"]) == []


# -- what comes between -------------------------------------------------------------------------


class _PulledOut(Exception):
    pass


@contextmanager
def fault_at(number: int) -> Iterator[list[str]]:
    """Let the statement of this number (from 0) fail, of those after the backup."""
    seen: list[str] = []

    def look(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if seen or statement.startswith("BEGIN"):
            seen.append(statement)
        if len(seen) == number + 1:
            raise _PulledOut

    event.listen(Engine, "before_cursor_execute", look)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", look)


def test_a_fault_at_any_statement_leaves_the_old_store_whole(
    home: Path, old: dict[str, Any]
) -> None:
    number = 0
    while True:
        with fault_at(number) as seen:
            try:
                open_store(home, clock=utc_now).close()
            except _PulledOut:
                pass
            else:
                break
        assert "user_version" not in seen[-1] or version(home) == 1
        assert version(home) in range(1, DRAFTS_VERSION + 1)
        number += 1
        assert number < 200
    assert number >= 4
    with opened(home) as store:
        store.check()
        assert lost(old["reports"], reads(store, old)["reports"]) == []


_KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event, text
from reporterdesk.domain.clock import utc_now
from reporterdesk.store.opening import open_store
from reporterdesk.store.protection import Guard
from reporterdesk.store.restoring import restore_backup

def look(_conn, _cursor, statement, *_rest):
    if sys.argv[2] in statement:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(Engine, "after_cursor_execute", look)
open_store(Path(sys.argv[1]), clock=utc_now)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize(
    "where", ["VACUUM INTO", "CREATE TABLE snapshots", "PRAGMA user_version=", "COMMIT"]
)
def test_killed_in_the_middle(home: Path, old: dict[str, Any], where: str) -> None:
    command = [sys.executable, "-c", _KILLED, str(home), where]
    assert subprocess.run(command, check=False, timeout=60).returncode == -signal.SIGKILL
    assert version(home) == (2 if where == "COMMIT" else 1)  # the first step is done, or undone
    with opened(home) as store:
        store.check()
        assert lost(old["reports"], reads(store, old)["reports"]) == []
    assert all(not kept.problem for kept in list_backups(home, None))
    assert not list((home / "backups").glob("*.new"))


def test_a_full_disk_before_the_backup(
    home: Path, old: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreFull

    monkeypatch.setattr(before, "check_whole", full)
    with pytest.raises(StoreFull, match=r"room on the disk to back up .* They are as they were"):
        open_store(home, clock=utc_now)
    assert (home / "drafts.db").read_bytes() == (FOLDER / "v1" / "drafts.db").read_bytes()
    assert list((home / "backups").iterdir()) == []


def test_a_full_disk_in_the_middle(
    home: Path, old: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_large(work: Work) -> None:
        running.drafts_2.upgrade(work)
        database = work.database
        # A real SQLITE_FULL, at the next page that the file would need.
        database.pragma(f"max_page_count={database.pragma('page_count')}")
        database.execute(text("UPDATE reports SET content = content || zeroblob(1000000)"))

    with monkeypatch.context() as patched:
        patched.setattr(running, "DRAFTS_STEPS", {2: too_large})
        with pytest.raises(StoreFull, match=r"not enough room .* They are as they were"):
            open_store(home, clock=utc_now)
    assert version(home) == 1
    with opened(home) as store:
        store.check()
        assert lost(old["reports"], reads(store, old)["reports"]) == []


def test_a_damaged_old_store_is_not_changed(home: Path, old: dict[str, Any]) -> None:
    file = home / "drafts.db"
    content = bytearray(file.read_bytes())
    content[60_000:90_000] = os.urandom(30_000)
    file.write_bytes(content)
    with pytest.raises(StoreUnreadable, match="damaged"):
        open_store(home, clock=utc_now)
    assert file.read_bytes() == content
    assert list((home / "backups").glob("*")) == []


def test_rows_that_do_not_fit_together_undo_the_step(home: Path, old: dict[str, Any]) -> None:
    with closing(connect(home / "drafts.db", None)) as db:
        db.execute("UPDATE revisions SET report_id = 'nobody' WHERE number = 1")
    with pytest.raises(StoreError):
        open_store(home, clock=utc_now)
    assert version(home) == 1


def test_a_newer_store_is_refused_and_not_backed_up(home: Path, old: dict[str, Any]) -> None:
    with closing(connect(home / "drafts.db", None)) as db:
        db.execute(f"PRAGMA user_version={DRAFTS_VERSION + 1}")
    with pytest.raises(StoreTooNew, match="Install the newer version"):
        open_store(home, clock=utc_now)
    assert not (home / "backups").exists()
