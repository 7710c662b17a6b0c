"""Which parts of two sequences belong to each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

_One = TypeVar("_One")
_Other = TypeVar("_Other")


def align(
    one: Sequence[_One], other: Sequence[_Other], is_same: Callable[[_One, _Other], bool]
) -> list[tuple[int | None, int | None]]:
    """The pairs of an alignment of least edit distance (Wagner and Fischer, 1974).

    Args:
        one: A sequence.
        other: Another one.
        is_same: Whether an item of one needs no change to be an item of the other.

    Returns:
        Positions in both, from the left; None where an item of the other sequence has no partner.
    """
    # costs[i][j]: of the first i items of one and the first j of the other.
    costs = [[i + j for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i, mine in enumerate(one, start=1):
        for j, its in enumerate(other, start=1):
            changed = costs[i - 1][j - 1] + (not is_same(mine, its))
            costs[i][j] = min(costs[i - 1][j] + 1, costs[i][j - 1] + 1, changed)
    pairs: list[tuple[int | None, int | None]] = []
    i, j = len(one), len(other)
    while i and j:
        if costs[i][j] == costs[i - 1][j - 1] + (not is_same(one[i - 1], other[j - 1])):
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif costs[i][j] == costs[i - 1][j] + 1:
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    pairs += [(k, None) for k in reversed(range(i))]
    pairs += [(None, k) for k in reversed(range(j))]
    return pairs[::-1]
