"""What figures of the same people tell of one another: counts that nobody printed, and anybody can work out."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

import numpy as np

_NEAR = 1e-9
Sums = tuple[float, ...]


@lru_cache(maxsize=256)
def worked_out(told: tuple[frozenset[str], ...], everyone: frozenset[str]) -> tuple[Sums, ...]:
    """The sums by which told counts, and the count of everyone, give the count of further people, the last of told among them.

    told are the kinds of people that each count is of, out of everyone. Each sum has a factor for each of told and one for
    everyone. Of two sums whose people are everyone together one is given, since whoever knows the one knows the other. What
    can be worked out without the last of told is left out, and so is a count that is printed as it stands.
    """
    kinds = sorted({tuple(kind in held for held in told) for kind in everyone})
    columns = np.array([[*map(float, kind), 1.0] for kind in kinds])
    used = _independent(columns)
    if len(told) - 1 not in used:
        return ()
    found = []
    for chosen in product((0.0, 1.0), repeat=len(kinds)):
        if not chosen[0] or all(chosen):
            continue
        factors, *_ = np.linalg.lstsq(columns[:, used], np.array(chosen), rcond=None)
        reached = abs(columns[:, used] @ factors - chosen).max() < _NEAR
        if reached and abs(factors[used.index(len(told) - 1)]) > _NEAR and np.count_nonzero(abs(factors) > _NEAR) > 1:
            sums = np.zeros(columns.shape[1])
            sums[used] = factors
            found.append(tuple(float(each) for each in sums.round(6)))
    return tuple(found)


def _independent(columns: np.ndarray) -> list[int]:
    """The columns, that of everyone first of all, that are no sum of those before them."""
    used: list[int] = []
    for place in (columns.shape[1] - 1, *range(columns.shape[1] - 1)):
        if np.linalg.matrix_rank(columns[:, [*used, place]]) > len(used):
            used.append(place)
    return used


def count_of(sums: Sums, counts: Sequence[float]) -> float:
    """The count that a sum gives, of the counts of each of told and of everyone."""
    return max(round(sum(times * count for times, count in zip(sums, counts, strict=True)), 6), 0.0)
