"""Deleting for good what lies in the trash: by itself after thirty days, and on request."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errors import ReportError
from reporterdesk.store.store import Store

_log = logging.getLogger(__name__)


def tidy_up(store: Store, *, clock: Clock) -> Iterator[str]:
    """Delete what has lain in the trash for thirty days, and photo bytes that nothing refers to.

    For the app's start, and after something was deleted. Each step is a small one on the store
    thread; between two of them others have their turn, so that saving never waits. It yields the id
    of the report that it has deleted for good, or ``""``.
    """
    store.trash.look(clock())
    yield ""
    deleted = 0
    for report_id in store.trash.due():
        with suppress(ReportError):  # it was restored since, or is on its way to the desk
            yield delete_for_good(store, report_id)
            deleted += 1
    if deleted:
        _log.info("%d reports were deleted for good after thirty days in the trash.", deleted)
    if store.photo_sweep.due(clock()):
        swept = 0
        for swept_now in store.photo_sweep.steps(clock()):
            swept += swept_now
            yield ""
        _log.info("The data of %d photos, to which nothing referred, was deleted.", swept)


def delete_for_good(store: Store, report_id: str) -> str:
    """Delete one report of the trash and return its id; what the desk has is not touched.

    :raises ReportNotFound: it is not here any more.
    :raises TransitionRefused: it is not in the trash, or it is still on its way to the desk.
    """
    store.trash.delete(report_id)
    return report_id


def empty_trash(store: Store, report_ids: tuple[str, ...]) -> Iterator[str]:
    """Delete these reports of the trash, one a step; yield the id of each that is deleted.

    :param report_ids: what was there when the person was asked: nothing that came since is deleted.
    """
    for report_id in report_ids:
        with suppress(ReportError):
            yield delete_for_good(store, report_id)
