"""What is scheduled goes out at its time, and only whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reporterdesk.domain.ids import new_id
from reporterdesk.server.app import create_app
from reporterdesk.server.config import ServerConfig
from reporterdesk.server.parts import Parts
from reporterdesk.server.service.publishing import next_due, publish_due
from support.api import Api, message, photo
from support.servers import fill, threaded_server

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Parts, Api, Api]]:
    """A server whose clock stands at noon, its reporter and its editor."""
    fill(tmp_path / "data")
    app = create_app(ServerConfig(tmp_path / "data"), clock=lambda: NOON)
    with threaded_server(app) as url:
        ana, eve = Api(url, "ana@example.org"), Api(url, "eve@example.org")
        yield app.state.parts, ana, eve
        ana.close()
        eve.close()


def schedule(ana: Api, eve: Api, at: datetime, **fields: object) -> tuple[str, str]:
    """File and schedule a report; return its id and revision."""
    report_id, sent = new_id(), message(**fields)
    ana.file(report_id, sent)
    answer = eve.decide(report_id, "schedule", sent["revision_id"], publish_at=at.isoformat())
    assert answer.json()["report"]["status"] == "approved"
    return report_id, sent["revision_id"]


def status(api: Api, report_id: str) -> str:
    """Return where the report stands."""
    return str(api.get(f"/v1/reports/{report_id}").json()["status"])


def test_it_goes_out_at_its_time(desk: tuple[Parts, Api, Api]) -> None:
    parts, ana, eve = desk
    at = NOON + timedelta(hours=1)
    report_id, _ = schedule(ana, eve, at)
    assert next_due(parts.database) == at
    assert publish_due(parts.database, at - timedelta(seconds=1)) == 0
    assert publish_due(parts.database, at) == 1
    assert publish_due(parts.database, at) == 0
    assert next_due(parts.database) is None
    assert status(ana, report_id) == "published"
    entry = ana.get(f"/v1/reports/{report_id}/audit").json()["entries"][-1]
    assert (entry["person"], entry["action"], entry["note"]) == ("Eve", "publish", "As scheduled.")


def test_a_new_revision_takes_it_off_the_schedule(desk: tuple[Parts, Api, Api]) -> None:
    parts, ana, eve = desk
    report_id, revision_id = schedule(ana, eve, NOON + timedelta(hours=1))
    ana.file(report_id, message(), parent=revision_id)
    assert next_due(parts.database) is None
    assert publish_due(parts.database, NOON + timedelta(days=1)) == 0
    assert status(ana, report_id) == "filed"


def test_it_waits_for_its_photos(desk: tuple[Parts, Api, Api]) -> None:
    parts, ana, eve = desk
    at = NOON + timedelta(hours=1)
    report_id, _ = schedule(ana, eve, at, photos=[photo(b"same", b"same")])
    assert publish_due(parts.database, at) == 0
    (part,) = ana.get(f"/v1/reports/{report_id}").json()["missing"]
    ana.patch(part["upload_url"], 0, b"same")
    assert publish_due(parts.database, at) == 1


def test_the_running_server_keeps_the_schedule(desk: tuple[Parts, Api, Api]) -> None:
    _, ana, eve = desk
    cursor = ana.get("/v1/changes").json()["cursor"]
    report_id, _ = schedule(ana, eve, NOON - timedelta(minutes=1))
    kinds: list[str] = []
    while "published" not in kinds:
        answer = ana.get("/v1/changes", params={"after": cursor, "wait": 20}).json()
        kinds += [change["kind"] for change in answer["changes"]]
        cursor = answer["cursor"]
    assert kinds == ["filed", "scheduled", "published"]
    assert status(ana, report_id) == "published"
