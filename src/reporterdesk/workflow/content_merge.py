"""Two revisions of a report brought together: its text, its facts and its photos.

One rule for all, that of :mod:`reporterdesk.text.merge`: what only one side changed is taken over;
where both changed the same thing, each in their own way, it is asked. Every function is pure.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from reporterdesk.domain.report import ReportContent
from reporterdesk.text.merge import Choice, Clash, Merge, merge
from reporterdesk.text.parse import parse
from reporterdesk.text.print import normal_to_markdown
from reporterdesk.text.side_changes import Lines
from reporterdesk.text.tree import Document
from reporterdesk.text.wording import worded
from reporterdesk.workflow.comparing import Fact, told, with_fact
from reporterdesk.workflow.photo_merge import (
    PhotoClash,
    PhotoMerge,
    merge_photos,
    with_needed_photos,
)
from reporterdesk.workflow.questions import (
    LONG,
    WRITTEN,
    Answer,
    FieldClash,
    Question,
    on_its_lines,
)
from reporterdesk.workflow.restoring import Head


@dataclass(frozen=True, slots=True)
class ContentMerge:
    """Two contents brought together, and what is to be asked.

    ``base`` is what both were made of, ``None`` where nothing is known of it.
    """

    base: ReportContent | None
    mine: ReportContent
    theirs: ReportContent
    text: Merge
    fields: tuple[FieldClash, ...]
    photos: PhotoMerge
    agreed: ReportContent
    """All that is not asked; of what is, it has mine, and its body says nothing."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is to be chosen, in the order of the page: head, text, photos, facts."""
        heads = [clash for clash in self.fields if isinstance(clash.field, Head)]
        facts = [clash for clash in self.fields if isinstance(clash.field, Fact)]
        return (*heads, *self.text.clashes, *self.photos.clashes, *facts)

    def settled(self, answers: Sequence[Answer] = ()) -> ReportContent:
        """Return the whole content.

        A photo that the text shows, or that leads, comes back where somebody took it out.

        :param answers: one for each of :attr:`questions`, in order.
        :raises ValueError: there are more or fewer answers than questions, or one that its
            question cannot have.
        """
        questions = self.questions
        if len(answers) != len(questions):
            raise ValueError("Every question needs one answer.")
        content = self.agreed
        choices: list[Choice | Document | Lines] = []
        photo_answers: list[Choice | str] = []
        for question, answer in zip(questions, answers, strict=True):
            if isinstance(question, Clash):
                choices.append(_text_answer(question, answer))
            elif isinstance(answer, Document):
                raise ValueError("Only the text can be answered by a document.")  # noqa: TRY004
            elif isinstance(question, PhotoClash):
                photo_answers.append(_field_answer(question, answer))
            else:
                answered = _field_answer(question, answer)
                content = _answered(content, self, question.field, answered)
        body = self.text.settled(choices)
        content = replace(
            content,
            body=normal_to_markdown(body),
            photos=self.photos.settled(photo_answers),
        )
        return with_needed_photos(content, body, self.theirs, self.mine, self.base)


def merge_contents(
    base: ReportContent | None, mine: ReportContent, theirs: ReportContent
) -> ContentMerge:
    """Bring two contents together that were both made of ``base``. Long texts take a while.

    :param base: ``None`` where there is no revision that both were made of.
    """
    text = merge(None if base is None else parse(base.body), parse(mine.body), parse(theirs.body))
    agreed, clashes = mine, []
    for field in (*Head, *Fact):
        old = None if base is None else _value(base, field)
        own, other = _value(mine, field), _value(theirs, field)
        if own == other or (base is not None and other == old) or (base is None and not other):
            continue
        if own == old or (base is None and not own):
            agreed = _taken(agreed, field, theirs)
        else:
            before = "" if base is None else _shown(base, field)
            clash = FieldClash(field, before, _shown(mine, field), _shown(theirs, field))
            clashes.append(clash)
    photos = merge_photos(None if base is None else base.photos, mine.photos, theirs.photos)
    return ContentMerge(base, mine, theirs, text, tuple(clashes), photos, agreed)


def _shown(content: ReportContent, field: Head | Fact) -> str:
    return told(content, field) if isinstance(field, Fact) else str(getattr(content, field.value))


def _value(content: ReportContent, field: Head | Fact) -> str | datetime:
    """Return what makes two values of a field the same."""
    if field is Fact.EMBARGOED_UNTIL and content.embargoed_until:
        with contextlib.suppress(ValueError):  # one moment can be written in several ways
            return datetime.fromisoformat(content.embargoed_until)
    return _shown(content, field)


def _taken(content: ReportContent, field: Head | Fact, source: ReportContent) -> ReportContent:
    """Return ``content`` with one field as it is in ``source``."""
    if isinstance(field, Fact):
        return with_fact(content, field, source)
    return replace(content, **{field.value: getattr(source, field.value)})


def _answered(
    content: ReportContent, both: ContentMerge, field: Head | Fact, answer: Choice | str
) -> ReportContent:
    """Return ``content`` with one field as it was chosen."""
    match answer:
        case Choice.MINE:
            return _taken(content, field, both.mine)
        case Choice.THEIRS:
            return _taken(content, field, both.theirs)
    if field not in WRITTEN or (answer is Choice.BOTH and field not in LONG):
        raise ValueError(f"This cannot be the {field.value}.")
    if answer is Choice.BOTH:
        answer = "\n".join((_shown(both.mine, field), _shown(both.theirs, field)))
    owner, _, name = field.value.rpartition(".")
    values: dict[str, Any] = {name: answer}
    if owner:
        return replace(content, event=replace(content.event, **values))
    return replace(content, **values)


def _text_answer(clash: Clash, answer: Answer) -> Choice | Document | Lines:
    return answer if isinstance(answer, Choice | Document) else worded(clash, answer)


def _field_answer(question: FieldClash | PhotoClash, answer: Choice | str) -> Choice | str:
    return answer if isinstance(answer, Choice) else on_its_lines(question, answer)
