"""Find and replace in all reports: what is found, changed, left alone, and taken back."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from reporterdesk.domain.errors import ExpressionTooSlow, StoreFull
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.places import Place
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.text.pattern import Options, read_pattern
from reporterdesk.text.print import to_markdown
from reporterdesk.text.template import read_template
from reporterdesk.workflow.drafting import save_draft, trash_report
from reporterdesk.workflow.library.looking import MOST, Looked, look_through
from reporterdesk.workflow.library.replacing import (
    Outcome,
    Task,
    Why,
    replace_in_reports,
    take_back,
)
from reporterdesk.workflow.library.words import Part, Wish, hits_of, with_new_words
from support.clocks import HandClock
from support.contents import photo_of, with_body
from support.full_disk import no_more_pages
from support.replacing_process import replace_all
from support.searching import found_ids
from support.trees import documents

T = TypeVar("T")

PHOTO = photo_of(b"preview", b"full", caption="The harbour at noon")
CONTENT = ReportContent(
    headline="Harbour closed",
    standfirst="The harbour is closed",
    body="The **har**bour.\n\n![](photo:harbour)\n\n- [harbour](https://example.org/harbour)",
    photos=(PHOTO,),
    section="harbour",
)
AFTER = replace(
    CONTENT,
    headline="Port closed",
    standfirst="The Port is closed",
    body="The **Port**.\n\n![](photo:harbour)\n\n- [Port](https://example.org/harbour)",
    photos=(replace(PHOTO, caption="The Port at noon"),),
)


class Runner:
    """Runs functions with the store, and something else before each of them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.before: Callable[[int], None] = lambda _number: None
        self.runs = 0

    def __call__(self, function: Callable[[Store], T], /) -> T:
        self.runs += 1
        self.before(self.runs)
        return function(self.store)


def never() -> bool:
    return False


def wish(words: str, new: str, options: Options | None = None) -> Wish:
    options = options or Options()
    pattern = read_pattern(words, options)
    return Wish(pattern, read_template(new, pattern, expression=options.expression))


HARBOUR = wish("harbour", "Port")


def add(store: Store, clock: HandClock, content: ReportContent = CONTENT) -> Report:
    clock.turn(minutes=1)
    return save_draft(store, new_id(), content, clock=clock)


def looked(run: Runner, wanted: Wish = HARBOUR, *, only_changeable: bool = False) -> Looked:
    told: list[tuple[int, int]] = []
    found = look_through(
        run,
        wanted.pattern,
        only_changeable=only_changeable,
        progress=lambda *step: told.append(step),
        cancelled=never,
    )
    assert found is not None
    return found


def tasks(found: Looked, chosen: frozenset[int] | None = None) -> list[Task]:
    return [
        Task(
            report.report_id,
            report.headline,
            report.fingerprint,
            frozenset(range(len(report.hits))) if chosen is None else chosen,
        )
        for report in found.reports
        if report.changeable
    ]


def put(run: Runner, clock: HandClock, todo: list[Task], wanted: Wish = HARBOUR) -> Outcome:
    return replace_in_reports(
        run, todo, wanted, clock=clock, progress=lambda *_: None, cancelled=never
    )


def back(run: Runner, clock: HandClock, done: Outcome) -> Outcome:
    return take_back(run, done.changed, clock=clock, progress=lambda *_: None, cancelled=never)


def test_what_is_found_is_shown_with_what_can_be_changed(store: Store, clock: HandClock) -> None:
    draft, trashed = add(store, clock), add(store, clock)
    trash_report(store, trashed.id, clock=clock)
    filed = add(store, clock, with_body(CONTENT, "Nothing of it."))
    store.reports.set_standing(filed.id, status=Status.FILED)
    add(store, clock, ReportContent(headline="Rain"))

    found = looked(Runner(store))
    assert [(one.report_id, one.changeable, one.place) for one in found.reports] == [
        (filed.id, False, Place.FILED),
        (draft.id, True, Place.DRAFTS),
    ]
    hits = found.reports[1].hits
    assert [hit.part for hit in hits] == [
        Part.HEADLINE, Part.STANDFIRST, Part.BODY, Part.BODY, Part.CAPTION
    ]  # fmt: skip
    excerpt = hits[1].excerpt
    assert [excerpt.text[start:end] for start, end in excerpt.marks] == ["harbour"]
    assert [one.report_id for one in looked(Runner(store), only_changeable=True).reports] == [
        draft.id
    ]


def test_all_is_replaced_kept_and_taken_back(store: Store, clock: HandClock) -> None:
    reports = [add(store, clock) for _ in range(3)]
    run = Runner(store)
    done = put(run, clock, tasks(looked(run)))
    assert {one.report_id for one in done.changed} == {report.id for report in reports}
    assert sum(one.places for one in done.changed) == 15
    for report in reports:
        assert store.reports.get(report.id).content == AFTER
        kept = store.snapshots.of_report(report.id)
        before = next(one for one in kept if one.reason is SnapshotReason.BEFORE_REPLACE)
        assert store.snapshots.content(before.number) == CONTENT
    assert len(found_ids(store, "port")) == 3
    assert found_ids(store, '"harbour is closed"') == []

    again = back(run, clock, done)
    assert len(again.changed) == 3
    for report in reports:
        assert store.reports.get(report.id).content == CONTENT
    assert len(found_ids(store, '"harbour is closed"')) == 3


def test_only_what_is_ticked_is_replaced(store: Store, clock: HandClock) -> None:
    report = add(store, clock)
    run = Runner(store)
    put(run, clock, tasks(looked(run), frozenset({1, 3})))
    content = store.reports.get(report.id).content
    assert content.headline == CONTENT.headline
    assert content.standfirst == AFTER.standfirst
    assert "**har**bour" in content.body
    assert "[Port](https://example.org/harbour)" in content.body


def test_what_changed_after_it_was_shown_is_left_alone(store: Store, clock: HandClock) -> None:
    written, filed, trashed, gone, fine = (add(store, clock) for _ in range(5))
    run = Runner(store)
    todo = tasks(looked(run))
    new = with_body(CONTENT, "Another harbour.")
    save_draft(store, written.id, new, clock=clock)
    store.reports.set_standing(filed.id, status=Status.OUTBOX)
    trash_report(store, trashed.id, clock=clock)
    todo = [
        replace(task, report_id=new_id()) if task.report_id == gone.id else task for task in todo
    ]

    done = put(run, clock, todo)
    assert [one.report_id for one in done.changed] == [fine.id]
    assert sorted(left.why.name for left in done.left) == [
        "GONE", "MOVED_ON", "MOVED_ON", "REWRITTEN"
    ]  # fmt: skip
    assert store.reports.get(written.id).content == new


def test_a_report_written_on_between_reading_and_writing_is_left_alone(
    store: Store, clock: HandClock
) -> None:
    report = add(store, clock)
    run = Runner(store)
    todo = tasks(looked(run))
    run.runs, newer = 0, with_body(CONTENT, "Newer.")

    def write_on(number: int) -> None:
        if number == 2:
            save_draft(store, report.id, newer, clock=clock)

    run.before = write_on
    done = put(run, clock, todo)
    assert [left.why for left in done.left] == [Why.REWRITTEN]
    assert store.reports.get(report.id).content == newer


def test_what_was_written_on_is_not_taken_back(store: Store, clock: HandClock) -> None:
    one, other = add(store, clock), add(store, clock)
    run = Runner(store)
    done = put(run, clock, tasks(looked(run)))
    more = with_body(AFTER, "More of the Port.")
    save_draft(store, one.id, more, clock=clock)

    again = back(run, clock, done)
    assert [each.report_id for each in again.changed] == [other.id]
    assert [left.why for left in again.left] == [Why.REWRITTEN]
    assert store.reports.get(one.id).content == more
    assert back(run, clock, done).changed == ()  # again does nothing


def test_a_disk_that_fills_up_leaves_each_report_whole(store: Store, clock: HandClock) -> None:
    long = with_body(CONTENT, "harbour " * 300)
    reports = [add(store, clock, long) for _ in range(6)]
    run = Runner(store)
    wanted = wish("harbour ", "a port of call, ")
    todo = [replace(task, chosen=frozenset(range(300))) for task in tasks(looked(run, wanted))]
    with no_more_pages(store._drafts):
        done = put(run, clock, todo, wanted)
        assert isinstance(done.stopped, StoreFull)
        changed = {one.report_id for one in done.changed}
        assert len(changed) < 6
        for report in reports:
            whole = store.reports.get(report.id).content
            assert (whole == long) == (report.id not in changed)
    store.check()

    # Again, once there is room: what is done is not done twice.
    rest = put(run, clock, todo, wanted)
    assert rest.stopped is None
    assert {one.report_id for one in rest.changed} == {each.id for each in reports} - changed
    assert len(rest.left) == len(changed)


def test_it_can_be_stopped_between_two_reports(store: Store, clock: HandClock) -> None:
    for _ in range(3):
        add(store, clock)
    run, steps = Runner(store), iter((False, True))
    done = replace_in_reports(
        run,
        tasks(looked(run)),
        HARBOUR,
        clock=clock,
        progress=lambda *_: None,
        cancelled=lambda: next(steps),
    )
    assert len(done.changed) == 1
    found = looked(run)
    assert len(found.reports) == 2
    stopped = look_through(
        run,
        HARBOUR.pattern,
        only_changeable=False,
        progress=lambda *_: None,
        cancelled=lambda: True,
    )
    assert stopped is None


def test_more_than_can_be_shown_is_cut(store: Store, clock: HandClock) -> None:
    add(store, clock, ReportContent(body="harbour"))
    add(store, clock, with_body(ReportContent(), "harbour " * (MOST + 10)))
    found = looked(Runner(store))
    assert found.more
    assert [len(report.hits) for report in found.reports] == [MOST]


def test_an_expression_that_takes_too_long_changes_nothing(store: Store, clock: HandClock) -> None:
    report = add(store, clock, with_body(CONTENT, "x" * 20_000))
    slow = wish("(x+x+)+y", "z", Options(expression=True))
    todo = [replace(tasks(looked(Runner(store)))[0], chosen=frozenset({0}))]
    done = put(Runner(store), clock, todo, slow)
    assert isinstance(done.stopped, ExpressionTooSlow)
    assert store.reports.get(report.id).content == report.content


def test_a_crash_in_the_middle_leaves_each_report_whole(
    home: Path, store: Store, clock: HandClock
) -> None:
    reports = [add(store, clock) for _ in range(40)]
    after = replace(
        AFTER,
        headline="port closed",
        standfirst=AFTER.standfirst.replace("Port", "port"),
        body=AFTER.body.replace("Port", "port"),
        photos=(replace(PHOTO, caption="The port at noon"),),
    )
    store.close()
    process = subprocess.Popen(
        [sys.executable, "-m", "support.replacing_process", str(home)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(5)]
    process.kill()
    process.communicate(timeout=30)
    assert lines[4] == "5\n"

    again = open_store(home, clock=clock)
    contents = [again.reports.get(report.id).content for report in reports]
    assert all(content in (CONTENT, after) for content in contents)
    done = contents.count(after)
    assert done >= 5
    rest = replace_all(Runner(again))
    assert len(rest.changed) == 40 - done
    assert all(again.reports.get(report.id).content == after for report in reports)
    again.check()
    again.close()


@settings(max_examples=settings.default.max_examples // 8)
@given(documents(), st.sampled_from(("a", "word", "é", "نیا")), st.data())
def test_what_is_not_chosen_stays(document: object, words: str, data: st.DataObject) -> None:
    content = ReportContent(
        headline=unicodedata.normalize("NFC", words),
        body=to_markdown(document),  # type: ignore[arg-type]
    )
    wanted = wish(words, "Qzq", Options(match_case=True))
    hits = list(hits_of(content, wanted.pattern))
    chosen = data.draw(st.sets(st.sampled_from(range(len(hits))))) if hits else set()
    made = with_new_words(content, wanted, chosen)
    assert len(list(hits_of(made, wanted.pattern))) == len(hits) - len(chosen)
    assert len(list(hits_of(made, wish("Qzq", "").pattern))) == len(chosen)
    assert with_new_words(content, wanted, frozenset()) == content
