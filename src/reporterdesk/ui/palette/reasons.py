"""Why an action is not possible just now, in a few words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

_CONTEXT = "Reasons"


def _later(text: str) -> str:
    """Mark a text that is translated when it is shown."""
    return text


_TO_WRITE = _later("Open a report that can be written on")
_TO_READ = _later("Open a report first")
_TO_REVIEW = _later("Open a report of the review queue first")
_IN_TRASH = _later("Only for a report in the trash")

_BY_NAME = {
    "report.save": _TO_WRITE,
    "report.add_photos": _TO_WRITE,
    "report.file": _TO_WRITE,
    "report.preview": _TO_READ,
    "report.history": _TO_READ,
    "report.trash": _TO_READ,
    "report.recall": _later("Only for a report in the outbox"),
    "report.merge": _later("Only where the desk has changed a report that you filed, too"),
    "report.revise": _later("Only for a report that the desk has"),
    "report.restore": _IN_TRASH,
    "report.delete": _IN_TRASH,
    "trash.empty": _later("The trash is empty"),
    "sync.send_now": _later("Sign in first"),
    "sync.smaller": _later("Only while large photos of the open report are on their way"),
    "sync.choose_photos": _later("Only while photos of the open report are on their way"),
    "sync.originals": _later("Only where the desk has photos smaller than they are here"),
    "sync.receipt": _later("Only for a report whose text the desk has"),
}
_BY_GROUP = {
    "format": _TO_WRITE,
    "edit": _TO_WRITE,
    "review": _TO_REVIEW,
    "rehearse": _later("Sign in first"),
}
_ELSE = _later("Not possible just now")


def why_off(name: str) -> str:
    """Return why the action called ``name`` is not possible where it is not; never ``""``."""
    said = _BY_NAME.get(name) or _BY_GROUP.get(name.partition(".")[0], _ELSE)
    return QCoreApplication.translate(_CONTEXT, said)
