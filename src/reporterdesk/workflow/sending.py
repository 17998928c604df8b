"""What a person decided about sending, kept from one start to the next."""

from __future__ import annotations

import json
import logging

from reporterdesk.domain.sending import SendPolicy
from reporterdesk.store.store import Store

SENDING = "sending"
"""The key of the store's state."""
_log = logging.getLogger(__name__)


def read_policy(store: Store) -> SendPolicy:
    """Return what was decided last; what makes no sense counts as nothing decided."""
    kept = store.state.get(SENDING)
    if kept is None:
        return SendPolicy()
    try:
        found = json.loads(kept)
        limit = found["bytes_a_second"]
        return SendPolicy(
            paused=found["paused"] is True,
            text_only_on_metered=found["text_only_on_metered"] is not False,
            bytes_a_second=limit if type(limit) is int and limit > 0 else None,
            only_photos=frozenset(str(each) for each in found["only_photos"]),
        )
    except (ValueError, LookupError, TypeError):
        _log.warning("What was decided about sending could not be read.")
        return SendPolicy()


def keep_policy(store: Store, policy: SendPolicy) -> None:
    """Keep what was decided.

    :raises StoreFull: there is no room; what was decided before is kept.
    """
    kept = {
        "paused": policy.paused,
        "text_only_on_metered": policy.text_only_on_metered,
        "bytes_a_second": policy.bytes_a_second,
        "only_photos": sorted(policy.only_photos),
    }
    store.state.set(SENDING, json.dumps(kept))


def photos_missing(store: Store, photo_ids: frozenset[str]) -> frozenset[str]:
    """Return which of these photos have not arrived at the desk, of reports on their way."""
    missing: set[str] = set()
    for row in store.outbox.all_open():
        here = {
            photo
            for photo in store.revisions.get(row.revision_id).content.photos
            if photo.id in photo_ids
        }
        if not here:
            continue
        arrived = {u.sha256 for u in store.outbox.uploads(row.report_id) if u.offset >= u.bytes}
        missing |= {p.id for p in here if not {p.preview.sha256, p.full.sha256} <= arrived}
    return frozenset(missing)
