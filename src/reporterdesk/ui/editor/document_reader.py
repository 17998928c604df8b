"""From the editor into the tree, reading again only the blocks that changed.

Each block that has been read carries a number in ``userState``; the lines it was read as are kept
under that number. A change takes the number away from the blocks it touched. Nothing else in the
editor may use ``userState``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QTextBlock, QTextDocument

from reporterdesk.text.lines import (
    PARAGRAPH,
    Kind,
    Line,
    LineStyle,
    StandingLine,
    TextLine,
    document_of,
    lines_of,
)
from reporterdesk.text.normal import normalise, normalise_runs
from reporterdesk.text.tree import Document, Run
from reporterdesk.ui.editor.formats import HARD_BREAK, OBJECT, pieces, run_of, standing_of, style_of

_UNREAD = -1


def read_block(block: QTextBlock) -> tuple[Line, ...]:
    """Read one block: normally one line; more where things stand among words."""
    style = style_of(block)
    lines: list[Line] = []
    runs: list[Run] = []
    words = PARAGRAPH if style.kind is Kind.STANDING else style

    def close(style: LineStyle) -> None:
        if runs:
            lines.append(TextLine(style, tuple(runs)))
            runs.clear()

    for _, text, made in pieces(block):
        thing = standing_of(made)
        for index, stretch in enumerate(text.split(OBJECT)):
            if index and thing is not None:
                close(words)
                lines.append(StandingLine(thing))
            if stretch:
                runs.append(run_of(stretch.replace(HARD_BREAK, "\n"), made))
    close(words)
    return tuple(lines) or (TextLine(words, ()),)


def normal_lines(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield ``lines`` in the normal form; what has nothing to see is left out.

    Lines brought to it one by one make a normal tree together: :func:`document_of` joins lists and
    quotes and closes gaps in depth.
    """
    for line in lines:
        if isinstance(line, StandingLine):
            yield from lines_of(normalise(document_of([line])))
        else:
            heading = line.style.kind is Kind.HEADING
            runs = normalise_runs(line.runs, breaks=not heading)
            if runs:
                yield TextLine(line.style, runs)


class DocumentReader(QObject):
    """Reads a QTextDocument as a normal tree. Lives on the UI thread.

    While no block comes or goes, only those are looked at that changed: a key in a text of 100,000
    words costs no more than in a short one.
    """

    def __init__(self, source: QTextDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._lines: dict[int, tuple[Line, ...]] = {}
        self._next = 0
        self._document: Document | None = None
        self._keys: list[int] | None = None
        """The number of each block, from the top; ``None`` when blocks have come or gone."""
        self._changed: set[int] = set()
        """Where in :attr:`_keys` blocks stand that are to be read again."""
        self.blocks_read = 0
        """How many blocks have been converted since the start; for measuring."""
        source.contentsChange.connect(self._on_change)

    def read(self) -> Document:
        """Return the text as a normal tree."""
        if self._document is None:
            keys, lines = self._all_keys(), self._lines
            self._document = document_of(line for key in keys for line in lines[key])
        return self._document

    def take(self, document: Document) -> None:
        """Take ``document``, in normal form, for what has just been written, block for block.

        Reading a long text right after it was written takes longer than writing it.
        """
        lines = list(lines_of(document))
        if len(lines) != self._source.blockCount():
            return  # nothing written is one block, too
        self._lines, self._keys = {}, []
        self._changed.clear()
        block = self._source.begin()
        for line in lines:
            self._lines[self._next] = (line,)
            self._keys.append(self._next)
            block.setUserState(self._next)
            self._next += 1
            block = block.next()
        self._document = document

    def line_of(self, place: QTextBlock) -> int:
        """Return which line of the tree (see :mod:`.lines`) ``place`` is or would be, from 0."""
        keys = self._all_keys()
        return sum(len(self._lines[key]) for key in keys[: place.blockNumber()])

    def block_of(self, line: int) -> QTextBlock:
        """Return the block with a line of the tree; the last one where there are not so many."""
        for number, key in enumerate(self._all_keys()):
            line -= len(self._lines[key])
            if line < 0:
                return self._source.findBlockByNumber(number)
        return self._source.lastBlock()

    def _all_keys(self) -> list[int]:
        """Return the numbers of all blocks, each of which has been read as it is now."""
        if self._keys is None or len(self._keys) != self._source.blockCount():
            self._keys = self._find_keys()
            self._changed.clear()
        for number in self._changed:
            block, before = self._source.findBlockByNumber(number), self._keys[number]
            if block.userState() == _UNREAD:
                self._keys[number] = self._read(block)
                self._lines.pop(before, None)
        self._changed.clear()
        return self._keys

    def _find_keys(self) -> list[int]:
        """Go through all blocks, and read those that have not been read."""
        keys: list[int] = []
        block = self._source.begin()
        while block.isValid():
            key = block.userState()
            keys.append(self._read(block) if key not in self._lines else key)
            block = block.next()
        self._lines = {key: self._lines[key] for key in keys}
        return keys

    def _read(self, block: QTextBlock) -> int:
        key = self._next
        self._next += 1
        self._lines[key] = tuple(normal_lines(read_block(block)))
        block.setUserState(key)
        self.blocks_read += 1
        return key

    @Slot(int, int, int)
    def _on_change(self, position: int, _removed: int, added: int) -> None:
        self._document = None
        if self._keys is not None and len(self._keys) != self._source.blockCount():
            self._keys = None
        block = self._source.findBlock(position)
        while block.isValid() and block.position() <= position + added:
            block.setUserState(_UNREAD)
            self._changed.add(block.blockNumber())
            block = block.next()
