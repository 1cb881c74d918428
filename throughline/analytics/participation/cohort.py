"""Whom an authority tracks, and the months its headlines are of: the rules of definitions/rules/cohort.toml."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from throughline.analytics.participation.stated import Amended, UnfitError, read_stated, refused, whole
from throughline.core.ages import academic_age
from throughline.core.editions import held_on

UPPER_AGE = "A"  # the status of a leaver who reached it
_AGES = 14, 25  # academic ages that anybody is tracked at
_MONTHS = 1, 12
_YEAR = 366  # days


@dataclass(frozen=True)
class Edition:
    """The ages tracked from a month end on: ages whoever they are, with_plan from and to only with a current EHC plan."""

    starts: date
    confidence: str
    ages: tuple[int, ...]
    with_plan: tuple[int, int]
    year_11_age: int
    headline_ages: tuple[int, ...]

    def tracks(self, birth: date, has_plan: bool, on: date) -> bool:
        """Whether somebody is of an age to be tracked on a day; has_plan says whether they have a current EHC plan."""
        age = academic_age(birth, on)
        least, most = self.with_plan
        return age in self.ages or (has_plan and least <= age <= most)

    def has_outgrown(self, birth: date, has_plan: bool, on: date) -> bool:
        """Whether somebody has reached the upper age: they are older than everybody tracked, and as has_plan says not tracked."""
        return academic_age(birth, on) > max(self.ages) and not self.tracks(birth, has_plan, on)

    def goes_by_a_plan(self, birth: date, on: date) -> bool:
        """Whether somebody is of an age at which it is a plan that says whether they have reached the upper age."""
        return self.has_outgrown(birth, False, on) and not self.has_outgrown(birth, True, on)


@dataclass(frozen=True)
class Cohort:
    """Every edition, the oldest first, with the months that headlines average, the elements of a return that decide what
    somebody counts as, those of them that say what they do and whether it is current, the days between contacts, and the codes
    of a start that is agreed.
    """

    editions: tuple[Edition, ...]
    three_months: tuple[int, ...]
    three_months_older: tuple[int, ...]
    participation_month: int
    guarantee_month: int
    decided_by: frozenset[str]
    decided_by_activity: frozenset[str]
    priority_days: int
    overdue_days: int
    agreed_starts: frozenset[str]

    def on(self, month_end: date) -> Edition:
        """The edition that holds at a month end; the oldest for a month before any."""
        return held_on(self.editions, month_end)


def load_cohort(definitions: Path, amended: tuple[Amended, ...] = ()) -> Cohort:
    """The rules of definitions/rules/cohort.toml, some numbers amended. Raises RefusedFileError, saying what is wrong.

    Of the months that an average is of, each stands once: with one missing there would be no average.
    """
    path = definitions / "rules" / "cohort.toml"
    stated = read_stated(path, amended)
    try:
        editions = sorted((_edition(given) for given in stated["edition"]), key=lambda edition: edition.starts)
        headline, contact = stated["headline"], stated["contact"]
        activity, besides = (frozenset(headline[f"decided_by_{what}"]) for what in ("activity", "besides"))
        three, older = (_months(headline[name]) for name in ("three_months", "three_months_older"))
        return Cohort(
            tuple(editions), three, older, whole(headline["participation_month"], "The month", *_MONTHS),
            whole(headline["guarantee_month"], "The month", *_MONTHS), activity | besides, activity, *_days(contact),
            frozenset(contact["agreed_starts"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        remedy = "give each edition its ages, and the headline and contact parts their months and days"
        raise refused(path, remedy, error) from error


def _months(given: Iterable[Any]) -> tuple[int, ...]:
    months = tuple(whole(month, "A month", *_MONTHS) for month in given)
    if len(set(months)) < len(months):
        raise UnfitError("Each month that an average is of must be another one")
    return months


def _edition(given: Mapping[str, Any]) -> Edition:
    ages, headline = (tuple(whole(age, "An age", *_AGES) for age in given[name]) for name in ("ages", "headline_ages"))
    least, most = (whole(age, "An age", *_AGES) for age in given["ages_with_a_plan"])
    if least > most:
        raise UnfitError("The ages with a plan must go from the younger to the older")
    if len(set(ages)) < len(ages):
        raise UnfitError("Each age that is tracked must be another one: this one stands there already")
    if not headline:
        raise UnfitError("The headline figures must count young people of one age at least")
    if missing := [str(age) for age in headline if age not in ages]:
        raise UnfitError(f"The headline figures count young people at the academic age of {' and '.join(missing)}, so they must "
                         "be tracked whoever they are")
    return Edition(given["from"], given["confidence"], ages, (least, most), whole(given["year_11_age"], "The age", *_AGES),
                   headline)


def _days(contact: Mapping[str, Any]) -> tuple[int, int]:
    priority, overdue = (whole(contact[name], "The days", 1, _YEAR) for name in ("priority_days", "overdue_days"))
    if priority > overdue:
        raise UnfitError("A contact is due before it is overdue: the days until it is due must be no more than those until it is "
                         "overdue")
    return priority, overdue
