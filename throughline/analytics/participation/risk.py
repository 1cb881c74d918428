"""Who may be at risk of becoming NEET, by open points rules: definitions/rules/risk_of_neet.toml."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from throughline.core.editions import held_on
from throughline.core.problems import Problem, RefusedFileError

Facts = Mapping[str, float | bool | None]
Value = int | float | str
_WAYS, _PARTS = ("below", "above"), ("step", "points")
MOST_POINTS = 20  # that one thing may give: more would drown every other


class UnfitPointsError(ValueError):
    """Raised for points that make no sense; wrong says what, by the name that values() gives each."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__("; ".join(wrong.values()))
        self.wrong = dict(wrong)


@dataclass(frozen=True)
class Factor:
    """One thing that gives points.

    traits are codes of which one is enough; flag names a fact that is yes or no; fact names one that is a number, held
    against steps of (step, points), below them or above, of which the first that holds counts.
    """

    id: str
    title: str
    points: int = 0
    traits: frozenset[str] = frozenset()
    flag: str = ""
    fact: str = ""
    below: tuple[tuple[float, int], ...] = ()
    above: tuple[tuple[float, int], ...] = ()

    def given(self, traits: Collection[str], facts: Facts) -> int | None:
        """The points it gives; None when what it asks for is not known."""
        if self.traits:
            return self.points if self.traits & set(traits) else 0
        known = facts.get(self.flag or self.fact)
        if known is None:
            return None
        if self.flag:
            return self.points if known else 0
        fallen = (points for step, points in self.below if known < step)
        risen = (points for step, points in self.above if known > step)
        return next(fallen, 0) or next(risen, 0)

    @property
    def most(self) -> int:
        """The most points that it can give."""
        return max([self.points, *(points for _, points in self.below + self.above)])

    def values(self) -> dict[str, Value]:
        """What may be said otherwise of it, each under a name of its own."""
        if not self.fact:
            return {f"factor-{self.id}-points": self.points}
        steps = [(f"factor-{self.id}-{way}-{at}", pair) for way in _WAYS for at, pair in enumerate(getattr(self, way))]
        return {f"{name}-{part}": value for name, pair in steps for part, value in zip(_PARTS, pair, strict=True)}

    def amended(self, says: Mapping[str, Any]) -> "Factor":
        """It with other values, under those names."""
        if not self.fact:
            return replace(self, points=says[f"factor-{self.id}-points"])
        below, above = (tuple((says[f"factor-{self.id}-{way}-{at}-step"], says[f"factor-{self.id}-{way}-{at}-points"])
                              for at in range(len(getattr(self, way)))) for way in _WAYS)
        return replace(self, below=below, above=above)

    def wrong(self) -> dict[str, str]:
        """What makes no sense in it, by the name of the value at fault."""
        found = {name: f"{self.title}: enter points from 0 to {MOST_POINTS}" for name, value in self.values().items()
                 if name.endswith("-points") and not 0 <= int(value) <= MOST_POINTS}
        for way, further in (("below", "lower"), ("above", "higher")):
            steps = getattr(self, way)
            for at, (first, second) in enumerate(pairwise(steps), 1):
                nearer = second[0] > first[0] if way == "below" else second[0] < first[0]
                if not nearer or second[1] > first[1]:
                    found[f"factor-{self.id}-{way}-{at}-step"] = (
                        f"{self.title}: the first step is the {further} one, and gives no fewer points than the next")
        return found


@dataclass(frozen=True)
class Reason:
    """One factor's part of a score."""

    title: str
    points: int


@dataclass(frozen=True)
class Score:
    """Points, the band they reach, why, and what was not known: with it the score could reach most points."""

    points: int
    band: str
    band_title: str
    reasons: tuple[Reason, ...]
    unknown: tuple[str, ...]
    most: int


@dataclass(frozen=True)
class Edition:
    """The rules from a day on: factors, and bands as (points from which, id, title), the lowest first."""

    starts: date
    confidence: str
    source: str
    factors: tuple[Factor, ...]
    bands: tuple[tuple[int, str, str], ...]

    def values(self) -> dict[str, Value]:
        """Every value that may be said otherwise, by name: points and steps of factors, and where bands begin but the first."""
        found = {name: value for factor in self.factors for name, value in factor.values().items()}
        for at, (points, band, title) in enumerate(self.bands):
            found |= {f"band-{band}-from": points} if at else {}
            found[f"band-{band}-title"] = title
        return found

    def without(self, facts: Collection[str]) -> "Edition":
        """The edition without the factors that ask for some facts, as for somebody who may not be told them."""
        return replace(self, factors=tuple(one for one in self.factors if (one.flag or one.fact) not in facts))

    def amended(self, says: Mapping[str, Any]) -> "Edition":
        """The edition with some values said otherwise, by name; a name that it does not have says nothing.

        Raises UnfitPointsError for points or bands that make no sense.
        """
        values: dict[str, Any] = self.values()
        values |= {name: value for name, value in says.items() if name in values}
        factors = tuple(factor.amended(values) for factor in self.factors)
        wrong = {name: said for factor in factors for name, said in factor.wrong().items()}
        bands = tuple((values.get(f"band-{band}-from", points), band, values[f"band-{band}-title"])
                      for points, band, _ in self.bands)
        for before, (points, band, title) in pairwise(bands):
            if points <= before[0]:
                wrong[f"band-{band}-from"] = f"{title} begins at more points than {before[2]}, which is before it"
        if wrong:
            raise UnfitPointsError(wrong)
        return replace(self, factors=factors, bands=bands)

    def score(self, traits: Collection[str], facts: Facts) -> Score:
        """Somebody's score. traits are the codes that hold for them now; facts are what else is known of them."""
        given = [(factor, factor.given(traits, facts)) for factor in self.factors]
        points = sum(amount for _, amount in given if amount)
        _, band, title = [reached for reached in self.bands if reached[0] <= points][-1]
        unknown = [factor for factor, amount in given if amount is None]
        return Score(
            points, band, title, tuple(Reason(factor.title, amount) for factor, amount in given if amount),
            tuple(factor.title for factor in unknown), points + sum(factor.most for factor in unknown),
        )


@dataclass(frozen=True)
class Risk:
    """Every edition of the rules, the oldest first."""

    editions: tuple[Edition, ...]

    def on(self, day: date) -> Edition:
        """The edition that holds on a day; the oldest for a day before any."""
        return held_on(self.editions, day)


def load_risk(definitions: Path) -> Risk:
    """The rules of definitions/rules/risk_of_neet.toml. Raises RefusedFileError, saying what is wrong."""
    path = definitions / "rules" / "risk_of_neet.toml"
    with path.open("rb") as file:
        stated = tomllib.load(file)
    try:
        return Risk(tuple(sorted((_edition(given) for given in stated["edition"]), key=lambda edition: edition.starts)))
    except (KeyError, TypeError, ValueError) as error:
        remedy = f"give each edition its factors, each with a title and what it asks for, and bands from 0: {error}"
        raise RefusedFileError([Problem(path.name, None, "edition", "", "readable rules", remedy)]) from error


def _edition(given: Mapping[str, Any]) -> Edition:
    bands = tuple(sorted((band["from"], band["id"], band["title"]) for band in given["band"]))
    if not bands or bands[0][0] != 0:
        raise ValueError("no band begins at 0 points")
    return Edition(given["from"], given["confidence"], given["source"], tuple(map(_factor, given["factor"])), bands)


def _factor(given: Mapping[str, Any]) -> Factor:
    factor = Factor(
        given["id"], given["title"], given.get("points", 0), frozenset(given.get("trait", ())), given.get("flag", ""),
        given.get("fact", ""), _steps(given, "below"), _steps(given, "above"),
    )
    if not (factor.traits or factor.flag or (factor.fact and factor.below + factor.above)):
        raise ValueError(f"{factor.id} asks for nothing")
    return factor


def _steps(given: Mapping[str, Any], way: str) -> tuple[tuple[float, int], ...]:
    """The steps of a factor, those that give the most points first."""
    return tuple(sorted(((step["step"], step["points"]) for step in given.get(way, ())), key=lambda pair: -pair[1]))
