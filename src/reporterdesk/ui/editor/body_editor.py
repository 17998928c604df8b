"""The body of a report: reads and writes the document tree.

The widget composes its parts: the writing area with its keys and figures, the reader, the mender,
the format commands. It holds no rule of its own.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QWidget

from reporterdesk.text.direction import language_direction
from reporterdesk.text.tree import Document, Figure
from reporterdesk.ui.editor.block_commands import insert_standing
from reporterdesk.ui.editor.directions import turn_all
from reporterdesk.ui.editor.document_reader import DocumentReader
from reporterdesk.ui.editor.document_writer import write_document
from reporterdesk.ui.editor.editing import EditActions
from reporterdesk.ui.editor.figures import ImageSource, SizeSource, WordsSource
from reporterdesk.ui.editor.formats import BODY_POINT_SIZE, body_font, pieces, standing_of
from reporterdesk.ui.editor.formatting import ActionLookup, Formatting
from reporterdesk.ui.editor.mending import Mender
from reporterdesk.ui.editor.writing_area import WritingArea


class BodyEditor(WritingArea):
    """Edits the body of one report. Lives on the UI thread."""

    edited = Signal()
    """The person changed the text (``set_document`` does not count)."""
    read_only_changed = Signal()
    """The text can only be read from now on, or be written again."""
    figure_requested = Signal()
    """The person asked for one of the report's photos at the caret."""

    _opening = False
    """Whether the caret stands where the report was left, and nobody has moved or scrolled yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points, self._language = BODY_POINT_SIZE, ""
        self._changed = False
        self._loading = False
        self._reader = DocumentReader(self.text_document, self)
        self._mender = Mender(self.text_document, self)
        self._formatting = Formatting(self)
        self._editing = EditActions(self)
        self._formatting.figure_requested.connect(self.figure_requested)
        self.about_to_act.connect(self._formatting.settle)
        self.text_document.contentsChange.connect(self._on_contents_change)
        self.textChanged.connect(self._on_text_changed)
        self.cursorPositionChanged.connect(self._taken_over)
        self.verticalScrollBar().actionTriggered.connect(self._taken_over)
        self.text_document.documentLayout().documentSizeChanged.connect(self._find_caret_again)
        self.setAccessibleName(self.tr("Text of the report"))
        self.set_placeholder(self.tr("Write the report here…"))
        self.set_document(Document())

    def set_document(self, document: Document) -> None:
        """Show ``document``, a normal one; the caret goes to its start, nothing is to be undone."""
        self._loading = True
        try:
            self._formatting.links.close()
            self.typing_rules.forget()
            with self.laying_out.later():
                write_document(self.text_document, document)
                self._reader.take(document)
                self.setTextCursor(QTextCursor(self.text_document))
        finally:
            self._loading = False
        self.set_caret_position(0)
        self._formatting.refresh()

    def document(self) -> Document:  # type: ignore[override]  # see below
        """Return the text as a normal tree; only blocks that changed are read again.

        This is the report's document; Qt's is :attr:`text_document`.
        """
        return self._reader.read()

    def blocks_read(self) -> int:
        """Return how many blocks have been read since the start; for measuring."""
        return self._reader.blocks_read

    def set_placeholder(self, text: str) -> None:
        """Show ``text`` while there is nothing written."""
        self.marks.placeholder = text
        self.setAccessibleDescription(text)

    def set_photo_sources(
        self,
        image: ImageSource,
        shape: SizeSource | None = None,
        words: WordsSource | None = None,
    ) -> None:
        """Take from elsewhere the pictures of figures, their sizes, and the words about them.

        They are asked on the UI thread while painting and must answer from memory; call
        :meth:`refresh_figure` when a picture has been loaded.
        """
        self.pictures.image = image
        if shape is not None:
            self.pictures.shape = shape
        if words is not None:
            self.pictures.words = words
        self.refresh_figure(None)

    def insert_figure(self, photo_id: str, place: QTextCursor | None = None) -> None:
        """Put the photo into a block of its own at the caret, or at ``place``."""
        cursor = place or self.textCursor()
        insert_standing(cursor, Figure(photo_id))
        if place is None:  # else the caret stays where it is being typed
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def refresh_figure(self, photo_id: str | None) -> None:
        """Draw one photo afresh, its picture or caption having changed; None means all."""
        self.laying_out.finish()
        block = self.text_document.begin()
        while block.isValid():
            for start, text, made in pieces(block):
                thing = standing_of(made)
                if isinstance(thing, Figure) and photo_id in {None, thing.photo_id}:
                    self.text_document.markContentsDirty(start, len(text))
            block = block.next()

    def caret_position(self) -> int:
        """Return where the caret is, as Qt counts: in UTF-16 units from the start."""
        return self.textCursor().position()

    def caret_line(self) -> int:
        """Return which line of the tree the caret is in: paragraph, item, photo, …, from 0."""
        return self._reader.line_of(self.textCursor().block())

    def go_to_line(self, line: int) -> None:
        """Put the caret at the start of a line of the tree, and show it."""
        self.setTextCursor(QTextCursor(self._reader.block_of(line)))
        self.ensureCursorVisible()

    def set_caret_position(self, position: int) -> None:
        """Put the caret at ``position``, or as near as the text allows."""
        cursor = QTextCursor(self.text_document)
        cursor.setPosition(max(0, min(position, self.text_document.characterCount() - 1)))
        self.setTextCursor(cursor)
        self._opening = True
        self._find_caret_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the caret again while the window finds its size (called by Qt)."""
        super().resizeEvent(event)
        self._find_caret_again()

    def set_text_direction(self, direction: Qt.LayoutDirection) -> None:
        """Set the side where lines start to be read.

        From right to left for a report in Urdu or the like, empty lines too; otherwise each block
        follows its own first letter.
        """
        option = QTextOption(self.text_document.defaultTextOption())
        right = direction == Qt.LayoutDirection.RightToLeft
        wanted = direction if right else Qt.LayoutDirection.LayoutDirectionAuto
        if wanted == option.textDirection():
            return  # else the whole text would be laid out again for nothing
        option.setTextDirection(wanted)
        self.text_document.setDefaultTextOption(option)
        turn_all(self.text_document)
        self.viewport().update()

    def set_text_size(self, points: float) -> None:
        """Write in letters of this size; headings and captions follow."""
        self._points = points
        self._set_letters()

    def set_language(self, language: str) -> None:
        """Write in ``language``: by its rules, in its letters, from the side where it begins."""
        self._language = self.typing_rules.language = language
        self._set_letters()
        right = language_direction(language) == "rtl"
        sides = Qt.LayoutDirection
        self.set_text_direction(sides.RightToLeft if right else sides.LeftToRight)

    def _set_letters(self) -> None:
        font = body_font(self._points, self._language)
        if font != self.font():  # else the whole text would be laid out again for nothing
            self.setFont(font)

    def bind_actions(self, actions: ActionLookup) -> None:
        """Let the ``format.*`` and ``edit.*`` actions work on this editor."""
        self._formatting.bind(actions)
        self._editing.bind(actions)

    def setReadOnly(self, read_only: bool) -> None:
        """Let the text only be read, or written again."""
        if read_only:
            self.composing.finish()
            self._formatting.links.close()
        changed = read_only != self.isReadOnly()
        super().setReadOnly(read_only)
        if changed:
            self.read_only_changed.emit()
        self._formatting.refresh()
        self.viewport().update()

    @Slot()
    def _find_caret_again(self) -> None:
        """Scroll from the top no further than the caret needs, until a person takes over.

        The first layout is not the last one: the window finds its size, and photos theirs.
        """
        if not self._opening:
            return
        self.verticalScrollBar().setValue(0)
        self.ensureCursorVisible()
        # Qt counts the bare line; ours has air below it.
        below = self.cursorRect().bottom() - self.viewport().height() + 1
        if below > 0:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + below)

    @Slot()
    def _taken_over(self) -> None:
        self._opening = False

    @Slot()
    def _on_contents_change(self) -> None:
        self._changed = True

    @Slot()
    def _on_text_changed(self) -> None:
        # Qt also says so when only the look has changed; then no contents change comes before.
        changed, self._changed = self._changed, False
        if changed and not self._loading:
            self.edited.emit()
