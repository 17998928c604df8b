"""Whatever goes wrong between two laptops and the real server’s code: each filed revision is at the
desk once and identical, nothing that was written here is lost, and every outbox gets empty.

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
from reporterdesk.domain.errands import ErrandState
from reporterdesk.domain.errors import TransitionRefused
from reporterdesk.domain.report import ReportContent
from reporterdesk.domain.status import EDITABLE, Action, Status
from reporterdesk.text.merge import Choice
from reporterdesk.wire.convert import content_of
from reporterdesk.workflow.correcting import revise
from reporterdesk.workflow.deciding import pending, wish_decision
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report, recall
from reporterdesk.workflow.merging import find_conflict, settle
from reporterdesk.workflow.questions import can_keep_both
from support.clocks import HandClock
from support.mortal_desk import MortalDesk
from support.mortal_laptop import MortalLaptop
from support.wild_wire import Fault, Trouble

SENTENCES = st.sampled_from(["Rain.", "Sun.", "سورج نکلا۔", "Il pleut.", "Niemand kam."])
DECISIONS = st.sampled_from([Action.RETURN, Action.APPROVE, Action.PUBLISH])
SHARES = st.floats(0, 1)
FAULTS = st.builds(Fault, st.sampled_from(Trouble), SHARES)
POINTS = st.integers(1, 12)
CALLS = st.sampled_from(["deliver", "fetch"])
WHO = st.sampled_from(["ana", "eve"])
ADDED = "The desk adds this."
MET: Counter[str] = Counter()
"""The faults that were met in all examples together."""
DONE: Counter[str] = Counter()
"""What was done in spite of them."""


def _adds_a_paragraph(body: str) -> str:
    return f"{body.rstrip()}\n\n{ADDED}\n"


def _changes_the_first(body: str) -> str:
    return body.replace("by noon", "by eleven")


DESK_CHANGES = st.sampled_from([_adds_a_paragraph, _changes_the_first])


def _paragraphs(body: str) -> set[str]:
    """Return what was written, told apart from what the desk made of it."""
    return {part.strip() for part in body.replace("by eleven", "by noon").split("\n\n")}


class Newsroom(RuleBasedStateMachine):
    """Ana writes, files, recalls and corrects, Eve decides, and somebody else at the desk edits."""

    reports = Bundle("reports")

    @initialize(target=reports, photos=st.integers(0, 2))
    def open_with_a_report_on_its_way(self, photos: int) -> str:
        self.closing = ExitStack()
        home = Path(self.closing.enter_context(tempfile.TemporaryDirectory()))
        self.desk_clock = HandClock()
        self.desk = self.closing.enter_context(MortalDesk.at(home / "server", self.desk_clock))
        self.ana, self.eve = (
            self.closing.enter_context(MortalLaptop.at(home / name, self.desk, email))
            for name, email in (("ana", "ana@example.org"), ("eve", "eve@example.org"))
        )
        self.written: dict[str, ReportContent] = {}
        self.arrived: set[tuple[str, str]] = set()
        self.edited_at_the_desk: dict[str, str] = {}
        self.decided: set[str] = set()
        report_id = self.write(photos)
        file_report(self.ana.store, report_id, clock=self.ana.clock)
        return report_id

    def teardown(self) -> None:
        with getattr(self, "closing", ExitStack()):
            if hasattr(self, "written"):  # else it did not come so far, and says why
                try:
                    self.heal()
                finally:
                    MET.update(self.desk.met + self.ana.met + self.eve.met)
                    held, decisions = self.desk.held(), self.desk.decisions()
                    DONE.update(revisions=len(held), decisions=len(decisions))

    @rule(target=reports, photos=st.integers(0, 2))
    def write(self, photos: int) -> str:
        report_id = self.ana.write(f"Report {len(self.written)}", photos)
        self.written[report_id] = self.ana.report(report_id).content
        return report_id

    @rule(report_id=reports, sentence=SENTENCES, rewrites=st.booleans())
    def go_on_writing(self, report_id: str, sentence: str, rewrites: bool) -> None:
        report = self.ana.report(report_id)
        if report.status in EDITABLE:
            body = f"{report.content.body.rstrip()}\n\n{sentence}\n"
            if rewrites:
                body = body.replace("the square", "the hall", 1)
            content = replace(report.content, body=body)
            saved = save_draft(self.ana.store, report_id, content, clock=self.ana.clock)
            self.written[report_id] = saved.content

    @rule(report_id=reports, change=DESK_CHANGES, sentence=SENTENCES, rewrites=st.booleans())
    def both_change_it(
        self, report_id: str, change: Callable[[str], str], sentence: str, rewrites: bool
    ) -> None:
        """Chance alone seldom brings the desk to edit what Ana is writing on."""
        self.the_engine_works("ana", "deliver")
        self.the_desk_edits(report_id, change)
        self.file_or_change_ones_mind(report_id, revise)
        self.go_on_writing(report_id, sentence, rewrites)
        self.file_or_change_ones_mind(report_id, file_report)

    @rule(report_id=reports, action=st.sampled_from([file_report, recall, revise]))
    def file_or_change_ones_mind(self, report_id: str, action: Callable[..., object]) -> None:
        with suppress(TransitionRefused):
            action(self.ana.store, report_id, clock=self.ana.clock)

    @rule(report_id=reports, action=DECISIONS)
    def an_editor_decides(self, report_id: str, action: Action) -> None:
        newest = self.desk.newest(report_id)
        if newest is not None:
            with suppress(TransitionRefused):
                made = wish_decision(
                    self.eve.store, report_id, newest.revision_id, action, clock=self.eve.clock
                )
                self.decided.add(made.id)

    @rule(report_id=reports, change=DESK_CHANGES)
    def the_desk_edits(self, report_id: str, change: Callable[[str], str]) -> None:
        made = self.desk.write_on(report_id, change)
        if made is not None:
            self.edited_at_the_desk[made] = report_id
            DONE["edits at the desk"] += 1

    @rule(report_id=reports)
    def ana_settles_a_conflict(self, report_id: str) -> None:
        conflict = find_conflict(self.ana.store, report_id)
        if conflict is not None:
            merged = conflict.merged()
            answers = [
                Choice.BOTH if can_keep_both(question) else Choice.MINE
                for question in merged.questions
            ]
            settle(self.ana.store, conflict, merged, answers, clock=self.ana.clock)
            DONE["conflicts settled"] += 1

    @rule(who=WHO, faults=st.lists(FAULTS, min_size=1, max_size=6), call=CALLS)
    def something_happens_to_calls(self, who: str, faults: list[Fault], call: str) -> None:
        for fault in faults:
            self.laptop(who).wire.plan(fault)
        self.something_is_to_be_sent(who)
        self.the_engine_works(who, call)

    @rule(who=WHO, transaction=POINTS, call=CALLS)
    def the_app_is_killed(self, who: str, transaction: int, call: str) -> None:
        self.laptop(who).die_at(transaction)
        self.something_is_to_be_sent(who)
        self.the_engine_works(who, call)

    @rule(who=WHO, point=POINTS, full=st.booleans())
    def the_server_dies_or_is_full(self, who: str, point: int, full: bool) -> None:
        (self.desk.server.no_room_at if full else self.desk.server.die_at)(point)
        self.something_is_to_be_sent(who)
        self.the_engine_works(who, "deliver")

    @rule(who=WHO, call=CALLS)
    def the_disk_is_full(self, who: str, call: str) -> None:
        self.laptop(who).no_room()
        self.the_engine_works(who, call)

    @rule(who=WHO, now=st.integers(0, 3))
    def the_token_is_revoked_and_soon_there_is_another(self, who: str, now: int) -> None:
        if now == 0:
            self.laptop(who).lose_token()
            self.the_engine_works(who, "deliver")
            self.laptop(who).sign_in()

    @rule(who=WHO)
    def what_was_late_arrives(self, who: str) -> None:
        self.laptop(who).wire.let_late_ones_arrive()

    @rule(who=WHO, call=CALLS)
    def the_engine_works(self, who: str, call: str) -> None:
        laptop = self.laptop(who)
        if call == "fetch":
            laptop.survive(laptop.engine.fetch_changes)
        else:
            laptop.survive(lambda: laptop.deliver(rounds=6))

    @rule(who=WHO)
    def network_changes(self, who: str) -> None:
        self.laptop(who).engine.network_changed()

    @rule(
        seconds=st.sampled_from([-3_600, -10, 1, 60, 3_600]),
        where=st.sampled_from(["ana", "eve", "desk"]),
    )
    def a_clock_is_moved(self, seconds: int, where: str) -> None:
        clock = self.desk_clock if where == "desk" else self.laptop(where).clock
        clock.turn(seconds=seconds)
        if abs(seconds) > 60:
            self.ana.met["clock moved"] += 1

    @rule(who=WHO)
    def the_app_is_started_again(self, who: str) -> None:
        self.laptop(who).restart()
        self.laptop(who).met["laptop restarted"] += 1

    @invariant()
    def nothing_that_was_written_is_lost(self) -> None:
        for report_id, content in getattr(self, "written", {}).items():
            now = self.ana.report(report_id).content
            if report_id in self.edited_at_the_desk.values():
                assert _paragraphs(content.body) <= _paragraphs(now.body)
            else:
                assert now == content

    @invariant()
    def delivered_stays_delivered(self) -> None:
        for report_id in getattr(self, "written", {}):
            row = self.ana.store.outbox.get(report_id)
            if row is None:
                continue
            key = (report_id, row.revision_id)
            if row.state is DeliveryState.DELIVERED:
                self.arrived.add(key)
            else:
                assert key not in self.arrived

    def something_is_to_be_sent(self, who: str) -> None:
        """A fault that nobody meets is none."""
        if who == "ana" and not self.ana.store.outbox.all_open():
            self.file_or_change_ones_mind(self.write(photos=1), file_report)

    def laptop(self, who: str) -> MortalLaptop:
        return self.ana if who == "ana" else self.eve

    def heal(self) -> None:
        self.desk.heal()
        for laptop in (self.ana, self.eve):
            laptop.heal()
            laptop.restart()
            laptop.sign_in()
        assert self.ana.deliver(rounds=12) is None
        for report_id in self.written:
            self.ana_settles_a_conflict(report_id)
        assert self.ana.deliver(rounds=12) is None
        assert self.ana.store.outbox.all_open() == ()
        assert self.eve.deliver(rounds=12) is None
        self.ana.engine.fetch_changes()
        self.nothing_that_was_written_is_lost()
        self.delivered_stays_delivered()
        self.each_revision_is_at_the_desk_once_and_identical()
        self.what_was_filed_is_there()
        self.what_the_desk_added_stays()
        self.each_decision_was_taken_or_answered()

    def each_revision_is_at_the_desk_once_and_identical(self) -> None:
        held = self.desk.held()
        assert set(Counter(one.revision_id for one in held).values()) <= {1}
        for one in held:
            if one.revision_id not in self.edited_at_the_desk:
                revision = self.ana.store.revisions.get(one.revision_id)
                assert revision.report_id == one.report_id
                assert content_of(one.request) == revision.content
        assert self.arrived <= {(one.report_id, one.revision_id) for one in held}

    def what_was_filed_is_there(self) -> None:
        newest = {one.report_id: one for one in self.desk.held()}
        photos = self.desk.photos()
        for report_id in self.written:
            report = self.ana.report(report_id)
            assert report.status is not Status.OUTBOX
            if report_id not in newest:
                assert report.status is Status.DRAFT
                continue
            content = content_of(newest[report_id].request)
            if newest[report_id].revision_id not in self.edited_at_the_desk:
                assert report.status in EDITABLE or content == report.content
            assert report.desk_status == self.desk.status(report_id)
            for photo in content.photos:
                assert photos[photo.preview.sha256] == photo.preview.bytes
                assert photos[photo.full.sha256] == photo.full.bytes

    def what_the_desk_added_stays(self) -> None:
        added = set[str]()
        for one in self.desk.held():
            there = ADDED in content_of(one.request).body
            assert there or one.report_id not in added
            if there:
                added.add(one.report_id)

    def each_decision_was_taken_or_answered(self) -> None:
        answered = {errand.id: errand for errand in pending(self.eve.store)}
        assert {errand.state for errand in answered.values()} <= {
            ErrandState.TOO_LATE,
            ErrandState.REFUSED,
        }
        assert all(errand.why for errand in answered.values())
        assert self.desk.decisions() == self.decided - answered.keys()


class TestNewsroom(Newsroom.TestCase):  # type: ignore[misc,name-defined]
    """Run it, and say how often each fault was met: with ``HYPOTHESIS_PROFILE=long`` and ``-s``."""

    settings = settings(
        max_examples=1_500 if settings().max_examples > 1_000 else 24,
        stateful_step_count=40,
        deadline=None,
    )

    @classmethod
    def tearDownClass(cls) -> None:
        for counted in (MET, DONE):
            print(f"\n{counted.total()}:", ", ".join(f"{n} {what}" for what, n in counted.items()))
