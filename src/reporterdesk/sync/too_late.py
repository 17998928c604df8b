"""One sentence for whoever came too late: who did what meanwhile."""

from __future__ import annotations

from reporterdesk.domain.errands import Errand
from reporterdesk.domain.status import Action, Status
from reporterdesk.wire.messages import ReportAnswer, RevisionAnswer

_YOURS = {
    Action.RETURN: "your return was not recorded",
    Action.APPROVE: "your approval was not recorded",
    Action.PUBLISH: "it was not published as you had decided",
    Action.SCHEDULE: "it was not scheduled as you had decided",
    Action.SPIKE: "it was not spiked as you had decided",
    Action.WITHDRAW: "it was not withdrawn as you had decided",
    Action.CORRECT: "your correction was not published",
}
_DID = {
    "return": "has returned it",
    "approve": "has approved it",
    "publish": "has published it",
    "schedule": "has scheduled it",
    "spike": "has spiked it",
    "withdraw": "has withdrawn it",
    "correct": "has published a correction of it",
}
_STANDS = {
    Status.FILED: "It waits for the desk again",
    Status.RETURNED: "It has been returned",
    Status.APPROVED: "It has been approved",
    Status.PUBLISHED: "It has been published",
    Status.SPIKED: "It has been spiked",
    Status.WITHDRAWN: "It has been withdrawn",
}


def newer_revision(errand: Errand, newest: RevisionAnswer) -> str:
    """Say who has filed a newer revision than the one that was decided on."""
    return f"{newest.filed_by} has filed a newer revision, so {_yours(errand)}."


def status_moved_on(errand: Errand, now: ReportAnswer) -> str:
    """Say who has decided on the same revision before."""
    if now.decisions:
        last = max(now.decisions, key=lambda decision: decision.at)
        return f"{last.by} {_DID[last.decision]} already, so {_yours(errand)}."
    return f"{_STANDS[Status(now.status)]} already, so {_yours(errand)}."


def unknown(errand: Errand) -> str:
    """Say it where the desk does not tell what happened."""
    return f"The report has moved on at the desk, so {_yours(errand)}."


def photos_not_filed(headline: str, now: ReportAnswer, *, smaller: bool) -> str:
    """Say why photos of another size did not file a report again, and what becomes of them."""
    about = [said for said in now.decisions if said.revision_id == now.revision_id]
    if about:
        last = max(about, key=lambda decision: decision.at)
        happened = f"{last.by} {_DID[last.decision]} meanwhile"
    else:
        happened = f"{_STANDS[Status(now.status)]} meanwhile"
    name = headline.strip()[:80] or "The report"
    if smaller:
        return (
            f"“{name}”: {happened}, so it was not filed again with smaller photos. "
            "They go out in full size."
        )
    return f"“{name}”: {happened}, so it was not filed again with the original photos."


def _yours(errand: Errand) -> str:
    if errand.action is None:
        return "your note was not recorded"
    return _YOURS[errand.action]
