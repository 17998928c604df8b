"""Which window stands before the person: the app with its drafts, or the door before them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from reporterdesk.app import key_work
from reporterdesk.app.desktop import Desktop
from reporterdesk.app.entrance import Entrance, Entry
from reporterdesk.app.opening_key import InHand
from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.errors import (
    ChangeCancelled,
    ReporterDeskError,
    StoreInUse,
    StoreLocked,
    StoreTooNew,
    StoreUnreadable,
)
from reporterdesk.paths import settings_file
from reporterdesk.settings import load_settings
from reporterdesk.store.key import StoreKey
from reporterdesk.store.protection import Guard
from reporterdesk.ui.clipboard import ClipboardGuard
from reporterdesk.ui.controllers.account import Desk, reference_desk
from reporterdesk.ui.controllers.locking import IdleWatch, SavedFirst
from reporterdesk.ui.garbage import thaw
from reporterdesk.ui.safety import SafetyWish, Wish
from reporterdesk.ui.theme import Theme
from reporterdesk.ui.widgets.notice_bar import Notice

if TYPE_CHECKING:
    from reporterdesk.store.backup_list import Backup
    from reporterdesk.store.restoring import Restored
    from reporterdesk.ui.errand import Errand

_BEFORE_THE_DOOR = (StoreUnreadable, StoreTooNew, StoreInUse, StoreLocked)
"""What keeps a store from being opened at all; anything else the window tells by itself."""


class Shell(QObject):
    """Opens the drafts of one profile, locks them and opens them again. Lives on the UI thread.

    :ivar opened: emitted whenever :attr:`desktop` is another one.
    :ivar ended: emitted when the person has left and everything is saved.
    """

    opened = Signal()
    ended = Signal()

    def __init__(
        self, home: Path, theme: Theme, *, desk: Desk | None = None, clock: Clock = utc_now
    ) -> None:
        super().__init__()
        self._home, self._theme, self._clock = home, theme, clock
        self._desk = desk or reference_desk()
        self._desktop: Desktop | None = None
        self._entry: Entry | None = None
        self.entrance = Entrance(home, self._desk.vault, self)
        self.entrance.opened.connect(self._open)
        self.entrance.quit_wanted.connect(self.close)
        self.entrance.backup_wanted.connect(self._choose_backup)
        self.idle = IdleWatch(QApplication.instance() or self, self)
        self.idle.idle.connect(self._idle)
        self._clipboard = ClipboardGuard(QApplication.clipboard(), self)

    @property
    def desktop(self) -> Desktop | None:
        """The app, while the drafts are open."""
        return self._desktop

    def begin(self) -> None:
        """Show the first window."""
        self._theme.choose(load_settings(settings_file(self._home)).theme)
        self.entrance.begin()

    @Slot()
    def close(self) -> None:
        """Save everything, close what is shown, and end."""
        desktop = self._desktop
        if desktop is not None:
            desktop.close()  # which ends
            return
        self.entrance.close()
        self.ended.emit()

    @Slot()
    def lock(self) -> None:
        """Lock, once everything is saved; text that cannot be saved is not locked away."""
        desktop = self._desktop
        if desktop is None or not desktop.ready or not desktop.security.safety.can_lock:
            return
        self._when_saved(self._lock_now, self.tr("ReporterDesk is not locked. %1"))

    @Slot(object)
    def _open(self, entry: Entry) -> None:
        """Open the drafts; the window is painted before the key is here."""
        self._entry = entry
        desktop = Desktop(
            self._home, self._theme, desk=self._desk, clock=self._clock, unlock=entry.unlock
        )
        self._desktop = desktop
        desktop.closed.connect(self._desktop_closed)
        desktop.locked_out.connect(self._locked_out)
        desktop.refused.connect(self._refused)
        desktop.started.connect(self._started)
        desktop.show()
        self.entrance.leave()
        self.opened.emit()

    @Slot()
    def _started(self) -> None:
        desktop, entry = self._desktop, self._entry
        if desktop is None or entry is None:
            return
        self._entry = None
        security = desktop.security
        security.lock_wanted.connect(self.lock)
        security.change_wanted.connect(self._change)
        desktop.backups.restore_wanted.connect(self._restore)
        security.changed.connect(self._watch)
        desktop.dialogs.settings_changed.connect(self._watch)
        self._watch()
        if entry.said:
            desktop.window.messages.tell(Notice(entry.said, tone="warning"))
        if entry.fresh and security.safety.encrypted:
            security.show_fresh_code()

    @Slot()
    def _watch(self) -> None:
        """Lock when nobody is here, where that is wanted and there is a passphrase."""
        desktop = self._desktop
        if desktop is not None and desktop.ready:
            can_lock = desktop.security.safety.can_lock
            self.idle.watch(desktop.dialogs.settings.lock_after if can_lock else 0)

    @Slot()
    def _idle(self) -> None:
        self.lock()

    def _when_saved(self, then: Callable[[], object], refused: str) -> None:
        desktop = self._desktop
        if desktop is None:
            return
        saved = SavedFirst(desktop.window.pane.autosave, desktop)
        saved.agreed.connect(then)
        saved.agreed.connect(saved.deleteLater)
        saved.refused.connect(partial(self._tell_refused, refused))
        saved.refused.connect(saved.deleteLater)
        saved.ask()

    def _tell_refused(self, words: str, why: str) -> None:
        if self._desktop is not None:
            notice = Notice(words.replace("%1", why), tone="problem")
            self._desktop.window.messages.tell(notice)

    @Slot()
    def _lock_now(self) -> None:
        desktop = self._desktop
        if desktop is None:
            return
        waiting = desktop.outgoing.waiting
        self._put_away(partial(self.entrance.ask_passphrase, locked=True, note=self._note(waiting)))

    def _note(self, waiting: int) -> str:
        if waiting == 0:
            return self.tr("Nothing is sent or fetched while it is locked.")
        if waiting == 1:
            return self.tr("1 report waits in the outbox; it is sent when you unlock.")
        said = self.tr("%1 reports wait in the outbox; they are sent when you unlock.")
        return said.replace("%1", str(waiting))

    def _put_away(self, show_door: partial[None], *, keep_key: bool = False) -> StoreKey | None:
        """Close the app, everything of its words with it, behind a door in the same place.

        :returns: the key, if it is to be kept.
        """
        desktop, self._desktop = self._desktop, None
        if desktop is None:
            return None
        self.idle.watch(0)
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        desktop.keep_place()
        show_door()
        key = desktop.opening_key.key()
        desktop.close()
        desktop.deleteLater()
        self._clipboard.empty()
        if key is not None and not keep_key:
            key.forget()
        # What stands in cycles would keep its words until some later collection.
        QTimer.singleShot(0, thaw)
        return key if keep_key else None

    @Slot(object)
    def _change(self, wish: SafetyWish) -> None:
        """Do what needs the store closed, and open it again."""
        change = partial(self._change_now, wish)
        if wish.wish is Wish.ERASE:  # there is nothing to be saved any more
            change()
        else:
            self._when_saved(change, self.tr("Nothing was changed. %1"))

    def _change_now(self, wish: SafetyWish) -> None:
        desktop = self._desktop
        if desktop is None:
            return
        account = desktop.account.account
        closing = partial(self.entrance.tell_closing, self._title(wish.wish))
        key = self._put_away(closing, keep_key=True)
        match wish.wish:
            case Wish.ENCRYPT:
                self.entrance.encrypt()
            case Wish.ERASE:
                if key is not None:
                    key.forget()
                self._erase(partial(key_work.erase, self._home, self._desk.vault, account))
            case Wish.ROTATE if key is not None:
                rotate = partial(key_work.rotate, self._home, key, self._desk.vault)
                self._work(wish.wish, lambda errand: rotate(wish.passphrase, errand), key)
            case Wish.DECRYPT if key is not None:
                convert = partial(key_work.convert, self._home, key, Guard.NONE)
                self._work(wish.wish, lambda errand: convert(self._desk.vault, "", errand), key)
            case _:
                self.begin()

    def _title(self, wish: Wish) -> str:
        return {
            Wish.ENCRYPT: self.tr("Encrypting your drafts…"),
            Wish.DECRYPT: self.tr("Turning encryption off…"),
            Wish.ROTATE: self.tr("Making a new key…"),
            Wish.ERASE: self.tr("Erasing…"),
        }[wish]

    def _work(self, wish: Wish, work: Callable[[Errand], StoreKey | None], old: StoreKey) -> None:
        self.entrance.work(
            self._title(wish),
            self.tr("You can stop it at any time; nothing is lost."),
            work,
            partial(self._changed, old),
            partial(self._not_changed, old),
            can_stop=True,
        )

    def _changed(self, old: StoreKey, new: StoreKey | None) -> None:
        if new is not old:
            old.forget()
        self._open(Entry(InHand(new), fresh=new is not None))

    def _not_changed(self, old: StoreKey, error: Exception) -> None:
        """Open the drafts as they were."""
        if isinstance(error, ChangeCancelled):
            self._open(Entry(InHand(old)))
        elif isinstance(error, ReporterDeskError):
            self._open(Entry(InHand(old), said=str(error)))
        else:
            self.entrance.tell_trouble(error, old)

    def _erase(self, erase: Callable[[Errand], object]) -> None:
        self.entrance.work(
            self._title(Wish.ERASE),
            "",
            erase,
            self.entrance.tell_erased,
            lambda error: self.entrance.tell_not_erased(error, partial(self._erase, erase)),
        )

    @Slot(object)
    def _choose_backup(self, key: StoreKey | None) -> None:
        """Offer the backups where the drafts cannot be opened."""
        from reporterdesk.ui.windows.restore_backup import RestoreBackupDialog

        dialog = RestoreBackupDialog(self._home, key, self.entrance.window)
        dialog.restore_wanted.connect(partial(self._restore_now, key))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(object)
    def _restore(self, backup: Backup) -> None:
        """Put a backup in the place of the drafts, which are saved and closed first."""
        self._when_saved(
            partial(self._close_to_restore, backup), self.tr("Nothing was restored. %1")
        )

    def _close_to_restore(self, backup: Backup) -> None:
        key = self._put_away(
            partial(self.entrance.tell_closing, self.tr("Restoring the backup…")), keep_key=True
        )
        self._restore_now(key, backup)

    def _restore_now(self, key: StoreKey | None, backup: Backup) -> None:
        self.entrance.work(
            self.tr("Restoring the backup…"),
            self.tr("You can stop it at any time; nothing is lost."),
            partial(key_work.restore, self._home, key, backup, self._clock),
            partial(self._restored, key),
            partial(self._not_restored, key),
            can_stop=True,
        )

    def _restored(self, key: StoreKey | None, restored: Restored) -> None:
        said = self.tr(
            "The backup is restored. What you had before is set aside: “Restore from backup…” "
            "lists it, too."
        )
        if restored.photos_missing:
            lost = self.tr("Photo files that are nowhere any more: %1.")
            said += " " + lost.replace("%1", str(restored.photos_missing))
        self._open(Entry(InHand(key), said=said))

    def _not_restored(self, key: StoreKey | None, error: Exception) -> None:
        """Go back to the drafts as they are, or to what is in their way."""
        if isinstance(error, ChangeCancelled):
            self._open(Entry(InHand(key)))
        elif isinstance(error, ReporterDeskError):
            self._open(Entry(InHand(key), said=str(error)))
        else:
            self.entrance.tell_trouble(error, key)

    @Slot(object)
    def _locked_out(self, error: Exception) -> None:
        self._put_away(partial(self.entrance.locked_out, error))

    @Slot(object)
    def _refused(self, error: Exception) -> None:
        """Go back to the door, unless words were typed meanwhile: those are not closed over."""
        desktop = self._desktop
        if desktop is None or desktop.window.pane.unsaved:
            return
        if isinstance(error, _BEFORE_THE_DOOR):
            key = desktop.opening_key.key()
            self._put_away(partial(self.entrance.tell_trouble, error, key), keep_key=True)

    @Slot()
    def _desktop_closed(self) -> None:
        desktop, self._desktop = self._desktop, None
        if desktop is None:  # it was put away
            return
        key = desktop.opening_key.key()
        if key is not None:
            key.forget()
        self.entrance.close()
        self.ended.emit()
