"""The rows of the command palette, as Qt and screen readers see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reporterdesk.ui.palette.entries import Command, FoundReport, Row

ROW = Qt.ItemDataRole.UserRole
_NO_INDEX = QModelIndex()


class PaletteModel(QAbstractListModel):
    """The rows that fit what was typed: commands, then reports. Lives on the UI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._commands: list[Row] = []
        self._reports: list[Row] = []

    def show_commands(self, rows: Sequence[Row]) -> None:
        """Show these commands in place of those before; reports stay until others come."""
        self.beginResetModel()
        self._commands = list(rows)
        self.endResetModel()

    def show_reports(self, reports: Sequence[FoundReport]) -> None:
        """Show these reports after the commands, in place of those before."""
        first = len(self._commands)
        if self._reports:
            self.beginRemoveRows(_NO_INDEX, first, first + len(self._reports) - 1)
            self._reports = []
            self.endRemoveRows()
        if reports:
            self.beginInsertRows(_NO_INDEX, first, first + len(reports) - 1)
            self._reports = [Row(report, report.marks) for report in reports]
            self.endInsertRows()

    def row(self, number: int) -> Row | None:
        """Return a row, counted from 0."""
        rows = self._commands if number < len(self._commands) else self._reports
        number -= 0 if rows is self._commands else len(self._commands)
        return rows[number] if 0 <= number < len(rows) else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        """See Qt."""
        return 0 if parent.isValid() else len(self._commands) + len(self._reports)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """See Qt."""
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.entry.text if isinstance(row.entry, Command) else row.entry.headline
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row.entry, Command):
            return row.entry.tip
        return None

    def spoken(self, row: Row) -> str:
        """Return a row as it is read out: the name first, then what is shown beside it."""
        entry = row.entry
        if isinstance(entry, FoundReport):
            parts = [entry.headline, self.tr("report"), entry.detail]
        else:
            on = {True: self.tr("on"), False: self.tr("off"), None: ""}[entry.on]
            menu = self.tr("%1 menu").replace("%1", entry.menu)
            parts = [entry.text, on, entry.off, menu, entry.keys]
        return ", ".join(part for part in parts if part)
