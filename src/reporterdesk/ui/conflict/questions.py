"""What is asked about two versions, ready to be shown: names, words and what stands around."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale

from reporterdesk.domain.photo import Photo
from reporterdesk.domain.report import ReportContent
from reporterdesk.text.lines import Kind, Line, TextLine
from reporterdesk.text.matching import Effort
from reporterdesk.text.merge import Agreed, Clash, Part
from reporterdesk.text.side_changes import Lines, line_words
from reporterdesk.text.tree import Embed, Figure, Run, Runs
from reporterdesk.text.word_difference import Change, Words, changed_words, word_difference
from reporterdesk.ui.history.facts import fact_label, named, shown_words
from reporterdesk.ui.wording import moment_word
from reporterdesk.workflow.comparing import FactChange
from reporterdesk.workflow.content_merge import ContentMerge
from reporterdesk.workflow.photo_merge import PhotoClash, PhotoPart, words_of
from reporterdesk.workflow.questions import FieldClash, Question, can_keep_both
from reporterdesk.workflow.restoring import Head

_LONGEST_CONTEXT = 110
_EM_SPACE = "\u2003"

_HEADS = {Head.HEADLINE: "Headline", Head.STANDFIRST: "Standfirst"}
_PARTS = {
    PhotoPart.PHOTO: "Photo %1",
    PhotoPart.FILE: "The picture of photo %1",
    PhotoPart.CAPTION: "Caption of photo %1",
    PhotoPart.CREDIT: "Credit of photo %1",
    PhotoPart.ALT_TEXT: "Alt text of photo %1",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. ``mine`` and ``theirs`` are all words of a side, those that differ marked.

    A side without words was taken out, or was never there: ``mine_empty`` and ``theirs_empty``
    say so. ``context`` tells where in the text it is, or ``""``.
    """

    title: str
    context: str
    mine: Words
    theirs: Words
    mine_empty: str
    theirs_empty: str
    both_fit: bool
    question: Question


def _tr(text: str) -> str:
    return QCoreApplication.translate("Conflict", text)


def theirs_word(at: datetime, by: str, now: datetime) -> str:
    """Return what stands over the desk’s version: when it was filed, and by whom."""
    said = _tr("The desk’s, %2 by %1") if by else _tr("The desk’s, %2")
    return said.replace("%2", moment_word(at, now)).replace("%1", by)


def all_asked(
    merged: ContentMerge, sections: Mapping[str, str], locale: QLocale
) -> Iterator[Asked]:
    """Yield every question of a merge, in its order; each takes a moment to make.

    :param sections: the names of sections by their slugs.
    """
    contexts = iter(tuple(_contexts(merged)))
    for question in merged.questions:
        match question:
            case Clash():
                yield _text(merged, question, next(contexts))
            case PhotoClash():
                yield _photo(merged, question)
            case FieldClash():
                yield _field(merged, question, sections, locale)


def _asked(
    title: str, words: Words, question: Question, *, was_there: bool, context: str = ""
) -> Asked:
    """Return a question of whose words some are only mine, some only theirs."""
    mine = tuple(word for word in words if word.change is not Change.ADDED)
    theirs = tuple(word for word in words if word.change is not Change.REMOVED)
    empty = _tr("Taken out") if was_there else _tr("Nothing")
    return Asked(
        title,
        context,
        mine,
        theirs,
        "" if mine else empty,
        "" if theirs else empty,
        can_keep_both(question),
        question,
    )


def _field(
    merged: ContentMerge, clash: FieldClash, sections: Mapping[str, str], locale: QLocale
) -> Asked:
    if isinstance(clash.field, Head):
        words = word_difference(clash.mine, clash.theirs)
        return _asked(_tr(_HEADS[clash.field]), words, clash, was_there=bool(clash.base))
    change = FactChange(clash.field, clash.mine, clash.theirs, ())
    told = named(change, merged.mine, merged.theirs, sections, locale)
    words = shown_words(told)
    return _asked(fact_label(clash.field), words, clash, was_there=bool(clash.base))


def _photo(merged: ContentMerge, clash: PhotoClash) -> Asked:
    title = _tr(_PARTS[clash.part]).replace("%1", _number(merged, clash.photo_id))
    if clash.part in {PhotoPart.PHOTO, PhotoPart.FILE}:
        tell = _picture if clash.part is PhotoPart.FILE else _described
        own, other = tell(clash.mine), tell(clash.theirs)
    else:
        own, other = (words_of(photo, clash.part) for photo in (clash.mine, clash.theirs))
    words = word_difference(own, other)
    return _asked(title, words, clash, was_there=True)


def _number(merged: ContentMerge, photo_id: str) -> str:
    for content in (merged.mine, merged.theirs):
        for number, photo in enumerate(content.photos, start=1):
            if photo.id == photo_id:
                return QLocale().toString(number)
    return ""


def _described(photo: Photo | None) -> str:
    if photo is None:
        return ""
    return photo.caption.strip() or photo.alt_text.strip() or _tr("A photo without a caption")


def _picture(photo: Photo | None) -> str:
    return "" if photo is None else f"{photo.full.width} × {photo.full.height}"


def _text(merged: ContentMerge, clash: Clash, context: str) -> Asked:
    runs = [tuple(_runs(lines, merged)) for lines in (clash.mine, clash.theirs)]
    words = changed_words(runs[0], runs[1], Effort())
    return _asked(_title(clash), words, clash, was_there=bool(clash.base), context=context)


def _title(clash: Clash) -> str:
    """Return what it is that both changed: “Paragraph”, “Heading”, “2 paragraphs”."""
    longest = max((clash.mine, clash.theirs), key=len)
    if len(longest) > 1:
        count = QLocale().toString(len(longest))
        return _tr("%1 paragraphs").replace("%1", count)
    (line,) = longest
    if not isinstance(line, TextLine):
        return _tr("In the text")
    return {
        Kind.HEADING: _tr("Heading"),
        Kind.ITEM: _tr("Item of a list"),
        Kind.QUOTE: _tr("Quote"),
    }.get(line.style.kind, _tr("Paragraph"))


def _runs(lines: Lines, merged: ContentMerge) -> Iterator[Run]:
    for number, line in enumerate(lines):
        if number:
            yield Run("\n")
        yield from _line_runs(line, merged)


def _line_runs(line: Line, merged: ContentMerge) -> Runs:
    if isinstance(line, TextLine):
        return _styled(line)
    match line.block:
        case Figure(photo_id):
            shown = _tr("Photo: %1").replace("%1", _photo_name(photo_id, merged))
            return (Run(shown, italic=True),)
        case Embed(url):
            return (Run(url),)
    return (Run(_tr("A dividing line"), italic=True),)


def _styled(line: TextLine) -> Runs:
    """Return the words of a line with a sign for what it is."""
    style = line.style
    match style.kind:
        case Kind.ITEM:
            mark = "1." if style.ordered else "•"
            return (Run(f"{_EM_SPACE * style.depth}{mark} "), *line.runs)
        case Kind.HEADING:
            return tuple(replace(run, bold=True) for run in line.runs)
        case Kind.QUOTE:
            return (Run("› "), *line.runs)
    return line.runs


def _photo_name(photo_id: str, merged: ContentMerge) -> str:
    contents: tuple[ReportContent, ...] = (merged.mine, merged.theirs)
    for content in contents:
        for photo in content.photos:
            if photo.id == photo_id:
                return _described(photo)
    return _tr("A photo without a caption")


def _contexts(merged: ContentMerge) -> Iterator[str]:
    """Yield for each clash of the text what stands before it."""
    before = ""
    last: Part | None = None
    for part in merged.text.parts:
        above, last = last, part
        if isinstance(part, Agreed):
            said = [words for words in map(line_words, part.lines) if words.strip()]
            before = said[-1] if said else before
        elif isinstance(above, Clash):
            yield _tr("Right after the one above")
        elif before:
            yield _tr("After “%1”").replace("%1", _shortened(before))
        else:
            yield _tr("At the beginning of the text")


def _shortened(words: str) -> str:
    """Return the end of a paragraph, which is what stands before the next."""
    line = " ".join(words.split())
    if len(line) <= _LONGEST_CONTEXT:
        return line
    return "…" + line[-_LONGEST_CONTEXT:].partition(" ")[2]
