"""A real small disk that fills up under the window: typing goes on, and saving does by itself.

The profile lies on a file system of its own, mounted for the test; where nobody may mount one,
SQLite in the app is told to take no further page, and the rest is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from reporterdesk.domain.clock import utc_now
from reporterdesk.paths import drafts_file
from reporterdesk.store import listing
from reporterdesk.store.driver import connect
from reporterdesk.store.key import StoreKey
from reporterdesk.store.opening import open_store
from support.driving import DrivenApp, laptop
from support.servers import running_server
from support.small_disk import PretendedDisk, SmallDisk, small_disk
from support.whole_report import take_photos, write_report
from support.whole_store import assert_whole

FULL = "This disk is full, so nothing is being saved."
STILL_HERE = "Your text is still in the window."
WHAT_TO_DO = "Make room on the disk; saving goes on by itself."
FLOOD = "Water in every street. " * 4_000
"""More than the free pages that a store has for a while yet."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "laptops" / "ana"


@pytest.fixture
def disk(home: Path) -> Iterator[SmallDisk | None]:
    with small_disk(home, megabytes=24) as mounted:
        yield mounted


@pytest.fixture
def app(home: Path, disk: SmallDisk | None) -> Iterator[DrivenApp]:
    with laptop(home) as started:
        yield started


def thing_that_fills(app: DrivenApp, disk: SmallDisk | None) -> SmallDisk | PretendedDisk:
    return disk or PretendedDisk(lambda full: app.do("fill_disk", full=full))


def write_while_there_is_room(app: DrivenApp) -> None:
    app.do("choose", action="report.new")
    app.do("type", into="Headline", words="Written while there was room")
    app.do("write", paragraphs=["The river rose at dawn."])
    app.do("saved")


def wait_until_it_says_so(app: DrivenApp) -> None:
    """Wait for all of it: what happened, what is safe, what to do, and the badge."""
    for words in (FULL, STILL_HERE, WHAT_TO_DO, "Not saved"):
        app.do("wait_words", words=words)


def body_on_disk(home: Path, key: StoreKey, report_id: str) -> str:
    """Return a report's body as another program reads it, while the app has the store open."""
    with closing(connect(drafts_file(home), key, how="mode=ro")) as db:
        row = db.execute(listing.REPORT, {"id": report_id}).fetchone()
    return listing.report_of(row).content.body.strip()


def test_typing_goes_on_and_saving_resumes_by_itself(
    app: DrivenApp, disk: SmallDisk | None, home: Path
) -> None:
    write_while_there_is_room(app)
    filling = thing_that_fills(app, disk)
    filling.fill()
    app.do("paste", into="Text of the report", words=FLOOD)
    wait_until_it_says_so(app)
    app.do("write", paragraphs=[" And more."])
    body = app.do("look")["body"]
    assert body.startswith("The river rose at dawn.")
    assert body.endswith("And more.")
    # What was written before is there, for another program, too.
    report_id = app.do("look")["report_id"]
    assert body_on_disk(home, app.store_key(), report_id) == "The river rose at dawn."
    filling.make_room()
    app.do("saved")
    assert FULL not in " ".join(app.do("read"))
    app.quit()
    with closing(open_store(home, clock=utc_now, key=app.store_key())) as store:
        assert_whole(store, encrypted=True)
        assert store.reports.get(report_id).content.body.strip() == body


def test_a_kill_on_a_full_disk_loses_nothing_that_was_saved(
    app: DrivenApp, disk: SmallDisk | None, home: Path
) -> None:
    write_while_there_is_room(app)
    thing_that_fills(app, disk).fill()
    app.do("paste", into="Text of the report", words=FLOOD)
    wait_until_it_says_so(app)
    app.kill()
    if disk is not None:  # it starts on the full disk, and says what is the matter
        app.start()
        app.do("wait_words", words="This disk is full")
        app.kill()
        disk.make_room()
    with closing(open_store(home, clock=utc_now, key=app.store_key())) as store:
        assert_whole(store, encrypted=True)
    app.start()
    app.do("open", headline="Written while there was room")
    app.do("wait", headline="Written while there was room")
    assert app.do("look")["body"].strip() == "The river rose at dawn."
    app.quit()


def test_photos_and_filing_wait_for_room(
    app: DrivenApp, disk: SmallDisk | None, newsroom: Path, tmp_path: Path
) -> None:
    shots = take_photos(tmp_path / "card")
    with running_server(newsroom) as server:
        app.sign_in(server.url, "ana@example.org")
        write_report(app, shots[:1])
        app.do("press", text="Text")
        filling = thing_that_fills(app, disk)
        filling.fill()
        app.do("paste", into="Text of the report", words=FLOOD)
        wait_until_it_says_so(app)
        app.do("choose", action="report.file")
        app.do("wait_words", words="The report was not filed.")
        assert app.do("look")["status"] == "draft"
        if disk is not None:  # what is pretended holds for the texts alone
            app.do("let_fall", files=[str(shot.file) for shot in shots[1:]], vanishing=[])
            app.do("wait_words", words="One file could not be added. One more was not begun.")
            assert app.do("look")["photos"] == 1
        filling.make_room()
        app.do("saved")
        app.do("choose", action="report.file")
        app.do("wait", waiting=0, status="filed")
        app.quit()
