"""What somebody counts as at a month end, worked out slowly for one person at a time, from the packaged lists read afresh.

Written from the rules as the field states them (academic age, currency, the groups of the statistics), not from the product.
"""

import csv
import tomllib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path


@dataclass(eq=False)
class Lists:
    """The lists and rules, as their files print them."""

    activity: list[dict]
    ethnic_group: list[dict]
    gender: list[dict]
    cohort_status: list[dict]
    characteristic: list[dict]
    currency: dict

    @property
    def characteristics(self) -> list[str]:
        """Every code of the list."""
        return sorted({row["code"] for row in self.characteristic})

    @cached_property
    def turn(self) -> bool:
        """Whether anything else is ever said of an activity's code than at another time."""
        return len({row["code"] for row in self.activity}) < len(self.activity)


def read_lists(definitions: Path) -> Lists:
    """The files of definitions, read by the standard library alone."""
    def codes(name: str) -> list[dict]:
        with (definitions / "codesets" / "learners" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    currency = tomllib.loads((definitions / "rules" / "currency.toml").read_text(encoding="utf-8"))["edition"][0]
    return Lists(*map(codes, ("activity", "ethnic_group", "gender", "cohort_status", "characteristic")), currency)


def said_of(rows: list[dict], code: str, day: date) -> dict | None:
    """What a list says of a code on a day: its row of that day, or the last that was before, or the first there was."""
    of = sorted((row for row in rows if row["code"] == code), key=lambda row: row["valid_from"])
    begun = [row for row in of if row["valid_from"] <= day.isoformat()]
    return begun[-1] if begun else of[0] if of else None


def fact(rows: list[dict], code: str, day: date, column: str, otherwise: str) -> str:
    """One column of what a list says of a code on a day."""
    row = said_of(rows, code, day)
    return row[column] if row else otherwise


def makes(trait: str, what: str, day: date, lists: Lists) -> bool:
    """Whether a characteristic makes somebody vulnerable or a young mother on a day, and is still used then."""
    return any(row["code"] == trait and row[what] == "yes" and row["valid_from"] <= day.isoformat()
               and (not row["valid_to"] or day.isoformat() <= row["valid_to"]) for row in lists.characteristic)


def row_of(person: Mapping[str, list[dict] | dict], end: date, known: datetime, lists: Lists) -> dict | None:
    """One row of participation_month; None for whoever no authority counts in its cohort.

    person holds learner (a row) and membership, trait, home and activity (their rows).
    """
    spans = [span for span in person["membership"] if covers(span, end)]
    span = max(spans, key=lambda each: each["starts"], default=None)
    if span is None or fact(lists.cohort_status, span["status"], end, "in_cohort", "no") == "no":
        return None
    learner = person["learner"]
    age = age_on_31_august(learner["born"], end)
    traits = {trait["trait"] for trait in person["trait"] if covers(trait, end)}
    homes = [home for home in person["home"] if covers(home, end)]
    return {
        "month_end": end,
        "learner": learner["learner"],
        "area": span["area"],
        "academic_age": age,
        "tracked": age in (16, 17) or ("ehc_plan" in traits and 18 <= age <= 24),
        "sex": fact(lists.gender, learner["gender"], end, "published_as", "not_known"),
        "ethnic_group": fact(lists.ethnic_group, learner["ethnic_group"], end, "group", "not_known"),
        "send": "ehc_plan" if "ehc_plan" in traits else "sen_support" if "sen_support" in traits else "none",
        **{f"characteristic_{code}": code in traits for code in lists.characteristics},
        "any_vulnerable": any(makes(trait, "vulnerable", end, lists) for trait in traits),
        "young_mother": fact(lists.gender, learner["gender"], end, "published_as", "not_known") == "female"
                        and any(makes(trait, "young_mother", end, lists) for trait in traits),
        "district": max(homes, key=lambda each: each["starts"])["district"] if homes else None,
        "school_at_16": learner["school_at_16"],
        **standing(person["activity"], end, known, lists),
    }


def covers(span: Mapping, day: date) -> bool:
    """Whether a span holds on a day."""
    return span["starts"] <= day and (span["ends"] is None or day <= span["ends"])


def age_on_31_august(born: date, end: date) -> int:
    """Age on the 31 August before the academic year, by counting birthdays."""
    august = date(end.year if end.month >= 9 else end.year - 1, 8, 31)
    birthdays = (date(year, 3, 1) if (born.month, born.day) == (2, 29) else date(year, born.month, born.day)
                 for year in range(born.year + 1, august.year + 1))
    return sum(birthday <= august for birthday in birthdays)


def standing(activities: list[dict], end: date, known: datetime, lists: Lists) -> dict:
    """What the activity believed at a moment makes of somebody, and since when they have been NEET."""
    believed = [each for each in activities
                if each["known_from"] <= known and not (each["known_to"] and each["known_to"] <= known)]
    begun = sorted((each for each in believed if each["start"] <= end),
                   key=lambda each: (each["start"], confirmed(each), each["code"], lapse(each, lists) or date.max,
                                     each["establishment"] or each["provider"] or ""))
    if not begun:
        return {"provider": None, "code": None, "standing": "not_known", "participation_type": None, "duty_class": "not_known",
                "lapsed": False, "excluded": False, "neet_since": None}
    last = begun[-1]
    said = said_of(lists.activity, last["code"], end) or {
        "group": "not_known", "participation_type": "", "duty_class": "not_known"}
    due = lapse(last, lists)
    lapsed = due is not None and due < end and said["group"] != "excluded"
    return {
        "provider": last["establishment"] or last["provider"],
        "code": last["code"],
        "standing": "not_known" if lapsed else said["group"],
        "participation_type": None if lapsed else said["participation_type"] or None,
        "duty_class": "not_known" if lapsed else said["duty_class"],
        "lapsed": lapsed,
        "excluded": said["group"] == "excluded",
        "neet_since": neet_since(begun, end, lists),
    }


def neet_since(begun: list[dict], end: date, lists: Lists) -> date | None:
    """The first day of the spell, from activities in order, each of them looked at day by day until the next began."""
    parts: list[tuple[date, bool, date | None]] = []
    for place, each in enumerate(begun):
        day, until = each["start"], begun[place + 1]["start"] if place + 1 < len(begun) else end + timedelta(1)
        parts.append((day, counts_as_neet(each["code"], day, lists), each["neet_start"]))
        while lists.turn and (day := day + timedelta(1)) < until:
            if counts_as_neet(each["code"], day, lists) != parts[-1][1]:
                parts.append((day, not parts[-1][1], None))
    spell = []
    while parts and parts[-1][1]:
        spell.append(parts.pop())
    broken = parts[-1][0] if parts else date.min
    return min((day for first, _, told in spell for day in (first, told) if day and (day == first or day > broken)), default=None)


@cache
def counts_as_neet(code: str, day: date, lists: Lists) -> bool:
    """Whether an activity's code counts as NEET on a day; asked for every day of every activity, and so remembered."""
    return fact(lists.activity, code, day, "group", "not_known") == "neet"


def confirmed(activity: Mapping) -> date:
    """The last day on which we were assured of it."""
    return activity["verified"] or activity["ascertained"] or activity["start"]


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of a month that is too short."""
    year, month = day.year + (day.month + months - 1) // 12, (day.month + months - 1) % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def lapse(activity: Mapping, lists: Lists) -> date | None:
    """The day a record lapses: the table of currency, row by row, never after the predicted end."""
    rule = next((rule for rule in lists.currency["rule"] if activity["code"] in rule["codes"]), None)
    if rule is None or rule["lapses"] == "never":
        return None
    last = confirmed(activity)
    if rule["lapses"] == "academic_year_end":
        day = date(last.year + (last.month > 8), 8, 31)
    elif rule["lapses"] == "review":
        day = activity["review"] + timedelta(rule["days"]) if activity["review"] else None
    elif rule["lapses"] == "verified":
        day = months_later(last, rule["months"])
    else:
        day = activity["predicted_end"]
    if day is None and "undated" in rule:
        day = months_later(last, rule["undated"]["months"])
    if day is None or activity["predicted_end"] is None:
        return day
    return min(day, activity["predicted_end"])
