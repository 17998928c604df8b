"""Signing in: the desk's address, e-mail and password, and plain words when it fails."""

from __future__ import annotations

from PySide6.QtCore import Slot
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
from reporterdesk.domain.people import Account
from reporterdesk.ui.account import AccountRoom


class SignInDialog(QDialog):
    """Asks for address, e-mail and password until it works or is cancelled.

    It is accepted when somebody is signed in. *Cancel* gives up the try that is under way; where
    there is none, it closes the dialog.
    """

    def __init__(
        self,
        room: AccountRoom,
        *,
        server_url: str = "",
        email: str = "",
        reason: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._room = room
        self._trying = False
        self.setWindowTitle(self.tr("Sign in to the desk"))
        self._build(reason)
        self._fill(server_url, email)
        self._check()
        room.changed.connect(self._signed_in)
        room.failed.connect(self._refused)

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

    @Slot()
    def _check(self) -> None:
        full = all(field.text().strip() for field in self._fields)
        self._ok.setEnabled(full and not self._trying)

    @Slot()
    def _try(self) -> None:
        if self._trying or not self._ok.isEnabled():
            return
        self._show_busy(busy=True)
        self._room.sign_in(
            self._address.text().strip(), self._email.text().strip(), self._password.text()
        )

    def reject(self) -> None:
        """Give up the try that is under way; where there is none, close the dialog."""
        if self._trying:
            self._room.cancel()
            self._show_busy(busy=False)
            self._password.setFocus()
        else:
            super().reject()

    @Slot(object)
    def _signed_in(self, account: Account | None) -> None:
        if self._trying and account is not None:
            self._trying = False
            self._password.clear()
            self.accept()

    @Slot(object)
    def _refused(self, error: Exception) -> None:
        if not self._trying:
            return
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

    @property
    def _fields(self) -> tuple[QLineEdit, QLineEdit, QLineEdit]:
        return self._address, self._email, self._password

    def _show_busy(self, *, busy: bool) -> None:
        self._trying = busy
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
