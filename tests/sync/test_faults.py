"""Any order of faults: what was filed is at the desk once, identical, when the network heals."""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.errors import (
    NoConnection,
    NotTheApi,
    OffsetMismatch,
    ServerBusy,
    TransitionRefused,
)
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.report import ReportContent
from reporterdesk.domain.status import EDITABLE, Action, Status
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.wire.convert import content_of
from reporterdesk.wire.messages import DecisionRequest
from reporterdesk.workflow.correcting import revise
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report, recall
from support.laptop import Laptop, laptop


class Killed(BaseException):
    """The process ends at this very instruction."""


CALLS = st.sampled_from(["file", "upload", "upload_offset", "changes", "report", "*"])
ERRORS = st.sampled_from(
    [
        NoConnection,
        NotTheApi,
        ServerBusy,
        lambda: ServerBusy(retry_after=30),
        OffsetMismatch,
        Killed,
    ]
)
SENTENCES = st.sampled_from(["Rain.", "Sun.", "سورج نکلا۔", "Il pleut.", "Niemand kam."])


class Newsroom(RuleBasedStateMachine):
    """A reporter writes, files, recalls and corrects; the network and the process fail."""

    reports = Bundle("reports")

    @initialize()
    def open(self) -> None:
        self.closing = ExitStack()
        home = Path(self.closing.enter_context(tempfile.TemporaryDirectory()))
        self.desk = MemoryDesk()
        self.here: Laptop = self.closing.enter_context(laptop(home, self.desk))
        self.written: dict[str, ReportContent] = {}
        self.delivered: set[tuple[str, str]] = set()

    def teardown(self) -> None:
        if hasattr(self, "closing"):
            try:
                self.heal()
            finally:
                self.closing.close()

    @rule(target=reports, photos=st.integers(0, 2))
    def write(self, photos: int) -> str:
        report_id = self.here.write(f"Report {len(self.written)}", photos)
        self.written[report_id] = self.here.report(report_id).content
        return report_id

    @rule(report_id=reports, sentence=SENTENCES)
    def go_on_writing(self, report_id: str, sentence: str) -> None:
        report = self.here.report(report_id)
        if report.status in EDITABLE:
            content = replace(report.content, body=f"{report.content.body}\n{sentence}\n")
            self.written[report_id] = save_draft(
                self.here.store, report_id, content, clock=self.here.clock
            ).content

    @rule(report_id=reports)
    def file(self, report_id: str) -> None:
        if self.here.report(report_id).status in EDITABLE:
            file_report(self.here.store, report_id, clock=self.here.clock)

    @rule(report_id=reports, action=st.sampled_from([recall, revise]))
    def change_ones_mind(self, report_id: str, action) -> None:
        try:
            action(self.here.store, report_id, clock=self.here.clock)
        except TransitionRefused:
            return

    @rule(report_id=reports, action=st.sampled_from([Action.RETURN, Action.APPROVE]))
    def the_desk_decides(self, report_id: str, action: Action) -> None:
        held = self.desk.held.get(report_id)
        allowed = {Status.FILED, Status.APPROVED} if action is Action.RETURN else {Status.FILED}
        if held is not None and held.status in allowed:
            hook, self.desk.faults.hook = self.desk.faults.hook, None
            planned, self.desk.faults._planned = self.desk.faults._planned, []
            newest = held.newest.revision_id
            request = DecisionRequest(decision=action.value, revision_id=newest)
            self.desk.decide(report_id, new_id(), request)
            self.desk.faults.hook, self.desk.faults._planned = hook, planned

    @rule(call=CALLS, error=ERRORS, after=st.booleans(), times=st.integers(1, 4))
    def something_will_go_wrong(self, call: str, error, after: bool, times: int) -> None:
        self.desk.faults.plan(call, error(), after_effect=after, times=times)

    @rule()
    def deliver(self) -> None:
        self.survive(self.here.engine.deliver_due)

    @rule()
    def fetch(self) -> None:
        self.survive(self.here.engine.fetch_changes)

    @rule()
    def network_changes(self) -> None:
        self.here.engine.network_changed()

    @rule(seconds=st.sampled_from([-3_600, -10, 1, 60, 3_600]))
    def time_passes(self, seconds: int) -> None:
        self.here.clock.turn(seconds=seconds)

    @rule()
    def killed_and_started(self) -> None:
        self.here.restart()

    @invariant()
    def no_text_was_changed(self) -> None:
        for report_id, content in getattr(self, "written", {}).items():
            assert self.here.report(report_id).content == content

    @invariant()
    def each_revision_is_at_the_desk_once_and_as_it_was_filed(self) -> None:
        if not hasattr(self, "desk"):
            return
        for report_id, held in self.desk.held.items():
            counted = Counter(line.revision_id for line in held.revisions)
            assert set(counted.values()) == {1}
            for line in held.revisions:
                revision = self.here.store.revisions.get(line.revision_id)
                assert revision.report_id == report_id
                assert content_of(line) == revision.content

    @invariant()
    def delivered_stays_delivered(self) -> None:
        for report_id in getattr(self, "written", {}):
            row = self.here.store.outbox.get(report_id)
            if row is None:
                continue
            key = (report_id, row.revision_id)
            if row.state is DeliveryState.DELIVERED:
                self.delivered.add(key)
                held = self.desk.held[report_id]
                for photo in self.here.store.revisions.get(row.revision_id).content.photos:
                    assert len(held.photos[photo.full.sha256]) == photo.full.bytes
            else:
                assert key not in self.delivered

    def survive(self, call) -> None:
        try:
            call()
        except Killed:
            self.here.restart()

    def heal(self) -> None:
        self.desk.faults.heal()
        self.here.engine.network_changed()
        assert self.here.deliver(rounds=6) is None
        assert self.here.store.outbox.all_open() == ()
        self.here.engine.fetch_changes()
        for report_id in self.written:
            report = self.here.report(report_id)
            held = self.desk.held.get(report_id)
            assert (held is not None) or report.status is Status.DRAFT
            assert report.status is not Status.OUTBOX
            if held is not None and report.status is not Status.DRAFT:
                assert report.desk_status is held.status
            if report.status not in EDITABLE:
                assert held is not None
                assert content_of(held.newest) == report.content
        self.no_text_was_changed()
        self.each_revision_is_at_the_desk_once_and_as_it_was_filed()


TestNewsroom = Newsroom.TestCase
TestNewsroom.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
