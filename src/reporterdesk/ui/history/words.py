"""What the history says: moments, changes and what can be done about them, in words."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale

from reporterdesk.domain.history import SnapshotInfo, SnapshotReason
from reporterdesk.text.difference import BlockChange, Change, Words
from reporterdesk.text.tree import Block, Embed, Figure, Heading, ListBlock, Quote, Rule
from reporterdesk.ui.history.facts import fact_label, shown_words
from reporterdesk.ui.wording import clock_word, moment_word
from reporterdesk.workflow.comparing import PhotoChange
from reporterdesk.workflow.restoring import AnyChange, Head, HeadChange, OrderChange

_LONGEST_QUOTE = 240

_REASONS = {
    SnapshotReason.OPENED: "Before you went on writing",
    SnapshotReason.EDITED: "While you were writing",
    SnapshotReason.OVERWRITTEN: "Before much of it was replaced",
    SnapshotReason.FILED: "Filed",
    SnapshotReason.RETURNED: "Returned by the desk",
    SnapshotReason.BEFORE_MERGE: "Before another version came in",
    SnapshotReason.IMPORTED: "As it was in an archive",
    SnapshotReason.BEFORE_RESTORE: "Before something was restored",
    SnapshotReason.BEFORE_REPLACE: "Before find and replace",
}

_BLOCKS: dict[type, tuple[str, str]] = {
    Heading: ("Heading", "Restore this heading"),
    ListBlock: ("List", "Restore this list"),
    Quote: ("Quote", "Restore this quote"),
    Figure: ("Photo in the text", "Put this photo back"),
    Rule: ("Dividing line", "Restore this line"),
    Embed: ("Link to elsewhere", "Restore this link"),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("History", text)


def reason_word(reason: SnapshotReason) -> str:
    """Return why a moment was kept."""
    return _tr(_REASONS[reason])


def time_word(at: datetime, now: datetime) -> str:
    """Return a moment’s time: “14:05”, “Yesterday, 14:05”, “12 Mar, 14:05”."""
    day = day_word(at, now)
    clock = clock_word(at)
    return clock if is_today(at, now) else f"{day}, {clock}"


def day_word(at: datetime, now: datetime) -> str:
    """Return a moment’s day: “Today”, “Yesterday”, “12 Mar”."""
    if is_today(at, now):
        return _tr("Today")
    return moment_word(at, now)


def moment_words(moment: SnapshotInfo, now: datetime) -> str:
    """Return reason and time of a moment: “Filed, 14:05”, “Filed · Yesterday, 14:05”."""
    between = ", " if is_today(moment.taken_at, now) else " · "
    return f"{reason_word(moment.reason)}{between}{time_word(moment.taken_at, now)}"


def restored_words(at: datetime, now: datetime) -> str:
    """Return that something was restored from a moment of this time."""
    pattern = _tr("Restored from %1.") if is_today(at, now) else _tr("Restored: %1.")
    return pattern.replace("%1", time_word(at, now))


def is_today(at: datetime, now: datetime) -> bool:
    """Tell whether both are of one day in the laptop’s time zone."""
    return at.astimezone().date() == now.astimezone().date()


def count_word(changes: int) -> str:
    """Return how much has changed since a moment."""
    if not changes:
        return _tr("Nothing has changed since")
    if changes == 1:
        return _tr("One change since")
    return _tr("%1 changes since").replace("%1", QLocale().toString(changes))


def same_word(blocks: int) -> str:
    """Return the line that stands for blocks without any change."""
    if blocks == 1:
        return _tr("… one part is the same …")
    return _tr("… %1 parts are the same …").replace("%1", QLocale().toString(blocks))


def photos_title() -> str:
    """Return what stands over the photos that changed."""
    return _tr("Photos")


def facts_title() -> str:
    """Return what stands over the facts that changed."""
    return _tr("About the report")


def part_word(change: AnyChange) -> str:
    """Return what it is that changed."""
    match change:
        case HeadChange(head):
            return _tr("Headline") if head is Head.HEADLINE else _tr("Standfirst")
        case BlockChange():
            return _block_word(change.before or change.after)
        case PhotoChange():
            return _tr("Photo")
        case OrderChange():
            return _tr("Order of the photos")
        case _:
            return fact_label(change.fact)


def _block_word(block: Block | None) -> str:
    return _tr(_BLOCKS.get(type(block), ("Paragraph", ""))[0])


def fate_word(change: AnyChange) -> str:
    """Return in a few words what became of a part since: “Taken out since”."""
    if isinstance(change, BlockChange | PhotoChange):
        if change.change is Change.ADDED:
            return _tr("New since")
        if change.change is Change.REMOVED:
            return _tr("Taken out since")
    if isinstance(change, BlockChange) and change.before and change.after:
        was, is_now = _block_word(change.before), _block_word(change.after)
        if was != is_now:
            return _tr("Was: %1").replace("%1", was.lower())
    return ""


def restore_word(change: AnyChange) -> str:
    """Return what the button says that takes the change back."""
    added = isinstance(change, BlockChange | PhotoChange) and change.change is Change.ADDED
    match change:
        case PhotoChange():
            if added:
                return _tr("Take this photo out")
            gone = change.change is Change.REMOVED
            return _tr("Put this photo back") if gone else _tr("Restore these words")
        case HeadChange(head):
            headline = head is Head.HEADLINE
            return _tr("Restore the headline") if headline else _tr("Restore the standfirst")
        case BlockChange():
            return _tr("Take this out again") if added else _restore_block(change.before)
        case OrderChange():
            return _tr("Restore the order")
        case _:
            return _tr("Restore this")


def _restore_block(block: Block | None) -> str:
    return _tr(_BLOCKS.get(type(block), ("", "Restore this paragraph"))[1])


def told(change: AnyChange) -> str:
    """Return the change as it is read aloud: what was taken out, and what was written."""
    parts = [part_word(change), fate_word(change)]
    match change:
        case PhotoChange():
            for label, words in photo_words(change):
                parts.append(label)
                parts.extend(_words_told(words))
        case OrderChange():
            parts.append(_tr("They stand in another order now"))
        case BlockChange() | HeadChange():
            parts.extend(_words_told(change.words))
        case _:
            parts.extend(_words_told(shown_words(change)))
    return ". ".join(part for part in parts if part) + "."


def photo_words(change: PhotoChange) -> tuple[tuple[str, Words], ...]:
    """Return what is written about a photo, each with its name; what is empty is left out."""
    rows = (
        (_tr("Caption"), change.caption),
        (_tr("Credit"), change.credit),
        (_tr("Alt text"), change.alt_text),
    )
    return tuple((label, words) for label, words in rows if words)


def _words_told(words: Words) -> list[str]:
    removed = _quoted(words, Change.REMOVED)
    added = _quoted(words, Change.ADDED)
    restyled = _quoted(words, Change.RESTYLED)
    return [
        pattern.replace("%1", text)
        for pattern, text in (
            (_tr("Taken out: “%1”"), removed),
            (_tr("Written: “%1”"), added),
            (_tr("Set in another style: “%1”"), restyled),
        )
        if text
    ]


def _quoted(words: Words, change: Change) -> str:
    texts = (" ".join(word.run.text.split()) for word in words if word.change is change)
    quoted = " … ".join(text for text in texts if text)
    return quoted if len(quoted) <= _LONGEST_QUOTE else quoted[: _LONGEST_QUOTE - 1] + "…"
