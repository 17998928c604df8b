"""Looks for a pattern in the fields of a report, again after each change, in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QTextCursor

from reporterdesk.text.pattern import Pattern
from reporterdesk.ui.drafts import Background
from reporterdesk.ui.find.fields import Field, Hit, Line, Part, hits_in, lines_of

_PAUSE_MS = 120
"""A text that is being typed is looked through after so long a pause."""


class Looking(QObject):
    """Keeps the findings of one pattern in step with the text. Lives on the UI thread.

    :ivar found: emitted when :attr:`hits` are those of the present text.
    :ivar failed: emits the known error for which nothing was found.
    """

    found = Signal()
    failed = Signal(object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._pattern = Pattern(None)
        self._newest: _Job | None = None
        self._within: QTextCursor | None = None
        self._revisions: tuple[int, ...] = ()
        self._then: list[Callable[[], object]] = []
        self.fields: tuple[Field, ...] = ()
        self.hits: tuple[Hit, ...] = ()
        self._fresh = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._look_if_changed)

    def set_fields(self, fields: Sequence[Field]) -> None:
        """Look in these fields from now on."""
        for field in self.fields:
            field.text.contentsChanged.disconnect(self._changed)
        self.fields = tuple(fields)
        for field in self.fields:
            field.text.contentsChanged.connect(self._changed)
        self._forget()

    def set_within(self, selection: QTextCursor | None) -> None:
        """Look only in what is selected in the text, wherever that moves to; ``None``: anywhere."""
        self._within = None if selection is None else QTextCursor(selection)
        self.look_again()

    @property
    def within(self) -> QTextCursor | None:
        """Where alone is looked."""
        return self._within

    @property
    def fresh(self) -> bool:
        """Whether :attr:`hits` are those of the present text."""
        return self._fresh and self._revisions == self._now()

    def look_for(self, pattern: Pattern) -> None:
        """Look for ``pattern`` from now on."""
        self._pattern = pattern
        self.look_again()

    @Slot()
    def look_again(self) -> None:
        """Look through the text as it stands."""
        self._timer.stop()
        self._revisions = self._now()
        self._fresh = False
        job = self._newest = _Job(lines_of(self.fields), self._pattern, self._is_newest)
        if not self._pattern:
            self._done(job, ())
            return
        self._background.in_pool(job, job.told(self._done), job.told(self._not_done))

    def when_fresh(self, then: Callable[[], object]) -> None:
        """Call ``then`` once the findings are those of the present text; at once if they are."""
        if self.fresh:
            then()
            return
        self._then.append(then)
        if self._revisions != self._now() or self._newest is None:
            self.look_again()

    def stop(self) -> None:
        """Find nothing more, and forget what was found."""
        self._timer.stop()
        self._pattern, self._within = Pattern(None), None
        self._forget()

    def _forget(self) -> None:
        self._newest, self.hits, self._fresh = None, (), False
        self._then.clear()

    def _is_newest(self, job: _Job) -> bool:
        """Tell whether the answer is still waited for. Any thread may ask."""
        return self._newest is job

    def _done(self, job: _Job, hits: tuple[Hit, ...] | None) -> None:
        if hits is None or not self._is_newest(job):
            return
        if self._revisions != self._now():
            self.look_again()
            return
        self.hits = tuple(filter(self._inside, hits)) if self._within is not None else hits
        self._fresh = True
        self.found.emit()
        waiting, self._then = self._then, []
        for then in waiting:
            then()

    def _not_done(self, job: _Job, error: Exception) -> None:
        if self._is_newest(job):
            self._forget()
            self.failed.emit(error)

    def _inside(self, hit: Hit) -> bool:
        within = self._within
        return within is not None and (
            self.fields[hit.field].part is Part.BODY
            and within.selectionStart() <= hit.start
            and hit.end <= within.selectionEnd()
        )

    def _now(self) -> tuple[int, ...]:
        return tuple(field.text.revision() for field in self.fields)

    @Slot()
    def _changed(self) -> None:
        if self._pattern:
            self._timer.start()

    @Slot()
    def _look_if_changed(self) -> None:
        # A mark under a misspelled word is told as a change, too.
        if self._revisions != self._now():
            self.look_again()


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """One look through the text, in the pool."""

    lines: tuple[Line, ...]
    pattern: Pattern
    is_newest: Callable[[_Job], bool]

    def __call__(self) -> tuple[Hit, ...] | None:
        return hits_in(self.lines, self.pattern, lambda: self.is_newest(self))

    def told(self, tell: Callable[[_Job, Any], None]) -> Callable[[Any], None]:
        """Return a function that passes on an answer with the question."""
        return lambda answer: tell(self, answer)
