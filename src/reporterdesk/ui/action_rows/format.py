"""The rows for how the text is set."""

from __future__ import annotations

import sys

from PySide6.QtGui import QKeySequence

from reporterdesk.ui.action_rows.spec import row

_Key = QKeySequence.StandardKey

# Ctrl+Alt is AltGr on Windows and would swallow characters of many layouts; Cmd+Shift+3 takes a
# picture of the screen on macOS.
_BLOCK_KEYS = "Ctrl+Alt" if sys.platform == "darwin" else "Ctrl+Shift"

FORMAT = (
    row("format.bold", "&Bold", "Bold", _Key.Bold, icon="bold", checkable=True),
    row("format.italic", "&Italic", "Italic", _Key.Italic, icon="italic", checkable=True),
    row(
        "format.link",
        "&Link…",
        "Link the selection to a web page",
        "Ctrl+K",
        icon="link",
        checkable=True,
    ),
    row(
        "format.paragraph",
        "&Paragraph",
        "Ordinary paragraph",
        f"{_BLOCK_KEYS}+1",
        icon="paragraph",
        checkable=True,
        group=1,
    ),
    row(
        "format.heading2",
        "&Heading",
        "Heading",
        f"{_BLOCK_KEYS}+2",
        icon="heading2",
        checkable=True,
        group=1,
    ),
    row(
        "format.heading3",
        "&Subheading",
        "Subheading",
        f"{_BLOCK_KEYS}+3",
        icon="heading3",
        checkable=True,
        group=1,
    ),
    row(
        "format.quote",
        "&Quote",
        "Quote somebody at length",
        "Ctrl+Shift+9",
        icon="quote",
        checkable=True,
        group=1,
    ),
    row(
        "format.bullets",
        "B&ullet list",
        "Bullet list",
        "Ctrl+Shift+8",
        icon="bullets",
        checkable=True,
        group=2,
    ),
    row(
        "format.numbers",
        "&Numbered list",
        "Numbered list",
        "Ctrl+Shift+7",
        icon="numbers",
        checkable=True,
        group=2,
    ),
    row("format.indent", "In&dent", "Nest the list item deeper", "Ctrl+]", icon="indent", group=2),
    row(
        "format.outdent",
        "&Outdent",
        "Bring the list item out again",
        "Ctrl+[",
        icon="outdent",
        group=2,
    ),
    row(
        "format.rule",
        "Di&viding line",
        "Insert a dividing line",
        "Ctrl+Shift+-",
        icon="rule",
        group=3,
    ),
    row(
        "format.figure",
        "Photo in the &text…",
        "Put one of the report’s photos here in the text",
        icon="figure",
        group=3,
    ),
    row(
        "format.move_up",
        "&Move up",
        "Move the paragraph or photo up, past the one above",
        "Alt+Up",
        icon="up",
        group=4,
    ),
    row(
        "format.move_down",
        "Move do&wn",
        "Move the paragraph or photo down, past the one below",
        "Alt+Down",
        icon="down",
        group=4,
    ),
)
