"""The outbox as Qt's views want it: one row a delivery, in the order in which they are sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.ui.outbox.times import steadied
from reporterdesk.ui.outbox.words import Conditions, part_words, row_words, size_words

ROW = Qt.ItemDataRole.UserRole + 1
"""The role of a row's :class:`OutboxRow`."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One delivery; ``expected`` is when its last photo will have arrived, ``None`` if unknown."""

    delivery: Delivery
    headline: str
    expected: datetime | None = None

    @property
    def part(self) -> float | None:
        """How much of its bytes has arrived, from 0 to 1; ``None`` where there is no way to go."""
        total, there = self.delivery.bytes_total, self.delivery.bytes_delivered
        return there / total if 0 < there < total else None

    @property
    def sizes(self) -> str:
        """How many bytes have arrived of how many, in words."""
        total, there = self.delivery.bytes_total, self.delivery.bytes_delivered
        if not total:
            return ""
        if not there or there >= total:
            return size_words(total)
        return part_words(there, total)


class OutboxModel(QAbstractListModel):
    """Holds what is not delivered; only rows whose words or bytes change are drawn again.

    Words are made when a row is drawn or read out: of two hundred rows, a screen shows ten. Lives
    on the UI thread.
    """

    def __init__(self, conditions: Conditions, parent: Any = None) -> None:
        super().__init__(parent)
        self._rows: list[OutboxRow] = []
        self._places: dict[str, int] = {}
        self._conditions = conditions

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """See Qt."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        """See Qt; screen readers get the whole row as one sentence."""
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self.headline(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (self.headline(row)[:200], self.words(row), row.sizes)
            return ". ".join(part for part in parts if part)
        return None

    def headline(self, row: OutboxRow) -> str:
        """Return the headline, or what stands for one."""
        return " ".join(row.headline.split()) or self.tr("Report without a headline")

    def words(self, row: OutboxRow) -> str:
        """Return how far a row's delivery is, and how long it takes."""
        return row_words(row.delivery, self._conditions, row.expected)

    def row(self, number: int) -> OutboxRow | None:
        """Return one row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def row_of(self, report_id: str) -> int | None:
        """Return the row in which a report's delivery stands."""
        return self._places.get(report_id)

    def expected(self, report_id: str) -> datetime | None:
        """Return when a report's last photo will have arrived, as it is shown."""
        row = self.row(self._places.get(report_id, -1))
        return row.expected if row else None

    def deliveries(self) -> tuple[Delivery, ...]:
        """Return what is shown, in order."""
        return tuple(row.delivery for row in self._rows)

    def show(self, lines: Sequence[tuple[Delivery, str]]) -> None:
        """Show these deliveries with their headlines; what stays the same is left as it is."""
        ids = [delivery.report_id for delivery, _ in lines]
        if ids != [row.delivery.report_id for row in self._rows]:
            self._put_in_order(ids, {line[0].report_id: line for line in lines})
        for number, (delivery, headline) in enumerate(lines):
            self._put(number, replace(self._rows[number], delivery=delivery, headline=headline))

    def update(self, delivery: Delivery) -> bool:
        """Show how one delivery has changed; return whether it is one of the rows."""
        number = self._places.get(delivery.report_id)
        if number is None:
            return False
        self._put(number, replace(self._rows[number], delivery=delivery))
        return True

    def set_conditions(self, conditions: Conditions, *, minutes_pass: bool = False) -> None:
        """Let every row say what it waits for now.

        :param minutes_pass: words like “in about 3 minutes” are to be made anew.
        """
        before, self._conditions = self._conditions, conditions
        same = replace(before, now=conditions.now) == conditions
        if self._rows and not (same and not minutes_pass):
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def set_expected(self, expected: Mapping[str, datetime], now: datetime) -> datetime | None:
        """Know when each report is expected to have arrived, by its id; others are not known.

        :returns: when the last of them will have, as it is shown.
        """
        last: datetime | None = None
        changed = []
        for number, row in enumerate(self._rows):
            new = expected.get(row.delivery.report_id)
            shown = None if new is None else steadied(row.expected, new, now)
            if shown != row.expected:
                self._rows[number] = replace(row, expected=shown)
                changed.append(number)
            if shown is not None:
                last = shown if last is None else max(last, shown)
        if changed:  # all at once, and no words made of two hundred rows to draw ten
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
        return last

    def _put(self, number: int, row: OutboxRow) -> None:
        old = self._rows[number]
        if row == old:
            return
        self._rows[number] = row
        before = (self.words(old), old.headline, old.sizes)
        if (self.words(row), row.headline, row.sizes) != before:
            index = self.index(number)
            self.dataChanged.emit(index, index)

    def _put_in_order(self, ids: list[str], lines: Mapping[str, tuple[Delivery, str]]) -> None:
        """Take away, add and move rows; the views keep their place and what is chosen."""
        wanted = set(ids)
        for number in range(len(self._rows) - 1, -1, -1):
            if self._rows[number].delivery.report_id not in wanted:
                self.beginRemoveRows(QModelIndex(), number, number)
                del self._rows[number]
                self.endRemoveRows()
        if not self._rows and ids:
            self.beginInsertRows(QModelIndex(), 0, len(ids) - 1)
            self._rows = [OutboxRow(*lines[report_id]) for report_id in ids]
            self.endInsertRows()
        for number, report_id in enumerate(ids):
            self._bring(number, report_id, lines)
        self._places = {report_id: number for number, report_id in enumerate(ids)}

    def _bring(
        self, number: int, report_id: str, lines: Mapping[str, tuple[Delivery, str]]
    ) -> None:
        """Let a report stand in the row ``number``; what is before it stands right already."""
        if number < len(self._rows) and self._rows[number].delivery.report_id == report_id:
            return
        after = range(number + 1, len(self._rows))
        old = next((n for n in after if self._rows[n].delivery.report_id == report_id), None)
        if old is None:
            self.beginInsertRows(QModelIndex(), number, number)
            self._rows.insert(number, OutboxRow(*lines[report_id]))
            self.endInsertRows()
        else:
            self.beginMoveRows(QModelIndex(), old, old, QModelIndex(), number)
            self._rows.insert(number, self._rows.pop(old))
            self.endMoveRows()


def held(delivery: Delivery) -> bool:
    """Tell whether only the person can help this delivery on."""
    return delivery.state in {DeliveryState.SIGN_IN, DeliveryState.REFUSED, DeliveryState.CONFLICT}
