"""Shows a report's delivery receipt, and writes it to a file where it is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.ui.background import Background
from reporterdesk.ui.widgets.notice_bar import Notice
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.store.store import Store
    from reporterdesk.ui.outbox.receipt_dialog import ReceiptDialog
    from reporterdesk.workflow.receipts import DeliveryReceipt


class ReceiptRoom(QObject):
    """Reads receipts on the store thread and writes files in the pool. Lives on the UI thread."""

    def __init__(
        self, window: MainWindow, background: Background, *, clock: Clock = utc_now
    ) -> None:
        super().__init__(window)
        self._window, self._background, self._clock = window, background, clock
        self.dialog: ReceiptDialog | None = None
        """What is shown now."""

    @Slot(str)
    def show_receipt(self, report_id: str) -> None:
        """Show the newest receipt of a report, or say that there is none yet."""
        self._background.in_store(_Read(report_id), self._arrived)

    def close(self) -> None:
        """Close the dialog."""
        if self.dialog is not None:
            self.dialog.reject()

    def _arrived(self, receipt: DeliveryReceipt | None) -> None:
        if receipt is None:
            said = self.tr("There is no receipt yet: the desk has not had the text.")
            self._window.messages.tell(Notice(said))
            return
        from reporterdesk.ui.outbox.receipt_dialog import ReceiptDialog

        self.close()
        dialog = ReceiptDialog(receipt, self._window, clock=self._clock)
        dialog.export_wanted.connect(self._export)
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.show()

    @Slot()
    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    @Slot(object, object)
    def _export(self, receipt: DeliveryReceipt, target: Path) -> None:
        writing = _Write(receipt, target)
        self._background.in_pool(writing, self._written, self._not_written)

    def _written(self, target: Path) -> None:
        if self.dialog is not None:
            said = self.tr("The receipt is in “%1”.").replace("%1", target.name)
            self.dialog.tell(said)

    def _not_written(self, error: Exception) -> None:
        if self.dialog is not None:
            self.dialog.tell(str(error), problem=True)


@dataclass(frozen=True, slots=True)
class _Read:
    report_id: str

    def __call__(self, store: Store) -> DeliveryReceipt | None:
        from reporterdesk.workflow.receipts import newest_receipt

        return newest_receipt(store, self.report_id)


@dataclass(frozen=True, slots=True)
class _Write:
    receipt: DeliveryReceipt
    target: Path

    def __call__(self) -> Path:
        from reporterdesk.workflow.receipts import export_receipt

        export_receipt(self.receipt, self.target)
        return self.target
