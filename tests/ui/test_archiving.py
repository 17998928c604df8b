"""Export archive and Import archive in the window."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMessageBox,
    QProgressDialog,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from reporterdesk.domain.report import ReportContent
from reporterdesk.store.store import Store
from support.whole_app import WholeApp, whole_app

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def app(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[WholeApp]:
    with whole_app(home, qtbot, qapp) as app:
        yield app


def _said(app: WholeApp) -> str:
    labels = app.desktop.window.messages.findChildren(QLabel)
    return "\n".join(label.text() for label in labels)


def _write(app: WholeApp, headline: str) -> None:
    app.desktop.actions.action("report.new").trigger()
    app.qtbot.keyClicks(app.desktop.window.pane.text.head.headline, headline)


def _wait_for_words(app: WholeApp, words: str) -> None:
    app.qtbot.waitUntil(lambda: words in _said(app), timeout=20_000)


def test_the_words_typed_a_moment_ago_are_in_it(app: WholeApp, tmp_path: Path) -> None:
    _write(app, "Lanterns over the harbour")
    target = tmp_path / "all.zip"
    app.desktop.archiving.export(target)
    _wait_for_words(app, "The archive is complete. Reports: 1")
    with zipfile.ZipFile(target) as archive:
        text = next(archive.read(n) for n in archive.namelist() if n.endswith("report.md"))
    assert b"# Lanterns over the harbour" in text
    assert _buttons(app) == ["Show in folder"]


def _buttons(app: WholeApp) -> list[str]:
    found = app.desktop.window.messages.findChildren(QPushButton)
    return [button.text() for button in found if button.isVisible()]


def test_a_warning_comes_before_the_file_is_chosen(app: WholeApp) -> None:
    app.desktop.actions.action("archive.export").trigger()
    box = app.desktop.window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "is not encrypted" in box.text()
    app.qtbot.mouseClick(box.defaultButton(), Qt.MouseButton.LeftButton)
    dialog = app.desktop.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert dialog.selectedFiles()[0].endswith(".zip")
    dialog.reject()


def test_what_comes_from_an_archive_is_in_the_list(app: WholeApp, tmp_path: Path) -> None:
    _write(app, "Lanterns")
    target = tmp_path / "all.zip"
    app.desktop.archiving.export(target)
    _wait_for_words(app, "The archive is complete")

    def write_on(store: Store) -> None:
        report = store.reports.get(store.reports.ids()[0])
        other = ReportContent(headline="Something else")
        store.reports.save_content(report.id, other, report.changed_at)

    app.run(write_on)
    app.desktop.archiving.bring(target)
    _wait_for_words(app, "Here with another text")
    assert "New reports: 0" in _said(app)


def test_a_file_that_is_no_archive_says_so(app: WholeApp, tmp_path: Path) -> None:
    file = tmp_path / "holiday.zip"
    file.write_bytes(b"GIF89a")
    app.desktop.archiving.bring(file)
    _wait_for_words(app, "not an archive of ReporterDesk")
    app.qtbot.waitUntil(lambda: app.desktop.window.findChild(QProgressDialog) is None)


def test_a_folder_that_is_gone_says_so(app: WholeApp, tmp_path: Path) -> None:
    app.desktop.archiving.export(tmp_path / "gone" / "all.zip")
    _wait_for_words(app, "could not be written")


def test_stop_leaves_nothing(app: WholeApp, tmp_path: Path) -> None:
    for number in range(3):
        _write(app, f"Lanterns {number}")
    target = tmp_path / "out" / "all.zip"
    target.parent.mkdir()
    app.desktop.archiving.export(target)
    progress = app.desktop.window.findChild(QProgressDialog)
    assert isinstance(progress, QProgressDialog)
    progress.cancel()
    app.qtbot.waitUntil(
        lambda: app.desktop.window.findChild(QProgressDialog) is None, timeout=20_000
    )
    assert list(target.parent.iterdir()) in ([], [target])
