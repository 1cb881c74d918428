"""How long what we know of an activity stays current: the rules of definitions/rules/currency.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from throughline.analytics.participation.activity import Activity
from throughline.analytics.participation.stated import Amended, UnfitError, stated_editions, whole
from throughline.core.ages import academic_year_end, days_after, months_after
from throughline.core.editions import held_on


class Lapses(StrEnum):
    """What the day on which an activity lapses is counted from."""

    ACADEMIC_YEAR_END = "academic_year_end"
    REVIEW = "review"
    VERIFIED = "verified"
    PREDICTED_END = "predicted_end"
    NEVER = "never"


_COUNTS = {Lapses.REVIEW: "days", Lapses.VERIFIED: "months"}  # what each must say a number of
_MOST_DAYS, _MOST_MONTHS = 731, 60  # beyond which a number is a slip of the key rather than a period


@dataclass(frozen=True)
class Rule:
    """How the activities of some codes lapse; days are added to a review date, months to the day last verified.

    undated are the months that are added to the day last verified where nobody gave the day that is counted from; None where it
    does not lapse then.
    """

    lapses: Lapses
    days: int = 0
    months: int = 0
    undated: int | None = None


@dataclass(frozen=True)
class Edition:
    """The rules from a month end on; rules has one for each activity code that is known."""

    starts: date
    confidence: str
    source: str
    rules: Mapping[str, Rule]

    def lapse_date(self, activity: Activity) -> date | None:
        """The last day on which an activity is current; None where it does not lapse or cannot be dated.

        A code that no rule names does not lapse, nor what would lapse on the last day there is or later: a review on 31 December
        9999 says never. What lapses by a date that nobody has given is dated by its rule's undated, or else not at all.
        """
        rule = self.rules.get(activity.code)
        if rule is None or rule.lapses is Lapses.NEVER:
            return None
        day = _counted(rule, activity) or _undated(rule, activity)
        if day is None or day == date.max:
            return None
        return min(day, activity.predicted_end or day)

    def has_lapsed(self, activity: Activity, on: date) -> bool:
        """Whether, on a day, an activity is no longer current. On its very lapse date it still is."""
        day = self.lapse_date(activity)
        return day is not None and day < on


def _counted(rule: Rule, activity: Activity) -> date | None:
    if rule.lapses is Lapses.ACADEMIC_YEAR_END:
        return academic_year_end(activity.assured)
    if rule.lapses is Lapses.REVIEW:
        return days_after(activity.review, rule.days) if activity.review else None
    if rule.lapses is Lapses.VERIFIED:
        return months_after(activity.assured, rule.months)
    return activity.predicted_end


def _undated(rule: Rule, activity: Activity) -> date | None:
    return None if rule.undated is None else months_after(activity.assured, rule.undated)


@dataclass(frozen=True)
class Currency:
    """Every edition of the rules, the oldest first."""

    editions: tuple[Edition, ...]

    def on(self, month_end: date) -> Edition:
        """The edition that holds at a month end; the oldest for a month before any."""
        return held_on(self.editions, month_end)


def load_currency(definitions: Path, amended: tuple[Amended, ...] = ()) -> Currency:
    """The rules of definitions/rules/currency.toml, some numbers amended. Raises RefusedFileError, saying what is wrong."""
    return Currency(stated_editions(definitions / "rules" / "currency.toml", amended, _edition,
                                    "give each edition from, confidence, source and rules with codes and lapses"))


def _edition(given: Mapping[str, Any]) -> Edition:
    rules: dict[str, Rule] = {}
    for stated in given["rule"]:
        counts = _COUNTS.get(Lapses(stated["lapses"]))
        if counts and counts not in stated:
            raise UnfitError(f"This rule says no {counts} in currency.toml, after which activities would lapse. "
                             "Give them there, or choose otherwise")
        rule = Rule(Lapses(stated["lapses"]), whole(stated.get("days", 0), "The days", 0, _MOST_DAYS),
                    whole(stated["months"], "The months", 1, _MOST_MONTHS) if "months" in stated else 0,
                    whole(stated["undated"]["months"], "The months", 1, _MOST_MONTHS) if "undated" in stated else None)
        for code in stated["codes"]:
            rules.setdefault(code, rule)
    return Edition(given["from"], given["confidence"], given["source"], rules)
