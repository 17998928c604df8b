"""A stale parent: the desk's revision is brought down, and both become one, or it is asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.domain.errors import NoConnection, ServerBusy, TransitionRefused
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.report import Report
from reporterdesk.domain.status import Status
from reporterdesk.publishing.memory import MemoryDesk
from reporterdesk.store.first_screen import OPEN_REPORT
from reporterdesk.text.merge import Choice
from reporterdesk.workflow.correcting import revise
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report, recall
from reporterdesk.workflow.merging import find_conflict, settle
from support.desk_edits import file_content, file_elsewhere
from support.laptop import Laptop, laptop

FIRST, SECOND = "The square was full by noon.", "Nobody had counted on the rain."
BODY = f"{FIRST}\n\n{SECOND}"


def delivered(here: Laptop, photos: int = 0) -> str:
    """Return the id of a report that the desk has."""
    report_id = here.file("Lanterns", photos, body=BODY)
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    return report_id


def write_on(here: Laptop, report_id: str, **fields: object) -> Report:
    """Change what the desk has, and file it."""
    report = here.report(report_id)
    if report.status is not Status.DRAFT:
        report = revise(here.store, report_id, clock=here.clock)
    here.clock.turn(minutes=1)
    content = replace(report.content, **fields)  # type: ignore[arg-type]
    save_draft(here.store, report_id, content, clock=here.clock)
    file_report(here.store, report_id, clock=here.clock)
    return here.report(report_id)


def open_in_window(here: Laptop, report_id: str) -> None:
    """Remember a report as the one that is shown."""
    here.store.state.set(OPEN_REPORT, report_id)


def choose(here: Laptop, report_id: str, *choices: Choice) -> None:
    """Answer every question about a report, and file what comes of it."""
    conflict = find_conflict(here.store, report_id)
    assert conflict is not None
    settle(here.store, conflict, conflict.merged(), choices, clock=here.clock)


def test_different_paragraphs_become_one_revision_by_themselves(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = delivered(here)
    theirs = file_elsewhere(desk, report_id, body=f"{FIRST} So said the mayor.\n\n{SECOND}")
    mine = write_on(here, report_id, body=f"{BODY}\n\nIt ended at ten.", headline="Lanterns, lit")
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    newest = desk.held[report_id].newest
    assert newest.body == f"{FIRST} So said the mayor.\n\n{SECOND}\n\nIt ended at ten."
    assert newest.headline == "Lanterns, lit"
    assert newest.parent_revision_id == theirs.report.revision_id
    report = here.report(report_id)
    assert (report.content.body, report.revision_id) == (newest.body, newest.revision_id)
    assert report.status is Status.FILED
    assert here.heard.merged == [report_id]
    assert here.store.conflicts.get(report_id) is None
    moments = here.store.snapshots.of_report(report_id)
    before = [m.number for m in moments if m.reason is SnapshotReason.FILED]
    assert here.store.snapshots.content(before[-2]) == mine.content
    assert here.store.snapshots.content(before[-1]) == report.content


def test_the_same_paragraph_is_asked(here: Laptop, desk: MemoryDesk) -> None:
    report_id = delivered(here)
    file_elsewhere(desk, report_id, body=f"{FIRST} Twice.\n\n{SECOND} Nor on hail.")
    mine = write_on(here, report_id, body=f"{FIRST} Thrice.\n\n{SECOND}")
    assert here.deliver() is None
    row = here.delivery(report_id)
    assert row.state is DeliveryState.CONFLICT
    assert row.why.endswith("One change is for you to choose.")
    assert here.report(report_id).content == mine.content
    here.restart()  # it stays, and nothing is asked of the desk
    calls = desk.faults.calls["file"]
    assert here.deliver() is None
    assert desk.faults.calls["file"] == calls
    conflict = find_conflict(here.store, report_id)
    assert conflict is not None
    assert (conflict.by, conflict.mine.content) == ("Ines Kalder", mine.content)
    assert conflict.base is not None
    assert conflict.base.body == BODY
    choose(here, report_id, Choice.BOTH)
    assert here.report(report_id).status is Status.OUTBOX
    here.deliver()
    expected = f"{FIRST} Thrice.\n\n{FIRST} Twice.\n\n{SECOND} Nor on hail."
    assert desk.held[report_id].newest.body == expected
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    reasons = [m.reason for m in here.store.snapshots.of_report(report_id)]
    assert SnapshotReason.FILED in reasons


def test_what_is_open_is_offered_and_not_written_into(here: Laptop, desk: MemoryDesk) -> None:
    report_id = delivered(here)
    file_elsewhere(desk, report_id, standfirst="After the rain")
    mine = write_on(here, report_id, body=f"{BODY}\n\nIt ended at ten.")
    open_in_window(here, report_id)
    here.deliver()
    row = here.delivery(report_id)
    assert row.state is DeliveryState.CONFLICT
    assert row.why.endswith("Both changes fit together.")
    assert here.report(report_id) == mine
    choose(here, report_id)
    here.deliver()
    newest = desk.held[report_id].newest
    assert (newest.standfirst, newest.body) == ("After the rain", mine.content.body)


def test_what_has_the_desks_changes_already_goes_on_without_a_word(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = delivered(here)
    theirs = file_elsewhere(desk, report_id, standfirst="After the rain")
    mine = write_on(here, report_id, standfirst="After the rain", headline="Lanterns, lit")
    open_in_window(here, report_id)
    here.deliver()
    newest = desk.held[report_id].newest
    assert (newest.headline, newest.parent_revision_id) == (
        "Lanterns, lit",
        theirs.report.revision_id,
    )
    assert here.report(report_id).content == mine.content
    assert here.heard.merged == []


def test_it_can_be_taken_back_before_and_after_it_was_merged(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = delivered(here)
    theirs = file_elsewhere(desk, report_id, headline="By the desk")
    write_on(here, report_id, headline="By me")
    here.deliver()
    conflict = find_conflict(here.store, report_id)
    assert conflict is not None
    recall(here.store, report_id, clock=here.clock)
    assert find_conflict(here.store, report_id) is None
    with pytest.raises(TransitionRefused, match="moved on since"):
        settle(here.store, conflict, conflict.merged(), [Choice.MINE], clock=here.clock)
    assert here.report(report_id).content.headline == "By me"
    write_on(here, report_id, headline="By me, again")
    with pytest.raises(TransitionRefused, match="moved on since"):
        settle(here.store, conflict, conflict.merged(), [Choice.MINE], clock=here.clock)
    here.deliver()
    choose(here, report_id, Choice.THEIRS)
    draft = recall(here.store, report_id, clock=here.clock)
    assert (draft.status, draft.content.headline) == (Status.DRAFT, "By the desk")
    assert draft.revision_id == theirs.report.revision_id
    write_on(here, report_id, headline="By both")
    here.deliver()
    assert desk.held[report_id].newest.headline == "By both"
    assert desk.held[report_id].newest.parent_revision_id == theirs.report.revision_id


def test_the_desk_moves_on_while_it_is_chosen(here: Laptop, desk: MemoryDesk) -> None:
    """What was chosen once is not asked again; the revision between is found at the desk."""
    report_id = delivered(here)
    file_elsewhere(desk, report_id, headline="By the desk")
    write_on(here, report_id, headline="By me")
    here.deliver()
    theirs = file_elsewhere(desk, report_id, standfirst="After the rain")
    choose(here, report_id, Choice.MINE)
    here.deliver()
    newest = desk.held[report_id].newest
    assert (newest.headline, newest.standfirst) == ("By me", "After the rain")
    assert newest.parent_revision_id == theirs.report.revision_id
    assert here.heard.merged == [report_id]


def test_several_revisions_of_the_desks_are_followed_back(here: Laptop, desk: MemoryDesk) -> None:
    report_id = delivered(here)
    for number in range(4):
        file_elsewhere(desk, report_id, standfirst=f"Take {number}")
    write_on(here, report_id, headline="By me")
    here.deliver()
    newest = desk.held[report_id].newest
    assert (newest.headline, newest.standfirst) == ("By me", "Take 3")
    assert desk.faults.calls["revision"] == 3


def test_a_revision_of_ones_own_whose_receipt_was_lost_is_what_both_have(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file("Lanterns", body=BODY)
    desk.faults.plan("file", NoConnection(), after_effect=True)
    here.deliver()
    recall(here.store, report_id, clock=here.clock)
    file_elsewhere(desk, report_id, body=f"{BODY} So said the mayor.")
    write_on(here, report_id, headline="Lanterns, lit")
    here.deliver(rounds=3)
    newest = desk.held[report_id].newest
    assert (newest.headline, newest.body) == ("Lanterns, lit", f"{BODY} So said the mayor.")
    assert here.delivery(report_id).state is DeliveryState.DELIVERED


def test_without_a_common_revision_every_difference_is_asked(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = here.file("Lanterns", body=BODY)
    other = replace(here.report(report_id).content, headline="By the desk", body=FIRST)
    file_content(desk, report_id, other, None)
    here.deliver()
    conflict = find_conflict(here.store, report_id)
    assert conflict is not None
    assert conflict.base is None
    assert here.delivery(report_id).why.endswith("2 changes are for you to choose.")
    choose(here, report_id, Choice.THEIRS, Choice.MINE)
    here.deliver()
    newest = desk.held[report_id].newest
    assert (newest.headline, newest.body) == ("By the desk", BODY)


@pytest.mark.parametrize("call", ["report", "revision"])
@pytest.mark.parametrize("error", [NoConnection, ServerBusy])
def test_what_cannot_be_fetched_now_is_fetched_later(
    here: Laptop, desk: MemoryDesk, call: str, error: type[NoConnection]
) -> None:
    report_id = delivered(here)
    for number in range(2):
        file_elsewhere(desk, report_id, standfirst=f"Take {number}")
    mine = write_on(here, report_id, headline="By me")
    desk.faults.plan(call, error())
    here.deliver()
    assert here.delivery(report_id).state is DeliveryState.WAITING
    assert here.report(report_id) == mine
    here.deliver(rounds=3)
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    newest = desk.held[report_id].newest
    assert (newest.headline, newest.standfirst) == ("By me", "Take 1")


def test_the_answer_to_the_merged_revision_is_lost(here: Laptop, desk: MemoryDesk) -> None:
    report_id = delivered(here)
    file_elsewhere(desk, report_id, standfirst="After the rain")
    write_on(here, report_id, headline="By me")
    desk.faults.plan("file", NoConnection(), after_effect=True)
    here.deliver()
    here.restart()
    here.deliver(rounds=3)
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
    assert [line.headline for line in desk.held[report_id].revisions] == [
        "Lanterns",
        "Lanterns",
        "By me",
    ]


def test_a_desk_that_is_always_quicker_does_not_hold_the_round(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id, other = delivered(here), here.file("Another report")
    write_on(here, report_id, headline="By me")
    race = _Race(desk, report_id)
    here.connector = race  # type: ignore[assignment]
    due = here.deliver()
    assert here.delivery(report_id).state is DeliveryState.WAITING
    assert here.delivery(other).state is DeliveryState.DELIVERED
    assert due is not None
    race.report_id = ""
    here.deliver(rounds=3)
    newest = desk.held[report_id].newest
    assert (newest.headline, newest.standfirst) == ("By me", f"Take {race.takes}")


class _Race:
    """The desk files a revision just before each one of ours."""

    def __init__(self, desk: MemoryDesk, report_id: str) -> None:
        self._desk, self.report_id, self.takes = desk, report_id, 0

    def __getattr__(self, name: str):
        return getattr(self._desk, name)

    def file(self, report_id, request):
        if report_id == self.report_id:
            self.takes += 1
            file_elsewhere(self._desk, report_id, standfirst=f"Take {self.takes}")
        return self._desk.file(report_id, request)


def test_photos_of_theirs_need_not_be_on_this_laptop(
    here: Laptop, desk: MemoryDesk, home: Path
) -> None:
    """The desk has them; that one is still on its way from elsewhere holds nothing else up."""
    report_id = delivered(here, photos=1)
    with laptop(home.parent / "other", desk) as there:
        photo = there.photo("the gate")
    content = here.report(report_id).content
    answer = file_elsewhere(desk, report_id, photos=(*content.photos, photo))
    write_on(here, report_id, headline="By me", photos=(*content.photos, here.photo("the river")))
    here.deliver(rounds=4)
    row = here.delivery(report_id)
    assert (row.state, row.photos_total, row.photos_delivered) == (
        DeliveryState.TEXT_DELIVERED,
        3,
        2,
    )
    newest = desk.held[report_id].newest
    assert {line.id for line in newest.photos} >= {photo.id}
    with laptop(home.parent / "other", desk) as there:
        for line in answer.missing:
            data = there.store.photos.read(line.sha256)
            desk.upload(line.upload_url, 0, data)
    here.deliver(rounds=4)
    assert here.delivery(report_id).state is DeliveryState.DELIVERED


def test_figures_of_both_stand_in_the_text_and_photos_come_back(
    here: Laptop, desk: MemoryDesk
) -> None:
    report_id = delivered(here, photos=2)
    one, two = here.report(report_id).content.photos
    file_elsewhere(desk, report_id, body=f"![](photo:{two.id})\n\n{BODY}")
    write_on(here, report_id, body=f"{BODY}\n\n<https://example.org/film>", photos=(one,))
    here.deliver(rounds=2)
    newest = desk.held[report_id].newest
    assert newest.body == f"![](photo:{two.id})\n\n{BODY}\n\n<https://example.org/film>"
    assert [photo.id for photo in newest.photos] == [one.id, two.id]
    assert here.delivery(report_id).state is DeliveryState.DELIVERED
