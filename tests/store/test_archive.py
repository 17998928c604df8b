"""The archive: readable without the app, and nothing lost on the way there and back."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import text

from reporterdesk.domain.errors import (
    ArchiveCancelled,
    ArchiveDamaged,
    ArchiveError,
    ArchiveTooNew,
    NotAnArchive,
)
from reporterdesk.domain.history import SnapshotReason
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.people import Account, Person
from reporterdesk.domain.photo import Photo
from reporterdesk.domain.places import Place
from reporterdesk.domain.report import Report, ReportContent
from reporterdesk.domain.review import Decision
from reporterdesk.domain.status import Action, Status
from reporterdesk.photos.reading import read_photo
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.workflow.archive import form
from reporterdesk.workflow.archive.exporting import Exported, export_archive
from reporterdesk.workflow.archive.importing import Imported, import_archive
from reporterdesk.workflow.archive.records import (
    Record,
    read_record,
    record_from_json,
    record_to_json,
)
from reporterdesk.workflow.attaching import attach
from reporterdesk.workflow.drafting import save_draft, trash_report
from reporterdesk.workflow.filing import file_report
from support.any_content import contents
from support.clocks import HandClock
from support.contents import ready_content, with_body
from support.jpegs import make_jpeg
from support.photo_uses import photo_names
from support.searching import found_ids

T = TypeVar("T")
_ENDLESS_NAME = "What a day! " * 30


class _Run:
    """Runs what asks for the store at once, on this thread, and counts."""

    def __init__(self, store: Store) -> None:
        self.store, self.calls = store, 0

    def __call__(self, function: Callable[[Store], T], /) -> T:
        self.calls += 1
        return function(self.store)


def _nothing(_done: int, _all: int) -> None:
    """Where nobody looks at the progress."""


def _never() -> bool:
    return False


def _export(store: Store, target: Path, clock: HandClock) -> Exported:
    return export_archive(_Run(store), target, clock=clock, progress=_nothing, cancelled=_never)


def _import(store: Store, source: Path) -> Imported:
    return import_archive(_Run(store), source, progress=_nothing, cancelled=_never)


def _photo(store: Store, seed: int, caption: str) -> Photo:
    photo = attach(store, read_photo(make_jpeg(320, 200, seed=seed)))
    return replace(photo, caption=caption, alt_text="A full [hall]")


@pytest.fixture
def full(store: Store, clock: HandClock) -> Store:
    """Return a store with a report of every kind."""
    first, second = _photo(store, 1, "The hall: before noon?"), _photo(store, 2, "Con")
    body = f"It began late.\n\n![](photo:{first.id})\n\nThen it *rained*.\n"
    draft = with_body(ready_content("Schule öffnet wieder", first, second), body)
    save_draft(store, "d" * 8, draft, clock=clock)
    clock.turn(seconds=600)
    save_draft(store, "d" * 8, replace(draft, photos=(first,)), clock=clock)
    for name in ("waits", "filed", "returned", "spiked"):
        save_draft(store, name, ready_content(f"جلسہ {name}", second), clock=clock)
        file_report(store, name, clock=clock)
    for name, status in (
        ("filed", Status.FILED),
        ("returned", Status.RETURNED),
        ("spiked", Status.SPIKED),
    ):
        store.reports.set_standing(name, status=status, desk_status=status, at=clock())
    revision = store.revisions.of_report("returned")[0]
    note = Decision(
        new_id(), "returned", revision.id, Action.RETURN, "Who said that?", "Ines", clock()
    )
    store.desk.set_notes("returned", (note,))
    save_draft(store, "thrown", ReportContent(headline=_ENDLESS_NAME), clock=clock)
    trash_report(store, "thrown", clock=clock)
    save_draft(store, "empty", ReportContent(), clock=clock)
    return store


def _other(tmp_path: Path, clock: HandClock) -> Store:
    return open_store(tmp_path / "another laptop", clock=clock)


def test_there_and_back_nothing_is_lost(full: Store, tmp_path: Path, clock: HandClock) -> None:
    exported = _export(full, tmp_path / "all.zip", clock)
    other = _other(tmp_path, clock)
    came = _import(other, exported.file)
    assert (came.added, came.known, came.unreadable, came.missing) == (7, 0, (), 0)
    assert other.reports.ids() == full.reports.ids()
    for report_id in full.reports.ids():
        record, back = read_record(full, report_id), read_record(other, report_id)
        assert back.report == record.report
        assert back.revisions == record.revisions
        assert back.notes == record.notes
        assert back.delivery == record.delivery
        assert back.history == record.history
        for photo in record.photos():
            for rendition in (photo.preview, photo.full):
                assert other.photos.read(rendition.sha256) == full.photos.read(rendition.sha256)
    assert found_ids(other, "جلسہ", Place.OUTBOX)
    again = _import(other, exported.file)
    assert (again.added, again.known, again.as_history) == (0, 7, 0)
    other.close()


def test_a_person_can_read_it_without_the_app(
    full: Store, tmp_path: Path, clock: HandClock
) -> None:
    exported = _export(full, tmp_path / "all.zip", clock)
    assert exported.reports == 7
    assert exported.missing == 0
    with zipfile.ZipFile(exported.file) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        folder = "reports/2026-03-14 Schule öffnet wieder (dddddddd)"
        text = archive.read(f"{folder}/report.md").decode()
        assert text.startswith("# Schule öffnet wieder\n")
        assert "- When: 2026-03-14" in text
        assert "![A full hall](<photos/01 The hall before noon.jpg>)" in text
        assert "Then it *rained*." in text
        assert archive.read(f"{folder}/photos/01 The hall before noon.jpg")[:3] == b"\xff\xd8\xff"
        assert any(name.startswith(f"{folder}/photos/earlier/") for name in names)
        assert "not encrypted" in archive.read(form.READ_ME).decode()
        for name in names:
            assert max(map(len, name.split("/"))) <= 90
            assert not set('<>:"\\|?*') & set(name)
            assert all(part == part.strip(". ") for part in name.split("/"))


def test_a_text_that_moved_on_here_is_not_written_over(
    full: Store, tmp_path: Path, clock: HandClock
) -> None:
    exported = _export(full, tmp_path / "all.zip", clock)
    old = full.reports.get("d" * 8).content
    clock.turn(seconds=60)
    newer = with_body(old, "I wrote on.\n")
    save_draft(full, "d" * 8, newer, clock=clock)
    came = _import(full, exported.file)
    assert (came.added, came.known, came.as_history) == (0, 6, 1)
    assert full.reports.get("d" * 8).content == newer
    kept = full.snapshots.of_report("d" * 8)[-1]
    assert kept.reason is SnapshotReason.IMPORTED
    assert full.snapshots.content(kept.number) == old


def test_what_waited_under_another_name_comes_back_as_a_draft(
    full: Store, tmp_path: Path, clock: HandClock
) -> None:
    ines = Account("https://desk.example", Person("p1", "Ines", "ines@example.org"), ())
    full.account.set(ines)
    exported = _export(full, tmp_path / "all.zip", clock)
    other = _other(tmp_path, clock)
    other.account.set(replace(ines, person=Person("p2", "Omar", "omar@example.org")))
    _import(other, exported.file)
    assert other.reports.get("waits").status is Status.DRAFT
    assert other.outbox.get("waits") is None
    assert other.outbox.all_open() == ()
    assert other.revisions.of_report("waits") == full.revisions.of_report("waits")
    other.close()


def test_photos_that_are_gone_are_counted_and_the_rest_is_written(
    full: Store, tmp_path: Path, clock: HandClock
) -> None:
    photo = full.reports.get("d" * 8).content.photos[0]
    full.photos.sweep(photo_names(full) - {photo.full.sha256})
    full.close()
    store = open_store(tmp_path / "home", clock=clock)
    store.photos.sweep(photo_names(store) - {photo.full.sha256})
    exported = _export(store, tmp_path / "all.zip", clock)
    assert exported.missing == 1
    with zipfile.ZipFile(exported.file) as archive:
        text = next(
            archive.read(n).decode() for n in archive.namelist() if n.endswith("d)/report.md")
        )
    assert "data was not on the laptop" in text
    other = _other(tmp_path, clock)
    came = _import(other, exported.file)
    assert (came.added, came.missing) == (7, 1)
    other.close()
    store.close()


def test_a_damaged_moment_is_passed_over(full: Store, tmp_path: Path, clock: HandClock) -> None:
    kept = [info.number for info in full.snapshots.of_report("d" * 8)]
    assert kept
    statement = text("UPDATE snapshots SET content = x'00' WHERE number = :number")
    full._drafts.execute(statement, {"number": kept[0]})
    exported = _export(full, tmp_path / "all.zip", clock)
    assert exported.reports == 7
    with zipfile.ZipFile(exported.file) as archive:
        name = next(name for name in archive.namelist() if name.endswith("d)/report.json"))
        assert len(json.loads(archive.read(name))["history"]) == len(kept) - 1


@given(content=contents)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_content_survives_as_json(content: ReportContent, clock: HandClock) -> None:
    report = Report("r", content, Status.DRAFT, clock(), clock() + timedelta(microseconds=1))
    record = Record(report)
    assert record_from_json(record_to_json(record)) == record


def test_stopping_leaves_no_file(full: Store, tmp_path: Path, clock: HandClock) -> None:
    target = tmp_path / "out" / "all.zip"
    target.parent.mkdir()
    done: list[int] = []
    with pytest.raises(ArchiveCancelled):
        export_archive(
            _Run(full),
            target,
            clock=clock,
            progress=lambda count, _all: done.append(count),
            cancelled=lambda: len(done) == 3,
        )
    assert list(target.parent.iterdir()) == []


def test_an_older_archive_stays_until_the_new_one_is_whole(
    full: Store, tmp_path: Path, clock: HandClock
) -> None:
    target = tmp_path / "all.zip"
    target.write_bytes(b"the older one")
    with pytest.raises(ArchiveCancelled):
        export_archive(_Run(full), target, clock=clock, progress=_nothing, cancelled=lambda: True)
    assert target.read_bytes() == b"the older one"


def test_a_folder_that_cannot_be_written(full: Store, tmp_path: Path, clock: HandClock) -> None:
    with pytest.raises(ArchiveError, match="could not be written"):
        _export(full, tmp_path / "no such folder" / "all.zip", clock)


def test_files_that_are_no_archive(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(b"GIF89a")
    with pytest.raises(NotAnArchive):
        _import(store, file)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("holiday.jpg", b"\xff\xd8")
    with pytest.raises(NotAnArchive):
        _import(store, file)
    with pytest.raises(ArchiveError, match="could not be read"):
        _import(store, tmp_path / "missing.zip")


@pytest.mark.parametrize(
    ("index", "error"),
    [
        ("{", ArchiveDamaged),
        ("[]", ArchiveDamaged),
        ("{}", ArchiveDamaged),
        ('{"format": "reporterdesk-archive", "version": "x"}', ArchiveDamaged),
        ('{"format": "reporterdesk-archive", "version": 2}', ArchiveTooNew),
        ('{"format": "other", "version": 1}', NotAnArchive),
        ("[" * 100_000, ArchiveDamaged),
    ],
)
def test_hostile_lists_of_contents(
    store: Store, tmp_path: Path, index: str, error: type[Exception]
) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(form.INDEX, index)
    with pytest.raises(error):
        _import(store, file)
    assert store.reports.ids() == ()


def _with(source: Path, target: Path, changed: dict[str, bytes | None]) -> Path:
    """Copy an archive with some files replaced or left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = changed.get(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return target


def test_a_damaged_report_is_named_and_the_others_come(
    full: Store, tmp_path: Path, clock: HandClock
) -> None:
    exported = _export(full, tmp_path / "all.zip", clock)
    with zipfile.ZipFile(exported.file) as archive:
        files = [name for name in archive.namelist() if name.endswith("report.json")]
        pictures = [name for name in archive.namelist() if name.endswith(".jpg")]
        missing_field = json.loads(archive.read(files[1]))
    del missing_field["content"]
    changed: dict[str, bytes | None] = {
        files[0]: b"{}",
        files[1]: json.dumps(missing_field).encode(),
        files[2]: b"\xff\xfe\x00",
        pictures[0]: b"another picture",
    }
    other = _other(tmp_path, clock)
    came = _import(other, _with(exported.file, tmp_path / "bad.zip", changed))
    assert len(came.unreadable) == 3
    assert came.added == 4
    other.close()


def test_bytes_that_are_not_the_photo_are_not_taken(
    full: Store, tmp_path: Path, clock: HandClock
) -> None:
    exported = _export(full, tmp_path / "all.zip", clock)
    with zipfile.ZipFile(exported.file) as archive:
        pictures = [name for name in archive.namelist() if name.endswith(".jpg")]
    other = _other(tmp_path, clock)
    swapped = dict.fromkeys(pictures, b"\xff\xd8\xff another")
    came = _import(other, _with(exported.file, tmp_path / "bad.zip", dict(swapped)))
    assert came.added == 7
    assert came.missing == len(pictures)
    other.close()


def test_an_archive_cut_in_the_middle(full: Store, tmp_path: Path, clock: HandClock) -> None:
    whole = _export(full, tmp_path / "all.zip", clock).file.read_bytes()
    other = _other(tmp_path, clock)
    for size in range(0, len(whole), max(1, len(whole) // 23)):
        cut = tmp_path / "cut.zip"
        cut.write_bytes(whole[:size])
        with pytest.raises(ArchiveError):
            _import(other, cut)
    assert other.reports.ids() == ()
    other.close()


def test_names_that_lead_out_of_the_archive_are_only_names(
    full: Store, tmp_path: Path, clock: HandClock
) -> None:
    exported = _export(full, tmp_path / "all.zip", clock)
    with zipfile.ZipFile(exported.file) as archive:
        index = json.loads(archive.read(form.INDEX))
    index["photos"] = dict.fromkeys(index["photos"], "../../etc/passwd")
    index["reports"].append({"id": "x", "folder": "../outside", "headline": ""})
    changed: dict[str, bytes | None] = {form.INDEX: json.dumps(index).encode()}
    before = sorted(tmp_path.iterdir())
    other = _other(tmp_path, clock)
    came = _import(other, _with(exported.file, tmp_path / "bad.zip", changed))
    assert came.unreadable == ("outside",)
    assert came.added == 7
    assert {path.name for path in tmp_path.iterdir()} - {path.name for path in before} == {
        "another laptop",
        "bad.zip",
    }
    other.close()


def test_a_bomb_is_not_unpacked(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "bomb.zip"
    index = {
        "format": form.FORMAT,
        "version": form.VERSION,
        "account": None,
        "reports": [{"folder": "reports/a"}],
        "photos": {},
    }
    zeros = io.BytesIO(bytes(80 * 1024 * 1024))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(form.INDEX, json.dumps(index))
        archive.writestr("reports/a/report.json", zeros.getvalue())
    came = _import(store, file)
    assert came.unreadable == ("a",)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("", "otherwise"),
        ("..", "otherwise"),
        ("a/b\\c:d", "a b c d"),
        ("NUL", "NUL file"),
        ("com1.txt", "com1.txt file"),
        ("  spaces   and. ", "spaces and"),
        ("\u202egnp.exe", "gnp.exe"),
        ("a" * 200, "a" * 60),
    ],
)
def test_names_that_any_system_takes(words: str, name: str) -> None:
    assert form.safe_name(words, "otherwise") == name
