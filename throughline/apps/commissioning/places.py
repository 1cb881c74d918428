"""Apprenticeship places of contracts: what is expected by a day, what has been reported by then, and what is short."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from throughline.apps.commissioning.models import Contract, PlacesCount

_NAMES = ("offered", "started", "completed")
_ADDED = ("in_all", "expected", *_NAMES, "short")
_LATEST = date.max - timedelta(days=1)  # the last day that has a day after it


@dataclass(frozen=True)
class Places:
    """One contract on a day. None is not known: no end, or nobody has reported. latest is the newest count."""

    contract: Contract
    on: date
    in_all: int | None = None
    expected: int | None = None
    offered: int | None = None
    started: int | None = None
    completed: int | None = None
    latest: PlacesCount | None = None

    @property
    def asked(self) -> bool:
        """Whether the contract expects any."""
        return self.contract.asks == Contract.Asks.PLACES

    @property
    def short(self) -> int | None:
        """How many fewer have started than are expected by the day; None while nobody has reported how many have."""
        if self.expected is None or self.started is None:
            return None
        return max(self.expected - self.started, 0)

    @property
    def silent(self) -> bool:
        """Whether places are expected by now and nobody has reported how many started."""
        return bool(self.expected) and self.started is None


@dataclass(frozen=True)
class Total:
    """Many contracts together: how many there are, how many ask, and their places.

    A number of places is None where it is known of no contract that asks; unknown says of how many such contracts it is not
    known, which add nothing to it.
    """

    contracts: int
    asking: int
    in_all: int | None
    expected: int | None
    offered: int | None
    started: int | None
    completed: int | None
    short: int | None
    silent: int
    not_looked: int
    unknown: Mapping[str, int]


def places_of(contract: Contract, counts: Iterable[PlacesCount], on: date) -> Places:
    """A contract's places on a day; counts are its own, the latest first. Of each sort the newest number that is known counts."""
    by_then = [count for count in counts if count.as_at <= on]
    held = {name: next((n for count in by_then if (n := getattr(count, name)) is not None), None) for name in _NAMES}
    latest = by_then[0] if by_then else None
    if contract.asks != Contract.Asks.PLACES:
        return Places(contract, on, latest=latest, **held)
    return Places(contract, on, in_all(contract), expected_by(contract, on), latest=latest, **held)


def in_all(contract: Contract) -> int | None:
    """How many places it expects over its life; None where it expects so many a year and has no end."""
    if contract.places is not None:
        return contract.places
    years = years_of(contract)
    return contract.places_a_year * years if contract.places_a_year is not None and years is not None else None


def expected_by(contract: Contract, on: date) -> int | None:
    """How many should have started by the end of a day.

    All of them once it is over. Before that so many for each whole year that has passed, where it says how many a year;
    otherwise in proportion to the days that have passed, rounded down.
    """
    whole = in_all(contract)
    if contract.last_day and on >= contract.last_day:
        return whole
    if contract.places_a_year is not None:
        due = contract.places_a_year * years_passed(contract.starts_on, on)
        return due if whole is None else min(due, whole)
    if whole is None or not contract.days:
        return None
    return whole * max((on - contract.starts_on).days + 1, 0) // contract.days


def years_of(contract: Contract) -> int | None:
    """How many years it has, one that is begun counted whole; None without an end. An end on the anniversary begins no other."""
    if contract.last_day is None:
        return None
    whole = years_passed(contract.starts_on, contract.last_day)
    return whole if whole and _anniversary(contract.starts_on, whole) >= contract.last_day else whole + 1


def years_passed(starts_on: date, on: date) -> int:
    """How many whole years from its first day are over by the end of a day: the first ends on the eve of its anniversary."""
    next_day = min(on, _LATEST) + timedelta(days=1)
    years = next_day.year - starts_on.year
    if years > 0 and _anniversary(starts_on, years) > next_day:
        years -= 1
    return max(years, 0)


def totals(rows: Iterable[Places]) -> Total:
    """All of them together; what is not known adds nothing, and is not none."""
    held = list(rows)
    asking = [each for each in held if each.asked]
    known = {name: [n for each in asking if (n := getattr(each, name)) is not None] for name in _ADDED}
    return Total(
        len(held), len(asking), **{name: sum(numbers) if numbers else None for name, numbers in known.items()},
        silent=sum(each.silent for each in held), not_looked=sum(each.contract.asks == Contract.Asks.NOT_LOOKED for each in held),
        unknown={name: len(asking) - len(numbers) for name, numbers in known.items()},
    )


def _anniversary(day: date, years: int) -> date:
    """The same day so many years later; 1 March for 29 February in a year without."""
    year = day.year + years
    return date(year, 3, 1) if (day.month, day.day) == (2, 29) and not _leap(year) else day.replace(year=year)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
