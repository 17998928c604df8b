"""The rows for going somewhere, and for reviewing."""

from __future__ import annotations

from reporterdesk.ui.action_rows.spec import row

GO = (
    row("go.drafts", "&Drafts", "Reports you are writing", "Ctrl+1", icon="drafts"),
    row("go.outbox", "&Outbox", "Filed, and waiting on this laptop", "Ctrl+2", icon="outbox"),
    row("go.filed", "&Filed", "The desk has them", "Ctrl+3", icon="filed"),
    row("go.returned", "&Returned", "The desk asks for changes", "Ctrl+4", icon="returned"),
    row("go.published", "&Published", "Public on the site", "Ctrl+5", icon="published"),
    row("go.trash", "&Trash", "Thrown away; can be restored", "Ctrl+6", icon="trash"),
    row("go.review", "Re&view queue", "Reports waiting for the desk", "Ctrl+7", icon="review"),
    row(
        "go.search",
        "&Search reports",
        "Search the list of reports",
        "Ctrl+Shift+F",
        icon="search",
        group=1,
    ),
    row(
        "go.search_everywhere",
        "Search everyw&here",
        "Search every place but the trash",
        group=1,
    ),
    row(
        "go.clear_filters",
        "&Clear search filters",
        "Search whatever its section, status and date",
        group=1,
    ),
    row("go.list", "&List of reports", "Move to the list of reports", "Ctrl+8", group=1),
    row("go.report", "T&ext of the report", "Move to the text", "Ctrl+9", group=1),
)

REVIEW = (
    row(
        "review.return",
        "&Return with a note…",
        "Give it back to the reporter, with a note",
        "Ctrl+Shift+R",
        icon="returned",
    ),
    row(
        "review.approve",
        "&Approve",
        "Approve this revision; it can be published",
        "Ctrl+Shift+A",
        icon="approve",
    ),
    # No shortcut: nobody should publish by a slip of the hand.
    row("review.publish", "&Publish", "Publish this revision on the site", icon="published"),
    row(
        "review.open_page",
        "&Open the published page",
        "Open the page in the web browser",
        icon="open_page",
        group=1,
    ),
)
