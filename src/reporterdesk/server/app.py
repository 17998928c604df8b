"""The server's composition root: builds every part once and mounts the routes."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from fastapi import FastAPI

from reporterdesk import __version__
from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.durable import sync_folder
from reporterdesk.pages.settings import SiteSettings
from reporterdesk.server.auth import Passwords
from reporterdesk.server.config import ServerConfig
from reporterdesk.server.database import Database
from reporterdesk.server.handlers import add_handlers
from reporterdesk.server.leases import UploadLeases
from reporterdesk.server.media import Media, make_media
from reporterdesk.server.metrics import Metrics
from reporterdesk.server.middleware import Bodies, Guard
from reporterdesk.server.partial import PartialUploads
from reporterdesk.server.parts import Bell, Parts
from reporterdesk.server.published import PublishedTables
from reporterdesk.server.rounds import Rounds
from reporterdesk.server.routes import desk, health, photos, reports, tokens, uploads
from reporterdesk.server.site.missing import show_missing_pages
from reporterdesk.server.site.routes import site_router
from reporterdesk.server.tus import Tus
from reporterdesk.wire.messages import Problem


def create_app(
    config: ServerConfig,
    *,
    clock: Clock = utc_now,
    media: Media | None = None,
    passwords: Passwords | None = None,
) -> FastAPI:
    """Build the server. What is passed beside the configuration is for tests of faults.

    :raises StoreTooNew: the database was written by a newer server.
    """
    config.data.mkdir(parents=True, exist_ok=True)
    config.partial_uploads.mkdir(exist_ok=True)
    if config.media_url is None:
        config.photos.mkdir(exist_ok=True)
    sync_folder(config.data)
    parts = make_parts(config, clock, media, passwords or Passwords())
    app = FastAPI(
        title="ReporterDesk publishing API",
        version=__version__,
        summary="File, review and publish event reports.",
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.parts = parts
    add_handlers(app)
    for room in (tokens, reports, desk, uploads, photos, health):
        app.include_router(room.router)
    settings = SiteSettings(public_url=config.public_url)
    published = PublishedTables(parts.database)
    app.include_router(site_router(published, settings))
    show_missing_pages(app, published, settings)
    _document_problems(app)
    app.add_middleware(Bodies, limit=config.body_limit)
    app.add_middleware(Tus)
    app.add_middleware(Guard, metrics=parts.metrics)
    return app


def make_parts(
    config: ServerConfig, clock: Clock, media: Media | None, passwords: Passwords
) -> Parts:
    """Build what the routes need."""
    bell = Bell()
    return Parts(
        config=config,
        database=Database(config.database, bell.ring),
        media=media or make_media(config.media_url, config.photos),
        partial=PartialUploads(config.partial_uploads),
        passwords=passwords,
        bell=bell,
        leases=UploadLeases(config.upload_stalled_after),
        metrics=Metrics(),
        clock=clock,
    )


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    parts: Parts = app.state.parts
    try:
        async with Rounds(parts).going():
            yield
    finally:
        parts.bell.close()
        parts.database.close()


def _document_problems(app: FastAPI) -> None:
    """Name the shape of problems in the API document, where every call refers to it."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        document = made()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas.setdefault("Problem", Problem.model_json_schema())
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI’s own way
