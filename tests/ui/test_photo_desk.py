"""Photos on the writing desk: real files in, hostile files told, order, lead, figures, undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reporterdesk.domain.errors import StoreFull
from reporterdesk.text.parse import parse
from reporterdesk.text.tree import Figure
from reporterdesk.ui.editor.gaps import Gap, gap_line
from reporterdesk.ui.editor.moving_blocks import selected_thing
from support.jpegs import make_jpeg
from support.writing_desk import WritingDesk, writing_desk


@pytest.fixture
def desk(home: Path, qtbot: QtBot) -> Iterator[WritingDesk]:
    with writing_desk(home, qtbot) as opened:
        opened.pane.new_report("culture")
        yield opened


@pytest.fixture
def two(desk: WritingDesk, tmp_path: Path) -> tuple[str, str]:
    """Two photos in the report; their ids."""
    for number in range(2):
        (tmp_path / f"{number}.jpg").write_bytes(make_jpeg(seed=number))
    desk.pane.photos.add_files([tmp_path / "0.jpg", tmp_path / "1.jpg"])
    desk.settled()
    first, second = desk.pane.side.photos.photos()
    return first.id, second.id


def drop(desk: WritingDesk, files: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    event = QDropEvent(
        QPointF(30, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    desk.pane.dropEvent(event)


def test_dropped_files_become_photos_and_hostile_ones_are_told_by_name(
    desk: WritingDesk, tmp_path: Path
) -> None:
    good = tmp_path / "good.jpg"
    good.write_bytes(make_jpeg())
    text = tmp_path / "text.jpg"
    text.write_text("not a photo")
    empty = tmp_path / "empty.jpg"
    empty.write_bytes(b"")
    cut = tmp_path / "cut.jpg"
    cut.write_bytes(make_jpeg()[:2000])
    later = tmp_path / "later.jpg"
    later.write_bytes(make_jpeg(seed=3))
    drop(desk, [good, text, empty, cut, tmp_path / "gone.jpg", later])
    desk.settled()
    desk.saved()
    photos = desk.stored().content.photos
    assert len(photos) == 2
    assert photos[0].caption == "The hall before the opening"
    assert desk.stored().content.lead_photo == photos[0].id
    told = desk.pane.news._lines.text().splitlines()
    assert [line.split(":")[0] for line in told] == ["text.jpg", "empty.jpg", "cut.jpg", "gone.jpg"]
    assert desk.pane.news.sentence.startswith("4 files could not be added.")
    assert not desk.pane.progress.isVisible()


def test_what_was_taken_out_for_privacy_is_shown(desk: WritingDesk, tmp_path: Path) -> None:
    (tmp_path / "gps.jpg").write_bytes(make_jpeg(gps=True))
    desk.pane.photos.add_files([tmp_path / "gps.jpg"])
    desk.settled()
    photo = desk.pane.side.photos.photos()[0]
    card = desk.pane.side.photos.card(photo.id)
    assert card is not None
    assert "place" in card._removed.text()


def test_a_full_disk_ends_the_import_and_says_so_once(desk: WritingDesk, tmp_path: Path) -> None:
    files = []
    for number in range(3):
        files.append(tmp_path / f"{number}.jpg")
        files[-1].write_bytes(make_jpeg(seed=number))
    desk.workers.break_store(StoreFull())
    desk.pane.photos.add_files(files)
    desk.settled()
    desk.workers.break_store(None)
    assert desk.pane.side.photos.photos() == ()
    assert len(desk.pane.news._lines.text().splitlines()) == 1
    assert desk.pane.news.sentence == "One file could not be added. 2 more were not begun."


def test_a_picture_from_the_clipboard_becomes_a_photo(desk: WritingDesk) -> None:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    desk.pane.text.body.image_pasted.emit(image)
    desk.settled()
    assert [photo.full.width for photo in desk.pane.side.photos.photos()] == [64]


def test_thumbnails_are_shown(desk: WritingDesk, two: tuple[str, str]) -> None:
    desk.settled()
    for photo_id in two:
        card = desk.pane.side.photos.card(photo_id)
        assert card is not None
        assert not card._picture.pixmap().isNull()


def test_alt_and_an_arrow_change_the_order(
    desk: WritingDesk, two: tuple[str, str], qtbot: QtBot
) -> None:
    strip = desk.pane.side.photos
    card = strip.card(two[1])
    assert card is not None
    qtbot.keyClick(card, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [photo.id for photo in strip.photos()] == [two[1], two[0]]
    qtbot.keyClick(card, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert [photo.id for photo in strip.photos()] == list(two)
    desk.saved()
    assert [photo.id for photo in desk.stored().content.photos] == list(two)


def test_words_lead_and_a_figure_are_stored(
    desk: WritingDesk, two: tuple[str, str], qtbot: QtBot
) -> None:
    strip = desk.pane.side.photos
    card = strip.card(two[1])
    assert card is not None
    qtbot.keyClicks(card.alt_text, "Rows of people on benches")
    card._doings["lead"].trigger()
    card._doings["figure"].trigger()
    desk.saved()
    content = desk.stored().content
    assert content.photos[1].alt_text == "Rows of people on benches"
    assert content.lead_photo == two[1]
    assert Figure(two[1]) in parse(content.body).blocks


def test_removing_a_photo_can_be_undone(desk: WritingDesk, two: tuple[str, str]) -> None:
    strip = desk.pane.side.photos
    card = strip.card(two[0])
    assert card is not None
    before = strip.photos()
    card._doings["remove"].trigger()
    assert [photo.id for photo in strip.photos()] == [two[1]]
    assert strip.lead == two[1]
    assert desk.pane.news.sentence == "The photo was removed."
    desk.pane.news.pressed.emit()
    assert strip.photos() == before
    assert strip.lead == two[0]


def test_photos_arrive_in_the_report_they_were_added_to(desk: WritingDesk, tmp_path: Path) -> None:
    first = desk.pane.report_id or ""
    (tmp_path / "a.jpg").write_bytes(make_jpeg())
    desk.pane.photos.add_files([tmp_path / "a.jpg"])
    desk.pane.new_report()
    desk.settled()
    assert desk.pane.side.photos.photos() == ()
    assert len(desk.stored(first).content.photos) == 1


def test_cancelling_keeps_what_was_added(desk: WritingDesk, tmp_path: Path) -> None:
    files = []
    for number in range(4):
        files.append(tmp_path / f"{number}.jpg")
        files[-1].write_bytes(make_jpeg(seed=number))
    desk.pane.photos.add_files(files)
    assert desk.pane.progress.sentence == "Adding 1 of 4…"
    desk.pane.progress.pressed.emit()
    desk.settled()
    assert len(desk.pane.side.photos.photos()) == 1
    assert desk.pane.news.isHidden()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_photo_for_the_text_is_chosen_from_a_menu(
    desk: WritingDesk, two: tuple[str, str], qtbot: QtBot
) -> None:
    desk.actions.action("format.figure").trigger()
    menu = desk.pane.furnish().placing.menu
    qtbot.waitUntil(menu.isVisible)
    first, second = menu.actions()
    assert "The hall before the opening" in first.text()
    second.trigger()
    menu.hide()
    assert Figure(two[1]) in desk.pane.text.body.document().blocks


def test_a_picture_pasted_into_the_text_stands_where_the_caret_was(
    desk: WritingDesk, qtbot: QtBot
) -> None:
    body = desk.pane.text.body
    qtbot.keyClicks(body, "Before.")
    qtbot.keyClick(body, Qt.Key.Key_Return)
    qtbot.keyClicks(body, "After.")
    body.set_caret_position(len("Before."))
    picture = QImage(320, 200, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    body.image_pasted.emit(picture)
    body.set_caret_position(len("Before.") + 1 + len("After."))
    qtbot.keyClicks(body, " And on.")
    desk.settled()
    (photo,) = desk.pane.side.photos.photos()
    assert desk.pane.content().body == f"Before.\n\n![](photo:{photo.id})\n\nAfter. And on."


def test_files_dropped_into_the_text_stand_there_one_after_another(
    desk: WritingDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    files = [tmp_path / f"{number}.jpg" for number in range(3)]
    for number, file in enumerate(files):
        file.write_bytes(make_jpeg(seed=number))
    body = desk.pane.text.body
    body.set_document(parse("It rained.\n\nIt stopped."))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    place = gap_line(body, 1).center()
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(body.viewport(), QDragEnterEvent(place, *how))
    QApplication.sendEvent(body.viewport(), QDropEvent(QPointF(place), *how))
    qtbot.keyClicks(body, "Typed meanwhile. ")
    desk.settled()
    ids = [photo.id for photo in desk.pane.side.photos.photos()]
    assert len(ids) == 3
    figures = "\n\n".join(f"![](photo:{photo_id})" for photo_id in ids)
    assert desk.pane.content().body.strip() == (
        f"Typed meanwhile. It rained.\n\n{figures}\n\nIt stopped."
    )


def test_files_pasted_into_the_text_stand_at_the_caret(
    desk: WritingDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    files = [tmp_path / f"{number}.jpg" for number in range(2)]
    for number, file in enumerate(files):
        file.write_bytes(make_jpeg(seed=number))
    body = desk.pane.text.body
    qtbot.keyClicks(body, "It rained.")
    body.files_dropped.emit(files)
    desk.settled()
    first, second = desk.pane.side.photos.photos()
    assert desk.pane.content().body.strip() == (
        f"It rained.\n\n![](photo:{first.id})\n\n![](photo:{second.id})"
    )


def figures_in(desk: WritingDesk) -> list[str]:
    """Return the ids of the photos in the text."""
    blocks = desk.pane.text.body.document().blocks
    return [block.photo_id for block in blocks if isinstance(block, Figure)]


@pytest.mark.parametrize("way", ["undo of the text", "button", "button after more words"])
def test_a_photo_removed_leaves_the_text_and_comes_back_in_one_step(
    desk: WritingDesk, two: tuple[str, str], qtbot: QtBot, way: str
) -> None:
    strip, body = desk.pane.side.photos, desk.pane.text.body
    photos = strip.photos()
    body.set_document(
        parse("one\n\n![](photo:{0})\n\ntwo\n\n![](photo:{1})\n\n![](photo:{0})".format(*two))
    )
    before = body.document()
    card = strip.card(two[0])
    assert card is not None
    card._doings["remove"].trigger()
    assert figures_in(desk) == [two[1]]
    if way == "undo of the text":
        body.undo()
    else:
        if way.endswith("words"):
            qtbot.keyClicks(body, "Still ")
        desk.pane.news.pressed.emit()
    qtbot.waitUntil(lambda: strip.photos() == photos)
    assert figures_in(desk) == [two[0], two[1], two[0]]
    assert not desk.pane.news.isVisible()
    if not way.endswith("words"):
        assert body.document() == before
    desk.saved()
    assert desk.stored().content.photos == photos


def test_a_photo_taken_out_of_the_text_stays_in_the_report(
    desk: WritingDesk, two: tuple[str, str], qtbot: QtBot
) -> None:
    body = desk.pane.text.body
    body.insert_figure(two[0])
    body.selectAll()
    qtbot.keyClick(body, Qt.Key.Key_Delete)
    assert figures_in(desk) == []
    assert [photo.id for photo in desk.pane.side.photos.photos()] == list(two)


def test_a_photo_dragged_from_the_strip_stands_in_the_text(
    desk: WritingDesk, two: tuple[str, str]
) -> None:
    body = desk.pane.text.body
    body.hand.photo_let_fall.emit(two[1], Gap(body.text_document, 0))
    body.hand.photo_let_fall.emit("not-of-this-report", Gap(body.text_document, 0))
    assert figures_in(desk) == [two[1]]


def test_enter_on_a_figure_opens_its_words_and_escape_leads_back(
    desk: WritingDesk, two: tuple[str, str], qtbot: QtBot
) -> None:
    body, card = desk.pane.text.body, desk.pane.side.photos.card(two[1])
    assert card is not None
    desk.pane.activateWindow()
    body.set_document(parse(f"![](photo:{two[1]})"))
    body.setTextCursor(selected_thing(body.text_document.begin()))
    card.caption.set_words("A full hall.")
    assert not desk.pane.photos.words(two[1]).has_alt_text
    body.setFocus()
    qtbot.keyClick(body, Qt.Key.Key_Return)
    qtbot.waitUntil(card.alt_text.hasFocus)
    qtbot.keyClicks(card.alt_text, "Rows of chairs")
    assert desk.pane.photos.words(two[1]).has_alt_text
    qtbot.keyClick(card.alt_text, Qt.Key.Key_Escape)
    qtbot.waitUntil(body.hasFocus)
    assert body.textCursor().selectedText() == "\ufffc"
