"""Asks what both versions of a report have changed: one dialog at a time, for whoever merges."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from reporterdesk.ui.background import Background
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.store.store import Store
    from reporterdesk.ui.conflict.dialog import ConflictDialog, Versions
    from reporterdesk.workflow.content_merge import ContentMerge
    from reporterdesk.workflow.questions import Answer, Question
    from reporterdesk.workflow.replies import Reply

KEEP_MS = 500
"""Milliseconds after which what was said is kept, at most."""


class Asking(QObject):
    """Shows the questions of a merge. Lives on the UI thread.

    What is chosen and written is kept while it is, as a draft is: whoever closes the questions
    without an end, or loses the app in the middle, finds it when they are shown again, as far as
    the same is asked.
    """

    def __init__(self, window: MainWindow, background: Background) -> None:
        super().__init__(window)
        self._window, self._background = window, background
        self._asked: _Asked | None = None
        self._dialog: ConflictDialog | None = None
        self._unkept: _Keep | None = None
        self._keeping = QTimer(self, interval=KEEP_MS, singleShot=True)
        self._keeping.timeout.connect(self.keep)

    @property
    def dialog(self) -> ConflictDialog | None:
        """The questions, while they are shown."""
        return self._dialog

    def ask(
        self,
        report_id: str,
        versions: Versions,
        merged: ContentMerge,
        agreed: Callable[[tuple[Answer, ...]], None],
    ) -> None:
        """Show all questions of ``merged``; nothing while others are shown.

        :param agreed: is given an answer to each, once all were answered and it is to be done.
        """
        if self._asked is None:
            self._asked = _Asked(report_id, versions, merged, agreed)
            self._background.in_store(
                _Find(report_id, merged.questions), self._show, self._not_found
            )

    @Slot()
    def keep(self) -> None:
        """Keep what was said, if anything is asked."""
        self._keeping.stop()
        if self._asked is None or self._dialog is None:
            return
        questions = self._asked.merged.questions
        said = dict(zip(questions, self._dialog.replies, strict=False))
        keep = self._unkept = _Keep(self._asked.report_id, said)
        self._background.in_store(keep, _Kept(self, keep))

    def forget(self, report_id: str) -> None:
        """Forget what was said: it is in the report."""
        self._background.in_store(_Forget(report_id), _nothing)

    def _not_found(self, _error: Exception) -> None:
        self._show(())

    def _show(self, replies: Sequence[Reply]) -> None:
        asked = self._asked
        if asked is None:
            return
        from reporterdesk.ui.conflict.dialog import ConflictDialog
        from reporterdesk.ui.conflict.questions import all_asked

        if self._unkept is not None and self._unkept.report_id == asked.report_id:
            replies = self._unkept.said_to(asked.merged.questions)
        sections = self._window.list.delegate.section_names
        dialog = ConflictDialog(
            asked.versions,
            all_asked(asked.merged, sections, self._window.locale()),
            len(asked.merged.questions),
            self._window,
            replies=replies,
        )
        dialog.agreed.connect(_Agreed(dialog, asked.agreed))
        dialog.replied.connect(self._replied)
        dialog.finished.connect(self._closed)
        self._dialog = dialog
        dialog.open()

    @Slot()
    def _replied(self) -> None:
        if not self._keeping.isActive():
            self._keeping.start()

    def kept(self, keep: _Keep) -> None:
        """Take note that what was said is on the disk."""
        if self._unkept is keep:
            self._unkept = None

    @Slot(int)
    def _closed(self, _result: int) -> None:
        if self._dialog is not None:
            # Also of what was agreed: should it not be possible to file it, nothing is lost.
            self.keep()
            self._dialog.deleteLater()
            self._dialog = self._asked = None


@dataclass(frozen=True, slots=True)
class _Asked:
    report_id: str
    versions: Versions
    merged: ContentMerge
    agreed: Callable[[tuple[Answer, ...]], None]


@dataclass(frozen=True, slots=True)
class _Agreed:
    """Hands the answers on; the dialog's slot."""

    dialog: ConflictDialog
    agreed: Callable[[tuple[Answer, ...]], None]

    def __call__(self) -> None:
        self.agreed(self.dialog.answers)


@dataclass(frozen=True, slots=True)
class _Find:
    report_id: str
    questions: tuple[Question, ...]

    def __call__(self, store: Store) -> Sequence[Reply]:
        from reporterdesk.workflow.replies import kept_replies

        return kept_replies(store, self.report_id, self.questions)


@dataclass(frozen=True, slots=True, eq=False)
class _Keep:
    report_id: str
    said: Mapping[Question, Reply]

    def __call__(self, store: Store) -> None:
        from reporterdesk.workflow.replies import keep_replies

        keep_replies(store, self.report_id, self.said)

    def said_to(self, questions: Sequence[Question]) -> Sequence[Reply]:
        """Return what was said to each; it could not be kept."""
        from reporterdesk.workflow.replies import NOTHING

        return [self.said.get(question, NOTHING) for question in questions]


@dataclass(frozen=True, slots=True)
class _Kept:
    asking: Asking
    keep: _Keep

    def __call__(self, _result: object) -> None:
        self.asking.kept(self.keep)


@dataclass(frozen=True, slots=True)
class _Forget:
    report_id: str

    def __call__(self, store: Store) -> None:
        from reporterdesk.workflow.replies import forget_replies

        forget_replies(store, self.report_id)


def _nothing(_result: object) -> None:
    """Take a result that nobody needs."""
