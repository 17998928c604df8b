"""Speaking the publishing API in tests, by plain HTTP: what the contract says, nothing hidden."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import requests

from reporterdesk.domain.ids import new_id
from support.servers import PASSWORD


class Api:
    """One signed-in device. Every call returns the plain response."""

    def __init__(self, url: str, email: str | None = None, device: str = "test") -> None:
        self.url = url
        self.name = (email or "nobody").partition("@")[0]
        self.session = requests.Session()
        if email is not None:
            message = {"email": email, "password": PASSWORD, "device": f"{device} {new_id()}"}
            answer = self.session.post(f"{url}/v1/tokens", json=message, timeout=30)
            assert answer.status_code == 201, answer.text
            self.token = answer.json()["token"]
            self.session.headers["Authorization"] = f"Bearer {self.token}"

    @classmethod
    def with_token(cls, url: str, token: str) -> Api:
        """Return a device that is signed in already."""
        api = cls(url)
        api.token = token
        api.session.headers["Authorization"] = f"Bearer {token}"
        return api

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        """Make a call; ``path`` starts with a slash."""
        options.setdefault("timeout", 30)
        return self.session.request(method, self.url + path, **options)

    def get(self, path: str, **options: Any) -> requests.Response:
        """Read."""
        return self.call("GET", path, **options)

    def file(
        self, report_id: str, message: dict[str, Any], *, parent: str | None = None
    ) -> requests.Response:
        """File a revision, as the first or on top of ``parent``."""
        headers = {"If-Match": f'"{parent}"'} if parent else {"If-None-Match": "*"}
        body = message | {"parent_revision_id": parent}
        return self.call("PUT", f"/v1/reports/{report_id}", json=body, headers=headers)

    def decide(
        self, report_id: str, decision: str, revision_id: str, **more: Any
    ) -> requests.Response:
        """Decide, with a new id unless ``decision_id`` is given."""
        decision_id = more.pop("decision_id", new_id())
        message = {"decision": decision, "revision_id": revision_id, **more}
        return self.call("PUT", f"/v1/reports/{report_id}/decisions/{decision_id}", json=message)

    def patch(
        self, url: str, offset: int, chunk: bytes, *, digest: bytes | None = None, **headers: str
    ) -> requests.Response:
        """Send photo bytes with their checksum (or the wrong ``digest``)."""
        checksum = base64.b64encode(digest or hashlib.sha256(chunk).digest()).decode()
        sent = {
            "Tus-Resumable": "1.0.0",
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(offset),
            "Upload-Checksum": f"sha256 {checksum}",
        }
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.call("PATCH", url, data=chunk, headers=sent)

    def head(self, url: str) -> requests.Response:
        """Ask where an upload stands."""
        return self.call("HEAD", url, headers={"Tus-Resumable": "1.0.0"})

    def close(self) -> None:
        """Close kept connections."""
        self.session.close()


def message(**fields: Any) -> dict[str, Any]:
    """Return a fileable revision with a new id."""
    return {
        "revision_id": new_id(),
        "parent_revision_id": None,
        "section": "town",
        "language": "en",
        "headline": "Bridge opens",
        "body": "The bridge is open.\n",
        "event": {"name": "Opening", "kind": "launch", "starts_at": "2026-03-14", "city": "Lodi"},
        "photos": [],
        **fields,
    }


def photo(preview: bytes, full: bytes, **fields: Any) -> dict[str, Any]:
    """Return a photo of a manifest with these bytes."""
    return {
        "id": new_id(),
        "caption": "The ribbon is cut.",
        "credit": "Ana",
        "alt_text": "A ribbon",
        "renditions": {"preview": rendition(preview), "full": rendition(full)},
        **fields,
    }


def rendition(data: bytes) -> dict[str, Any]:
    """Return how a manifest declares these bytes."""
    return {
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "media_type": "image/jpeg",
        "width": 10,
        "height": 10,
    }
