"""Spelling in the report that is open: by its language, with its names and the person's words."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QTimer, Slot

from reporterdesk.domain.report import Report
from reporterdesk.paths import dictionaries_folder
from reporterdesk.settings import Settings
from reporterdesk.spelling.accepted import names_of
from reporterdesk.spelling.dictionaries import usual_folders
from reporterdesk.spelling.service import Begun
from reporterdesk.store.store import Store
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.controllers.dialogs import Dialogs
from reporterdesk.ui.controllers.next_mistake import NextMistake
from reporterdesk.ui.drafts import Background
from reporterdesk.ui.editor.spelling import SpellChecker
from reporterdesk.ui.editor.spelling_menu import SpellingMenu
from reporterdesk.ui.widgets.field_spelling import FieldSpelling
from reporterdesk.ui.widgets.notice_bar import Notice
from reporterdesk.ui.widgets.photo_card import PhotoCard
from reporterdesk.ui.widgets.side_panel import SidePanel
from reporterdesk.ui.windows.main_window import MainWindow

_FIRST_AFTER_MS = 1_000
"""Loading a dictionary takes a processor for a moment: not while the window finds its feet."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the store has for the spelling of one report."""

    report_id: str
    personal: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()


class Spelling(QObject):
    """Keeps the checker in step with the report, the settings and the store. On the UI thread.

    :ivar checker: marks the mistakes in the text.
    :ivar menu: the menu of a mistake.
    :ivar fields: marks the mistakes in the headline, the standfirst, and the words about photos.
    """

    def __init__(
        self,
        window: MainWindow,
        actions: Actions,
        background: Background,
        dialogs: Dialogs,
        home: Path,
        *,
        first_after_ms: int = _FIRST_AFTER_MS,
    ) -> None:
        super().__init__(window)
        self._window, self._pane, self._background = window, window.pane, background
        self._dialogs, self._home, self._actions = dialogs, home, actions
        self._kept: _Kept | None = None
        self._shown: str | None = None
        self._names: frozenset[str] = frozenset()
        self._begun: Begun | None = None
        self._body = self._pane.text.body
        self.checker = SpellChecker(self._body, self._folders)
        self.menu = SpellingMenu(self._body, self.checker, self._personal)
        self._body.takes_menu = self.menu.takes
        self.fields = FieldSpelling(self.checker, self._personal, self._connect_menu)
        self._next = NextMistake(self._pane.sides, self.checker, self.fields, self.menu)
        self._timer = QTimer(self, singleShot=True, interval=first_after_ms)
        self._timer.timeout.connect(self._read)
        self._connect()
        self._settings_changed(dialogs.settings)

    def close(self) -> None:
        """End the checking, its thread and its process."""
        self._timer.stop()
        self.checker.close()

    def _connect(self) -> None:
        actions, text = self._actions, self._pane.text
        actions.action("edit.check_spelling").triggered.connect(self._switched)
        actions.bind("edit.next_mistake", self._find)
        actions.bind("edit.suggestions", self._find_with_menu)
        self._dialogs.settings_changed.connect(self._settings_changed)
        self._pane.standing_changed.connect(self._stands)
        self._pane.draft_saved.connect(self._saved)
        text.head.language_changed.connect(self._language_changed)
        self.checker.begun.connect(self._told_dictionary)
        self._next.none_left.connect(self._tell_none)
        self._connect_menu(self.menu)
        self.fields.watch(text.head.headline)
        self.fields.watch(text.head.standfirst)
        self._pane.form.panel_taken.connect(self._watch_panel)
        if self._pane.form.panel is not None:
            self._watch_panel(self._pane.form.panel)

    def _connect_menu(self, menu: SpellingMenu) -> None:
        menu.add_wanted.connect(self._add)
        menu.remove_wanted.connect(self._remove)
        menu.ignore_wanted.connect(self._ignore)

    @Slot(object)
    def _watch_panel(self, panel: SidePanel) -> None:
        panel.side.photos.card_made.connect(self._watch_card)
        for card in panel.side.photos.cards():
            self._watch_card(card)

    @Slot(object)
    def _watch_card(self, card: PhotoCard) -> None:
        self.fields.watch(card.caption)
        self.fields.watch(card.alt_text)

    @property
    def _on(self) -> bool:
        return self._dialogs.settings.spelling

    def _folders(self) -> Iterator[Path]:
        yield dictionaries_folder(self._home)
        yield from usual_folders()

    def _personal(self) -> frozenset[str]:
        return self._kept.personal if self._kept and self._on else frozenset()

    @Slot(bool)
    def _switched(self, on: bool) -> None:
        self._dialogs.change_settings(replace(self._dialogs.settings, spelling=on))
        if self._timer.isActive():
            self._timer.start(0)  # it is asked for: at once

    @Slot(object)
    def _settings_changed(self, settings: Settings) -> None:
        action = self._actions.action("edit.check_spelling")
        running = self._timer.isActive() or self._shown is not None
        action.setChecked(settings.spelling)
        self._actions.enable(settings.spelling, "edit.next_mistake", "edit.suggestions")
        if settings.spelling and not running:
            self._timer.start()
        elif not settings.spelling:
            self._timer.stop()
            self._shown = self._kept = None
            self.checker.close()

    @Slot(object)
    def _stands(self, report: Report) -> None:
        if self._on and not self._timer.isActive() and report.id != self._shown:
            self._read()

    @Slot()
    def _read(self) -> None:
        """Read the words of the report that is open; it is checked as soon as they are here."""
        self.checker.end()
        report = self._pane.report
        self._kept = None
        self._shown = report.id if report is not None else None
        if report is not None:
            self._names = names_of(report.content)
            read = partial(_read_words, report.id)
            self._background.in_store(read, self._words_read, self._no_words)

    @Slot(object)
    def _words_read(self, kept: _Kept) -> None:
        if self._on and kept.report_id == self._pane.report_id:
            self._kept = kept
            self._language_changed()

    def _no_words(self, error: Exception) -> None:
        _log.warning("The words that are accepted could not be read.", exc_info=error)
        if self._pane.report_id is not None:
            self._words_read(_Kept(self._pane.report_id))

    @Slot()
    def _language_changed(self) -> None:
        if self._kept is not None:
            self._begun = None
            preferred = QLocale.system().uiLanguages()
            language = self._pane.text.head.language.code() or "en"
            self.checker.begin(language, preferred, self._accepted())

    def _accepted(self) -> frozenset[str]:
        kept = self._kept
        return self._names | (kept.personal | kept.ignored if kept else frozenset())

    @Slot(str, object)
    def _saved(self, report_id: str, report: Report) -> None:
        """Take the names from the facts as they are now."""
        if self._kept is not None and report_id == self._kept.report_id:
            self._names = names_of(report.content)
            self.checker.accept(self._accepted())

    @Slot(str)
    def _add(self, word: str) -> None:
        if self._kept is not None:
            self._take(replace(self._kept, personal=self._kept.personal | {word}))
        self._background.in_store(partial(_add_word, word), _nothing)

    @Slot(str)
    def _remove(self, word: str) -> None:
        if self._kept is not None:
            self._take(replace(self._kept, personal=self._kept.personal - {word}))
        self._background.in_store(partial(_remove_word, word), _nothing)

    @Slot(str)
    def _ignore(self, word: str) -> None:
        if self._kept is not None:
            self._take(replace(self._kept, ignored=self._kept.ignored | {word}))
            self._background.in_store(partial(_ignore_word, self._kept.report_id, word), _nothing)

    def _take(self, kept: _Kept) -> None:
        """Let other words be right from now on; they hold, though the disk may be full."""
        self._kept = kept
        self.checker.accept(self._accepted())

    @Slot()
    def _find(self) -> None:
        if self._pane.editable and self._kept is not None:
            self._next.find(with_menu=False)

    @Slot()
    def _find_with_menu(self) -> None:
        if self._pane.editable and self._kept is not None:
            self._next.find(with_menu=True)

    @Slot()
    def _tell_none(self) -> None:
        if self._begun is not None and self._begun.dictionary is None and self._begun.spelled:
            self._window.messages.tell(Notice(self._no_dictionary(self._begun.language)))
        else:
            self._window.messages.tell(Notice(self.tr("No spelling mistakes were found.")))

    @Slot(object)
    def _told_dictionary(self, begun: Begun) -> None:
        """Say once of a language that it cannot be checked, where nothing else is being said."""
        self._begun = begun
        kept = self._kept
        if begun.dictionary is not None or not begun.spelled or kept is None:
            return
        if begun.language not in kept.told and not self._window.messages.sentence:
            self._window.messages.tell(Notice(self._no_dictionary(begun.language)))
            self._kept = replace(kept, told=kept.told | {begun.language})
            self._background.in_store(partial(_tell_language, begun.language), _nothing)

    def _no_dictionary(self, language: str) -> str:
        there_is_none = self.tr("There is no spelling dictionary for %1 on this computer.")
        name = QLocale.languageToString(QLocale(language).language())
        match sys.platform:
            case "darwin":
                how = self.tr(
                    "Put its .aff and .dic files into Library/Spelling of your home folder."
                )
            case "win32":
                how = self.tr("LibreOffice brings dictionaries that ReporterDesk finds.")
            case _:
                how = self.tr("Your system has it as a package with a name like “hunspell-%2”.")
        code = language.partition("-")[0]
        return f"{there_is_none} {how}".replace("%1", name).replace("%2", code)


def _read_words(report_id: str, store: Store) -> _Kept:
    words = store.spelling
    return _Kept(report_id, words.personal(), words.ignored(report_id), words.told())


def _add_word(word: str, store: Store) -> None:
    store.spelling.add(word)


def _remove_word(word: str, store: Store) -> None:
    store.spelling.remove(word)


def _ignore_word(report_id: str, word: str, store: Store) -> None:
    store.spelling.ignore(report_id, word)


def _tell_language(language: str, store: Store) -> None:
    store.spelling.tell(language)


def _nothing(_result: object) -> None:
    pass
