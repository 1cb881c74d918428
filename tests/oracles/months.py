"""What somebody counts as at a month end, worked out slowly for one person at a time, from the packaged lists read afresh.

Written from the rules as the field states them (academic age, currency, the groups of the statistics), not from the product.
"""

import csv
import tomllib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

VULNERABLE = {"110", "130", "140", "150", "160", "170", "190", "200", "210"}
NEET = {"540", "610", "615", "616", "619", "620", "630", "640", "650", "660", "670", "680"}


@dataclass
class Lists:
    """The lists and rules, as their files print them."""

    activity: dict[str, dict]
    ethnic_group: dict[str, dict]
    gender: dict[str, dict]
    currency: dict
    characteristics: list[str]


def read_lists(definitions: Path) -> Lists:
    """The files of definitions, read by the standard library alone."""
    def codes(name: str) -> dict[str, dict]:
        with (definitions / "codesets" / "learners" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            return {row["code"]: row for row in csv.DictReader(file)}

    currency = tomllib.loads((definitions / "rules" / "currency.toml").read_text(encoding="utf-8"))["edition"][0]
    return Lists(codes("activity"), codes("ethnic_group"), codes("gender"), currency, sorted(codes("characteristic")))


def row_of(person: Mapping[str, list[dict] | dict], end: date, known: datetime, lists: Lists) -> dict | None:
    """One row of participation_month; None for whoever no authority counts in its cohort.

    person holds learner (a row) and membership, trait, home and activity (their rows).
    """
    spans = [span for span in person["membership"] if covers(span, end)]
    span = max(spans, key=lambda each: each["starts"], default=None)
    if span is None or span["status"] != "P":
        return None
    learner = person["learner"]
    age = age_on_31_august(learner["born"], end)
    traits = {trait["trait"] for trait in person["trait"] if covers(trait, end)}
    homes = [home for home in person["home"] if covers(home, end)]
    vulnerable = VULNERABLE if end >= date(2020, 4, 1) else VULNERABLE - {"210"}
    return {
        "month_end": end,
        "learner": learner["learner"],
        "area": span["area"],
        "academic_age": age,
        "tracked": age in (16, 17) or ("ehc_plan" in traits and 18 <= age <= 24),
        "sex": lists.gender.get(learner["gender"], {}).get("published_as", "not_known"),
        "ethnic_group": lists.ethnic_group.get(learner["ethnic_group"], {}).get("group", "not_known"),
        "send": "ehc_plan" if "ehc_plan" in traits else "sen_support" if "sen_support" in traits else "none",
        **{f"characteristic_{code}": code in traits for code in lists.characteristics},
        "any_vulnerable": bool(traits & vulnerable),
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
    fact = lists.activity.get(last["code"], {"group": "not_known", "participation_type": "", "duty_class": "not_known"})
    due = lapse(last, lists)
    lapsed = due is not None and due < end and fact["group"] != "excluded"
    since, broken = None, next((each["start"] for each in reversed(begun) if each["code"] not in NEET), None)
    for each in reversed(begun):
        if each["code"] not in NEET:
            break
        told = each["neet_start"]
        if told is not None and (broken is None or told > broken):
            since = min(since or told, told)
        since = min(since or each["start"], each["start"])
    return {
        "provider": last["establishment"] or last["provider"],
        "code": last["code"],
        "standing": "not_known" if lapsed else fact["group"],
        "participation_type": None if lapsed else fact["participation_type"] or None,
        "duty_class": "not_known" if lapsed else fact["duty_class"],
        "lapsed": lapsed,
        "excluded": fact["group"] == "excluded",
        "neet_since": since,
    }


def confirmed(activity: Mapping) -> date:
    """The last day on which we were assured of it."""
    return activity["verified"] or activity["ascertained"] or activity["start"]


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
        year, month = last.year + (last.month + rule["months"] - 1) // 12, (last.month + rule["months"] - 1) % 12 + 1
        day = date(year, month, min(last.day, monthrange(year, month)[1]))
    else:
        day = activity["predicted_end"]
    if day is None or activity["predicted_end"] is None:
        return day
    return min(day, activity["predicted_end"])
