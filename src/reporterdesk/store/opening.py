"""Opening the store of a profile."""

from __future__ import annotations

import logging
from pathlib import Path

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errors import StoreFull
from reporterdesk.paths import drafts_file, lock_file, photos_file
from reporterdesk.store.key import StoreKey
from reporterdesk.store.lock import ProfileLock
from reporterdesk.store.replacing import finish_replacement
from reporterdesk.store.schema import open_drafts, open_photos
from reporterdesk.store.store import Store

_log = logging.getLogger(__name__)


def open_store(home: Path, *, clock: Clock, key: StoreKey | None = None) -> Store:
    """Open the store of the profile ``home``, or make it, on the thread that will use it.

    A file that is something else or damaged is left as it is.

    :param clock: says in the log how long it took.
    :param key: what an encrypted store opens with; without it, the store is a plain one.
    :raises StoreInUse: another ReporterDesk has it open.
    :raises StoreUnreadable: a file is no draft store, is damaged, or may not be opened.
    :raises StoreTooNew: a newer ReporterDesk wrote it.
    :raises StoreFull: there is no room to make it.
    """
    began = clock()
    try:
        store = _opened(home, key)
    except StoreFull as error:
        raise StoreFull(
            "This disk is full, so the drafts cannot be opened.",
            safe="What was saved before is still there.",
            next_step="Make room on the disk and start ReporterDesk again.",
        ) from error
    _log.info("The store was opened in %.3f s.", (clock() - began).total_seconds())
    return store


def _opened(home: Path, key: StoreKey | None) -> Store:
    lock = ProfileLock(lock_file(home))
    try:
        finish_replacement(home)
        drafts = open_drafts(drafts_file(home), key)
        try:
            photos = open_photos(photos_file(home), key)
        except BaseException:
            drafts.close()
            raise
    except BaseException:
        lock.release()
        raise
    return Store(drafts, photos, lock)
