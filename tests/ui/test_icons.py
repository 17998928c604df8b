"""The icons are drawn in the colour that goes with the theme, and turned where reading turns."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication

from reporterdesk.resources import resource_path
from reporterdesk.ui.icons import app_icon, icon


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    palette, direction = QPalette(qapp.palette()), qapp.layoutDirection()
    yield qapp
    qapp.setPalette(palette)
    qapp.setLayoutDirection(direction)


def _image(of: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> QImage:
    return of.pixmap(32, 32, mode).toImage().convertToFormat(QImage.Format.Format_ARGB32)


def _inks(image: QImage) -> set[str]:
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    colours = (image.pixelColor(x, y) for x, y in points)
    return {colour.name() for colour in colours if colour.alpha() == 255}


@pytest.mark.parametrize("name", sorted(file.stem for file in resource_path("icons").glob("*.svg")))
def test_every_icon_can_be_drawn(name: str, application: QApplication) -> None:
    assert _inks(_image(icon(name)))


def test_an_icon_follows_the_palette_after_it_was_made(application: QApplication) -> None:
    made = icon("rule")
    palette = QPalette(application.palette())
    palette.setColor(QPalette.ColorRole.ButtonText, QColor("#8ab8e6"))

    application.setPalette(palette)

    assert "#8ab8e6" in _inks(_image(made))


def test_a_colour_of_its_own_stays(application: QApplication) -> None:
    assert "#b42318" in _inks(_image(icon("rule", QColor("#b42318"))))


def test_a_disabled_icon_is_faint(application: QApplication) -> None:
    palette = QPalette(application.palette())
    group, role = QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText
    palette.setColor(group, role, QColor("#98a0aa"))
    application.setPalette(palette)

    assert "#98a0aa" in _inks(_image(icon("rule"), QIcon.Mode.Disabled))


def test_what_points_along_the_line_is_mirrored_from_right_to_left(
    application: QApplication,
) -> None:
    arrow, globe = _image(icon("right")), _image(icon("published"))

    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert _image(icon("right")) != arrow
    assert _image(icon("published")) == globe


def test_copies_outlive_the_icon_they_were_made_from(application: QApplication) -> None:
    copies = [QIcon(icon("new")) for _ in range(50)]
    gc.collect()

    assert all(_inks(_image(copy)) for copy in copies)


def test_an_unknown_icon_is_a_mistake_in_the_program() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def test_the_apps_own_icon_is_there(application: QApplication) -> None:
    assert not app_icon().pixmap(64, 64).isNull()
