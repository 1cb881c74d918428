"""What figures of the same people tell of one another: counts that nobody printed, and anybody can work out."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

import numpy as np

_NEAR = 1e-9
Sums = tuple[float, ...]


@lru_cache(maxsize=1024)
def worked_out(told: tuple[frozenset, ...], everyone: frozenset, newest: int = 1) -> tuple[Sums, ...]:
    """The sums by which told counts, and the count of everyone, give the count of further people, any of the newest among them.

    told are the kinds of people that each count is of, out of everyone; the newest of them stand last. Each sum has a factor for
    each of told and one for everyone. Of two sums whose people are everyone together one is given, since whoever knows the one
    knows the other. What can be worked out without the newest is left out, and so is a count that is printed as it stands.
    """
    kinds = sorted({tuple(kind in held for held in told) for kind in everyone})
    if not kinds:
        return ()
    columns = np.array([[*map(float, kind), 1.0] for kind in kinds])
    # That of everyone first of all, so that what says nothing more than those before it is not used.
    used = _independent(columns, (len(told), *range(len(told))))
    new = [place for place, column in enumerate(used) if len(told) - newest <= column < len(told)]
    if not new:
        return ()
    basis = columns[:, used]
    # Whoever says of so many kinds whether they are in a sum has said it of all: the others follow.
    free = _independent(basis.T, range(len(kinds)))
    factors = np.array(list(product((0.0, 1.0), repeat=len(free)))) @ np.linalg.inv(basis[free]).T
    people = factors @ basis.T
    whole = (np.minimum(abs(people), abs(people - 1)).max(axis=1) < _NEAR) & (people[:, 0] > _NEAR) & (people.min(axis=1) < _NEAR)
    needed = (abs(factors[:, new]).max(axis=1) > _NEAR) & (np.count_nonzero(abs(factors) > _NEAR, axis=1) > 1)
    sums = np.zeros((len(factors), columns.shape[1]))
    sums[:, used] = factors
    return tuple(tuple(float(each) for each in row) for row in sums[whole & needed].round(6))


def _independent(columns: np.ndarray, order: Sequence[int]) -> list[int]:
    """The columns, in an order, that are no sum of those before them."""
    used: list[int] = []
    for place in order:
        if np.linalg.matrix_rank(columns[:, [*used, place]]) > len(used):
            used.append(place)
    return used


def count_of(sums: Sums, counts: Sequence[float]) -> float:
    """The count that a sum gives, of the counts of each of told and of everyone."""
    return max(round(sum(times * count for times, count in zip(sums, counts, strict=True)), 6), 0.0)
