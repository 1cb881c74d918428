"""How long a young person's record is kept: the rules of definitions/rules/retention.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from throughline.core.ages import academic_age, academic_year, months_after
from throughline.core.problems import Problem, RefusedFileError

_MONTHS = 12


@dataclass(frozen=True)
class Edition:
    """last_age is the academic age with whose year tracking ends; years_after how long a record is kept after leaving."""

    starts: date
    last_age: int
    years_after: int
    confidence: str
    source: str

    def after_leaving(self, left: date) -> date:
        """The last day on which the record of somebody who left on a day is kept."""
        return months_after(left, _MONTHS * self.years_after)

    def after_growing_up(self, born: date) -> date:
        """The last day on which the record of somebody is kept of whom nobody ever said that they left."""
        year = academic_year(born) + self.last_age + 1  # in which their academic age is last_age
        year += academic_age(born, date(year, 9, 1)) < self.last_age
        return self.after_leaving(date(year + 1, 8, 31))

    def born_by(self, day: date) -> date:
        """The last day of birth of those whose record is kept no longer on a day, although nobody said that they left."""
        return date(academic_year(months_after(day, -_MONTHS * self.years_after)) - self.last_age - 1, 8, 31)


@dataclass(frozen=True)
class Retention:
    """Every edition, the oldest first."""

    editions: tuple[Edition, ...]

    def on(self, day: date) -> Edition:
        """The edition that holds on a day; the oldest for a day before any."""
        held = [edition for edition in self.editions if edition.starts <= day]
        return held[-1] if held else self.editions[0]


def load_retention(definitions: Path) -> Retention:
    """The rules of definitions/rules/retention.toml. Raises RefusedFileError, saying what is wrong and what would be right."""
    path = definitions / "rules" / "retention.toml"
    stated = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        editions = [
            Edition(given["from"], int(given["last_age"]), int(given["years_after"]), given["confidence"], given["source"])
            for given in stated["edition"]
        ]
        return Retention(tuple(sorted(editions, key=lambda edition: edition.starts)))
    except (KeyError, TypeError, ValueError) as error:
        remedy = f"give each edition from, last_age, years_after, confidence and source: {error}"
        raise RefusedFileError([Problem(path.name, None, "edition", "", "readable rules", remedy)]) from error
