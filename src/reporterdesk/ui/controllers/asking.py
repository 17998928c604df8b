"""Asks what both versions of a report have changed: one dialog at a time, for whoever merges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.ui.conflict.card import Reply
    from reporterdesk.ui.conflict.dialog import ConflictDialog, Versions
    from reporterdesk.workflow.content_merge import ContentMerge
    from reporterdesk.workflow.questions import Answer, Question


class Asking(QObject):
    """Shows the questions of a merge. Lives on the UI thread.

    Whoever closes them without an end finds what was chosen and written when they are shown again,
    as far as the same is asked: of one report, until the app is closed.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._dialog: ConflictDialog | None = None
        self._report_id = ""
        self._questions: tuple[Question, ...] = ()
        self._replies: dict[Question, Reply] = {}

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
        if self._dialog is not None:
            return
        from reporterdesk.ui.conflict.card import Reply
        from reporterdesk.ui.conflict.dialog import ConflictDialog
        from reporterdesk.ui.conflict.questions import all_asked

        if report_id != self._report_id:
            self._report_id, self._replies = report_id, {}
        self._questions = merged.questions
        dialog = ConflictDialog(
            versions,
            all_asked(merged, self._window.list.delegate.section_names, self._window.locale()),
            len(merged.questions),
            self._window,
            replies=[self._replies.get(question, Reply()) for question in merged.questions],
        )
        dialog.agreed.connect(_Agreed(dialog, agreed))
        dialog.finished.connect(self._closed)
        self._dialog = dialog
        dialog.open()

    @Slot(int)
    def _closed(self, _result: int) -> None:
        if self._dialog is not None:
            # Also of what was agreed: should it not be possible to file it, nothing is lost.
            self._replies = dict(zip(self._questions, self._dialog.replies, strict=False))
            self._dialog.deleteLater()
            self._dialog = None


@dataclass(frozen=True, slots=True)
class _Agreed:
    """Hands the answers on; the dialog's slot."""

    dialog: ConflictDialog
    agreed: Callable[[tuple[Answer, ...]], None]

    def __call__(self) -> None:
        self.agreed(self.dialog.answers)
