"""The words that spelling takes for right, in the store and gone with their report."""

from __future__ import annotations

import pytest

from reporterdesk.domain.ids import new_id
from reporterdesk.domain.report import Report
from reporterdesk.domain.status import Status
from reporterdesk.store.store import Store
from support.clocks import HandClock
from support.contents import ready_content


def test_words_are_kept(store: Store) -> None:
    words = store.spelling
    assert words.personal() == words.ignored("r") == words.told() == frozenset()
    words.add("Zarrin")
    words.add("نہر")
    words.add("Zarrin")
    words.ignore("r", "Solano")
    words.tell("fr")
    assert words.personal() == {"Zarrin", "نہر"}
    assert (words.ignored("r"), words.ignored("s")) == ({"Solano"}, frozenset())
    assert words.told() == {"fr"}
    words.remove("Zarrin")
    words.remove("never there")
    assert words.personal() == {"نہر"}


@pytest.mark.parametrize("damaged", ["{", '[1, null, ["x"]]', "", '"word"', "7"])
def test_what_is_damaged_is_no_word(store: Store, damaged: str) -> None:
    store.spelling._state.set("personal", damaged)
    store.spelling.add("Zarrin")
    assert store.spelling.personal() == {"Zarrin"}


def test_nothing_of_a_report_stays(store: Store, clock: HandClock) -> None:
    report = Report(new_id(), ready_content(), Status.DRAFT, clock(), clock())
    store.reports.add(report)
    store.spelling.ignore(report.id, "Zarrin")
    store.reports.trash(report.id, clock())
    store.trash.delete(report.id)
    assert store.spelling.ignored(report.id) == frozenset()
    assert store.spelling._state.get(f"ignored.{report.id}") is None
