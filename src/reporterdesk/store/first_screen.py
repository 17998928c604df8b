"""The first screen, read before anything heavy is imported: plain SQL over the driver.

It must not import SQLAlchemy. Whatever is wrong with the store, the first screen is empty then, and
:func:`~reporterdesk.store.opening.open_store` says what is wrong a moment later.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from reporterdesk.domain.places import Place
from reporterdesk.domain.report import Report, ReportSummary
from reporterdesk.paths import drafts_file
from reporterdesk.store import listing
from reporterdesk.store.driver import DriverError, OperationalDriverError, connect
from reporterdesk.store.key import StoreKey
from reporterdesk.store.versions import DRAFTS_ID, DRAFTS_VERSION

ROWS = 60
"""More lines than a tall screen shows; the rest comes with the store itself."""

OPEN_REPORT = "open_report"
"""State key: the id of the report that is open."""
CARET = "caret"
"""State key: the caret's place in its body, as a number in digits."""
OPEN_PLACE = "place"
"""State key: the place (a :class:`Place` value) whose list is shown."""


@dataclass(frozen=True, slots=True)
class FirstScreen:
    """What the window shows first.

    ``place`` is the place whose newest reports ``rows`` are. ``state`` is all that the app keeps
    in the store's state, as the window's geometry. ``behind`` says that an older release wrote the
    store, which must be brought to this version before anything of it can be shown.
    """

    rows: tuple[ReportSummary, ...] = ()
    counts: dict[Place, int] = field(default_factory=lambda: dict.fromkeys(Place, 0))
    open_report: Report | None = None
    caret: int = 0
    place: Place = Place.DRAFTS
    state: dict[str, str] = field(default_factory=dict)
    behind: bool = False


def read_first_screen(home: Path, key: StoreKey | None = None) -> FirstScreen:
    """Read the first screen of the profile ``home``, without changing anything there.

    An encrypted store needs its ``key``; without it, or with another one, the screen is empty.

    It takes no lock and works while another program has the store open.
    """
    file = drafts_file(home)
    try:
        if not file.is_file() or file.stat().st_size == 0:
            return FirstScreen()
        try:
            return _read_file(file, key, "mode=ro")
        except OperationalDriverError:
            # Reading needs room for the log's index; a file that was closed well has no log.
            log = file.with_name(file.name + "-wal")
            if log.exists() and log.stat().st_size > 0:
                raise
            return _read_file(file, key, "immutable=1")
    except (DriverError, OSError, ValueError, LookupError, TypeError, AttributeError):
        return FirstScreen()


def _read_file(file: Path, key: StoreKey | None, how: str) -> FirstScreen:
    """Read it, opened with a parameter of https://www.sqlite.org/uri.html."""
    with closing(connect(file, key, how=how, wait=1)) as db:
        return _read(db)


def _read(db: sqlite3.Connection) -> FirstScreen:
    application = db.execute("PRAGMA application_id").fetchone()[0]
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if (application, version) != (DRAFTS_ID, DRAFTS_VERSION):
        return FirstScreen(behind=application == DRAFTS_ID and 0 < version < DRAFTS_VERSION)
    db.execute("BEGIN")  # one snapshot for all that follows
    state = {key.removeprefix("app."): value for key, value in db.execute(listing.STATE)}
    place = _place(state.get(OPEN_PLACE, ""))
    wanted = {"place": place.value, "limit": ROWS + 1}
    rows = db.execute(listing.page_sql(after=False), wanted).fetchall()
    opened = db.execute(listing.REPORT, {"id": state.get(OPEN_REPORT, "")}).fetchone()
    caret = state.get(CARET, "")
    return FirstScreen(
        rows=listing.page_of(rows, ROWS).rows,
        counts=listing.counts_of(db.execute(listing.COUNTS)),
        open_report=None if opened is None else listing.report_of(opened),
        caret=int(caret) if caret.isascii() and caret.isdigit() else 0,
        place=place,
        state=state,
    )


def _place(name: str) -> Place:
    try:
        return Place(name)
    except ValueError:
        return Place.DRAFTS
