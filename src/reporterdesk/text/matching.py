"""What two sequences have in common, in order: the longest that can be found with bounded effort.

E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986), between the
items that occur once on each side, as in the patience method of Bram Cohen. Where two long
sequences share too little, they are taken for different instead of being searched for ever.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(slots=True)
class Effort:
    """Steps that may still be spent; the same input always ends the same way."""

    left: int = 200_000


def matches(
    before: Sequence[Hashable], after: Sequence[Hashable], effort: Effort | None = None
) -> list[tuple[int, int]]:
    """Return pairs of places of equal items, both rising.

    :param effort: shared by several calls, where all together shall stay quick.
    """
    effort = effort or Effort()
    found: list[tuple[int, int]] = []
    todo = [(0, len(before), 0, len(after))]
    while todo:
        i, i_end, j, j_end = todo.pop()
        while i < i_end and j < j_end and before[i] == after[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and before[i_end - 1] == after[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
            found.append((i_end, j_end))
        if i == i_end or j == j_end:
            continue
        effort.left -= (i_end - i + j_end - j) // 8
        anchors = _anchors(before[i:i_end], after[j:j_end]) if effort.left > 0 else []
        if anchors:
            edges = [(i - 1, j - 1), *((i + x, j + y) for x, y in anchors), (i_end, j_end)]
            found.extend(edges[1:-1])
            todo.extend(
                (x + 1, next_x, y + 1, next_y) for (x, y), (next_x, next_y) in pairwise(edges)
            )
        else:
            common = _myers(before[i:i_end], after[j:j_end], effort)
            found.extend((i + x, j + y) for x, y in common)
    return sorted(found)


def _anchors(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the longest rising chain of those items that occur once on each side."""
    here, there = Counter(before), Counter(after)
    place = {item: y for y, item in enumerate(after) if there[item] == here[item] == 1}
    return longest_rising([(x, place[item]) for x, item in enumerate(before) if item in place])


def longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest chain of ``pairs``, which rise in their first, that rises in both."""
    ends: list[int] = []
    at: list[int] = []
    back: list[int] = []
    for index, (_, y) in enumerate(pairs):
        length = bisect_left(ends, y)
        if length == len(ends):
            ends.append(y)
            at.append(index)
        else:
            ends[length], at[length] = y, index
        back.append(at[length - 1] if length else -1)
    chain: list[tuple[int, int]] = []
    index = at[-1] if at else -1
    while index >= 0:
        chain.append(pairs[index])
        index = back[index]
    return chain[::-1]


def _myers(
    before: Sequence[Hashable], after: Sequence[Hashable], effort: Effort
) -> list[tuple[int, int]]:
    """Return a longest common subsequence, ``[]`` where the effort does not reach."""
    end = len(before) - len(after)
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(len(before) + len(after) + 1):
        effort.left -= edits + 1
        if effort.left < 0:
            return []
        trace.append(dict(furthest))
        for k in range(-edits, edits + 1, 2):
            down = k == -edits or (k != edits and furthest[k - 1] < furthest[k + 1])
            x = furthest[k + 1] if down else furthest[k - 1] + 1
            while x < len(before) and x - k < len(after) and before[x] == after[x - k]:
                x += 1
            furthest[k] = x
        if furthest.get(end, -1) >= len(before):
            return _walk_back(trace, len(before), len(after))
    return []


def _walk_back(trace: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    common: list[tuple[int, int]] = []
    for edits in range(len(trace) - 1, -1, -1):
        furthest, k = trace[edits], x - y
        down = k == -edits or (k != edits and furthest[k - 1] < furthest[k + 1])
        from_k = k + 1 if down else k - 1
        from_x = furthest[from_k]
        from_y = from_x - from_k
        while x > from_x and y > from_y and (x > 0 and y > 0):
            x, y = x - 1, y - 1
            common.append((x, y))
        x, y = from_x, from_y
    return common
