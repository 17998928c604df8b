"""What the controller of sending knows at a moment: deliveries, estimate, connection, decisions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.estimate import Estimate
from reporterdesk.domain.sending import SendPolicy
from reporterdesk.ui.outbox.photo_choice import PhotoLeft
from reporterdesk.ui.outbox.words import Conditions

if TYPE_CHECKING:
    from reporterdesk.store.store import Store
    from reporterdesk.workflow.resizing import ResizePlan


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What can be done with one report's delivery.

    ``delivery`` is its newest, the finished one included; ``left`` are the photos that have not
    arrived; ``originals`` whether the desk has smaller photos than there are here.
    """

    report_id: str
    delivery: Delivery | None = None
    headline: str = ""
    plan: ResizePlan | None = None
    left: tuple[PhotoLeft, ...] = ()
    originals: bool = False

    @property
    def has_receipt(self) -> bool:
        """Whether the desk has given a receipt for this report, as far as the outbox knows."""
        return self.delivery is not None and self.delivery.text_at is not None


@dataclass(frozen=True, slots=True)
class ReadFacts:
    """Reads the facts of a report, on the store thread."""

    report_id: str

    def __call__(self, store: Store) -> ReportFacts:
        """Return the facts, as they are now."""
        from reporterdesk.workflow.resizing import originals, plan

        row = store.outbox.get(self.report_id)
        report = store.reports.find(self.report_id)
        if row is None or report is None:
            return ReportFacts(self.report_id, row)
        return ReportFacts(
            self.report_id,
            row,
            report.content.headline,
            plan(store, self.report_id),
            _left(store, row),
            bool(originals(store, self.report_id)),
        )


@dataclass(slots=True)
class Outlook:
    """What was heard last of the link and of the time that is left. Lives on the UI thread."""

    online: bool | None = None
    why: str = ""
    signed_in: bool = False
    metered: bool = False
    policy: SendPolicy = field(default_factory=SendPolicy)
    estimate: Estimate | None = None

    def conditions(self, now: datetime) -> Conditions:
        """Return under what conditions is being sent ``now``."""
        return Conditions(
            now,
            self.online,
            self.why,
            self.signed_in,
            self.metered,
            self.rate is not None,
            self.policy,
        )

    @property
    def rate(self) -> float | None:
        """Bytes a second, where they have been measured."""
        return self.estimate.bytes_a_second if self.estimate else None

    def forget_time_of(self, report_id: str) -> None:
        """Promise no time for a report of which other photos are sent now, until it is told."""
        if self.estimate is not None:
            times = {name: at for name, at in self.estimate.reports.items() if name != report_id}
            self.estimate = replace(self.estimate, reports=times)

    def at_smaller(self, expected: datetime, plan: ResizePlan, now: datetime) -> datetime | None:
        """Return when the last photo will have arrived if the plan is carried out."""
        rate = self.rate
        if not rate:
            return None
        return max(now, expected - timedelta(seconds=plan.bytes_spared / rate))


def open_deliveries(store: Store) -> tuple[tuple[Delivery, str], ...]:
    """Return what is not delivered, with headlines, in the order in which it is sent."""
    deliveries = store.outbox.all_open()
    headlines = store.reports.headlines(delivery.report_id for delivery in deliveries)
    return tuple((row, headlines.get(row.report_id, "")[:300]) for row in deliveries)


def _left(store: Store, row: Delivery) -> tuple[PhotoLeft, ...]:
    if row.state is DeliveryState.DELIVERED:
        return ()
    offsets = {each.sha256: each.offset for each in store.outbox.uploads(row.report_id)}
    left = []
    for photo in store.revisions.get(row.revision_id).content.photos:
        files = {each.sha256: each.bytes for each in (photo.preview, photo.full)}
        rest = sum(size - offsets.get(name, 0) for name, size in files.items())
        if rest > 0:
            left.append(PhotoLeft(photo, rest))
    return tuple(left)
