"""One photo file, a piece at a time, from where the desk stands.

The offsets are durable on both sides, so a piece that arrived is never sent again, whatever
happens between.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable

from reporterdesk.domain.errors import (
    NoConnection,
    NotTheApi,
    OffsetMismatch,
    PhotoDamaged,
    PhotoGone,
    Refused,
    ServerBusy,
    WrongChecksum,
)
from reporterdesk.publishing.connector import Connector
from reporterdesk.store.outbox import Upload
from reporterdesk.sync.uplink import LARGEST, SMALLEST, Uplink

PATIENCE = 3
"""Calls in a row after which an upload has got no further: then it waits for the next round."""
CUTS = 2
"""Cuts in a row at one upload, though the desk answers between them: then others go first."""

_MIB = 1024 * 1024


class Uploads:
    """Sends pieces, and notices an upload that gets no further. Lives on the engine's thread.

    :param read: reads ``length`` bytes at ``offset`` of the bytes with a SHA-256.
    :param stopwatch: seconds that only ever grow, whatever is done to the clock.
    """

    def __init__(
        self,
        read: Callable[[str, int, int], bytes],
        uplink: Uplink,
        stopwatch: Callable[[], float],
    ) -> None:
        self._read = read
        self._uplink = uplink
        self._stopwatch = stopwatch
        self._stalls: Counter[str] = Counter()
        self._damaged: Counter[str] = Counter()
        self._cuts: Counter[str] = Counter()
        self._furthest: dict[str, int] = {}
        self._unsure: set[str] = set()
        self._sound = ""

    def next_piece(self, upload: Upload, about: int) -> int:
        """Return how many bytes the next piece of ``upload`` has: about ``about``.

        What is left is cut into equal pieces, for each small one at the end would wait as long for
        its answer as a large one.
        """
        left = max(upload.bytes - upload.offset, 0)
        pieces = max(round(left / about), 1)
        return min(max(math.ceil(left / pieces), SMALLEST), LARGEST, max(left, 1))

    def send_piece(self, connector: Connector, upload: Upload, size: int) -> int:
        """Send the next ``size`` bytes, and return how many the desk holds for good.

        After a call that was cut, the desk is asked first what has arrived.

        :raises PhotoError: the bytes are not on this laptop any more, or not the same.
        :raises DeliveryError: one of its kinds; ``ServerBusy`` where it gets no further.
        """
        if upload.upload_url in self._unsure:
            offset = self._ask(connector, upload)
            self._unsure.discard(upload.upload_url)
            if offset > upload.offset:
                self._notice(upload, offset)
            if offset != upload.offset:
                return offset
        self._verify(upload)
        piece = self._read(upload.sha256, upload.offset, size)
        if not piece:
            raise PhotoGone
        offset = self._send(connector, upload, piece)
        if offset != upload.offset + len(piece):
            offset = self._ask(connector, upload)
        self._notice(upload, offset)
        return offset

    def start_round(self) -> None:
        """Forget how often an upload got no further."""
        self._stalls.clear()
        self._damaged.clear()
        self._furthest.clear()

    def forget(self) -> None:
        """Another network: what was cut on the old one is no fault of the photo."""
        self._cuts.clear()

    def is_stuck(self, upload: Upload) -> bool:
        """Tell whether others should go first: it is cut again and again, and the desk is there."""
        return self._cuts[upload.upload_url] >= CUTS

    def _send(self, connector: Connector, upload: Upload, piece: bytes) -> int:
        """Send a piece; return the desk's offset, -1 where it is to be asked."""
        url, began = upload.upload_url, self._stopwatch()
        try:
            offset = connector.upload(url, upload.offset, piece)
        except WrongChecksum:
            self._damaged[url] += 1
            if self._damaged[url] >= PATIENCE:
                raise ServerBusy("A photo is damaged on its way, again and again.") from None
            return -1
        except OffsetMismatch:
            # 409 or 423: ask for the offset and go on from there.
            return -1
        except (NoConnection, Refused) as error:
            self._unsure.add(url)
            if isinstance(error, NoConnection) and not isinstance(error, NotTheApi | ServerBusy):
                self._cuts[url] += 1
                self._uplink.cut()
            raise
        self._uplink.measured(len(piece), self._stopwatch() - began)
        return offset

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
            for counts in (self._stalls, self._damaged, self._cuts):
                counts.pop(key, None)
            return
        self._stalls[key] += 1
        if self._stalls[key] >= PATIENCE:
            raise ServerBusy("A photo gets no further.")

    def _verify(self, upload: Upload) -> None:
        """Read the bytes through before the first is sent: the desk takes no others in the end."""
        if upload.sha256 == self._sound:
            return
        digest = hashlib.sha256()
        for offset in range(0, upload.bytes, _MIB):
            piece = self._read(upload.sha256, offset, min(_MIB, upload.bytes - offset))
            if not piece:
                raise PhotoGone
            digest.update(piece)
        if digest.hexdigest() != upload.sha256:
            raise PhotoDamaged
        self._sound = upload.sha256
