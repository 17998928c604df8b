"""``kill -9`` of the real app: while somebody types, and between a request and its answer.

Four kills while typing belong to the suite; ``REPORTERDESK_KILLS=200`` does two hundred.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from reporterdesk.paths import drafts_file
from reporterdesk.store import listing
from reporterdesk.store.driver import connect
from support.api import Api
from support.between import between
from support.driving import DrivenApp
from support.servers import running_server
from support.whole_report import HEADLINE, take_photos, write_report

OpenLaptop = Callable[[str], DrivenApp]
KILLS = int(os.environ.get("REPORTERDESK_KILLS", "4"))
LAST_SECOND = 1.0
SCHEDULING = 0.5
"""Seconds that a machine which is busy with other things may take beyond that.

A save begins at most 0.8 s after the one before. The rest is the disk's and the scheduler's: a
timer that fires late, a thread that waits for a processor, a synced write behind others.
"""


@dataclass(frozen=True)
class Killed:
    """What was typed into one report, and when it ended."""

    report_id: str
    typed: str
    times: tuple[float, ...]
    at: float

    def must_be_there(self) -> str:
        """Return what was typed more than the last second before the kill.

        A pause between two keys that is far longer than the typist's tells how long the machine
        ran nothing: so much later the timers fired, too.
        """
        pauses = [
            later - earlier for earlier, later in zip(self.times, self.times[1:], strict=False)
        ]
        stalled = max([0.0, *(pause - 0.1 for pause in pauses)])
        before = self.at - LAST_SECOND - SCHEDULING - stalled
        return "".join(
            letter for letter, at in zip(self.typed, self.times, strict=True) if at <= before
        )


@pytest.mark.timeout(60 + 20 * KILLS)
def test_a_kill_while_typing_loses_at_most_the_last_second(open_laptop: OpenLaptop) -> None:
    app = open_laptop("ana")
    chance = random.Random()
    ended: list[Killed] = []
    for number in range(KILLS):
        if number:
            app.start()
        ended.append(type_and_kill(app, chance))
        # Not only the last one: an earlier report is not to be harmed by a later kill.
        for one in ended:
            assert_kept(app, one)
    app.start()
    app.quit()
    for one in ended:
        assert_kept(app, one)


def type_and_kill(app: DrivenApp, chance: random.Random) -> Killed:
    """Type into a new report until the kill."""
    app.do("choose", action="report.new")
    app.do("type", into="Headline", words="Typed")
    report_id = app.do("look")["report_id"]
    app.tell("type_on", seed=chance.randrange(1_000_000))
    lines = [app.next_line()]
    # Not to wait for anything: the moment of the kill is what varies.
    threading.Event().wait(chance.uniform(0.0, 2.4))
    killed_at = time.monotonic()
    app.kill()
    lines += app.rest_of_lines()
    typed = "".join(line["typed"] for line in lines)
    return Killed(report_id, typed, tuple(line["at"] for line in lines), killed_at)


def assert_kept(app: DrivenApp, killed: Killed) -> None:
    """Nothing is lost that was typed before the last second, and nothing else came instead."""
    kept = body_of(app, killed.report_id)
    assert killed.typed.startswith(kept[: len(killed.typed)])
    wanted = killed.must_be_there()
    missing = len(wanted) - len(kept)
    assert kept.startswith(wanted), (
        f"{missing} of {len(killed.typed)} keys are missing, the first of them pressed "
        f"{killed.at - killed.times[len(kept)]:.2f} s before the kill"
    )


def body_of(app: DrivenApp, report_id: str) -> str:
    """Return the letters of a report's body, read past the app's own code, and read-only."""
    file = drafts_file(app.home)
    if not file.exists():  # killed before there was a store
        return ""
    with closing(connect(file, app.store_key(), how="mode=ro", wait=10)) as db:
        assert db.execute("PRAGMA quick_check").fetchone() == ("ok",)
        row = db.execute(listing.REPORT, {"id": report_id}).fetchone()
    return "" if row is None else "".join(listing.report_of(row).content.body.split())


@pytest.mark.parametrize(
    "request_line", [b"PUT /v1/reports/", b"PATCH /v1/uploads/"], ids=["text", "photo"]
)
def test_a_kill_between_request_and_answer_leaves_one_report(
    open_laptop: OpenLaptop, newsroom: Path, tmp_path: Path, request_line: bytes
) -> None:
    shots = take_photos(tmp_path / "card")[:1]
    with running_server(newsroom) as server, between(server.url) as wire:
        app = open_laptop("ana")
        app.sign_in(wire.url, "ana@example.org")
        report_id = write_report(app, shots)
        wire.swallow_answers_to(request_line)
        app.do("choose", action="report.file")
        assert wire.wait_for_swallowed_answer(60), "the server has not answered"
        app.kill()
        assert app.rest_of_lines() is not None

        desk = Api(server.url, "ana@example.org")
        assert desk.get(f"/v1/reports/{report_id}").json()["status"] == "filed"
        wire.pass_everything()
        app.start()
        app.do("go", place="filed")
        app.do("open", headline=HEADLINE)
        app.do("wait", report_id=report_id, status="filed", waiting=0)
        reports = desk.get("/v1/reports").json()["reports"]
        assert [line["id"] for line in reports] == [report_id]
        revisions = desk.get(f"/v1/reports/{report_id}/revisions").json()["revisions"]
        assert len(revisions) == 1
        assert desk.get(f"/v1/reports/{report_id}").json()["missing"] == []
        desk.close()
        app.quit()
