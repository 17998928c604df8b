"""Why a report cannot be typed into now, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from reporterdesk.domain.delivery import UNDER_WAY, Delivery, DeliveryState
from reporterdesk.domain.report import Report
from reporterdesk.domain.status import EDITABLE, Action, Status, allowed
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.widgets.notice_bar import Notice, NoticeBar
from reporterdesk.ui.wording import deletion_word

Outlook: TypeAlias = Callable[[Delivery], tuple[str, tuple[str, ...]]]
"""Says of a delivery under way how long it takes, and names the actions that help."""


class StandingBar(NoticeBar):
    """Tells where a report stands, in a sentence, with the actions that its status allows.

    :ivar outlook: says more of a delivery under way, once there is somebody who knows.
    """

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Where the report stands"))
        self._all = actions
        self._url = ""
        self._about: tuple[Report, Delivery | None] | None = None
        self._told: tuple[object, ...] = ()
        self._state: tuple[object, ...] = ()
        self.outlook: Outlook | None = None
        self.pressed.connect(self._open_page)

    def show_standing(self, report: Report, delivery: Delivery | None) -> None:
        """Tell where ``report`` stands, or hide where there is nothing to tell."""
        if report.status not in EDITABLE:  # there, what is offered decides
            conflict = report.status is Status.OUTBOX and _in_conflict(delivery)
            self._all.enable(conflict, "report.merge")
        self._about = (report, delivery)
        self._url = report.public_url or ""
        sentence, tone = self._sentence_for(report, delivery)
        if not sentence:
            self._told = self._state = ()
            self.hide()
            return
        names = self._offered(report, delivery)
        said = (report.id, sentence, tone, self._url, tuple(names))
        if said == self._told and not self.isHidden():
            return  # what is the same is not said again, and keeps the keyboard
        # That minutes pass is no news; another state of the report or of its delivery is.
        state = (report.id, report.status, delivery.state if delivery else None, tone)
        quietly, self._state, self._told = state == self._state, state, said
        page = self.tr("Open the page") if self._url else ""
        self.tell(
            Notice(sentence, tone=tone, button=page, closable=False),
            [self._all.action(name) for name in names],
            quietly=quietly,
        )

    def retell(self) -> None:
        """Tell anew how long it takes, where anything is told."""
        if self._about is not None and not self.isHidden():
            self.show_standing(*self._about)

    def _offered(self, report: Report, delivery: Delivery | None) -> list[str]:
        if report.trashed_at:
            return ["report.restore", "report.delete"]
        taken = delivery is not None and delivery.state in UNDER_WAY
        helpful = self._outlook(delivery)[1]
        if allowed(report.status, Action.RECALL) and not taken:
            return [*(["report.merge"] if _in_conflict(delivery) else helpful), "report.recall"]
        if allowed(report.status, Action.REVISE):
            return [*helpful, "report.revise"]
        return list(helpful)

    def _sentence_for(self, report: Report, delivery: Delivery | None) -> tuple[str, str]:
        if report.trashed_at:
            gone = deletion_word(report.trashed_at)
            return self.tr("In the trash. %1.").replace("%1", gone), "calm"
        if report.status is Status.OUTBOX:
            return self._in_the_outbox(delivery), "warning" if _in_conflict(delivery) else "calm"
        if report.status is Status.DRAFT and report.desk_status is Status.PUBLISHED:
            changed = self.tr("An earlier revision is published; file this one to correct it.")
            return changed, "calm"
        sentence, tone = {
            Status.FILED: (self.tr("Filed. The desk has it and will read it."), "good"),
            Status.APPROVED: (self.tr("The desk has approved this report."), "good"),
            Status.PUBLISHED: (self.tr("Published. This is what the desk has."), "good"),
            Status.SPIKED: (self.tr("The desk will not publish this report."), "warning"),
            Status.WITHDRAWN: (
                self.tr("The desk has withdrawn this report from the site."),
                "warning",
            ),
        }.get(report.status, ("", "calm"))
        if sentence and delivery and delivery.state is not DeliveryState.DELIVERED:
            more = self._outlook(delivery)[0] or f"{delivery.sentence()}."
            sentence = f"{sentence} {more}"
        return sentence, tone

    def _in_the_outbox(self, delivery: Delivery | None) -> str:
        if delivery is None:
            return self.tr("In the outbox.")
        if _in_conflict(delivery):
            return _ended(delivery.sentence())
        sentence = self._outlook(delivery)[0] or delivery.sentence()
        said = f"{self.tr('In the outbox.')} {_ended(sentence)}"
        if delivery.state in UNDER_WAY:
            return said
        return f"{said} {self.tr('To change it, take it back first.')}"

    def _outlook(self, delivery: Delivery | None) -> tuple[str, tuple[str, ...]]:
        if delivery is None or self.outlook is None:
            return "", ()
        return self.outlook(delivery)

    @Slot()
    def _open_page(self) -> None:
        QDesktopServices.openUrl(QUrl(self._url))


def _in_conflict(delivery: Delivery | None) -> bool:
    return delivery is not None and delivery.state is DeliveryState.CONFLICT


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "…", "!", "?")) else f"{sentence}."
