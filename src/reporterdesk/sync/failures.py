"""What a failed call means for what is on its way, and for the rest of the outbox."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from reporterdesk.domain.errors import (
    Conflict,
    DeliveryError,
    IncompatibleServer,
    NoConnection,
    NotTheApi,
    PhotoError,
    PhotoGone,
    Refused,
    ServerBusy,
    SignInNeeded,
)


class Kind(Enum):
    """What to do about a failure."""

    TRY_AGAIN = auto()
    """This one waits; the others go on."""
    NO_ANSWER = auto()
    """Nothing answered. Twice in a row means that there is no connection, and all wait."""
    ALL_WAIT = auto()
    """It concerns the whole connection: a login page, a server that asks to wait."""
    SIGN_IN = auto()
    """All wait until the person signs in."""
    CONFLICT = auto()
    """The desk holds something newer; the person decides."""
    REFUSED = auto()
    """The desk says no; the person takes the report back and changes it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A classified failure: what to do, one sentence for the outbox, and the server's own wait.

    ``wait`` is in seconds, or ``None`` where the server did not ask for any.
    """

    kind: Kind
    why: str
    wait: float | None = None
    gone: bool = False
    """The upload's address, or the photo itself, is not there any more: ask what is missing."""
    current_revision_id: str | None = None
    """What the desk holds, for a conflict."""
    login_page: str = ""
    """Where a browser meets the page that answered in the desk's place."""


_KINDS: tuple[tuple[type[Exception], Kind], ...] = (
    (NotTheApi, Kind.ALL_WAIT),
    (IncompatibleServer, Kind.ALL_WAIT),
    # A server may fail at one report and not at the next; one that asks to wait: see below.
    (ServerBusy, Kind.TRY_AGAIN),
    (NoConnection, Kind.NO_ANSWER),
    (SignInNeeded, Kind.SIGN_IN),
    (Conflict, Kind.CONFLICT),
    (Refused, Kind.REFUSED),
)
"""The first that fits; whatever else is known is tried again."""


def classify(error: DeliveryError | PhotoError) -> Failure:
    """Return what ``error`` means."""
    kind = next((kind for known, kind in _KINDS if isinstance(error, known)), Kind.TRY_AGAIN)
    page = error.login_page if isinstance(error, NotTheApi) else ""
    failure = Failure(kind, error.happened, login_page=page)
    if isinstance(error, ServerBusy) and error.retry_after is not None:
        return replace(failure, kind=Kind.ALL_WAIT, wait=error.retry_after)
    if isinstance(error, SignInNeeded):
        return replace(failure, why="Waiting for you to sign in.")
    if isinstance(error, Conflict):
        return replace(failure, current_revision_id=error.current_revision_id)
    if isinstance(error, Refused):
        return replace(failure, gone=error.status in {404, 410})
    if isinstance(error, PhotoError):
        # It may be on its way to the desk from another device: the desk is asked again.
        why = "One of its photos is not on this laptop."
        return replace(failure, why=why, gone=isinstance(error, PhotoGone))
    return failure
