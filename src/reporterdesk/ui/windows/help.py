"""The help, shown in the app: it works without a connection."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QWidget,
)

from reporterdesk.resources import resource_path

_FILE = Qt.ItemDataRole.UserRole
_KEYS = re.compile(r"\*\*((?:(?:Ctrl|Alt|Shift)\+)+[^*\s]+|F\d+)\*\*")
"""Keys as the pages write them: ``**Ctrl+Enter**``."""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page: its title, and the file with its Markdown."""

    title: str
    file: Path


def help_pages() -> tuple[HelpPage, ...]:
    """Return the pages in their order: ``resources/help/NN-name.md``, ``# Title`` on line one."""
    files = sorted(resource_path("help").glob("[0-9]*.md"))
    return tuple(HelpPage(_title(file), file) for file in files)


class HelpWindow(QDialog):
    """The titles at one side, the page at the other.

    :param changed_keys: see :meth:`~reporterdesk.ui.actions.Actions.changed_keys`.
    """

    def __init__(
        self, parent: QWidget | None = None, changed_keys: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(parent)
        self._changed_keys = changed_keys or {}
        self.setWindowTitle(self.tr("Help"))
        self._titles = QListWidget(self)
        self._titles.setAccessibleName(self.tr("Pages of the help"))
        self._titles.setObjectName("helpTitles")
        self._titles.setFrameShape(QFrame.Shape.NoFrame)
        # It stands on the window, not on paper.
        self._titles.viewport().setAutoFillBackground(False)
        self._titles.setStyleSheet("::item { padding: 8px 16px; }")
        self._titles.setFixedWidth(220)
        self._page = QTextBrowser(self)
        self._page.setAccessibleName(self.tr("Page of the help"))
        self._page.setObjectName("helpPage")
        self._page.setFrameShape(QFrame.Shape.NoFrame)
        self._page.setOpenExternalLinks(True)
        self._page.document().setDocumentMargin(24)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._titles)
        row.addWidget(self._page, 1)
        for page in help_pages():
            item = QListWidgetItem(page.title, self._titles)
            item.setData(_FILE, page.file)
        self._titles.currentItemChanged.connect(self._show_current)
        self._titles.setCurrentRow(0)
        self.resize(840, 600)

    @Slot()
    def _show_current(self) -> None:
        item = self._titles.currentItem()
        if item is not None:
            self._page.setHtml(page_html(item.data(_FILE), self._changed_keys))


def page_html(file: Path, changed_keys: Mapping[str, str] | None = None) -> str:
    """Return a page of the help as HTML, by the one renderer of the house.

    Keys that a person has changed are named as they are now.
    """
    from reporterdesk.text.html import to_html  # not before the help is opened
    from reporterdesk.text.parse import parse

    title, _, body = file.read_text(encoding="utf-8").partition("\n")
    if changed_keys:
        body = _KEYS.sub(lambda found: _present_keys(found, changed_keys), body)
    document = parse(body)
    return f"<h1>{title.removeprefix('# ')}</h1>{to_html(document, _no_figure)}"


def _present_keys(found: re.Match[str], changed_keys: Mapping[str, str]) -> str:
    written = found[1].replace("Enter", "Return")
    now = changed_keys.get(QKeySequence(written).toString())
    if now is None:
        return found[0]
    return f"**{now}**" if now else QCoreApplication.translate("HelpWindow", "(no keys)")


def _no_figure(_photo_id: str) -> str:
    return ""


def _title(file: Path) -> str:
    with file.open(encoding="utf-8") as page:
        return page.readline().strip().removeprefix("# ")
