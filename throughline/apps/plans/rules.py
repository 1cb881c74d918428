"""Reads definitions/rules/plan_ratings.toml: by what a rating is proposed, and when owners are reminded."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from throughline.core.problems import Problem, RefusedFileError

FILE = "rules/plan_ratings.toml"
COLOURS = ("green", "amber", "red")


@dataclass(frozen=True)
class Lateness:
    """After how many days past its day something is amber, and after how many red."""

    amber_after_days: int
    red_after_days: int

    def rag(self, days: int) -> str:
        """The colour of something so many days past its day; "" for what is not late."""
        if days > self.red_after_days:
            return "red"
        return "amber" if days > self.amber_after_days else ""


@dataclass(frozen=True)
class RatingRules:
    """The rules of the file; days are whole days."""

    action: Lateness
    milestone: Lateness
    steps_within_days: int
    indicator: Mapping[str, str]
    fresh_for_days: int
    due_within_days: int
    update_from_day: int


def rating_rules() -> RatingRules:
    """The rules, read again when the file changes. Raises RefusedFileError, saying what is wrong and what would be right."""
    path = settings.DEFINITIONS / FILE
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _load(path: Path, _changed: int) -> RatingRules:
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
        rules = _rules(stated)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        remedy = "a table or a number is missing or is not of its kind; compare the file with its comments"
        raise RefusedFileError([Problem(FILE, None, "", str(error), "rating rules", remedy)]) from error
    return rules


def _rules(stated: dict[str, Any]) -> RatingRules:
    indicator = {colour: str(stated["indicator"][colour]) for colour in COLOURS}
    if wrong := set(indicator.values()) - set(COLOURS):
        raise ValueError(f"{', '.join(sorted(wrong))} is no colour; write one of {', '.join(COLOURS)}")
    return RatingRules(
        action=_lateness(stated["action"]), milestone=_lateness(stated["milestone"]),
        steps_within_days=_days(stated["steps"]["amber_within_days"]), indicator=indicator,
        fresh_for_days=_days(stated["update"]["fresh_for_days"]),
        due_within_days=_days(stated["reminders"]["due_within_days"]),
        update_from_day=_days(stated["reminders"]["update_from_day"]),
    )


def _lateness(table: dict[str, Any]) -> Lateness:
    return Lateness(_days(table["amber_after_days"]), _days(table["red_after_days"]))


def _days(stated: Any) -> int:
    if isinstance(stated, bool) or not isinstance(stated, int) or stated < 0:
        raise ValueError(f"{stated!r} is not a number of days")
    return stated
