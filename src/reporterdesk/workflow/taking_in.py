"""Taking in: what the desk has changed meanwhile comes into a report that is still being written.

It is only ever offered. Nothing here writes the report: its words come into the open editor by its
own means, and are saved from there. The parent of the next revision stays as it is; so, whatever
is undone before it is filed, what the desk has changed is found, and asked about, then.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from pydantic import ValidationError

from reporterdesk.domain.report import ReportContent, Revision
from reporterdesk.domain.status import EDITABLE
from reporterdesk.store.store import Store
from reporterdesk.wire.convert import content_of
from reporterdesk.wire.messages import ReportAnswer
from reporterdesk.workflow.content_merge import ContentMerge, merge_contents
from reporterdesk.workflow.drafting import clean_content


@dataclass(frozen=True, slots=True)
class News:
    """A revision of the desk's that the report here was not made of.

    ``base`` is what it was made of; ``by`` who filed the desk's, ``""`` where that is not said.
    """

    theirs: Revision
    base: ReportContent
    by: str = ""

    @property
    def report_id(self) -> str:
        """The report that it is of."""
        return self.theirs.report_id

    def merged(self, mine: ReportContent) -> ContentMerge | None:
        """Bring it together with what is written; ``None`` where that has it all already.

        Any thread; long texts take a while.
        """
        found = merge_contents(self.base, mine, self.theirs.content)
        return found if found.questions or found.settled() != mine else None


def news_of(store: Store, report_id: str) -> News | None:
    """Return what the desk has that a report here was not made of. On the store thread.

    ``None`` where it cannot be written on, or where filing it will tell more.
    """
    report = store.reports.find(report_id)
    if report is None or report.status not in EDITABLE or report.trashed_at is not None:
        return None
    base = store.revisions.find(report.revision_id) if report.revision_id else None
    kept = store.desk.get_report(report_id)
    if base is None or kept is None:
        return None
    with contextlib.suppress(ValidationError):  # of another version: it is fetched again
        answer = ReportAnswer.model_validate_json(kept)
        # What is known here was filed from here, or has been taken in.
        if answer.revision_id == base.id or store.revisions.find(answer.revision_id) is not None:
            return None
        theirs = Revision(
            answer.revision_id,
            report_id,
            answer.parent_revision_id,
            clean_content(content_of(answer)),
            answer.receipt.at,
            received=True,
        )
        return News(theirs, base.content, answer.filed_by)
    return None
