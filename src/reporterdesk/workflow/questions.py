"""What is asked where two revisions are brought together, and what can be answered.

An answer is one of the two sides, both, or words of one's own. Every function is pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from reporterdesk.text.cleaning import clean_text, is_visible
from reporterdesk.text.merge import Choice, Clash
from reporterdesk.text.tree import Document
from reporterdesk.text.wording import Unfit, unfit, words_to_start
from reporterdesk.workflow.comparing import Fact
from reporterdesk.workflow.photo_merge import WRITTEN_PARTS, PhotoClash, PhotoPart, words_of
from reporterdesk.workflow.restoring import Head

LONG = frozenset({Head.STANDFIRST, Fact.NOTE_TO_DESK})
"""Texts of which both can be kept, one after the other."""

WRITTEN = frozenset(Head) | {
    Fact.BYLINE,
    Fact.NOTE_TO_DESK,
    Fact.EVENT_NAME,
    Fact.VENUE,
    Fact.CITY,
    Fact.ORGANISER,
}
"""Fields that are written freely, so that another text can stand instead of either."""


@dataclass(frozen=True, slots=True)
class FieldClash:
    """A headline, standfirst or fact that both changed, as :func:`~.comparing.told` tells it."""

    field: Head | Fact
    base: str
    mine: str
    theirs: str


Question: TypeAlias = FieldClash | Clash | PhotoClash
Answer: TypeAlias = Choice | Document | str
"""What becomes of a question; a document or a string is what is to stand instead of either."""


def can_keep_both(question: Question) -> bool:
    """Tell whether both sides of a question can stand, one after the other."""
    match question:
        case Clash(_, mine, theirs):
            return bool(mine and theirs)
        case PhotoClash():
            return question.both_fit
        case FieldClash(field, _, mine, theirs):
            return field in LONG and bool(mine.strip() and theirs.strip())


def can_be_worded(question: Question) -> bool:
    """Tell whether words of one's own can stand in the place of either side."""
    match question:
        case Clash():
            return bool(words_to_start(question))  # else it is about photos, or lines
        case PhotoClash(part, mine, theirs):
            return part in WRITTEN_PARTS and mine is not None and theirs is not None
        case FieldClash(field):
            return field in WRITTEN


def words_of_mine(question: Question) -> str:
    """Return what words of one's own start from: mine, or theirs where mine has none.

    Those of the text are Markdown, all others plain.
    """
    match question:
        case Clash():
            return words_to_start(question)
        case PhotoClash(part, mine, theirs):
            return words_of(mine, part) or words_of(theirs, part)
        case FieldClash(_, _, mine, theirs):
            return mine.strip() or theirs.strip()


def unfit_for(question: Question, words: str) -> Unfit | None:
    """Return why ``words`` cannot be the answer, ``None`` where they can."""
    if isinstance(question, Clash):
        return unfit(words)
    return None if is_visible(clean_text(words)) else Unfit.EMPTY


def on_its_lines(question: FieldClash | PhotoClash, words: str) -> str:
    """Return ``words`` as the field has them: most are one line.

    :raises ValueError: they say nothing.
    """
    cleaned = clean_text(words).strip()
    if not is_visible(cleaned):
        raise ValueError("An answer must say something.")
    lines = question.field in LONG if isinstance(question, FieldClash) else _has_lines(question)
    return cleaned if lines else " ".join(cleaned.split())


def _has_lines(clash: PhotoClash) -> bool:
    return clash.part is not PhotoPart.CREDIT
