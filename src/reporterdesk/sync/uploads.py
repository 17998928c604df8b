"""One photo at a time, a piece at a time, from where the desk stands.

The offsets are durable, so a piece that arrived is never sent again, whatever happens between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from reporterdesk.domain.errors import OffsetMismatch, PhotoGone, ServerBusy
from reporterdesk.publishing.connector import Connector
from reporterdesk.store.outbox import Upload

PIECE = 256 * 1024
"""Bytes in one call: at 64 kbit/s half a minute. To follow the link's speed, it is asked for
before each piece, see ``piece_size``."""

PATIENCE = 3
"""Calls in a row after which an upload has got no further: then it waits for the next round."""


class Uploads:
    """Sends pieces, and notices an upload that gets no further. Lives on the engine's thread.

    :param read: reads ``length`` bytes at ``offset`` of the bytes with a SHA-256.
    :param piece_size: says how many bytes the next piece should have.
    """

    def __init__(
        self, read: Callable[[str, int, int], bytes], piece_size: Callable[[], int] = lambda: PIECE
    ) -> None:
        self._read = read
        self._piece_size = piece_size
        self._stalls: Counter[str] = Counter()
        self._furthest: dict[str, int] = {}

    def send_piece(self, connector: Connector, upload: Upload) -> int:
        """Send the next piece, and return how many bytes the desk holds for good.

        :raises PhotoGone: the bytes are not on this laptop.
        :raises DeliveryError: one of its kinds; ``ServerBusy`` where it gets no further.
        """
        piece = self._read(upload.sha256, upload.offset, self._piece_size())
        if not piece:
            raise PhotoGone
        expected = upload.offset + len(piece)
        try:
            offset = connector.upload(upload.upload_url, upload.offset, piece)
        except OffsetMismatch:
            # 409, 423 or 460: ask for the offset and go on from there.
            offset = -1
        if offset != expected:
            offset = self._ask(connector, upload)
        self._notice(upload, offset)
        return offset

    def start_round(self) -> None:
        """Forget how often an upload got no further."""
        self._stalls.clear()
        self._furthest.clear()

    def _ask(self, connector: Connector, upload: Upload) -> int:
        try:
            offset = connector.upload_offset(upload.upload_url)
        except OffsetMismatch:
            raise ServerBusy("Another device is sending this photo.") from None
        if not 0 <= offset <= upload.bytes:
            raise ServerBusy("The desk’s server holds more of a photo than there is.")
        return offset

    def _notice(self, upload: Upload, offset: int) -> None:
        key = upload.upload_url
        if offset > self._furthest.get(key, -1) and offset > upload.offset:
            self._furthest[key] = offset
            self._stalls[key] = 0
            return
        self._stalls[key] += 1
        if self._stalls[key] >= PATIENCE:
            raise ServerBusy("A photo gets no further.")
