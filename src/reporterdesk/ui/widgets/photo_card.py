"""One photo of the report: its picture and the words about it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QDrag, QImage, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.domain import limits
from reporterdesk.domain.photo import Photo, Rendition
from reporterdesk.ui.editor.figure_hand import PHOTO_MIME
from reporterdesk.ui.icons import icon
from reporterdesk.ui.widgets.field_label import FieldLabel
from reporterdesk.ui.widgets.growing_text import GrowingText

THUMBNAIL = QSize(96, 72)
THUMBNAIL_SIDE = 160
"""The longest side of a picture that fills a thumbnail, upright or not, in logical pixels."""


class PhotoCard(QFrame):
    """Shows a photo and edits its caption, credit and alt text.

    :ivar edited: emitted when a person changed the words.
    :ivar asked: emits what is to be done with the photo: ``lead``, ``figure``, ``earlier``,
        ``later``, ``remove``, ``leave`` (go back to where one came from).
    """

    edited = Signal()
    asked = Signal(str)

    def __init__(self, photo: Photo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photo = photo
        self._pressed_at: QPoint | None = None
        self.setObjectName("photoCard")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._picture = QLabel(self)
        self._picture.setFixedSize(THUMBNAIL)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setObjectName("photoThumbnail")
        self._picture.setToolTip(self.tr("Drag to change the order, or press Alt+Up and Alt+Down"))
        self._title = QLabel(self)
        self._title.setProperty("role", "label")
        self._size = QLabel(self)
        self._size.setProperty("role", "hint")
        self._removed = QLabel(self)
        self._removed.setProperty("role", "hint")
        self._removed.setWordWrap(True)
        self._more = self._menu_button()
        self.caption = GrowingText(self.tr("Caption"), lines=6, parent=self)
        self.caption.setPlaceholderText(self.tr("Who and what, where and when"))
        self.credit = QLineEdit(self)
        self.credit.setAccessibleName(self.tr("Credit"))
        self.credit.setPlaceholderText(self.tr("Photographer"))
        self.credit.setMaxLength(limits.CREDIT)
        self.alt_text = GrowingText(self.tr("Alt text"), lines=6, parent=self)
        self.alt_text.setPlaceholderText(self.tr("For people who cannot see it: what it shows"))
        self.alt_text.setToolTip(
            self.tr(
                "Alt text is read aloud in place of the picture. Say plainly what can be seen; "
                "leave out “photo of”, and don’t repeat the caption."
            )
        )
        for field in (self.caption, self.alt_text):
            field.setProperty("role", "field")
            field.edited.connect(self.edited)
        self.caption.entered.connect(self.credit.setFocus)
        self.credit.textEdited.connect(self.edited)
        self.alt_text.edited.connect(self._speak)
        self.credit.returnPressed.connect(self.alt_text.setFocus)
        self.alt_text.entered.connect(self.focusNextChild)
        self._lay_out()
        self.set_photo(photo)

    @property
    def photo_id(self) -> str:
        """The id of the photo."""
        return self._photo.id

    @property
    def preview(self) -> Rendition:
        """The photo's small rendition."""
        return self._photo.preview

    @property
    def has_picture(self) -> bool:
        """Whether the thumbnail is there."""
        return not self._picture.pixmap().isNull()

    def photo(self) -> Photo:
        """Return the photo with the words as they stand in the card."""
        return replace(
            self._photo,
            caption=self.caption.words(),
            credit=self.credit.text(),
            alt_text=self.alt_text.words(),
        )

    def field(self, name: str) -> QWidget:
        """Return the widget to jump to for ``photo.caption`` and the like."""
        fields = {"photo.credit": self.credit, "photo.alt_text": self.alt_text}
        return fields.get(name, self.caption)

    def first_gap(self) -> QWidget:
        """Return the field to write in first: one of those needed that is empty."""
        if self.caption.words().strip() and not self.alt_text.words().strip():
            return self.alt_text
        return self.caption

    def set_photo(self, photo: Photo) -> None:
        """Show the words of ``photo``; emits nothing."""
        self._photo = photo
        self.caption.set_words(photo.caption)
        self.credit.setText(photo.credit)
        self.alt_text.set_words(photo.alt_text)
        self._speak()

    @Slot()
    def _speak(self) -> None:
        """Let the picture, and the card, say the alt text to a screen reader."""
        said = self.alt_text.words().strip() or self.tr("Photo without alt text")
        self._picture.setAccessibleName(said)
        self.setAccessibleDescription(said)

    def set_place(self, number: int, count: int, *, lead: bool) -> None:
        """Say which of the photos this is, and whether it leads the report."""
        title = self.tr("Photo %1").replace("%1", str(number))
        name = self.tr("Photo %1 of %2").replace("%1", str(number)).replace("%2", str(count))
        self._title.setText(f"{title} · {self.tr('Lead photo')}" if lead else title)
        self.setAccessibleName(f"{name}, {self.tr('lead photo')}" if lead else name)
        for widget, what in (
            (self.caption, self.tr("Caption of photo %1")),
            (self.credit, self.tr("Credit of photo %1")),
            (self.alt_text, self.tr("Alt text of photo %1")),
            (self._more, self.tr("What to do with photo %1")),
        ):
            widget.setAccessibleName(what.replace("%1", str(number)))
        self._doings["lead"].setEnabled(not lead)
        self._doings["earlier"].setEnabled(number > 1)
        self._doings["later"].setEnabled(number < count)

    def tab_chain(self) -> tuple[QWidget, ...]:
        """Return what Tab visits in this card, in order."""
        return (self, self._more, self.caption, self.credit, self.alt_text)

    def set_picture(self, image: QImage | None) -> None:
        """Show ``image`` as the thumbnail, or that it is still coming."""
        if image is None or image.isNull():
            self._picture.setText("…")
            return
        ratio = self.devicePixelRatioF()
        room = THUMBNAIL * ratio
        scaled = image.scaled(
            room,
            Qt.AspectRatioMode.KeepAspectRatioByExpanding,
            Qt.TransformationMode.SmoothTransformation,
        )
        left = (scaled.width() - room.width()) // 2
        top = (scaled.height() - room.height()) // 2
        pixmap = QPixmap.fromImage(scaled.copy(left, top, room.width(), room.height()))
        pixmap.setDevicePixelRatio(ratio)
        self._picture.setPixmap(pixmap)

    def set_removed(self, removed: tuple[str, ...]) -> None:
        """Say what was taken out of the file when it was added, and how large it is."""
        full = self._photo.full
        self._size.setText(f"{full.width} × {full.height}")
        gone = ", ".join(removed)
        self._removed.setText(self.tr("Left out for privacy: %1.").replace("%1", gone))
        self._removed.setVisible(bool(removed))

    def set_read_only(self, read_only: bool) -> None:
        """Let the words be read and copied, but not changed."""
        self.caption.setReadOnly(read_only)
        self.alt_text.setReadOnly(read_only)
        self.credit.setReadOnly(read_only)
        self._more.setVisible(not read_only)

    def event(self, event: QEvent) -> bool:
        """Have the keys that move the photo before the menu has them (called by Qt)."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
            and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the photo with Alt and an arrow, remove it with Delete, leave with Escape."""
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            back = Qt.Key.Key_Right if self.isRightToLeft() else Qt.Key.Key_Left
            forth = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
            if event.key() in {Qt.Key.Key_Up, back}:
                self.asked.emit("earlier")
                return
            if event.key() in {Qt.Key.Key_Down, forth}:
                self.asked.emit("later")
                return
        elif event.key() == Qt.Key.Key_Escape:
            self.asked.emit("leave")
            return
        elif event.key() == Qt.Key.Key_Delete and self.hasFocus():
            self.asked.emit("remove")
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag may begin."""
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag the card."""
        if self._pressed_at is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        moved = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if moved >= QApplication.startDragDistance() and self._more.isVisible():
            self._pressed_at = None
            data = QMimeData()
            data.setData(PHOTO_MIME, self._photo.id.encode())
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.setPixmap(self._picture.pixmap())
            drag.exec(Qt.DropAction.MoveAction)

    def _menu_button(self) -> QToolButton:
        menu = QMenu(self)
        self._doings: dict[str, QAction] = {}
        for doing, text in (
            ("lead", self.tr("Make it the &lead photo")),
            ("figure", self.tr("&Place it in the text")),
            ("earlier", self.tr("Move &up")),
            ("later", self.tr("Move &down")),
            ("remove", self.tr("&Remove from the report")),
        ):
            action = menu.addAction(text)
            action.setData(doing)
            self._doings[doing] = action
        menu.triggered.connect(self._chosen)
        button = QToolButton(self)
        button.setIcon(icon("more"))
        button.setToolTip(self.tr("What to do with this photo"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(menu)
        return button

    def _lay_out(self) -> None:
        beside = QVBoxLayout()
        beside.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._more)
        beside.addLayout(top)
        beside.addWidget(self._size)
        beside.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(beside, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._removed)
        for text, field in (
            (self.tr("Caption"), self.caption),
            (self.tr("Credit"), self.credit),
            (self.tr("Alt text"), self.alt_text),
        ):
            column.addSpacing(4)
            column.addWidget(FieldLabel(text, field, self))
            column.addWidget(field)

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        self.asked.emit(str(action.data()))
