"""Chance that can be had again: streams of it named by what they are for, weighted picks, and days as whole numbers."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

NEVER = 10**6  # a day beyond all others: some 2,700 years on
_FIRST_YEAR = 1970


def stream(seed: int, name: str, part: int = 0) -> np.random.Generator:
    """A stream of chance of its own for one purpose and part, so that drawing more for one changes no other."""
    return np.random.default_rng([seed, crc32(name.encode()), part])


def pick(chance: np.random.Generator, weights: Sequence[float] | Floats, count: int) -> Ints:
    """count positions in weights, each as likely as its weight."""
    reached = np.cumsum(np.asarray(weights, dtype=float))
    return np.searchsorted(reached, chance.random(count) * reached[-1], side="right").clip(0, len(reached) - 1)


def pick_each(chance: np.random.Generator, weights: Floats) -> Ints:
    """One position for each row of weights, as likely as the row says. A row may not be all nought."""
    reached = np.cumsum(weights, axis=1)
    drawn = chance.random(len(weights)) * reached[:, -1]
    return (reached <= drawn[:, None]).sum(axis=1).clip(0, weights.shape[1] - 1)


def between(chance: np.random.Generator, low: Ints | int, high: Ints | int, count: int) -> Ints:
    """count whole numbers from low to high, both included."""
    return np.floor(low + chance.random(count) * (np.asarray(high) - low + 1)).astype(np.int64)


def days(years: Ints | int, month: int, day: int) -> Ints:
    """Days since 1970 of a day of the calendar in each of years."""
    months = (np.asarray(years, dtype=np.int64) - _FIRST_YEAR) * 12 + month - 1
    return months.astype("M8[M]").astype("M8[D]").astype(np.int64) + day - 1


def academic_years(of: Ints) -> Ints:
    """The year in which the academic year of each day began: the same as core.ages.academic_year, many at once."""
    months = of.astype("M8[D]").astype("M8[M]").astype(np.int64)
    return (months - 8) // 12 + _FIRST_YEAR


def month_ends(of: Ints) -> Ints:
    """The last day of the month of each day."""
    return (of.astype("M8[D]").astype("M8[M]") + 1).astype("M8[D]").astype(np.int64) - 1


def birthdays(born: Ints, years: int) -> Ints:
    """The day of each birthday, that of 29 February being 1 March."""
    months = born.astype("M8[D]").astype("M8[M]")
    within = born - months.astype("M8[D]").astype(np.int64)
    return (months + 12 * years).astype("M8[D]").astype(np.int64) + within
