"""The preview: the report as it will be published, beside its text and following it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reporterdesk.domain.readiness import missing
from reporterdesk.text.parse import parse
from reporterdesk.ui.page.style import Screen
from reporterdesk.ui.preview.room import PreviewRoom
from reporterdesk.ui.widgets.desk_bar import Side
from support.jpegs import make_jpeg
from support.whole_app import WholeApp, nothing, whole_app

# The offscreen platform says so of a window that is brought to the front.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LONG = "\n\n".join(f"Paragraph {number}. " + "It rained on the hall. " * 12 for number in range(40))


@pytest.fixture
def app(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[WholeApp]:
    with whole_app(home, qtbot, qapp) as app:
        app.desktop.window.resize(1500, 900)
        yield app


def _write(app: WholeApp, headline: str, body: str) -> None:
    app.desktop.actions.action("report.new").trigger()
    pane = app.desktop.window.pane
    app.qtbot.keyClicks(pane.text.head.headline, headline)
    app.qtbot.keyClicks(pane.text.body, body)


def _preview(app: WholeApp) -> PreviewRoom:
    app.desktop.actions.action("report.preview").trigger()
    room = app.desktop.preview.room
    assert room is not None
    app.run(nothing)
    _settled(app, room)
    return room


def _settled(app: WholeApp, room: PreviewRoom) -> None:
    app.qtbot.waitUntil(lambda: not room.busy, timeout=20_000)


def _page(app: WholeApp, room: PreviewRoom) -> str:
    _settled(app, room)
    return room.panel.view.toPlainText()


def test_nothing_open_has_no_preview(app: WholeApp) -> None:
    assert not app.desktop.actions.action("report.preview").isEnabled()
    assert app.desktop.preview.room is None


def test_the_newest_words_are_shown_beside_the_text(app: WholeApp) -> None:
    _write(app, "Lanterns & <b>lamps</b>", "The first rose at dusk.")
    room = _preview(app)
    page = _page(app, room)
    assert "Lanterns & <b>lamps</b>" in page
    assert "The first rose at dusk." in page
    assert room.panel.isVisible()
    assert app.desktop.window.pane.text.body.isVisible()
    assert room.panel.view.accessibleName() == "Preview: the report as it will be published"


def test_it_follows_what_is_written(app: WholeApp) -> None:
    _write(app, "Lanterns", "One.")
    room = _preview(app)
    pane = app.desktop.window.pane
    app.qtbot.keyClicks(pane.text.body, " Two.")
    app.qtbot.waitUntil(lambda: "One. Two." in _page(app, room), timeout=20_000)
    app.qtbot.keyClicks(pane.text.head.standfirst, "At dusk.")
    pane.side.facts.edited.emit()
    app.qtbot.waitUntil(lambda: "At dusk." in _page(app, room), timeout=20_000)


def test_a_key_sets_no_more_than_its_own_line_anew(app: WholeApp) -> None:
    _write(app, "Lanterns", "One.")
    pane = app.desktop.window.pane
    pane.text.body.set_document(parse(LONG))
    room = _preview(app)
    before = room.panel.view.parts_set
    app.qtbot.keyClicks(pane.text.body, "x")
    app.qtbot.waitUntil(lambda: "xParagraph 0." in _page(app, room), timeout=20_000)
    assert room.panel.view.parts_set - before <= 2  # and the minutes it takes to read


def test_another_report_takes_its_place(app: WholeApp) -> None:
    _write(app, "Lanterns", "One.")
    room = _preview(app)
    _write(app, "Harbour", "Two.")
    app.qtbot.waitUntil(lambda: "Two." in _page(app, room), timeout=20_000)
    assert "Lanterns" not in _page(app, room)


def test_photos_come_from_this_laptop(app: WholeApp, tmp_path: Path) -> None:
    _write(app, "Lanterns", "One.")
    file = tmp_path / "dusk.jpg"
    file.write_bytes(make_jpeg(640, 400))
    pane = app.desktop.window.pane
    pane.photos.add_files([file])
    app.qtbot.waitUntil(lambda: len(pane.side.photos.photos()) == 1, timeout=20_000)
    room = _preview(app)
    photo = pane.side.photos.photos()[0]
    app.qtbot.waitUntil(
        lambda: app.desktop.images.image(photo.preview.sha256) is not None, timeout=20_000
    )
    room.panel.view.grab()
    shown = room.panel.view.pictures._scaled
    assert [key[0] for key in shown] == [photo.preview.sha256]
    sheet = room.panel.view.sheet
    assert sheet is not None
    assert f'src="/photos/{pane.report_id}/{photo.preview.sha256}.jpg"' in sheet.html


def test_the_same_key_and_the_panels_own_button_take_it_away(app: WholeApp) -> None:
    _write(app, "Lanterns", "One.")
    room = _preview(app)
    action = app.desktop.actions.action("report.preview")
    assert action.isChecked()
    action.trigger()
    assert not room.panel.isVisible()
    assert app.desktop.window.pane.text.body.hasFocus()
    action.trigger()
    room.panel.view.setFocus()
    app.qtbot.keyClick(room.panel.view, Qt.Key.Key_Escape)
    assert not room.panel.isVisible()
    assert not action.isChecked()


def test_on_a_phone_the_page_is_as_narrow_as_one_and_this_is_remembered(
    app: WholeApp,
) -> None:
    _write(app, "Lanterns", "One.")
    room = _preview(app)
    view = room.panel.view
    wide = view.viewport().width()
    room.panel._buttons[Screen.PHONE].click()
    assert view.viewport().width() == 360 < wide
    assert app.run(lambda store: store.state.get("preview.screen")) == "phone"


def test_what_was_chosen_last_is_shown_again(app: WholeApp) -> None:
    def keep(store: object) -> None:
        with store.transaction():  # type: ignore[attr-defined]
            store.state.set("preview.screen", "phone")  # type: ignore[attr-defined]

    app.run(keep)
    _write(app, "Lanterns", "One.")
    room = _preview(app)
    app.qtbot.waitUntil(lambda: room.panel.view.screen_shown is Screen.PHONE)


def test_the_line_with_the_caret_stands_at_the_same_height(app: WholeApp) -> None:
    _write(app, "Lanterns", "One.")
    body = app.desktop.window.pane.text.body
    body.set_document(parse(LONG))
    room = _preview(app)
    body.setFocus()
    body.go_to_line(30)
    view = room.panel.view

    def apart() -> float:
        _settled(app, room)
        area = view.line_area(30)
        assert area is not None
        theirs = view.viewport().mapToGlobal(QPoint(0, 0)).y() + area.top()
        ours = body.viewport().mapToGlobal(body.cursorRect().topLeft()).y()
        return abs(theirs - ours)

    app.qtbot.waitUntil(lambda: apart() <= 45, timeout=10_000)
    app.desktop.window.pane.text.head.headline.setFocus()
    room._following.follow()
    assert view.verticalScrollBar().value() == 0


def test_a_click_on_a_paragraph_brings_the_caret_there(app: WholeApp) -> None:
    _write(app, "Lanterns", "One.")
    body = app.desktop.window.pane.text.body
    body.set_document(parse("First.\n\n- one\n- two\n\n> Said.\n\nLast."))
    room = _preview(app)
    view = room.panel.view
    for line, words in enumerate(("First.", "one", "two", "Said.", "Last.")):
        area = view.line_area(line)
        assert area is not None
        place = QPoint(view.viewport().width() // 2, round(area.center().y()))
        app.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert body.textCursor().block().text() == words
        assert body.caret_line() == line
        assert body.hasFocus()


def test_links_lead_nowhere_but_with_ctrl(app: WholeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    _write(app, "Lanterns", "One.")
    room = _preview(app)
    view = room.panel.view
    before = view.toPlainText()
    view.anchorClicked.emit(QUrl("https://example.org/"))
    assert (opened, view.toPlainText()) == ([], before)
    held = Qt.KeyboardModifier.ControlModifier
    monkeypatch.setattr(
        "reporterdesk.ui.preview.room.QGuiApplication.keyboardModifiers", lambda: held
    )
    view.anchorClicked.emit(QUrl("https://example.org/"))
    view.anchorClicked.emit(QUrl("file:///etc/hostname"))
    assert opened == ["https://example.org/"]


def test_a_narrow_window_shows_it_in_the_place_of_the_text(app: WholeApp) -> None:
    app.desktop.window.resize(900, 700)
    _write(app, "Lanterns", "One.")
    room = _preview(app)
    pane = app.desktop.window.pane
    assert room.beside.covers
    assert room.panel.isVisible()
    assert not pane.text.isVisible()
    assert pane.text.body.isReadOnly()
    preview = app.desktop.actions.action("report.preview")
    wanted = next(item for item in missing(pane.content(), paragraphs=0) if item.field == "body")
    ways_back = (
        lambda: pane.bar.side_chosen.emit(Side.TEXT),
        app.desktop.actions.action("go.report").trigger,
        app.desktop.actions.action("report.new").trigger,
        lambda: pane.jump_to(wanted),
    )
    for way in ways_back:
        if not room.panel.isVisible():
            preview.trigger()
        assert not pane.text.isVisible()
        way()
        assert not room.panel.isVisible()
        assert not preview.isChecked()
        assert pane.text.isVisible()
        assert not pane.text.body.isReadOnly()


def test_the_history_takes_the_place_of_both(app: WholeApp) -> None:
    _write(app, "Lanterns", "One.")
    room = _preview(app)
    history = app.desktop.actions.action("report.history")
    history.trigger()
    assert not room.panel.isVisible()
    history.trigger()
    assert room.panel.isVisible()


def test_a_page_that_cannot_be_rendered_is_told_of_once(
    app: WholeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(app, "Lanterns", "One.")
    room = _preview(app)
    told: list[object] = []
    background = app.desktop.background
    background.unexpected_error.disconnect()
    background.unexpected_error.connect(told.append)

    def fail(*_args: object, **_more: object) -> None:
        raise LookupError("a template is missing")

    monkeypatch.setattr(room._maker, "make", fail)
    app.qtbot.keyClicks(app.desktop.window.pane.text.body, " Two.")
    app.qtbot.waitUntil(lambda: not room.panel.isVisible(), timeout=20_000)
    assert [type(error) for error in told] == [LookupError]
    app.desktop.window.pane.flush()
    assert app.desktop.window.pane.text.body.toPlainText() == "One. Two."
