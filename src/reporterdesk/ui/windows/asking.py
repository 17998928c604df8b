"""Small dialogs that ask one thing: whether to go on, for a passphrase, or for a new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from reporterdesk.domain.errors import ReporterDeskError
from reporterdesk.ui.widgets.passphrase import NewPassphrase, PassphraseField
from reporterdesk.ui.widgets.plain_words import dialog_button, fit_height, plain_label


class Pool(Protocol):
    """The part of :class:`reporterdesk.ui.background.Background` that is needed here."""

    def in_pool(self, fn: Callable[[], Any], done: Callable[[Any], Any], failed: Any = None) -> Any:
        """Run ``fn`` elsewhere."""
        ...


class AskingDialog(QDialog):
    """A title, sentences, a field where one is needed, and two buttons.

    :ivar agreed: emitted when the person goes on.
    """

    agreed = Signal()

    def __init__(
        self,
        title: str,
        sentences: tuple[str, ...],
        go_on: str,
        parent: QWidget | None = None,
        *,
        field: QWidget | None = None,
        harmful: bool = False,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        self._title = plain_label(self, "", "title")
        self._words = QVBoxLayout()
        self._words.setSpacing(12)
        column.addWidget(self._title)
        column.addLayout(self._words)
        self.tell(title, sentences)
        if field is not None:
            field.setParent(self)
            column.addWidget(field)
        self._problem = plain_label(self, "", "problem")
        self._problem.hide()
        column.addWidget(self._problem)
        column.addStretch(1)
        role = QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox(self)
        self.go_on = dialog_button(self, go_on, default=not harmful)
        self.cancel = dialog_button(self, self.tr("Cancel"), default=harmful)
        buttons.addButton(self.go_on, role.DestructiveRole if harmful else role.AcceptRole)
        buttons.addButton(self.cancel, role.RejectRole)
        self.go_on.clicked.connect(self.go)
        buttons.rejected.connect(self.reject)
        column.addSpacing(8)
        column.addWidget(buttons)
        self.setMinimumWidth(460)
        if field is not None:
            field.setFocus()

    def tell(self, title: str, sentences: tuple[str, ...]) -> None:
        """Say what it is about."""
        self.setWindowTitle(title)
        self._title.setText(title)
        for sentence in sentences:
            self._words.addWidget(plain_label(self, sentence, "note"))

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that the sentences need."""
        fit_height(self)
        super().showEvent(event)

    @Slot()
    def go(self) -> None:
        """Take it that the person agrees."""
        self.accept()
        self.agreed.emit()

    def tell_problem(self, sentence: str) -> None:
        """Say what went wrong."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))


class NewPassphraseDialog(AskingDialog):
    """Asks for a new passphrase, twice.

    :ivar chosen: emits it.
    :ivar fields: where it is typed.
    """

    chosen = Signal(str)

    def __init__(
        self, title: str, sentences: tuple[str, ...], go_on: str, parent: QWidget | None = None
    ) -> None:
        self.fields = NewPassphrase()
        super().__init__(title, sentences, go_on, parent, field=self.fields)
        self.fields.changed.connect(self._check)
        self.fields.entered.connect(self.go)
        self._check()

    @Slot()
    def _check(self) -> None:
        self.go_on.setEnabled(self.fields.good)

    @Slot()
    def go(self) -> None:
        """Hand the passphrase over, once it can be taken."""
        words = self.fields.text()
        if words:
            self.fields.clear()
            self.accept()
            self.chosen.emit(words)


class PassphraseDialog(AskingDialog):
    """Asks for the passphrase until it is right.

    :ivar right: emits the passphrase.
    :ivar field: where it is typed.
    :param check: raises a known error where it is wrong; blocks, and is called in the pool.
    """

    right = Signal(str)

    def __init__(
        self,
        title: str,
        sentences: tuple[str, ...],
        pool: Pool,
        check: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        self.field = PassphraseField("")
        super().__init__(title, sentences, "", parent, field=self.field)
        self.field.line.setAccessibleName(self.tr("Passphrase"))
        self.go_on.setText(self.tr("Go on"))
        self._pool, self._is_right = pool, check
        self._trying = ""
        self.field.changed.connect(self._check)
        self._check()

    @Slot()
    def _check(self) -> None:
        self.go_on.setEnabled(bool(self.field.text()) and not self._trying)

    @Slot()
    def go(self) -> None:
        """Try what was entered."""
        words = self.field.text()
        if not words or self._trying:
            return
        self._trying = words
        self.field.setEnabled(False)
        self._check()
        check = self._is_right
        self._pool.in_pool(lambda: check(words), self._was_right, self._was_wrong)

    def _was_right(self, _key: object) -> None:
        words, self._trying = self._trying, ""
        self.field.clear()
        self.accept()
        self.right.emit(words)

    def _was_wrong(self, error: Exception) -> None:
        self._trying = ""
        self.field.setEnabled(True)
        known = isinstance(error, ReporterDeskError)
        self.tell_problem(
            str(error) if known else self.tr("Something went wrong. The reason is in the log.")
        )
        self._check()
        self.field.line.setFocus()
        self.field.line.selectAll()
