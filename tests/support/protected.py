"""Protected stores for tests, with passphrases that cost nothing to try."""

from __future__ import annotations

from pathlib import Path

from reporterdesk.domain.clock import utc_now
from reporterdesk.store.key import StoreKey
from reporterdesk.store.opening import open_store
from reporterdesk.store.wrapping import WrapCost
from support.filled_store import made_reports

CHEAP = WrapCost(iterations=1, lanes=1, memory=8)
PASSPHRASE = "correct horse, battery – staple"
WORDS = "what the baker’s daughter told us"
"""Words that are in every store here."""
PHOTO = bytes(range(256)) * 5000


def fill(home: Path, key: StoreKey | None, reports: int = 3) -> tuple[str, ...]:
    """Put reports and a photo into the store, and close it; return their ids."""
    store = open_store(home, clock=utc_now, key=key)
    try:
        added = tuple(made_reports(reports, 60))
        store.reports.add_many(added)
        store.state.set("words", WORDS)
        store.state.set("photo", store.photos.put(PHOTO))
    finally:
        store.close()
    return tuple(report.id for report in added)


def read(home: Path, key: StoreKey | None) -> set[str]:
    """Open the store, read it and its photo through, find by a word, and return the ids."""
    store = open_store(home, clock=utc_now, key=key)
    try:
        store.check()
        assert store.photos.read(store.state.get("photo") or "") == PHOTO
        return {report_id for report_id in store.reports.ids() if store.reports.find(report_id)}
    finally:
        store.close()
