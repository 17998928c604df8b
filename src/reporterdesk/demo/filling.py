"""Fills the demo's server and laptops: every sample report takes the real path, some days ago."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from reporterdesk.demo.newsroom import (
    SamplePerson,
    SampleReport,
    sample_people,
    sample_reports,
    sample_sections,
)
from reporterdesk.demo.photographs import Photographs
from reporterdesk.demo.servers import server_at_another_time
from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.people import Role
from reporterdesk.domain.photo import Photo
from reporterdesk.domain.report import ReportContent
from reporterdesk.domain.status import Action, Status
from reporterdesk.publishing.connector import Connector
from reporterdesk.publishing.reference import ReferenceSignIn
from reporterdesk.server.administration import Administration
from reporterdesk.server.auth import Passwords
from reporterdesk.server.config import ServerConfig
from reporterdesk.server.database import Database
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.sync.engine import SyncEngine
from reporterdesk.sync.listener import SilentListener
from reporterdesk.vault import MemoryVault
from reporterdesk.wire.messages import DecisionRequest
from reporterdesk.workflow.attaching import attach
from reporterdesk.workflow.correcting import revise
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report
from reporterdesk.workflow.signing_in import sign_in

T = TypeVar("T")
Progress = Callable[[str, int, int], None]
"""Told what is being done, how many steps are done, and how many there are."""


@dataclass(slots=True)
class SetClock:
    """A clock that stands still until it is set; each look moves it on by a second."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the present, and move on."""
        self.now += timedelta(seconds=1)
        return self.now


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Where the filled demo lives: one server, and a laptop for each person."""

    folder: Path
    port: int
    passwords: dict[str, str]
    vault: MemoryVault = field(default_factory=MemoryVault)

    @property
    def server_url(self) -> str:
        """The address that everybody is signed in at."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def server_data(self) -> Path:
        """The server's data folder."""
        return _server_data(self.folder)

    def laptop(self, person: SamplePerson) -> Path:
        """Return the profile folder of this person's laptop."""
        return _laptop(self.folder, person)


def fill_newsroom(folder: Path, progress: Progress, *, now: datetime | None = None) -> Newsroom:
    """Make the server's sections and people, and let everybody file their sample reports.

    Takes some seconds: every photo is made, prepared and uploaded as a reporter's would be.
    """
    now = now or utc_now()
    clock = SetClock(now - timedelta(days=60))
    passwords = {person.key: secrets.token_urlsafe(12) for person in sample_people()}
    progress("Setting up the desk", 0, 1)
    _set_up_desk(_server_data(folder), passwords, clock)
    with server_at_another_time(_server_data(folder), clock) as port:
        newsroom = Newsroom(folder, port, passwords)
        with _laptops(newsroom, clock) as laptops:
            reports = sample_reports()
            with Photographs(reports) as photographs:
                for number, report in enumerate(reports):
                    progress(report.headline, number, len(reports))
                    clock.now = _moment(report, now)
                    _play(report, laptops, photographs, now)
            for laptop in laptops.values():
                laptop.engine.fetch_changes()
    return newsroom


@dataclass(frozen=True, slots=True)
class _Laptop:
    """One person's laptop while it is being filled."""

    person: SamplePerson
    store: Store
    connector: Connector
    engine: SyncEngine
    clock: SetClock


def _server_data(folder: Path) -> Path:
    return folder / "server"


def _laptop(folder: Path, person: SamplePerson) -> Path:
    return folder / "laptops" / person.key


def _set_up_desk(data: Path, passwords: dict[str, str], clock: SetClock) -> None:
    data.mkdir(parents=True, exist_ok=True)
    database = Database(ServerConfig(data).database)
    administration = Administration(database, Passwords())
    for section in sample_sections():
        administration.add_section(
            section.slug,
            section.name,
            clock(),
            introduction=section.introduction,
            link_url=section.link_url,
            link_text=section.link_text,
            checklist=section.checklist,
        )
    for person in sample_people():
        administration.add_person(
            person.email,
            person.name,
            passwords[person.key],
            person.roles,
            clock(),
            administrator=person.administrator,
        )
    database.close()


@contextmanager
def _laptops(newsroom: Newsroom, clock: SetClock) -> Iterator[dict[str, _Laptop]]:
    with ExitStack() as stack:
        laptops = {}
        for person in sample_people():
            home = newsroom.laptop(person)
            home.mkdir(parents=True, exist_ok=True)
            store = open_store(home, clock=clock)
            stack.callback(store.close)
            laptops[person.key] = _sign_in(newsroom, person, store, clock)
            stack.callback(laptops[person.key].connector.close)
        yield laptops


def _sign_in(newsroom: Newsroom, person: SamplePerson, store: Store, clock: SetClock) -> _Laptop:
    def run(function: Callable[[Store], T]) -> T:
        return function(store)

    signed_in = sign_in(
        ReferenceSignIn(),
        newsroom.vault,
        run,
        newsroom.server_url,
        person.email,
        newsroom.passwords[person.key],
        f"{person.name}’s laptop",
    )
    connector = signed_in.connector
    engine = SyncEngine(
        run,
        lambda: connector,
        clock=clock,
        random=random.Random(0),  # noqa: S311 - it only spreads retries
        listener=SilentListener(),
    )
    return _Laptop(person, store, connector, engine, clock)


def _moment(report: SampleReport, now: datetime) -> datetime:
    """Return when the report came to where it stands: in the evening, unless that is to come."""
    evening = (now - timedelta(days=report.days_ago)).replace(hour=20, minute=10)
    return min(evening, now - timedelta(hours=2))


def _play(
    report: SampleReport, laptops: dict[str, _Laptop], photographs: Photographs, now: datetime
) -> None:
    """Let the report go its way, from its author's laptop to where it stands."""
    author = laptops[report.author.key]
    content = _content(report, author, photographs, now)
    save_draft(author.store, report.id, content, clock=author.clock)
    if report.status is Status.DRAFT:
        return
    _file(author, report)
    editor = _editor_of(report, laptops)
    match report.status:
        case Status.RETURNED:
            _decide(editor, author, report, Action.RETURN, report.desk_note)
        case Status.APPROVED:
            _decide(editor, author, report, Action.APPROVE)
        case Status.PUBLISHED:
            _decide(editor, author, report, Action.PUBLISH)
            if report.correction:
                _correct(editor, author, report, content)
        case _:
            pass


def _content(
    report: SampleReport, author: _Laptop, photographs: Photographs, now: datetime
) -> ReportContent:
    photos = tuple(_photo(sample.id, photographs, author) for sample in report.photos)
    described = tuple(
        replace(photo, caption=sample.caption, credit=sample.credit, alt_text=sample.alt_text)
        for photo, sample in zip(photos, report.photos, strict=True)
    )
    return ReportContent(
        headline=report.headline,
        standfirst=report.standfirst,
        byline=report.byline,
        section=report.section,
        language=report.language,
        body=report.body,
        event=report.event_facts(now.date()),
        photos=described,
        lead_photo=described[0].id if described else None,
    )


def _photo(photo_id: str, photographs: Photographs, author: _Laptop) -> Photo:
    return replace(attach(author.store, photographs.imported(photo_id)), id=photo_id)


def _file(author: _Laptop, report: SampleReport) -> None:
    file_report(author.store, report.id, clock=author.clock)
    author.engine.deliver_due()


def _editor_of(report: SampleReport, laptops: dict[str, _Laptop]) -> _Laptop:
    """Return the laptop of an editor of the report's section, who is not its author."""
    return next(
        laptop
        for laptop in reversed(laptops.values())
        if laptop.person.key != report.author.key
        and any(
            role.section == report.section and role.role is Role.EDITOR
            for role in laptop.person.roles
        )
    )


def _decide(
    editor: _Laptop, author: _Laptop, report: SampleReport, action: Action, note: str = ""
) -> None:
    seen = editor.connector.report(report.id)
    editor.connector.decide(
        report.id,
        new_id(),
        DecisionRequest(decision=action.value, revision_id=seen.revision_id, note=note),
    )
    author.engine.fetch_changes()


def _correct(
    editor: _Laptop, author: _Laptop, report: SampleReport, content: ReportContent
) -> None:
    """File a corrected revision and let the desk publish it with its public note."""
    author.clock.now += timedelta(hours=3)
    revise(author.store, report.id, clock=author.clock)
    corrected = replace(content, note_to_desk=report.correction)
    save_draft(author.store, report.id, corrected, clock=author.clock)
    _file(author, report)
    _decide(editor, author, report, Action.CORRECT, report.correction)
