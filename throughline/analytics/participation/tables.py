"""The register as rows without names: what the rooms hand over, the figures count and the invented authority is made of.

Spans hold from their first day to their last, both included; an empty last day means that it goes on.
"""

from collections.abc import Iterable

from throughline.analytics.participation.breakdowns import ANY_VULNERABLE, YOUNG_MOTHER
from throughline.analytics.warehouse.tables import Column, Table

LEARNER = Table(
    "learner",
    "Young people of the register, one row each, with what does not change by the month.",
    (
        Column("learner", "integer", "the register's own number"),
        Column("born", "date", "date of birth"),
        Column("gender", "text", "code of the list gender"),
        Column("ethnic_group", "text", "code of the list ethnic_group"),
        Column("school_at_16", "text", "establishment number of the school attended in year 11", required=False),
    ),
    key=("learner",),
)

MEMBERSHIP = Table(
    "membership",
    "Which authority led on whom, and as what.",
    (
        Column("learner", "integer", "the register's own number"),
        Column("area", "text", "three-digit code of the authority of residence"),
        Column("status", "text", "code of the list cohort_status"),
        Column("starts", "date", "first day"),
        Column("ends", "date", "last day", required=False),
    ),
    key=("learner", "starts"),
)

TRAIT = Table(
    "trait",
    "Characteristics that hold for a time: codes of the list characteristic, ehc_plan and sen_support.",
    (
        Column("learner", "integer", "the register's own number"),
        Column("trait", "text", "code of the list characteristic, or ehc_plan or sen_support"),
        Column("starts", "date", "first day"),
        Column("ends", "date", "last day", required=False),
    ),
    key=("learner", "trait", "starts"),
)

HOME = Table(
    "home",
    "The district somebody lived in.",
    (
        Column("learner", "integer", "the register's own number"),
        Column("district", "text", "nine-character code of the district", required=False),
        Column("starts", "date", "first day"),
        Column("ends", "date", "last day", required=False),
    ),
    key=("learner", "starts"),
)

ACTIVITY = Table(
    "activity",
    "What young people did from a day on, and from when until when we believed it: never overwritten.",
    (
        Column("learner", "integer", "the register's own number"),
        Column("code", "text", "code of the list activity"),
        Column("start", "date", "first day of it"),
        Column("ascertained", "date", "day it was first recorded", required=False),
        Column("verified", "date", "day it was last confirmed", required=False),
        Column("review", "date", "day it is to be looked at again", required=False),
        Column("predicted_end", "date", "day the programme is to end", required=False),
        Column("neet_start", "date", "first day of the spell of being NEET, as whoever told us said", required=False),
        Column("establishment", "text", "establishment number, seven digits", required=False),
        Column("provider", "text", "UK provider reference number, eight digits", required=False),
        Column("known_from", "moment", "when we came to believe it"),
        Column("known_to", "moment", "when we ceased to, because something else was put in its place", required=False),
    ),
    key=("learner", "start", "known_from"),
)

REGISTER = (LEARNER, MEMBERSHIP, TRAIT, HOME, ACTIVITY)
EHC_PLAN, SEN_SUPPORT, NO_SUPPORT = "ehc_plan", "sen_support", "none"


def flag_of(characteristic: str) -> str:
    """The column of participation_month that says whether a characteristic holds."""
    return f"characteristic_{characteristic}"


def flags_of_groups(characteristics: Iterable[str]) -> dict[str, str]:
    """The groups of the breakdown by vulnerable group, which overlap, each with the column that says whether it holds."""
    return {ANY_VULNERABLE: "any_vulnerable", YOUNG_MOTHER: "young_mother", **{code: flag_of(code) for code in characteristics}}


def participation_month_table(characteristics: Iterable[str]) -> Table:
    """What the figures are counted from, with a flag for each code of the list characteristic. Made, never handed over."""
    return Table(
        "participation_month",
        "Whom an authority counts in its cohort at a month end, and what they counted as, as known on a moment.",
        (
            Column("month_end", "date", "last day of the month"),
            Column("learner", "integer", "the register's own number"),
            Column("area", "text", "three-digit code of the authority of residence"),
            Column("academic_age", "integer", "age on the 31 August before the academic year"),
            Column("tracked", "flag", "whether of an age to be tracked: 16 or 17, or older with a current EHC plan"),
            Column("sex", "text", "as published: female, male or not_known"),
            Column("ethnic_group", "text", "group of the list ethnic_group"),
            Column("send", "text", "ehc_plan, sen_support or none; an EHC plan goes before support without one"),
            *(Column(flag_of(code), "flag", f"whether characteristic {code} holds") for code in characteristics),
            Column("any_vulnerable", "flag", "whether any characteristic of the vulnerable groups holds, overlaps counted once"),
            Column("young_mother", "flag", "whether female, with a characteristic that makes a young woman a young mother"),
            Column("district", "text", "nine-character code of the district", required=False),
            Column("school_at_16", "text", "establishment number of the school attended in year 11", required=False),
            Column("provider", "text", "establishment number, or else UK provider reference number, of the activity",
                   required=False),
            Column("code", "text", "code of the activity; empty where there is none", required=False),
            Column("standing", "text", "group that it counts in once lapses are seen to"),
            Column("participation_type", "text", "how somebody participates; empty for whoever does not", required=False),
            Column("duty_class", "text", "class under the duty to participate, once lapses are seen to"),
            Column("lapsed", "flag", "whether the activity was no longer current"),
            Column("excluded", "flag", "whether counted nowhere, being in adult custody"),
            Column("neet_since", "date", "first day of the spell of being NEET", required=False),
        ),
        key=("month_end", "learner"),
    )
