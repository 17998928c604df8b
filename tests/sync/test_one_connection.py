"""A text is one call on a kept connection, compressed; a photo's pieces go over the same one."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.publishing import kept
from reporterdesk.publishing.reference import ReferenceConnector, ReferenceSignIn
from reporterdesk.server.app import create_app
from reporterdesk.server.config import ServerConfig
from support.bad_links import LinkOnAThread, bad_link
from support.laptop import Laptop, laptop
from support.servers import PASSWORD, fill, threaded_server


@dataclass
class Calls:
    """A layer around the server that notes each call and its headers."""

    app: object
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] == "http":
            headers = {name.decode(): value.decode() for name, value in scope["headers"]}
            self.seen.append((scope["method"], headers))
        await self.app(scope, receive, send)  # type: ignore[operator]

    @property
    def state(self):
        return self.app.state  # type: ignore[attr-defined]


@dataclass
class Wire:
    """A laptop, the link that counts connections, and the server that counts calls."""

    here: Laptop
    link: LinkOnAThread
    calls: Calls


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Calls]]:
    data = tmp_path_factory.mktemp("server") / "data"
    fill(data)
    calls = Calls(create_app(ServerConfig(data)))
    with threaded_server(calls) as url:
        yield url, calls


@pytest.fixture
def wire(home: Path, server: tuple[str, Calls]) -> Iterator[Wire]:
    url, calls = server
    token = ReferenceSignIn().sign_in(url, "ana@example.org", PASSWORD, "laptop").token
    with bad_link(url) as link:
        connector = ReferenceConnector(link.url, token)
        with laptop(home, connector) as here:
            calls.seen.clear()
            yield Wire(here, link, calls)
        connector.close()


def test_so_many_texts_are_so_many_calls_over_one_connection(wire: Wire) -> None:
    body = "The square was full by noon. " * 200
    ids = [wire.here.file(f"Report {number}", body=body) for number in range(12)]
    wire.here.deliver()
    assert [method for method, _ in wire.calls.seen] == ["PUT"] * 12
    assert wire.link.counts.connections == 1
    assert {wire.here.delivery(i).state for i in ids} == {DeliveryState.DELIVERED}
    for _, headers in wire.calls.seen:
        assert headers["content-encoding"] == "gzip"
        assert int(headers["content-length"]) < len(body) / 4
    # All that went up, headers included, is less than half of what one text has.
    assert wire.link.counts.up < 12 * len(gzip.compress(body.encode())) + 12 * 1_500


def test_a_report_with_photos_needs_no_second_connection_and_no_needless_call(wire: Wire) -> None:
    photos = [wire.here.photo(f"{n}", preview=9_000, full=15_000) for n in range(3)]
    report_id = wire.here.file(photos=photos)
    wire.here.deliver()
    assert [method for method, _ in wire.calls.seen] == ["PUT", *["PATCH"] * 6, "GET"]
    assert wire.link.counts.connections == 1
    for method, headers in wire.calls.seen:
        if method == "PATCH":
            assert headers["upload-checksum"].startswith("sha256 ")
    delivery = wire.here.delivery(report_id)
    assert delivery.state is DeliveryState.DELIVERED
    assert delivery.text_at is not None
    assert delivery.complete_at is not None
    assert delivery.text_at <= delivery.complete_at
    receipt = wire.here.store.receipts.get(report_id, delivery.revision_id)
    assert receipt is not None
    sizes = {r.sha256: r.bytes for photo in photos for r in (photo.preview, photo.full)}
    assert dict(receipt.photos) == sizes


def test_while_nothing_waits_nothing_is_sent(wire: Wire) -> None:
    wire.here.file()
    wire.here.deliver()
    wire.calls.seen.clear()
    for _ in range(5):
        wire.here.clock.turn(minutes=5)
        wire.here.deliver()
    wire.here.engine.network_changed()
    wire.here.deliver()
    assert wire.calls.seen == []


def test_a_connection_that_the_server_has_closed_meanwhile_costs_no_wait(wire: Wire) -> None:
    first = wire.here.file("First")
    wire.here.deliver()
    wire.link.cut()
    second = wire.here.file("Second")
    wire.here.deliver(rounds=2)
    states = {wire.here.delivery(report_id).state for report_id in (first, second)}
    assert states == {DeliveryState.DELIVERED}
    assert wire.link.counts.connections == 2


def test_on_another_network_another_connection_is_made(wire: Wire) -> None:
    wire.here.file("First")
    wire.here.deliver()
    wire.here.file("Second")
    wire.here.engine.network_changed()
    wire.here.deliver()
    wire.here.engine.try_now()
    wire.here.file("Third")
    wire.here.deliver()
    assert [method for method, _ in wire.calls.seen] == ["PUT"] * 3
    assert wire.link.counts.connections == 2


def test_a_connection_that_lay_idle_is_not_trusted(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_000.0
    monkeypatch.setattr(kept.FreshHttpPool, "clock", lambda _pool: now)
    for pause in (0.0, kept.IDLE - 1, kept.IDLE + 1):
        now += pause
        wire.here.file("Some news")
        wire.here.deliver()
    assert [method for method, _ in wire.calls.seen] == ["PUT"] * 3
    assert wire.link.counts.connections == 2
