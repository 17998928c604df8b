"""Receipts outlive the delivery; the newest for a revision counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from reporterdesk.domain.ids import new_id
from reporterdesk.domain.receipt import Receipt
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.store.store import Store
from support.clocks import HandClock


def test_a_receipt_comes_back_as_it_was_put(store: Store, clock: HandClock) -> None:
    report_id, first, second = new_id(), new_id(), new_id()
    store.reports.add(Report(report_id, ReportContent(), Status.FILED, clock(), clock()))
    earlier = Receipt(report_id, first, "ab" * 32, clock(), server="https://desk.example")
    store.receipts.put(earlier)
    later = replace(earlier, revision_id=second, text_at=clock() + timedelta(hours=1))
    store.receipts.put(later)
    complete = replace(earlier, complete_at=clock() + timedelta(hours=2), photos={"cd" * 32: 90})
    store.receipts.put(complete)
    assert store.receipts.get(report_id, first) == complete
    assert store.receipts.of_report(report_id) == (complete, later)
    assert store.receipts.get(report_id, new_id()) is None
