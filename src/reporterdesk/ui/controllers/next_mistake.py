"""Goes from one spelling mistake to the next, through the fields and the text of a report."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QScrollArea, QTextEdit

from reporterdesk.ui.editor.spelling import SpellChecker
from reporterdesk.ui.editor.spelling_menu import SpellingMenu
from reporterdesk.ui.widgets.desk_bar import Side
from reporterdesk.ui.widgets.field_spelling import FieldSpelling, SpelledField
from reporterdesk.ui.widgets.pane_sides import PaneSides


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where to look, and from which place on; the text itself for ``None``."""

    field: SpelledField | None
    start: int = 0


class NextMistake(QObject):
    """Begins where the caret is, and goes round once. Lives on the UI thread.

    The order is that of the page: what stands over the text, the text, what stands beside it. Where
    there is no room for both sides, or the panel shows something else, the right one is shown.

    :param menu: the menu of the text's mistakes.
    :ivar none_left: emitted when there is no mistake anywhere.
    """

    none_left = Signal()

    def __init__(
        self, sides: PaneSides, checker: SpellChecker, fields: FieldSpelling, menu: SpellingMenu
    ) -> None:
        super().__init__(checker)
        self._sides, self._head, self._body = sides, sides.text.head, sides.text.body
        self._checker, self._fields, self._menu = checker, fields, menu
        self._route: deque[_Stop] = deque()
        self._with_menu = False
        self._left: SpelledField | None = None
        checker.found.connect(self._found)

    def find(self, *, with_menu: bool) -> None:
        """Select the next mistake, and open its menu, if that is wanted."""
        self._with_menu, self._left = with_menu, self._here()
        self._route = deque(self._way())
        self._go_on()

    def _way(self) -> Iterator[_Stop]:
        """Yield where to look, in turn; the beginning of the first place comes last."""
        fields = self._fields.living()
        over = [each for each in fields if self._head.isAncestorOf(each.field)]
        places = [*over, None, *(each for each in fields if each not in over)]
        first = self._here()
        here = places.index(first)
        yield _Stop(first, self._editor(first).textCursor().selectionEnd())
        for place in (*places[here + 1 :], *places[: here + 1]):
            yield _Stop(place)

    def _here(self) -> SpelledField | None:
        """Return the field that has the keyboard."""
        return next((each for each in self._fields.living() if each.field.hasFocus()), None)

    def _editor(self, place: SpelledField | None) -> QTextEdit:
        return self._body if place is None else place.field

    def _show(self, place: SpelledField | None, word: QTextCursor) -> None:
        """Select ``word``, and nothing in the place that is left."""
        if place is not self._left:
            left = self._editor(self._left)
            cursor = left.textCursor()
            cursor.clearSelection()
            left.setTextCursor(cursor)
        editor = self._editor(place)
        editor.setFocus()
        editor.setTextCursor(word)

    def _go_on(self) -> None:
        while self._route:
            stop = self._route.popleft()
            if stop.field is None:
                self._checker.find_next(stop.start)  # which may have to be checked before
                return
            word = stop.field.mistake_from(stop.start)
            if word is not None:
                self._show_in_field(stop.field, word)
                return
        self.none_left.emit()

    @Slot(object)
    def _found(self, word: QTextCursor | None) -> None:
        if word is None:
            self._go_on()
            return
        self._sides.show_side(Side.TEXT)
        self._show(None, word)
        self._body.ensureCursorVisible()
        if self._with_menu:
            self._menu.open_for(word)

    def _show_in_field(self, spelled: SpelledField, word: QTextCursor) -> None:
        field = spelled.field
        self._sides.show_side(Side.TEXT if self._head.isAncestorOf(field) else Side.PHOTOS)
        self._show(spelled, word)
        around = field.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(field)
            around = around.parentWidget()
        if self._with_menu and spelled.menu is not None:
            spelled.menu.open_for(word)
