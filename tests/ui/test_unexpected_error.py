"""A bug is told calmly, and what is saved for whoever can help holds no secret."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from reporterdesk import __version__
from reporterdesk.logs import start_logging, stop_logging
from reporterdesk.paths import logs_folder
from reporterdesk.ui.windows.unexpected_error import UnexpectedErrorDialog

NOW = datetime(2026, 3, 14, 18, 5, tzinfo=UTC)


@pytest.fixture
def logged(home: Path) -> Iterator[Path]:
    handler = start_logging(home)
    logging.getLogger("reporterdesk.test").info("The window was opened.")
    yield logs_folder(home)
    stop_logging(handler)


def _bug() -> KeyError:
    return KeyError("password: 'hunter2'")


@pytest.fixture
def dialog(logged: Path, qtbot: QtBot) -> UnexpectedErrorDialog:
    dialog = UnexpectedErrorDialog(_bug(), logged, NOW)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def _said(dialog: UnexpectedErrorDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_it_says_what_is_safe(dialog: UnexpectedErrorDialog) -> None:
    assert "What was saved is safe" in _said(dialog)
    details = dialog.findChild(QPlainTextEdit).toPlainText()
    assert "KeyError" in details
    assert "hunter2" not in details


def test_the_details_can_be_copied(dialog: UnexpectedErrorDialog) -> None:
    dialog.copy_button.click()

    copied = QGuiApplication.clipboard().text()
    assert f"ReporterDesk {__version__}" in copied
    assert "Copied." in _said(dialog)


def test_the_diagnostics_are_saved_where_the_person_says(
    dialog: UnexpectedErrorDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []
    wanted = tmp_path / "for the desk.txt"

    def choose(_parent: object, _title: str, proposed: str) -> tuple[str, str]:
        offered.append(Path(proposed).name)
        return str(wanted), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    dialog.save_button.click()

    saved = wanted.read_text(encoding="utf-8")
    assert offered == ["reporterdesk-diagnostics-2026-03-14-1805.txt"]
    assert "KeyError" in saved
    assert "The window was opened." in saved
    assert "hunter2" not in saved
    assert str(wanted) in _said(dialog)


def test_a_folder_that_cannot_be_written_is_said(
    dialog: UnexpectedErrorDialog, tmp_path: Path
) -> None:
    dialog.save_to(tmp_path / "no such folder" / "diagnostics.txt")

    assert "They could not be saved: No such file or directory" in _said(dialog)


def test_without_a_log_there_is_still_something_to_send(tmp_path: Path, qtbot: QtBot) -> None:
    dialog = UnexpectedErrorDialog(_bug(), tmp_path / "none", NOW)
    qtbot.addWidget(dialog)

    dialog.save_to(tmp_path / "diagnostics.txt")

    assert "no log could be read" in (tmp_path / "diagnostics.txt").read_text(encoding="utf-8")
