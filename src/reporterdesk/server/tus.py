"""What the tus 1.0.0 core protocol asks of every call to an upload, whatever comes of it.

https://tus.io/protocols/resumable-upload (version 1.0.0, 2016-03-25), “Headers”.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

UPLOADS = "/v1/uploads/"
TUS_VERSION = "1.0.0"
_METHODS = frozenset({"HEAD", "PATCH", "OPTIONS"})


class Tus:
    """Says the protocol’s version in every answer, and takes a method out of a header.

    Refusals are answers, too: a client tells ours from those of a network in between by this
    header, as answers to ``HEAD`` have no body.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one call."""
        if scope["type"] != "http" or not scope["path"].startswith(UPLOADS):
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Tus-Resumable"] = TUS_VERSION
                headers["Cache-Control"] = "no-store"
            await send(message)

        # For networks that let no PATCH through: “the actual method MUST be ignored”.
        override = Headers(scope=scope).get("X-HTTP-Method-Override", "").strip().upper()
        if override in _METHODS:
            scope = {**scope, "method": override}
        await self._app(scope, receive, sending)
