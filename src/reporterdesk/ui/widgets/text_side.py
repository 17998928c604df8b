"""The page that is written on: what stands above the body, the body, and how long it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from reporterdesk.ui.actions import Actions
from reporterdesk.ui.editor.body_editor import BodyEditor
from reporterdesk.ui.editor.measure import DOCUMENT_MARGIN
from reporterdesk.ui.editor.toolbar import FormatToolbar
from reporterdesk.ui.widgets.report_head import ReportHead

if TYPE_CHECKING:
    from reporterdesk.text.memo import RunsMemo

_COUNT_AFTER_MS = 400
_COUNT_SOON_MS = 150


class TextSide(QFrame):
    """Toolbar, head, body and count, in the order in which the keyboard visits them."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("textSide")
        self._read_only = self._covered = False
        self.head = ReportHead(self)
        self.body = BodyEditor(self)
        self.body.bind_actions(actions)
        self.toolbar = FormatToolbar(actions, self)
        self._count = QLabel(self)
        self._count.setProperty("role", "hint")
        self._count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words_in: RunsMemo[int] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.count)
        self._align = QTimer(self)
        self._align.setSingleShot(True)
        self._align.timeout.connect(self._align_head)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self.head)
        column.addWidget(self.body, 1)
        column.addWidget(self._count)
        self.body.textChanged.connect(self._count_later)
        self.body.viewport().installEventFilter(self)
        self.head.left_downwards.connect(self.body.setFocus)
        self.head.language_changed.connect(self.turn)
        for before, after in (
            (self.head.section, self.head.language),
            (self.head.language, self.head.headline),
            (self.head.headline, self.head.standfirst),
            (self.head.standfirst, self.head.byline),
            (self.head.byline, self.body),
        ):
            QWidget.setTabOrder(before, after)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the head over the body's lines, which are centred in wide windows."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show}:
            self._align.start()  # not now: this may be in the middle of laying out
        return super().eventFilter(watched, event)

    @Slot()
    def _align_head(self) -> None:
        margin = round(DOCUMENT_MARGIN) - 2
        lines = self.body.viewport().geometry()
        right = self.body.width() - lines.right() - 1
        self.head.setContentsMargins(lines.x() + margin, 12, right + margin, 0)

    def set_read_only(self, read_only: bool) -> None:
        """Let the text be read and copied, but not changed."""
        self._read_only = read_only
        self.head.set_read_only(read_only)
        self.toolbar.setVisible(not read_only)
        self.body.setReadOnly(read_only or self._covered)

    def set_covered(self, *, covered: bool) -> None:
        """Let no key or menu change a text that is not to be seen."""
        self._covered = covered
        self.body.setReadOnly(self._read_only or covered)

    @Slot(str)
    def turn(self, language: str) -> None:
        """Write in the language's letters, from the side where it begins."""
        self.body.set_language(language)

    def count_soon(self) -> None:
        """Count another report's words, as soon as the report itself is shown."""
        self._count.setText("")
        self._timer.start(_COUNT_SOON_MS)

    @Slot()
    def _count_later(self) -> None:
        self._timer.start(_COUNT_AFTER_MS)

    @Slot()
    def count(self) -> None:
        """Say how many words the body has, and how long they take to read."""
        from reporterdesk.text.count import reading_minutes, runs_of, words_in
        from reporterdesk.text.memo import RunsMemo

        self.body.typing_rules.prepare()
        self._words_in = self._words_in or RunsMemo(words_in)  # only what is new is counted
        document = self.body.document()
        words = sum(map(self._words_in, runs_of(document)))
        minutes = reading_minutes(document, self._words_in)
        self._words_in.sweep()
        if not words:
            self._count.setText("")
            return
        number = self.locale().toString(words)
        said = self.tr("One word") if words == 1 else self.tr("%1 words").replace("%1", number)
        takes = self.tr("%1 min to read").replace("%1", str(minutes))
        self._count.setText(f"{said} · {takes}")
