"""The table of actions: one row each, from which menus, shortcuts, icons and tips come.

The strings are translated where the actions are built, in the context ``Actions``.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from reporterdesk.domain.places import Place

_Key = QKeySequence.StandardKey

# Ctrl+Alt is AltGr on Windows and would swallow characters of many layouts; Cmd+Shift+3 takes a
# picture of the screen on macOS.
_BLOCK_KEYS = "Ctrl+Alt" if sys.platform == "darwin" else "Ctrl+Shift"
# Cmd+H hides the app on macOS.
_REPLACE_KEY = "Ctrl+Alt+F" if sys.platform == "darwin" else "Ctrl+H"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One row of the table.

    ``text`` is what the menu shows, with its mnemonic; ``menu`` the menu it stands in; ``shortcut``
    the platform's standard key, or a portable key sequence where no platform has one; ``icon`` a
    file in ``resources/icons``; ``tip`` a short sentence. A change of ``group`` within a menu
    draws a separator. ``submenu`` names the one of :data:`SUBMENUS` in which it stands there.
    """

    name: str
    text: str
    menu: str
    shortcut: QKeySequence.StandardKey | str | None = None
    icon: str = ""
    checkable: bool = False
    tip: str = ""
    group: int = 0
    submenu: str = ""


MENUS: tuple[tuple[str, str], ...] = (
    ("report", "&Report"),
    ("edit", "&Edit"),
    ("format", "F&ormat"),
    ("go", "&Go"),
    ("review", "Revie&w"),
    ("view", "&View"),
    ("desk", "&Desk"),
    ("help", "&Help"),
)
"""The menus in their order: name and title."""

SUBMENUS: dict[str, str] = {"rehearse": "Rehearse a &bad connection"}
"""The menus within menus: name and title."""


def menu_title(spec: ActionSpec) -> str:
    """Return the title of the menu in which an action stands; it is not translated yet."""
    return SUBMENUS.get(spec.submenu) or dict(MENUS)[spec.menu]


def _row(
    name: str,
    text: str,
    tip: str = "",
    key: QKeySequence.StandardKey | str | None = None,
    *,
    icon: str = "",
    checkable: bool = False,
    group: int = 0,
    menu: str = "",
) -> ActionSpec:
    return ActionSpec(name, text, menu or name.partition(".")[0], key, icon, checkable, tip, group)


_REPORT = (
    _row("report.new", "&New report", "Start a new report", _Key.New, icon="new"),
    _row(
        "report.from_file",
        "New report fr&om a file…",
        "Make a report of a Word, web, Markdown or text file, with its pictures",
    ),
    _row(
        "report.save",
        "&Save now",
        "Save at once; reports are saved by themselves as you type",
        _Key.Save,
        icon="save",
    ),
    _row(
        "report.add_photos",
        "Add &photos…",
        "Add photos from this laptop to the report",
        "Ctrl+Shift+I",
        icon="photos",
        group=1,
    ),
    _row(
        "report.preview",
        "Pre&view",
        "See the report beside its text, as it will be published",
        "F9",
        icon="preview",
        checkable=True,
        group=1,
    ),
    _row(
        "report.history",
        "&History",
        "Look back at earlier moments of the report, and restore from them",
        "Ctrl+Shift+H",
        icon="history",
        group=1,
    ),
    _row(
        "report.file",
        "&File report",
        "File the report to the desk; it waits in the outbox for a connection",
        "Ctrl+Return",
        icon="file",
        group=2,
    ),
    _row(
        "report.recall",
        "&Take back from the outbox",
        "Make it a draft again before the desk has it",
        icon="recall",
        group=2,
    ),
    _row(
        "report.merge",
        "Put both versions to&gether",
        "Yours and the desk’s: what only one has changed, and what you choose",
        icon="merge",
        group=2,
    ),
    _row(
        "report.revise",
        "&Work on it again",
        "Write a new revision of what the desk has",
        icon="revise",
        group=2,
    ),
    _row(
        "report.trash",
        "Move to t&rash",
        "Move the report to the trash; it can be restored",
        icon="trash",
        group=3,
    ),
    _row(
        "report.restore",
        "R&estore from trash",
        "Put the report back where it was",
        icon="restore",
        group=3,
    ),
    _row(
        "report.delete",
        "&Delete for good…",
        "Delete the report in the trash from this laptop; it cannot be restored then",
        group=3,
    ),
    _row(
        "trash.empty",
        "Empt&y trash…",
        "Delete everything in the trash from this laptop",
        group=3,
        menu="report",
    ),
    _row(
        "archive.export",
        "E&xport archive…",
        "Write all reports and photos to a zip that can be read without ReporterDesk",
        icon="export",
        group=4,
        menu="report",
    ),
    _row(
        "archive.import",
        "I&mport archive…",
        "Bring back what an archive holds; nothing here is written over",
        icon="import",
        group=4,
        menu="report",
    ),
    _row(
        "backup.restore",
        "Restore from &backup…",
        "Show the backups of your drafts, and what restoring one would change",
        icon="restore",
        group=4,
        menu="report",
    ),
    _row(
        "app.settings",
        "Sett&ings…",
        "Change how ReporterDesk works",
        "Ctrl+,",
        icon="settings",
        group=5,
        menu="report",
    ),
    _row(
        "app.lock",
        "&Lock",
        "Close the reports until the passphrase is entered",
        "Ctrl+L",
        icon="lock",
        group=5,
        menu="report",
    ),
    _row(
        "app.quit",
        "&Quit",
        "Close ReporterDesk; what waits is sent next time",
        _Key.Quit,
        icon="quit",
        group=6,
        menu="report",
    ),
)

_EDIT = (
    _row("edit.undo", "&Undo", "Undo the last change", _Key.Undo, icon="undo"),
    _row("edit.redo", "&Redo", "Do the undone change again", _Key.Redo, icon="redo"),
    _row("edit.cut", "Cu&t", "Cut the selection", _Key.Cut, icon="cut", group=1),
    _row("edit.copy", "&Copy", "Copy the selection", _Key.Copy, icon="copy", group=1),
    _row("edit.paste", "&Paste", "Paste what was copied", _Key.Paste, icon="paste", group=1),
    _row(
        "edit.paste_plain",
        "Paste w&ords only",
        "Paste the bare words of what was copied",
        "Ctrl+Shift+V",
        group=1,
    ),
    _row("edit.select_all", "Select &all", "Select everything", _Key.SelectAll, group=2),
    _row("edit.find", "&Find…", "Find words in this report", "Ctrl+F", icon="search", group=3),
    _row("edit.find_next", "Find &next", "Go to the next place", "F3", group=3),
    _row("edit.find_previous", "Find pre&vious", "Go to the place before", "Shift+F3", group=3),
    _row("edit.replace", "R&eplace…", "Find and replace in this report", _REPLACE_KEY, group=3),
    _row(
        "edit.replace_everywhere",
        "Find and replace in all report&s…",
        "Replace words in many reports at once, after looking at each place",
        "Ctrl+Shift+E",
        group=3,
    ),
    _row(
        "edit.check_spelling",
        "Check spe&lling",
        "Mark words that are spelled wrong while you write",
        checkable=True,
        group=4,
    ),
    _row("edit.next_mistake", "Next spelling &mistake", "Go to the next mistake", "F7", group=4),
    _row(
        "edit.suggestions",
        "Spellin&g suggestions",
        "Go to the next mistake, and show what may be meant",
        "Alt+F7",
        group=4,
    ),
)

_FORMAT = (
    _row("format.bold", "&Bold", "Bold", _Key.Bold, icon="bold", checkable=True),
    _row("format.italic", "&Italic", "Italic", _Key.Italic, icon="italic", checkable=True),
    _row(
        "format.link",
        "&Link…",
        "Link the selection to a web page",
        "Ctrl+K",
        icon="link",
        checkable=True,
    ),
    _row(
        "format.paragraph",
        "&Paragraph",
        "Ordinary paragraph",
        f"{_BLOCK_KEYS}+1",
        icon="paragraph",
        checkable=True,
        group=1,
    ),
    _row(
        "format.heading2",
        "&Heading",
        "Heading",
        f"{_BLOCK_KEYS}+2",
        icon="heading2",
        checkable=True,
        group=1,
    ),
    _row(
        "format.heading3",
        "&Subheading",
        "Subheading",
        f"{_BLOCK_KEYS}+3",
        icon="heading3",
        checkable=True,
        group=1,
    ),
    _row(
        "format.quote",
        "&Quote",
        "Quote somebody at length",
        "Ctrl+Shift+9",
        icon="quote",
        checkable=True,
        group=1,
    ),
    _row(
        "format.bullets",
        "B&ullet list",
        "Bullet list",
        "Ctrl+Shift+8",
        icon="bullets",
        checkable=True,
        group=2,
    ),
    _row(
        "format.numbers",
        "&Numbered list",
        "Numbered list",
        "Ctrl+Shift+7",
        icon="numbers",
        checkable=True,
        group=2,
    ),
    _row("format.indent", "In&dent", "Nest the list item deeper", "Ctrl+]", icon="indent", group=2),
    _row(
        "format.outdent",
        "&Outdent",
        "Bring the list item out again",
        "Ctrl+[",
        icon="outdent",
        group=2,
    ),
    _row(
        "format.rule",
        "Di&viding line",
        "Insert a dividing line",
        "Ctrl+Shift+-",
        icon="rule",
        group=3,
    ),
    _row(
        "format.figure",
        "Photo in the &text…",
        "Put one of the report’s photos here in the text",
        icon="figure",
        group=3,
    ),
    _row(
        "format.move_up",
        "&Move up",
        "Move the paragraph or photo up, past the one above",
        "Alt+Up",
        icon="up",
        group=4,
    ),
    _row(
        "format.move_down",
        "Move do&wn",
        "Move the paragraph or photo down, past the one below",
        "Alt+Down",
        icon="down",
        group=4,
    ),
)

PLACE_ICONS: dict[Place, str] = {
    Place.DRAFTS: "drafts",
    Place.OUTBOX: "outbox",
    Place.FILED: "filed",
    Place.RETURNED: "returned",
    Place.PUBLISHED: "published",
    Place.TRASH: "trash",
    Place.REVIEW: "review",
}

_GO = (
    _row("go.drafts", "&Drafts", "Reports you are writing", "Ctrl+1", icon="drafts"),
    _row("go.outbox", "&Outbox", "Filed, and waiting on this laptop", "Ctrl+2", icon="outbox"),
    _row("go.filed", "&Filed", "The desk has them", "Ctrl+3", icon="filed"),
    _row("go.returned", "&Returned", "The desk asks for changes", "Ctrl+4", icon="returned"),
    _row("go.published", "&Published", "Public on the site", "Ctrl+5", icon="published"),
    _row("go.trash", "&Trash", "Thrown away; can be restored", "Ctrl+6", icon="trash"),
    _row("go.review", "Re&view queue", "Reports waiting for the desk", "Ctrl+7", icon="review"),
    _row(
        "go.search",
        "&Search reports",
        "Search the list of reports",
        "Ctrl+Shift+F",
        icon="search",
        group=1,
    ),
    _row(
        "go.search_everywhere",
        "Search everyw&here",
        "Search every place but the trash",
        group=1,
    ),
    _row(
        "go.clear_filters",
        "&Clear search filters",
        "Search whatever its section, status and date",
        group=1,
    ),
    _row("go.list", "&List of reports", "Move to the list of reports", "Ctrl+8", group=1),
    _row("go.report", "T&ext of the report", "Move to the text", "Ctrl+9", group=1),
)

_REVIEW = (
    _row(
        "review.return",
        "&Return with a note…",
        "Give it back to the reporter, with a note",
        "Ctrl+Shift+R",
        icon="returned",
    ),
    _row(
        "review.approve",
        "&Approve",
        "Approve this revision; it can be published",
        "Ctrl+Shift+A",
        icon="approve",
    ),
    # No shortcut: nobody should publish by a slip of the hand.
    _row("review.publish", "&Publish", "Publish this revision on the site", icon="published"),
    _row(
        "review.open_page",
        "&Open the published page",
        "Open the page in the web browser",
        icon="open_page",
        group=1,
    ),
)


def _link_row(name: str, text: str, tip: str) -> ActionSpec:
    return ActionSpec(
        f"rehearse.{name}", text, "desk", checkable=True, tip=tip, group=2, submenu="rehearse"
    )


_REHEARSE = (
    _link_row("off", "&Off", "Send by the real connection again"),
    _link_row("edge", "&EDGE, in the country", "Slow, with long delays, but it holds"),
    _link_row("2g", "&2G, at the edge of reception", "Very slow, and now and then nothing at all"),
    _link_row("cafe", "&Café Wi-Fi, crowded", "Delays that jump, and connections that go dumb"),
    _link_row("train", "On a &train, with tunnels", "Fast enough, and gone every minute or two"),
    _link_row(
        "basement",
        "A &basement, by a phone’s hotspot",
        "Slow, a second of delay, and it drops every minute",
    ),
    _link_row(
        "portal",
        "A &hotel’s Wi-Fi that wants you to log in",
        "Its login page answers in place of the desk",
    ),
)

_LOGIN_PAGE = _row(
    "sync.login_page",
    "Open the network’s &login page",
    "This network answers in the desk’s place until you have logged in there",
    menu="desk",
)

_REST = (
    _row("view.larger_text", "&Larger text", "Larger text", _Key.ZoomIn, icon="larger"),
    _row("view.smaller_text", "&Smaller text", "Smaller text", _Key.ZoomOut, icon="smaller"),
    _row("view.normal_text", "&Normal text size", "Normal text size", "Ctrl+0"),
    _row(
        "view.full_screen",
        "&Full screen",
        "Fill the whole screen",
        _Key.FullScreen,
        checkable=True,
        group=1,
    ),
    _row(
        "app.commands",
        "&Commands…",
        "Find any command or report by its name",
        "Ctrl+Shift+P",
        icon="search",
        group=2,
        menu="view",
    ),
    _row(
        "sync.send_now",
        "Send &now",
        "Try to send what waits in the outbox, and ask for news",
        _Key.Refresh,
        icon="send",
        menu="desk",
    ),
    _LOGIN_PAGE,
    _row(
        "sync.pause",
        "&Pause sending",
        "Let nothing leave this laptop until you resume",
        checkable=True,
        menu="desk",
    ),
    _row(
        "sync.text_only",
        "&Text only on metered networks",
        "Let photos wait while the network is paid by the byte",
        checkable=True,
        menu="desk",
    ),
    _row(
        "sync.settings",
        "Sending s&ettings…",
        "Limit the upload, and choose what is sent over metered networks",
        menu="desk",
    ),
    _row(
        "sync.smaller",
        "Send at &1,600 px",
        "Send this report’s photos that have not arrived with 1,600 pixels on their longer side",
        group=1,
        menu="desk",
    ),
    _row(
        "sync.choose_photos",
        "Only these p&hotos now…",
        "Choose the photos of this report that are sent now; the others wait",
        group=1,
        menu="desk",
    ),
    _row(
        "sync.originals",
        "Send the ori&ginal photos",
        "Send the photos in full that the desk has at 1,600 pixels",
        group=1,
        menu="desk",
    ),
    _row(
        "sync.receipt",
        "Delivery &receipt…",
        "Show what the desk’s server says that it holds of this report",
        group=1,
        menu="desk",
    ),
    *_REHEARSE,
    _row(
        "account.sign_in", "&Sign in…", "Sign in to the desk", icon="sign_in", group=3, menu="desk"
    ),
    _row(
        "account.sign_out",
        "Sign &out",
        "Sign out on this laptop; reports stay here",
        icon="sign_out",
        group=3,
        menu="desk",
    ),
    _row(
        "app.help", "&Help", "How ReporterDesk works", _Key.HelpContents, icon="help", menu="help"
    ),
    _row(
        "app.logs",
        "Open &log folder",
        "Show the folder with the log files",
        icon="folder",
        menu="help",
    ),
    _row(
        "app.about",
        "&About ReporterDesk",
        "Version and licence",
        icon="about",
        menu="help",
        group=1,
    ),
)

ACTIONS: tuple[ActionSpec, ...] = (*_REPORT, *_EDIT, *_FORMAT, *_GO, *_REVIEW, *_REST)
"""Every action of the app, in the order of the menus."""
