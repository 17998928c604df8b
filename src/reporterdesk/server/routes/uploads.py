"""Photo bytes by the tus 1.0.0 core protocol and its checksum extension, at fixed URLs.

https://tus.io/protocols/resumable-upload (version 1.0.0, 2016-03-25)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from fastapi.concurrency import run_in_threadpool

from reporterdesk.domain.people import Person
from reporterdesk.server.leases import UploadBusy, upload_key
from reporterdesk.server.parts import Parts
from reporterdesk.server.problems import ApiProblem
from reporterdesk.server.receiving import (
    ALGORITHMS,
    Checksum,
    Receiver,
    busy,
    check_offset,
    read_checksum,
    wrong_checksum,
    wrong_offset,
)
from reporterdesk.server.routes.common import (
    PartsNeeded,
    PhotoHash,
    ReportId,
    SignedIn,
    problems,
)
from reporterdesk.server.service.uploading import (
    DeclaredAnew,
    Uploading,
    UploadState,
    WholeChecksumWrong,
)
from reporterdesk.server.tus import TUS_VERSION
from reporterdesk.wire.problems import ProblemType

router = APIRouter(prefix="/v1/uploads", tags=["uploads"])

_BYTES = "application/offset+octet-stream"
_OFFSET = {"Upload-Offset": {"schema": {"type": "integer"}, "description": "Bytes held for good."}}
_LENGTH = {"Upload-Length": {"schema": {"type": "integer"}, "description": "Bytes declared."}}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {_BYTES: {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.options("/{report_id}/{sha256}", status_code=204)
def upload_options() -> Response:
    """Tell what of tus this server speaks."""
    headers = {
        "Tus-Version": TUS_VERSION,
        "Tus-Extension": "checksum",
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
        "Allow": "OPTIONS, HEAD, PATCH",
    }
    return Response(status_code=204, headers=headers)


@router.head(
    "/{report_id}/{sha256}",
    response_class=Response,
    responses={
        200: {"description": "Where the upload stands.", "headers": _OFFSET | _LENGTH},
        **problems(401, 404, 412, 422),
    },
)
def upload_offset(
    report_id: ReportId,
    sha256: PhotoHash,
    person: SignedIn,
    parts: PartsNeeded,
    tus_resumable: Annotated[str, Header()] = "",
) -> Response:
    """Tell how many bytes are held for good."""
    _check_version(tus_resumable)
    state = _uploading(parts).state(person, report_id, sha256)
    headers = {"Upload-Offset": str(state.offset), "Upload-Length": str(state.bytes)}
    return Response(status_code=200, headers=headers)


@router.patch(
    "/{report_id}/{sha256}",
    status_code=204,
    openapi_extra=_BODY,
    responses={
        204: {"description": "The bytes are held for good.", "headers": _OFFSET},
        **problems(400, 401, 404, 408, 409, 412, 413, 415, 422, 423, 460, 507),
    },
)
async def upload_bytes(
    *,
    report_id: ReportId,
    sha256: PhotoHash,
    request: Request,
    person: SignedIn,
    parts: PartsNeeded,
    tus_resumable: Annotated[str, Header()] = "",
    upload_offset: Annotated[int | None, Header(ge=0)] = None,
    upload_checksum: Annotated[str | None, Header()] = None,
) -> Response:
    """Add bytes at an offset."""
    _check_version(tus_resumable)
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != _BYTES:
        raise ApiProblem(ProblemType.INVALID, 415, f"Send the bytes as {_BYTES}.")
    if upload_offset is None:
        raise ApiProblem(ProblemType.INVALID, 400, "The header Upload-Offset is missing.")
    checksum = read_checksum(upload_checksum)
    await run_in_threadpool(_uploading(parts).state, person, report_id, sha256)  # or 404
    try:
        async with parts.leases.hold(upload_key(report_id, sha256)) as lease:
            receiver = Receiver(request, lease, parts.config.upload_idle_after)
            sending = _Sending(person, report_id, sha256, upload_offset, checksum)
            offset = await _receive(parts, sending, receiver)
    except UploadBusy:
        raise busy() from None
    except DeclaredAnew:
        raise wrong_offset(0, "The photo’s size was put right meanwhile. Start again.") from None
    return Response(status_code=204, headers={"Upload-Offset": str(offset)})


@dataclass(frozen=True, slots=True)
class _Sending:
    """One PATCH: who sends which bytes of which photo."""

    person: Person
    report_id: str
    sha256: str
    offset: int
    checksum: Checksum | None


async def _receive(parts: Parts, sending: _Sending, receiver: Receiver) -> int:
    """Take the bytes in and acknowledge them; return the new offset."""
    uploading = _uploading(parts)
    photo = (sending.report_id, sending.sha256)
    state: UploadState = await run_in_threadpool(uploading.state, sending.person, *photo)
    check_offset(state, sending.offset, receiver.announced)
    if state.held:
        return state.bytes
    partial = await run_in_threadpool(uploading.partial.open, *photo, sending.offset)
    with partial:
        await receiver.into(partial, state.bytes, sending.checksum)
        new_offset = await run_in_threadpool(partial.keep)
        if new_offset < state.bytes:
            await run_in_threadpool(uploading.advance, *photo, new_offset, state.bytes)
    if new_offset == state.bytes:
        try:
            await run_in_threadpool(
                uploading.complete, sending.person, *photo, state.bytes, parts.clock()
            )
        except WholeChecksumWrong:
            detail = "All bytes came, but they are not this photo. The upload starts again at 0."
            raise wrong_checksum(detail, 0) from None
    return new_offset


def _check_version(said: str) -> None:
    if said != TUS_VERSION:
        detail = f"This server speaks tus {TUS_VERSION}; say so in the header Tus-Resumable."
        headers = {"Tus-Version": TUS_VERSION}
        raise ApiProblem(ProblemType.TUS_VERSION, 412, detail, headers=headers)


def _uploading(parts: Parts) -> Uploading:
    return Uploading(parts.database, parts.media, parts.partial)
