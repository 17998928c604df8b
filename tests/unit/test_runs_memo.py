"""What was worked out for words is known by identity, and forgotten when nobody asks any more."""

from __future__ import annotations

from reporterdesk.text.count import word_count
from reporterdesk.text.memo import RunsMemo
from reporterdesk.text.tree import Run, Runs


def words(text: str) -> Runs:
    return (Run(text), Run(text, bold=True))


def test_each_block_is_worked_out_once_as_long_as_it_is_asked_for() -> None:
    asked: list[Runs] = []

    def work(runs: Runs) -> int:
        asked.append(runs)
        return word_count("".join(run.text for run in runs))

    memo = RunsMemo(work)
    one, other = words("one two"), words("three")
    for _ in range(3):
        assert memo(one) == 3
        memo.sweep()
    assert asked == [one]
    memo(other)
    memo.sweep()
    memo.sweep()
    memo(other)
    assert asked == [one, other, other]


def test_other_words_at_the_same_place_in_memory_are_other_words() -> None:
    memo = RunsMemo(lambda runs: runs[0].text)
    for number in range(2_000):
        assert memo(words(str(number))) == str(number)
        memo.sweep()
