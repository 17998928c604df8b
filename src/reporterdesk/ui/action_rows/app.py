"""The rows for the view, the desk, and the app itself."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from reporterdesk.ui.action_rows.spec import ActionSpec, row

_Key = QKeySequence.StandardKey


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

_LOGIN_PAGE = row(
    "sync.login_page",
    "Open the network’s &login page",
    "This network answers in the desk’s place until you have logged in there",
    menu="desk",
)


REST = (
    row("view.larger_text", "&Larger text", "Larger text", _Key.ZoomIn, icon="larger"),
    row("view.smaller_text", "&Smaller text", "Smaller text", _Key.ZoomOut, icon="smaller"),
    row("view.normal_text", "&Normal text size", "Normal text size", "Ctrl+0"),
    row(
        "view.full_screen",
        "&Full screen",
        "Fill the whole screen",
        _Key.FullScreen,
        checkable=True,
        group=1,
    ),
    row(
        "app.commands",
        "&Commands…",
        "Find any command or report by its name",
        "Ctrl+Shift+P",
        icon="search",
        group=2,
        menu="view",
    ),
    row(
        "sync.send_now",
        "Send &now",
        "Try to send what waits in the outbox, and ask for news",
        _Key.Refresh,
        icon="send",
        menu="desk",
    ),
    _LOGIN_PAGE,
    row(
        "sync.pause",
        "&Pause sending",
        "Let nothing leave this laptop until you resume",
        checkable=True,
        menu="desk",
    ),
    row(
        "sync.text_only",
        "&Text only on metered networks",
        "Let photos wait while the network is paid by the byte",
        checkable=True,
        menu="desk",
    ),
    row(
        "sync.settings",
        "Sending s&ettings…",
        "Limit the upload, and choose what is sent over metered networks",
        menu="desk",
    ),
    row(
        "sync.smaller",
        "Send at &1,600 px",
        "Send this report’s photos that have not arrived with 1,600 pixels on their longer side",
        group=1,
        menu="desk",
    ),
    row(
        "sync.all_smaller",
        "Send &all photos at 1,600 px",
        "Send all photos of the outbox that have not arrived with 1,600 pixels on their longer "
        "side. The originals stay on this laptop.",
        group=1,
        menu="desk",
    ),
    row(
        "sync.choose_photos",
        "Only these p&hotos now…",
        "Choose the photos of this report that are sent now; the others wait",
        group=1,
        menu="desk",
    ),
    row(
        "sync.originals",
        "Send the ori&ginal photos",
        "Send the photos in full that the desk has at 1,600 pixels",
        group=1,
        menu="desk",
    ),
    row(
        "sync.receipt",
        "Delivery &receipt…",
        "Show what the desk’s server says that it holds of this report",
        group=1,
        menu="desk",
    ),
    *_REHEARSE,
    row(
        "account.sign_in", "&Sign in…", "Sign in to the desk", icon="sign_in", group=3, menu="desk"
    ),
    row(
        "account.sign_out",
        "Sign &out",
        "Sign out on this laptop; reports stay here",
        icon="sign_out",
        group=3,
        menu="desk",
    ),
    row("app.help", "&Help", "How ReporterDesk works", _Key.HelpContents, icon="help", menu="help"),
    row(
        "app.logs",
        "Open &log folder",
        "Show the folder with the log files",
        icon="folder",
        menu="help",
    ),
    row(
        "app.about",
        "&About ReporterDesk",
        "Version and licence",
        icon="about",
        menu="help",
        group=1,
    ),
)
