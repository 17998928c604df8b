"""The window before the key is here: painted, quietly empty, and not to be typed into."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction

from reporterdesk.ui.actions import Actions
from reporterdesk.ui.widgets.empty_place import EmptyWords
from reporterdesk.ui.windows.main_window import MainWindow

_QUIETLY_MS = 2_500
"""After that, a keyring probably asks the person for its password."""
_STILL_POSSIBLE = frozenset({"app.quit", "view.full_screen"})


class Waiting(QObject):
    """Keeps the window from taking words that could not be saved yet. Lives on the UI thread.

    :ivar other_way: emitted when the person would rather enter the recovery code.
    """

    other_way = Signal()

    def __init__(self, window: MainWindow, actions: Actions) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        self._switched_off: list[QAction] = []
        self._way = QAction(self.tr("Use the recovery code…"), self)
        self._way.triggered.connect(self.other_way)
        self._patience = QTimer(self, singleShot=True, interval=_QUIETLY_MS)
        self._patience.timeout.connect(self._explain)

    def begin(self) -> None:
        """Say that the drafts are being opened; only leaving is possible."""
        for name in self._actions.names():
            action = self._actions.action(name)
            if name not in _STILL_POSSIBLE and action.isEnabled():
                action.setEnabled(False)
                self._switched_off.append(action)
        for side in (self._window.places, self._window.list):
            side.setEnabled(False)
        self._window.list.show_fill(0, EmptyWords(), None)
        self._window.empty.tell(EmptyWords(self.tr("Opening your drafts…")))
        self._window.show_content(self._window.empty)
        self._patience.start()

    def end(self) -> None:
        """Let the window be used."""
        self._patience.stop()
        for side in (self._window.places, self._window.list):
            side.setEnabled(True)
        for action in self._switched_off:
            action.setEnabled(True)
        self._switched_off.clear()

    @Slot(float)
    def tell_progress(self, done: float) -> None:
        """Say how much of bringing an older store to this version is done, from 0 to 1."""
        self._patience.stop()
        said = self.tr(
            "An older ReporterDesk wrote them. They are backed up first, and then brought to this "
            "version: %1\u00a0%."
        ).replace("%1", self._window.locale().toString(int(done * 100)))
        self._window.empty.tell(EmptyWords(self.tr("Updating your drafts…"), said, "drafts"))

    @Slot()
    def _explain(self) -> None:
        words = EmptyWords(
            self.tr("Opening your drafts…"),
            self.tr(
                "Their key is in this system’s keyring, which may be asking for its password. "
                "With your recovery code it goes without the keyring."
            ),
            "settings",
        )
        self._window.empty.tell(words, self._way)
