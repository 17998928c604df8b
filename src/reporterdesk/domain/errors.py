"""The one tree of known errors. What is not in it is a bug.

::

    ReporterDeskError
    ├── StoreError                 the draft store on this laptop
    │   ├── StoreFull              no room on the disk
    │   ├── StoreUnreadable        the file is not a draft store, or is damaged
    │   │   └── ProtectionDamaged  it is not known how the store is encrypted
    │   ├── StoreTooNew            written by a newer ReporterDesk
    │   ├── StoreLocked            encrypted, and the key is not here
    │   │   ├── WrongStoreKey      a key, but not the one of this store
    │   │   ├── WrongPassphrase
    │   │   └── WrongRecoveryCode
    │   ├── ChangeCancelled        the person stopped a change of the whole store
    │   └── StoreInUse             another ReporterDesk has it open
    │       └── NoAnswer           and does not show its window
    ├── ReportError                what was asked does not fit the report
    │   ├── ReportNotFound
    │   │   └── ReportWithdrawn   it was published once
    │   ├── NotReady               the readiness checks found something missing
    │   └── TransitionRefused      the status does not allow it
    ├── PhotoError                 a file that cannot become a photo
    │   ├── PhotoGone              the file vanished or cannot be read
    │   ├── PhotoEmpty             0 bytes
    │   ├── NotAPhoto              no image format that we read
    │   ├── PhotoDamaged           an image, but truncated or broken
    │   └── PhotoTooLarge          more pixels than can be opened safely
    ├── DeliveryError              a call to the publishing API that did not succeed
    │   ├── NoConnection           nothing answered; try again
    │   │   ├── NotTheApi          something answered, but not the API: a login page, a web site
    │   │   └── ServerBusy         the API asks to wait
    │   ├── SignInNeeded           no token, or an expired or revoked one
    │   │   └── WrongPassword
    │   ├── Conflict               the report has moved on at the desk
    │   ├── OffsetMismatch         ask for the offset and go on
    │   │   └── WrongChecksum      bytes were damaged on their way
    │   ├── Refused                the desk's server says no, and why
    │   └── IncompatibleServer     a server of another version
    ├── ArchiveError               an archive of reports that cannot be written or read
    │   ├── NotAnArchive
    │   ├── ArchiveDamaged
    │   ├── ArchiveTooNew          written by a newer ReporterDesk
    │   └── ArchiveCancelled       the person stopped it
    ├── IncomingError              a file that cannot become a report
    │   ├── FileUnreadable         it is not there, or may not be read
    │   ├── FileTooLarge
    │   ├── FileDamaged            truncated or broken
    │   ├── FileProtected          it needs a password
    │   ├── NotWhatItSays          its content is not what its name says
    │   └── IncomingStopped        the person stopped it
    ├── PatternError               what is looked for cannot be read
    │   └── ExpressionTooSlow      a regular expression that would take for ever
    ├── FileNotWritten             a file that the person wanted could not be written
    └── VaultUnavailable           this system has no working keyring

A known error carries one plain sentence each for what happened, what is safe, and what happens
next; :func:`str` joins them.
"""

from __future__ import annotations


class ReporterDeskError(Exception):
    """A known error, told in plain sentences. Subclasses give the defaults."""

    happened: str = "Something went wrong."
    safe: str = ""
    next_step: str = ""

    def __init__(
        self, happened: str | None = None, *, safe: str | None = None, next_step: str | None = None
    ) -> None:
        if happened is not None:
            self.happened = happened
        if safe is not None:
            self.safe = safe
        if next_step is not None:
            self.next_step = next_step
        super().__init__(self.happened, self.safe, self.next_step)

    def __str__(self) -> str:
        return " ".join(part for part in (self.happened, self.safe, self.next_step) if part)


class StoreError(ReporterDeskError):
    """The draft store on this laptop could not do what was asked."""

    happened = "The draft store could not be used."


class StoreFull(StoreError):
    """There is no room on the disk."""

    happened = "This disk is full, so nothing is being saved."
    safe = "Your text is still in the window."
    next_step = "Make room on the disk; saving goes on by itself."


class StoreUnreadable(StoreError):
    """The file is not a draft store, or is damaged."""

    happened = "The draft store cannot be read."
    safe = "The file was left exactly as it is."


class ProtectionDamaged(StoreUnreadable):
    """It is not known how the store is encrypted; its key still opens it."""

    happened = "It is not known how these drafts are encrypted."
    next_step = "Enter your recovery code to open them."


class StoreTooNew(StoreError):
    """The store was written by a newer ReporterDesk."""

    happened = "These drafts were written by a newer ReporterDesk."
    safe = "Nothing was changed."
    next_step = "Install the newer version to open them."


class StoreLocked(StoreError):
    """The store is encrypted, and its key is not here."""

    happened = "These drafts are encrypted, and the key that opens them is not in the keyring."
    safe = "Nothing was changed."
    next_step = "Enter your recovery code to open them."


class WrongStoreKey(StoreLocked):
    """A key was found, and it is not the one of this store."""

    happened = "The key in the keyring is not the one that these drafts were encrypted with."


class WrongPassphrase(StoreLocked):
    """The passphrase does not open the store."""

    happened = "This is not the passphrase of these drafts."
    next_step = "Look at the keyboard’s language and Caps Lock, and try again."


class WrongRecoveryCode(StoreLocked):
    """The words are no recovery code, or that of another store."""

    happened = "This is not the recovery code of these drafts."
    next_step = "Compare it with your copy word by word."


class ChangeCancelled(StoreError):
    """The person stopped a change of the whole store before it counted."""

    happened = "It was cancelled."
    safe = "Nothing was changed."


class StoreInUse(StoreError):
    """Another ReporterDesk has this store open."""

    happened = "ReporterDesk is already running with these drafts."
    safe = "Nothing was changed."


class NoAnswer(StoreInUse):
    """Another ReporterDesk has the store open, and does not show its window."""

    happened = "ReporterDesk is already running with these drafts, but its window does not answer."
    safe = "Your drafts are safe."
    next_step = (
        "Wait a minute and start it again. If that does not help, restart the laptop: that ends"
        " the one that is running."
    )


class ReportError(ReporterDeskError):
    """What was asked does not fit the report."""


class ReportNotFound(ReportError):
    """No report has this id, or this person may not know of it."""

    happened = "This report is not here."


class ReportWithdrawn(ReportNotFound):
    """The report was published once, and the desk has withdrawn it."""

    happened = "This report was withdrawn by the desk."


class NotReady(ReportError):
    """The readiness checks found something missing.

    :ivar missing: the failed checks (``domain.readiness.Missing``), in the order of the form.
    """

    happened = "The report is not ready to file."
    safe = "It is saved as a draft."

    def __init__(self, missing: tuple[object, ...] = ()) -> None:
        super().__init__()
        self.missing = missing


class TransitionRefused(ReportError):
    """The report's status does not allow this."""

    happened = "That is not possible for a report with this status."


class PhotoError(ReporterDeskError):
    """A file that cannot become a photo."""

    happened = "This photo could not be added."
    safe = "The report and its other photos are untouched."


class PhotoGone(PhotoError):
    """The file vanished or cannot be read."""

    happened = "The file could not be read; it may have been moved, or its card pulled out."


class PhotoEmpty(PhotoError):
    """The file has 0 bytes."""

    happened = "The file is empty (0 bytes)."


class NotAPhoto(PhotoError):
    """The file has no image format that we read, whatever its name says."""

    happened = "The file is not a photo that can be read."


class PhotoDamaged(PhotoError):
    """An image, but truncated or broken."""

    happened = "The photo is damaged or incomplete."
    next_step = "Copy it from the camera again."


class PhotoTooLarge(PhotoError):
    """More pixels than can be opened safely."""

    happened = "The picture has too many pixels to be opened safely."
    next_step = "Export a smaller version of it and add that."


class DeliveryError(ReporterDeskError):
    """A call to the publishing API that did not succeed."""

    safe = "The report is safe on this laptop."


class NoConnection(DeliveryError):
    """Nothing answered. Offline is normal: it is tried again.

    :ivar may_have_arrived: the call may have had its effect, and only the answer was lost.
    """

    happened = "There is no connection to the desk."
    next_step = "It is sent as soon as there is one."
    may_have_arrived = True


class NotTheApi(NoConnection):
    """Something answered, but not the API: a login page or another web site.

    :ivar login_page: where a browser would meet that page; ``""`` where nobody need look.
    """

    happened = "This network answered in place of the desk; it may want you to log in."
    login_page = ""
    may_have_arrived = False


class ServerBusy(NoConnection):
    """The API asks to wait.

    :ivar retry_after: seconds, or ``None`` where the server did not say.
    """

    happened = "The desk's server is busy."

    def __init__(self, happened: str | None = None, *, retry_after: float | None = None) -> None:
        super().__init__(happened)
        self.retry_after = retry_after


class SignInNeeded(DeliveryError):
    """No token, or an expired or revoked one."""

    happened = "You are signed out."
    next_step = "Sign in, and it is sent."


class WrongPassword(SignInNeeded):
    """The server knows no such e-mail address with this password."""

    happened = "The e-mail address or the password is wrong."
    safe = ""
    next_step = "Check both and try again."


class Conflict(DeliveryError):
    """The report has moved on at the desk.

    :ivar current_revision_id: what the desk holds now, where it said so.
    """

    happened = "The desk has a newer revision of this report."

    def __init__(
        self, happened: str | None = None, *, current_revision_id: str | None = None
    ) -> None:
        super().__init__(happened)
        self.current_revision_id = current_revision_id


class OffsetMismatch(DeliveryError):
    """The upload stands at another offset: ask for it and go on."""

    happened = "The upload stands at another place."
    next_step = "It goes on from there."


class WrongChecksum(OffsetMismatch):
    """The bytes that arrived are not those that were sent."""

    happened = "A photo was damaged on its way."
    next_step = "It is sent again."


class Refused(DeliveryError):
    """The desk's server says no.

    :ivar problem_type: the Problem Details ``type`` (RFC 9457).
    :ivar status: the HTTP status code.
    """

    happened = "The desk's server refused it."
    next_step = "Change the report and file it again."

    def __init__(
        self, happened: str | None = None, *, problem_type: str = "about:blank", status: int = 0
    ) -> None:
        super().__init__(happened)
        self.problem_type = problem_type
        self.status = status


class IncompatibleServer(DeliveryError):
    """A server of another version."""

    happened = "The desk's server speaks another version of the publishing API."
    next_step = "Update ReporterDesk, or ask the desk which address to use."


class ArchiveError(ReporterDeskError):
    """An archive of reports that cannot be written or read."""

    happened = "The archive could not be written."
    safe = "Your reports are untouched."
    next_step = "Choose another folder or disk and try again."


class NotAnArchive(ArchiveError):
    """The file is something else."""

    happened = "This file is not an archive of ReporterDesk."
    next_step = "Choose the .zip that “Export archive…” wrote."


class ArchiveDamaged(ArchiveError):
    """Its list of contents cannot be read."""

    happened = "This archive is damaged."
    next_step = "Its reports and photos can still be read: unpack it with any zip program."


class ArchiveTooNew(ArchiveError):
    """A newer ReporterDesk wrote it."""

    happened = "This archive was written by a newer ReporterDesk."
    next_step = "Install the newer version to import it."


class ArchiveCancelled(ArchiveError):
    """The person stopped it."""

    happened = "The archive was stopped."
    next_step = ""


class PatternError(ReporterDeskError):
    """What is looked for, or what shall replace it, cannot be read."""

    happened = "This is not a regular expression."


class ExpressionTooSlow(PatternError):
    """A regular expression that was stopped."""

    happened = "This regular expression takes too long."
    safe = "Nothing was changed."


class IncomingError(ReporterDeskError):
    """A file that cannot become a report."""

    happened = "No report could be made of this file."
    safe = "The file and your reports are untouched."


class FileUnreadable(IncomingError):
    """It is not there, is no file, or may not be read."""

    happened = "The file could not be read; it may have been moved, or its disk pulled out."


class FileTooLarge(IncomingError):
    """It has more than can be read at once."""

    happened = "The file is too large to make a report of it."
    next_step = "Copy the part you need, and paste it into a new report."


class FileDamaged(IncomingError):
    """It is truncated or broken."""

    happened = "The file is damaged or incomplete."
    next_step = "Open it in the program it comes from, save it anew, and try again."


class FileProtected(IncomingError):
    """It is encrypted, and there is no password."""

    happened = "The file needs a password."
    next_step = "Open it in the program it comes from, save it without one, and try again."


class NotWhatItSays(IncomingError):
    """Its content is not what its name says."""

    happened = "The file is not what its name says, and cannot be read."
    next_step = "Open it in the program it comes from, save it as DOCX, and try again."


class IncomingStopped(IncomingError):
    """The person stopped it."""

    happened = "It was stopped."


class FileNotWritten(ReporterDeskError):
    """A file that the person wanted could not be written there."""

    happened = "The file could not be written."
    safe = "An older file of that name is as it was."
    next_step = "Choose another folder or disk and try again."


class VaultUnavailable(ReporterDeskError):
    """This system has no working keyring."""

    happened = "This system has no keyring to keep the sign-in."
    safe = "Your drafts are not affected."
    next_step = "You will be asked to sign in at each start."
