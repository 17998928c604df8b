"""Opening the store of a profile."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errors import StoreFull
from reporterdesk.paths import drafts_file, lock_file, photos_file
from reporterdesk.store.database import Database
from reporterdesk.store.key import StoreKey
from reporterdesk.store.lock import ProfileLock
from reporterdesk.store.replacing import finish_replacement
from reporterdesk.store.schema import open_drafts, open_photos
from reporterdesk.store.store import Store
from reporterdesk.store.versions import DRAFTS_VERSION

_log = logging.getLogger(__name__)


def open_store(
    home: Path,
    *,
    clock: Clock,
    key: StoreKey | None = None,
    progress: Callable[[float], None] | None = None,
) -> Store:
    """Open the store of the profile ``home``, or make it, on the thread that will use it.

    A store of an older release is backed up and brought to this version: a second or two for
    a thousand reports. A file that is something else or damaged is left as it is.

    :param clock: says in the log how long it took.
    :param key: what an encrypted store opens with; without it, the store is a plain one.
    :param progress: told how much of bringing it to this version is done, from 0 to 1, if that is
        needed at all. Called on this thread.
    :raises StoreInUse: another ReporterDesk has it open.
    :raises StoreUnreadable: a file is no draft store, is damaged, or may not be opened.
    :raises StoreTooNew: a newer ReporterDesk wrote it.
    :raises StoreFull: there is no room to make it, or to bring it to this version.
    """
    began = clock()
    with ExitStack() as undo:
        lock, drafts, photos = _files(home, key, undo)
        if drafts.pragma("user_version") < DRAFTS_VERSION:
            _bring_forward(home, drafts, key, clock(), progress or _quietly)
        undo.pop_all()
    _log.info("The store was opened in %.3f s.", (clock() - began).total_seconds())
    return Store(drafts, photos, lock)


def _files(
    home: Path, key: StoreKey | None, undo: ExitStack
) -> tuple[ProfileLock, Database, Database]:
    """Take the lock and open both files; ``undo`` lets go of them again."""
    try:
        lock = ProfileLock(lock_file(home))
        undo.callback(lock.release)
        finish_replacement(home)
        drafts = open_drafts(drafts_file(home), key)
        undo.callback(drafts.close)
        photos = open_photos(photos_file(home), key)
        undo.callback(photos.close)
    except StoreFull as error:
        raise StoreFull(
            "This disk is full, so the drafts cannot be opened.",
            safe="What was saved before is still there.",
            next_step="Make room on the disk and start ReporterDesk again.",
        ) from error
    return lock, drafts, photos


def _bring_forward(
    home: Path,
    drafts: Database,
    key: StoreKey | None,
    now: datetime,
    progress: Callable[[float], None],
) -> None:
    # Alembic takes half a second to import, and is needed once a release.
    from reporterdesk.store.migrations.before import back_up_before
    from reporterdesk.store.migrations.running import DRAFTS_STEPS, migrate

    progress(0.0)
    kept = back_up_before(home, drafts, key, now)
    _log.info("The drafts were backed up as %s before they are changed.", kept.name)
    migrate(drafts, DRAFTS_STEPS, DRAFTS_VERSION, progress=progress)


def _quietly(_done: float) -> None:
    """Where nobody looks at the progress."""
