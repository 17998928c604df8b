"""A cut at every byte, up and down, of one delivery: the server has it once, and nothing is lost.

Real sockets, through the product's own bad link, to the real server's code. The delivery makes
each call there is on the way: the text (PUT), a piece that somebody else was quicker with (PATCH,
409), the question for the offset (HEAD), the rest of it, and the other photo's bytes (PATCH).

The suite takes some of the bytes, others each time. All of them (some 7,000 deliveries, each cut
in one of the three ways in which a connection can end; about half an hour)::

    REPORTERDESK_CUTS=all python -m pytest tests/sync/test_cut_at_every_byte.py -n 0 --timeout 0 -s
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random, SystemRandom

import pytest

from reporterdesk.demo.bad_link.profiles import Cut, How, Side
from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.errors import OffsetMismatch
from reporterdesk.domain.status import Status
from reporterdesk.publishing.connector import Connector
from reporterdesk.publishing.http import Limits
from reporterdesk.publishing.reference import ReferenceConnector, ReferenceSignIn
from reporterdesk.server.app import create_app
from reporterdesk.server.config import ServerConfig
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report
from support.bad_links import LinkOnAThread, bad_link
from support.laptop import Laptop, laptop
from support.servers import PASSWORD, fill, threaded_server

CUTS = os.environ.get("REPORTERDESK_CUTS", "36")
"""How many cuts, or ``all``."""
PREVIEW, FULL, QUICKER = 40, 60, 10
"""Bytes of the photo's renditions, and how many of the preview somebody else sends first."""
ROUNDS = 30
"""Rounds within which everything must be delivered once the link is well."""


@dataclass
class Wire:
    """A laptop, the link it delivers over, and the server seen past the link."""

    here: Laptop
    link: LinkOnAThread
    past: Connector

    def file(self, number: int) -> str:
        """File a report with one small photo."""
        report_id = self.here.write(f"Cut {number}", photos=0)
        photo = self.here.photo(f"cut {number}", preview=PREVIEW, full=FULL)
        content = replace(self.here.report(report_id).content, photos=(photo,))
        save_draft(self.here.store, report_id, content, clock=self.here.clock)
        self.here.clock.turn(seconds=1)
        file_report(self.here.store, report_id, clock=self.here.clock)
        return report_id

    def be_quicker(self, delivery: Delivery) -> None:
        """Send the first bytes of the preview, before the engine does, past the link."""
        if delivery.state is not DeliveryState.TEXT_DELIVERED or delivery.bytes_delivered:
            return
        (preview, *_) = self.here.store.outbox.uploads(delivery.report_id)
        piece = self.here.store.photos.read_range(preview.sha256, 0, QUICKER)
        try:
            self.past.upload(preview.upload_url, 0, piece)
        except OffsetMismatch:
            return  # a round before this one did

    def deliver_all(self, report_id: str) -> None:
        """Let the engine work until nothing waits any more."""
        for _ in range(ROUNDS):
            due = self.here.deliver()
            if self.here.delivery(report_id).state is DeliveryState.DELIVERED:
                return
            assert due is not None, self.here.delivery(report_id)
            self.here.clock.now = max(due, self.here.clock.now)

    def assert_delivered(self, report_id: str) -> None:
        """Both sides have the same, once, and nothing waits."""
        here, report = self.here, self.here.report(report_id)
        assert here.delivery(report_id).state is DeliveryState.DELIVERED
        assert here.store.outbox.all_open() == ()
        assert report.status is Status.FILED
        held = self.past.report(report_id)
        assert (held.number, held.missing, held.body) == (1, (), report.content.body)
        assert held.headline == report.content.headline
        for name in ("preview", "full"):
            rendition = getattr(report.content.photos[0], name)
            local = here.store.photos.read(rendition.sha256)
            assert self.past.photo(rendition.sha256, name) == local


@contextmanager
def wired(home: Path, data: Path) -> Iterator[Wire]:
    """Open a laptop and lay a link from it to a real server."""
    fill(data)
    with ExitStack() as stack:
        url = stack.enter_context(threaded_server(create_app(ServerConfig(data))))
        link = stack.enter_context(bad_link(url))
        token = ReferenceSignIn().sign_in(url, "ana@example.org", PASSWORD, "laptop").token
        past = ReferenceConnector(url, token)
        through = ReferenceConnector(link.url, token, Limits(connect=20, read=20, whole=20))
        stack.callback(past.close)
        stack.callback(through.close)
        wire = Wire(stack.enter_context(laptop(home, through)), link, past)
        heard = wire.here.heard.delivery_changed

        def hear(delivery: Delivery) -> None:
            heard(delivery)
            wire.be_quicker(delivery)

        wire.here.heard.delivery_changed = hear  # type: ignore[method-assign]
        yield wire


def cuts_of(up: int, down: int) -> list[Cut]:
    """Return the cuts to make: all, or as many as asked for, from the whole length."""
    sizes = ((Side.UP, up), (Side.DOWN, down))
    ways = tuple(How)
    if CUTS == "all":
        chosen = [
            Cut(side, after, ways[after % len(ways)])
            for side, size in sizes
            for after in range(1, size + 1)
        ]
        Random(0).shuffle(chosen)
        return chosen
    chance = SystemRandom()
    chosen = []
    for side, size in sizes:
        step = size / (int(CUTS) / 2)
        start = chance.uniform(0, step)
        chosen += [
            Cut(side, 1 + int(start + step * number), chance.choice(ways))
            for number in range(int(CUTS) // 2)
        ]
    chance.shuffle(chosen)
    return chosen


@pytest.mark.timeout(0 if CUTS == "all" else 300)
def test_a_delivery_survives_a_cut_at_every_byte(home: Path, tmp_path: Path) -> None:
    with wired(home, tmp_path / "data") as wire:
        wire.link.reset_counts()
        whole = wire.file(0)
        wire.deliver_all(whole)
        wire.assert_delivered(whole)
        carried = wire.link.counts
        made = cuts_of(carried.up, carried.down)
        for number, cut in enumerate(made, start=1):
            wire.link.plan_cut(cut)
            report_id = wire.file(number)
            wire.here.deliver()
            wire.link.heal()
            if number % 3 == 0:
                wire.here.restart()  # a new network and a new start come to the same
            wire.deliver_all(report_id)
            try:
                wire.assert_delivered(report_id)
            except AssertionError as error:
                raise AssertionError(f"after {cut}: {error}") from error
            if number % 500 == 0:
                print(f"{number} of {len(made)} cuts")
        cut = wire.link.counts.cuts
        print(
            f"{len(made)} deliveries, {cut} of them cut both ways, the others one way;"
            f" {carried.up} bytes up, {carried.down} down"
        )
        # The ids' digits make a delivery a few bytes longer or shorter than the first.
        assert cut >= 0.9 * len([c for c in made if c.how is not How.HALF])
        assert len(wire.past.reports(limit=100).reports) == min(100, len(made) + 1)
