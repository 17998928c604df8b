"""The settings' page on sending: what may go over which network, and how fast."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QWidget

from reporterdesk.domain.sending import SendPolicy
from reporterdesk.ui.outbox.words import RATES, rate_words
from reporterdesk.ui.widgets.side_label import SideLabel


class SendingPage(QWidget):
    """Shows a :class:`SendPolicy`, and changes it. Lives on the UI thread.

    :ivar changed: emits the new policy.
    """

    changed = Signal(object)

    def __init__(self, policy: SendPolicy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._policy = SendPolicy()
        self._paused = self._box(
            self.tr("Sending"), self.tr("Paused: nothing leaves this laptop until you resume")
        )
        self._text_only = self._box(
            self.tr("Metered networks"), self.tr("Only texts; photos wait for another network")
        )
        self._limit = QComboBox(self)
        self._limit.setAccessibleName(self.tr("Limit the upload to"))
        self._limit.addItem(self.tr("No limit"), None)
        for rate in RATES:
            self._limit.addItem(rate_words(rate), rate)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(16)
        self._add(form, self._paused)
        self._add(
            form,
            self._text_only,
            self.tr("Where the system says that the network is paid by the byte."),
        )
        self._add(
            form,
            self._limit,
            self.tr("Leaves room for others on a shared connection. Texts always go at once."),
        )
        self.show_policy(policy)
        self._paused.toggled.connect(self._changed)
        self._text_only.toggled.connect(self._changed)
        self._limit.currentIndexChanged.connect(self._changed)

    @Slot(object)
    def show_policy(self, policy: SendPolicy) -> None:
        """Show what holds now; nothing is emitted."""
        self._policy = policy
        fields = (self._paused, self._text_only, self._limit)
        before = [field.blockSignals(True) for field in fields]
        self._paused.setChecked(policy.paused)
        self._text_only.setChecked(policy.text_only_on_metered)
        limit = policy.bytes_a_second
        if limit is not None and self._limit.findData(limit) < 0:
            self._limit.addItem(rate_words(limit), limit)
        self._limit.setCurrentIndex(self._limit.findData(limit) if limit is not None else 0)
        for field, blocked in zip(fields, before, strict=True):
            field.blockSignals(blocked)

    @Slot()
    def _changed(self) -> None:
        chosen = replace(
            self._policy,
            paused=self._paused.isChecked(),
            text_only_on_metered=self._text_only.isChecked(),
            bytes_a_second=self._limit.currentData(),
        )
        if chosen != self._policy:
            self._policy = chosen
            self.changed.emit(chosen)

    def _box(self, name: str, text: str) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setAccessibleName(name)
        box.setAccessibleDescription(text)
        return box

    def _add(self, form: QFormLayout, field: QWidget, hint: str = "") -> None:
        label = QLabel(field.accessibleName(), self)
        label.setBuddy(field)
        form.addRow(label, field)
        if hint:
            words = SideLabel(self, hint, "hint")
            words.setWordWrap(True)
            form.addRow(QLabel(self), words)
