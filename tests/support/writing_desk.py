"""A writing desk in a real window over a real store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reporterdesk.domain.people import Account, Person, Role, Section, SectionRole
from reporterdesk.domain.report import Report
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.widgets.report_pane import ReportPane
from support.workers import Workers

ACCOUNT = Account(
    "http://127.0.0.1:1",
    Person(
        "6b1f0c8e-0000-4000-8000-000000000001",
        "Amina Raza",
        "amina@example.org",
        roles=(SectionRole("culture", Role.REPORTER),),
    ),
    (
        Section("culture", "Culture", ("Names of the speakers",)),
        Section("schools", "Schools and universities"),
    ),
)


@dataclass
class WritingDesk:
    """The pane with what it stands on."""

    pane: ReportPane
    workers: Workers
    actions: Actions
    qtbot: QtBot

    def stored(self, report_id: str | None = None) -> Report:
        """Return the report as the store has it."""
        wanted = report_id or self.pane.report_id or ""
        return self.workers.store_thread.run(lambda store: store.reports.get(wanted))

    def saved(self) -> None:
        """Wait until everything is on the disk."""
        self.qtbot.waitUntil(lambda: not self.pane.unsaved, timeout=10_000)

    def settled(self) -> None:
        """Wait until no photo is on its way, and no work is left."""
        self.qtbot.waitUntil(
            lambda: not self.pane.photos.busy and self.workers.idle, timeout=20_000
        )


@contextmanager
def writing_desk(home: Path, qtbot: QtBot, *, width: int = 1100) -> Iterator[WritingDesk]:
    """Open a writing desk on the profile ``home``."""
    workers = Workers(home)
    actions = Actions()
    pane = ReportPane(actions, workers)
    pane.furnish()
    pane.set_account(ACCOUNT)
    pane.resize(width, 760)
    pane.show()
    try:
        yield WritingDesk(pane, workers, actions, qtbot)
        pane.flush()
        qtbot.waitUntil(lambda: workers.idle, timeout=20_000)
        if workers.bugs:
            raise workers.bugs[0]
    finally:
        workers.close()
        pane.close()
        pane.deleteLater()
        QApplication.sendPostedEvents(pane, QEvent.Type.DeferredDelete.value)
