"""What a change of a report is called, in ``GET /v1/changes``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reporterdesk.wire.messages import DecisionName

DECIDED: Mapping[DecisionName, str] = MappingProxyType(
    {
        "return": "returned",
        "approve": "approved",
        "publish": "published",
        "schedule": "scheduled",
        "spike": "spiked",
        "withdraw": "withdrawn",
        "correct": "corrected",
    }
)
"""The kind of change that each decision makes."""
FILED = "filed"
PHOTO = "photo"
"""A photo file has arrived whole."""
COMMENTED = "commented"
CLAIMED = "claimed"
RELEASED = "released"
WANTED = "wanted"
"""The desk has asked for photos first."""
