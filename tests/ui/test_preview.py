"""The preview: the report as it will be published, offline, and following what is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reporterdesk.ui.windows.preview import PreviewWindow
from support.jpegs import make_jpeg
from support.whole_app import WholeApp, whole_app

# The offscreen platform says so of a window that is brought to the front.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def app(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[WholeApp]:
    with whole_app(home, qtbot, qapp) as app:
        yield app


def _write(app: WholeApp, headline: str, body: str) -> None:
    app.desktop.actions.action("report.new").trigger()
    pane = app.desktop.window.pane
    app.qtbot.keyClicks(pane.text.head.headline, headline)
    app.qtbot.keyClicks(pane.text.body, body)


def _preview(app: WholeApp) -> PreviewWindow:
    app.desktop.actions.action("report.preview").trigger()
    preview = app.desktop.preview.preview
    assert preview is not None
    assert preview.isVisible()
    return preview


def test_nothing_open_has_no_preview(app: WholeApp) -> None:
    assert not app.desktop.actions.action("report.preview").isEnabled()


def test_the_newest_words_are_shown_and_nothing_for_the_desk(app: WholeApp) -> None:
    _write(app, "Lanterns & <b>lamps</b>", "The first rose at dusk.")
    preview = _preview(app)
    page = preview.browser.toPlainText()
    assert "Lanterns & <b>lamps</b>" in page
    assert "The first rose at dusk." in page
    assert "For the desk only" not in page
    assert preview.windowTitle() == "Preview – Lanterns & <b>lamps</b>"


def test_it_follows_what_is_written(app: WholeApp) -> None:
    _write(app, "Lanterns", "One.")
    preview = _preview(app)
    app.qtbot.keyClicks(app.desktop.window.pane.text.body, " Two.")
    app.qtbot.waitUntil(lambda: "One. Two." in preview.browser.toPlainText(), timeout=20_000)


def test_another_report_takes_its_place(app: WholeApp) -> None:
    _write(app, "Lanterns", "One.")
    preview = _preview(app)
    _write(app, "Harbour", "Two.")
    app.qtbot.waitUntil(lambda: "Two." in preview.browser.toPlainText(), timeout=20_000)
    assert "Lanterns" not in preview.browser.toPlainText()


def test_photos_come_from_this_laptop(app: WholeApp, tmp_path: Path) -> None:
    _write(app, "Lanterns", "One.")
    file = tmp_path / "dusk.jpg"
    file.write_bytes(make_jpeg(640, 400))
    pane = app.desktop.window.pane
    pane.photos.add_files([file])
    app.qtbot.waitUntil(lambda: len(pane.side.photos.photos()) == 1, timeout=20_000)
    preview = _preview(app)
    photo = pane.side.photos.photos()[0]
    app.qtbot.waitUntil(
        lambda: app.desktop.images.image(photo.preview.sha256) is not None, timeout=20_000
    )
    assert f'src="photo:{photo.id}"' in preview.browser.toHtml()


def test_escape_closes_it(app: WholeApp) -> None:
    _write(app, "Lanterns", "One.")
    preview = _preview(app)
    app.qtbot.keyClick(preview, Qt.Key.Key_Escape)
    assert not preview.isVisible()
    assert _preview(app) is preview
