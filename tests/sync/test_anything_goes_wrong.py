"""Whatever goes wrong between a laptop and the real server's code: each filed revision is at the
desk once and identical, nothing that was written here is lost, and the outbox gets empty.

It is judged after each step, and at the end everything heals. The faults met are counted.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.errors import TransitionRefused
from reporterdesk.domain.report import ReportContent
from reporterdesk.domain.status import EDITABLE, Action, Status
from reporterdesk.wire.convert import content_of
from reporterdesk.workflow.correcting import revise
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report, recall
from support.laptop import HandClock
from support.mortal_desk import MortalDesk
from support.mortal_laptop import MortalLaptop
from support.wild_wire import Fault, Trouble

SENTENCES = st.sampled_from(["Rain.", "Sun.", "سورج نکلا۔", "Il pleut.", "Niemand kam."])
DECISIONS = [Action.RETURN, Action.APPROVE, Action.PUBLISH]
POINTS = st.integers(1, 12)
SHARES = st.floats(0, 1)
CALLS = st.sampled_from(["deliver", "fetch"])
MET: Counter[str] = Counter()
"""The faults that were met in all examples together."""


class Newsroom(RuleBasedStateMachine):
    """A reporter writes, files, recalls and corrects; the desk decides; everything may fail."""

    reports = Bundle("reports")

    @initialize(target=reports, photos=st.integers(0, 2))
    def open_with_a_report_on_its_way(self, photos: int) -> str:
        self.closing = ExitStack()
        home = Path(self.closing.enter_context(tempfile.TemporaryDirectory()))
        self.desk_clock = HandClock()
        self.desk = self.closing.enter_context(MortalDesk.at(home / "server", self.desk_clock))
        self.here = self.closing.enter_context(MortalLaptop.at(home / "laptop", self.desk))
        self.written: dict[str, ReportContent] = {}
        self.arrived: set[tuple[str, str]] = set()
        report_id = self.write(photos)
        file_report(self.here.store, report_id, clock=self.here.clock)
        return report_id

    def teardown(self) -> None:
        if hasattr(self, "closing"):
            try:
                self.heal()
            finally:
                MET.update(self.desk.met + self.here.met)
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
            saved = save_draft(self.here.store, report_id, content, clock=self.here.clock)
            self.written[report_id] = saved.content

    @rule(report_id=reports, action=st.sampled_from([file_report, recall, revise]))
    def file_or_change_ones_mind(self, report_id: str, action: Callable[..., object]) -> None:
        with suppress(TransitionRefused):
            action(self.here.store, report_id, clock=self.here.clock)

    @rule(report_id=reports, action=st.sampled_from(DECISIONS))
    def the_desk_decides(self, report_id: str, action: Action) -> None:
        self.desk.decide(report_id, action)

    @rule(trouble=st.sampled_from(Trouble), share=SHARES, times=st.integers(1, 3), call=CALLS)
    def something_happens_to_calls(
        self, trouble: Trouble, share: float, times: int, call: str
    ) -> None:
        for _ in range(times):
            self.desk.wire.plan(Fault(trouble, share))
        self.the_engine_works(call)

    @rule(transaction=POINTS, call=CALLS)
    def the_app_is_killed(self, transaction: int, call: str) -> None:
        self.here.die_at(transaction)
        self.the_engine_works(call)

    @rule(point=POINTS, full=st.booleans())
    def the_server_dies_or_is_full(self, point: int, full: bool) -> None:
        (self.desk.server.no_room_at if full else self.desk.server.die_at)(point)
        self.the_engine_works("deliver")

    @rule(call=CALLS)
    def the_disk_is_full(self, call: str) -> None:
        self.here.no_room()
        self.the_engine_works(call)

    @rule(now=st.integers(0, 3))
    def the_token_is_revoked_and_soon_there_is_another(self, now: int) -> None:
        if now == 0:
            self.desk.revoke_tokens()
            self.the_engine_works("deliver")
            self.here.sign_in()

    @rule()
    def what_was_late_arrives(self) -> None:
        self.desk.wire.let_late_ones_arrive()

    @rule(call=CALLS)
    def the_engine_works(self, call: str) -> None:
        if call == "fetch":
            self.here.survive(self.here.engine.fetch_changes)
        else:
            self.here.survive(lambda: self.here.deliver(rounds=4))

    @rule()
    def network_changes(self) -> None:
        self.here.engine.network_changed()

    @rule(seconds=st.sampled_from([-3_600, -10, 1, 60, 3_600]), at_the_desk=st.booleans())
    def a_clock_is_moved(self, seconds: int, at_the_desk: bool) -> None:
        (self.desk_clock if at_the_desk else self.here.clock).move(seconds=seconds)
        if abs(seconds) > 60:
            self.here.met["clock moved"] += 1

    @rule()
    def the_app_is_started_again(self) -> None:
        self.here.restart()
        self.here.met["laptop restarted"] += 1

    @invariant()
    def no_text_was_changed(self) -> None:
        for report_id, content in getattr(self, "written", {}).items():
            assert self.here.report(report_id).content == content

    @invariant()
    def delivered_stays_delivered(self) -> None:
        for report_id in getattr(self, "written", {}):
            row = self.here.store.outbox.get(report_id)
            if row is None:
                continue
            key = (report_id, row.revision_id)
            if row.state is DeliveryState.DELIVERED:
                self.arrived.add(key)
            else:
                assert key not in self.arrived

    def heal(self) -> None:
        self.desk.heal()
        self.here.heal()
        self.here.restart()
        self.here.sign_in()
        assert self.here.deliver(rounds=12) is None
        self.here.engine.fetch_changes()
        assert self.here.store.outbox.all_open() == ()
        self.no_text_was_changed()
        self.delivered_stays_delivered()
        self.each_revision_is_at_the_desk_once_and_identical()
        self.what_was_filed_is_there()

    def each_revision_is_at_the_desk_once_and_identical(self) -> None:
        held = self.desk.held()
        assert set(Counter(one.revision_id for one in held).values()) <= {1}
        for one in held:
            revision = self.here.store.revisions.get(one.revision_id)
            assert revision.report_id == one.report_id
            assert content_of(one.request) == revision.content
        assert self.arrived <= {(one.report_id, one.revision_id) for one in held}

    def what_was_filed_is_there(self) -> None:
        newest = {one.report_id: one for one in self.desk.held()}
        photos = self.desk.photos()
        for report_id in self.written:
            report = self.here.report(report_id)
            assert report.status is not Status.OUTBOX
            if report_id not in newest:
                assert report.status is Status.DRAFT
                continue
            content = content_of(newest[report_id].request)
            assert report.status in EDITABLE or content == report.content
            assert report.desk_status == self.desk.status(report_id)
            for photo in content.photos:
                assert photos[photo.preview.sha256] == photo.preview.bytes
                assert photos[photo.full.sha256] == photo.full.bytes


class TestNewsroom(Newsroom.TestCase):  # type: ignore[misc,name-defined]
    """Run it, and say how often each fault was met: with ``HYPOTHESIS_PROFILE=long`` and ``-s``."""

    settings = settings(
        max_examples=1_500 if settings().max_examples > 1_000 else 12,
        stateful_step_count=40,
        deadline=None,
    )

    @classmethod
    def tearDownClass(cls) -> None:
        told = ", ".join(f"{count} {fault}" for fault, count in MET.most_common())
        print(f"\n{MET.total()} faults were met: {told}")
