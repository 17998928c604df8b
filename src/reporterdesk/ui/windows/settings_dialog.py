"""The settings: they hold from the moment they are chosen, there is nothing to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.domain.people import Account
from reporterdesk.settings import Settings
from reporterdesk.ui.widgets.choice import languages
from reporterdesk.ui.widgets.security_page import SecurityPage

_SIZES = (10, 11, 12, 13, 14, 16, 18, 20, 24, 28, 32)
"""Points that are offered; any other that is set is offered too."""

T = TypeVar("T", str, int)


class SettingsDialog(QDialog):
    """Shows and changes the settings. Lives on the UI thread.

    :ivar changed: emits the new :class:`Settings` at each change; keeping them is the owner's.
    :ivar sign_in_wanted: the button was pressed.
    :ivar sign_out_wanted: the button was pressed.
    """

    changed = Signal(object)
    sign_in_wanted = Signal()
    sign_out_wanted = Signal()

    def __init__(
        self,
        settings: Settings,
        home: Path,
        account: Account | None,
        parent: QWidget | None = None,
        *,
        security: SecurityPage | None = None,
        pages: Sequence[tuple[str, QWidget]] = (),
    ) -> None:
        super().__init__(parent)
        self._security, self._more = security, pages
        self._settings = settings
        self._home = home
        self.setWindowTitle(self.tr("Settings"))
        self._theme = self._combo(
            self.tr("Appearance"),
            (
                ("system", self.tr("As the system has it")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
            ),
            settings.theme,
        )
        self._size = self._combo(
            self.tr("Text size while writing"),
            tuple((size, self.tr("{size} pt").format(size=size)) for size in _sizes(settings)),
            settings.text_size,
        )
        self._language = self._combo(
            self.tr("Language of new reports"),
            (("", self.tr("As the system has it")), *languages()),
            settings.report_language,
        )
        self._byline = QLineEdit(settings.byline, self)
        self._byline.setAccessibleName(self.tr("Byline of new reports"))
        self._byline.setPlaceholderText(self.tr("Your name, when you are signed in"))
        self._smart = QCheckBox(self.tr("Quotes, dashes and “…” as the language writes them"), self)
        self._smart.setAccessibleName(self.tr("While typing"))
        self._smart.setAccessibleDescription(self._smart.text())
        self._smart.setChecked(settings.smart_typing)
        self._keyboard = QWidget(self)
        self._keys_room = QVBoxLayout(self._keyboard)
        self._keys_room.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget(self)
        self._build()
        self.show_account(account)
        if security is not None:
            security.lock_after_chosen.connect(self._lock_after)
        self._theme.currentIndexChanged.connect(self._change)
        self._size.currentIndexChanged.connect(self._change)
        self._language.currentIndexChanged.connect(self._change)
        self._byline.editingFinished.connect(self._change)
        self._smart.toggled.connect(self._change)

    @property
    def settings(self) -> Settings:
        """The settings as they are chosen now."""
        return self._settings

    def show_security(self) -> None:
        """Turn to the page on safety."""
        if self._security is not None:
            self._tabs.button(1).click()

    def show_page(self, title: str) -> None:
        """Turn to the page with this title."""
        for tab in self._tabs.buttons():
            if tab.text() == title:
                tab.click()

    def show_account(self, account: Account | None) -> None:
        """Say who is signed in, and offer the other."""
        if account is None:
            self._account.setText(self.tr("Nobody is signed in."))
        else:
            self._account.setText(
                self.tr("{name} · {email}\n{server}").format(
                    name=account.person.name,
                    email=account.person.email,
                    server=account.server_url,
                )
            )
        self._sign_out.setVisible(account is not None)
        self._sign_in.setVisible(account is None)

    def _combo(self, name: str, choices: tuple[tuple[T, str], ...], chosen: T) -> QComboBox:
        combo = QComboBox(self)
        combo.setAccessibleName(name)
        for value, text in choices:
            combo.addItem(text, value)
        if combo.findData(chosen) < 0:
            combo.addItem(str(chosen), chosen)
        combo.setCurrentIndex(combo.findData(chosen))
        return combo

    def _build(self) -> None:
        form = QFormLayout(general := QWidget(self))
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in (self._theme, self._size, self._language, self._byline, self._smart):
            label = QLabel(field.accessibleName(), self)
            label.setBuddy(field)
            form.addRow(label, field)
        form.addRow(QLabel(self.tr("Account"), self), self._build_account())
        form.addRow(QLabel(self.tr("Kept on this laptop in"), self), self._build_folder())
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(24)
        self._pages.addWidget(_at_the_top(general))
        titles = [self.tr("General")]
        if self._security is not None:
            titles.append(self.tr("Security"))
            self._pages.addWidget(_at_the_top(self._security))
        for title, page in self._more:
            titles.append(title)
            self._pages.addWidget(_at_the_top(page))
        titles.append(self.tr("Keyboard"))
        self._pages.addWidget(self._keyboard)
        column.addWidget(self._build_tabs(titles))
        column.addWidget(self._pages, 1)
        column.addWidget(buttons)
        self.setMinimumWidth(648)

    def _build_tabs(self, titles: list[str]) -> QWidget:
        """Build the buttons for the pages."""
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._tabs = QButtonGroup(holder)
        for number, text in enumerate(titles):
            tab = QToolButton(holder)
            tab.setText(text)
            tab.setCheckable(True)
            tab.setProperty("role", "segment")
            tab.setChecked(number == 0)
            self._tabs.addButton(tab, number)
            row.addWidget(tab)
        row.addStretch(1)
        self._tabs.idClicked.connect(self._turn_to)
        return holder

    @Slot(int)
    def _turn_to(self, number: int) -> None:
        """Show a page; the one on keys is made when it is first wanted."""
        if self._pages.widget(number) is self._keyboard and self._keys_room.isEmpty():
            from reporterdesk.ui.keyboard.page import KeyboardPage

            keys = KeyboardPage(self._settings.shortcuts, self._keyboard)
            keys.chosen.connect(self._keys_chosen)
            self._keys_room.addWidget(keys)
        self._pages.setCurrentIndex(number)

    def _build_account(self) -> QWidget:
        self._account = _selectable(self)
        self._sign_in = self._button(self.tr("Sign in…"))
        self._sign_in.clicked.connect(self.sign_in_wanted)
        self._sign_out = self._button(self.tr("Sign out"))
        self._sign_out.clicked.connect(self.sign_out_wanted)
        return _row(self, self._account, self._sign_in, self._sign_out)

    def _build_folder(self) -> QWidget:
        path = _selectable(self)
        path.setText(_breakable(self._home))
        path.setAccessibleName(self.tr("Folder of your reports: {path}").format(path=self._home))
        show = self._button(self.tr("Open folder"))
        show.clicked.connect(self._open_folder)
        return _row(self, path, show)

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        return button

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._home)))

    @Slot()
    def _change(self) -> None:
        chosen = replace(
            self._settings,
            theme=self._theme.currentData(),
            text_size=self._size.currentData(),
            report_language=self._language.currentData(),
            byline=self._byline.text().strip(),
            smart_typing=self._smart.isChecked(),
        )
        if chosen != self._settings:
            self._settings = chosen
            self.changed.emit(chosen)

    @Slot(object)
    def _keys_chosen(self, shortcuts: dict[str, str]) -> None:
        self._settings = replace(self._settings, shortcuts=shortcuts)
        self.changed.emit(self._settings)

    @Slot(int)
    def _lock_after(self, minutes: int) -> None:
        self._settings = replace(self._settings, lock_after=minutes)
        self.changed.emit(self._settings)

    def done(self, result: int) -> None:
        """Take what is still being typed, then close."""
        self._change()
        super().done(result)


def _sizes(settings: Settings) -> tuple[int, ...]:
    return tuple(sorted({*_SIZES, settings.text_size}))


def _selectable(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setProperty("role", "hint")
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def _row(parent: QWidget, first: QWidget, *others: QWidget) -> QWidget:
    holder = QWidget(parent)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    row.addWidget(first, 1)
    for other in others:
        row.addWidget(other)
    return holder


def _at_the_top(page: QWidget) -> QWidget:
    """Keep a page from being stretched to the height of the tallest."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(page)
    column.addStretch(1)
    return holder


def _breakable(path: Path) -> str:
    """Let a long path break after its slashes (U+200B, zero width space)."""
    return str(path).replace("/", "/\u200b").replace("\\", "\\\u200b")
