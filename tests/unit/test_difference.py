"""What changed between two documents: complete, exact, readable, and quick for any two."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporterdesk.text.difference import (
    BlockChange,
    Change,
    Words,
    block_text,
    difference,
    undone,
    word_difference,
)
from reporterdesk.text.matching import Effort, longest_rising, matches
from reporterdesk.text.parse import parse
from reporterdesk.text.tree import Block, Document, Figure, Paragraph, Rule, Run
from reporterdesk.text.words import split_words
from support.trees import documents, texts

_SIGNS = {
    Change.KEPT: "{}",
    Change.ADDED: "{{+{}+}}",
    Change.REMOVED: "[-{}-]",
    Change.RESTYLED: "~{}~",
}


def told(words: Words) -> str:
    """Return words with signs around what changed."""
    return "".join(_SIGNS[each.change].format(each.run.text) for each in words)


def body(before: str, after: str) -> list[tuple[str, str]]:
    """Return what changed between two Markdown texts."""
    changes = difference(parse(before), parse(after))
    return [(change.change.value, told(change.words)) for change in changes]


def words_of(words: Words, *fates: Change) -> str:
    """Return the words with one of these fates."""
    return "".join(each.run.text for each in words if each.change in fates)


@st.composite
def _edited(draw: st.DrawFn) -> tuple[Document, Document]:
    """Return two documents that share blocks, in order or not."""
    before = draw(documents())
    extra = draw(documents())
    pool = st.sampled_from((*before.blocks, *extra.blocks, Rule()))
    return before, Document(tuple(draw(st.lists(pool, max_size=8))))


_pairs = _edited() | st.tuples(documents(), documents())


@settings(max_examples=60)
@given(pair=_pairs)
def test_both_documents_can_be_read_from_it(pair: tuple[Document, Document]) -> None:
    before, after = pair
    changes = difference(before, after)
    assert _blocks(changes) == (before.blocks, after.blocks)
    for change in changes:
        assert (change.before is None) == (change.change is Change.ADDED)
        assert (change.after is None) == (change.change is Change.REMOVED)
        assert (change.before == change.after) == (change.change is Change.KEPT)
        assert change.before is None or before.blocks[change.before_at] == change.before
        assert change.after is None or after.blocks[change.after_at] == change.after
        _check_words(change)
    for change in reversed(changes):
        after = undone(after, change)
    assert after == before


def _check_words(change: BlockChange) -> None:
    old = "" if change.before is None else block_text(change.before)
    new = "" if change.after is None else block_text(change.after)
    kept = (Change.KEPT, Change.RESTYLED)
    assert words_of(change.words, *kept, Change.REMOVED) == old
    assert words_of(change.words, *kept, Change.ADDED) == new
    assert all(each.run.text for each in change.words)
    for each in change.words:
        assert each.change not in kept or each.run.text in old
        assert each.change not in kept or each.run.text in new


def _blocks(changes: tuple[BlockChange, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    before = tuple(change.before for change in changes if change.before is not None)
    after = tuple(change.after for change in changes if change.after is not None)
    return before, after


@settings(max_examples=30)
@given(document=documents())
def test_equal_documents_have_no_change(document: Document) -> None:
    changes = difference(document, document)
    assert {change.change for change in changes} <= {Change.KEPT}
    assert {each.change for change in changes for each in change.words} <= {Change.KEPT}


@settings(max_examples=40)
@given(pair=_pairs, data=st.data())
def test_taking_one_change_back_leaves_the_others(
    pair: tuple[Document, Document], data: st.DataObject
) -> None:
    changes = difference(*pair)
    if not changes:
        return
    one = data.draw(st.sampled_from(changes))
    blocks: list[Block | None] = [
        (change.before if change is one else change.after) for change in changes
    ]
    assert undone(pair[1], one) == Document(tuple(block for block in blocks if block is not None))


@given(before=texts, after=texts)
def test_plain_texts(before: str, after: str) -> None:
    words = word_difference(before, after)
    assert words_of(words, Change.KEPT, Change.REMOVED) == before
    assert words_of(words, Change.KEPT, Change.ADDED) == after
    assert (before == after) == ({each.change for each in words} <= {Change.KEPT})


def test_words_that_changed() -> None:
    assert told(word_difference("About 300 people came.", "About 3,500 people came.")) == (
        "About [-300-]{+3,500+} people came."
    )
    assert told(word_difference("It rained.", "It rained all day.")) == "It rained{+ all day+}."
    assert told(word_difference("", "New")) == "{+New+}"
    assert told(word_difference("l’Aquila’s well-being", "l’Aquila’s well-doing")) == (
        "l’Aquila’s [-well-being-]{+well-doing+}"
    )
    assert word_difference("", "") == ()


def test_what_is_the_same_by_chance_is_not_told_as_kept() -> None:
    assert told(word_difference("yesterday a minister", "tomorrow a president")) == (
        "[-yesterday a minister-]{+tomorrow a president+}"
    )
    # Three words in a row are no chance, however long what stands around them.
    assert told(
        word_difference("extraordinary to be or unimaginable", "12345678901234 to be or 0")
    ) == ("[-extraordinary-]{+12345678901234+} to be or [-unimaginable-]{+0+}")
    assert told(word_difference("The red fox jumps", "The brown fox jumped")) == (
        "The [-red-]{+brown+} fox [-jumps-]{+jumped+}"
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("三百人参加了典礼。", "四百人参加了典礼。", "[-三-]{+四+}百人参加了典礼。"),
        ("東京で会う", "京都で会う", "[-東-]京{+都+}で会う"),
        ("เขาไปโรงเรียน", "เขาไปที่โรงเรียน", "เขาไป{+ที่+}โรงเรียน"),
        ("جاء ثلاثمئة شخص.", "جاء أربعمئة شخص.", "جاء [-ثلاثمئة-]{+أربعمئة+} شخص."),
        ("می‌خواهم بروم", "نمی‌خواهم بروم", "[-می‌خواهم-]{+نمی‌خواهم+} بروم"),
        ("שלום עולם", "שלום לעולם", "שלום [-עולם-]{+לעולם+}"),
        ("हिन्दी में", "हिन्दी पर", "हिन्दी [-में-]{+पर+}"),
        ("안녕 세상", "안녕 친구", "안녕 [-세상-]{+친구+}"),
        ("a 👩‍👩‍👧 b", "a 👩‍👩‍👦 b", "a [-👩‍👩‍👧-]{+👩‍👩‍👦+} b"),
        ("🇩🇪!", "🇩🇰!", "[-🇩🇪-]{+🇩🇰+}!"),
        ("👍🏽.", "👍🏿.", "[-👍🏽-]{+👍🏿+}."),
    ],
)
def test_any_script(before: str, after: str, expected: str) -> None:
    assert told(word_difference(before, after)) == expected


def test_blocks() -> None:
    before = "## Rain\n\nThree hundred people came to see it.\n\nIt rained.\n\n![](photo:a1)\n"
    after = "Three hundred people came to hear it.\n\nNew.\n\nIt rained.\n\n![](photo:b2)\n"
    assert body(before, after) == [
        ("removed", "[-Rain-]"),
        ("changed", "Three hundred people came to [-see-]{+hear+} it."),
        ("added", "{+New.+}"),
        ("kept", "It rained."),
        ("removed", ""),
        ("added", ""),
    ]


def test_one_word_in_common_does_not_make_two_paragraphs_one() -> None:
    assert body("The mayor spoke of a new bridge.\n", "Nobody crossed that bridge, he said.\n") == [
        ("removed", "[-The mayor spoke of a new bridge.-]"),
        ("added", "{+Nobody crossed that bridge, he said.+}"),
    ]


def test_a_block_of_another_kind() -> None:
    assert body("- one apple\n- two pears\n", "1. one apple\n2. two pears\n") == [
        ("changed", "one apple\ntwo pears")
    ]
    assert body("A good day\n", "## A good day\n") == [("changed", "A good day")]


def test_words_that_are_set_otherwise() -> None:
    assert body("The mayor of Lahore came.\n", "The **mayor of Lahore** came.\n") == [
        ("changed", "The ~mayor of Lahore~ came.")
    ]
    changes = difference(parse("See **bo**ld.\n"), parse("See [bold](https://e.org).\n"))
    assert told(changes[0].words) == "See ~bold~."
    assert changes[0].words[1].run == Run("bold", link="https://e.org")


def test_moved_paragraphs_are_there_once_each() -> None:
    assert body("One apple.\n\nTwo pears.\n", "Two pears.\n\nOne apple.\n") == [
        ("removed", "[-One apple.-]"),
        ("kept", "Two pears."),
        ("added", "{+One apple.+}"),
    ]


def _document(seed: int, words: int, block: int, vocabulary: list[str]) -> Document:
    chance = random.Random(seed)
    return Document(
        tuple(
            Paragraph((Run(" ".join(chance.choices(vocabulary, k=block))),))
            for _ in range(words // block)
        )
    )


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("block", "kinds", "shared"),
    [(50, 3000, False), (50, 300, True), (20_000, 50, True), (1, 5, True)],
)
def test_two_large_documents_are_never_searched_for_ever(
    block: int, kinds: int, shared: bool
) -> None:
    """Without a bound on the effort, the search in these takes minutes."""
    before = _document(1, 20_000, block, [f"a{n}" for n in range(kinds)])
    after = _document(2, 20_000, block, [f"{'a' if shared else 'b'}{n}" for n in range(kinds)])
    assert _blocks(difference(before, after)) == (before.blocks, after.blocks)


def test_one_word_changed_in_a_long_report_is_just_that() -> None:
    before = _document(1, 20_000, 100, [f"a{n}" for n in range(3000)])
    blocks = list(before.blocks)
    runs = (Run(block_text(blocks[77]).replace(" ", " new ", 1)),)
    after = Document((*blocks[:77], Paragraph(runs), *blocks[78:], Rule(), Figure("a1")))
    changed = [c for c in difference(before, after) if c.change is not Change.KEPT]
    assert [c.change for c in changed] == [Change.CHANGED, Change.ADDED, Change.ADDED]
    assert words_of(changed[0].words, Change.ADDED).strip() == "new"
    assert words_of(changed[0].words, Change.REMOVED) == ""


_items = st.lists(st.integers(0, 5), max_size=12)


def _longest_common(a: list[int], b: list[int]) -> int:
    row = [0] * (len(b) + 1)
    for x in a:
        above = row[:]
        for j, y in enumerate(b):
            row[j + 1] = above[j] + 1 if x == y else max(row[j], above[j + 1])
    return row[-1]


@given(before=_items, after=_items)
def test_matches_are_equal_items_in_order(before: list[int], after: list[int]) -> None:
    pairs = matches(before, after)
    assert all(before[i] == after[j] for i, j in pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))


@given(before=_items, after=_items)
def test_without_anchors_no_longer_match_exists(before: list[int], after: list[int]) -> None:
    doubled = [x for x in before for _ in (0, 1)], [x for x in after for _ in (0, 1)]
    assert len(matches(*doubled)) == _longest_common(*doubled)


@given(before=_items, after=_items, left=st.integers(-3, 60))
def test_little_effort_finds_less_and_nothing_wrong(
    before: list[int], after: list[int], left: int
) -> None:
    pairs = matches(before, after, Effort(left))
    assert all(before[i] == after[j] for i, j in pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))


def test_the_longest_rising_chain() -> None:
    assert longest_rising([]) == []
    assert longest_rising([(0, 5), (1, 1), (2, 6), (3, 2), (4, 3)]) == [(1, 1), (3, 2), (4, 3)]


@given(text=texts | st.text())
def test_words_joined_are_the_text(text: str) -> None:
    assert "".join(split_words(text)) == text


def test_how_text_is_cut() -> None:
    assert split_words("Don’t – well-being, 3,500!  x") == [
        *("Don’t", " ", "–", " ", "well-being", ",", " ", "3,500", "!", "  ", "x")
    ]
    assert split_words("東京タワー、กำ") == [*("東", "京", "タ", "ワ", "ー", "、", "ก", "ำ")]
    assert split_words("e\u0301te\u0301 \u0301") == ["e\u0301te\u0301", " ", "\u0301"]
    assert split_words("") == []
