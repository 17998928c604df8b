"""The help is there without a connection, and what it says is true."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QTextBrowser
from pytestqt.qtbot import QtBot

from reporterdesk import __version__
from reporterdesk.text.normal import normalise
from reporterdesk.text.parse import parse
from reporterdesk.text.print import to_markdown
from reporterdesk.ui.action_table import ACTIONS
from reporterdesk.ui.actions import Actions, key_sequences
from reporterdesk.ui.windows.about import AboutDialog
from reporterdesk.ui.windows.help import HelpPage, HelpWindow, help_pages, page_html

PAGES = help_pages()


def test_the_pages_have_their_order_and_titles() -> None:
    titles = [page.title for page in PAGES]

    assert titles[0] == "First steps"
    assert len(set(titles)) == len(titles) >= 5
    assert all(titles)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file.stem)
def test_each_page_is_shown(page: HelpPage, qtbot: QtBot) -> None:
    window = HelpWindow()
    qtbot.addWidget(window)
    titles = window.findChild(QListWidget)

    titles.setCurrentRow(PAGES.index(page))

    shown = window.findChild(QTextBrowser).toPlainText()
    assert shown.startswith(page.title)
    assert len(shown) > 300
    assert "**" not in shown


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file.stem)
def test_each_page_is_written_in_the_profile(page: HelpPage) -> None:
    body = page.file.read_text(encoding="utf-8").partition("\n")[2].strip()

    document = normalise(parse(body))

    assert parse(to_markdown(document)) == document
    assert "<h1>" in page_html(page.file)


def test_every_key_in_the_help_does_something(qtbot: QtBot) -> None:
    known = {key.toString() for spec in ACTIONS for key in key_sequences(spec)}
    text = "".join(page.file.read_text(encoding="utf-8") for page in PAGES)
    named = set(re.findall(r"\*\*((?:Ctrl\+)[^*]+|F\d+)\*\*", text))

    assert len(named) > 10
    for name in named:
        key = QKeySequence(name.replace("Enter", "Return")).toString()
        assert key in known, name


def test_keys_that_were_changed_are_named_as_they_are_now(qtbot: QtBot) -> None:
    actions = Actions()
    assert actions.changed_keys() == {}
    actions.use_keys({"report.new": "Ctrl+J", "report.file": ""})
    page = next(page for page in PAGES if page.title == "Keys")

    shown = page_html(page.file, actions.changed_keys())

    assert "<strong>Ctrl+J</strong>: new report" in shown
    assert "(no keys): file the report" in shown
    assert "<strong>Ctrl+S</strong>: save at once" in shown


def test_about_says_the_version_and_copies_it(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.show()

    assert any(__version__ in label.text() for label in dialog.findChildren(QLabel))
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy details")
    copy.click()

    assert f"ReporterDesk {__version__}" in QGuiApplication.clipboard().text()
