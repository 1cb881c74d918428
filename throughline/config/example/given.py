"""The example plan's files, filled in for an authority and a day."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from throughline.apps.accounts.demonstration import example_email
from throughline.apps.accounts.models import User

FOLDER = "examples"
_TURN_OF_THE_YEAR = 9  # an academic year begins in September


@dataclass(frozen=True)
class Given:
    """The authority shown, the day it is shown on, and what the files say about it."""

    area: str
    name: str
    on: date
    said: dict[str, Any]

    def ago(self, months: int) -> date:
        """The working day so many months before, near the 28th at the latest, which every month has."""
        return months_before(self.on, months)

    @property
    def lead(self) -> User:
        """The invented strategy lead, who does most of it."""
        return self.person("strategy_lead")

    def person(self, role: str) -> User:
        """The invented person of a role. Raises User.DoesNotExist before the example people are made."""
        return User.objects.get(email=example_email(role))

    def this_year(self, month: int, day: int) -> date:
        """A day of the academic year that the demonstration is shown in."""
        began = first_year(self.on) + 1
        return date(began if month >= _TURN_OF_THE_YEAR else began + 1, month, day)

    def dated(self, text: str) -> str:
        """A text with the years and the authority's name put in."""
        return text.format(authority=self.name, **_years(first_year(self.on)))


def given(area: str, name: str, on: date) -> Given:
    """What the example's files say of an authority on a day."""
    return Given(area, name, on, stated("partnership_plan"))


def stated(name: str) -> dict[str, Any]:
    """What one of the example's files says."""
    with (Path(settings.DEFINITIONS) / FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def plan_text(held: Given) -> str:
    """The plan itself, as a document that somebody wrote."""
    return held.dated((Path(settings.DEFINITIONS) / FOLDER / "partnership_plan.md").read_text(encoding="utf-8"))


def first_year(on: date) -> int:
    """The year in whose September the plan began: the academic year before the one that the day is in."""
    return on.year - 1 if on.month >= _TURN_OF_THE_YEAR else on.year - 2


def months_before(on: date, months: int) -> date:
    """The working day on or before that day of so many months before, or after for a negative number."""
    count = on.year * 12 + on.month - 1 - months
    day = date(count // 12, count % 12 + 1, min(on.day, 28))
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _years(first: int) -> dict[str, str]:
    """y0 is the plan's first year, y1 the one after, y0m1 the one before; with an s, its last two digits."""
    named = {"y0m3": -3, "y0m2": -2, "y0m1": -1, "y0": 0, "y1": 1, "y2": 2, "y3": 3}
    whole = {name: str(first + more) for name, more in named.items()}
    return whole | {f"{name}s": year[2:] for name, year in whole.items()}
