"""A writing desk whose report can be brought back to its moments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.history import SnapshotInfo, SnapshotReason
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.ui.controllers.restoring import Restoring
from reporterdesk.ui.history.page import Page
from reporterdesk.ui.widgets.notice_bar import NoticeBar
from reporterdesk.workflow.comparing import compare
from reporterdesk.workflow.restoring import AnyChange, changes_of
from support.writing_desk import WritingDesk, writing_desk


@dataclass
class HistoryDesk:
    """The desk, and what restores on it."""

    desk: WritingDesk
    restoring: Restoring
    bar: NoticeBar

    def show(self, content: ReportContent) -> None:
        """Open a new report with this content."""
        now = utc_now()
        self.desk.pane.show_report(Report(new_id(), content, Status.DRAFT, now, now))
        self.desk.pane.form.put.emit(content)  # so that it is saved

    def page(self, then: ReportContent) -> Page:
        """Return the page of a moment with this content."""
        now = self.desk.pane.content()
        comparison = compare(then, now)
        moment = SnapshotInfo(1, utc_now(), SnapshotReason.EDITED)
        return Page(moment, then, now, comparison, changes_of(comparison))

    def restore(self, page: Page, change: AnyChange | None) -> None:
        """Restore, and wait for it."""
        self.restoring.restore(page, change)
        self.desk.qtbot.waitUntil(lambda: self.desk.workers.idle, timeout=20_000)


@contextmanager
def history_desk(home: Path, qtbot: QtBot) -> Iterator[HistoryDesk]:
    """Open a desk on the profile ``home``."""
    with writing_desk(home, qtbot) as desk:
        bar = NoticeBar("Restored", desk.pane)
        bar.hide()
        yield HistoryDesk(desk, Restoring(desk.pane, desk.workers, bar, clock=utc_now), bar)
