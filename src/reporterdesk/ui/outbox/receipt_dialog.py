"""The delivery receipt in a dialog: the main facts in words, the hashes below, copy and export."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.ui.announcing import announce
from reporterdesk.ui.outbox.times import received_words
from reporterdesk.ui.widgets.plain_words import dialog_button, plain_label
from reporterdesk.workflow.receipts import DeliveryReceipt, receipt_text

_SIZE = (760, 600)


class ReceiptDialog(QDialog):
    """Shows one receipt. Lives on the UI thread; writing a file is the owner's business.

    :ivar export_wanted: emits the receipt and the :class:`Path` of the file to write.
    """

    export_wanted = Signal(object, object)

    def __init__(
        self, receipt: DeliveryReceipt, parent: QWidget | None = None, *, clock: Clock = utc_now
    ) -> None:
        super().__init__(parent)
        self._receipt = receipt
        self.setWindowTitle(self.tr("Delivery receipt"))
        headline = " ".join(receipt.headline.split())[:200]
        title = plain_label(self, headline or self.tr("Report without a headline"), "title")
        facts = plain_label(self, self._facts(clock), "note")
        self._text = QPlainTextEdit(receipt_text(receipt), self)
        self._text.setObjectName("receiptText")
        self._text.setReadOnly(True)
        self._text.setAccessibleName(self.tr("Receipt"))
        self._text.setTabChangesFocus(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # hashes and sizes
        self._told = plain_label(self, "", "hint")
        self._told.hide()
        copy = dialog_button(self, self.tr("Copy"))
        copy.clicked.connect(self._copy)
        export = dialog_button(self, self.tr("Export…"))
        export.clicked.connect(self._ask_for_file)
        close = dialog_button(self, self.tr("Close"), default=True)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(copy)
        buttons.addWidget(export)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(facts)
        column.addWidget(self._text, 1)
        column.addWidget(self._told)
        column.addLayout(buttons)
        self.resize(*_SIZE)
        close.setFocus()

    @Slot(str, bool)
    def tell(self, words: str, problem: bool = False) -> None:
        """Say what came of an export or a copy."""
        self._told.setText(words)
        self._told.setProperty("role", "problem" if problem else "good")
        self._told.style().unpolish(self._told)
        self._told.style().polish(self._told)
        self._told.show()
        announce(self._told, words)

    def _facts(self, clock: Clock) -> str:
        said, now = self._receipt.receipt, clock()
        server = said.server.partition("://")[2] or said.server
        text = self.tr("The desk’s server has had the text since %1.")
        if server:
            text = self.tr("The desk’s server (%2) has had the text since %1.")
        facts = [text.replace("%1", received_words(said.text_at, now)).replace("%2", server)]
        facts += [self._photo_facts(), self._match_facts()]
        return " ".join(fact for fact in facts if fact)

    def _photo_facts(self) -> str:
        total, held = self._receipt.photos, self._receipt.photos_held
        if not total:
            return ""
        if held == total:
            one, more = (
                self.tr("It has the photo in full."),
                self.tr("It has all %1 photos in full."),
            )
            return one if total == 1 else more.replace("%1", self.locale().toString(total))
        some = self.tr("It has %1 of %2 photos in full.")
        return some.replace("%1", self.locale().toString(held)).replace(
            "%2", self.locale().toString(total)
        )

    def _match_facts(self) -> str:
        if not self._receipt.text_matches:
            return ""
        return self.tr("Its checksums are those of what is on this laptop.")

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
        self.tell(self.tr("The receipt is copied."))

    @Slot()
    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Export receipt"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        filters = [self.tr("Plain text (*.txt)"), self.tr("JSON (*.json)")]
        dialog.setNameFilters(filters)
        dialog.setDefaultSuffix("txt")
        dialog.filterSelected.connect(_Suffix(dialog, filters[1]))
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(documents))
        dialog.selectFile(f"receipt-{self._receipt.receipt.revision_id[:8]}")
        dialog.fileSelected.connect(self.export)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def export(self, name: str) -> None:
        """Ask for the receipt to be written to the file called ``name``."""
        self.export_wanted.emit(self._receipt, Path(name))


class _Suffix:
    """Gives a file the ending of the kind that is chosen."""

    def __init__(self, dialog: QFileDialog, json: str) -> None:
        self._dialog, self._json = dialog, json

    def __call__(self, chosen: str) -> None:
        self._dialog.setDefaultSuffix("json" if chosen == self._json else "txt")
