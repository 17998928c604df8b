"""Closing the window: at once when everything is on the disk, else after a calm question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from reporterdesk.ui.autosave import Autosave

if TYPE_CHECKING:
    from reporterdesk.ui.windows.not_saved import NotSavedDialog

_PATIENCE_MS = 5_000
"""How long a save may take before the person is asked rather than kept waiting."""


class Closing(QObject):
    """Waits for the last save before the window goes. Lives on the UI thread.

    Nobody loses words without having been told: while something could not be saved, it asks. A
    save that succeeds while the question stands answers it.

    :ivar agreed: emitted when the window may be closed.
    """

    agreed = Signal()

    def __init__(
        self, window: QWidget, autosave: Autosave, *, patience_ms: int = _PATIENCE_MS
    ) -> None:
        super().__init__(window)
        self._window, self._autosave = window, autosave
        self._asked = False
        self._why = ""
        self._dialog: NotSavedDialog | None = None
        self._patience = QTimer(self, singleShot=True, interval=patience_ms)
        self._patience.timeout.connect(self._question)
        autosave.saved.connect(self._saved)
        autosave.failed.connect(self._failed)

    @property
    def question(self) -> NotSavedDialog | None:
        """The question, while it is asked."""
        return self._dialog

    @Slot()
    def ask(self) -> None:
        """Save what is unsaved, then agree; or ask, where it cannot be saved."""
        if self._dialog is not None:
            self._dialog.raise_()
            return
        self._asked = True
        self._why = ""
        self._autosave.flush()
        if self._autosave.unsaved:
            self._patience.start()
        else:
            self._agree()

    @Slot()
    def _saved(self) -> None:
        if self._asked and not self._autosave.unsaved:
            self._agree()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._why = str(error)
        if self._asked and self._dialog is None:
            self._question()

    @Slot()
    def _question(self) -> None:
        from reporterdesk.ui.windows.not_saved import NotSavedDialog

        self._patience.stop()
        drafts = self._autosave.unsaved_drafts()
        dialog = NotSavedDialog(drafts, self._why, self._window)
        self._dialog = dialog
        dialog.setModal(True)
        dialog.accepted.connect(self._agree)
        dialog.rejected.connect(self._stay)
        dialog.show()

    @Slot()
    def _stay(self) -> None:
        self._end()

    @Slot()
    def _agree(self) -> None:
        self._end()
        self.agreed.emit()

    def _end(self) -> None:
        self._asked = False
        self._patience.stop()
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.blockSignals(True)
            dialog.close()
            dialog.deleteLater()
