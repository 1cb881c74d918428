"""Somebody who has every figure that is told, and adds up and takes away until people come of it whom nobody counted aloud.

What they do not know is how many there are of each sort, in each group, at each month end. Every figure that is told is an
equation about those numbers; whatever is a sum of the equations can be worked out, however many it takes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product

import numpy as np

_NEAR = 1e-6
Place = tuple[date, str]  # a month end and a group: where there may be people of any sort


@dataclass(frozen=True)
class Equation:
    """What a figure says: so many people, each of a sort in a place taken so many times."""

    count: float
    times: Mapping[Place, Mapping[str, float]]


@dataclass(frozen=True)
class Found:
    """People whom the attacker can count: of some sorts in a place, and how many there are of any sort."""

    place: Place
    sorts: frozenset[str]
    count: float
    among: float


def found(equations: Sequence[Equation], together: Sequence[frozenset[Place]]) -> Iterator[Found]:
    """Everybody that can be counted in each of together: places of one month that are taken as one."""
    unknown, of = _unknown(equations)
    if not unknown:
        return
    known = np.zeros((len(equations), len(unknown)))
    for row, equation in enumerate(equations):
        for place, sorts in equation.times.items():
            for sort, times in sorts.items():
                known[row, unknown[place, of[sort]]] = times
    nobody = _nobody(equations, known)
    known = np.vstack([known, np.eye(len(unknown))[nobody > 0]])
    free = _free(known)
    numbers = np.linalg.lstsq(known, np.array([*(each.count for each in equations), *[0] * int((nobody > 0).sum())]),
                              rcond=None)[0]
    alike = sorted(set(of.values()))
    chosen = np.array(list(product((0.0, 1.0), repeat=len(alike))))

    @cache
    def sorts_of(row: int) -> frozenset[str]:
        return frozenset(sort for sort, into in of.items() if chosen[row, alike.index(into)])

    for places in together:
        if not all((place, alike[0]) in unknown for place in places):
            continue
        held = np.array([[unknown[place, sort] for sort in alike] for place in places])
        rows = _known(chosen, free[held].sum(axis=0))
        if rows[-1] != len(chosen) - 1:  # not even how many people there are
            continue
        counts = chosen[rows] @ numbers[held].sum(axis=0)
        anybody = (nobody[held] <= len(places)).any(axis=0)
        for row, count in zip(rows[1:-1], counts[1:-1], strict=True):
            if 0 < chosen[row][anybody].sum() < anybody.sum():  # else it is told of many more that nobody, or each, is
                yield Found(min(places), sorts_of(row), round(float(count), 4), round(float(counts[-1]), 4))


def _known(chosen: np.ndarray, free: np.ndarray) -> np.ndarray:
    """The rows of chosen that go in no free direction, nobody always among them."""
    at_random = np.random.default_rng(0).random(free.shape[1])
    # What goes nowhere has no shadow: few have none, and only those are looked at in every direction.
    shadowless = np.flatnonzero(abs(chosen @ (free @ at_random)) <= _NEAR * at_random.sum())
    return shadowless[abs(chosen[shadowless] @ free).max(axis=1, initial=0) < _NEAR]


def _unknown(equations: Iterable[Equation]) -> tuple[dict[tuple[Place, int], int], dict[str, int]]:
    """The place of each unknown number, and for each sort which it stands with: no equation tells those apart."""
    places = sorted({place for equation in equations for place in equation.times})
    told = [held for equation in equations for held in equation.times.values()]
    sorts = sorted({sort for held in told for sort in held})
    signatures = {sort: tuple(held.get(sort, 0) for held in told) for sort in sorts}
    alike = {signature: number for number, signature in enumerate(sorted(set(signatures.values())))}
    of = {sort: alike[signature] for sort, signature in signatures.items()}
    return {key: number for number, key in enumerate(product(places, alike.values()))}, of


def _nobody(equations: Sequence[Equation], known: np.ndarray) -> np.ndarray:
    """Of each number that is nothing, since a figure adds up to none, how many groups that figure is of at the most; or 0."""
    found = np.zeros(known.shape[1])
    for equation, times in zip(equations, known, strict=True):
        if abs(equation.count) < _NEAR and times.min() > -_NEAR:
            of = len({group for _, group in equation.times})
            found = np.maximum(found, of * (times > _NEAR))
    return found


def _free(known: np.ndarray) -> np.ndarray:
    """The directions in which the unknown numbers may still go, whatever is known: a row for each number."""
    _, sizes, directions = np.linalg.svd(known)
    return directions[(sizes > _NEAR).sum():].T
