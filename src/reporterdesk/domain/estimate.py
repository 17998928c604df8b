"""How long what waits will take, as the uplink has been measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is left to be sent, and when it will have arrived if the uplink stays as it is.

    ``bytes_a_second`` is smoothed, ``None`` while nothing has been measured. ``at`` is when this
    was reckoned. ``reports`` says by its id when a report's last photo is expected, in the order
    in which they are sent; it is empty while the rate is unknown. Times are aware, in UTC.
    """

    bytes_a_second: float | None
    bytes_left: int
    at: datetime
    reports: Mapping[str, datetime] = field(default_factory=dict)
