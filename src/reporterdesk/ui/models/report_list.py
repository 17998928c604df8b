"""The list of reports of one place, as Qt's views want it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from reporterdesk.domain.report import ReportSummary
from reporterdesk.domain.searching import Hit
from reporterdesk.ui.wording import date_word, detail_word, excerpt_word, status_word

SUMMARY = Qt.ItemDataRole.UserRole + 1
"""The role of a row's :class:`ReportSummary`."""
HIT = Qt.ItemDataRole.UserRole + 2
"""The role of a row's :class:`Hit`: where it has what was searched for; ``None`` without one."""


class ReportListModel(QAbstractListModel):
    """Holds the rows that were read; reading more is the owner's business. On the UI thread."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._rows: list[ReportSummary] = []
        self._hits: dict[str, Hit] = {}

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """See Qt."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        """See Qt; screen readers get the whole line as one sentence."""
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == SUMMARY:
            return row
        if role == HIT:
            return self._hits.get(row.id)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.headline(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(row)
        return None

    def headline(self, row: ReportSummary) -> str:
        """Return the headline, or what stands for one."""
        return row.headline.strip() or self.tr("No headline yet")

    def show_rows(self, rows: Sequence[ReportSummary], hits: dict[str, Hit] | None = None) -> None:
        """Show ``rows`` in place of what was shown; what is the same stays selected.

        ``hits`` says of a search where each report, by its id, has what was searched for.
        """
        before, self._hits = self._hits, hits or {}
        same_ids = [row.id for row in rows] == [row.id for row in self._rows]
        if same_ids:
            for number, row in enumerate(rows):
                if row != self._rows[number] or before.get(row.id) != self._hits.get(row.id):
                    self._rows[number] = row
                    self.dataChanged.emit(self.index(number), self.index(number))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def add_hits(self, hits: dict[str, Hit]) -> None:
        """Know of more rows where they have what was searched for."""
        self._hits |= hits
        for number, row in enumerate(self._rows):
            if row.id in hits:
                self.dataChanged.emit(self.index(number), self.index(number), [HIT])

    def add_rows(self, rows: Sequence[ReportSummary], hits: dict[str, Hit] | None = None) -> None:
        """Add the next page."""
        if not rows:
            return
        self._hits |= hits or {}
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows += rows
        self.endInsertRows()

    def put(self, row: ReportSummary) -> None:
        """Show ``row`` first: it was changed just now."""
        old = self.row_of(row.id)
        if old == 0:
            self._rows[0] = row
            self.dataChanged.emit(self.index(0), self.index(0))
        elif old is not None:
            self.beginMoveRows(QModelIndex(), old, old, QModelIndex(), 0)
            self._rows.insert(0, self._rows.pop(old))
            self.endMoveRows()
            self._rows[0] = row
            self.dataChanged.emit(self.index(0), self.index(0))
        else:
            self.beginInsertRows(QModelIndex(), 0, 0)
            self._rows.insert(0, row)
            self.endInsertRows()

    def row_of(self, report_id: str) -> int | None:
        """Return the row in which a report stands."""
        return next((n for n, row in enumerate(self._rows) if row.id == report_id), None)

    def summary(self, number: int) -> ReportSummary | None:
        """Return the row's summary."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def _found_words(self, row: ReportSummary) -> str:
        hit = self._hits.get(row.id)
        return excerpt_word(hit)[0] if hit else ""

    def _sentence(self, row: ReportSummary) -> str:
        changed: datetime = row.changed_at.astimezone()
        parts = (
            self.headline(row),
            self._found_words(row),
            row.section,
            date_word(row.event_date),
            status_word(row.status),
            detail_word(row),
            self.tr("changed {time}").format(time=changed.strftime("%Y-%m-%d %H:%M")),
        )
        return ", ".join(part for part in parts if part)
