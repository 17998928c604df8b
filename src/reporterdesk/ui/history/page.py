"""Writes a moment of a report into a text document, with what has changed since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QFont, QImage, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QApplication

from reporterdesk.domain.history import SnapshotInfo
from reporterdesk.domain.report import ReportContent
from reporterdesk.text.difference import BlockChange, Change, WordChange, Words
from reporterdesk.text.lines import PARAGRAPH, STANDING, LineStyle
from reporterdesk.ui.editor.document_writer import inside_a_block
from reporterdesk.ui.editor.formats import (
    OBJECT,
    block_format,
    caret_format,
    run_format,
    standing_format,
)
from reporterdesk.ui.history import words as say
from reporterdesk.ui.history.change_ink import Mark, mark_of, marked
from reporterdesk.ui.history.facts import fact_label, shown_words
from reporterdesk.ui.history.lines import MarkedLine, marked_lines
from reporterdesk.workflow.comparing import Comparison, FactChange, PhotoChange
from reporterdesk.workflow.restoring import AnyChange, Head, HeadChange, OrderChange

RESTORE = "restore:"
"""The scheme of a link that restores; the number of the change follows."""

_HEADLINE_SIZE, _STANDFIRST_SIZE, _SMALL = 3, 1, -1
"""On Qt’s scale of relative sizes."""
_THUMBNAIL_HEIGHT = 96


@dataclass(frozen=True, slots=True)
class Page:
    """A moment of a report beside the report as it stands now.

    ``changes`` are in the order of the page, facts in it with the names that a person knows.
    """

    moment: SnapshotInfo
    then: ReportContent
    now: ReportContent
    comparison: Comparison
    changes: tuple[AnyChange, ...]


class PageWriter:
    """Writes one page at ``cursor``, whose document must be empty.

    :param restoring: whether each change gets a link that takes it back.
    :param picture: gives the picture of a photo by its id where it is there.
    :ivar spans: for each change, the numbers of its first and its last block.
    """

    def __init__(
        self,
        cursor: QTextCursor,
        page: Page,
        *,
        restoring: bool,
        only_changes: bool,
        picture: Callable[[str], QImage | None],
    ) -> None:
        self._cursor, self._page = cursor, page
        self._restoring, self._only_changes = restoring, only_changes
        self._picture = picture
        self._begun = False
        self._family = QApplication.font().families() or [QApplication.font().family()]
        self.spans: list[tuple[int, int]] = []

    def write(self) -> None:
        """Write the page, one step."""
        self._cursor.beginEditBlock()
        changes = list(self._page.changes)
        comparison = self._page.comparison
        for head, words in (
            (Head.HEADLINE, comparison.headline),
            (Head.STANDFIRST, comparison.standfirst),
        ):
            change = changes[0] if changes else None
            changed = isinstance(change, HeadChange) and change.head is head
            if changed and change is not None:
                del changes[0]
                self._changed(change)
            elif words and not self._only_changes:
                self._head(head, words)
        self._body(changes)
        title = ""
        for change in changes:
            if self._title(change) != title:
                title = self._title(change)
                self._small(title, Mark.MUTED, above=28, bold=True)
            self._changed(change)
        self._cursor.endEditBlock()

    def _body(self, changes: list[AnyChange]) -> None:
        """Write the body; its changes are taken from the front of ``changes``."""
        same = 0
        for block in self._page.comparison.body:
            if block.change is Change.KEPT:
                same += 1
                if not self._only_changes:
                    self._lines(block)
                continue
            self._tell_same(same)
            same = 0
            del changes[0]
            self._changed(block)
        self._tell_same(same)

    def _tell_same(self, blocks: int) -> None:
        if self._only_changes and blocks:
            self._small(say.same_word(blocks), Mark.MUTED)

    def _changed(self, change: AnyChange) -> None:
        """Write one change, what became of it, and the link that takes it back."""
        first = self._cursor.blockNumber() + self._begun
        fate = say.fate_word(change)
        if fate:
            self._small(fate, Mark.MUTED, above=14)
        match change:
            case HeadChange(head, words):
                self._head(head, words)
            case BlockChange():
                self._lines(change)
            case PhotoChange():
                self._photo(change)
            case OrderChange():
                self._small(say.part_word(change), Mark.NONE)
            case FactChange(fact):
                self._labelled(fact_label(fact), shown_words(change))
        if self._restoring:
            link = QTextCharFormat()
            link.setAnchor(True)
            link.setAnchorHref(f"{RESTORE}{len(self.spans)}")
            self._small(say.restore_word(change), Mark.NONE, link, above=4)
        self.spans.append((first, self._cursor.blockNumber()))

    def _head(self, head: Head, words: Words) -> None:
        size = _HEADLINE_SIZE if head is Head.HEADLINE else _STANDFIRST_SIZE
        look = QTextCharFormat()
        look.setProperty(QTextFormat.Property.FontSizeAdjustment, size)
        if head is Head.HEADLINE:
            look.setFontWeight(QFont.Weight.Bold)
        self._block(block_format(PARAGRAPH))
        kept = Mark.NONE if head is Head.HEADLINE else Mark.MUTED
        self._words(words, look, kept)

    def _lines(self, block: BlockChange) -> None:
        for line in marked_lines(block):
            self._line(line)

    def _line(self, line: MarkedLine) -> None:
        if line.thing is not None:
            self._block(block_format(STANDING))
            self._cursor.insertText(OBJECT, standing_format(line.thing))
            return
        self._styled_block(line.style)
        self._words(line.words, QTextCharFormat(), Mark.NONE)

    def _photo(self, change: PhotoChange) -> None:
        photo = change.before or change.after
        image = self._picture(photo.id) if photo else None
        if image is not None and not image.isNull():
            self._block(_small_block(above=8))
            size = image.size()
            width = round(size.width() * _THUMBNAIL_HEIGHT / max(1, size.height()))
            self._cursor.insertImage(image.scaled(width * 2, _THUMBNAIL_HEIGHT * 2))
            self._fit_picture(width)
        for label, words in say.photo_words(change):
            self._labelled(label, words)

    def _fit_picture(self, width: int) -> None:
        """Show the picture that was inserted last with so many pixels, sharp on dense screens."""
        self._cursor.movePosition(
            QTextCursor.MoveOperation.PreviousCharacter, QTextCursor.MoveMode.KeepAnchor
        )
        made = self._cursor.charFormat().toImageFormat()
        made.setWidth(width)
        made.setHeight(_THUMBNAIL_HEIGHT)
        self._cursor.setCharFormat(made)
        self._cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)

    def _labelled(self, label: str, words: Words) -> None:
        look = self._small_look(QTextCharFormat())
        self._block(_small_block(above=8))
        self._cursor.insertText(f"{label}: ", marked(look, Mark.MUTED))
        self._words(words, look, Mark.NONE)

    def _words(self, words: Words, look: QTextCharFormat, kept: Mark) -> None:
        before: WordChange | None = None
        for word in words:
            if before is not None and _collide(before, word):
                self._cursor.insertText(" ", look)
            before = word
            made = run_format(word.run)
            made.merge(look)
            mark = kept if word.change is Change.KEPT else mark_of(word.change)
            self._cursor.insertText(inside_a_block(word.run.text), marked(made, mark))

    def _small(
        self,
        text: str,
        mark: Mark,
        look: QTextCharFormat | None = None,
        *,
        above: int = 8,
        bold: bool = False,
    ) -> None:
        """Write a line of the app’s own words."""
        made = self._small_look(look or QTextCharFormat())
        if bold:
            made.setFontWeight(QFont.Weight.DemiBold)
        self._block(_small_block(above=above))
        self._cursor.insertText(inside_a_block(text), marked(made, mark))

    def _small_look(self, look: QTextCharFormat) -> QTextCharFormat:
        made = QTextCharFormat(look)
        made.setFontFamilies(self._family)
        made.setProperty(QTextFormat.Property.FontSizeAdjustment, _SMALL)
        return made

    def _styled_block(self, style: LineStyle) -> None:
        self._block(block_format(style))
        self._cursor.setBlockCharFormat(caret_format(style))

    def _block(self, made: QTextBlockFormat) -> None:
        if self._begun:
            self._cursor.insertBlock(made, QTextCharFormat())
        else:
            self._cursor.setBlockFormat(made)
            self._begun = True

    @staticmethod
    def _title(change: AnyChange) -> str:
        if isinstance(change, PhotoChange | OrderChange):
            return say.photos_title()
        return say.facts_title()


def _collide(before: WordChange, after: WordChange) -> bool:
    """Return whether an old and a new word would stand there like one."""
    fates = {before.change, after.change}
    touching = before.run.text[-1:] + after.run.text[:1]
    return fates == {Change.REMOVED, Change.ADDED} and not any(map(str.isspace, touching))


def _small_block(above: int) -> QTextBlockFormat:
    made = block_format(PARAGRAPH)
    made.setTopMargin(above)
    made.setBottomMargin(4)
    return made
