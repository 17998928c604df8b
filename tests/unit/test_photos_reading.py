"""Photos from real files: every format, every way up, and what is taken out."""

from __future__ import annotations

import hashlib
import io
import random
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms
from PIL.ExifTags import IFD, Base

from reporterdesk.photos import renditions
from reporterdesk.photos.reading import PREVIEW_BYTES, read_photo
from support.jpegs import (
    MAKER_NOTE,
    QUARTERS,
    SERIAL_NUMBER,
    make_exif,
    make_heic,
    make_jpeg,
    make_photo_file,
    make_picture,
)


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def quarters_of(data: bytes) -> list[tuple[int, ...]]:
    """Return the mean colours of the four quarters."""
    middles = opened(data).convert("RGB").resize((4, 4), Image.Resampling.BOX).resize((2, 2))
    return [middles.getpixel((i % 2, i // 2)) for i in range(4)]


def assert_upright(data: bytes, tolerance: int = 60) -> None:
    for seen, meant in zip(quarters_of(data), QUARTERS, strict=True):
        assert all(abs(a - b) < tolerance for a, b in zip(seen, meant, strict=True)), (seen, meant)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF"])
def test_a_photo_comes_out_upright_from_every_format(file_format: str, orientation: int) -> None:
    data = make_photo_file(file_format, 320, 200, orientation=orientation, seed=3)
    photo = read_photo(data)
    assert (photo.full.width, photo.full.height) == (320, 200)
    for made in (photo.full_bytes, photo.preview_bytes):
        assert_upright(made)
        assert opened(made).format == "JPEG"
        assert opened(made).getexif().get(Base.Orientation, 1) == 1


def test_the_place_and_the_camera_are_taken_out_and_said() -> None:
    photo = read_photo(make_jpeg())
    for made in (photo.full_bytes, photo.preview_bytes):
        exif = opened(made).getexif()
        assert set(exif) == {Base.Artist, Base.Copyright, Base.ImageDescription}
        assert dict(exif.get_ifd(IFD.GPSInfo)) == {}
        assert dict(exif.get_ifd(IFD.Exif)) == {}
        assert SERIAL_NUMBER.encode() not in made
        assert MAKER_NOTE not in made
        assert "© Samina Rafiq".encode() in made
        assert b"The hall before the opening" in made
    assert photo.removed == (
        "the place where it was taken",
        "the camera’s serial number",
        "the camera’s make and model",
        "the camera maker’s private notes",
        "the date and time",
    )


def test_nothing_is_said_to_be_removed_where_nothing_was() -> None:
    out = io.BytesIO()
    make_picture(64, 48).save(out, "PNG")
    photo = read_photo(out.getvalue())
    assert photo.removed == ()
    assert photo.details.caption == photo.details.credit == ""
    assert photo.details.taken_at is None
    assert "exif" not in opened(photo.full_bytes).info


def test_heic_loses_its_place_too() -> None:
    photo = read_photo(make_heic(400, 300))
    assert photo.removed[0] == "the place where it was taken"
    assert photo.details.credit == "Samina Rafiq"
    assert photo.full.media_type == "image/jpeg"


def test_details_come_from_exif() -> None:
    details = read_photo(make_jpeg(artist="Ève Ñandú", description="Öffnung · افتتاح")).details
    assert details.taken_at == datetime(2026, 3, 14, 10, 30, 5)  # noqa: DTZ001
    assert details.credit == "Ève Ñandú"
    assert details.caption == "Öffnung · افتتاح"


def test_the_cameras_zone_is_kept() -> None:
    exif = Image.Exif()
    exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = "2026:03:14 10:30:05"
    exif.get_ifd(IFD.Exif)[Base.OffsetTimeOriginal] = "+05:00"
    out = io.BytesIO()
    make_picture(64, 48).save(out, "JPEG", exif=exif)
    taken = read_photo(out.getvalue()).details.taken_at
    assert taken == datetime(2026, 3, 14, 10, 30, 5, tzinfo=timezone(timedelta(hours=5)))


@pytest.mark.parametrize(
    "junk", ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "   ", "DSC_0042", "default"]
)
def test_what_cameras_write_is_no_caption(junk: str) -> None:
    photo = read_photo(make_jpeg(description=junk))
    assert photo.details.caption == ""
    assert photo.details.credit == "Samina Rafiq"


def test_copyright_is_the_credit_where_there_is_no_artist() -> None:
    assert read_photo(make_jpeg(artist="")).details.credit == "© Samina Rafiq"


def test_caption_and_byline_come_from_iptc() -> None:
    def dataset(number: int, text: str) -> bytes:
        raw = text.encode()
        return b"\x1c\x02" + bytes([number]) + len(raw).to_bytes(2, "big") + raw

    block = dataset(120, "Zwölf Gäste auf der Bühne") + dataset(80, "Jörg Amsel")
    resource = (
        b"8BIM\x04\x04\x00\x00" + len(block).to_bytes(4, "big") + block + b"\0" * (len(block) % 2)
    )
    segment = b"Photoshop 3.0\x00" + resource
    plain = io.BytesIO()
    make_picture(64, 48).save(plain, "JPEG")
    data = plain.getvalue()
    marked = data[:2] + b"\xff\xed" + (len(segment) + 2).to_bytes(2, "big") + segment + data[2:]
    photo = read_photo(marked)
    assert photo.details.caption == "Zwölf Gäste auf der Bühne"
    assert photo.details.credit == "Jörg Amsel"
    assert "Jörg Amsel".encode() in photo.full_bytes


def test_caption_credit_and_place_are_seen_in_xmp() -> None:
    xmp = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description
        exif:GPSLatitude="31,32.5N" xmpMM:DocumentID="x">
        <dc:description><rdf:Alt><rdf:li xml:lang="x-default">Guests &amp; hosts</rdf:li></rdf:Alt>
        </dc:description><dc:creator><rdf:Seq><rdf:li>Lia Conti</rdf:li></rdf:Seq></dc:creator>
        </rdf:Description></rdf:RDF></x:xmpmeta>"""
    out = io.BytesIO()
    make_picture(64, 48).save(out, "JPEG", xmp=xmp)
    photo = read_photo(out.getvalue())
    assert photo.details.caption == "Guests & hosts"
    assert photo.details.credit == "Lia Conti"
    assert photo.removed == ("the place where it was taken", "its editing history")
    assert b"xmpmeta" not in photo.full_bytes
    assert b"GPSLatitude" not in photo.preview_bytes


def test_large_photos_are_made_smaller_and_small_ones_left() -> None:
    photo = read_photo(make_jpeg(6000, 4000))
    assert (photo.full.width, photo.full.height) == (4096, 2731)
    assert (photo.preview.width, photo.preview.height) == (1280, 853)
    small = read_photo(make_jpeg(300, 200))
    assert (small.full.width, small.preview.width) == (300, 300)
    thin = read_photo(make_photo_file("PNG", 20_000, 3))
    assert (thin.full.width, thin.full.height) == (4096, 1)


def test_scaling_in_strips_leaves_no_seam() -> None:
    rings = Image.radial_gradient("L").resize((1500, 2000), Image.Resampling.BICUBIC)

    scaled = renditions.fitted(rings, 1400)

    at_once = rings.resize(scaled.size, Image.Resampling.LANCZOS)
    assert ImageChops.difference(scaled, at_once).getextrema() in {(0, 0), (0, 1)}


def test_a_noisy_preview_still_passes_a_weak_link() -> None:
    out = io.BytesIO()
    Image.frombytes("RGB", (1280, 960), random.Random(1).randbytes(1280 * 960 * 3)).save(
        out, "JPEG", quality=95
    )
    noisy = read_photo(out.getvalue())
    plain = read_photo(make_jpeg(1280, 960))
    assert plain.preview.bytes < PREVIEW_BYTES
    assert noisy.preview.bytes < noisy.full.bytes


def test_the_same_file_gives_the_same_bytes_and_the_record_describes_them(tmp_path: Path) -> None:
    path = tmp_path / "IMG_0001.HEIC"  # the name says nothing
    path.write_bytes(make_jpeg(900, 600, orientation=6))
    first, second = read_photo(path), read_photo(path.read_bytes())
    assert first == second
    for data, record in ((first.full_bytes, first.full), (first.preview_bytes, first.preview)):
        assert record.sha256 == hashlib.sha256(data).hexdigest()
        assert record.bytes == len(data)
        assert opened(data).size == (record.width, record.height)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "I", "F"])
def test_every_mode_becomes_a_colour_jpeg(mode: str) -> None:
    picture = make_picture(160, 120)
    if mode == "I;16":
        made = picture.convert("L").convert("I").point(lambda v: v * 257).convert("I;16")
    elif mode == "F":
        made = picture.convert("L").convert("F").point(lambda v: v * 0.01 + 0)
    elif mode == "I":
        made = picture.convert("L").convert("I").point(lambda v: v * 257)
    else:
        made = picture.convert(mode)
    out = io.BytesIO()
    made.save(out, "TIFF" if mode in {"CMYK", "F", "I"} else "PNG")
    photo = read_photo(out.getvalue())
    result = opened(photo.full_bytes)
    assert result.mode == "RGB"
    red, yellow = quarters_of(photo.full_bytes)[0], quarters_of(photo.full_bytes)[3]
    assert sum(yellow) > sum(red) + 60, "light stays light and dark stays dark"


def test_cmyk_jpegs_are_not_inverted() -> None:
    out = io.BytesIO()
    make_picture(160, 120).convert("CMYK").save(out, "JPEG", quality=95)
    assert_upright(read_photo(out.getvalue()).full_bytes, tolerance=80)


def test_what_is_transparent_becomes_paper() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (80, 60), (10, 20, 30, 0)).save(out, "PNG")
    assert quarters_of(read_photo(out.getvalue()).full_bytes) == [(255, 255, 255)] * 4
    palette = Image.new("P", (80, 60), 0)
    palette.putpalette([0, 0, 0] * 256)
    out = io.BytesIO()
    palette.save(out, "PNG", transparency=0)
    assert quarters_of(read_photo(out.getvalue()).full_bytes) == [(255, 255, 255)] * 4


@pytest.mark.parametrize("file_format", ["GIF", "WEBP", "PNG", "TIFF"])
def test_of_an_animation_the_first_picture_is_taken(file_format: str) -> None:
    out = io.BytesIO()
    frames = [make_picture(120, 90, seed=n) for n in (1, 2)]
    frames[0].save(out, file_format, save_all=True, append_images=frames[1:])
    photo = read_photo(out.getvalue())
    assert (photo.full.width, photo.full.height) == (120, 90)
    assert "further pictures in the file" in photo.removed
    assert_upright(photo.full_bytes, tolerance=90)


def test_colours_are_converted_to_srgb() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    # A profile whose red primary is green and whose green one is red.
    swapped = srgb.replace(b"rXYZ", b"----").replace(b"gXYZ", b"rXYZ").replace(b"----", b"gXYZ")
    shown = quarters_of(
        read_photo(make_photo_file("PNG", 160, 120, icc_profile=swapped)).full_bytes
    )
    as_is = quarters_of(read_photo(make_photo_file("PNG", 160, 120)).full_bytes)
    assert as_is[0][0] > as_is[0][1] + 60, "red"
    assert shown[0][1] > shown[0][0] + 60, "green"
    for unfit in (lab.tobytes(), b"no profile at all", b""):
        out = io.BytesIO()
        make_picture(160, 120).save(out, "PNG", icc_profile=unfit)
        assert quarters_of(read_photo(out.getvalue()).full_bytes) == as_is
    photo = read_photo(make_photo_file("JPEG", 160, 120, icc_profile=srgb))
    assert "icc_profile" not in opened(photo.full_bytes).info


def test_broken_exif_is_no_reason_to_refuse_a_photo() -> None:
    for cut in (7, 40, 90, 200):
        exif = make_exif(orientation=1)[:-cut]
        out = io.BytesIO()
        make_picture(64, 48).save(out, "JPEG", exif=exif)
        photo = read_photo(out.getvalue())
        assert SERIAL_NUMBER.encode() not in photo.full_bytes
    out = io.BytesIO()
    make_picture(64, 48).save(out, "JPEG", exif=b"Exif\x00\x00" + b"\xff" * 200)
    assert read_photo(out.getvalue()).details.credit == ""


def test_a_camera_photo_is_read_within_a_modest_memory(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    assert resource is not None
    path = tmp_path / "large.jpg"
    path.write_bytes(make_jpeg(6000, 4000, orientation=6))
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from reporterdesk.photos.reading import read_photo\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before = peak(); read_photo(Path(sys.argv[1])); print(peak() - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    unit = 1024 if sys.platform != "darwin" else 1
    assert int(done.stdout) * unit < 320 * 1024 * 1024
