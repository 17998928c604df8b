"""The way to the drafts: what stands before them, and which page asks for the key."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from reporterdesk.app import key_work
from reporterdesk.app.opening_key import PLAIN, InHand, Unlock
from reporterdesk.domain.errors import (
    ChangeCancelled,
    ReporterDeskError,
    StoreError,
    StoreFull,
    StoreInUse,
    StoreLocked,
    StoreTooNew,
    VaultUnavailable,
)
from reporterdesk.store.key import StoreKey
from reporterdesk.store.protection import Guard
from reporterdesk.workflow.unlocking import DoorKind, door

if TYPE_CHECKING:
    from reporterdesk.ui.door.page import DoorPage
    from reporterdesk.ui.door.telling import Way
    from reporterdesk.ui.door.window import DoorWindow
    from reporterdesk.ui.errand import Errand
    from reporterdesk.vault import Vault

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """How the drafts can be opened now.

    ``fresh`` says that the key is a new one, whose recovery code is to be shown; ``said`` is a
    sentence for the person.
    """

    unlock: Unlock
    fresh: bool = False
    said: str = ""


class Entrance(QObject):
    """Finds the way to the key, and asks where a person is needed. Lives on the UI thread.

    Its window is made with the first page: an ordinary start needs none.

    :ivar opened: emits an :class:`Entry`.
    :ivar quit_wanted: the person leaves.
    :ivar backup_wanted: the person wants to restore a backup; emits the key, or ``None``.
    """

    opened = Signal(object)
    quit_wanted = Signal()
    backup_wanted = Signal(object)

    def __init__(
        self, home: Path, vault: Callable[[], Vault], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._home, self._vault = home, vault
        self._window: DoorWindow | None = None
        self._errand: Errand | None = None

    @property
    def window(self) -> DoorWindow | None:
        """The door, while it is shown."""
        return self._window

    @Slot()
    def begin(self) -> None:
        """Look what stands before the drafts; where nobody has to be asked, nothing is shown."""
        try:
            found = door(self._home)
        except StoreError as error:
            self.tell_trouble(error)
            return
        match found.kind:
            case DoorKind.NEW:
                self.opened.emit(
                    Entry(partial(key_work.protect_new, self._home, self._vault), fresh=True)
                )
            case DoorKind.KEYRING:
                self.opened.emit(Entry(partial(key_work.key_of_keyring, self._home, self._vault)))
            case DoorKind.PLAIN_CHOSEN:
                self.opened.emit(Entry(PLAIN))
            case DoorKind.PASSPHRASE:
                self.ask_passphrase()
            case DoorKind.PLAIN_BEFORE:
                self._offer_to_encrypt()
            case DoorKind.LOST:
                self._ask_lost_code()

    def locked_out(self, error: Exception) -> None:
        """Find another way: the key could not be had."""
        try:
            found = door(self._home)
        except StoreError as worse:
            self.tell_trouble(worse)
            return
        if not isinstance(error, ReporterDeskError):
            self.tell_trouble(error)
        elif found.kind is DoorKind.NEW and isinstance(error, VaultUnavailable):
            self._choose_protection()
        elif found.protection is not None and found.protection.passphrase is not None:
            self.ask_passphrase(note=str(error))
        elif isinstance(error, StoreLocked | VaultUnavailable):
            self.ask_code(_without_next_step(error))
        else:
            self.tell_trouble(error)

    def ask_passphrase(self, *, locked: bool = False, note: str = "") -> None:
        """Ask for the passphrase."""
        from reporterdesk.ui.door.keys import PassphrasePage

        page = PassphrasePage(locked=locked, note=note)
        page.entered.connect(self._passphrase_entered)
        page.quit_wanted.connect(self.quit_wanted)
        page.code_wanted.connect(partial(self.ask_code, "", locked=locked, note=note))
        self.show(page)

    def ask_code(self, why: str, *, locked: bool = False, note: str = "") -> None:
        """Ask for the recovery code; going back leads to the passphrase, or to another try."""
        if locked:
            back = self.tr("Back")
            self._ask_code(why, back, partial(self.ask_passphrase, locked=True, note=note))
        else:
            self._ask_code(why, self.tr("Back") if not why else self.tr("Try again"), self.begin)

    def _ask_lost_code(self) -> None:
        """Ask for the code where nothing else is left: there is nowhere to go back to."""
        why = self.tr(
            "The file with your drafts is encrypted or damaged, and what says how they were "
            "encrypted is gone. Nothing was changed."
        )
        self._ask_code(why, self.tr("Quit"), self.quit_wanted.emit)

    def _ask_code(self, why: str, back: str, go_back: Callable[[], object]) -> None:
        from reporterdesk.ui.door.keys import RecoveryPage

        page = RecoveryPage(why, back)
        page.entered.connect(self._code_entered)
        page.back_wanted.connect(go_back)
        self.show(page)

    def tell_trouble(self, error: Exception, key: StoreKey | None = None) -> None:
        """Say why the drafts cannot be opened, and what can be done.

        :param key: opens the backups, where it is known.
        """
        from reporterdesk.ui.door.telling import TroublePage, Way

        known = isinstance(error, ReporterDeskError)
        if not known:
            _log.error("Something unexpected happened at the door.", exc_info=error)
        ways: list[Way] = []
        if isinstance(error, StoreError) and not isinstance(
            error, StoreInUse | StoreTooNew | StoreFull
        ):
            restore = partial(self.backup_wanted.emit, key)
            ways.append(Way(self.tr("Restore from backup…"), restore))
        ways.append(Way(self.tr("Try again"), self.begin))
        ways.append(Way(self.tr("Quit"), self.quit_wanted.emit))
        sentences = (
            (error.happened, error.safe, error.next_step)
            if isinstance(error, ReporterDeskError)
            else (self.tr("Something went wrong. The reason is in the log."),)
        )
        self.show(
            TroublePage(self.tr("Your drafts cannot be opened now"), sentences, tuple(ways), None)
        )

    def tell_closing(self, title: str) -> None:
        """Say what is about to be done, while the app closes behind it."""
        from reporterdesk.ui.door.telling import WorkPage

        self.show(WorkPage(title, ""))

    def tell_erased(self, problems: tuple[ReporterDeskError, ...]) -> None:
        """Say that nothing is here any more, and what is left to the person to do."""
        from reporterdesk.ui.door.telling import TroublePage, Way

        words = (
            self.tr(
                "Drafts, photos, history and backups are gone. What you had filed is at the desk."
            ),
            *map(str, problems),
        )
        ways = (
            Way(self.tr("Quit"), self.quit_wanted.emit),
            Way(self.tr("Start anew"), self.begin),
        )
        self.show(TroublePage(self.tr("Everything on this laptop is erased"), words, ways, None))

    def tell_not_erased(self, error: Exception, again: Callable[[], object]) -> None:
        """Say that not everything is gone, and why."""
        from reporterdesk.ui.door.telling import TroublePage, Way

        known = isinstance(error, ReporterDeskError)
        if not known:
            _log.error("The store could not be erased.", exc_info=error)
        words = (str(error) if known else self.tr("Something went wrong."),)
        ways = (
            Way(self.tr("Erase the rest"), again),
            Way(self.tr("Quit"), self.quit_wanted.emit),
        )
        self.show(TroublePage(self.tr("Not everything is erased"), words, ways, None))

    def work(
        self,
        title: str,
        words: str,
        function: Callable[[Errand], Any],
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
        *,
        can_stop: bool = False,
    ) -> None:
        """Show a page that tells how far ``function`` is, which runs on a thread of its own."""
        from reporterdesk.ui.door.telling import WorkPage

        page = WorkPage(title, words, can_stop=can_stop)
        self.show(page)
        errand = self._send(function, done, failed)
        errand.progressed.connect(page.show_progress)
        page.cancelled.connect(errand.cancel)

    def show(self, page: DoorPage) -> None:
        """Show a page; the window is made where there is none."""
        from reporterdesk.ui.door.window import DoorWindow
        from reporterdesk.ui.window_place import read_window_place

        if self._window is None:
            self._window = DoorWindow()
            self._window.closing.connect(self.quit_wanted)
            self._window.stand_where(read_window_place(self._home))
        self._window.show_page(page)
        self._window.show()
        page.take_focus()

    def leave(self) -> None:
        """Close the door's window; the app's own stands."""
        self._drop_errand()
        window, self._window = self._window, None
        if window is not None:
            window.let_close()
            window.deleteLater()

    def close(self) -> None:
        """End: what is under way is asked to stop, and waited for; it is at a safe point soon."""
        errand = self._errand
        self.leave()
        if errand is not None:
            errand.wait(5)

    def _offer_to_encrypt(self) -> None:
        from reporterdesk.ui.door.choices import ConvertPage

        page = ConvertPage()
        page.agreed.connect(self.encrypt)
        page.later.connect(partial(self.opened.emit, Entry(PLAIN)))
        self.show(page)

    def encrypt(self, passphrase: str = "") -> None:
        """Encrypt a plain store: the keyring keeps the key, or the passphrase that was chosen."""
        guard = Guard.PASSPHRASE if passphrase else Guard.KEYRING
        self.work(
            self.tr("Encrypting your drafts…"),
            self.tr("You can stop it at any time; nothing is lost."),
            partial(key_work.convert, self._home, None, guard, self._vault, passphrase),
            lambda key: self.opened.emit(Entry(InHand(key), fresh=True)),
            self._not_encrypted,
            can_stop=True,
        )

    def _not_encrypted(self, error: Exception) -> None:
        if isinstance(error, VaultUnavailable):
            self._choose_protection(before=True)
        elif isinstance(error, ChangeCancelled):
            self.opened.emit(Entry(PLAIN))
        elif isinstance(error, ReporterDeskError):  # they are as they were, and can be opened
            self.opened.emit(Entry(PLAIN, said=str(error)))
        else:
            self.tell_trouble(error)

    def _choose_protection(self, *, before: bool = False) -> None:
        from reporterdesk.ui.door.choices import ProtectPage

        page = ProtectPage()
        page.chosen.connect(self._protect_before if before else self._protect_new)
        page.quit_wanted.connect(self.quit_wanted)
        self.show(page)

    @Slot(str)
    def _protect_new(self, passphrase: str) -> None:
        guard = Guard.PASSPHRASE if passphrase else Guard.NONE
        self._send(
            lambda _errand: key_work.protect_new(self._home, self._vault, guard, passphrase),
            lambda key: self.opened.emit(Entry(InHand(key), fresh=key is not None)),
        )

    @Slot(str)
    def _protect_before(self, passphrase: str) -> None:
        if passphrase:
            self.encrypt(passphrase)
            return
        self._send(
            lambda _errand: key_work.choose_plain(self._home),
            lambda _done: self.opened.emit(Entry(PLAIN)),
        )

    @Slot(str)
    def _passphrase_entered(self, passphrase: str) -> None:
        self._send(
            lambda _errand: key_work.key_of_passphrase(self._home, passphrase, self._vault),
            lambda key: self.opened.emit(Entry(InHand(key))),
        )

    @Slot(str)
    def _code_entered(self, words: str) -> None:
        self._send(
            lambda _errand: key_work.key_of_code(self._home, words, self._vault),
            self._code_was_right,
        )

    def _code_was_right(self, found: tuple[StoreKey, bool]) -> None:
        key, kept = found
        if kept:
            self.opened.emit(Entry(InHand(key)))
            return
        from reporterdesk.ui.door.choices import NewPassphrasePage

        page = NewPassphrasePage()
        page.chosen.connect(partial(self._keep_by_passphrase, key))
        self.show(page)

    def _keep_by_passphrase(self, key: StoreKey, passphrase: str) -> None:
        self._send(
            lambda _errand: key_work.set_passphrase(self._home, key, passphrase),
            lambda _done: self.opened.emit(Entry(InHand(key))),
        )

    def _send(
        self,
        function: Callable[[Errand], Any],
        done: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> Errand:
        from reporterdesk.ui.errand import Errand

        self._drop_errand()
        errand = self._errand = Errand(self)
        errand.done.connect(done)
        errand.failed.connect(failed or self._tell_problem)
        errand.run(function)
        return errand

    @Slot(object)
    def _tell_problem(self, error: Exception) -> None:
        page = self._window.page if self._window is not None else None
        if page is None or not isinstance(error, ReporterDeskError):
            self.tell_trouble(error)
        else:
            page.tell_problem(str(error))

    def _drop_errand(self) -> None:
        errand, self._errand = self._errand, None
        if errand is not None:
            errand.abandon()
            errand.deleteLater()


def _without_next_step(error: ReporterDeskError) -> str:
    return " ".join(part for part in (error.happened, error.safe) if part)
