"""The store as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from reporterdesk.store.conflicts import Conflicts
from reporterdesk.store.database import Database
from reporterdesk.store.desk import Desk
from reporterdesk.store.errands import Errands
from reporterdesk.store.faults import unreadable
from reporterdesk.store.finder import Finder
from reporterdesk.store.lock import ProfileLock
from reporterdesk.store.outbox import Outbox
from reporterdesk.store.photo_bytes import PhotoBytes
from reporterdesk.store.photo_sweep import PhotoSweep
from reporterdesk.store.receipts import Receipts
from reporterdesk.store.reports import Reports
from reporterdesk.store.revisions import Revisions
from reporterdesk.store.sending import Sending
from reporterdesk.store.snapshots import Snapshots
from reporterdesk.store.spelling_words import SpellingWords
from reporterdesk.store.state import KeptAccount, State
from reporterdesk.store.trash import Trash
from reporterdesk.store.unfinished import Unfinished


class Store:
    """All that this laptop keeps, in rooms. Lives on one thread, the one that opened it.

    Made by :func:`reporterdesk.store.opening.open_store`.
    """

    def __init__(self, drafts: Database, photos: Database, lock: ProfileLock) -> None:
        self._drafts = drafts
        self._photos = photos
        self._lock = lock
        self.reports = Reports(drafts)
        self.finder = Finder(drafts)
        self.revisions = Revisions(drafts)
        self.snapshots = Snapshots(drafts)
        self.outbox = Outbox(drafts)
        self.sending = Sending(drafts)
        self.receipts = Receipts(drafts)
        self.errands = Errands(drafts)
        self.conflicts = Conflicts(drafts)
        self.unfinished = Unfinished(drafts)
        self.photos = PhotoBytes(photos)
        self.account = KeptAccount(drafts)
        self.desk = Desk(drafts)
        self.state = State(drafts)
        self.spelling = SpellingWords(drafts)
        self.trash = Trash(drafts, self.snapshots, self.spelling, self.unfinished)
        self.photo_sweep = PhotoSweep(drafts, self.photos)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do everything inside or nothing of it; one inside another joins it.

        It covers everything but photo bytes, which are on the disk before what refers to them.

        :raises StoreFull: the disk is full; nothing was changed, and the store goes on working.
        """
        with self._drafts.transaction():
            yield

    @property
    def in_transaction(self) -> bool:
        """Whether one is under way, so that what fails takes more with it than itself."""
        return self._drafts.in_transaction

    def check(self) -> None:
        """Read both files through and compare their indexes; slow with many photos.

        :raises StoreUnreadable: one is damaged.
        """
        for database in (self._drafts, self._photos):
            if database.pragma("integrity_check") != "ok":
                raise unreadable(database.file)

    def close(self) -> None:
        """Close both files and let others open the store; a second call does nothing."""
        with ExitStack() as each:  # each is closed, even if another fails
            each.callback(self._lock.release)
            each.callback(self._photos.close)
            each.callback(self._drafts.close)
