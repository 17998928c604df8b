"""Taking in one PATCH of photo bytes: from the network into the partial file."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
from collections.abc import AsyncIterator
from dataclasses import dataclass

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from reporterdesk.server.leases import Lease
from reporterdesk.server.partial import PartialFile
from reporterdesk.server.problems import ApiProblem, too_large
from reporterdesk.server.service.uploading import UploadState
from reporterdesk.wire.problems import ProblemType

ALGORITHMS = {"sha256": 32, "sha1": 20}
"""What ``Upload-Checksum`` may be, with the bytes of each. The extension asks every server for
SHA-1, against damage on the way only: what a photo is, its own SHA-256 says."""


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the bytes of one PATCH must have by one of :data:`ALGORITHMS`."""

    algorithm: str
    digest: bytes


def read_checksum(header: str | None) -> Checksum | None:
    """Read ``Upload-Checksum: sha256 <base64>``.

    :raises ApiProblem: 400 for another algorithm or no base64, as the extension has it.
    """
    if header is None:
        return None
    algorithm, _, encoded = header.strip().partition(" ")
    try:
        digest = base64.b64decode(encoded.strip(), validate=True)
    except (binascii.Error, ValueError):
        digest = b""
    name = algorithm.lower()
    if len(digest) != ALGORITHMS.get(name):
        detail = "Upload-Checksum must be “sha256” or “sha1” and the digest in base64."
        raise ApiProblem(ProblemType.INVALID, 400, detail)
    return Checksum(name, digest)


def check_offset(state: UploadState, offset: int, announced: int) -> None:
    """Refuse bytes that do not go on where the upload stands, or go beyond its size.

    :raises ApiProblem: 409 with the right offset; 413.
    """
    if offset != state.offset:
        detail = f"The upload stands at {state.offset} of {state.bytes} bytes. Go on from there."
        raise wrong_offset(state.offset, detail)
    if offset + announced > state.bytes:
        raise beyond(state.bytes)


def wrong_offset(offset: int, detail: str) -> ApiProblem:
    """Return the refusal of bytes that do not go on where the upload stands."""
    headers = {"Upload-Offset": str(offset)}
    return ApiProblem(ProblemType.WRONG_OFFSET, 409, detail, headers=headers)


def beyond(declared: int) -> ApiProblem:
    """Return the refusal of more bytes than were declared."""
    return too_large(f"The photo was declared with {declared} bytes; this goes beyond them.")


def wrong_checksum(detail: str, offset: int) -> ApiProblem:
    """Return the refusal of bytes that were damaged on the way."""
    headers = {"Upload-Offset": str(offset)}
    return ApiProblem(ProblemType.WRONG_CHECKSUM, 460, detail, headers=headers)


def busy() -> ApiProblem:
    """Return the refusal while another connection writes to the same upload."""
    detail = "Another connection sends this photo. Ask for the offset and go on."
    return ApiProblem(ProblemType.UPLOAD_BUSY, 423, detail, headers={"Retry-After": "1"})


class Receiver:
    """Reads the body of one PATCH while the lease holds. Lives on the event loop.

    :param idle_after: seconds of silence after which the connection is let go.
    """

    def __init__(self, request: Request, lease: Lease, idle_after: float) -> None:
        self._stream: AsyncIterator[bytes] = request.stream()
        self._lease = lease
        self._idle_after = idle_after
        length = request.headers.get("Content-Length", "")
        self.announced = int(length) if length.isascii() and length.isdigit() else 0

    async def into(self, partial: PartialFile, declared: int, checksum: Checksum | None) -> None:
        """Write the body into ``partial``.

        When the connection breaks, what came is kept, as tus 1.0.0 asks for: a checksum of more
        cannot be checked then, but the whole photo's SHA-256 is at the end in any case. On a bad
        link that is the difference between sending a piece again and going on.

        :raises ApiProblem: 408, 413, 423, 460; nothing of this PATCH is kept then.
        :raises OSError: the disk is full.
        """
        start = partial.offset
        digest = hashlib.new(checksum.algorithm, usedforsecurity=False) if checksum else None

        def add(piece: bytes) -> None:
            partial.add(piece)
            if digest is not None:
                digest.update(piece)

        try:
            while (piece := await self._next()) is not None:
                if partial.offset + len(piece) > declared:
                    raise beyond(declared)
                await run_in_threadpool(add, piece)
        except ClientDisconnect:
            return
        if checksum and digest and not hmac.compare_digest(digest.digest(), checksum.digest):
            detail = "The bytes were damaged on the way. Send them again."
            raise wrong_checksum(detail, start)

    async def _next(self) -> bytes | None:
        """Return the next piece, ``None`` at the end."""
        reading = asyncio.ensure_future(anext(self._stream, None))
        lost = asyncio.ensure_future(self._lease.lost.wait())
        try:
            done, _ = await asyncio.wait(
                {reading, lost}, timeout=self._idle_after, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            lost.cancel()
            if not reading.done():
                reading.cancel()
        if reading in done:
            self._lease.moved()
            return reading.result()
        if self._lease.lost.is_set():
            raise busy()
        raise ApiProblem(ProblemType.UPLOAD_BUSY, 408, "No bytes came for a long time.")
