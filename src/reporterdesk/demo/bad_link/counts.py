"""What a link has carried."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from reporterdesk.demo.bad_link.profiles import Cut, Side


@dataclass(slots=True)
class Counts:
    """Bytes each way, connections taken and connections cut, since the start or a reset.

    Bytes count once they went out on the link, whether or not they arrived: what a phone's
    contract would count, without the headers of TCP and IP.
    """

    up: int = 0
    down: int = 0
    connections: int = 0
    cuts: int = 0

    def add(self, side: Side, size: int) -> None:
        """Count ``size`` bytes that went out."""
        if side is Side.UP:
            self.up += size
        else:
            self.down += size

    def as_message(self) -> dict[str, int]:
        """Return the counts by name."""
        return asdict(self)


class CutPlan:
    """Counts the bytes until the next cut that was asked for."""

    def __init__(self, cut: Cut | None) -> None:
        self._cut = cut
        self._left = cut.after if cut else 0

    def allowed(self, side: Side, size: int) -> tuple[int, Cut | None]:
        """Return how many of ``size`` bytes may go this way, and the cut that follows them."""
        cut = self._cut
        if cut is None or cut.side is not side or size < self._left:
            if cut is not None and cut.side is side:
                self._left -= size
            return size, None
        allowed, self._left = self._left, cut.after
        if not cut.again:
            self._cut = None
        return allowed, cut
