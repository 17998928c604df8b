"""What the app needs of a central publishing API; every connector speaks this."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from reporterdesk.wire.messages import (
    ChangesAnswer,
    CommentRequest,
    DecisionAnswer,
    DecisionRequest,
    FileAnswer,
    FileRequest,
    MeAnswer,
    RenditionName,
    ReportAnswer,
    ReportsAnswer,
    RevisionAnswer,
    SignInAnswer,
)


class Connector(Protocol):
    """One signed-in connection. Calls block: they are made on a network thread, never on the UI's.

    Every call raises only :class:`~reporterdesk.domain.errors.DeliveryError` and its kinds:
    ``NoConnection`` (and ``NotTheApi``, ``ServerBusy``), ``SignInNeeded``, ``Conflict``,
    ``OffsetMismatch``, ``Refused``, ``IncompatibleServer``.
    """

    def me(self) -> MeAnswer:
        """Ask who is signed in, and for which sections."""
        ...

    def sign_out(self) -> None:
        """Revoke this device's token."""
        ...

    def file(self, report_id: str, request: FileRequest) -> FileAnswer:
        """File a revision; the same revision again gives the same answer.

        :raises Conflict: the desk holds another revision than ``parent_revision_id``.
        """
        ...

    def upload_offset(self, upload_url: str) -> int:
        """Ask how many bytes of an upload the server holds for good."""
        ...

    def upload(self, upload_url: str, offset: int, chunk: bytes) -> int:
        """Send ``chunk`` at ``offset``; return the new offset.

        :raises OffsetMismatch: the server stands elsewhere; ask for the offset and go on.
        """
        ...

    def report(self, report_id: str) -> ReportAnswer:
        """Read a report's newest revision with its decisions and comments."""
        ...

    def revision(self, report_id: str, revision_id: str) -> RevisionAnswer:
        """Read one revision of a report, whole, exactly as it was filed."""
        ...

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
        """List reports, newest change first, a page at a time.

        ``waiting`` keeps what an editor has to read: filed, approved, and corrections.
        """
        ...

    def changes(self, after: str | None, *, wait: float = 0) -> ChangesAnswer:
        """Ask what changed after a cursor, waiting up to ``wait`` seconds for something."""
        ...

    def decide(self, report_id: str, decision_id: str, request: DecisionRequest) -> DecisionAnswer:
        """Record an editor's decision, bound to the revision they saw.

        :raises Conflict: the report has moved on.
        """
        ...

    def comment(self, report_id: str, comment_id: str, request: CommentRequest) -> None:
        """Record a note on a block or on the whole."""
        ...

    def claim(self, report_id: str) -> None:
        """Say "I am reading this"; soft, and it expires."""
        ...

    def release(self, report_id: str) -> None:
        """Take the claim back."""
        ...

    def want(self, report_id: str, photos: Sequence[str]) -> None:
        """Ask for these photos first, by id and in this order; an empty list takes it back.

        For an editor of the report's section; the same again changes nothing.
        """
        ...

    def photo(self, sha256: str, rendition: RenditionName) -> bytes:
        """Fetch a photo's bytes, verified against their SHA-256."""
        ...

    def close(self) -> None:
        """Close kept connections; a later call opens another."""
        ...


class SignIn(Protocol):
    """Signs a device in and makes the connector for it."""

    def sign_in(self, server_url: str, email: str, password: str, device: str) -> SignInAnswer:
        """Exchange e-mail and password for a token.

        :raises WrongPassword: the server knows no such pair.
        :raises NotTheApi: the URL answers, but is no publishing API.
        :raises IncompatibleServer: an API of another version.
        """
        ...

    def connect(self, server_url: str, token: str) -> Connector:
        """Return a connector with this device's token. Makes no call yet."""
        ...
