"""Draws headings larger, links and quotes in their colours, without touching the text.

The formats are laid over the text by the layout, so they are neither saved, nor undone, nor a
change of the text; only blocks that change are gone through again.
"""

from __future__ import annotations

from PySide6.QtGui import QPalette, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from reporterdesk.text.lines import Kind
from reporterdesk.ui.editor.formats import drawn_format, pieces, style_of
from reporterdesk.ui.editor.palette import Inks, inks


class Ink(QSyntaxHighlighter):
    """Lays colour and size over one document. Lives on the UI thread."""

    def __init__(self, document: QTextDocument, palette: QPalette) -> None:
        super().__init__(document)
        self._inks: Inks = inks(palette)

    def set_palette(self, palette: QPalette) -> None:
        """Draw in the colours of ``palette`` from now on."""
        fresh = inks(palette)
        if fresh != self._inks:
            self._inks = fresh
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Lay the formats over the block that changed (called by Qt)."""
        if not text:
            return
        block = self.currentBlock()
        style = style_of(block)
        base = drawn_format(style)
        if style.kind is Kind.QUOTE:
            base.setForeground(self._inks.muted)
        if not base.isEmpty():
            self.setFormat(0, block.length() - 1, base)
        for start, _, made in pieces(block):
            if made.isAnchor():
                link = QTextCharFormat(base)
                link.setForeground(self._inks.accent)
                link.setFontUnderline(True)
                fragment_end = self._end_of(start)
                self.setFormat(start - block.position(), fragment_end - start, link)

    def _end_of(self, start: int) -> int:
        iterator = self.currentBlock().begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            if fragment.position() == start:
                return fragment.position() + fragment.length()
            iterator += 1
        return start
