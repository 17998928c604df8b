"""What was said so far to the questions of a merge: kept, so that no word of it is lost.

It is kept while the questions are being answered, and goes when the answers are in the report, or
with the report. Functions that take a store run on its thread; a full disk is
:class:`~reporterdesk.domain.errors.StoreFull`, and what was kept before stays.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, TypeAdapter, ValidationError

from reporterdesk.store.store import Store
from reporterdesk.text.merge import Choice, Clash, document
from reporterdesk.text.print import normal_to_markdown
from reporterdesk.workflow.photo_merge import PhotoClash, words_of
from reporterdesk.workflow.questions import FieldClash, Question


@dataclass(frozen=True, slots=True)
class Reply:
    """What was said to a question so far.

    ``words`` are one's own, which are the answer if ``own``; else they wait to be.
    """

    choice: Choice | None = None
    own: bool = False
    words: str = ""


NOTHING = Reply()
"""To a question nothing was said yet."""


class _Kept(BaseModel):
    asked: str
    place: str
    choice: Choice | None
    own: bool
    words: str


_PURPOSE = "merge"
_KEPT = TypeAdapter(list[_Kept])


def keep_replies(store: Store, report_id: str, replies: Mapping[Question, Reply]) -> None:
    """Keep what was said about a report; it replaces what was kept of it before."""
    kept = [
        _Kept(
            asked=_asked(question),
            place=_place(question),
            choice=reply.choice,
            own=reply.own,
            words=reply.words,
        )
        for question, reply in replies.items()
        if reply != NOTHING
    ]
    text = _KEPT.dump_json(kept).decode() if kept else None
    store.unfinished.set(report_id, _PURPOSE, text)


def forget_replies(store: Store, report_id: str) -> None:
    """Forget what was said: it is in the report, and settled."""
    store.unfinished.set(report_id, _PURPOSE, None)


def kept_replies(store: Store, report_id: str, questions: Sequence[Question]) -> tuple[Reply, ...]:
    """Return what was said to each of ``questions``, as far as the same is asked again.

    Where the desk has another version by now, what is to become of it is asked anew; words of
    one's own about the same place are there still, to be taken.
    """
    text = store.unfinished.get(report_id, _PURPOSE)
    try:
        kept = _KEPT.validate_json(text) if text else []
    except ValidationError:  # of another version of the app
        kept = []
    same = {each.asked: Reply(each.choice, each.own, each.words) for each in kept}
    there = {each.place: Reply(words=each.words) for each in kept}
    return tuple(
        same.get(_asked(question)) or there.get(_place(question), NOTHING) for question in questions
    )


def _asked(question: Question) -> str:
    """Return a name for exactly this question."""
    return _digest(repr(question))


def _place(question: Question) -> str:
    """Return a name for what is asked about and mine of it, whatever the desk has."""
    match question:
        case FieldClash(field, _, mine, _):
            return _digest("field", field.value, mine)
        case Clash(_, mine, _):
            return _digest("text", normal_to_markdown(document(mine)))
        case PhotoClash(part, mine, _):
            return _digest("photo", question.photo_id, part.value, words_of(mine, part))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
