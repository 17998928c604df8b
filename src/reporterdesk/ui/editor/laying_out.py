"""Shows the beginning of a long text before the rest of it has been laid out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QSizeF, Slot
from PySide6.QtGui import QTextDocument

_NO_PAGE = QSizeF(0, 0)
"""On such a page Qt lays nothing out (``QTextDocumentLayout::documentChanged``)."""


class LayingOut(QObject):
    """When one document is laid out. Lives on the UI thread.

    Qt lays a change out at once, however long it is, but a whole document bit by bit, in between
    its events: what is in sight, or has the caret in it, when it is asked for. A change in the
    middle of that makes Qt pass over what has not had its turn, which would then not be seen. So
    all is laid out before the text is changed; and laid out anew where it was changed before.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._under_way = self._writing = self._passed_over = False
        document.contentsChange.connect(self._changes)
        document.contentsChanged.connect(self._changed)

    @contextmanager
    def later(self) -> Iterator[None]:
        """Let nothing be laid out while the text is written; afterwards what is looked at.

        A caret at the end asks for everything: inside, it is to be put elsewhere.
        """
        page = self._document.pageSize()
        self._writing = True
        self._document.setPageSize(_NO_PAGE)
        try:
            yield
        finally:
            self._writing, self._under_way = False, True
            self._document.setPageSize(page)

    @property
    def under_way(self) -> bool:
        """Whether something is still to be laid out; Qt does not find what is at a place then."""
        if self._under_way and self._document.lastBlock().layout().lineCount():
            self._under_way = False
        return self._under_way

    def finish(self) -> None:
        """Lay out what has not been yet: something is about to be changed, or looked for."""
        if self._under_way:
            self._under_way = False
            self._document.documentLayout().documentSize()

    @Slot()
    def _changes(self) -> None:
        if self._under_way and not self._writing:
            self._under_way, self._passed_over = False, True

    @Slot()
    def _changed(self) -> None:
        if self._passed_over:
            self._passed_over = False
            self._document.setPageSize(self._document.pageSize())  # from the start
            self._document.documentLayout().documentSize()
