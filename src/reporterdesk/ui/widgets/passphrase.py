"""Fields for a passphrase: one to enter it, and a pair to choose one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

SHORTEST = 8
"""Characters of the shortest passphrase; the key behind it is stretched by Argon2id."""
_FAIR, _STRONG = 12, 16


class PassphraseField(QWidget):
    """One line that hides what is typed, with a button that shows it.

    :ivar changed: emits what stands in it, at each key.
    :ivar entered: emitted at Enter.
    """

    changed = Signal(str)
    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setAccessibleName(name)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        # Neither a dictionary of the keyboard nor upper case at the beginning.
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.line.textChanged.connect(self.changed)
        self.line.returnPressed.connect(self.entered)
        self.show_button = QPushButton(self.tr("Show"), self)
        self.show_button.setAccessibleName(self.tr("Show what is typed"))
        self.show_button.setCheckable(True)
        self.show_button.setAutoDefault(False)
        self.show_button.setMinimumWidth(self.show_button.fontMetrics().averageCharWidth() * 12)
        self.show_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.show_button.toggled.connect(self.reveal)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.show_button)
        self.setFocusProxy(self.line)

    def text(self) -> str:
        """Return what stands in it."""
        return self.line.text()

    def clear(self) -> None:
        """Empty it, and hide what is typed next."""
        self.line.clear()
        self.show_button.setChecked(False)

    @Slot(bool)
    def reveal(self, shown: bool) -> None:
        """Show what is typed, or hide it."""
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self.show_button.setText(self.tr("Hide") if shown else self.tr("Show"))


class NewPassphrase(QWidget):
    """Two fields that must agree, and a word on how good the passphrase is.

    :ivar changed: emitted at each key.
    :ivar entered: emitted at Enter, once it can be taken.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = PassphraseField(self.tr("Passphrase"), self)
        self.again = PassphraseField(self.tr("The same once more"), self)
        # One button shows both; its place is kept, so that the fields are of one length.
        kept = self.again.show_button.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.again.show_button.setSizePolicy(kept)
        self.again.show_button.hide()
        self.first.show_button.toggled.connect(self.again.reveal)
        self._hint = QLabel(self)
        self._hint.setWordWrap(True)
        self._hint.setAccessibleName(self.tr("How good it is"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for field in (self.first, self.again):
            label = QLabel(field.line.accessibleName(), self)
            label.setBuddy(field.line)
            column.addWidget(label)
            column.addWidget(field)
            column.addSpacing(8)
            field.changed.connect(self._check)
        column.addWidget(self._hint)
        self.first.entered.connect(self.again.line.setFocus)
        self.again.entered.connect(self._enter)
        self.setFocusProxy(self.first)
        self._check()

    @property
    def good(self) -> bool:
        """Whether it is long enough, and the same twice."""
        words = self.first.text()
        return len(words.strip()) >= SHORTEST and words == self.again.text()

    def text(self) -> str:
        """Return the passphrase, ``""`` as long as it cannot be taken."""
        return self.first.text() if self.good else ""

    def clear(self) -> None:
        """Empty both fields."""
        self.first.clear()
        self.again.clear()

    @Slot()
    def _check(self) -> None:
        words, tone = self._judged(self.first.text(), self.again.text())
        self._hint.setText(words)
        self._hint.setAccessibleDescription(words)  # its name is what it is about
        self._hint.setProperty("role", tone)
        self._hint.style().unpolish(self._hint)
        self._hint.style().polish(self._hint)
        self.changed.emit()

    def _judged(self, first: str, again: str) -> tuple[str, str]:
        """Return what to say of it, and the label's role."""
        length = len(first.strip())
        if not first:
            return self.tr("At least 8 characters. Four or five words are easy to keep."), "hint"
        if length < SHORTEST:
            return self.tr("Too short: at least 8 characters."), "hint"
        if again and not first.startswith(again):
            return self.tr("The two are not the same."), "problem"
        if length < _FAIR:
            return self.tr("Short. Somebody with your laptop could guess it in time."), "hint"
        if length < _STRONG:
            return self.tr("Fair. One word more makes it strong."), "hint"
        return self.tr("Strong."), "good"

    @Slot()
    def _enter(self) -> None:
        if self.good:
            self.entered.emit()
