"""Files that cannot become a photo: each has its own known error, and a plain sentence."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporterdesk.domain.errors import (
    NotAPhoto,
    PhotoDamaged,
    PhotoEmpty,
    PhotoError,
    PhotoGone,
    PhotoTooLarge,
)
from reporterdesk.photos.opening import MAX_BYTES
from reporterdesk.photos.reading import read_photo
from support.jpegs import make_heic, make_jpeg, make_photo_file


def giant_png(width: int, height: int) -> bytes:
    """Return a small PNG file that declares ``width`` by ``height`` pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


def giant_jpeg(width: int, height: int) -> bytes:
    """Return a JPEG whose frame header declares ``width`` by ``height`` pixels."""
    data = make_jpeg(64, 48)
    at = data.index(b"\xff\xc0")
    return data[: at + 5] + struct.pack(">HH", height, width) + data[at + 9 :]


def giant_tiff(width: int, height: int) -> bytes:
    """Return a TIFF header that declares ``width`` by ``height`` pixels."""
    entries = [(256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1)]
    entries += [(273, 4, 8), (277, 3, 1), (278, 4, height), (279, 4, 10)]
    body = b"".join(struct.pack("<HHIHH", t, k, 1, v & 0xFFFF, v >> 16) for t, k, v in entries)
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + body + b"\0" * 16


@pytest.mark.parametrize(
    "data", [giant_png(20_000, 15_000), giant_jpeg(20_000, 15_000), giant_tiff(20_000, 15_000)]
)
def test_three_hundred_megapixels_are_refused_before_decoding(data: bytes) -> None:
    with pytest.raises(PhotoTooLarge) as refused:
        read_photo(data)
    assert "too many" in str(refused.value)
    assert refused.value.next_step in str(refused.value)


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    path = tmp_path / "IMG_0001.jpg"
    path.touch()
    for source in (path, b""):
        with pytest.raises(PhotoEmpty):
            read_photo(source)


@pytest.mark.parametrize(
    "content",
    [
        b"Dear desk, the photos follow.",
        b"%PDF-1.7\n%",
        b"PK\x03\x04" + b"\0" * 40,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        b"\0" * 100,
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
        b"x",
    ],
)
def test_what_is_no_photo_is_refused_whatever_its_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "IMG_0002.jpg"
    path.write_bytes(content)
    with pytest.raises(NotAPhoto):
        read_photo(path)


def test_a_file_that_vanished_or_is_none(tmp_path: Path) -> None:
    for gone in (tmp_path / "gone.jpg", tmp_path):
        with pytest.raises(PhotoGone):
            read_photo(gone)


def test_a_file_that_cannot_be_read_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PulledCard(io.BytesIO):
        def fileno(self) -> int:
            return 0

        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    path = tmp_path / "card.jpg"
    path.write_bytes(make_jpeg(64, 48))
    monkeypatch.setattr("os.fstat", lambda _: path.stat())
    monkeypatch.setattr(Path, "open", lambda *_, **__: PulledCard())
    with pytest.raises(PhotoGone):
        read_photo(path)


def test_a_file_of_too_many_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporterdesk.photos.opening.MAX_BYTES", 1000)
    path = tmp_path / "film.jpg"
    path.write_bytes(make_jpeg(640, 480))
    with pytest.raises(PhotoTooLarge):
        read_photo(path)
    assert MAX_BYTES > 100_000_000


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF"])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_truncated_photo_is_damaged(file_format: str, kept: float) -> None:
    data = make_photo_file(file_format, 640, 480)
    with pytest.raises(PhotoDamaged) as refused:
        read_photo(data[: int(len(data) * kept)])
    assert "damaged or incomplete" in str(refused.value)


def test_two_bytes_of_a_jpeg_are_a_damaged_jpeg() -> None:
    with pytest.raises(PhotoDamaged):
        read_photo(b"\xff\xd8")


_SAMPLES = [make_photo_file(name, 48, 32) for name in ("JPEG", "PNG", "WEBP", "TIFF")]
_SAMPLES.append(make_heic(48, 32))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(_SAMPLES),
    st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), min_size=1, max_size=8),
    st.integers(0, 64),
)
def test_a_broken_file_is_read_or_refused_but_nothing_else(
    data: bytes, changes: list[tuple[int, int]], cut: int
) -> None:
    broken = bytearray(data[: len(data) - cut])
    for at, value in changes:
        broken[at % len(broken)] = value
    try:
        photo = read_photo(bytes(broken))
    except PhotoError:
        return
    assert photo.full.width >= 1
