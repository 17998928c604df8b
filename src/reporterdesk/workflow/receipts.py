"""The delivery receipt: what the desk’s server says that it holds, to be shown and handed on."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reporterdesk.domain.errors import FileNotWritten
from reporterdesk.domain.receipt import Receipt
from reporterdesk.durable import sync_folder
from reporterdesk.store.store import Store
from reporterdesk.wire.fingerprints import text_sha256

FORMAT = "reporterdesk-receipt"
VERSION = 1


@dataclass(frozen=True, slots=True)
class HeldFile:
    """One file of a photo; ``rendition`` is ``full`` or ``preview``; the desk holds it, or not."""

    number: int
    caption: str
    rendition: str
    sha256: str
    bytes: int
    held: bool


@dataclass(frozen=True, slots=True)
class DeliveryReceipt:
    """A receipt with the names of what it is about.

    ``text_matches``: the hash that the server gave is that of the text on this laptop.
    """

    headline: str
    receipt: Receipt
    text_matches: bool
    files: tuple[HeldFile, ...] = ()

    @property
    def photos(self) -> int:
        """How many photos the revision has."""
        return len({file.number for file in self.files})

    @property
    def photos_held(self) -> int:
        """How many of them the desk holds in full, with their previews."""
        return self.photos - len({file.number for file in self.files if not file.held})


def newest_receipt(store: Store, report_id: str) -> DeliveryReceipt | None:
    """Return the receipt for the revision that was delivered last; ``None`` before the first."""
    receipts = store.receipts.of_report(report_id)
    if not receipts:
        return None
    row = store.outbox.get(report_id)
    current = row.revision_id if row else ""
    receipt = next((one for one in receipts if one.revision_id == current), receipts[-1])
    return _with_names(store, receipt)


def receipt_text(receipt: DeliveryReceipt) -> str:
    """Return the receipt as plain text, with times of this laptop's zone."""
    said = receipt.receipt
    lines = [
        "Delivery receipt",
        "",
        f"Report:         {_one_line(receipt.headline) or 'No headline'}",
        f"Desk:           {said.server or 'not named'}",
        f"Revision:       {said.revision_id}",
        f"Text received:  {_time(said.text_at)}",
        f"Text SHA-256:   {said.text_sha256}",
        f"                {_match(receipt)}",
        f"All received:   {_complete(receipt)}",
    ]
    lines += _file_lines(receipt)
    lines += ["", "Times are those of the desk’s server, shown in this laptop’s time zone."]
    return "\n".join(lines) + "\n"


def receipt_json(receipt: DeliveryReceipt) -> str:
    """Return the receipt as JSON, with times in UTC (RFC 3339)."""
    said = receipt.receipt
    found = {
        "format": FORMAT,
        "version": VERSION,
        "report_id": said.report_id,
        "headline": receipt.headline,
        "revision_id": said.revision_id,
        "server": said.server,
        "text": {
            "sha256": said.text_sha256,
            "received_at": said.text_at.isoformat(),
            "matches_this_laptop": receipt.text_matches,
        },
        "photos": [
            {
                "number": file.number,
                "caption": file.caption,
                "rendition": file.rendition,
                "sha256": file.sha256,
                "bytes": file.bytes,
                "held": file.held,
            }
            for file in receipt.files
        ],
        "complete_at": said.complete_at.isoformat() if said.complete_at else None,
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def export_receipt(receipt: DeliveryReceipt, target: Path) -> None:
    """Write the receipt to ``target``: as JSON where its name ends so, else as plain text.

    The file holds all of it, or is what it was before. Not for the UI thread: a disk may be slow.

    :raises FileNotWritten: there is no room, or the folder cannot be written.
    """
    as_json = target.suffix.lower() == ".json"
    words = receipt_json(receipt) if as_json else receipt_text(receipt)
    try:
        _write(target, words.encode("utf-8", "replace"))
    except OSError as error:
        raise FileNotWritten(
            f"The receipt could not be written to “{target}”: {error.strerror or error}."
        ) from error


def _with_names(store: Store, receipt: Receipt) -> DeliveryReceipt:
    revision = store.revisions.find(receipt.revision_id)
    if revision is None:
        return DeliveryReceipt("", receipt, text_matches=False)
    content = revision.content
    files = tuple(
        HeldFile(
            number,
            photo.caption,
            name,
            rendition.sha256,
            rendition.bytes,
            receipt.photos.get(rendition.sha256) == rendition.bytes,
        )
        for number, photo in enumerate(content.photos, start=1)
        for name, rendition in (("full", photo.full), ("preview", photo.preview))
    )
    matches = text_sha256(content.body) == receipt.text_sha256
    return DeliveryReceipt(content.headline, receipt, matches, files)


def _file_lines(receipt: DeliveryReceipt) -> Iterator[str]:
    number = 0
    for file in receipt.files:
        if file.number != number:
            number = file.number
            yield ""
            yield f"Photo {number}: {_one_line(file.caption) or 'no caption'}"
        state = "held" if file.held else "not there yet"
        yield f"    {file.rendition:<8} {file.bytes:>11,} bytes  {state}"
        yield f"             {file.sha256}"


def _match(receipt: DeliveryReceipt) -> str:
    if receipt.text_matches:
        return "It is that of the text on this laptop."
    return "The text of this revision is not on this laptop to compare."


def _complete(receipt: DeliveryReceipt) -> str:
    if receipt.receipt.complete_at is not None:
        return _time(receipt.receipt.complete_at)
    return f"not yet: {receipt.photos_held} of {receipt.photos} photos"


def _time(moment: datetime) -> str:
    return moment.astimezone().isoformat(sep=" ", timespec="seconds")


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _write(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".receipt-", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    with suppress(OSError):  # the file is whole; only a power failure now could take its name
        sync_folder(target.parent)
