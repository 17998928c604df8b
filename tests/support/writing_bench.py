"""The whole app over an encrypted store with long reports, and a bare text window beside it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit

from reporterdesk.app.desktop import Desktop
from reporterdesk.app.opening_key import InHand
from reporterdesk.app.starting import make_application
from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.ids import new_id
from reporterdesk.store.key import StoreKey
from reporterdesk.store.opening import open_store
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.spelling import SpellChecker
from reporterdesk.ui.theme import Theme
from reporterdesk.workflow.drafting import save_draft
from support.contents import ready_content
from support.desks import DoorKeeper
from support.keystrokes import pause, wait
from support.long_reports import long_report, write_words

WIDTH, HEIGHT = 1400, 860


@dataclass
class WritingBench:
    """The app with one draft of each length, and the bare editor."""

    desktop: Desktop
    bare: QTextEdit
    ids: dict[int, str]

    @property
    def body(self) -> BodyEditor:
        """The editor of the app."""
        return self.desktop.window.pane.text.body

    def open(self, words: int) -> float:
        """Open the draft of this length; return seconds until its text is painted."""
        self.desktop.window.activateWindow()
        began = time.perf_counter()
        self.desktop.opening.open(self.ids[words])
        while self.desktop.window.pane.report_id != self.ids[words]:
            QCoreApplication.processEvents()
        QCoreApplication.processEvents()
        return time.perf_counter() - began

    def settle(self) -> None:
        """Wait until everything is saved, checked and shown."""
        body, pane, preview = self.body, self.desktop.window.pane, self.desktop.preview
        checker = body.findChild(SpellChecker)
        room = preview.room
        pause(0.05)
        wait(
            lambda: (
                not pane.unsaved
                and (checker is None or not checker.working)
                and (room is None or not room.busy)
            )
        )
        pause(0.05)

    def take_over(self) -> None:
        """Give the keyboard to the app's editor."""
        self._give(self.body)

    def hand_over(self) -> None:
        """Give the keyboard to the bare editor, with the same text in the same width."""
        self._give(self.bare)

    @staticmethod
    def _give(editor: QTextEdit) -> None:
        editor.window().activateWindow()
        editor.setFocus()
        wait(editor.hasFocus)

    def show_bare(self) -> None:
        """Show the text of the app in the bare editor."""
        body = self.body
        self.bare.setPlainText(body.toPlainText())
        self.bare.setFont(body.font())
        wide = self.bare.width() - self.bare.viewport().width()
        self.bare.window().resize(body.viewport().width() + wide, body.window().height())
        pause(0.1)


@contextmanager
def writing_bench(home: Path, lengths: tuple[int, ...]) -> Iterator[WritingBench]:
    """Open the app with spelling, autosave and preview on; close it at the end."""
    write_words(home / "words")
    os.environ["REPORTERDESK_DICTIONARIES"] = str(home / "words")
    key = StoreKey.new()
    ids = _fill(home / "profile", key, lengths)
    application = QApplication.instance() or make_application(sys.argv[:1])
    assert isinstance(application, QApplication)
    desktop = Desktop(
        home / "profile", Theme(application), desk=DoorKeeper().as_desk(), unlock=InHand(key)
    )
    desktop.window.resize(WIDTH, HEIGHT)
    desktop.show()
    wait(lambda: desktop.ready)
    window = QMainWindow()
    bare = QTextEdit(window)
    window.setCentralWidget(bare)
    window.show()
    made = WritingBench(desktop, bare, ids)
    try:
        made.open(lengths[0])
        desktop.actions.action("report.preview").setChecked(True)
        desktop.preview.toggle()
        pause(1.5)  # what the app does later by itself has begun
        made.settle()
        assert body_is_checked(made.body), "spelling is off"
        yield made
    finally:
        desktop.close()
        window.close()


def body_is_checked(body: BodyEditor) -> bool:
    """Return whether misspelled words are marked in ``body``."""
    blocks = range(body.text_document.blockCount())
    return any(body.mistakes.wrong(number) for number in blocks)


def _fill(home: Path, key: StoreKey, lengths: tuple[int, ...]) -> dict[int, str]:
    store = open_store(home, clock=utc_now, key=key)
    ids = {}
    try:
        for words in lengths:
            ids[words] = new_id()
            content = ready_content(f"{words} words")
            content = replace(content, body=long_report(words).markdown, language="en-GB")
            save_draft(store, ids[words], content, clock=utc_now)
    finally:
        store.close()
    return ids
