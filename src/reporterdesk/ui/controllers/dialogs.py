"""Opens the dialogs: sign-in, settings, help, about, the log folder, and bugs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QWidget

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.errors import ReporterDeskError
from reporterdesk.domain.people import Account
from reporterdesk.paths import logs_folder, settings_file
from reporterdesk.settings import LARGEST_TEXT, SMALLEST_TEXT, Settings, save_settings
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.background import Background
from reporterdesk.ui.controllers.account import AccountRoom
from reporterdesk.ui.controllers.security import Security
from reporterdesk.ui.theme import Theme
from reporterdesk.ui.widgets.notice_bar import Notice
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.ui.windows.settings_dialog import SettingsDialog

_log = logging.getLogger(__name__)


class Dialogs(QObject):
    """Makes each dialog when it is asked for. Lives on the UI thread; no dialog blocks it.

    :ivar settings_changed: emits the new :class:`Settings`, which are kept already.
    """

    settings_changed = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        actions: Actions,
        background: Background,
        account: AccountRoom,
        theme: Theme,
        home: Path,
        settings: Settings,
        security: Security,
        *,
        clock: Clock = utc_now,
    ) -> None:
        super().__init__(window)
        self._security = security
        security.settings_wanted.connect(self.show_security)
        self._window, self._background, self._account = window, background, account
        self._changed_keys = actions.changed_keys
        self._theme, self._home, self._clock = theme, home, clock
        self._settings = settings
        self._open: dict[str, QDialog] = {}
        self._pages: dict[str, tuple[str, Callable[[], QWidget]]] = {}
        account.changed.connect(self._remember_account)
        account.no_keyring.connect(self._no_keyring)
        account.sign_in_wanted.connect(self._sign_in_again)
        background.unexpected_error.connect(self.tell_bug)
        for name, slot in (
            ("account.sign_in", self.sign_in),
            ("account.sign_out", account.sign_out),
            ("app.settings", self.show_settings),
            ("app.about", self.show_about),
            ("app.help", self.show_help),
            ("app.logs", self.open_logs),
            ("view.larger_text", self._larger),
            ("view.smaller_text", self._smaller),
            ("view.normal_text", self._normal),
        ):
            actions.bind(name, slot)

    @property
    def settings(self) -> Settings:
        """What is chosen now."""
        return self._settings

    @Slot()
    def sign_in(self) -> None:
        """Ask for address, e-mail and password."""
        self._ask_to_sign_in("")

    @Slot()
    def show_settings(self) -> None:
        """Show the settings; they hold as soon as they are chosen."""
        self._settings_dialog()

    def offer_page(self, name: str, title: str, make: Callable[[], QWidget]) -> None:
        """Let the settings have one more page, made each time that they are shown."""
        self._pages[name] = (title, make)

    def show_page(self, name: str) -> None:
        """Show the settings, turned to the page that was offered as ``name``."""
        self._settings_dialog().show_page(self._pages[name][0])

    def _settings_dialog(self) -> SettingsDialog:
        from reporterdesk.ui.windows.settings_dialog import SettingsDialog

        dialog = SettingsDialog(
            self._settings,
            self._home,
            self._account.account,
            self._window,
            security=self._security.make_page(self._settings.lock_after),
            pages=[(title, make()) for title, make in self._pages.values()],
        )
        dialog.changed.connect(self.change_settings)
        dialog.sign_in_wanted.connect(self.sign_in)
        dialog.sign_out_wanted.connect(self._account.sign_out)
        self._account.changed.connect(dialog.show_account)
        self._show("settings", dialog)
        return dialog

    @Slot()
    def show_security(self) -> None:
        """Show the settings, turned to the page on safety."""
        self._settings_dialog().show_security()

    @Slot()
    def show_about(self) -> None:
        """Show the version and the licence."""
        from reporterdesk.ui.windows.about import AboutDialog

        self._show("about", AboutDialog(self._window))

    @Slot()
    def show_help(self) -> None:
        """Show the help."""
        from reporterdesk.ui.windows.help import HelpWindow

        self._show("help", HelpWindow(self._window, self._changed_keys()))

    @Slot()
    def open_logs(self) -> None:
        """Show the folder of the log files."""
        folder = logs_folder(self._home)
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    @Slot(object)
    def change_settings(self, settings: Settings) -> None:
        """Keep the settings, and let them hold."""
        self._settings = settings
        try:
            save_settings(settings_file(self._home), settings)
        except OSError as error:
            said = self.tr("The settings could not be kept: %1. They hold until you quit.")
            text = said.replace("%1", error.strerror or str(error))
            self._window.messages.tell(Notice(text, tone="warning"))
        self._theme.choose(settings.theme)
        self.settings_changed.emit(settings)

    @Slot(object)
    def tell_bug(self, error: BaseException) -> None:
        """Tell of a bug, calmly and once."""
        from reporterdesk.ui.windows.unexpected_error import UnexpectedErrorDialog

        _log.error("Something unexpected happened.", exc_info=error)
        if "bug" not in self._open:
            logs = logs_folder(self._home)
            self._show("bug", UnexpectedErrorDialog(error, logs, self._clock(), self._window))

    def close(self) -> None:
        """Close whatever dialog is open."""
        for dialog in tuple(self._open.values()):
            dialog.reject()

    def _ask_to_sign_in(self, reason: str) -> None:
        from reporterdesk.ui.windows.sign_in import SignInDialog

        known = self._account.account
        dialog = SignInDialog(
            self._background,
            self._account.signing_in,
            self._account.abandon,
            server_url=known.server_url if known else self._settings.server_url,
            email=known.person.email if known else self._settings.email,
            reason=reason,
            parent=self._window,
        )
        dialog.signed_in.connect(self._account.take)
        self._show("sign_in", dialog)

    @Slot(object)
    def _remember_account(self, account: Account | None) -> None:
        """Keep address and e-mail, for the form after a sign-out. Never the token."""
        if account is None:
            return
        known = replace(self._settings, server_url=account.server_url, email=account.person.email)
        if known != self._settings:
            self.change_settings(known)

    @Slot()
    def _sign_in_again(self) -> None:
        self._ask_to_sign_in(
            self.tr("Sign in again to send and receive. You can write without it.")
        )

    @Slot(object)
    def _no_keyring(self, problem: ReporterDeskError) -> None:
        self._window.messages.tell(Notice(str(problem), tone="warning"))

    @Slot()
    def _larger(self) -> None:
        self._resize_text(self._settings.text_size + 1)

    @Slot()
    def _smaller(self) -> None:
        self._resize_text(self._settings.text_size - 1)

    @Slot()
    def _normal(self) -> None:
        self._resize_text(Settings().text_size)

    def _resize_text(self, size: int) -> None:
        kept = min(max(size, SMALLEST_TEXT), LARGEST_TEXT)
        self.change_settings(replace(self._settings, text_size=kept))

    def _show(self, name: str, dialog: QDialog) -> None:
        old = self._open.pop(name, None)
        if old is not None:
            old.reject()
        self._open[name] = dialog
        dialog.finished.connect(_Forget(self._open, name, dialog))
        dialog.setModal(name in {"sign_in", "bug"})
        dialog.show()
        dialog.raise_()


class _Forget:
    """Drops a dialog that was closed."""

    def __init__(self, opened: dict[str, QDialog], name: str, dialog: QDialog) -> None:
        self._opened, self._name, self._dialog = opened, name, dialog

    def __call__(self, _result: int) -> None:
        if self._opened.get(self._name) is self._dialog:
            del self._opened[self._name]
        self._dialog.deleteLater()
