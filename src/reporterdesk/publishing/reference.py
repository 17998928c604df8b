"""The connector to the reference server: the publishing API, version 1, over HTTP.

Importing this module imports ``requests``; the app does so after its first paint.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from reporterdesk.domain.errors import (
    IncompatibleServer,
    NoConnection,
    NotTheApi,
    OffsetMismatch,
    SignInNeeded,
)
from reporterdesk.publishing.addresses import normal_server_url, upload_address
from reporterdesk.publishing.answers import check, check_sign_in, message_of
from reporterdesk.publishing.connector import Connector
from reporterdesk.publishing.http import Answer, Http, Limits
from reporterdesk.publishing.route import Route
from reporterdesk.wire.messages import (
    API_VERSION,
    ChangesAnswer,
    CommentRequest,
    DecisionAnswer,
    DecisionRequest,
    FileAnswer,
    FileRequest,
    MeAnswer,
    Message,
    RenditionName,
    ReportAnswer,
    ReportsAnswer,
    RevisionAnswer,
    SignInAnswer,
    SignInRequest,
    WantedRequest,
)

_TUS = {"Tus-Resumable": "1.0.0"}
_PIECE = "application/offset+octet-stream"


class ReferenceSignIn:
    """Signs a device in at a reference server."""

    def __init__(self, limits: Limits | None = None, route: Route | None = None) -> None:
        self._limits = limits
        self._route = route

    def sign_in(self, server_url: str, email: str, password: str, device: str) -> SignInAnswer:
        """Exchange e-mail and password for a token; see :class:`SignIn`."""
        http = Http(normal_server_url(server_url), None, self._limits, self._route)
        request = SignInRequest.model_construct(
            email=email.strip()[:320], password=password[:1024], device=device[:200]
        )
        try:
            url = f"{http.base_url}/v1/tokens"
            answer = http.send_json("POST", url, request.model_dump(mode="json"))
            check_sign_in(answer)
            return message_of(answer, SignInAnswer, expected=(200, 201))
        finally:
            http.close()

    def connect(self, server_url: str, token: str) -> Connector:
        """Return a connector with this device's token. Makes no call yet."""
        return ReferenceConnector(normal_server_url(server_url), token, self._limits, self._route)


class ReferenceConnector:
    """One signed-in connection to a reference server. May be called from several threads.

    Never follows a redirect, so that the token goes nowhere but to ``base_url``.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        limits: Limits | None = None,
        route: Route | None = None,
    ) -> None:
        self._http = Http(base_url, token, limits, route)
        self._takes_gzip = True

    def me(self) -> MeAnswer:
        """Ask who is signed in; see :class:`Connector`."""
        answer = self._get("/v1/me")
        if answer.status in {404, 405, 410} and answer.media_type.endswith("json"):
            raise IncompatibleServer
        if answer.status == 200 and _other_version(answer.body):
            raise IncompatibleServer
        return message_of(answer, MeAnswer)

    def sign_out(self) -> None:
        """Revoke this device's token; one that is revoked already is as good."""
        try:
            self._send("DELETE", "/v1/tokens/current", expected=(200, 204))
        except SignInNeeded:
            return

    def file(self, report_id: str, request: FileRequest) -> FileAnswer:
        """File a revision; see :class:`Connector`."""
        parent = request.parent_revision_id
        condition = {"If-Match": f'"{parent}"'} if parent else {"If-None-Match": "*"}
        url = self._url("/v1/reports", report_id)
        message = request.model_dump(mode="json")
        compressed = self._takes_gzip
        answer = self._http.send_json("PUT", url, message, headers=condition, compressed=compressed)
        if answer.status == 415 and compressed:
            # RFC 9110, section 15.5.16: the server does not take this content coding.
            self._takes_gzip = False
            answer = self._http.send_json("PUT", url, message, headers=condition)
        return message_of(answer, FileAnswer, expected=(200, 201))

    def upload_offset(self, upload_url: str) -> int:
        """Ask how many bytes of an upload the server holds; ``HEAD`` of tus 1.0.0."""
        url = upload_address(self._http.base_url, upload_url)
        answer = self._http.call("HEAD", url, headers=_TUS)
        check(answer, (200, 204))
        return _offset(answer)

    def upload(self, upload_url: str, offset: int, chunk: bytes) -> int:
        """Send ``chunk`` at ``offset``; ``PATCH`` of tus 1.0.0 with its checksum extension."""
        url = upload_address(self._http.base_url, upload_url)
        digest = base64.b64encode(hashlib.sha256(chunk).digest()).decode("ascii")
        headers = {
            **_TUS,
            "Content-Type": _PIECE,
            "Upload-Offset": str(offset),
            "Upload-Checksum": f"sha256 {digest}",
        }
        answer = self._http.call("PATCH", url, headers=headers, body=chunk)
        if answer.status == 409:
            raise OffsetMismatch
        check(answer, (204,))
        return _offset(answer)

    def report(self, report_id: str) -> ReportAnswer:
        """Read a report's newest revision; see :class:`Connector`."""
        return message_of(self._get("/v1/reports", report_id), ReportAnswer)

    def revision(self, report_id: str, revision_id: str) -> RevisionAnswer:
        """Read one revision, whole; see :class:`Connector`."""
        answer = self._get("/v1/reports", report_id, "revisions", revision_id)
        return message_of(answer, RevisionAnswer)

    def reports(
        self,
        *,
        section: str | None = None,
        status: str | None = None,
        waiting: bool = False,
        query: str = "",
        after: str | None = None,
        limit: int = 50,
    ) -> ReportsAnswer:
        """List reports, a page at a time; see :class:`Connector`."""
        asked = {"section": section, "status": status, "q": query or None, "after": after}
        asked["waiting"] = "true" if waiting else None
        params = {name: value for name, value in asked.items() if value is not None}
        answer = self._get("/v1/reports", params={**params, "limit": str(limit)})
        return message_of(answer, ReportsAnswer)

    def changes(self, after: str | None, *, wait: float = 0) -> ChangesAnswer:
        """Ask what changed, waiting up to ``wait`` seconds; see :class:`Connector`."""
        params = {"after": after} if after is not None else {}
        if wait > 0:
            params["wait"] = f"{wait:g}"
        return message_of(self._get("/v1/changes", params=params, patience=wait), ChangesAnswer)

    def decide(self, report_id: str, decision_id: str, request: DecisionRequest) -> DecisionAnswer:
        """Record an editor's decision; see :class:`Connector`."""
        path = ("/v1/reports", report_id, "decisions", decision_id)
        answer = self._send("PUT", *path, message=request, expected=(200, 201))
        return message_of(answer, DecisionAnswer, expected=(200, 201))

    def comment(self, report_id: str, comment_id: str, request: CommentRequest) -> None:
        """Record a note; see :class:`Connector`."""
        path = ("/v1/reports", report_id, "comments", comment_id)
        self._send("PUT", *path, message=request, expected=(200, 201, 204))

    def claim(self, report_id: str) -> None:
        """Say "I am reading this"."""
        self._send("PUT", "/v1/reports", report_id, "claim", expected=(200, 201, 204))

    def release(self, report_id: str) -> None:
        """Take the claim back."""
        self._send("DELETE", "/v1/reports", report_id, "claim", expected=(200, 204))

    def want(self, report_id: str, photos: Sequence[str]) -> None:
        """Ask for these photos first; see :class:`Connector`."""
        message = WantedRequest(photos=tuple(photos))
        path = ("/v1/reports", report_id, "wanted")
        self._send("PUT", *path, message=message, expected=(200, 204))

    def photo(self, sha256: str, rendition: RenditionName) -> bytes:
        """Fetch a photo's bytes, verified against their SHA-256."""
        url = self._url("/v1/photos", sha256, rendition)
        answer = self._http.call("GET", url, largest=self._http.limits.photo)
        check(answer, (200,))
        if hashlib.sha256(answer.body).hexdigest() != sha256:
            if answer.media_type.startswith("image/"):
                raise NoConnection("The photo arrived damaged.")
            raise NotTheApi
        return answer.body

    def close(self) -> None:
        """Close the kept connections."""
        self._http.close()

    def _url(self, path: str, *segments: str) -> str:
        return self._http.base_url + "/".join([path, *(quote(part, safe="") for part in segments)])

    def _get(
        self,
        path: str,
        *segments: str,
        params: Mapping[str, str] | None = None,
        patience: float = 0.0,
    ) -> Answer:
        return self._http.call(
            "GET",
            self._url(path, *segments),
            headers={"Accept": "application/json"},
            params=params,
            patience=patience,
        )

    def _send(
        self,
        method: str,
        path: str,
        *segments: str,
        expected: tuple[int, ...],
        message: Message | None = None,
    ) -> Answer:
        url = self._url(path, *segments)
        body: Mapping[str, Any] = message.model_dump(mode="json") if message else {}
        if message is None:
            answer = self._http.call(method, url, headers={"Accept": "application/json"})
        else:
            answer = self._http.send_json(method, url, body)
        check(answer, expected)
        return answer


def _other_version(body: bytes) -> bool:
    """Look at the version before the shape: another version may have other shapes."""
    try:
        answer = json.loads(body)
    except ValueError:
        return False
    version = answer.get("api_version") if isinstance(answer, dict) else None
    return isinstance(version, int) and version != API_VERSION


def _offset(answer: Answer) -> int:
    text = answer.headers.get("Upload-Offset", "")
    if not (text.isascii() and text.isdigit()):
        raise NotTheApi
    return int(text[:18])
