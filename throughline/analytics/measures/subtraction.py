"""What figures of the same people tell of one another: counts that nobody printed, and anybody can work out."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

import numpy as np

_NEAR = 1e-9


@lru_cache(maxsize=1024)
def worked_out(told: tuple[frozenset, ...], everyone: frozenset, newest: int = 1) -> np.ndarray:
    """The sums by which told counts, and the count of everyone, give the count of further people, any of the newest among them.

    told are the kinds of people that each count is of, out of everyone; the newest of them stand last. Each sum is a row, with a
    factor for each of told and one for everyone; nobody may write into it, since it is remembered. Of two sums whose people are
    everyone together one is given, since whoever knows the one knows the other. What can be worked out without the newest is left
    out, and so is a count that is printed as it stands.
    """
    kinds = sorted({tuple(kind in held for held in told) for kind in everyone})
    nothing = np.zeros((0, len(told) + 1))
    if not kinds:
        return nothing
    columns = np.array([[*map(float, kind), 1.0] for kind in kinds])
    # That of everyone first of all, so that what says nothing more than those before it is not used.
    used = _independent(columns, (len(told), *range(len(told))))
    new = [place for place, column in enumerate(used) if len(told) - newest <= column < len(told)]
    if not new:
        return nothing
    basis = columns[:, used]
    # Whoever says of so many kinds whether they are in a sum has said it of all: the others follow.
    free = _independent(basis.T, range(len(kinds)))
    factors = np.array(list(product((0.0, 1.0), repeat=len(free)))) @ np.linalg.inv(basis[free]).T
    people = factors @ basis.T
    whole = (np.minimum(abs(people), abs(people - 1)).max(axis=1) < _NEAR) & (people[:, 0] > _NEAR) & (people.min(axis=1) < _NEAR)
    needed = (abs(factors[:, new]).max(axis=1) > _NEAR) & (np.count_nonzero(abs(factors) > _NEAR, axis=1) > 1)
    sums = np.zeros((len(factors), columns.shape[1]))
    sums[:, used] = factors
    found = sums[whole & needed].round(6)
    found.flags.writeable = False
    return found


@lru_cache(maxsize=1024)
def made_of(told: tuple[frozenset, ...], everyone: frozenset, newest: frozenset) -> tuple[int, ...] | None:
    """The places in told of counts by which, and by the count of everyone, that of the newest is given; None where none give it.

    Each is the kinds of people that a count is of, as in worked_out.
    """
    columns = np.array([[*(float(kind in held) for held in told), 1.0] for kind in everyone])
    used = _independent(columns, (len(told), *range(len(told))))
    wanted = np.array([float(kind in newest) for kind in everyone])
    factors, *_ = np.linalg.lstsq(columns[:, used], wanted, rcond=None)
    if abs(columns[:, used] @ factors - wanted).max(initial=0) > _NEAR:
        return None
    return tuple(place for place, factor in zip(used, factors, strict=True) if place < len(told) and abs(factor) > _NEAR)


def _independent(columns: np.ndarray, order: Sequence[int]) -> list[int]:
    """The columns, in an order, that are no sum of those before them."""
    used: list[int] = []
    for place in order:
        if np.linalg.matrix_rank(columns[:, [*used, place]]) > len(used):
            used.append(place)
    return used


def counts_of(sums: np.ndarray, counts: Sequence[Sequence[float]]) -> np.ndarray:
    """The counts that sums give, a row each, of rows of counts: one of each of told, and that of everyone last."""
    return np.maximum((sums @ np.array(counts, dtype=float)).round(6), 0.0)
