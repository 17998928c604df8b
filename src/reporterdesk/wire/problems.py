"""The stable ``type`` of each problem the API answers with (Problem Details, RFC 9457)."""

from __future__ import annotations

from enum import StrEnum

MEDIA_TYPE = "application/problem+json"


class ProblemType(StrEnum):
    """Relative references; they are names, and never change."""

    INVALID = "/problems/invalid-message"
    SIGN_IN = "/problems/sign-in"
    WRONG_PASSWORD = "/problems/wrong-password"  # noqa: S105 - a name, not a password
    SLOW_DOWN = "/problems/slow-down"
    NOT_FOUND = "/problems/not-found"
    NOT_ALLOWED = "/problems/not-allowed"
    PRECONDITION_REQUIRED = "/problems/precondition-required"
    STALE_PARENT = "/problems/stale-parent"
    MOVED_ON = "/problems/moved-on"
    STATUS = "/problems/status-does-not-allow"
    ID_REUSED = "/problems/id-reused"
    UNRESOLVED_PHOTO = "/problems/unresolved-photo"
    PHOTOS_MISSING = "/problems/photos-missing"
    WRONG_OFFSET = "/problems/wrong-offset"
    WRONG_CHECKSUM = "/problems/wrong-checksum"
    TOO_LARGE = "/problems/too-large"
    TUS_VERSION = "/problems/tus-version"
    UPLOAD_BUSY = "/problems/upload-busy"
    NO_ROOM = "/problems/no-room"
    INTERNAL = "/problems/internal"
