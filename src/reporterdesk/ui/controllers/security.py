"""How the open store is protected: told in the window, changed in the settings."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog

from reporterdesk.domain.errors import ReporterDeskError, StoreError
from reporterdesk.domain.places import Place
from reporterdesk.store.key import StoreKey
from reporterdesk.store.protection import Guard, read_protection
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.background import Background
from reporterdesk.ui.safety import Safety, SafetyWish, Wish, safety_of
from reporterdesk.ui.widgets.notice_bar import Notice
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.store.store import Store
    from reporterdesk.ui.widgets.security_page import SecurityPage
    from reporterdesk.vault import Vault

_log = logging.getLogger(__name__)


class Security(QObject):
    """Asks what has to be asked before the protection changes. Lives on the UI thread.

    What needs the store closed is wished for by :attr:`change_wanted`; the rest is done here.

    :ivar changed: emits the :class:`Safety` when it is another one.
    :ivar lock_wanted: emitted when the app is to be locked, and can be unlocked again.
    :ivar change_wanted: emits a :class:`SafetyWish`.
    :ivar settings_wanted: emitted when the person wants to see the page of the settings.
    """

    changed = Signal(object)
    lock_wanted = Signal()
    change_wanted = Signal(object)
    settings_wanted = Signal()

    def __init__(
        self,
        window: MainWindow,
        actions: Actions,
        background: Background,
        home: Path,
        key: StoreKey | None,
        vault: Callable[[], Vault],
    ) -> None:
        super().__init__(window)
        self._window, self._background = window, background
        self._home, self._key, self._vault = home, key, vault
        self._fresh = False
        self._dialog: QDialog | None = None
        self._safety = Safety()
        window.safety.clicked.connect(self._help_with_it)
        actions.bind("app.lock", self.lock)
        self.look_again()
        actions.show(self._safety.encrypted, "app.lock")

    @property
    def safety(self) -> Safety:
        """How the store is protected now."""
        return self._safety

    @property
    def dialog(self) -> QDialog | None:
        """What is asked at the moment."""
        return self._dialog

    @Slot()
    def look_again(self) -> None:
        """Read how the store is protected, and say it in the window."""
        try:
            self._safety = Safety() if self._key is None else safety_of(read_protection(self._home))
        except StoreError:  # it is open, so it is encrypted, however that is written down
            _log.warning("How the store is protected could not be read.", exc_info=True)
            self._safety = Safety(Guard.KEYRING)
        self._window.safety.tell(self._words(), warning=not self._safety.encrypted)
        self.changed.emit(self._safety)

    def make_page(self, lock_after: int) -> SecurityPage:
        """Return the page of the settings, its buttons connected."""
        from reporterdesk.ui.widgets.security_page import SecurityPage

        page = SecurityPage(lock_after)
        page.tell(self._safety)
        self.changed.connect(page.tell)
        page.passphrase_wanted.connect(self.set_passphrase)
        page.no_passphrase_wanted.connect(self.remove_passphrase)
        page.guard_chosen.connect(self.set_guard)
        page.code_wanted.connect(self.show_code)
        page.new_key_wanted.connect(self.rotate)
        page.encryption_wanted.connect(self.encrypt)
        page.no_encryption_wanted.connect(self.decrypt)
        page.erase_wanted.connect(self.erase)
        return page

    @Slot()
    def lock(self) -> None:
        """Lock; where there is no passphrase to unlock with, choose one first."""
        if self._safety.can_lock:
            self.lock_wanted.emit()
        elif self._safety.encrypted:
            self._ask_new_passphrase(then=self.lock_wanted.emit)

    def show_fresh_code(self) -> None:
        """Show the code of a key that was made just now: nothing is asked before."""
        self._fresh = True
        self.show_code()

    @Slot()
    def show_code(self) -> None:
        """Show the recovery code, to somebody who knows the passphrase."""
        if self._key is None:
            return
        if self._fresh:
            self._show_code()
        elif self._safety.can_lock:
            self._ask_passphrase(
                self.tr("Your recovery code"), (), lambda _words: self._show_code()
            )
        else:
            self._ask_new_passphrase(then=self._show_code)

    @Slot()
    def set_passphrase(self) -> None:
        """Choose a passphrase, or another one in place of one that is known."""
        if self._safety.can_lock:
            self._ask_passphrase(
                self.tr("Change the passphrase"),
                (self.tr("First the one that holds now."),),
                lambda _words: self._ask_new_passphrase(),
            )
        else:
            self._ask_new_passphrase()

    @Slot()
    def remove_passphrase(self) -> None:
        """Let no passphrase open the store any more."""
        self._ask_passphrase(
            self.tr("Remove the passphrase"),
            (self.tr("Without one, ReporterDesk cannot be locked."),),
            lambda _words: self._do(partial(_remove_passphrase, self._home)),
        )

    @Slot(object)
    def set_guard(self, guard: Guard) -> None:
        """Let the keyring keep the key, or ask for the passphrase at each start."""
        key = self._key
        if key is None or guard is self._safety.guard:
            return
        change = partial(_change_guard, self._home, key, guard, self._vault)
        if guard is Guard.PASSPHRASE and not self._safety.can_lock:
            self._ask_new_passphrase(then=lambda: self._do(change))
        else:
            self._do(change)

    @Slot()
    def rotate(self) -> None:
        """Make a new key, and with it a new recovery code."""
        words = (
            self.tr(
                "For when somebody may have seen your recovery code. Everything is encrypted "
                "anew, and the old code opens nothing any more. It takes a moment."
            ),
        )
        self._wish(Wish.ROTATE, self.tr("Make a new key?"), words, self.tr("Make a new key"))

    @Slot()
    def encrypt(self) -> None:
        """Encrypt a store that is not."""
        words = (
            self.tr(
                "Everything on this laptop is encrypted, photos and backups too. It takes a "
                "moment, and nothing can be lost by it."
            ),
        )
        self._wish(Wish.ENCRYPT, self.tr("Encrypt your drafts?"), words, self.tr("Encrypt"))

    @Slot()
    def decrypt(self) -> None:
        """Turn the encryption off, for somebody who means it."""
        words = (
            self.tr(
                "Whoever has this laptop, or a copy of its disk, can then read your drafts, "
                "photos and backups. The window will always say so."
            ),
        )
        title = self.tr("Turn encryption off?")
        self._wish(Wish.DECRYPT, title, words, self.tr("Turn it off"), harmful=True)

    @Slot()
    def erase(self) -> None:
        """Erase everything on this laptop, asked twice."""
        count = partial(_only_here, self._safety.encrypted)
        self._background.in_store(count, self._ask_to_erase, self._tell_problem)

    def close(self) -> None:
        """Close what is asked."""
        if self._dialog is not None:
            self._dialog.reject()

    def _words(self) -> str:
        if not self._safety.encrypted:
            return self.tr("Not encrypted")
        return "" if self._safety.code_kept else self.tr("Recovery code not written down")

    @Slot()
    def _help_with_it(self) -> None:
        if self._safety.encrypted:
            self.show_code()
        else:
            self.settings_wanted.emit()

    def _ask_to_erase(self, only_here: Any) -> None:
        from reporterdesk.ui.windows.erase_dialog import EraseDialog

        dialog = EraseDialog(only_here, self._window)
        dialog.agreed.connect(self._ask_again_to_erase)
        self._show(dialog)

    @Slot()
    def _ask_again_to_erase(self) -> None:
        from reporterdesk.ui.windows.erase_dialog import EraseForGoodDialog

        dialog = EraseForGoodDialog(self._window)
        dialog.agreed.connect(lambda: self.change_wanted.emit(SafetyWish(Wish.ERASE)))
        self._show(dialog)

    def _wish(
        self, wish: Wish, title: str, words: tuple[str, ...], go_on: str, *, harmful: bool = False
    ) -> None:
        """Ask whether it is meant; where there is a passphrase, by asking for it."""
        if self._safety.can_lock:
            self._ask_passphrase(
                title, words, lambda given: self.change_wanted.emit(SafetyWish(wish, given))
            )
            return
        from reporterdesk.ui.windows.asking import AskingDialog

        dialog = AskingDialog(title, words, go_on, self._window, harmful=harmful)
        dialog.agreed.connect(lambda: self.change_wanted.emit(SafetyWish(wish)))
        self._show(dialog)

    def _ask_passphrase(
        self, title: str, words: tuple[str, ...], right: Callable[[str], object]
    ) -> None:
        from reporterdesk.ui.windows.asking import PassphraseDialog

        check = partial(_check_passphrase, self._home)
        said = words or (self.tr("Enter your passphrase."),)
        dialog = PassphraseDialog(title, said, self._background, check, self._window)
        dialog.right.connect(right)
        self._show(dialog)

    def _ask_new_passphrase(self, *, then: Callable[[], object] | None = None) -> None:
        from reporterdesk.ui.windows.asking import NewPassphraseDialog

        dialog = NewPassphraseDialog(
            self.tr("Choose a passphrase"),
            (
                self.tr(
                    "It unlocks ReporterDesk after Ctrl+L, and is asked for before anything here "
                    "is changed. Your recovery code opens the drafts should you forget it."
                ),
            ),
            self.tr("Set the passphrase"),
            self._window,
        )
        dialog.chosen.connect(lambda words: self._set_passphrase(words, then))
        self._show(dialog)

    def _set_passphrase(self, passphrase: str, then: Callable[[], object] | None) -> None:
        if self._key is not None:
            self._do(partial(_set_passphrase, self._home, self._key, passphrase), then)

    def _do(self, work: Callable[[], Any], then: Callable[[], object] | None = None) -> None:
        """Do it in the pool, look what holds then, and go on."""

        def done(_result: object) -> None:
            self.look_again()
            if then is not None:
                then()

        self._background.in_pool(work, done, self._tell_problem)

    def _show_code(self) -> None:
        if self._key is not None:
            self._background.in_pool(partial(_words_of, self._key), self._show_words)

    def _show_words(self, words: tuple[str, ...]) -> None:
        from reporterdesk.ui.windows.recovery_code import RecoveryCodeDialog

        dialog = RecoveryCodeDialog(words, self._window)
        dialog.kept.connect(self._code_kept)
        self._show(dialog)

    @Slot()
    def _code_kept(self) -> None:
        self._do(partial(_confirm_kept, self._home))

    def _tell_problem(self, error: Exception) -> None:
        self.look_again()
        if isinstance(error, ReporterDeskError):
            self._window.messages.tell(Notice(str(error), tone="warning"))

    def _show(self, dialog: QDialog) -> None:
        self.close()
        self._dialog = dialog
        dialog.finished.connect(partial(self._closed, dialog))
        dialog.setModal(True)
        dialog.show()

    def _closed(self, dialog: QDialog, _result: int) -> None:
        if self._dialog is dialog:
            self._dialog = None
        dialog.deleteLater()


def _check_passphrase(home: Path, passphrase: str) -> StoreKey:
    from reporterdesk.workflow.unlocking import key_from_passphrase

    return key_from_passphrase(home, passphrase)


def _set_passphrase(home: Path, key: StoreKey, passphrase: str) -> None:
    from reporterdesk.workflow.protecting import set_passphrase

    set_passphrase(home, key, passphrase)


def _remove_passphrase(home: Path) -> None:
    from reporterdesk.workflow.protecting import remove_passphrase

    remove_passphrase(home)


def _change_guard(home: Path, key: StoreKey, guard: Guard, vault: Callable[[], Vault]) -> None:
    from reporterdesk.workflow.protecting import change_guard

    change_guard(home, key, guard, vault=vault())


def _words_of(key: StoreKey) -> tuple[str, ...]:
    from reporterdesk.workflow.protecting import recovery_words

    return recovery_words(key)


def _confirm_kept(home: Path) -> None:
    from reporterdesk.workflow.protecting import confirm_recovery_kept

    confirm_recovery_kept(home)


def _only_here(encrypted: bool, store: Store) -> Any:
    from reporterdesk.ui.windows.erase_dialog import OnlyHere

    counts = store.reports.counts()
    drafts = counts[Place.DRAFTS] + counts[Place.RETURNED]
    return OnlyHere(drafts, counts[Place.OUTBOX], counts[Place.TRASH], encrypted)
