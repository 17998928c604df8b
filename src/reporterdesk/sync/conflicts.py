"""A stale parent: the desk's newer revision is brought down, and merged where nothing is to ask."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import replace
from functools import partial

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.errors import Refused, ServerBusy
from reporterdesk.domain.report import ReportContent, Revision
from reporterdesk.publishing.connector import Connector
from reporterdesk.store.store import Store
from reporterdesk.sync.listener import SyncListener
from reporterdesk.wire.convert import content_of
from reporterdesk.wire.messages import ReportAnswer
from reporterdesk.workflow.content_merge import ContentMerge
from reporterdesk.workflow.merging import (
    Conflict,
    conflict_of,
    file_merged,
    is_open,
    keep_conflict,
    may_file_merged,
)
from reporterdesk.workflow.running import RunInStore

_log = logging.getLogger(__name__)

STEPS = 20
"""Revisions that are asked for, one before the other, in search of one that both have."""

AT_ONCE = 3
"""Merges of one report in a round: where the desk is as quick as that, it waits for the next."""


class Conflicts:
    """Settles conflicts, or says what is to be chosen. Lives on the engine's thread.

    It merges by itself only where both sides changed different things and nobody has the report
    open: what somebody looks at does not change under their eyes; there, it is offered. Where mine
    has all of the desk's changes already, nothing changes, and it goes on.
    """

    def __init__(self, run: RunInStore, clock: Clock, listener: SyncListener) -> None:
        self._run = run
        self._clock = clock
        self._listener = listener
        self._merged: Counter[str] = Counter()

    def start_round(self) -> None:
        """Forget how often reports were merged."""
        self._merged.clear()

    def met(self, connector: Connector, delivery: Delivery) -> None:
        """Bring down what the desk has instead of ``delivery``, and merge it or have it chosen.

        It is met with the text, or with the photos where the desk has lost the text since.

        All that is written is written in one transaction, after everything was fetched: whoever
        is killed on the way meets the conflict again.

        :raises DeliveryError: it could not be fetched; the delivery is to be tried again.
        """
        if self._merged[delivery.report_id] >= AT_ONCE:
            raise ServerBusy("The desk is working on this report at this moment.")
        mine = self._run(lambda store: store.revisions.get(delivery.revision_id))
        answer = connector.report(mine.report_id)
        if answer.id != mine.report_id or answer.revision_id == mine.id:
            raise ServerBusy("The desk’s answer does not match what was asked.")
        conflict = conflict_of(mine, answer, self._common(connector, mine, answer))
        merged = conflict.merged()
        settle = partial(
            _settle, conflict=conflict, answer=answer, merged=merged, clock=self._clock
        )
        new = self._run(settle)
        if new is None:
            return
        self._listener.delivery_changed(new)
        if new.state is DeliveryState.CONFLICT:
            _log.info("The desk has a newer revision of report %s.", mine.report_id)
            self._listener.report_changed(mine.report_id)
            return
        self._merged[mine.report_id] += 1
        _log.info("Report %s was merged with what the desk has.", mine.report_id)
        self._listener.report_changed(mine.report_id)
        if merged.settled() != mine.content:
            self._listener.report_merged(mine.report_id)

    def _common(
        self, connector: Connector, mine: Revision, answer: ReportAnswer
    ) -> ReportContent | None:
        """Return what both were made of: the newest revision before theirs that was here, too.

        The desk's revisions stand in one row, each made of the one before. So the parent of mine
        is among them, and after it perhaps one of mine whose receipt was lost.
        """
        known = self._run(lambda store: _known(store, mine))
        wanted = answer.parent_revision_id
        for _ in range(STEPS):
            if wanted is None or wanted in known or wanted == mine.parent_id:
                break
            wanted = self._before(connector, mine.report_id, wanted)
        else:
            wanted = mine.parent_id
        if wanted is None or wanted in known:
            return None if wanted is None else known[wanted]
        return self._content(connector, mine.report_id, wanted)

    def _before(self, connector: Connector, report_id: str, revision_id: str) -> str | None:
        try:
            return connector.revision(report_id, revision_id).parent_revision_id
        except Refused:  # a server that was set up anew does not have it any more
            return None

    def _content(
        self, connector: Connector, report_id: str, revision_id: str
    ) -> ReportContent | None:
        try:
            return content_of(connector.revision(report_id, revision_id))
        except Refused:
            return None


def _known(store: Store, mine: Revision) -> dict[str, ReportContent]:
    revisions = store.revisions.of_report(mine.report_id)
    return {each.id: each.content for each in revisions if each.id != mine.id}


def _settle(
    store: Store, conflict: Conflict, answer: ReportAnswer, merged: ContentMerge, clock: Clock
) -> Delivery | None:
    """File what was merged, or write down what is to be chosen; ``None`` if it has moved on."""
    with store.transaction():
        if not keep_conflict(store, conflict, answer, clock=clock):
            return None
        row = store.outbox.get(conflict.report_id)
        if row is None:
            return None
        if not merged.questions and may_file_merged(store, conflict):
            content = merged.settled()
            if content == conflict.mine.content or not is_open(store, conflict.report_id):
                return file_merged(store, conflict, content, clock=clock)
        why = _why(len(merged.questions))
        waiting = replace(row, state=DeliveryState.CONFLICT, next_attempt_at=None, why=why)
        return store.outbox.update(waiting)


def _why(questions: int) -> str:
    if not questions:
        return "The desk has changed this report, too. Both changes fit together."
    if questions == 1:
        return "The desk has changed this report, too. One change is for you to choose."
    return f"The desk has changed this report, too. {questions} changes are for you to choose."
