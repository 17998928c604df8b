"""New reports from files: dropped or chosen, with their photos, taken back by one press."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reporterdesk.domain.places import Place
from reporterdesk.domain.report import ReportContent
from reporterdesk.store.store import Store
from reporterdesk.text.parse import parse
from reporterdesk.text.tree import Figure
from support.docx_files import DocxFile, protected_docx
from support.jpegs import make_jpeg
from support.whole_app import WholeApp, nothing, whole_app


@pytest.fixture
def app(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[WholeApp]:
    with whole_app(home, qtbot, qapp) as opened:
        yield opened


def _drop(onto: QWidget, files: list[Path]) -> bool:
    """Let files fall onto a widget; return whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    enter = QDragEnterEvent(QPoint(40, 40), *held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(onto, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPointF(40, 40), *held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(onto, drop)
    return True


def _read(app: WholeApp, files: list[Path], onto: QWidget | None = None) -> None:
    room = app.desktop.from_files
    assert _drop(onto or app.desktop.window, files)
    app.qtbot.waitUntil(lambda: not room.busy, timeout=20_000)
    app.run(nothing)


def _docx(tmp_path: Path) -> Path:
    file = tmp_path / "fair.docx"
    made = DocxFile().paragraph("Night at the fair", "Title").paragraph("It was full.")
    made.picture(make_jpeg(320, 200), "The wheel at night").paragraph("It closed at ten.")
    file.write_bytes(made.data())
    return file


def test_a_docx_becomes_a_report_with_its_photo(app: WholeApp, tmp_path: Path) -> None:
    _read(app, [_docx(tmp_path)])
    window = app.desktop.window
    content = window.pane.content()
    assert content.headline == "Night at the fair"
    (photo,) = content.photos
    assert photo.alt_text == "The wheel at night"
    assert content.lead_photo == photo.id
    assert content.body == f"It was full.\n\n![](photo:{photo.id})\n\nIt closed at ten."
    assert Figure(photo.id) in parse(content.body).blocks
    assert window.messages.sentence == "“Night at the fair” was made from the file."
    assert app.desktop.browsing.place is Place.DRAFTS
    report_id = window.pane.report_id
    assert report_id is not None
    stored = app.run(lambda store: store.reports.get(report_id))
    assert stored.content == content
    app.qtbot.waitUntil(lambda: app.desktop.browsing.model.row_of(report_id) is not None)


def test_it_is_taken_back_by_one_press(app: WholeApp, tmp_path: Path) -> None:
    files = [tmp_path / "a.md", tmp_path / "b.txt"]
    files[0].write_text("# One\n\nText", "utf-8")
    files[1].write_text("Two\n\nText", "utf-8")
    _read(app, files, app.desktop.window.list)
    assert app.desktop.window.messages.sentence == "2 reports were made from files."
    assert app.run(lambda store: store.trash.ids()) == ()
    (button,) = _undo(app)
    button.click()
    app.run(nothing)
    assert len(app.run(lambda store: store.trash.ids())) == 2


def test_documents_that_fall_onto_the_open_report_leave_it_alone(
    app: WholeApp, tmp_path: Path
) -> None:
    window = app.desktop.window
    app.desktop.actions.action("report.new").trigger()
    window.pane.text.head.headline.setText("Mine")
    mine = window.pane.report_id
    file = tmp_path / "other.html"
    file.write_text('<html lang="de-DE"><title>Andere</title><p>Text', "utf-8")
    for onto in (window.pane.text.body.viewport(), window.pane, window.pane.side.photos):
        _read(app, [file], onto)
        assert window.pane.report_id != mine
        assert window.pane.content().headline == "Andere"
        assert window.pane.content().language == "de"
    assert mine is not None
    assert app.run(lambda store: store.reports.get(mine)).content.headline == "Mine"


def test_photos_are_taken_as_before_and_not_by_the_window(app: WholeApp, tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(make_jpeg(320, 200))
    assert not _drop(app.desktop.window, [photo])
    app.desktop.actions.action("report.new").trigger()
    assert _drop(app.desktop.window.pane, [photo])
    app.qtbot.waitUntil(lambda: len(app.desktop.window.pane.content().photos) == 1)


def test_documents_and_photos_that_fall_together_are_both_dealt_with(
    app: WholeApp, tmp_path: Path
) -> None:
    photo, file = tmp_path / "a.jpg", tmp_path / "b.md"
    photo.write_bytes(make_jpeg(320, 200))
    file.write_text("# Made\n\nText", "utf-8")
    window = app.desktop.window
    _read(app, [photo, file])
    assert window.pane.content().headline == "Made"
    assert any(
        "Not added: a.jpg. Let photos fall onto the report they belong to." in line
        for line in _said(app)
    )
    for onto in (window.pane, window.pane.text.body.viewport()):
        app.desktop.actions.action("report.new").trigger()
        window.pane.text.head.headline.setText("Mine")
        mine = window.pane.report_id
        assert mine is not None
        _read(app, [file, photo], onto)
        app.qtbot.waitUntil(lambda: not window.pane.photos.busy, timeout=20_000)
        app.run(nothing)
        assert window.pane.report_id != mine
        assert window.pane.content().photos == ()
        app.qtbot.waitUntil(lambda: not window.pane.unsaved, timeout=20_000)
        stored = app.run(partial(_content_of, mine))
        assert (stored.headline, len(stored.photos)) == ("Mine", 1)


def _content_of(report_id: str, store: Store) -> ReportContent:
    return store.reports.get(report_id).content


UNREADABLE: tuple[tuple[str, bytes | None, str], ...] = (
    ("a.docx", protected_docx(), "needs a password"),
    ("b.docx", b"words", "not what its name says"),
    ("c.txt", b"", "is empty"),
    ("d.html", None, "could not be read"),
)


def test_what_cannot_be_read_is_said(app: WholeApp, tmp_path: Path) -> None:
    files = []
    for name, data, _ in UNREADABLE:
        files.append(tmp_path / name)
        if data is not None:
            files[-1].write_bytes(data)
    _read(app, files)
    assert app.desktop.window.messages.sentence == "No report was made."
    assert not _undo(app)
    said = "\n".join(_said(app)).split("\n")
    for name, _, words in UNREADABLE:
        assert any(line.startswith(f"{name}: ") and words in line for line in said)
    assert app.run(lambda store: store.reports.ids()) == ()


def _undo(app: WholeApp) -> list[QPushButton]:
    buttons = app.desktop.window.messages.findChildren(QPushButton)
    return [each for each in buttons if each.text() == "Undo" and each.isVisible()]


def _said(app: WholeApp) -> list[str]:
    from support.driven_app import read

    return read(app.desktop.window)


def test_pictures_that_are_no_photos_are_named_and_the_rest_is_kept(
    app: WholeApp, tmp_path: Path
) -> None:
    file = tmp_path / "a.html"
    (tmp_path / "good.jpg").write_bytes(make_jpeg(320, 200))
    (tmp_path / "bad.jpg").write_bytes(b"nothing of the kind" * 40)
    file.write_text("<h1>x</h1><img src=bad.jpg><p>words<img src=good.jpg><img src=gone.jpg>")
    _read(app, [file])
    content = app.desktop.window.pane.content()
    assert len(content.photos) == 1
    assert content.body == f"words\n\n![](photo:{content.photos[0].id})"
    said = " ".join(_said(app))
    assert "bad.jpg" in said
    assert "gone.jpg" in said


def test_the_dialog_offers_what_can_be_read(app: WholeApp, tmp_path: Path) -> None:
    action: QAction = app.desktop.actions.action("report.from_file")
    assert action.isEnabled()
    action.trigger()
    (dialog,) = app.desktop.window.findChildren(QFileDialog)
    assert "*.docx" in dialog.nameFilters()[0]
    dialog.filesSelected.emit([str(_docx(tmp_path))])
    dialog.reject()
    app.qtbot.waitUntil(lambda: not app.desktop.from_files.busy, timeout=20_000)
    assert app.desktop.window.pane.content().headline == "Night at the fair"


def test_stopped_before_it_is_made_nothing_is(app: WholeApp, tmp_path: Path) -> None:
    room = app.desktop.from_files
    made: list[object] = []
    room.made.connect(made.append)
    room.take([_docx(tmp_path), _docx(tmp_path)])
    room._stop()
    app.qtbot.waitUntil(lambda: not room.busy, timeout=20_000)
    assert len(made) <= 1  # the first may just have been saved; the second was not begun
    assert len(app.run(lambda store: store.reports.ids())) == len(made)
