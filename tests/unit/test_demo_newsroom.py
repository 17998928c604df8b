"""The sample newsroom: whole, ready to be filed, and with photos that are photos."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import date, datetime
from io import BytesIO

import pytest
from PIL import ExifTags, Image, ImageOps

from reporterdesk.demo.newsroom import (
    SampleReport,
    sample_people,
    sample_reports,
    sample_sections,
)
from reporterdesk.demo.pictures import SCENES, make_photo
from reporterdesk.domain.people import Role, SectionRole
from reporterdesk.domain.status import Status
from reporterdesk.text.count import paragraphs, word_count
from reporterdesk.text.parse import parse
from reporterdesk.text.print import to_markdown
from reporterdesk.text.tree import Figure
from reporterdesk.wire.messages import EventMessage

TODAY = date(2026, 3, 14)


def test_newsroom_is_as_large_as_promised() -> None:
    reports = sample_reports()
    assert len(sample_sections()) == 4
    assert len(sample_people()) == 6
    assert len(reports) >= 24
    languages = Counter(report.language for report in reports)
    assert set(languages) == {"en", "fr", "it", "es", "de", "ur"}
    assert min(languages.values()) >= 3
    statuses = Counter(report.status for report in reports)
    for status in (Status.DRAFT, Status.FILED, Status.RETURNED, Status.APPROVED, Status.PUBLISHED):
        assert statuses[status]
    assert statuses[Status.PUBLISHED] >= 12


def test_there_is_a_reporter_and_an_editor_for_every_section() -> None:
    for section in sample_sections():
        for role in Role:
            assert any(
                SectionRole(section.slug, role) in person.roles for person in sample_people()
            )


def test_every_author_may_write_for_their_section() -> None:
    for report in sample_reports():
        assert SectionRole(report.section, Role.REPORTER) in report.author.roles, report.name


def test_ids_are_stable_unique_and_valid() -> None:
    reports = sample_reports()
    ids = [report.id for report in reports]
    ids += [photo.id for report in reports for photo in report.photos]
    ids += [person.id for person in sample_people()]
    ids += [report.revision_id() for report in reports]
    assert len(set(ids)) == len(ids)
    assert all(str(uuid.UUID(identity)) == identity for identity in ids)
    sample_reports.cache_clear()
    assert [report.id for report in sample_reports()] == [report.id for report in reports]


@pytest.mark.parametrize("report", sample_reports(), ids=lambda report: report.name)
def test_sample_can_take_the_real_path(report: SampleReport) -> None:
    document = parse(report.body)
    assert parse(to_markdown(document)) == document
    photo_ids = {photo.id for photo in report.photos}
    figures = {block.photo_id for block in document.blocks if isinstance(block, Figure)}
    assert figures <= photo_ids
    assert all(photo.scene in SCENES for photo in report.photos)
    event = report.event_facts(TODAY)
    assert date.fromisoformat(event.starts_at[:10]) <= TODAY
    attendance = event.attendance and {
        "number": event.attendance.number,
        "qualifier": event.attendance.qualifier,
    }
    EventMessage.model_validate(
        {
            "name": event.name,
            "kind": event.kind,
            "starts_at": event.starts_at,
            "ends_at": event.ends_at,
            "country": event.country,
            "attendance": attendance,
        }
    )
    if report.status is Status.DRAFT:
        return
    assert report.headline
    assert event.city
    assert paragraphs(document) >= 2
    assert word_count(document) >= 100
    assert report.photos
    assert all(p.caption and p.alt_text and p.credit for p in report.photos)
    assert bool(report.desk_note) is (report.status is Status.RETURNED)


def test_event_dates_follow_today() -> None:
    beekeepers = next(r for r in sample_reports() if r.name == "beekeepers-congress")
    facts = beekeepers.event_facts(TODAY)
    assert (facts.starts_at, facts.ends_at) == ("2026-03-12", "2026-03-13")
    school = next(r for r in sample_reports() if r.name == "library-night-school")
    facts = school.event_facts(TODAY)
    assert (facts.starts_at, facts.ends_at) == ("2026-03-11T20:30", "2026-03-11T23:00")


def test_photo_is_what_a_camera_stores() -> None:
    data = make_photo(
        "river",
        3,
        size=(3_000, 2_000),
        taken=datetime(2026, 3, 14, 18, 30),  # noqa: DTZ001 - cameras store local time
        artist="Marta Belloni",
        gps=(45.5, -9.25),
    )
    assert 200_000 < len(data) < 5_000_000
    with Image.open(BytesIO(data)) as image:
        assert (image.format, image.size) == ("JPEG", (3_000, 2_000))
        exif = image.getexif()
        assert exif[ExifTags.Base.Artist] == "Marta Belloni"
        assert exif[ExifTags.Base.DateTime] == "2026:03:14 18:30:00"
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        assert place[ExifTags.GPS.GPSLatitude] == (45.0, 30.0, 0.0)
        assert place[ExifTags.GPS.GPSLongitudeRef] == "W"


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_orientation_sets_the_picture_upright(orientation: int) -> None:
    upright = Image.open(BytesIO(make_photo("hall", 1, size=(300, 200))))
    turned = Image.open(BytesIO(make_photo("hall", 1, size=(300, 200), orientation=orientation)))
    again = ImageOps.exif_transpose(turned)
    assert again.size == upright.size == (300, 200)
    for at in ((150, 30), (20, 180), (150, 190)):
        one, other = upright.getpixel(at), again.getpixel(at)
        assert isinstance(one, tuple)
        assert isinstance(other, tuple)
        assert all(abs(a - b) < 40 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_is_stable_and_differs_by_seed(scene: str) -> None:
    one, same, other = (make_photo(scene, seed, size=(240, 160)) for seed in (1, 1, 2))
    assert one == same
    assert one != other
    colours = Image.open(BytesIO(one)).convert("L").getextrema()
    assert colours[1] - colours[0] > 60  # a picture, not one flat colour


def test_unknown_scene_is_refused() -> None:
    with pytest.raises(KeyError):
        make_photo("nowhere", 1)
