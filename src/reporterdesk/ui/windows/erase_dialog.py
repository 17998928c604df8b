"""Erasing this laptop’s store: asked twice, the second time by typing a word."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from reporterdesk.ui.windows.asking import AskingDialog


@dataclass(frozen=True, slots=True)
class OnlyHere:
    """How many reports are on this laptop and nowhere else, and whether they are encrypted."""

    drafts: int = 0
    waiting: int = 0
    trashed: int = 0
    encrypted: bool = True


class EraseDialog(AskingDialog):
    """Says what is lost and what is not, and asks.

    :ivar agreed: emitted at the first yes; :class:`EraseForGoodDialog` asks again.
    """

    def __init__(self, only_here: OnlyHere, parent: QWidget | None = None) -> None:
        super().__init__("", (), "", parent, harmful=True)
        self.go_on.setText(self.tr("Go on…"))
        self.tell(
            self.tr("Erase everything on this laptop?"),
            (
                _lost(self, only_here),
                self.tr("What the desk has stays at the desk: reports that were filed are there."),
                self.tr("Drafts, photos, history and backups go, and you are signed out."),
                self.tr(
                    "The key is destroyed first; after that nobody can read the files, not even "
                    "from a copy."
                )
                if only_here.encrypted
                else self.tr(
                    "They are not encrypted: a solid-state disk may go on holding traces of them."
                ),
            ),
        )


class EraseForGoodDialog(AskingDialog):
    """Asks again, for the word that means it."""

    agreed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._field = QLineEdit()
        super().__init__("", (), "", parent, field=self._field, harmful=True)
        self._word = self.tr("ERASE")
        self._field.setAccessibleName(self.tr("Type %1 to go on").replace("%1", self._word))
        self.go_on.setText(self.tr("Erase for good"))
        said = self.tr("This cannot be undone. Type %1 if you mean it.").replace("%1", self._word)
        self.tell(self.tr("Erase for good?"), (said,))
        self._field.textChanged.connect(self._check)
        self._check()

    @Slot()
    def _check(self) -> None:
        meant = self._field.text().strip() == self._word
        self.go_on.setEnabled(meant)


def _lost(widget: QWidget, only_here: OnlyHere) -> str:
    """Say in a sentence what is on this laptop alone."""
    parts = []
    for count, one, several in (
        (only_here.drafts, widget.tr("1 draft"), widget.tr("%1 drafts")),
        (only_here.waiting, widget.tr("1 report in the outbox"), widget.tr("%1 in the outbox")),
        (only_here.trashed, widget.tr("1 in the trash"), widget.tr("%1 in the trash")),
    ):
        if count:
            parts.append(one if count == 1 else several.replace("%1", str(count)))
    if not parts:
        return widget.tr("There is no draft here that the desk does not have.")
    said = widget.tr("On this laptop only, and lost for good: %1.")
    return said.replace("%1", ", ".join(parts))
