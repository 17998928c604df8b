"""What an editor wants done at the desk, in words: in the queue, and above the report."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from reporterdesk.domain.errands import Errand, ErrandKind, ErrandState
from reporterdesk.domain.status import Action

_CONTEXT = "Errand"
_ACTION: dict[Action, str] = {
    Action.RETURN: "Return",
    Action.APPROVE: "Approve",
    Action.PUBLISH: "Publish",
    Action.SCHEDULE: "Schedule",
    Action.SPIKE: "Spike",
    Action.WITHDRAW: "Withdraw",
    Action.CORRECT: "Publish the correction",
}
_KIND: dict[ErrandKind, str] = {
    ErrandKind.COMMENT: "Note",
    ErrandKind.WANTED: "Photos first",
    ErrandKind.DECISION: "Decision",
}
_STATE: dict[ErrandState, str] = {
    ErrandState.WAITING: "%1 – waiting for a connection",
    ErrandState.ATTEMPTING: "%1 – being sent",
    ErrandState.DONE: "%1 – the desk has it",
    ErrandState.TOO_LATE: "%1 – came too late",
    ErrandState.REFUSED: "%1 – refused",
}


def errand_word(errand: Errand) -> str:
    """Return what is wanted, in a word or two: “Approve”."""
    said = _ACTION[errand.action] if errand.action else _KIND[errand.kind]
    return QCoreApplication.translate(_CONTEXT, said)


def errand_line(errand: Errand) -> str:
    """Return it with how far it has come: “Approve – waiting for a connection”."""
    state = errand.state
    if state is ErrandState.ATTEMPTING and errand.why:  # it is tried again
        state = ErrandState.WAITING
    said = QCoreApplication.translate(_CONTEXT, _STATE[state])
    return said.replace("%1", errand_word(errand))
