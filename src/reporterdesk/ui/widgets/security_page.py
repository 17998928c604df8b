"""The settings' page on safety: what protects the drafts, and what can be changed of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from reporterdesk.store.protection import Guard
from reporterdesk.ui.safety import Safety

_MINUTES = (1, 5, 10, 15, 30, 60, 0)


class SecurityPage(QWidget):
    """Shows a :class:`Safety`; each button says what the person wants. Lives on the UI thread.

    :ivar lock_after_chosen: emits minutes, 0 for never.
    :ivar guard_chosen: emits the :class:`Guard` that is to keep the key.
    """

    lock_after_chosen = Signal(int)
    guard_chosen = Signal(object)
    passphrase_wanted = Signal()
    no_passphrase_wanted = Signal()
    code_wanted = Signal()
    new_key_wanted = Signal()
    encryption_wanted = Signal()
    no_encryption_wanted = Signal()
    erase_wanted = Signal()

    def __init__(self, lock_after: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(16)
        self._form.setHorizontalSpacing(16)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._encrypted = self._words()
        self._encrypt = self._button(self.tr("Encrypt…"), self.encryption_wanted.emit)
        self._decrypt = self._button(self.tr("Turn off…"), self.no_encryption_wanted.emit)
        self._row(self.tr("Encryption"), self._encrypted, self._encrypt, self._decrypt)
        self._guard = self._build_guard()
        self._passphrase = self._words()
        self._set = self._button("", self.passphrase_wanted.emit)
        self._remove = self._button(self.tr("Remove…"), self.no_passphrase_wanted.emit)
        self._passphrase_row = self._row(
            self.tr("Passphrase"), self._passphrase, self._set, self._remove
        )
        self._after = self._build_after(lock_after)
        self._code = self._words()
        show = self._button(self.tr("Show…"), self.code_wanted.emit)
        new_key = self._button(self.tr("New key…"), self.new_key_wanted.emit)
        self._code_row = self._row(self.tr("Recovery code"), self._code, show, new_key)
        self._erasing = self._words()
        erase = self._button(self.tr("Erase…"), self.erase_wanted.emit)
        self._row(self.tr("This laptop’s drafts"), self._erasing, erase)
        self.tell(Safety())

    @Slot(object)
    def tell(self, safety: Safety) -> None:
        """Show how the drafts are protected now."""
        encrypted = safety.encrypted
        self._encrypted.setText(
            self.tr("Everything that is kept on this laptop is encrypted.")
            if encrypted
            else self.tr("Not encrypted. Whoever has this laptop can read your drafts.")
        )
        self._encrypt.setVisible(not encrypted)
        self._decrypt.setVisible(encrypted)
        self._passphrase.setText(
            self.tr("Unlocks ReporterDesk.")
            if safety.can_lock
            else self.tr("None yet. With one, Ctrl+L locks ReporterDesk.")
        )
        self._set.setText(self.tr("Change…") if safety.can_lock else self.tr("Choose…"))
        self._remove.setVisible(safety.can_lock and safety.guard is Guard.KEYRING)
        self._erasing.setText(
            self.tr("Destroys the key, then every file. What was filed stays.")
            if encrypted
            else self.tr("Deletes every file. What was filed stays at the desk.")
        )
        self._guard.setCurrentIndex(max(0, self._guard.findData(safety.guard)))
        self._after.setEnabled(safety.can_lock)
        self._code.setText(
            self.tr("You have written it down.")
            if safety.code_kept
            else self.tr("Not written down yet.")
        )
        for field in (self._guard, self._passphrase_row, self._after, self._code_row):
            self._form.setRowVisible(field, encrypted)

    def _build_guard(self) -> QComboBox:
        box = QComboBox(self)
        box.addItem(self.tr("This system’s keyring opens them"), Guard.KEYRING)
        box.addItem(self.tr("I enter my passphrase"), Guard.PASSPHRASE)
        box.activated.connect(lambda row: self.guard_chosen.emit(box.itemData(row)))
        self._add(self.tr("At each start"), box)
        return box

    def _build_after(self, minutes: int) -> QComboBox:
        box = QComboBox(self)
        for choice in sorted({*_MINUTES, minutes}, key=lambda number: number or 10_000):
            words = self.tr("1 minute") if choice == 1 else self.tr("%1 minutes")
            words = words.replace("%1", str(choice)) if choice else self.tr("Never by itself")
            box.addItem(words, choice)
        box.setCurrentIndex(box.findData(minutes))
        box.currentIndexChanged.connect(
            lambda row: self.lock_after_chosen.emit(int(box.itemData(row)))
        )
        self._add(self.tr("Lock when idle for"), box)
        return box

    def _add(self, name: str, field: QWidget) -> None:
        field.setAccessibleName(name)
        label = QLabel(name, self)
        label.setBuddy(field)
        self._form.addRow(label, field)

    def _row(self, name: str, words: QLabel, *buttons: QPushButton) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(words, 1)
        for button in buttons:
            row.addWidget(button)
            button.setAccessibleName(f"{name}: {button.text()}")
        self._form.addRow(QLabel(name, self), holder)
        return holder

    def _words(self) -> QLabel:
        label = QLabel(self)
        label.setProperty("role", "hint")
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _button(self, text: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button
