"""A choice from a list that also shows a value it does not know."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

LANGUAGES = (
    "en", "ar", "bn", "zh", "nl", "fa", "fr", "de", "el", "he", "hi", "id", "it", "ja", "ko",
    "pl", "pt", "ru", "sd", "es", "sv", "tr", "uk", "ur",
)  # fmt: skip
"""The languages offered for a report, as BCP 47 tags; any other that is stored is shown too."""


class Choice(QComboBox):
    """A combo box of (code, name). A code that is not in the list is added under its own name.

    :ivar chosen: emitted when a person chose something.
    """

    chosen = Signal()

    def __init__(
        self, name: str, items: Iterable[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        # On Linux, Qt gives the choice as the name; what it is for would be said by nothing.
        self.setAccessibleDescription(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.offer(items)
        self.activated.connect(self.chosen)

    def offer(self, items: Iterable[tuple[str, str]]) -> None:
        """Offer these (code, name) pairs; what is chosen stays chosen."""
        code = self.code()
        self.blockSignals(True)
        self.clear()
        for item_code, name in items:
            self.addItem(name, item_code)
        self.blockSignals(False)
        self.set_code(code)

    def code(self) -> str:
        """Return the chosen code, or ``""``."""
        data = self.currentData()
        return data if isinstance(data, str) else ""

    def set_code(self, code: str) -> None:
        """Show ``code``, known or not; emits nothing."""
        index = self.findData(code)
        if index < 0 and code:
            self.addItem(code, code)
            index = self.count() - 1
        self.setCurrentIndex(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling past must not change a fact."""
        event.ignore()


class TypeAheadChoice(Choice):
    """A choice that is found by typing any part of its name."""

    def __init__(
        self, name: str, items: Iterable[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(name, items, parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        edit = self.lineEdit()
        assert edit is not None  # noqa: S101 - an editable combo box has one
        edit.setAccessibleName(name)
        edit.editingFinished.connect(self._settle)

    @Slot()
    def _settle(self) -> None:
        """Take what was typed if it names an item; else show the last choice again."""
        typed = self.currentText().strip()
        index = self.findText(typed, Qt.MatchFlag.MatchFixedString) if typed else self.findData("")
        if index < 0:
            index = self.findData(typed.upper())
        if index < 0:
            self.setCurrentText(self.itemText(self.currentIndex()))
        elif index != self.currentIndex():
            self.setCurrentIndex(index)
            self.chosen.emit()


def countries() -> tuple[tuple[str, str], ...]:
    """Return every ISO 3166-1 alpha-2 code with its English name, by name."""
    found: dict[str, str] = {}
    for territory in QLocale.Country:
        code = QLocale.territoryToCode(territory)
        if len(code) == 2 and code.isalpha() and code != "ZZ":
            found[code] = QLocale.territoryToString(territory)
    return tuple(sorted(found.items(), key=lambda item: item[1]))


def languages() -> tuple[tuple[str, str], ...]:
    """Return the languages offered, each under the name that its readers give it."""
    names = {tag: QLocale(tag).nativeLanguageName() or tag for tag in LANGUAGES}
    names["en"] = "English"
    return tuple((tag, name[:1].upper() + name[1:]) for tag, name in names.items())
