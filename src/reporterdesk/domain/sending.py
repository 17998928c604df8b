"""What the person has decided about sending: whether, how fast, and which photos."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SendPolicy:
    """How the outbox is to be sent; it holds until it is changed, also after a restart.

    ``paused``: nothing at all is sent. ``text_only_on_metered``: photos wait while the system says
    that the network is paid by the byte. ``bytes_a_second``: photos take no more of the uplink
    than that; ``None`` for as much as there is. ``only_photos``: the ids of the photos that are
    sent now, while all others wait; empty for all.
    """

    paused: bool = False
    text_only_on_metered: bool = True
    bytes_a_second: int | None = None
    only_photos: frozenset[str] = frozenset()
