"""Ids are made on this laptop, before anything is sent, so that nothing can be created twice."""

from __future__ import annotations

import uuid


def new_id() -> str:
    """Return a new random id (UUID version 4, RFC 9562) in its canonical text form."""
    return str(uuid.uuid4())
