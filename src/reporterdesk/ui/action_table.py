"""The table of actions: one row each, from which menus, shortcuts, icons and tips come.

The strings are translated where the actions are built, in the context ``Actions``.
"""

from __future__ import annotations

from reporterdesk.domain.places import Place
from reporterdesk.ui.action_rows.app import REST
from reporterdesk.ui.action_rows.format import FORMAT
from reporterdesk.ui.action_rows.places import GO, REVIEW
from reporterdesk.ui.action_rows.report import EDIT, REPORT
from reporterdesk.ui.action_rows.spec import ActionSpec

__all__ = ["ACTIONS", "MENUS", "PLACE_ICONS", "SUBMENUS", "ActionSpec", "menu_title"]

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


PLACE_ICONS: dict[Place, str] = {
    Place.DRAFTS: "drafts",
    Place.OUTBOX: "outbox",
    Place.FILED: "filed",
    Place.RETURNED: "returned",
    Place.PUBLISHED: "published",
    Place.TRASH: "trash",
    Place.REVIEW: "review",
}

ACTIONS: tuple[ActionSpec, ...] = (*REPORT, *EDIT, *FORMAT, *GO, *REVIEW, *REST)
"""Every action of the app, in the order of the menus."""
