"""Photo bytes for readers: of reports they may read, and of published reports for everybody."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Response
from fastapi.responses import StreamingResponse

from reporterdesk.server.routes.common import PartsNeeded, PhotoHash, ReportId, SignedIn, problems
from reporterdesk.server.service.photos import PhotoBytes, published_photo, readable_photo
from reporterdesk.wire.messages import RenditionName

router = APIRouter(tags=["photos"])

_IMAGE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The photo's bytes.",
        "content": {
            media_type: {"schema": {"type": "string", "format": "binary"}}
            for media_type in ("image/jpeg", "image/png", "image/webp")
        },
    },
    304: {"description": "Not Modified"},
}


@router.get(
    "/v1/photos/{sha256}/{rendition}",
    response_class=StreamingResponse,
    responses={**_IMAGE, **problems(401, 404, 422)},
)
def get_photo(
    sha256: PhotoHash,
    rendition: RenditionName,
    person: SignedIn,
    parts: PartsNeeded,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Fetch a photo of a report you may read."""
    photo = readable_photo(parts.database, parts.media, person, sha256, rendition)
    return _answer(photo, sha256, if_none_match, "private, max-age=31536000, immutable")


@router.get(
    "/photos/{report_id}/{sha256}.jpg",
    response_class=StreamingResponse,
    responses={**_IMAGE, **problems(404, 422)},
)
def get_published_photo(
    report_id: ReportId,
    sha256: PhotoHash,
    parts: PartsNeeded,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Show a photo of a published report."""
    photo = published_photo(parts.database, parts.media, report_id, sha256)
    return _answer(photo, sha256, if_none_match, "public, max-age=31536000, immutable")


def _answer(photo: PhotoBytes, sha256: str, if_none_match: str | None, caching: str) -> Response:
    tag = f'"{sha256}"'
    headers = {"ETag": tag, "Cache-Control": caching}
    if if_none_match is not None and (tag in if_none_match or if_none_match.strip() == "*"):
        return Response(status_code=304, headers=headers)
    headers["Content-Length"] = str(photo.bytes)
    return StreamingResponse(photo.pieces, media_type=photo.media_type, headers=headers)
