"""The desk of tests in which everything may fail: a server that dies, and wires to it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import requests
from anyio.from_thread import BlockingPortal, start_blocking_portal
from sqlalchemy import delete, select

from reporterdesk.domain.errors import DeliveryError
from reporterdesk.domain.ids import new_id
from reporterdesk.publishing.connector import Connector
from reporterdesk.publishing.reference import ReferenceConnector
from reporterdesk.server import tables
from reporterdesk.wire.messages import FileRequest
from support.clocks import HandClock
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
    """A server, wild wires to it, and a calm one over which nothing fails."""

    def __init__(self, server: MortalServer, portal: BlockingPortal) -> None:
        self.server = server
        self._portal = portal
        self._calm = WildWire(server, portal)
        self._wires: list[WildWire] = []
        self._met: Counter[str] = Counter()
        self._other_editor = self.sign_in("eve@example.org", self._calm)

    @classmethod
    @contextmanager
    def at(cls, data: Path, clock: HandClock) -> Iterator[MortalDesk]:
        """Open a desk for the length of a ``with``."""
        server = MortalServer(data, clock)
        with start_blocking_portal() as portal:
            try:
                yield cls(server, portal)
            finally:
                server.close()

    @property
    def met(self) -> Counter[str]:
        """How often each fault was met."""
        return sum((wire.met for wire in self._wires), self._met + self.server.met)

    def lay_wire(self) -> WildWire:
        """Lay one more wire, on which anything may go wrong."""
        self._wires.append(WildWire(self.server, self._portal))
        return self._wires[-1]

    def revoke_tokens(self, email: str) -> None:
        """Sign somebody out on the server."""
        mine = select(tables.people.c.id).where(tables.people.c.email == email)
        with self.server.spared(), self.server.database.write() as db:
            db.execute(delete(tables.tokens).where(tables.tokens.c.person_id.in_(mine)))
        self._met["token revoked"] += 1

    def newest(self, report_id: str) -> HeldRevision | None:
        """Return what stands there of a report."""
        found = [held for held in self.held() if held.report_id == report_id]
        return found[-1] if found else None

    def write_on(self, report_id: str, change: Callable[[str], str]) -> str | None:
        """Let another editor change a report's body; return the new revision's id.

        ``None``: it is not there, or stands where nothing can be changed.
        """
        newest = self.newest(report_id)
        if newest is None:
            return None
        changed = newest.request.model_copy(
            update={
                "revision_id": new_id(),
                "parent_revision_id": newest.revision_id,
                "body": change(newest.request.body),
            }
        )
        with self.server.spared(), suppress(DeliveryError):
            return self._other_editor.file(report_id, changed).report.revision_id
        return None

    def decisions(self) -> set[str]:
        """Return the ids of all decisions that were taken."""
        with self.server.database.read() as db:
            return set(db.scalars(select(tables.decisions.c.id)))

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
        for wire in self._wires:
            wire.heal()

    def sign_in(self, email: str, wire: WildWire) -> Connector:
        """Sign somebody in, and return the connection over ``wire``."""
        session = requests.Session()
        session.mount("http://", self._calm)
        message = {"email": email, "password": PASSWORD, "device": f"test {new_id()}"}
        with self.server.spared():
            answer = session.post(f"{URL}/v1/tokens", json=message, timeout=30)
        assert answer.status_code == 201, answer.text
        connector = ReferenceConnector(URL, answer.json()["token"])
        connector._http._session.mount("http://", wire)
        return connector
