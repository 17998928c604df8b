"""The account, what the desk said, and what the app remembers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reporterdesk.domain.errors import ReportNotFound
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.people import Account, Person, Role, Section, SectionRole
from reporterdesk.domain.places import Place
from reporterdesk.domain.report import Report, ReportContent, Revision
from reporterdesk.domain.review import Comment, Decision
from reporterdesk.domain.status import Action, Status
from reporterdesk.store.store import Store
from support.clocks import HandClock
from support.contents import ready_content


def test_the_account(store: Store) -> None:
    roles = (SectionRole("schools", Role.REPORTER), SectionRole("culture", Role.EDITOR))
    person = Person(new_id(), "Zoë", "zoe@desk.example", administrator=True, roles=roles)
    sections = (Section("schools", "Schools", ("Names spelled right?",)), Section("c", "C"))
    account = Account("https://desk.example", person, sections)
    assert store.account.get() is None
    store.account.set(account)
    assert store.account.get() == account
    store.account.set(Account("https://other.example", person))
    assert store.account.get() == Account("https://other.example", person)
    store.account.clear()
    assert store.account.get() is None


def test_small_values(store: Store) -> None:
    assert store.state.get("geometry") is None
    store.state.set("geometry", "1,2,3")
    store.state.set("geometry", "")
    assert store.state.get("geometry") == ""
    store.state.set("geometry", None)
    store.state.set("geometry", None)
    assert store.state.get("geometry") is None


def test_the_app_and_the_desk_do_not_share_keys(store: Store) -> None:
    store.state.set("cursor", "the app's")
    store.desk.set_cursor("the desk's")
    assert store.state.get("cursor") == "the app's"
    assert store.desk.cursor() == "the desk's"


def test_what_the_desk_said(store: Store, clock: HandClock) -> None:
    assert store.desk.get_report("r1") is None
    store.desk.put_report("r1", '{"id": "r1"}', clock())
    store.desk.put_report("r1", '{"id": "r1", "number": 2}', clock())
    store.desk.set_queue('{"reports": []}')
    assert store.desk.get_report("r1") == '{"id": "r1", "number": 2}'
    assert store.desk.queue() == '{"reports": []}'
    store.desk.clear()
    assert (store.desk.get_report("r1"), store.desk.queue(), store.desk.cursor()) == (None,) * 3


def test_notes_of_the_desk_and_the_line_in_the_list(store: Store, clock: HandClock) -> None:
    report_id, revision_id = new_id(), new_id()
    report = Report(report_id, ReportContent(), Status.RETURNED, clock(), clock())
    store.reports.add(report)

    def returned(note: str, minutes: int) -> Decision:
        at = clock() + timedelta(minutes=minutes)
        return Decision(new_id(), report_id, revision_id, Action.RETURN, note, "Ines", at)

    notes = (
        returned("Who said this?\nAnd when?", 5),
        returned("Older", 1),
        Comment(new_id(), report_id, revision_id, 3, "Nice", "Ines", clock()),
        Comment(new_id(), report_id, revision_id, None, "Overall fine", "Ines", clock()),
    )
    assert store.desk.notes(report_id) == ()
    store.desk.set_notes(report_id, notes)
    assert store.desk.notes(report_id) == notes
    assert store.reports.page(Place.RETURNED).rows[0].detail == "Who said this?"
    store.desk.set_notes(report_id, ())
    assert store.desk.notes(report_id) == ()
    assert store.reports.page(Place.RETURNED).rows[0].detail == ""


def test_revisions(store: Store, clock: HandClock) -> None:
    report_id = new_id()
    store.reports.add(Report(report_id, ReportContent(), Status.DRAFT, clock(), clock()))
    first = Revision(new_id(), report_id, None, ready_content("One"), clock())
    clock.turn(hours=-1)
    second = Revision(new_id(), report_id, first.id, ready_content("Two"), clock())
    store.revisions.add(first)
    store.revisions.add(second)
    assert store.revisions.of_report(report_id) == (first, second)
    assert store.revisions.get(second.id) == second
    assert store.revisions.find("nowhere") is None
    with pytest.raises(ReportNotFound):
        store.revisions.get("nowhere")
