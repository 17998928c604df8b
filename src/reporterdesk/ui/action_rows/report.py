"""The rows for a report as a whole, and for changing what stands in it."""

from __future__ import annotations

import sys

from PySide6.QtGui import QKeySequence

from reporterdesk.ui.action_rows.spec import row

_Key = QKeySequence.StandardKey

# Cmd+H hides the app on macOS.
_REPLACE_KEY = "Ctrl+Alt+F" if sys.platform == "darwin" else "Ctrl+H"

REPORT = (
    row("report.new", "&New report", "Start a new report", _Key.New, icon="new"),
    row(
        "report.from_file",
        "New report fr&om a file…",
        "Make a report of a Word, web, Markdown or text file, with its pictures",
    ),
    row(
        "report.save",
        "&Save now",
        "Save at once; reports are saved by themselves as you type",
        _Key.Save,
        icon="save",
    ),
    row(
        "report.add_photos",
        "Add &photos…",
        "Add photos from this laptop to the report",
        "Ctrl+Shift+I",
        icon="photos",
        group=1,
    ),
    row(
        "report.preview",
        "Pre&view",
        "See the report beside its text, as it will be published",
        "F9",
        icon="preview",
        checkable=True,
        group=1,
    ),
    row(
        "report.history",
        "&History",
        "Look back at earlier moments of the report, and restore from them",
        "Ctrl+Shift+H",
        icon="history",
        group=1,
    ),
    row(
        "report.file",
        "&File report",
        "File the report to the desk; it waits in the outbox for a connection",
        "Ctrl+Return",
        icon="file",
        group=2,
    ),
    row(
        "report.recall",
        "&Take back from the outbox",
        "Make it a draft again before the desk has it",
        icon="recall",
        group=2,
    ),
    row(
        "report.merge",
        "Put both versions to&gether",
        "Yours and the desk’s: what only one has changed, and what you choose",
        icon="merge",
        group=2,
    ),
    row(
        "report.revise",
        "&Work on it again",
        "Write a new revision of what the desk has",
        icon="revise",
        group=2,
    ),
    row(
        "report.trash",
        "Move to t&rash",
        "Move the report to the trash; it can be restored",
        icon="trash",
        group=3,
    ),
    row(
        "report.restore",
        "R&estore from trash",
        "Put the report back where it was",
        icon="restore",
        group=3,
    ),
    row(
        "report.delete",
        "&Delete for good…",
        "Delete the report in the trash from this laptop; it cannot be restored then",
        group=3,
    ),
    row(
        "trash.empty",
        "Empt&y trash…",
        "Delete everything in the trash from this laptop",
        group=3,
        menu="report",
    ),
    row(
        "archive.export",
        "E&xport archive…",
        "Write all reports and photos to a zip that can be read without ReporterDesk",
        icon="export",
        group=4,
        menu="report",
    ),
    row(
        "archive.import",
        "I&mport archive…",
        "Bring back what an archive holds; nothing here is written over",
        icon="import",
        group=4,
        menu="report",
    ),
    row(
        "backup.restore",
        "Restore from &backup…",
        "Show the backups of your drafts, and what restoring one would change",
        icon="restore",
        group=4,
        menu="report",
    ),
    row(
        "app.settings",
        "Sett&ings…",
        "Change how ReporterDesk works",
        "Ctrl+,",
        icon="settings",
        group=5,
        menu="report",
    ),
    row(
        "app.lock",
        "&Lock",
        "Close the reports until the passphrase is entered",
        "Ctrl+L",
        icon="lock",
        group=5,
        menu="report",
    ),
    row(
        "app.quit",
        "&Quit",
        "Close ReporterDesk; what waits is sent next time",
        _Key.Quit,
        icon="quit",
        group=6,
        menu="report",
    ),
)

EDIT = (
    row("edit.undo", "&Undo", "Undo the last change", _Key.Undo, icon="undo"),
    row("edit.redo", "&Redo", "Do the undone change again", _Key.Redo, icon="redo"),
    row("edit.cut", "Cu&t", "Cut the selection", _Key.Cut, icon="cut", group=1),
    row("edit.copy", "&Copy", "Copy the selection", _Key.Copy, icon="copy", group=1),
    row("edit.paste", "&Paste", "Paste what was copied", _Key.Paste, icon="paste", group=1),
    row(
        "edit.paste_plain",
        "Paste w&ords only",
        "Paste the bare words of what was copied",
        "Ctrl+Shift+V",
        group=1,
    ),
    row("edit.select_all", "Select &all", "Select everything", _Key.SelectAll, group=2),
    row("edit.find", "&Find…", "Find words in this report", "Ctrl+F", icon="search", group=3),
    row("edit.find_next", "Find &next", "Go to the next place", "F3", group=3),
    row("edit.find_previous", "Find pre&vious", "Go to the place before", "Shift+F3", group=3),
    row("edit.replace", "R&eplace…", "Find and replace in this report", _REPLACE_KEY, group=3),
    row(
        "edit.replace_everywhere",
        "Find and replace in all report&s…",
        "Replace words in many reports at once, after looking at each place",
        "Ctrl+Shift+E",
        group=3,
    ),
    row(
        "edit.check_spelling",
        "Check spe&lling",
        "Mark words that are spelled wrong while you write",
        checkable=True,
        group=4,
    ),
    row("edit.next_mistake", "Next spelling &mistake", "Go to the next mistake", "F7", group=4),
    row(
        "edit.suggestions",
        "Spellin&g suggestions",
        "Go to the next mistake, and show what may be meant",
        "Alt+F7",
        group=4,
    ),
)
