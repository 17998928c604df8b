"""Signing in: the desk's address, e-mail and password, and plain words when it fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.domain.errors import IncompatibleServer, NoConnection, ReporterDeskError

SignInCall: TypeAlias = Callable[[str, str, str], Any]
"""Signs in with address, e-mail and password; blocks, and is called in the pool."""
Abandon: TypeAlias = Callable[[Any], Any]


class Pool(Protocol):
    """The part of :class:`reporterdesk.ui.background.Background` that is needed here."""

    def in_pool(self, fn: Callable[[], Any], done: Callable[[Any], Any], failed: Any = None) -> Any:
        """Run ``fn`` elsewhere."""
        ...


@dataclass
class _Attempt:
    """One try; where the person gave it up, its answer goes to ``abandon``."""

    dialog: SignInDialog
    abandon: Abandon
    given_up: bool = False

    def done(self, answer: object) -> None:
        """Hand over what the desk answered."""
        if self.given_up:  # the dialog may be gone
            self.abandon(answer)
        else:
            self.dialog.answered(answer)

    def failed(self, error: Exception) -> None:
        """Say what went wrong."""
        if not self.given_up:
            self.dialog.refused(error)


class SignInDialog(QDialog):
    """Asks for address, e-mail and password until it works or is cancelled.

    :ivar signed_in: emits what ``sign_in`` returned; the dialog is accepted.
    :param sign_in: called in the pool with address, e-mail and password.
    :param abandon: called with what ``sign_in`` returned after the person had cancelled that try,
        perhaps long after the dialog was closed: they are to be signed out again.
    """

    signed_in = Signal(object)

    def __init__(
        self,
        pool: Pool,
        sign_in: SignInCall,
        abandon: Abandon,
        *,
        server_url: str = "",
        email: str = "",
        reason: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pool = pool
        self._sign_in = sign_in
        self._abandon = abandon
        self._attempt: _Attempt | None = None
        self.setWindowTitle(self.tr("Sign in to the desk"))
        self._build(reason)
        self._fill(server_url, email)
        self._check()

    def _build(self, reason: str) -> None:
        title = QLabel(self.tr("Sign in to the desk"), self)
        title.setProperty("role", "title")
        self._reason = _sentence(self, reason or self.tr("You can write without signing in."))
        self._reason.setProperty("role", "hint")
        self._address = self._field(self.tr("Address of the desk"), "https://desk.example.org")
        self._email = self._field(self.tr("E-mail"), "")
        self._password = self._field(self.tr("Password"), "")
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        form = QVBoxLayout()
        form.setSpacing(4)
        for field in self._fields:
            label = QLabel(field.accessibleName(), self)
            label.setBuddy(field)
            form.addWidget(label)
            form.addWidget(field)
            form.addSpacing(8)
        self._problem = _sentence(self, "")
        self._problem.setProperty("role", "problem")
        self._problem.setAccessibleName(self.tr("What went wrong"))
        self._busy = QProgressBar(self)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setFixedHeight(4)
        self._busy.setAccessibleName(self.tr("Signing in"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        for part in (title, self._reason):
            column.addWidget(part)
        column.addLayout(form)
        self._problem.setVisible(False)
        self._busy.setVisible(False)
        column.addWidget(self._problem)
        column.addWidget(self._busy)
        column.addStretch(1)
        column.addWidget(self._build_buttons())
        self.setMinimumWidth(420)

    def _build_buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(self)
        self._ok: QPushButton = box.addButton(
            self.tr("Sign in"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._ok.setDefault(True)
        cancel = box.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setAutoDefault(False)
        box.accepted.connect(self._try)
        box.rejected.connect(self.reject)
        return box

    def _field(self, name: str, placeholder: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setAccessibleName(name)
        field.setPlaceholderText(placeholder)
        field.textChanged.connect(self._check)
        return field

    def _fill(self, server_url: str, email: str) -> None:
        self._address.setText(server_url)
        self._email.setText(email)
        for field in self._fields:
            if not field.text():
                field.setFocus()
                break

    @property
    def _fields(self) -> tuple[QLineEdit, QLineEdit, QLineEdit]:
        return self._address, self._email, self._password

    @Slot()
    def _check(self) -> None:
        full = all(field.text().strip() for field in self._fields)
        self._ok.setEnabled(full and self._attempt is None)

    @Slot()
    def _try(self) -> None:
        if self._attempt is not None or not self._ok.isEnabled():
            return
        address, email = self._address.text().strip(), self._email.text().strip()
        password = self._password.text()
        self._attempt = _Attempt(self, self._abandon)
        self._show_busy(busy=True)
        sign_in = self._sign_in
        self._pool.in_pool(
            lambda: sign_in(address, email, password), self._attempt.done, self._attempt.failed
        )

    def reject(self) -> None:
        """Cancel the try that is under way; where there is none, close the dialog."""
        if self._attempt is None:
            super().reject()
            return
        self._attempt.given_up = True
        self._attempt = None
        self._show_busy(busy=False)
        self._password.setFocus()

    def answered(self, answer: object) -> None:
        """Take the answer of the try."""
        self._attempt = None
        self._password.clear()
        self.signed_in.emit(answer)
        self.accept()

    def refused(self, error: Exception) -> None:
        """Say why the try failed, and let the person try again."""
        self._attempt = None
        self._show_busy(busy=False)
        known = isinstance(error, ReporterDeskError)
        self._problem.setText(
            str(error) if known else self.tr("Something went wrong. The reason is in the log.")
        )
        self._problem.setVisible(True)
        wrong_address = isinstance(error, (NoConnection, IncompatibleServer))
        field = self._address if wrong_address else self._password
        field.setFocus()
        field.selectAll()

    def _show_busy(self, *, busy: bool) -> None:
        self._busy.setVisible(busy)
        if busy:
            self._problem.setVisible(False)
        for field in self._fields:
            field.setEnabled(not busy)
        self._check()


def _sentence(parent: QWidget, text: str) -> QLabel:
    label = QLabel(text, parent)
    label.setWordWrap(True)
    label.setTextFormat(label.textFormat().PlainText)
    return label
