"""Find and replace in one report: the bar, what looks, what marks, and what replaces."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from reporterdesk.domain.errors import PatternError
from reporterdesk.text.pattern import Options, Pattern, read_pattern
from reporterdesk.text.template import Template, read_template
from reporterdesk.ui.drafts import Background
from reporterdesk.ui.editor.formats import HARD_BREAK, OBJECT
from reporterdesk.ui.find.bar import FindBar
from reporterdesk.ui.find.fields import Field, Part, fields_of
from reporterdesk.ui.find.looking import Looking
from reporterdesk.ui.find.marking import FieldMarks
from reporterdesk.ui.find.putting import Putting
from reporterdesk.ui.find.stepping import at_selection, bring_into_sight, first_from, select
from reporterdesk.ui.widgets.desk_bar import Side
from reporterdesk.ui.widgets.report_pane import ReportPane

_NOT_ON_ONE_LINE = ("\u2029", HARD_BREAK, OBJECT)
_LONGEST_SELECTION = 200
"""Characters; what is longer is not looked for, but looked in."""


class ReportFinder(QObject):
    """Finds in headline, standfirst, text and captions of the open report. On the UI thread.

    What is typed is shown in the text, but the caret stays where it is until one goes to a finding.
    """

    def __init__(self, pane: ReportPane, background: Background) -> None:
        super().__init__(pane)
        self._pane, self._text = pane, pane.text
        self.bar = FindBar(pane)
        self.looking = Looking(background, self)
        self._putting = Putting(self)
        self._marks = FieldMarks()
        self._pattern = Pattern(None)
        self._place = (0, 0)
        self._current: int | None = None
        self._stepped = False
        self._said = ""
        self._connect()

    def open(self, *, replacing: bool) -> None:
        """Show the bar, with what is selected, and the keyboard in it."""
        again = not self.bar.isHidden()
        focused = QApplication.focusWidget()
        in_bar = focused is not None and self.bar.isAncestorOf(focused)
        self.bar.show()
        self.bar.offer_replacing(
            offered=self._pane.editable and (replacing or (again and self.bar.replacing))
        )
        if not again:
            self._follow_fields()
        if not in_bar:
            self._take_place()
            self._take_selection()
        into = self.bar.words if again and in_bar and replacing else self.bar.query.words
        into.setFocus(Qt.FocusReason.ShortcutFocusReason)
        into.selectAll()
        if not again:
            self._asked()

    @Slot()
    def close(self) -> None:
        """Close the bar; the keyboard goes back to the text, the caret to where one went."""
        if self.bar.isHidden():
            return
        field = self._field_of_place()
        focused = QApplication.focusWidget()
        if focused is not None and self.bar.isAncestorOf(focused) and field is not None:
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self._stepped:
                field.editor.ensureCursorVisible()
        self.bar.hide()
        self.bar.within.setChecked(False)
        self.looking.stop()
        self._putting.forget()
        self._marks.end()
        self.bar.tell("")

    @Slot()
    def step(self, *, forwards: bool) -> None:
        """Go to the next finding or the one before, from the end to the top and the other way."""
        if self.bar.isHidden():
            self.bar.show()
            self.bar.offer_replacing(offered=False)
            self._follow_fields()
            self._take_place()
            self._asked()
        self.looking.when_fresh(self._forth if forwards else self._back)

    def report_changed(self, *, other: bool) -> None:
        """Look through what is open now; ``other``: it is another report than before."""
        if self.bar.isHidden():
            return
        if not self._pane.editable:
            self.bar.offer_replacing(offered=False)
        if other:
            self._putting.forget()
            self.bar.within.setChecked(False)
            self._follow_fields()
            self._place, self._stepped = (self._body_number(), 0), False
            self._asked()

    def _connect(self) -> None:
        bar = self.bar
        bar.closed.connect(self.close)
        bar.query.changed.connect(self._asked)
        bar.query.words.entered.connect(self._step_forth)
        bar.query.words.entered_back.connect(self._step_back)
        bar.forth.clicked.connect(self._step_forth)
        bar.back.clicked.connect(self._step_back)
        bar.within.toggled.connect(self._narrowed)
        bar.words.entered.connect(self._replace_one)
        bar.words.entered_all.connect(self._replace_all)
        bar.query.words.entered_all.connect(self._replace_all)
        bar.one.clicked.connect(self._replace_one)
        bar.all.clicked.connect(self._replace_all)
        bar.undo.clicked.connect(self._putting.take_back)
        self._putting.ended.connect(self._undo_ended)
        self.looking.found.connect(self._found)
        self.looking.failed.connect(self._failed)
        self._pane.side.photos.edited.connect(self._photos_edited)

    @Slot()
    def _step_forth(self) -> None:
        self.step(forwards=True)

    @Slot()
    def _step_back(self) -> None:
        self.step(forwards=False)

    # what is looked for, and in what

    @Slot()
    def _asked(self) -> None:
        self._said = ""
        self._current = None
        try:
            self._pattern = read_pattern(self.bar.query.words.text(), self.bar.query.options())
        except PatternError as error:
            self._pattern = Pattern(None)
            self.looking.look_for(self._pattern)
            self._failed(error)
            return
        self.bar.tell("")
        self.looking.look_for(self._pattern)

    def _follow_fields(self) -> None:
        fields = fields_of(self._pane)
        self.looking.set_fields(fields)
        self._marks.begin(fields)

    @Slot()
    def _photos_edited(self) -> None:
        """Follow photos that came, went or changed their order; their fields are others then."""
        if self.bar.isHidden():
            return
        now = [field.photo_id for field in self.looking.fields if field.photo_id is not None]
        if now != [photo.id for photo in self._pane.side.photos.photos()]:
            self._putting.forget()
            self._follow_fields()
            self.looking.look_again()

    def _body_number(self) -> int:
        return next(n for n, one in enumerate(self.looking.fields) if one.part is Part.BODY)

    def _take_place(self) -> None:
        """Begin where the keyboard is, or where the caret is in the text."""
        focused = QApplication.focusWidget()
        number = next(
            (n for n, field in enumerate(self.looking.fields) if field.editor is focused),
            self._body_number(),
        )
        cursor = self.looking.fields[number].editor.textCursor()
        self._place, self._stepped = (number, cursor.selectionStart()), False

    def _take_selection(self) -> None:
        number, _ = self._place
        words = self.looking.fields[number].editor.textCursor().selectedText()
        if not words:
            return
        lines = any(mark in words for mark in _NOT_ON_ONE_LINE)
        if lines or len(words) > _LONGEST_SELECTION:
            if number == self._body_number():
                self.bar.within.setChecked(True)
            return
        query = self.bar.query
        if query.options().expression:
            query.expression.setChecked(False)
        query.words.setText(words)

    @Slot(bool)
    def _narrowed(self, on: bool) -> None:
        if not on:
            self.looking.set_within(None)
            return
        selection = self._text.body.textCursor()
        if not selection.hasSelection():
            self.bar.within.setChecked(False)
            self.bar.tell(self.tr("Select a part of the text first."))
            return
        self._place = (self._body_number(), selection.selectionStart())
        self._current = None
        self.looking.set_within(selection)

    # what was found

    @Slot()
    def _found(self) -> None:
        hits = self.looking.hits
        field = self._field_of_place()
        if not hits or field is None:
            self._current = None
        else:
            number, position = self._place
            selected = at_selection(hits, number, field.editor.textCursor())
            first = first_from(hits, number, position)
            self._current = first % len(hits) if selected is None else selected
            if not self._stepped:
                self._show_current(caret=False)
        self._tell()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._current = None
        self._mark()
        self.bar.tell_count("")
        self.bar.query.tell_wrong(wrong=True)
        self.bar.tell(str(error), problem=True)

    def _forth(self) -> None:
        self._step(1)

    def _back(self) -> None:
        self._step(-1)

    def _step(self, way: int) -> None:
        hits = self.looking.hits
        if not hits:
            self._tell()
            return
        number, position = self._place
        selected = at_selection(hits, number, self.looking.fields[number].editor.textCursor())
        if selected is not None:
            wanted = selected + way
        else:
            first = first_from(hits, number, position)
            wanted = first if way > 0 else first - 1
        self._current = wanted % len(hits)
        self._said = ""
        if wanted >= len(hits):
            self._said = self.tr("from the top again")
        elif wanted < 0:
            self._said = self.tr("from the end again")
        self._show_current(caret=True)
        self._tell()

    def _show_current(self, *, caret: bool) -> None:
        if self._current is None:
            return
        hit = self.looking.hits[self._current]
        field = self.looking.fields[hit.field]
        if not caret:
            bring_into_sight(field.editor, hit.start)
            return
        before = self._field_of_place()
        if before is not None and before is not field:
            cursor = before.editor.textCursor()
            cursor.clearSelection()
            before.editor.setTextCursor(cursor)
        if field.part is Part.CAPTION:
            self._pane.sides.show_side(Side.PHOTOS)
            self._pane.side.bring_into_sight(field.editor)
        elif self._text.isHidden():
            self._pane.sides.show_side(Side.TEXT)
        select(field.editor, hit)
        self._place, self._stepped = (hit.field, hit.start), True

    def _field_of_place(self) -> Field | None:
        fields = self.looking.fields
        return fields[self._place[0]] if self._place[0] < len(fields) else None

    def _tell(self) -> None:
        hits, said = self.looking.hits, ""
        locale = self.bar.locale()
        wanted = bool(self.bar.query.words.text())
        if hits and self._current is not None:
            said = self.tr("%1 of %2").replace("%1", locale.toString(self._current + 1))
            said = said.replace("%2", locale.toString(len(hits)))
            if self._said:
                said = f"{said} · {self._said}"
        elif wanted:
            said = self.tr("Not found")
        self.bar.tell_count(said)
        # After all has been replaced, it is right that nothing is there.
        self.bar.query.tell_wrong(wrong=wanted and not hits and not self._putting.can_take_back)
        for button in (self.bar.one, self.bar.all, self.bar.forth, self.bar.back):
            button.setEnabled(bool(hits))
        self._mark()

    def _mark(self) -> None:
        hits = self.looking.hits
        current = hits[self._current] if self._current is not None and hits else None
        self._marks.show(hits, current, self.looking.within)

    # replacing

    @Slot()
    def _replace_one(self) -> None:
        if self._pane.editable and self.bar.replacing:
            self.looking.when_fresh(self._put_one)

    @Slot()
    def _replace_all(self) -> None:
        if self._pane.editable and self.bar.replacing:
            self.looking.when_fresh(self._put_all)

    def _template(self) -> Template | None:
        options: Options = self.bar.query.options()
        try:
            return read_template(
                self.bar.words.text(), self._pattern, expression=options.expression
            )
        except PatternError as error:
            self.bar.tell(str(error), problem=True)
            return None

    def _put_one(self) -> None:
        """Replace the finding one is at; a first press only goes there."""
        template, current, hits = self._template(), self._current, self.looking.hits
        if template is None or current is None or not hits:
            return
        hit = hits[current]
        editor = self.looking.fields[hit.field].editor
        if at_selection(hits, hit.field, editor.textCursor()) != current:
            self._show_current(caret=True)
            self._tell()
            return
        self._putting.put(self.looking.fields, (hit,), template)
        self._putting.forget()
        words = template.words(hit.line.words, hit.found)
        self._place = (hit.field, hit.start + len(words.encode("utf-16-le")) // 2)
        self.bar.tell("")
        self.looking.look_again()
        self.looking.when_fresh(self._go_on)

    def _go_on(self) -> None:
        """Go to what comes after the words that were just put in."""
        hits = self.looking.hits
        if hits:
            number, position = self._place
            first = first_from(hits, number, position)
            self._current = first % len(hits)
            self._said = self.tr("from the top again") if first == len(hits) else ""
            self._show_current(caret=True)
        self._tell()

    def _put_all(self) -> None:
        template, hits = self._template(), self.looking.hits
        if template is None:
            return
        if not hits:
            self._tell()
            return
        self._putting.put(self.looking.fields, hits, template)
        self._stepped = True
        number = self.bar.locale().toString(len(hits))
        said = self.tr("1 replaced.") if len(hits) == 1 else self.tr("%1 replaced.")
        self.bar.tell(said.replace("%1", number), undo=True)
        self.looking.look_again()

    @Slot()
    def _undo_ended(self) -> None:
        self.bar.tell("")
