"""Sets a page into a Qt document, changing no more than differs, a few milliseconds at a time."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from reporterdesk.ui.page.parts import Part, Run
from reporterdesk.ui.page.pictures import OBJECT, picture_format
from reporterdesk.ui.page.style import Paper

_AT_ONCE = 12
"""Parts that are set between two looks at the clock."""
_MOST_MS = 8.0
"""How long one step may take; a frame at 60 Hz has 16."""
_FIRST_MS = 24.0
"""How long the first step of another page may take: nobody is typing just then."""


class PageSetter(QObject):
    """Each part of the page is one block of the document. Lives on the UI thread.

    :ivar settled: emitted when all that was asked for is shown.
    """

    settled = Signal()

    def __init__(
        self,
        document: QTextDocument,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._clock = clock
        self._shown: list[Part] = []
        self._wanted: tuple[Part, ...] = ()
        self._paper: Paper | None = None
        self.parts_set = 0
        """How many parts have been set since the start; for measuring."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._step)

    @property
    def shown(self) -> list[Part]:
        """The parts that stand in the document now, one a block."""
        return self._shown

    @property
    def busy(self) -> bool:
        """Whether there is more to set."""
        return self._timer.isActive()

    def show(self, parts: tuple[Part, ...], paper: Paper, *, afresh: bool = False) -> None:
        """Show ``parts``; the first of them at once, the rest between other events.

        :param afresh: whether it is another page, of which nothing is to be kept.
        """
        if afresh or paper is not self._paper:
            self._document.clear()
            self._shown = []
        self._wanted, self._paper = parts, paper
        self._work(_FIRST_MS if afresh else _MOST_MS)

    def forget(self) -> None:
        """Show nothing."""
        self._timer.stop()
        self._document.clear()
        self._shown, self._wanted = [], ()

    @Slot()
    def _step(self) -> None:
        self._work(_MOST_MS)

    def _work(self, most_ms: float) -> None:
        end = self._clock() + most_ms / 1000
        while self._set_some():
            if self._clock() >= end:
                self._timer.start(0)
                return
        self._timer.stop()
        self.settled.emit()

    def _set_some(self) -> bool:
        """Bring the document a little nearer to what is wanted; False: it is there."""
        shown, wanted = self._shown, self._wanted
        shared = min(len(shown), len(wanted))
        start = tail = 0
        while start < shared and _same(shown[start], wanted[start]):
            start += 1
        while tail < shared - start and _same(shown[-1 - tail], wanted[-1 - tail]):
            tail += 1
        old, new = len(shown) - tail - start, len(wanted) - tail - start
        if not old and not new:
            return False
        if not wanted:
            self._document.clear()
            self._shown = []
            return False
        if start == 0 and tail and not (old and new):
            old, new = old + 1, new + 1  # something always stands at the place of the first block
        self._replace(start, min(old, _AT_ONCE), wanted[start : start + min(new, _AT_ONCE)])
        return True

    def _replace(self, start: int, old: int, new: tuple[Part, ...]) -> None:
        """Put ``new`` in the place of ``old`` blocks from ``start`` on."""
        there = old if self._shown else 1  # a bare document has one block, which is no part
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        for index, part in enumerate(new):
            if index < there:
                _empty(cursor, self._document.findBlockByNumber(start + index))
            else:
                _open_after(cursor, self._document.findBlockByNumber(start + index - 1))
            self._write(cursor, part)
        for number in reversed(range(start + len(new), start + there)):
            _remove(cursor, self._document.findBlockByNumber(number))
        cursor.endEditBlock()
        self._shown[start : start + old] = new
        self.parts_set += len(new)

    def _write(self, cursor: QTextCursor, part: Part) -> None:
        """Write ``part`` into the empty block at ``cursor``."""
        assert self._paper is not None  # noqa: S101 - show() has set it
        cursor.setBlockFormat(self._paper.block_format(part))
        if part.image is not None:
            cursor.insertText(OBJECT, picture_format(part.image))
        elif not part.runs:
            cursor.setBlockCharFormat(self._paper.char_format(part, Run("")))
        for run in part.runs:
            cursor.insertText(run.text, self._paper.char_format(part, run))


def _same(one: Part, other: Part) -> bool:
    return one is other or one == other


def _empty(cursor: QTextCursor, block: QTextBlock) -> None:
    cursor.setPosition(block.position())
    cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()


def _open_after(cursor: QTextCursor, block: QTextBlock) -> None:
    cursor.setPosition(block.position() + block.length() - 1)
    cursor.insertBlock()


def _remove(cursor: QTextCursor, block: QTextBlock) -> None:
    kept = block.previous().blockFormat()
    cursor.setPosition(block.position() - 1)
    cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    cursor.setBlockFormat(kept)  # Qt gives an empty block the format of what came after it
