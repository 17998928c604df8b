"""A page for readers who follow an address that is not there; programs keep their own answer."""

from __future__ import annotations

import inspect

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reporterdesk.pages.settings import SiteSettings
from reporterdesk.server.site.routes import Site
from reporterdesk.server.site.source import PublishedSource


def show_missing_pages(app: FastAPI, source: PublishedSource, settings: SiteSettings) -> None:
    """Answer 404 with a page where a browser asks outside the API; else as ``app`` did before.

    To be called after the app's own handler of :class:`HTTPException` is in its place.
    """
    site = Site(source, settings)
    before = app.exception_handlers[HTTPException]

    async def missing(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException) and error.status_code == 404 and _by_reader(request):
            return await run_in_threadpool(site.not_found, request)
        answered = before(request, error)
        response: Response = await answered if inspect.isawaitable(answered) else answered
        return response

    app.add_exception_handler(HTTPException, missing)


def _by_reader(request: Request) -> bool:
    wants_page = "text/html" in request.headers.get("Accept", "")
    reads = request.method in {"GET", "HEAD"}
    return wants_page and reads and not request.url.path.startswith("/v1/")
