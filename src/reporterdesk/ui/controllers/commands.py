"""The command palette: opened by its key, fed by the one table of actions, and by the store."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence

from reporterdesk.domain.report import ReportSummary
from reporterdesk.domain.searching import Order, Search
from reporterdesk.text.folding import fold
from reporterdesk.ui.action_table import ACTIONS, ActionSpec, menu_title
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.background import Background
from reporterdesk.ui.windows.main_window import MainWindow
from reporterdesk.ui.wording import date_word, status_word

if TYPE_CHECKING:
    from reporterdesk.store.store import Store
    from reporterdesk.ui.palette.entries import Command, Entry, FoundReport
    from reporterdesk.ui.palette.panel import CommandPalette

_log = logging.getLogger(__name__)

_ITSELF = "app.commands"
_RECENT = "recent_commands"
_KEPT, _REPORTS, _LOOKED_AT = 12, 6, 24
_SHORTEST = 2
_AHEAD_MS = 1_500
"""After the start, the palette is made, so that it opens at once when it is first asked for."""
_TYPING_MS = 120
"""How long the search for reports waits for the next key."""


class CommandRoom(QObject):
    """Opens the palette and runs what is chosen in it. Lives on the UI thread.

    The palette is made in a quiet moment after the start. What was used last is kept in the store.

    :ivar report_chosen: emits the id of a report that was chosen.
    """

    report_chosen = Signal(str)

    def __init__(self, window: MainWindow, actions: Actions, background: Background) -> None:
        super().__init__(window)
        self._window, self._actions, self._background = window, actions, background
        self._palette: CommandPalette | None = None
        self._recent: list[str] = []
        self._wanted: _Finding | None = None
        self._typed = ""
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._find)
        self._ahead = QTimer(self, singleShot=True, interval=_AHEAD_MS)
        self._ahead.timeout.connect(self._make_ahead)
        self._ahead.start()
        actions.bind(_ITSELF, self.show)
        background.in_store(_read_recent, self._recent_read, _nothing)

    @property
    def palette(self) -> CommandPalette:
        """The palette, which lies over the window while it is open."""
        if self._palette is None:
            from reporterdesk.ui.palette.panel import CommandPalette

            self._palette = CommandPalette(self._window)
            self._palette.chosen.connect(self._run)
            self._palette.typed.connect(self._look_for)
        return self._palette

    @Slot()
    def _make_ahead(self) -> None:
        self.palette.ensurePolished()

    @Slot()
    def show(self) -> None:
        """Open the palette over the window, or close it."""
        if self.palette.isVisible():
            self.palette.leave()
            return
        self._look_for("")
        toggles = self._actions.action(_ITSELF).shortcuts()
        self.palette.begin(self._commands(), self._recent, toggles)

    def _commands(self) -> list[Command]:
        """Return every action that can be seen, as it stands now."""
        return [
            self._command(spec, _plain(QCoreApplication.translate("Actions", menu_title(spec))))
            for spec in ACTIONS
            if spec.name != _ITSELF and self._actions.action(spec.name).isVisible()
        ]

    def _command(self, spec: ActionSpec, menu: str) -> Command:
        from reporterdesk.ui.palette.entries import Command
        from reporterdesk.ui.palette.reasons import why_off

        action = self._actions.action(spec.name)
        return Command(
            spec.name,
            _plain(action.text()),
            menu,
            action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            action.statusTip(),
            spec.icon,
            "" if action.isEnabled() else why_off(spec.name),
            action.isChecked() if action.isCheckable() else None,
        )

    @Slot(object)
    def _run(self, entry: Entry) -> None:
        from reporterdesk.ui.palette.entries import Command

        if isinstance(entry, Command):
            self._remember(entry.name)
            self._actions.action(entry.name).trigger()
        else:
            self.report_chosen.emit(entry.id)

    def _remember(self, name: str) -> None:
        recent = [name, *(known for known in self._recent if known != name)]
        self._recent = recent[:_KEPT]
        self._background.in_store(_KeepRecent(tuple(self._recent)), _nothing, _nothing)

    def _recent_read(self, recent: list[str]) -> None:
        self._recent = (self._recent + [name for name in recent if name not in self._recent])[
            :_KEPT
        ]

    @Slot(str)
    def _look_for(self, typed: str) -> None:
        """Look for reports as well, once nobody types for a moment."""
        self._typed, self._wanted = typed, None
        if len(typed.strip()) >= _SHORTEST:
            self._typing.start()
        else:
            self._typing.stop()

    @Slot()
    def _find(self) -> None:
        self._wanted = _Finding(self._typed, self._is_wanted, self._found)
        self._background.in_store(self._wanted, self._wanted.done, _nothing)

    def _is_wanted(self, finding: _Finding) -> bool:
        """Tell whether the answer is still waited for. Any thread may ask."""
        return self._wanted is finding

    def _found(self, finding: _Finding, reports: list[FoundReport]) -> None:
        if self._is_wanted(finding):
            self.palette.show_reports(finding.typed, reports)


@dataclass(frozen=True, slots=True, eq=False)
class _Finding:
    """Looks for reports with these words in their headlines, on the store thread."""

    typed: str
    is_wanted: Callable[[_Finding], bool]
    found: Callable[[_Finding, list[FoundReport]], None]

    def __call__(self, store: Store) -> list[FoundReport] | None:
        """Return the newest of them; ``None`` where nobody waits for it any more."""
        from reporterdesk.text.fuzzy import words_of
        from reporterdesk.ui.palette.entries import FoundReport

        search = Search(self.typed, order=Order.RELEVANCE)  # by which headlines come first
        page = store.finder.page(search, limit=_LOOKED_AT, superseded=self.superseded)
        if page is None:
            return None
        ids = [row.id for row in page.rows]
        hits = store.finder.hits(self.typed, ids, superseded=self.superseded)
        words = words_of(self.typed)
        named = [
            row
            for row in page.rows
            if row.id in hits and all(word in fold(row.headline) for word in words)
        ]
        named.sort(key=lambda row: row.changed_at, reverse=True)
        return [
            FoundReport(row.id, row.headline, _detail(row), hits[row.id].headline)
            for row in named[:_REPORTS]
        ]

    def superseded(self) -> bool:
        """Tell whether something else is asked for by now."""
        return not self.is_wanted(self)

    def done(self, reports: list[FoundReport] | None) -> None:
        if reports is not None:
            self.found(self, reports)


@dataclass(frozen=True, slots=True)
class _KeepRecent:
    names: tuple[str, ...]

    def __call__(self, store: Store) -> None:
        store.state.set(_RECENT, json.dumps(self.names))


def _read_recent(store: Store) -> list[str]:
    try:
        found = json.loads(store.state.get(_RECENT) or "[]")
    except ValueError:
        _log.warning("The commands used last could not be read.")
        return []
    return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []


def _detail(row: ReportSummary) -> str:
    return " · ".join(part for part in (status_word(row.status), date_word(row.event_date)) if part)


def _plain(text: str) -> str:
    """Return a menu's text without the sign for its letter, and without its dots."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _nothing(_result: object) -> None:
    """Where there is nothing to tell."""
