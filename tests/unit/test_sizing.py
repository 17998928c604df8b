"""What a smaller photo would spare: guessed before it is made, and held against real pictures."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image
from PIL.ExifTags import IFD, Base

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.errors import PhotoDamaged, PhotoError
from reporterdesk.domain.photo import Photo, Rendition
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.sizing import guessed_bytes, may_send_smaller, savings
from reporterdesk.domain.status import Status
from reporterdesk.photos.smaller import make_smaller
from support.clocks import START
from support.smaller import large_photo

PHOTO = Photo(
    "p",
    preview=Rendition("small", 200_000, "image/jpeg", 1280, 853),
    full=Rendition("large", 3_000_000, "image/jpeg", 4096, 2731),
)


def test_a_guess_lies_between_the_two_sizes_that_are_known() -> None:
    assert 200_000 < guessed_bytes(PHOTO) < 700_000
    assert guessed_bytes(PHOTO, 1280) == pytest.approx(200_000)
    assert guessed_bytes(PHOTO, 4096) == 3_000_000
    broken = replace(PHOTO, preview=replace(PHOTO.preview, bytes=0))
    assert guessed_bytes(broken) == 3_000_000


def test_a_guess_is_near_what_a_real_photo_comes_to() -> None:
    imported = large_photo(1)
    photo = Photo("p", imported.preview, imported.full)
    made = make_smaller(imported.full_bytes)
    assert made.rendition.bytes / 1.6 < guessed_bytes(photo) < made.rendition.bytes * 1.6


def test_only_what_is_worth_it_is_counted() -> None:
    assert savings([PHOTO], {}).keys() == {"p"}
    assert not savings([PHOTO], {"large": 2_700_000})  # nearly there
    assert not savings([PHOTO], {"large": 3_000_000})
    assert not savings([replace(PHOTO, full=replace(PHOTO.full, width=1600, height=900))], {})


def test_a_smaller_photo_is_the_same_picture_with_the_same_words_of_rights() -> None:
    imported = large_photo(2)
    made = make_smaller(imported.full_bytes)
    picture = Image.open(io.BytesIO(made.data))

    assert picture.size == (1600, 1108) == (made.rendition.width, made.rendition.height)
    assert made.rendition.bytes == len(made.data) < imported.full.bytes
    exif = picture.getexif()
    assert exif[Base.Artist] == "Ines Kalder"
    assert not exif.get_ifd(IFD.GPSInfo)
    assert make_smaller(imported.full_bytes) == made
    before = Image.open(io.BytesIO(imported.full_bytes)).convert("L").resize((16, 11))
    after = picture.convert("L").resize((16, 11))
    pairs = zip(before.tobytes(), after.tobytes(), strict=True)
    assert max(abs(one - other) for one, other in pairs) < 8


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"no picture"])
def test_what_is_broken_is_said_to_be(data: bytes) -> None:
    with pytest.raises(PhotoError):
        make_smaller(data)


def test_what_is_cut_off_is_said_to_be_damaged() -> None:
    with pytest.raises(PhotoDamaged):
        make_smaller(large_photo(1).full_bytes[:9_000])


OFFERED = {
    (DeliveryState.WAITING, Status.OUTBOX),
    (DeliveryState.WAITING, Status.FILED),
    (DeliveryState.WAITING, Status.PUBLISHED),
    (DeliveryState.SIGN_IN, Status.OUTBOX),
    (DeliveryState.SIGN_IN, Status.FILED),
    (DeliveryState.SIGN_IN, Status.PUBLISHED),
    (DeliveryState.TEXT_DELIVERED, Status.FILED),
    (DeliveryState.TEXT_DELIVERED, Status.PUBLISHED),
}


@pytest.mark.parametrize("state", DeliveryState)
@pytest.mark.parametrize("status", Status)
def test_the_table_of_when_it_is_offered(state: DeliveryState, status: Status) -> None:
    report = Report("r", ReportContent(), status, START, START)
    offered = may_send_smaller(report, Delivery("r", "v", state))
    assert offered is ((state, status) in OFFERED)
    assert not may_send_smaller(replace(report, trashed_at=START), Delivery("r", "v", state))
