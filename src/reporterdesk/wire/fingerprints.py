"""How both sides name a text in a receipt."""

from __future__ import annotations

import hashlib


def text_sha256(body: str) -> str:
    """Return the SHA-256 of the UTF-8 of a report's body, in hex."""
    return hashlib.sha256(body.encode()).hexdigest()
