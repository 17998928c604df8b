"""The pages on which it is chosen how the drafts are protected."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from reporterdesk.ui.door.page import DoorPage
from reporterdesk.ui.widgets.passphrase import NewPassphrase


class ProtectPage(DoorPage):
    """Chooses a passphrase where no keyring works, or, expressly, no encryption.

    :ivar chosen: emits the passphrase; ``""`` for no encryption.
    :ivar quit_wanted: the person leaves.
    """

    chosen = Signal(str)
    quit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, why: str = "") -> None:
        super().__init__(parent)
        self.set_title(self.tr("Choose a passphrase for your drafts"))
        self.say(
            why
            or self.tr(
                "ReporterDesk encrypts everything that it keeps on this laptop. This system has no "
                "keyring to keep the key, so you will be asked for a passphrase at each start."
            )
        )
        self.passphrase = NewPassphrase(self)
        self.add(self.passphrase)
        self.without = QCheckBox(self.tr("Do not encrypt my drafts"), self)
        self.add(self.without)
        self._warning = self.say(
            self.tr(
                "Whoever has this laptop, or a copy of its disk, can then read your drafts and "
                "photos. The window will always say so; you can encrypt them later in Settings."
            ),
            "hint",
        )
        self._warning.hide()
        self._go = self.button(self.tr("Encrypt and begin"), self._choose, primary=True)
        self.button(self.tr("Quit"), self.quit_wanted.emit)
        self.finish()
        self.passphrase.changed.connect(self._check)
        self.passphrase.entered.connect(self._choose)
        self.without.toggled.connect(self._check)
        self._check()

    def tell_problem(self, sentence: str) -> None:
        """Say what went wrong, and let it be tried again."""
        super().tell_problem(sentence)
        self._check()

    @Slot()
    def _check(self) -> None:
        plain = self.without.isChecked()
        self.passphrase.setEnabled(not plain)
        self._warning.setVisible(plain)
        self._go.setText(self.tr("Begin without") if plain else self.tr("Encrypt and begin"))
        self._go.setEnabled(plain or self.passphrase.good)

    @Slot()
    def _choose(self) -> None:
        if self._go.isEnabled():
            self.set_busy(busy=True)
            self.chosen.emit("" if self.without.isChecked() else self.passphrase.text())


class NewPassphrasePage(DoorPage):
    """Chooses a new passphrase, after the recovery code has opened what the old one kept.

    :ivar chosen: emits the passphrase.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(self.tr("Choose a new passphrase"))
        self.say(self.tr("The recovery code was right. From now on this passphrase opens them."))
        self.passphrase = NewPassphrase(self)
        self.add(self.passphrase)
        self._go = self.button(self.tr("Use this passphrase"), self._choose, primary=True)
        self.finish()
        self.passphrase.changed.connect(self._check)
        self.passphrase.entered.connect(self._choose)
        self._check()

    @Slot()
    def _check(self) -> None:
        self._go.setEnabled(self.passphrase.good)

    @Slot()
    def _choose(self) -> None:
        if self._go.isEnabled():
            self.set_busy(busy=True)
            self.chosen.emit(self.passphrase.text())


class ConvertPage(DoorPage):
    """Offers to encrypt drafts from before ReporterDesk could.

    :ivar agreed: encrypt them now.
    :ivar later: not at this start.
    """

    agreed = Signal()
    later = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(self.tr("Your drafts can be encrypted now"))
        self.say(
            self.tr(
                "They were written before ReporterDesk could encrypt them: whoever has this "
                "laptop can read them. Encrypting them takes a moment, longer with many photos."
            )
        )
        self.say(
            self.tr(
                "Nothing can be lost by it. A copy is encrypted and checked first, and only then "
                "takes the place of the old files, which are wiped."
            ),
            "hint",
        )
        self.button(self.tr("Encrypt now"), self.agreed.emit, primary=True)
        self.button(self.tr("Not now"), self.later.emit)
        self.finish()
