"""The dialog that makes, changes and removes a link."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.ui.editor.links import LinkRefused, link_address
from reporterdesk.ui.editor.palette import inks


class LinkDialog(QDialog):
    """Asks for the words and the address of a link. Lives on the UI thread.

    After ``exec()`` answered Accepted: ``text()`` are the words, ``url()`` is the address, None
    when the link is to be removed.
    """

    def __init__(self, text: str, url: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._url: str | None = url
        self.setWindowTitle(self.tr("Link"))
        self.setMinimumWidth(440)
        self._text = QLineEdit(text, self)
        self._text.setAccessibleName(self.tr("Words of the link"))
        self._address = QLineEdit(url or "", self)
        self._address.setAccessibleName(self.tr("Address of the link"))
        self._address.setPlaceholderText("https://")
        # An address reads from left to right in every language.
        self._address.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._problem = QLabel(self)
        self._problem.setWordWrap(True)
        self._problem.setObjectName("problem")
        self._problem.setAccessibleName(self.tr("What is wrong with the address"))
        palette = self._problem.palette()
        palette.setColor(QPalette.ColorRole.WindowText, inks(self.palette()).wrong)
        self._problem.setPalette(palette)
        self._problem.hide()
        self._build(can_remove=url is not None)
        self._address.textEdited.connect(self._problem.hide)
        (self._address if text else self._text).setFocus()
        self._address.selectAll()

    def _build(self, *, can_remove: bool) -> None:
        form = QFormLayout()
        form.setSpacing(12)
        form.addRow(self.tr("&Words"), self._text)
        form.addRow(self.tr("&Address"), self._address)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        accept = buttons.button(QDialogButtonBox.StandardButton.Ok)
        accept.setText(self.tr("Set link"))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        if can_remove:
            remove = QPushButton(self.tr("&Remove link"), self)
            remove.setObjectName("remove")
            buttons.addButton(remove, QDialogButtonBox.ButtonRole.DestructiveRole)
            remove.clicked.connect(self._remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(self._problem)
        layout.addStretch(1)
        layout.addWidget(buttons)

    def text(self) -> str:
        """Return the words that are to be linked; the address where there are none."""
        return self._text.text().strip() or (self._url or "").removeprefix("https://")

    def url(self) -> str | None:
        """Return the checked address, or None to remove the link."""
        return self._url

    @Slot()
    def accept(self) -> None:
        """Close the dialog if the address is one a report may link to; else say what is wrong."""
        try:
            self._url = link_address(self._address.text())
        except LinkRefused:
            self._problem.setText(
                self.tr(
                    "This is not an address a report can link to. Write a web address such as "
                    "https://example.org/page, or an e-mail address."
                )
            )
            self._problem.setMinimumHeight(self._problem.heightForWidth(self.width() - 48))
            self._problem.show()
            self.adjustSize()
            self._address.setFocus()
            return
        super().accept()

    @Slot()
    def _remove(self) -> None:
        self._url = None
        super().accept()
