"""One person on two laptops, an editor between them, and a real server process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.report import ReportContent
from reporterdesk.publishing.connector import Connector
from reporterdesk.publishing.reference import ReferenceSignIn
from reporterdesk.text.merge import Choice
from reporterdesk.vault import MemoryVault
from reporterdesk.workflow.bringing_down import bring_down
from reporterdesk.workflow.correcting import revise
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report
from reporterdesk.workflow.merging import find_conflict, settle
from reporterdesk.workflow.signing_in import sign_in
from support.desk_edits import file_elsewhere
from support.laptop import Laptop, laptop
from support.servers import PASSWORD, fill, running_server

REPORTER, EDITOR = "ana@example.org", "eve@example.org"
FIRST, SECOND, THIRD = (
    "The square was full by noon.",
    "Nobody had counted on the rain.",
    "The lanterns were lit at nine.",
)
BODY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("server") / "data"
    fill(data)
    with running_server(data) as server:
        yield server.url


@pytest.fixture
def editor(url: str) -> Iterator[Connector]:
    answer = ReferenceSignIn().sign_in(url, EDITOR, PASSWORD, "desk")
    connector = ReferenceSignIn().connect(url, answer.token)
    yield connector
    connector.close()


@pytest.fixture
def laptops(url: str, home: Path) -> Iterator[tuple[Laptop, Laptop]]:
    with laptop(home, None) as one, laptop(home.parent / "second", None) as two:
        for each, device in ((one, "first"), (two, "second")):
            signed = sign_in(
                ReferenceSignIn(), MemoryVault(), each.run, url, REPORTER, PASSWORD, device
            )
            each.connector = signed.connector
        yield one, two
        for each in (one, two):
            assert each.connector is not None
            each.connector.close()


def write_on(here: Laptop, report_id: str, **fields: object) -> None:
    """Change what the desk has, and file it."""
    report = revise(here.store, report_id, clock=here.clock)
    here.clock.turn(minutes=1)
    content = replace(report.content, **fields)  # type: ignore[arg-type]
    save_draft(here.store, report_id, content, clock=here.clock)
    file_report(here.store, report_id, clock=here.clock)


def both_have(one: Laptop, two: Laptop, photos: int = 0) -> str:
    """Return the id of a report that the desk and both laptops have."""
    report_id = one.file("Lanterns", photos, body=BODY)
    one.deliver(rounds=2)
    assert one.delivery(report_id).state is DeliveryState.DELIVERED
    assert two.connector is not None
    answer = two.connector.report(report_id)
    assert two.run(lambda store: bring_down(store, answer, two.clock()))
    return report_id


def newest(connector: Connector, report_id: str) -> tuple[int, str, str]:
    answer = connector.report(report_id)
    return answer.number, answer.headline, answer.body


def test_two_laptops_and_an_editor_between_lose_nothing(
    laptops: tuple[Laptop, Laptop], editor: Connector
) -> None:
    one, two = laptops
    report_id = both_have(one, two, photos=1)
    write_on(one, report_id, body=BODY.replace("nine", "half past nine"))
    one.deliver(rounds=2)
    file_elsewhere(editor, report_id, headline="Lanterns on the river")
    river = two.photo("the river")
    content = two.report(report_id).content
    write_on(
        two,
        report_id,
        body=f"{FIRST}\n\n![](photo:{river.id})\n\n{SECOND}\n\n{THIRD}",
        photos=(*content.photos, river),
    )
    two.deliver(rounds=3)
    assert two.delivery(report_id).state is DeliveryState.DELIVERED
    expected = f"{FIRST}\n\n![](photo:{river.id})\n\n{SECOND}\n\n{THIRD}".replace(
        "nine", "half past nine"
    )
    assert newest(editor, report_id) == (4, "Lanterns on the river", expected)
    assert editor.report(report_id).missing == ()
    assert two.heard.merged == [report_id]
    # The first laptop never had the other's photo, and goes on all the same.
    write_on(one, report_id, standfirst="After the rain")
    one.deliver(rounds=3)
    assert one.delivery(report_id).state is DeliveryState.DELIVERED
    answer = editor.report(report_id)
    assert (answer.standfirst, answer.body, len(answer.photos)) == ("After the rain", expected, 2)
    assert answer.parent_revision_id is not None


def test_the_headline_alone_is_asked_and_who_wrote_the_other(
    laptops: tuple[Laptop, Laptop], editor: Connector
) -> None:
    one, two = laptops
    report_id = both_have(one, two)
    file_elsewhere(editor, report_id, headline="By the editor", body=f"{BODY}\n\nSo it ended.")
    write_on(two, report_id, headline="By the reporter")
    assert two.deliver() is None
    conflict = find_conflict(two.store, report_id)
    assert conflict is not None
    filed_by = editor.me().person.name
    assert conflict.by == filed_by
    merged = conflict.merged()
    assert len(merged.questions) == 1
    settle(two.store, conflict, merged, [Choice.MINE], clock=two.clock)
    two.deliver()
    assert newest(editor, report_id) == (3, "By the reporter", f"{BODY}\n\nSo it ended.")


KILLED = """
import os, random, sys
from pathlib import Path
from reporterdesk.domain.clock import utc_now
from reporterdesk.publishing.reference import ReferenceConnector
from reporterdesk.store.opening import open_store
from reporterdesk.sync import conflicts
from reporterdesk.sync.engine import SyncEngine
from reporterdesk.sync.listener import SilentListener

home, url, token, where = sys.argv[1:]
store = open_store(Path(home), clock=utc_now)
connector = ReferenceConnector(url, token)
go_on = getattr(conflicts, where)

def die(*args, **kwargs):
    os.kill(os.getpid(), 9)

setattr(conflicts, where, die)
engine = SyncEngine(
    lambda function: function(store), lambda: connector, utc_now, random.Random(1), SilentListener()
)
engine.deliver_due()
"""


@pytest.mark.parametrize("where", ["conflict_of", "file_merged"])
def test_killed_between_bringing_down_and_merging(
    where: str, laptops: tuple[Laptop, Laptop], editor: Connector, url: str, tmp_path: Path
) -> None:
    one, two = laptops
    report_id = both_have(one, two)
    file_elsewhere(editor, report_id, standfirst="After the rain")
    home = tmp_path / "third"
    token = ReferenceSignIn().sign_in(url, REPORTER, PASSWORD, "third").token
    connector = ReferenceSignIn().connect(url, token)
    content = _copied(home, one, report_id)
    command = [sys.executable, "-c", KILLED, str(home), url, token, where]
    assert subprocess.run(command, check=False, timeout=60).returncode == -9
    with laptop(home, connector) as again:
        assert again.delivery(report_id).state is DeliveryState.ATTEMPTING
        assert again.report(report_id).content == content
        assert again.store.conflicts.get(report_id) is None
        again.deliver(rounds=2)
        assert again.delivery(report_id).state is DeliveryState.DELIVERED
    answer = editor.report(report_id)
    assert (answer.number, answer.headline, answer.standfirst) == (3, "By me", "After the rain")
    connector.close()


def _copied(home: Path, source: Laptop, report_id: str) -> ReportContent:
    """Make a laptop that has the report as ``source`` has it, with a new headline filed."""
    report = source.report(report_id)
    revision = source.store.revisions.get(str(report.revision_id))
    with laptop(home, None) as here:
        here.store.reports.add(report)
        here.store.revisions.add(revision)
        write_on(here, report_id, headline="By me")
        return here.report(report_id).content
