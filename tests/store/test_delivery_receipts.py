"""The delivery receipt: what the desk holds, as text and JSON, written whole or not at all."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reporterdesk.domain.errors import FileNotWritten
from reporterdesk.domain.receipt import Receipt
from reporterdesk.wire.fingerprints import text_sha256
from reporterdesk.workflow.receipts import (
    DeliveryReceipt,
    export_receipt,
    newest_receipt,
    receipt_json,
    receipt_text,
)
from support.laptop import Laptop, laptop
from support.small_disk import small_disk

AT = datetime(2026, 3, 14, 20, 3, 12, tzinfo=UTC)


@pytest.fixture
def here(home: Path) -> Iterator[Laptop]:
    with laptop(home, None) as opened:
        yield opened


def received(here: Laptop, report_id: str, *, held: int) -> Receipt:
    """Put the receipt that a desk would give, which holds the first ``held`` photo files."""
    revision = here.store.revisions.get(here.delivery(report_id).revision_id)
    photos = revision.content.photos
    files = [p.preview for p in photos] + [p.full for p in photos]
    whole = held == len(files)
    receipt = Receipt(
        report_id,
        revision.id,
        text_sha256(revision.content.body),
        AT,
        AT + timedelta(minutes=37) if whole else None,
        "https://desk.example.org",
        {file.sha256: file.bytes for file in files[:held]},
    )
    here.store.receipts.put(receipt)
    return receipt


def newest(here: Laptop, report_id: str) -> DeliveryReceipt:
    found = newest_receipt(here.store, report_id)
    assert found is not None
    return found


def test_before_the_first_there_is_none(here: Laptop) -> None:
    assert newest_receipt(here.store, here.file(photos=1)) is None


def test_what_is_held_is_told_photo_by_photo(here: Laptop) -> None:
    report_id = here.file(photos=2)
    given = received(here, report_id, held=3)

    found = newest(here, report_id)

    assert found.receipt == given
    assert found.text_matches
    assert (found.photos_held, found.photos) == (1, 2)
    assert [(f.number, f.rendition, f.held) for f in found.files] == [
        (1, "full", True),
        (1, "preview", True),
        (2, "full", False),
        (2, "preview", True),
    ]


def test_as_text_with_times_of_the_laptops_zone(
    here: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Etc/GMT-1")
    time.tzset()
    try:
        report_id = here.file("Lanterns\non the river", photos=1)
        given = received(here, report_id, held=1)
        text = receipt_text(newest(here, report_id))
        assert "Report:         Lanterns on the river\n" in text
        assert "Text received:  2026-03-14 21:03:12+01:00\n" in text
        assert f"Text SHA-256:   {given.text_sha256}\n" in text
        assert "It is that of the text on this laptop." in text
        assert "All received:   not yet: 0 of 1 photos\n" in text
        assert "    preview          600 bytes  held\n" in text
        assert "    full           2,000 bytes  not there yet\n" in text
        received(here, report_id, held=2)
        text = receipt_text(newest(here, report_id))
        assert "All received:   2026-03-14 21:40:12+01:00\n" in text
    finally:
        monkeypatch.undo()
        time.tzset()


def test_as_json_with_times_in_utc(here: Laptop) -> None:
    report_id = here.file("“Lanterns” ✨", photos=1)
    given = received(here, report_id, held=2)
    found = json.loads(receipt_json(newest(here, report_id)))
    assert found["format"] == "reporterdesk-receipt"
    assert found["headline"] == "“Lanterns” ✨"
    assert found["text"] == {
        "sha256": given.text_sha256,
        "received_at": "2026-03-14T20:03:12+00:00",
        "matches_this_laptop": True,
    }
    assert [photo["held"] for photo in found["photos"]] == [True, True]
    assert {photo["sha256"]: photo["bytes"] for photo in found["photos"]} == dict(given.photos)
    assert found["complete_at"] == "2026-03-14T20:40:12+00:00"


def test_of_a_revision_that_is_not_here_it_says_what_it_knows(here: Laptop) -> None:
    report_id = here.file()
    here.store.receipts.put(Receipt(report_id, "another", "0" * 64, AT))
    found = newest(here, report_id)
    assert not found.text_matches
    assert "not on this laptop to compare" in receipt_text(found)
    assert json.loads(receipt_json(found))["text"]["matches_this_laptop"] is False


def test_the_one_of_the_revision_in_the_outbox_comes_first(here: Laptop) -> None:
    report_id = here.file(photos=1)
    given = received(here, report_id, held=2)
    later = replace(given, revision_id="another", text_at=AT + timedelta(days=1))
    here.store.receipts.put(later)
    assert newest(here, report_id).receipt == given


def test_it_is_written_as_its_name_says(here: Laptop, tmp_path: Path) -> None:
    report_id = here.file(photos=1)
    received(here, report_id, held=2)
    receipt = newest(here, report_id)
    for name, words in (("r.txt", receipt_text), ("r.JSON", receipt_json), ("r", receipt_text)):
        export_receipt(receipt, tmp_path / name)
        assert (tmp_path / name).read_text(encoding="utf-8") == words(receipt)
    assert not list(tmp_path.glob(".receipt*"))


def test_on_a_full_disk_it_is_said_and_the_older_file_stands(here: Laptop, tmp_path: Path) -> None:
    report_id = here.file(photos=9)
    received(here, report_id, held=2)
    with small_disk(tmp_path / "stick", 1) as disk:
        if disk is None:
            pytest.skip("no file system of one’s own may be mounted here")
        target = disk.folder / "receipt.txt"
        target.write_text("older")
        disk.fill()
        with pytest.raises(FileNotWritten, match="No space left") as raised:
            export_receipt(newest(here, report_id), target)
        assert "An older file of that name is as it was." in str(raised.value)
        assert target.read_text() == "older"
        assert {file.name for file in disk.folder.iterdir()} == {"ballast", "receipt.txt"}


def test_a_folder_that_is_gone_is_said(here: Laptop, tmp_path: Path) -> None:
    report_id = here.file()
    received(here, report_id, held=0)
    with pytest.raises(FileNotWritten, match="No such file or directory"):
        export_receipt(newest(here, report_id), tmp_path / "gone" / "receipt.txt")
