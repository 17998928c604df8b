"""The key that opens the store: here already, or fetched where the window does not wait for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal, Slot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errors import StoreError, StoreLocked
from reporterdesk.store.first_screen import FirstScreen, read_first_screen
from reporterdesk.store.key import StoreKey

Unlock: TypeAlias = Callable[[], "StoreKey | None"]
"""Returns the store's key, ``None`` for a plain store; may block, as keyrings do."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class InHand:
    """An :data:`Unlock` that need not be waited for; without a key, the store is a plain one."""

    key: StoreKey | None = None

    def __call__(self) -> StoreKey | None:
        """Return the key."""
        return self.key


PLAIN = InHand()
"""For a store that is not encrypted."""


class OpeningKey(QObject):
    """Gets the key and reads the first screen with it. Lives on the UI thread.

    A key in hand is used at once. Any other is fetched on a thread of its own, which is left to
    itself where the window is closed first: a keyring may ask a person, and wait for ever. A store
    of an older release is brought to this version there, too; what fails then, fails again where
    the store is opened, and is told from there.

    :ivar read: emits the :class:`FirstScreen` once a fetched key is here.
    :ivar brought_forward: emits how much of bringing the store to this version is done, 0 to 1.
    :ivar failed: emits why there is no key: a known error, or a bug.
    """

    read = Signal(object)
    brought_forward = Signal(float)
    failed = Signal(object)

    def __init__(self, home: Path, unlock: Unlock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home, self._unlock = home, unlock
        self._key: Future[StoreKey | None] = Future()
        self._given_up = False
        self._first = FirstScreen()
        if isinstance(unlock, InHand):
            self._first = read_first_screen(home, unlock.key)
            if not self._first.behind:
                self._key.set_result(unlock.key)

    @property
    def here(self) -> bool:
        """Whether the key is here, or is not needed, and fits a store of this version."""
        return self._key.done() and self._key.exception() is None

    def first_screen(self) -> FirstScreen:
        """Return the first screen, read with a key in hand; an empty one without."""
        return self._first

    @Slot()
    def fetch(self) -> None:
        """Begin to fetch the key, and to bring the store to this version where it is behind."""
        # A daemon: a keyring that never answers must not keep the process alive.
        threading.Thread(target=self._fetch, name="key", daemon=True).start()

    def wait(self) -> StoreKey | None:
        """Return the key once it is here. For the store thread; not for the UI thread.

        :raises StoreLocked: there will be none.
        """
        return self._key.result()

    def key(self) -> StoreKey | None:
        """Return the key that is :attr:`here`; ``None`` before, and for a plain store."""
        return self._key.result() if self.here else None

    def give_up(self) -> None:
        """Wait no longer: who waits for the key is told that there is none."""
        self._given_up = True
        try:
            self._key.set_exception(StoreLocked())
        except InvalidStateError:  # it came first
            return

    def _fetch(self) -> None:
        """Runs on the thread of the key."""
        try:
            key = self._unlock()
            first = self._read(key)
        except Exception as error:  # noqa: BLE001 - the window tells of it, whatever it is
            self._refuse(error)
            return
        try:
            self._key.set_result(key)
        except InvalidStateError:  # nobody waits any more
            if key is not None:
                key.forget()
            return
        self._tell(self.read.emit, first)

    def _read(self, key: StoreKey | None) -> FirstScreen:
        first = read_first_screen(self._home, key)
        if not first.behind:
            return first
        from reporterdesk.store.opening import open_store

        with suppress(StoreError):
            told = partial(self._tell, self.brought_forward.emit)
            open_store(self._home, clock=utc_now, key=key, progress=told).close()
        return read_first_screen(self._home, key)

    def _refuse(self, error: Exception) -> None:
        try:
            self._key.set_exception(error)
        except InvalidStateError:
            return
        self._tell(self.failed.emit, error)

    def _tell(self, emit: Callable[[object], None], value: object) -> None:
        if self._given_up:
            return
        try:
            emit(value)
        except RuntimeError:  # the window is gone, and its Qt objects with it
            _log.debug("A key came after the end.")
