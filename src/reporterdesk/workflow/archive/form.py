"""What an archive looks like inside.

::

    READ ME.txt
    archive.json                                   what is in it, photos by their SHA-256
    reports/2026-05-02 The headline (1a2b3c4d)/
        report.md                                  to be read
        report.json                                to be imported: nothing is left out
        photos/01 The caption.jpg                  full size, in the report's order
        photos/small/01.jpg                        its preview
        photos/earlier/5e6f7a8b.jpg                no longer in the report, but in its history
"""

from __future__ import annotations

import re
import unicodedata

FORMAT = "reporterdesk-archive"
VERSION = 1
INDEX = "archive.json"
READ_ME = "READ ME.txt"
REPORTS = "reports"

_LONGEST_NAME = 60
# What Windows takes in no file name, and what no system should show: control and format characters.
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def safe_name(words: str, otherwise: str) -> str:
    """Return ``words`` as the name of a file or folder on any system.

    :param otherwise: what it is called where nothing of ``words`` is left.
    """
    plain = _NOT_IN_NAMES.sub(" ", unicodedata.normalize("NFC", words))
    name = " ".join(plain.split())[:_LONGEST_NAME].strip(". ")
    return f"{name} file" if _DEVICES.fullmatch(name) else name or otherwise


def report_folder(report_id: str, headline: str, day: str) -> str:
    """Return the folder of a report inside the archive; the id keeps it apart from others."""
    name = safe_name(f"{day} {headline}", "Untitled")
    return f"{REPORTS}/{name} ({report_id.replace('-', '')[-8:]})"
