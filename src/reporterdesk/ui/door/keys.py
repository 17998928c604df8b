"""The pages on which the key is asked for: by the passphrase, or by the recovery code."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QTextEdit, QWidget

from reporterdesk.ui.door.page import DoorPage
from reporterdesk.ui.widgets.passphrase import PassphraseField

CODE_WORDS = 24


class PassphrasePage(DoorPage):
    """Asks for the passphrase, at the start or after a lock.

    :ivar entered: emits the passphrase.
    :ivar code_wanted: the person has the recovery code only.
    :ivar quit_wanted: the person leaves.
    """

    entered = Signal(str)
    code_wanted = Signal()
    quit_wanted = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, locked: bool = False, note: str = ""
    ) -> None:
        super().__init__(parent)
        self.set_title(
            self.tr("ReporterDesk is locked") if locked else self.tr("Your drafts are encrypted")
        )
        self.say(
            self.tr("Everything is saved. Enter your passphrase to go on where you were.")
            if locked
            else self.tr("Enter your passphrase to open them.")
        )
        if note:
            self.say(note, "hint")
        self.field = PassphraseField(self.tr("Passphrase"), self)
        self.add(self.field)
        self._open = self.button(
            self.tr("Unlock") if locked else self.tr("Open"), self._enter, primary=True
        )
        self.button(self.tr("Quit"), self.quit_wanted.emit)
        self.link(self.tr("Use the recovery code…"), self.code_wanted.emit)
        self.finish()
        self.field.changed.connect(self._check)
        self._check()

    def tell_problem(self, sentence: str) -> None:
        """Say what went wrong, and let it be tried again."""
        super().tell_problem(sentence)
        self._check()
        self.field.line.setFocus()
        self.field.line.selectAll()

    @Slot()
    def _check(self) -> None:
        self._open.setEnabled(bool(self.field.text()))

    @Slot()
    def _enter(self) -> None:
        words = self.field.text()
        if words:
            self.set_busy(busy=True)
            self.entered.emit(words)


class RecoveryPage(DoorPage):
    """Asks for the recovery code.

    :ivar entered: emits the words as they were typed.
    :ivar back_wanted: the person goes back to where they came from, or away.
    :param back: what the button for that reads.
    """

    entered = Signal(str)
    back_wanted = Signal()

    def __init__(self, why: str, back: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(self.tr("Enter your recovery code"))
        if why:
            self.say(why)
        self.say(
            self.tr(
                "It is the 24 words that you wrote down when you began. Numbers, capitals and "
                "line breaks do not matter, and the first four letters of each word are enough."
            ),
            "hint",
        )
        self.field = QTextEdit(self)
        self.field.setAcceptRichText(False)
        self.field.setAccessibleName(self.tr("Recovery code"))
        self.field.setProperty("role", "field")
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(self.field.fontMetrics().lineSpacing() * 6)
        self.add(self.field)
        self._counted = self.say("", "hint")
        self._open = self.button(self.tr("Open"), self._enter, primary=True)
        self.button(back, self.back_wanted.emit)
        self.finish()
        self.field.textChanged.connect(self._check)
        self._check()

    def tell_problem(self, sentence: str) -> None:
        """Say what went wrong, and let it be tried again."""
        super().tell_problem(sentence)
        self._check()
        self.field.setFocus()

    @Slot()
    def _check(self) -> None:
        count = _words_in(self.field.toPlainText())
        said = self.tr("%1 of %2 words").replace("%1", str(count)).replace("%2", str(CODE_WORDS))
        self._counted.setText(said)
        self._open.setEnabled(count == CODE_WORDS)

    @Slot()
    def _enter(self) -> None:
        self.set_busy(busy=True)
        self.entered.emit(self.field.toPlainText())


def _words_in(text: str) -> int:
    """Count what may be words of the code; its numbers and their dots are none."""
    return sum(1 for word in text.split() if any(letter.isalpha() for letter in word))
