"""A server that is killed, or whose power is cut, at any step of taking in a report.

What it acknowledged is there afterwards; what it had not is asked for again; and nobody is ever
given half a photo. The suite tries some steps; ``REPORTERDESK_SERVER_DEATHS=all`` tries each.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from reporterdesk.domain.ids import new_id
from support.api import Api, message, photo
from support.dying_server import DyingServers, MortalServer
from support.servers import fill
from support.uploading import fresh, offset_of

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Forks, and follows what is synced through /proc."
)
DEATHS = os.environ.get("REPORTERDESK_SERVER_DEATHS", "2")
"""At how many steps a server dies of each cause, or “all”."""


@dataclass
class Delivery:
    """A report on its way to the desk until it is published, and what was acknowledged of it."""

    report_id: str = field(default_factory=new_id)
    files: tuple[bytes, ...] = field(default_factory=lambda: (fresh(500), fresh(3000)))
    sent: dict[str, Any] = field(default_factory=dict)
    decision_id: str = field(default_factory=new_id)
    filed: bool = False
    published: bool = False
    held: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sent = message(photos=[photo(*self.files)])

    def go(self, reporter: Api, editor: Api) -> None:
        """Do whatever is left to do, piece by piece.

        :raises requests.RequestException: the server has died.
        """
        answer = reporter.file(self.report_id, self.sent)
        assert answer.status_code == 201, answer.text
        self.filed = True
        photos = {part["id"]: part for part in self.sent["photos"]}
        wanted = editor.call(
            "PUT", f"/v1/reports/{self.report_id}/wanted", json={"photos": [*photos]}
        )
        assert wanted.status_code == 204
        for data in self.files:
            self._send(reporter, data)
        published = editor.decide(
            self.report_id, "publish", self.sent["revision_id"], decision_id=self.decision_id
        )
        assert published.status_code == 200, published.text
        self.published = True

    def _send(self, reporter: Api, data: bytes) -> None:
        sha256 = hashlib.sha256(data).hexdigest()
        url = f"/v1/uploads/{self.report_id}/{sha256}"
        offset = offset_of(reporter, url)
        while offset < len(data):
            answer = reporter.patch(url, offset, data[offset : offset + 1200])
            assert answer.status_code == 204, answer.text
            offset = self.held[sha256] = int(answer.headers["Upload-Offset"])

    def check(self, reporter: Api) -> None:
        """Compare what the server holds with what it has acknowledged."""
        read = reporter.get(f"/v1/reports/{self.report_id}")
        assert read.status_code == 200 or not self.filed
        for data in self.files:
            sha256 = hashlib.sha256(data).hexdigest()
            self._check_photo(reporter, sha256, data)
        if read.status_code != 200:
            return
        found = read.json()
        assert found["body"] == self.sent["body"]
        assert found["revision_id"] == self.sent["revision_id"]
        assert found["status"] == "published" or not self.published
        for sha256, size in found["receipt"]["photos"].items():
            # Whatever a receipt names can be fetched.
            content = reporter.get(f"/v1/photos/{sha256}/{self._name(sha256)}").content
            assert (len(content), hashlib.sha256(content).hexdigest()) == (size, sha256)

    def _check_photo(self, reporter: Api, sha256: str, data: bytes) -> None:
        acknowledged = self.held.get(sha256, 0)
        where = reporter.head(f"/v1/uploads/{self.report_id}/{sha256}")
        if self.filed:
            assert acknowledged <= int(where.headers["Upload-Offset"]) <= len(data)
        answer = reporter.get(f"/v1/photos/{sha256}/{self._name(sha256)}")
        assert answer.status_code == 200 or acknowledged < len(data)
        assert answer.status_code in {200, 404}
        assert answer.status_code == 404 or answer.content == data

    def _name(self, sha256: str) -> str:
        return "preview" if hashlib.sha256(self.files[0]).hexdigest() == sha256 else "full"


@dataclass(frozen=True)
class Newsroom:
    """A folder of data to begin from, and two people’s tokens for it."""

    data: Path
    tokens: tuple[str, str]

    def devices(self, server: MortalServer) -> tuple[Api, Api]:
        """Return the reporter’s and the editor’s device."""
        reporter, editor = (Api.with_token(server.url, token) for token in self.tokens)
        return reporter, editor


@pytest.fixture(scope="module")
def newsroom(servers: DyingServers, tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    data = tmp_path_factory.mktemp("newsroom") / "data"
    fill(data)
    server = servers.start(data)
    people = [Api(server.url, email) for email in ("ana@example.org", "eve@example.org")]
    for person in people:
        person.close()
    server.kill()
    return Newsroom(data, (people[0].token, people[1].token))


def deliver(newsroom: Newsroom, server: MortalServer, delivery: Delivery) -> bool:
    """Deliver until all is done, or until the server dies; return whether all is done."""
    reporter, editor = newsroom.devices(server)
    try:
        delivery.go(reporter, editor)
    except requests.RequestException:
        return False
    else:
        return True
    finally:
        reporter.close()
        editor.close()


@pytest.fixture(scope="module")
def count(
    servers: DyingServers, newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory
) -> int:
    """How many steps a server takes for one delivery."""
    data = tmp_path_factory.mktemp("counted") / "data"
    shutil.copytree(newsroom.data, data)
    server = servers.start(data)
    assert deliver(newsroom, server, Delivery())
    taken = server.steps
    server.kill()
    return taken


@pytest.mark.timeout(0 if DEATHS == "all" else 120)
@pytest.mark.parametrize("cause", ["kill", "power cut"])
def test_it_dies_at_any_step_and_nothing_acknowledged_is_lost(
    servers: DyingServers, newsroom: Newsroom, count: int, tmp_path: Path, cause: str
) -> None:
    steps = range(count)
    chosen = steps if DEATHS == "all" else random.sample(steps, int(DEATHS))
    for step in chosen:
        data = tmp_path / f"at-{step}"
        shutil.copytree(newsroom.data, data)
        delivery = Delivery()
        server = servers.start(data, step)
        whole = deliver(newsroom, server, delivery)
        assert not whole or step >= count - 5, f"It did not die at step {step}."
        server.kill() if whole or cause == "kill" else server.cut_the_power()
        survived(servers, newsroom, data, delivery)
        shutil.rmtree(data)
    print(f"{cause}: at {len(chosen)} of {count} steps")


def survived(servers: DyingServers, newsroom: Newsroom, data: Path, delivery: Delivery) -> None:
    """Start the server again, compare, deliver the rest, and compare again."""
    again = servers.start(data)
    reporter, editor = newsroom.devices(again)
    delivery.check(reporter)
    delivery.go(reporter, editor)
    delivery.check(reporter)
    assert len(delivery.held) <= len(delivery.files)
    lines = reporter.get(f"/v1/reports/{delivery.report_id}/revisions").json()["revisions"]
    assert len(lines) == 1
    found = reporter.get(f"/v1/reports/{delivery.report_id}").json()
    assert found["missing"] == []
    assert [said["id"] for said in found["decisions"]] == [delivery.decision_id]
    assert reporter.get(found["public_url"]).status_code == 200
    reporter.close()
    editor.close()
    again.kill()
