"""A writing desk with the bar in which one finds and replaces."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.status import Status
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.find.bar import FindBar
from reporterdesk.ui.find.finder import ReportFinder
from reporterdesk.ui.widgets.report_pane import ReportPane
from support.writing_desk import WritingDesk, writing_desk


@dataclass
class FindDesk:
    """The desk, and what finds on it."""

    desk: WritingDesk
    finder: ReportFinder
    qtbot: QtBot

    @property
    def pane(self) -> ReportPane:
        return self.desk.pane

    @property
    def body(self) -> BodyEditor:
        return self.desk.pane.text.body

    @property
    def bar(self) -> FindBar:
        return self.finder.bar

    def show(self, content: ReportContent) -> None:
        """Open a new report with this content, the keyboard in its text."""
        now = utc_now()
        self.pane.show_report(Report(new_id(), content, Status.DRAFT, now, now))
        self.finder.report_changed(other=True)
        self.pane.activateWindow()
        self.body.setFocus()

    def bar_opened(self, *, replacing: bool = False) -> None:
        """Open the bar."""
        self.finder.open(replacing=replacing)
        self.settled()

    def open(self, words: str = "", new: str = "", *, replacing: bool = False) -> None:
        """Open the bar and type into it; the keyboard stays in the field that was typed into."""
        self.bar_opened(replacing=replacing)
        if words:
            self.type(words, into=self.bar.query.words)
        if new:
            self.type(new, into=self.bar.words)

    def type(self, words: str, *, into: QLineEdit | None = None) -> None:
        """Type into the field that has the keyboard, in the place of what was there."""
        if into is not None:
            into.setFocus()
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        field.selectAll()
        if words.isascii():
            self.qtbot.keyClicks(field, words)
        else:  # which have no key in the simulation
            field.insert(words)
        self.settled()

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key where the keyboard is."""
        self.qtbot.keyClick(QApplication.focusWidget(), key, modifier)
        self.settled()

    def settled(self) -> None:
        """Wait until everything has been looked through."""
        looking = self.finder.looking
        self.qtbot.waitUntil(
            lambda: looking.fresh or self.bar.isHidden() or self.bar.trouble, timeout=10_000
        )

    def saved(self) -> None:
        """Wait until everything is on the disk."""
        self.desk.saved()

    def stored(self) -> Report:
        """Return the report as the store has it."""
        return self.desk.stored()

    def count(self) -> str:
        """Return what is said of where one is."""
        return self.bar.count.text()

    def marks(self) -> list[QTextEdit.ExtraSelection]:
        """Return the marks in the text."""
        return self.body.extraSelections()

    def marked(self) -> list[str]:
        """Return the words that are marked in the text."""
        return [mark.cursor.selectedText() for mark in self.marks()]

    def select(self, words: str, upto: str = "") -> None:
        """Select these words in the text, or from them to the end of others."""
        text = self.body.toPlainText()
        start = text.index(words)
        end = text.index(upto) + len(upto) if upto else start + len(words)
        cursor = QTextCursor(self.body.text_document)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.body.setTextCursor(cursor)


@contextmanager
def find_desk(home: Path, qtbot: QtBot) -> Iterator[FindDesk]:
    """Open a desk on the profile ``home``."""
    with writing_desk(home, qtbot) as desk:
        finder = ReportFinder(desk.pane, desk.workers)
        column = desk.pane.layout()
        assert isinstance(column, QVBoxLayout)
        column.addWidget(finder.bar)
        yield FindDesk(desk, finder, qtbot)
