"""Photos of another size do not file a report again on which the desk has decided meanwhile."""

from __future__ import annotations

import logging
from functools import partial

from reporterdesk.domain.errors import Refused
from reporterdesk.domain.report import Revision
from reporterdesk.domain.status import Status
from reporterdesk.publishing.connector import Connector
from reporterdesk.store.store import Store
from reporterdesk.sync.failures import classify
from reporterdesk.sync.ledger import Attempt
from reporterdesk.sync.listener import SyncListener
from reporterdesk.sync.too_late import photos_not_filed
from reporterdesk.wire.messages import ReportAnswer
from reporterdesk.workflow.resizing import drop_resize, is_smaller
from reporterdesk.workflow.running import RunInStore

_log = logging.getLogger(__name__)


class Resizes:
    """Looks at a report before it is filed again for its photos. Lives on the engine's thread.

    That was chosen while the desk had the text and had not decided; it may have waited for days
    without a network. A new revision would undo an approval, or answer a return with the very same
    words. So the desk is asked first: one small call more, only for such revisions. What it decides
    between that answer and the next request, it decides on a revision that it then has.
    """

    def __init__(self, run: RunInStore, listener: SyncListener) -> None:
        self._run = run
        self._listener = listener

    def dropped(self, connector: Connector, attempt: Attempt) -> bool:
        """Drop ``attempt`` if it came too late, and say so; the photos it replaced go on waiting.

        :raises DeliveryError: the desk could not be asked.
        """
        revision = attempt.revision
        if attempt.delivery.text_at is None:  # it brings words that the desk has not got
            return False
        try:
            answer = connector.report(revision.report_id)
        except Refused as error:
            if classify(error).gone:  # a desk that has lost it gets it anew
                return False
            raise
        smaller = self._run(partial(_is_smaller, revision=revision))
        if not _decided(answer, revision, smaller=smaller):
            return False
        new = self._run(lambda store: drop_resize(store, revision.report_id, revision.id))
        if new is None:
            return False
        _log.info("The photos of report %s are not filed in another size.", revision.report_id)
        self._listener.delivery_changed(new)
        self._listener.report_changed(revision.report_id)
        said = photos_not_filed(revision.content.headline, answer, smaller=smaller)
        self._listener.resize_dropped(revision.report_id, said)
        return True


def _is_smaller(store: Store, revision: Revision) -> bool:
    parent = store.revisions.find(revision.parent_id) if revision.parent_id else None
    return parent is not None and is_smaller(revision.content, parent.content)


def _decided(answer: ReportAnswer, revision: Revision, *, smaller: bool) -> bool:
    """Tell whether the desk has decided since the other size was chosen.

    It can be chosen for what is filed or published. A published report whose newest revision is
    not decided on is corrected; the original photos can be chosen after it was published, too.
    """
    if answer.revision_id == revision.id:  # it has it: only the answer was lost
        return False
    if answer.status == Status.PUBLISHED:
        newest = answer.revision_id
        return smaller and any(said.revision_id == newest for said in answer.decisions)
    return answer.status != Status.FILED
