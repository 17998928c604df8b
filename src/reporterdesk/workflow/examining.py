"""Examining the draft store of a profile, for ``reporterdesk doctor``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reporterdesk.domain.clock import Clock
from reporterdesk.domain.errors import StoreError
from reporterdesk.domain.places import Place
from reporterdesk.paths import drafts_file, photos_file
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found, a plain sentence a line; ``healthy`` where nothing needs to be done."""

    lines: tuple[str, ...]
    healthy: bool


def examine(home: Path, *, clock: Clock) -> Examination:
    """Open the store of the profile ``home`` and read all of it. Blocks; seconds with many photos.

    A profile that has no store yet is healthy, and stays without one.
    """
    where = f"The profile is {home}."
    if not drafts_file(home).exists() and not photos_file(home).exists():
        return Examination((where, "There are no reports yet."), healthy=True)
    try:
        store = open_store(home, clock=clock)
        try:
            store.check()
            found = _describe(store)
        finally:
            store.close()
    except StoreError as error:
        return Examination((where, str(error)), healthy=False)
    return Examination((where, *found, "The store is in order."), healthy=True)


def _describe(store: Store) -> tuple[str, ...]:
    counts = store.reports.counts()
    total = sum(counts.values())
    waiting = counts.get(Place.OUTBOX, 0)
    missing = [name for name in sorted(store.photo_names()) if not store.photos.has(name)]
    lines = [f"{total} {'report' if total == 1 else 'reports'}, {waiting} in the outbox."]
    account = store.account.get()
    if account is None:
        lines.append("Nobody is signed in.")
    else:
        lines.append(f"{account.person.name} is signed in at {account.server_url}.")
    if missing:
        lines.append(f"{len(missing)} of the photos’ files are not here.")
    return tuple(lines)
