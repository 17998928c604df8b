"""Words of one's own in the place of what both changed: nothing that one side wrote is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporterdesk.text.lines import Line, StandingLine, TextLine, lines_of
from reporterdesk.text.merge import Agreed, Choice, Clash, merge
from reporterdesk.text.normal import normalise
from reporterdesk.text.parse import parse
from reporterdesk.text.print import to_markdown
from reporterdesk.text.side_changes import Lines
from reporterdesk.text.tree import Document
from reporterdesk.text.wording import Unfit, standing_of, unfit, worded, words_to_start
from support.trees import MARKS
from support.versions import versions

BASE = "The hall was full.\n\nSpeakers came from nine cities."
_wordings = st.lists(st.sampled_from((*MARKS, "hall", "شہر", "Donaudampfschiff")), max_size=9).map(
    "".join
)


def clash_of(base: str, mine: str, theirs: str) -> Clash:
    """Return what is asked, which is one thing."""
    (clash,) = merge(parse(base), parse(mine), parse(theirs)).clashes
    return clash


def settled(base: str, mine: str, theirs: str, words: str) -> str:
    """Return the text with ``words`` in the place of what is asked."""
    found = merge(parse(base), parse(mine), parse(theirs))
    (clash,) = found.clashes
    return to_markdown(found.settled([worded(clash, words)]))


def test_it_starts_from_mine_and_takes_the_place_of_both() -> None:
    mine, theirs = BASE.replace("nine", "**ten**"), BASE.replace("nine", "twelve")
    clash = clash_of(BASE, mine, theirs)
    assert words_to_start(clash) == "Speakers came from **ten** cities."
    assert words_to_start(clash_of(BASE, "The hall was full.", theirs)) == (
        "Speakers came from twelve cities."
    )
    words = "Speakers came\nfrom *eleven* cities.\n\nSo they said."
    expected = "The hall was full.\n\nSpeakers came from *eleven* cities.\n\nSo they said."
    assert settled(BASE, mine, theirs, words) == expected


@pytest.mark.parametrize("words", ["", "  \n\n", "\u200b", "\x07"])
def test_words_that_say_nothing_are_no_answer(words: str) -> None:
    clash = clash_of(BASE, BASE.replace("nine", "ten"), BASE.replace("nine", "twelve"))
    assert unfit(words) is Unfit.EMPTY
    with pytest.raises(ValueError, match="empty"):
        worded(clash, words)


def test_a_photo_is_not_set_in_here() -> None:
    clash = clash_of(BASE, BASE.replace("nine", "ten"), BASE.replace("nine", "twelve"))
    assert unfit("Ten.\n\n![](photo:p1)") is Unfit.PHOTO
    with pytest.raises(ValueError, match="photo"):
        worded(clash, "Ten.\n\n![](photo:p1)")
    assert unfit("Ten ![](photo:p1) and more") is None  # these are words


def test_photos_that_stand_in_the_place_stay_after_the_words() -> None:
    rule, one, two = "---", "![](photo:p1)", "![](photo:p2)"
    mine, theirs = f"It is mine.\n\n{one}\n\n{rule}", f"{two}\n\nTheir own.\n\n{one}"
    clash = Clash((), tuple(lines_of(parse(mine))), tuple(lines_of(parse(theirs))))
    assert words_to_start(clash) == "It is mine."
    assert [to_markdown(Document((line.block,))) for line in _standing(clash)] == [one, rule, two]
    kept = worded(clash, "Ours.")
    assert kept[1:] == standing_of(clash)


def _standing(clash: Clash) -> list[StandingLine]:
    return [line for line in standing_of(clash) if isinstance(line, StandingLine)]


def test_an_item_stays_as_deep_in_its_list() -> None:
    base = "- Songs\n    - Children\n- Prizes"
    mine, theirs = (base.replace("Children", f"Children, {n}") for n in ("200", "300"))
    clash = clash_of(base, mine, theirs)
    assert words_to_start(clash) == "- Children, 200"
    assert settled(base, mine, theirs, words_to_start(clash)) == mine
    ours = settled(base, mine, theirs, "- Children, 250")
    assert ours == base.replace("Children", "Children, 250")


@settings(max_examples=100)
@given(made=versions(), data=st.data())
def test_whatever_is_chosen_nothing_that_one_side_changed_is_lost(
    made: tuple[Document, Document, Document], data: st.DataObject
) -> None:
    base, mine, theirs = made
    found = merge(base, mine, theirs)
    answers: list[Choice | Lines] = []
    for clash in found.clashes:
        answer: Choice | str = data.draw(st.sampled_from(Choice) | _wordings)
        if isinstance(answer, Choice):
            answers.append(answer)
        else:
            answers.append(worded(clash, answer if unfit(answer) is None else "Ours."))
    result = found.settled(answers)
    assert result == normalise(result)
    assert parse(to_markdown(result)) == result
    text, standing = _said(result), {line for line in lines_of(result) if not _words(line)}
    for part in found.parts:
        if isinstance(part, Agreed):
            assert {line for line in part.lines if not _words(line)} <= standing
            for line in part.lines:
                assert _letters(line) in text
    for clash, answer in zip(found.clashes, answers, strict=True):
        if not isinstance(answer, Choice):
            there = {line for line in (*clash.mine, *clash.theirs) if not _words(line)}
            assert there <= standing


@settings(max_examples=100)
@given(words=_wordings)
def test_every_letter_that_is_written_is_in_the_text(words: str) -> None:
    if unfit(words) is not None:
        return
    clash = clash_of(BASE, BASE.replace("nine", "ten"), BASE.replace("nine", "twelve"))
    kept = "".join(map(_letters, worded(clash, words)))
    for word in ("hall", "شہر", "Donaudampfschiff"):
        assert kept.count(word) >= _outside_links(words).count(word)


@settings(max_examples=60)
@given(made=versions())
def test_left_as_it_starts_it_is_what_mine_says(
    made: tuple[Document, Document, Document],
) -> None:
    found = merge(*made)
    for clash in found.clashes:
        own = [line for line in clash.mine if _words(line)]
        if own:
            assert worded(clash, words_to_start(clash)) == (*own, *standing_of(clash))


def _words(line: Line) -> bool:
    return isinstance(line, TextLine)


def _letters(line: Line) -> str:
    said = "".join(run.text for run in line.runs) if isinstance(line, TextLine) else ""
    return re.sub(r"\W", "", said)


def _said(document: Document) -> str:
    return "\0".join(map(_letters, lines_of(document)))


def _outside_links(words: str) -> str:
    """Return the words that are not part of an address."""
    return re.sub(r"<https?:[^>]*>|\]\([^)]*\)", "", words)
