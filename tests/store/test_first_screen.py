"""The first screen: read quickly, whatever state the store is in."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.places import Place
from reporterdesk.store.driver import connect
from reporterdesk.store.first_screen import (
    CARET,
    OPEN_PLACE,
    OPEN_REPORT,
    ROWS,
    FirstScreen,
    read_first_screen,
)
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from support.clocks import HandClock
from support.filled_store import fill_store, made_reports


def test_nothing_heavy_is_imported() -> None:
    script = (
        "import sys\n"
        "import reporterdesk.store.first_screen, reporterdesk.settings, reporterdesk.paths\n"
        "heavy = 'sqlalchemy pydantic requests keyring markdown PIL PySide6 platformdirs'.split()\n"
        "print(*[name for name in heavy if name in sys.modules])\n"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "\n"


def test_without_a_store(home: Path, tmp_path: Path) -> None:
    assert read_first_screen(home) == FirstScreen()
    assert read_first_screen(tmp_path / "no" / "profile") == FirstScreen()
    assert list(home.iterdir()) == []
    (home / "drafts.db").touch()
    assert read_first_screen(home) == FirstScreen()


def test_it_shows_what_the_store_shows(home: Path) -> None:
    ids = fill_store(home, 300, 50)
    first = read_first_screen(home)
    store = open_store(home, clock=utc_now)
    try:
        assert first.rows == store.reports.page(Place.DRAFTS, limit=ROWS).rows
        assert first.counts == store.reports.counts()
        assert first.open_report == store.reports.get(ids[-1])
        assert (first.caret, first.place) == (40, Place.DRAFTS)
    finally:
        store.close()


def test_beside_an_open_store_it_sees_the_last_save(
    home: Path, store: Store, clock: HandClock
) -> None:
    report = next(made_reports(1, 10))
    store.reports.add(report)
    store.state.set(OPEN_REPORT, report.id)
    content = replace(report.content, headline="Just typed")
    store.reports.save_content(report.id, content, clock())
    first = read_first_screen(home)
    assert first.open_report is not None
    assert first.open_report.content == content
    assert first.rows[0].headline == "Just typed"
    # and the store can go on writing
    store.reports.trash(report.id, clock())
    assert read_first_screen(home).counts[Place.TRASH] == 1


def test_the_place_that_was_open(home: Path, store: Store) -> None:
    store.reports.add_many(made_reports(50, 5))
    store.state.set(OPEN_PLACE, "published")
    store.state.set("geometry", "800x600")
    first = read_first_screen(home)
    assert first.place is Place.PUBLISHED
    assert first.rows == store.reports.page(Place.PUBLISHED, limit=ROWS).rows
    assert first.state["geometry"] == "800x600"


@pytest.mark.parametrize("caret", ["", "-5", "five", "1e3", "²"])
def test_state_that_makes_no_sense(home: Path, store: Store, caret: str) -> None:
    store.state.set(CARET, caret)
    store.state.set(OPEN_PLACE, "nowhere")
    store.state.set(OPEN_REPORT, "nothing")
    first = read_first_screen(home)
    assert (first.caret, first.place, first.open_report) == (0, Place.DRAFTS, None)


def test_without_room_for_the_index_of_the_log(home: Path, tmp_path: Path) -> None:
    fill_store(home, 5, 10)
    expected = read_first_screen(home)
    assert expected.open_report is not None
    for ending in ("-wal", "-shm"):
        (home / f"drafts.db{ending}").unlink(missing_ok=True)
    # Nothing can be made at this name: as on a full disk, SQLite cannot open the index.
    (home / "drafts.db-shm").mkdir()
    assert read_first_screen(home) == expected


@pytest.mark.parametrize("content", ["", "[]", "{", '{"event": 3}', '{"photos": [{}]}'])
def test_content_that_is_none(home: Path, content: str) -> None:
    fill_store(home, 2, 10)
    with closing(connect(home / "drafts.db", None)) as raw:
        raw.execute("UPDATE reports SET content = ?", (content,))
        raw.commit()
    assert read_first_screen(home) == FirstScreen()
