"""What a new report begins with."""

from __future__ import annotations

from reporterdesk.domain.people import Account
from reporterdesk.domain.report import ReportContent


def first_content(
    account: Account | None, *, language: str, section: str = "", byline: str = ""
) -> ReportContent:
    """Return the content of a report on which nobody has written yet.

    The byline is that of the person who is signed in unless one is given, and so is the section
    where there is only one.
    """
    sections = account.sections if account else ()
    return ReportContent(
        byline=byline or (account.person.name if account else ""),
        section=section or (sections[0].slug if len(sections) == 1 else ""),
        language=language or "en",
    )
