"""The desk of tests in which everything may fail: a server that dies, and wires to it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import requests
from anyio.from_thread import start_blocking_portal
from sqlalchemy import delete, select

from reporterdesk.domain.errors import DeliveryError
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.status import Action
from reporterdesk.publishing.connector import Connector
from reporterdesk.publishing.reference import ReferenceConnector
from reporterdesk.server import tables
from reporterdesk.wire.messages import DecisionRequest, FileRequest
from support.laptop import HandClock
from support.mortal_server import MortalServer
from support.servers import PASSWORD
from support.wild_wire import WildWire

URL = "http://desk.example"


@dataclass(frozen=True, slots=True)
class HeldRevision:
    """A revision as it stands in the server's tables."""

    report_id: str
    revision_id: str
    request: FileRequest


class MortalDesk:
    """A server, the reporter's wild wire to it, and an editor whose wire never fails."""

    def __init__(self, server: MortalServer, wire: WildWire, calm: WildWire) -> None:
        self.server = server
        self.wire = wire
        self._calm = calm
        self._editor = self._connector(calm, "eve@example.org")

    @classmethod
    @contextmanager
    def at(cls, data: Path, clock: HandClock) -> Iterator[MortalDesk]:
        """Open a desk for the length of a ``with``."""
        server = MortalServer(data, clock)
        with start_blocking_portal() as portal:
            try:
                yield cls(server, WildWire(server, portal), WildWire(server, portal))
            finally:
                server.close()

    @property
    def met(self) -> Counter[str]:
        """How often each fault was met."""
        return self.wire.met + self.server.met

    def reporter(self) -> Connector:
        """Sign the reporter in, and return the connection over the wild wire."""
        return self._connector(self.wire, "ana@example.org")

    def revoke_tokens(self) -> None:
        """Sign the reporter out on the server."""
        mine = select(tables.people.c.id).where(tables.people.c.email == "ana@example.org")
        with self.server.spared(), self.server.database.write() as db:
            db.execute(delete(tables.tokens).where(tables.tokens.c.person_id.in_(mine)))
        self.wire.met["token revoked"] += 1

    def decide(self, report_id: str, action: Action) -> None:
        """Let the editor decide on what stands there; they may not be able to."""
        newest = [held for held in self.held() if held.report_id == report_id][-1:]
        for held in newest:
            request = DecisionRequest(decision=action.value, revision_id=held.revision_id)
            with self.server.spared(), suppress(DeliveryError):
                self._editor.decide(report_id, new_id(), request)

    def held(self) -> tuple[HeldRevision, ...]:
        """Return every revision in the server's tables, the oldest of a report first."""
        kept = tables.revisions.c
        chosen = select(kept.report_id, kept.id, kept.content).order_by(kept.report_id, kept.number)
        with self.server.database.read() as db:
            rows = db.execute(chosen).all()
        return tuple(
            HeldRevision(row[0], row[1], FileRequest.model_validate_json(row[2])) for row in rows
        )

    def status(self, report_id: str) -> str | None:
        """Return where a report stands, ``None`` where there is none."""
        chosen = select(tables.reports.c.status).where(tables.reports.c.id == report_id)
        with self.server.database.read() as db:
            status: str | None = db.scalar(chosen)
        return status

    def photos(self) -> dict[str, int]:
        """Return the photos in its folder by name, each with its size, and check every byte."""
        found: dict[str, int] = {}
        for path in self.server.config.photos.glob("??/*"):
            data = path.read_bytes()
            assert hashlib.sha256(data).hexdigest() == path.name
            found[path.name] = len(data)
        return found

    def heal(self) -> None:
        """From now on nothing goes wrong here."""
        self.server.heal()
        self.wire.heal()

    def _connector(self, wire: WildWire, email: str) -> Connector:
        session = requests.Session()
        session.mount("http://", self._calm)
        message = {"email": email, "password": PASSWORD, "device": "test"}
        with self.server.spared():
            answer = session.post(f"{URL}/v1/tokens", json=message, timeout=30)
        assert answer.status_code == 201, answer.text
        connector = ReferenceConnector(URL, answer.json()["token"])
        connector._http._session.mount("http://", wire)
        return connector
