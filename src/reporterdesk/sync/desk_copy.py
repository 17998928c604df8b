"""What is kept of the desk to be read offline: an editor's queue, and one's own reports.

Texts first, then the previews of their photos. Between two of them the desk is asked for news, so
that a long queue on a slow link does not keep a decision from being seen.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from pydantic import ValidationError

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errors import DeliveryError
from reporterdesk.domain.people import Person, Role
from reporterdesk.domain.report import Report
from reporterdesk.domain.status import Status
from reporterdesk.publishing.connector import Connector
from reporterdesk.store.store import Store
from reporterdesk.sync.failures import Kind, classify
from reporterdesk.sync.listener import SyncListener
from reporterdesk.wire.messages import Change, ReportAnswer, ReportLine
from reporterdesk.workflow.bringing_down import (
    bring_down,
    keep_for_review,
    previews_missing,
    sweep_desk,
)
from reporterdesk.workflow.reviewing import fetch_queue
from reporterdesk.workflow.running import RunInStore

OWN_DOING = frozenset({"filed", "photo"})
"""Kinds of changes that a laptop makes itself by delivering."""
_NO_NEWS = frozenset({"claimed", "released"})
"""Kinds that say nothing of a report."""
_UNFINISHED = (Status.RETURNED, Status.FILED, Status.APPROVED)
"""What is brought down of one's own when a laptop is used for the first time."""
_PAGES = 10


class DeskCopy:
    """Lives on the listening thread.

    :param text_only: tells whether photos are to wait, as on a metered network.
    """

    def __init__(
        self,
        run: RunInStore,
        clock: Clock,
        listener: SyncListener,
        text_only: Callable[[], bool] = lambda: False,
    ) -> None:
        self._run = run
        self._clock = clock
        self._listener = listener
        self._text_only = text_only
        self._texts: deque[str] = deque()
        self._previews: deque[str] = deque()

    def start(self, connector: Connector) -> None:
        """Fetch the lists, and remember what is to be brought down.

        :raises DeliveryError: one of its kinds; what was kept stays.
        """
        account = self._run(lambda store: store.account.get())
        if account is None:
            return
        self._texts.clear()
        self._previews.clear()
        if account.person.is_editor:
            queue = fetch_queue(connector, self._run, account.person, clock=self._clock)
            self._run(sweep_desk)
            stale = self._run(partial(_stale, lines=queue.lines))
            self._texts.extend(stale)
            self._want_previews(line.id for line in queue.lines if line.id not in stale)
            self._listener.report_changed("")
        self._texts.extend(self._own_elsewhere(connector, account.person))

    def is_wanted(self, report_id: str, local: Report | None, news: Iterable[Change]) -> bool:
        """Tell whether news of a report are to be looked at for the sake of the copy."""
        if all(change.kind in _NO_NEWS for change in news):
            return False
        return self._run(partial(_concerns, report_id=report_id, local=local))

    def take_in(self, answer: ReportAnswer) -> None:
        """Keep what the desk says of a report."""
        now = self._clock()
        self._run(partial(_take_in, answer=answer, now=now))
        self._want_previews((answer.id,))
        self._listener.report_changed(answer.id)

    def more(self, connector: Connector, counts: Callable[[], bool]) -> bool:
        """Fetch the next text or preview, if there is one; return whether there is more.

        :param counts: asked when an answer has come: whether it is still waited for.
        :raises DeliveryError: one of its kinds, where the connection fails.
        """
        if self._texts:
            self._fetch_text(connector, self._texts[0])
            if counts():
                self._texts.popleft()
        elif self._previews and not self._text_only():
            self._fetch_preview(connector, self._previews[0])
            if counts():
                self._previews.popleft()
        return bool(self._texts or (self._previews and not self._text_only()))

    def _fetch_text(self, connector: Connector, report_id: str) -> None:
        try:
            answer = connector.report(report_id)
        except DeliveryError as error:
            _pass_over(error)
        else:
            self.take_in(answer)

    def _fetch_preview(self, connector: Connector, sha256: str) -> None:
        if self._run(lambda store: store.photos.has(sha256)):
            return
        try:
            data = connector.photo(sha256, "preview")
        except DeliveryError as error:
            _pass_over(error)
        else:
            self._run(lambda store: store.photos.put(data))

    def _want_previews(self, report_ids: Iterable[str]) -> None:
        for report_id in report_ids:
            missing = self._run(partial(previews_missing, report_id=report_id))
            known = set(self._previews)
            self._previews.extend(sha256 for sha256 in missing if sha256 not in known)

    def _own_elsewhere(self, connector: Connector, person: Person) -> list[str]:
        """Return the ids of the person's unfinished reports that are not on this laptop."""
        if not any(role.role is Role.REPORTER for role in person.roles):
            return []
        found: list[str] = []
        for status in _UNFINISHED:
            after: str | None = None
            for _ in range(_PAGES):
                page = connector.reports(status=status.value, after=after, limit=100)
                found += [line.id for line in page.reports if line.author == person.name]
                after = page.next
                if after is None:
                    break
        return [each for each in found if not self._run(partial(_is_here, report_id=each))]


def _pass_over(error: DeliveryError) -> None:
    """Leave out one that the desk cannot give; anything else concerns the connection."""
    if classify(error).kind not in {Kind.REFUSED, Kind.TRY_AGAIN}:
        raise error


def _take_in(store: Store, answer: ReportAnswer, now: datetime) -> None:
    with store.transaction():
        keep_for_review(store, answer, now)
        bring_down(store, answer, now)


def _concerns(store: Store, report_id: str, local: Report | None) -> bool:
    """Tell whether a report may be in the queue, or is the person's own from another device."""
    account = store.account.get()
    if account is None:
        return False
    if local is not None:
        return account.person.edits(local.content.section)
    return not store.trash.was_deleted(report_id) or account.person.is_editor


def _stale(store: Store, lines: Iterable[ReportLine]) -> list[str]:
    """Return the ids of those reports in the queue that were not kept as they are now."""
    found = []
    for line in lines:
        kept = store.desk.get_report(line.id)
        if kept is None or _changed_at(kept) != line.changed_at:
            found.append(line.id)
    return found


def _changed_at(kept: str) -> datetime | None:
    try:
        return ReportAnswer.model_validate_json(kept).changed_at
    except ValidationError:  # of another version
        return None


def _is_here(store: Store, report_id: str) -> bool:
    return store.reports.find(report_id) is not None or store.trash.was_deleted(report_id)
