"""The text widget under the body editor: passes Qt's events to the parts that know what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDesktopServices,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from reporterdesk.text.cleaning import safe_link
from reporterdesk.ui.clipboard import keep_private
from reporterdesk.ui.editor.block_keys import BlockKeys, is_composing
from reporterdesk.ui.editor.composing import Composing
from reporterdesk.ui.editor.figure_hand import FigureHand
from reporterdesk.ui.editor.figures import Pictures, StandingObjects
from reporterdesk.ui.editor.formats import INDENT_WIDTH, body_font
from reporterdesk.ui.editor.ink import Ink
from reporterdesk.ui.editor.laying_out import LayingOut
from reporterdesk.ui.editor.link_pointing import LinkPointing
from reporterdesk.ui.editor.marks import Marks
from reporterdesk.ui.editor.measure import DOCUMENT_MARGIN, Measure
from reporterdesk.ui.editor.mistakes import Mistakes

_KEEPS_COMPOSING = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)
"""The keyboard comes back from these as if it had not been away."""
_ACTS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_CLICKS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)


class ClosedDocument(QTextDocument):
    """A document that fetches nothing, neither from this machine nor from the network."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        """Load nothing (called by Qt)."""
        return None


class WritingArea(QTextEdit):
    """A text widget with figures, marks and keys of our own. Lives on the UI thread."""

    files_dropped = Signal(list)
    """Files were dropped or pasted: a list of :class:`pathlib.Path`."""
    image_pasted = Signal(object)
    """A picture without a file was pasted or dropped: a QImage."""
    pictures_pasted = Signal(list)
    """Pictures came with a text: a list of :class:`.pasting.PlacedPicture`."""
    paste_cut = Signal(int)
    """A pasted text was too long, and its end left out; or so many of its pictures."""

    about_to_act = Signal()
    """A key is pressed that may be the shortcut of an action."""

    ink_type: type[Ink] = Ink
    """What lays colours over the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text_document: QTextDocument = ClosedDocument(self)
        """Qt's document under this editor."""
        self.setDocument(self.text_document)
        self.takes_menu: Callable[[QContextMenuEvent], bool] = _takes_none
        """Opens another menu where there is one; its place is that in the viewport."""
        self.pictures = Pictures()
        self._prepare()
        self.laying_out = LayingOut(self.text_document)
        self.mistakes = Mistakes(self.text_document)  # before the ink, which draws them
        self._ink = self.ink_type(self.text_document, self.palette())
        self._ink.mistakes = self.mistakes.shown
        self._things = StandingObjects(self.pictures, self.palette, self)
        self._things.register(self.text_document)
        self._measure = Measure(self)
        self.marks = Marks(self, self.text_document, self._things, self.laying_out)
        self._keys = BlockKeys(self)
        self.typing_rules, self.typing_steps = self._keys.rules, self._keys.steps
        self.composing = Composing(self, self._keys)
        self.pointing = LinkPointing(self)
        self.hand = FigureHand(self, self.composing.finish, self._things.small_picture)
        """What is done to photos in the text with the mouse."""
        # The frame of a selected figure stands a little outside of what Qt draws afresh.
        self.selectionChanged.connect(self.viewport().update)

    def _prepare(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setAcceptRichText(True)
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(body_font())
        self.text_document.setDefaultFont(self.font())
        self.text_document.setDocumentMargin(DOCUMENT_MARGIN)
        self.text_document.setIndentWidth(INDENT_WIDTH)
        option = QTextOption(self.text_document.defaultTextOption())
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.text_document.setDefaultTextOption(option)

    def draw_marks_again(self, numbers: Iterable[int]) -> None:
        """Draw the blocks of these numbers again: other words are marked in them."""
        if wanted := tuple(numbers):
            self.laying_out.finish()
            self._ink.draw_marks_again(wanted)

    def event(self, event: QEvent) -> bool:
        """Put the caret into the line beside which the paper's margin is clicked."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride:
            if isinstance(event, QKeyEvent) and event.modifiers() & _ACTS:
                self.about_to_act.emit()
        elif kind in _CLICKS and isinstance(event, QMouseEvent):
            if kind == QEvent.Type.MouseButtonPress:
                beside = self.viewport().mapFrom(self, event.position().toPoint())
                self.setTextCursor(self.cursorForPosition(beside))
                self.setFocus(Qt.FocusReason.MouseFocusReason)
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let a chosen photo and the block keys have the key first."""
        if self.hand.key(event):
            event.accept()
            return
        if self.isReadOnly():
            super().keyPressEvent(event)
            return
        self.laying_out.finish()
        self.pointing.key_changed(event)
        if self._keys.handle(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go of the hand over a link (called by Qt)."""
        self.pointing.key_changed(event)
        super().keyReleaseEvent(event)
        event.accept()  # else each widget around this one is asked

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take in what an input method composes, as what is typed."""
        if self.isReadOnly():
            return
        self.laying_out.finish()
        self.composing.take(event, super().inputMethodEvent)

    def cursorForPosition(self, pos: QPoint) -> QTextCursor:
        """Return the cursor for a place in the viewport."""
        self.laying_out.finish()
        if is_composing(self):
            return self.composing.cursor_at(pos)
        return super().cursorForPosition(pos)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of whoever has one for this place, or the ordinary one (called by Qt)."""
        if self.takes_menu(event):
            event.accept()
        else:
            super().contextMenuEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take in what is being composed before the keyboard is gone (called by Qt)."""
        if event.reason() not in _KEEPS_COMPOSING:
            self.composing.finish()
        super().focusOutEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab for list items; elsewhere it goes on to the next control (called by Qt)."""
        if not self.isReadOnly() and self._keys.tab_nests():
            return False
        return super().focusNextPrevChild(forward)

    def paste_plain(self) -> None:
        """Paste the clipboard's bare words."""
        from reporterdesk.ui.editor.pasting import insert_plain

        insert_plain(self.textCursor(), QGuiApplication.clipboard().text())
        self.ensureCursorVisible()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Return whether ``source`` holds anything for a report (called by Qt)."""
        return source.hasText() or source.hasHtml() or source.hasImage() or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take in what is pasted or dropped (called by Qt)."""
        from reporterdesk.ui.editor import pasting

        if self.isReadOnly():
            return
        match pasting.read_mime(source):
            case pasting.Files(paths):
                self.files_dropped.emit(list(paths))
            case pasting.Pixels(image):
                self.image_pasted.emit(image)
            case pasting.Bare() as bare:
                pasting.insert_bare(self.textCursor(), bare)
                self.ensureCursorVisible()
            case incoming:
                if placed := pasting.insert_incoming(self.textCursor(), incoming):
                    self.pictures_pasted.emit(placed)
                if incoming.cut or incoming.left_out:
                    self.paste_cut.emit(incoming.left_out)
                self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the selection for the clipboard (called by Qt)."""
        from reporterdesk.ui.editor.copying import write_mime

        return keep_private(write_mime(self.textCursor()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, then the marks beside it."""
        super().paintEvent(event)
        self.marks.paint(QRectF(event.rect()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines readable in any width."""
        # First: a viewport that is not shown yet would not be told of its new margins.
        if hasattr(self, "_measure"):
            self._measure.fit()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the text size."""
        super().changeEvent(event)
        if not hasattr(self, "_keys"):
            return
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self._ink.set_palette(self.palette())
            self.viewport().update()
        elif event.type() == QEvent.Type.FontChange:
            self._measure.fit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open a link with Ctrl and a click; in a text that is only read, with a click."""
        super().mouseReleaseEvent(event)
        asked = self.isReadOnly() or event.modifiers() & Qt.KeyboardModifier.ControlModifier
        link = safe_link(self.anchorAt(event.position().toPoint())) if asked else None
        if link and event.button() == Qt.MouseButton.LeftButton:
            QDesktopServices.openUrl(QUrl(link))


def _takes_none(_event: QContextMenuEvent) -> bool:
    return False
