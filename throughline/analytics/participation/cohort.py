"""Whom an authority tracks, and the months its headlines are of: the rules of definitions/rules/cohort.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from throughline.core.ages import academic_age
from throughline.core.problems import Problem, RefusedFileError


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


@dataclass(frozen=True)
class Cohort:
    """Every edition, the oldest first, with the months that headlines average, the days between contacts, and the codes
    of a start that is agreed.
    """

    editions: tuple[Edition, ...]
    three_months: tuple[int, ...]
    three_months_older: tuple[int, ...]
    participation_month: int
    guarantee_month: int
    priority_days: int
    overdue_days: int
    agreed_starts: frozenset[str]

    def on(self, month_end: date) -> Edition:
        """The edition that holds at a month end; the oldest for a month before any."""
        held = [edition for edition in self.editions if edition.starts <= month_end]
        return held[-1] if held else self.editions[0]


def load_cohort(definitions: Path) -> Cohort:
    """The rules of definitions/rules/cohort.toml. Raises RefusedFileError, saying what is wrong and what would be right."""
    path = definitions / "rules" / "cohort.toml"
    with path.open("rb") as file:
        stated = tomllib.load(file)
    try:
        editions = sorted((
            Edition(given["from"], given["confidence"], tuple(given["ages"]), tuple(given["ages_with_a_plan"]),
                    given["year_11_age"], tuple(given["headline_ages"]))
            for given in stated["edition"]
        ), key=lambda edition: edition.starts)
        headline, contact = stated["headline"], stated["contact"]
        return Cohort(
            tuple(editions), tuple(headline["three_months"]), tuple(headline["three_months_older"]),
            headline["participation_month"], headline["guarantee_month"], contact["priority_days"], contact["overdue_days"],
            frozenset(contact["agreed_starts"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        remedy = f"give each edition its ages, and the headline and contact parts their months and days: {error}"
        raise RefusedFileError([Problem(path.name, None, "edition", "", "readable rules", remedy)]) from error
