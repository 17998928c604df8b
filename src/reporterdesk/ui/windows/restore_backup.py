"""Restore from backup: which backups there are, and what restoring one would change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reporterdesk.domain.errors import ReporterDeskError
from reporterdesk.store.backup_list import Backup, BackupKind, list_backups
from reporterdesk.store.key import StoreKey
from reporterdesk.store.reading import check_whole
from reporterdesk.store.restoring import ReportThen, WhatChanges, what_changes
from reporterdesk.store.versions import DRAFTS_ID
from reporterdesk.ui.errand import Errand
from reporterdesk.ui.widgets.plain_words import dialog_button, fit_height, plain_label

_MOST_NAMED = 8
_SIZE = (640, 600)
_NUMBERS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WHEN, _REPORTS, _BYTES, _KIND = range(4)


class RestoreBackupDialog(QDialog):
    """Lists the backups, reads the chosen one through and tells what would change.

    Lives on the UI thread; everything is read on another. The store may be open.

    :ivar restore_wanted: emits the chosen :class:`Backup`, which was read through and is whole.
    """

    restore_wanted = Signal(object)

    def __init__(self, home: Path, key: StoreKey | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._home, self._key = home, key
        self._errand: Errand | None = None
        self._backups: tuple[Backup, ...] = ()
        self._good: Backup | None = None
        self.setWindowTitle(self.tr("Restore from backup"))
        self.list = self._build_list()
        self._said = plain_label(self, self.tr("Reading your backups…"), "note")
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._changes = plain_label(self, "", "note")
        self._changes.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._way_back = plain_label(
            self,
            self.tr(
                "Your drafts as they are now are set aside, not deleted: they stand in this list "
                "from then on, and can be restored in the same way."
            ),
            "hint",
        )
        self._build()
        self.resize(*_SIZE)
        self._read(lambda _errand: list_backups(home, key), self._show_backups)

    @property
    def said(self) -> str:
        """All that it says of the chosen backup."""
        return f"{self._said.text()}\n{self._changes.text()}".strip()

    def done(self, result: int) -> None:
        """Let go of the files before it closes."""
        errand, self._errand = self._errand, None
        if errand is not None:
            errand.abandon()
            errand.wait(5)
        super().done(result)

    def _build_list(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setAccessibleName(self.tr("Backups"))
        tree.setHeaderLabels(
            [self.tr("Taken"), self.tr("Reports"), self.tr("Size"), self.tr("What it is")]
        )
        for column in (_REPORTS, _BYTES):
            tree.headerItem().setTextAlignment(column, _NUMBERS)
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = tree.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(True)
        for column in (_WHEN, _REPORTS, _BYTES):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        tree.currentItemChanged.connect(self._chosen)
        return tree

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(plain_label(self, self.tr("Restore your drafts from a backup"), "title"))
        column.addWidget(
            plain_label(
                self,
                self.tr(
                    "A backup is taken on each day that you use ReporterDesk. What the desk has of "
                    "your reports is not changed by restoring one."
                ),
                "note",
            )
        )
        column.addWidget(self.list, 1)
        for label in (self._said, self._changes):
            column.addWidget(label)
        column.addWidget(self._way_back)
        self.restore_button = dialog_button(self, self.tr("Restore this backup"), default=True)
        self.restore_button.setEnabled(False)
        self.restore_button.clicked.connect(self._restore)
        cancel = dialog_button(self, self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.restore_button)
        column.addSpacing(4)
        column.addLayout(row)
        self._changes.hide()
        self._way_back.hide()

    @Slot(object)
    def _show_backups(self, backups: tuple[Backup, ...]) -> None:
        self._backups = backups
        for backup in backups:
            self.list.addTopLevelItem(self._item(backup))
        if not backups:
            self._said.setText(
                self.tr(
                    "There is no backup yet. One is taken by itself, some seconds after you have "
                    "started ReporterDesk."
                )
            )
            self.list.hide()
            fit_height(self)
            return
        self._said.setText(self.tr("Choose a backup to see what restoring it would change."))
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        self.list.setFocus()

    def _item(self, backup: Backup) -> QTreeWidgetItem:
        locale = QLocale()
        kind = {
            BackupKind.TAKEN: self.tr("Backup"),
            BackupKind.SET_ASIDE: self.tr("Set aside by a restore or repair"),
        }[backup.kind]
        item = QTreeWidgetItem(
            [
                _when(backup.taken_at),
                "–" if backup.problem else locale.toString(backup.reports),
                _isolated(locale.formattedDataSize(backup.bytes, 1)),
                self.tr("Cannot be opened") if backup.problem else kind,
            ]
        )
        for column in (_REPORTS, _BYTES):
            item.setTextAlignment(column, _NUMBERS)
        return item

    @Slot(QTreeWidgetItem, QTreeWidgetItem)
    def _chosen(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        backup = self._backups[self.list.indexOfTopLevelItem(item)]
        self._good = None
        self.restore_button.setEnabled(False)
        self._changes.hide()
        self._way_back.hide()
        if backup.problem:
            self._tell_bad()
            return
        self._said.setText(self.tr("Reading it through…"))
        self._read(partial(self._examine, backup), partial(self._tell, backup))

    def _examine(self, backup: Backup, errand: Errand) -> WhatChanges:
        """Read all of it. Runs on the errand's thread."""
        check_whole(backup.file, self._key, DRAFTS_ID, cancelled=errand.is_cancelled)
        return what_changes(self._home, self._key, backup)

    def _tell(self, backup: Backup, changes: WhatChanges) -> None:
        self._good = backup
        count = _counted(backup.reports, self.tr("1 report"), self.tr("%1 reports"))
        self._said.setText(
            self.tr("It was read through and is whole: %1, the newest of %2.")
            .replace("%1", count)
            .replace("%2", _when(backup.newest_change or backup.taken_at))
        )
        self._changes.setText("\n".join(self._lines(changes)))
        self._changes.show()
        self._way_back.show()
        self.restore_button.setEnabled(True)

    def _lines(self, changes: WhatChanges) -> list[str]:
        if not changes.known:
            return [
                self.tr("Your drafts as they are now cannot be read, so they cannot be compared.")
            ]
        gone, older, back = changes.counts
        parts = (
            (
                gone,
                changes.gone,
                self.tr("1 report that you have now is not in it:"),
                self.tr("%1 reports that you have now are not in it:"),
            ),
            (
                older,
                changes.older,
                self.tr("1 report would be as it was then:"),
                self.tr("%1 reports would be as they were then:"),
            ),
            (
                back,
                changes.back,
                self.tr("1 report would come back:"),
                self.tr("%1 reports would come back:"),
            ),
        )
        lines = [
            f"{_counted(count, one, many)} {self._named(reports, count)}"
            for count, reports, one, many in parts
            if count
        ]
        return lines or [self.tr("It holds the same as your drafts do now.")]

    def _named(self, reports: tuple[ReportThen, ...], count: int) -> str:
        names = ", ".join(
            f"“{report.headline.strip()}”"
            if report.headline.strip()
            else self.tr("no headline yet")
            for report in reports[:_MOST_NAMED]
        )
        more = count - min(len(reports), _MOST_NAMED)
        if more > 0:
            names += " " + self.tr("and %1 more").replace("%1", str(more))
        return names

    def _tell_bad(self) -> None:
        self._said.setText(
            self.tr("It is damaged, or was encrypted with another key. Choose another one.")
        )

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._said.setText(
            str(error)
            if isinstance(error, ReporterDeskError)
            else self.tr("It could not be read. Choose another one.")
        )

    def _read(self, work: Callable[[Errand], Any], done: Callable[[Any], object]) -> None:
        """Do ``work`` on another thread; what was begun before is no longer wanted."""
        if self._errand is not None:
            self._errand.abandon()
        errand = self._errand = Errand(self)
        errand.done.connect(done)
        errand.failed.connect(self._failed)
        errand.run(work)

    @Slot()
    def _restore(self) -> None:
        if self._good is not None:
            chosen = self._good
            self.accept()
            self.restore_wanted.emit(chosen)


def _when(moment: datetime) -> str:
    """Return a moment in this laptop's own time, the month in words."""
    local, locale = QDateTime.fromMSecsSinceEpoch(round(moment.timestamp() * 1000)), QLocale()
    time = locale.toString(local.time(), QLocale.FormatType.ShortFormat)
    return _isolated(f"{locale.toString(local.date(), 'd MMM yyyy')}, {time}")


def _isolated(words: str) -> str:
    """Keep the order of ``words`` in a window that reads from right to left (UAX #9, FSI)."""
    return f"\u2068{words}\u2069"


def _counted(count: int, one: str, many: str) -> str:
    return one if count == 1 else many.replace("%1", QLocale().toString(count))
