"""The backup that is taken before a migration touches anything."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from reporterdesk.domain.errors import StoreFull
from reporterdesk.durable import sync_folder
from reporterdesk.store.backup_list import next_backup_file
from reporterdesk.store.database import Database
from reporterdesk.store.faults import known_os_error
from reporterdesk.store.key import StoreKey
from reporterdesk.store.reading import check_whole
from reporterdesk.store.versions import DRAFTS_ID


def back_up_before(home: Path, drafts: Database, key: StoreKey | None, now: datetime) -> Path:
    """Copy ``drafts.db`` as it is into the backups, read the copy through, and return its file.

    It is one more of the backups, encrypted by the same key. Photo bytes are not copied: a
    migration of drafts.db does not touch them. A crash leaves a file that is called no backup.

    :raises StoreFull: there is no room for a copy; nothing was changed.
    :raises StoreUnreadable: the file is damaged, and so it must not be changed.
    """
    target = next_backup_file(home, now)
    unfinished = target.with_name(target.name + ".new")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in target.parent.glob("drafts-*.new*"):  # by a crash
            left.unlink()
        _copy(drafts, key, unfinished)
        unfinished.replace(target)
        sync_folder(target.parent)
    except StoreFull as error:
        raise StoreFull(
            "There is not enough room on the disk to back up your drafts, which comes before they"
            " are brought to this version.",
            safe="They are as they were.",
            next_step="Make room on the disk and start ReporterDesk again.",
        ) from error
    except OSError as error:
        raise known_os_error(error, target) from error
    return target


def _copy(drafts: Database, key: StoreKey | None, target: Path) -> None:
    try:
        # It works on this connection's pages and encrypts them with its key.
        drafts.execute(text("VACUUM INTO :file"), {"file": str(target)})
        check_whole(target, key, DRAFTS_ID)
        with target.open("rb+") as copied:
            os.fsync(copied.fileno())
    except BaseException:
        target.unlink(missing_ok=True)
        raise
