"""Keeps the note to a decision while it is written, and brings it back with its report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from reporterdesk.domain.status import Action
from reporterdesk.ui.drafts import Background
from reporterdesk.ui.widgets.review_pane import ReviewPane

if TYPE_CHECKING:
    from reporterdesk.store.store import Store
    from reporterdesk.workflow.begun_notes import BegunNote

KEEP_MS = 500
"""Milliseconds after which what was written is kept, at most."""


class BegunNotes(QObject):
    """The notes to the report that the pane shows. Lives on the UI thread.

    Who goes on to another report, or loses the app, finds the question open again with what was
    written; who puts it away finds the words when they ask for it again.
    """

    def __init__(self, pane: ReviewPane, background: Background) -> None:
        super().__init__(pane)
        self._pane, self._background = pane, background
        self._report_id = ""
        self._notes: dict[Action, _Note] = {}
        self._unkept: set[Action] = set()
        self._keeping = QTimer(self, interval=KEEP_MS, singleShot=True)
        self._keeping.timeout.connect(self.keep)
        pane.shown.connect(self._shown)
        pane.ask.asked.connect(self._fill)
        pane.ask.written_on.connect(self._written)
        pane.ask.put_away.connect(self._put_away)

    @Slot()
    def keep(self) -> None:
        """Keep what was written since the last time."""
        self._keeping.stop()
        for action in self._unkept:
            note = self._notes[action]
            self._background.in_store(_Keep(self._report_id, action, note), _nothing)
        self._unkept.clear()

    def sent(self, action: Action) -> None:
        """Keep the note to ``action`` no longer, which is being decided; the store does the same
        once the decision stands there."""
        self.keep()
        self._notes.pop(action, None)

    @Slot()
    def look(self) -> None:
        """Look whether a note is there again: its decision may have been taken back."""
        if self._report_id:
            self._background.in_store(_Find(self._report_id), _Found(self, self._report_id))

    @Slot()
    def read(self) -> None:
        """Look anew for all that was begun: somebody else may be signed in."""
        self.keep()
        self._notes = {}
        self.look()

    @Slot(str)
    def _shown(self, report_id: str) -> None:
        if report_id != self._report_id:
            self.keep()
            self._report_id = report_id
            self.read()

    def found(self, report_id: str, notes: dict[Action, BegunNote]) -> None:
        """Open the question again that was open when the report was left."""
        if report_id != self._report_id:
            return
        for action, note in notes.items():
            known = self._notes.setdefault(action, _Note(note.words, put_away=note.put_away))
            if not known.put_away:
                self._pane.ask_again(action)
            if self._pane.ask.is_asking(action):  # since before the store had answered
                self._fill(action)

    @Slot(object)
    def _fill(self, action: Action) -> None:
        note, field = self._notes.get(action), self._pane.ask.note
        if note is not None and not field.words():
            field.set_words(note.words)
            self._note(action, put_away=False)

    @Slot()
    def _written(self) -> None:
        self._note(self._pane.ask.action, put_away=False)

    @Slot()
    def _put_away(self) -> None:
        if self._pane.ask.action in self._notes:
            self._note(self._pane.ask.action, put_away=True)

    def _note(self, action: Action, *, put_away: bool) -> None:
        self._notes[action] = _Note(self._pane.ask.note.words(), put_away=put_away)
        self._unkept.add(action)
        if not self._keeping.isActive():
            self._keeping.start()


@dataclass(frozen=True, slots=True)
class _Note:
    words: str
    put_away: bool


@dataclass(frozen=True, slots=True)
class _Keep:
    report_id: str
    action: Action
    note: _Note

    def __call__(self, store: Store) -> None:
        from reporterdesk.workflow.begun_notes import BegunNote, keep_note

        note = BegunNote(words=self.note.words, put_away=self.note.put_away)
        keep_note(store, self.report_id, self.action, note)


@dataclass(frozen=True, slots=True)
class _Find:
    report_id: str

    def __call__(self, store: Store) -> dict[Action, BegunNote]:
        from reporterdesk.workflow.begun_notes import begun_notes

        return begun_notes(store, self.report_id)


@dataclass(frozen=True, slots=True)
class _Found:
    notes: BegunNotes
    report_id: str

    def __call__(self, found: dict[Action, BegunNote]) -> None:
        self.notes.found(self.report_id, found)


def _nothing(_result: object) -> None:
    """Take a result that nobody needs."""
