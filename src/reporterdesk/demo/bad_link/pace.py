"""At what time do bytes go out on a link of some rate?"""

from __future__ import annotations


class Pace:
    """A token bucket, told the time: how long the bytes of one direction have to wait.

    All connections share it, in the order in which they ask.

    :param rate: bytes a second; ``None`` lets everything through at once.
    :param credit: seconds' worth of bytes that may go at once after a pause. Without any, each
        timer that fires late would make the link slower than it is to be.
    """

    def __init__(self, rate: int | None, credit: float = 0.05) -> None:
        self.rate = rate
        self._credit = credit
        self._free_at = float("-inf")

    def wait(self, size: int, now: float) -> float:
        """Take ``size`` bytes at ``now`` (seconds); return the seconds until they are out."""
        if self.rate is None:
            return 0.0
        begin = max(now - self._credit, self._free_at)
        self._free_at = begin + size / self.rate
        return max(0.0, self._free_at - now)

    @property
    def piece(self) -> int:
        """How many bytes to take at once: about a fiftieth of a second's."""
        return 64 * 1024 if self.rate is None else max(256, min(self.rate // 50, 64 * 1024))
