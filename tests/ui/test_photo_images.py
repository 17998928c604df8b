"""Small pictures of photos: fetched once, as large as wanted, kept while there is room."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from reporterdesk.domain.photo import Rendition
from reporterdesk.ui.photo_images import LONGEST_SIDE, PhotoImages, decode
from support.examples import examples
from support.jpegs import make_jpeg

Waiting: TypeAlias = tuple[str, Callable[[bytes], None], Callable[[Exception], None]]


def _jpeg(width: int, height: int, orientation: int = 1) -> bytes:
    return make_jpeg(width, height, orientation=orientation)


class Shelf:
    """Photos by name, handed out when a test says so, and what was asked for."""

    def __init__(self, **photos: bytes) -> None:
        self.photos = photos
        self.asked: list[str] = []
        self._waiting: list[Waiting] = []
        self.decoded: list[QSize] = []
        self.loaded: list[str] = []

    def images(self, most_bytes: int = 10_000_000) -> PhotoImages:
        made = PhotoImages(self.fetch, self.in_pool, most_bytes=most_bytes)
        made.loaded.connect(self.loaded.append)
        return made

    def fetch(
        self,
        sha256: str,
        deliver: Callable[[bytes], None],
        fail: Callable[[Exception], None],
    ) -> None:
        self.asked.append(sha256)
        self._waiting.append((sha256, deliver, fail))

    def in_pool(
        self,
        work: Callable[[], QImage],
        done: Callable[[QImage], None],
        _failed: Callable[[Exception], None],
    ) -> None:
        image = work()
        self.decoded.append(image.size())
        done(image)

    def hand_out(self) -> None:
        """Answer what was asked for first."""
        name, deliver, fail = self._waiting.pop(0)
        deliver(self.photos[name]) if name in self.photos else fail(KeyError(name))

    def hand_out_all(self) -> None:
        while self._waiting:
            self.hand_out()


pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.qt_log_ignore("JPEG data", extend=True),
]


def test_a_picture_comes_when_it_has_been_fetched_and_is_kept() -> None:
    shelf = Shelf(a=_jpeg(640, 480))
    images = shelf.images()
    assert images.image("a", 320) is None
    assert images.busy
    shelf.hand_out()
    assert shelf.loaded == ["a"]
    assert not images.busy
    image = images.image("a", 320)
    assert image is not None
    assert image.size() == QSize(320, 240)
    assert images.image("a", 200) is image, "a larger one will do"
    assert shelf.asked == ["a"]
    assert images.bytes_kept == image.sizeInBytes()


def test_a_larger_one_takes_the_place_of_a_smaller_one_which_is_shown_until_then() -> None:
    shelf = Shelf(a=_jpeg(640, 480))
    images = shelf.images()
    images.image("a", 100)
    shelf.hand_out()
    small = images.image("a", 400)
    assert small is not None
    assert small.width() == 100
    shelf.hand_out()
    large = images.image("a", 400)
    assert large is not None
    assert large.width() == 400
    assert images.bytes_kept == large.sizeInBytes()
    assert shelf.loaded == ["a", "a"]


def test_wanted_larger_while_it_is_under_way_it_is_fetched_once_more() -> None:
    shelf = Shelf(a=_jpeg(640, 480))
    images = shelf.images()
    images.image("a", 100)
    images.image("a", 50)
    images.image("a", 300)
    assert shelf.asked == ["a"]
    shelf.hand_out_all()
    assert shelf.asked == ["a", "a"]
    image = images.image("a", 300)
    assert image is not None
    assert image.width() == 300
    assert not images.busy


def test_never_larger_than_a_preview_nor_than_it_is() -> None:
    shelf = Shelf(a=_jpeg(1600, 900), b=_jpeg(60, 40))
    images = shelf.images()
    images.image("a", 9_999)
    images.image("b", 1_000)
    shelf.hand_out_all()
    large, small = images.image("a", 9_999), images.image("b", 1_000)
    assert large is not None
    assert small is not None
    assert large.width() == LONGEST_SIDE
    assert small.width() == 60
    assert not images.busy, "they are as large as they get"
    assert len(shelf.asked) == 2


def test_three_at_a_time_and_what_was_asked_for_last_comes_first() -> None:
    shelf = Shelf(**{name: _jpeg(40, 30) for name in "abcdefg"})
    images = shelf.images()
    for name in "abcdefg":
        images.image(name, 30)
    assert shelf.asked == ["a", "b", "c"]
    shelf.hand_out_all()
    assert shelf.asked == ["a", "b", "c", "g", "f", "e", "d"]
    assert sorted(shelf.loaded) == list("abcdefg")


def test_what_was_not_looked_at_for_longest_goes_when_there_is_no_room() -> None:
    shelf = Shelf(**{name: _jpeg(100, 100) for name in "abc"})
    one = 100 * 100 * 4
    images = shelf.images(most_bytes=2 * one)
    for name in "ab":
        images.image(name, 100)
    shelf.hand_out_all()
    assert images.image("a", 100) is not None  # now b was looked at before it
    images.image("c", 100)
    shelf.hand_out_all()
    assert images.bytes_kept <= 2 * one
    assert images.image("a", 100) is not None
    assert images.image("b", 100) is None
    shelf.hand_out_all()
    assert images.image("b", 100) is not None


def test_one_picture_is_kept_though_it_is_larger_than_all_the_room() -> None:
    shelf = Shelf(a=_jpeg(400, 400))
    images = shelf.images(most_bytes=1)
    images.image("a", 400)
    shelf.hand_out_all()
    assert images.image("a", 400) is not None
    assert not images.busy


@pytest.mark.parametrize("data", [b"", b"nothing of the kind", _jpeg(40, 30)[:60]])
def test_what_cannot_be_shown_is_asked_for_once(data: bytes) -> None:
    shelf = Shelf(a=data)
    images = shelf.images()
    preview = Rendition("a", 10, "image/jpeg", 640, 480)
    assert images.shape(preview) == QSize(640, 480)
    images.image("a", 100)
    shelf.hand_out_all()
    assert shelf.loaded == ["a"]
    assert images.image("a", 100) is None
    assert images.shape(preview) is None
    assert shelf.asked == ["a"]
    assert not images.busy


def test_what_is_not_there_says_so_and_the_others_come() -> None:
    shelf = Shelf(b=_jpeg(40, 30))
    images = shelf.images()
    images.image("a", 30)
    images.image("b", 30)
    shelf.hand_out_all()
    assert shelf.loaded == ["a", "b"]
    assert images.image("a", 30) is None
    assert images.image("b", 30) is not None


def test_a_rendition_without_a_size_has_no_shape() -> None:
    assert Shelf().images().shape(Rendition("a", 1, "image/jpeg", 0, 10)) is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_decoding_keeps_the_shape(qapp: QApplication, kind: str) -> None:
    stored = BytesIO()
    Image.new("RGB", (300, 500), "teal").save(stored, kind)
    image = decode(stored.getvalue(), 100)
    assert image.size() in {QSize(60, 100), QSize()} if kind == "WEBP" else QSize(60, 100)
    assert decode(stored.getvalue()[:40], 100).isNull()


@examples(60)
@given(
    wishes=st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from([0, 10, 40, 90, 5_000]), st.booleans()),
        max_size=25,
    )
)
def test_whatever_is_asked_for_all_comes_and_never_too_much_is_kept(
    qapp: QApplication, wishes: list[tuple[str, int, bool]]
) -> None:
    room = 30_000
    shelf = Shelf(a=_SMALL, b=_SMALL, c=b"broken")
    images = shelf.images(most_bytes=room)
    for name, longest, answered in wishes:
        image = images.image(name, longest)
        assert image is None or not image.isNull()
        if answered:
            shelf.hand_out_all()
            assert not images.busy
    shelf.hand_out_all()
    assert not images.busy
    assert images.bytes_kept <= room
    for name in "ab":
        images.image(name, 60)
        shelf.hand_out_all()
        image = images.image(name, 60)
        assert image is not None
        assert max(image.width(), image.height()) >= 60


_SMALL = _jpeg(80, 60)
