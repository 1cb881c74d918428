"""The dated code lists and rules about young people, read once for as long as their files stay as they are."""

import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from throughline.analytics.participation.codesets import CodeSet
from throughline.analytics.participation.cohort import Cohort
from throughline.analytics.participation.currency import Currency
from throughline.analytics.participation.identifiers import establishment_fault as fault_of_establishment
from throughline.analytics.participation.retention import Retention
from throughline.analytics.participation.rules import Rules
from throughline.analytics.participation.standing import Standing
from throughline.apps.codelists.queries import codeset, codesets
from throughline.apps.codelists.ruling import rule
from throughline.core.ages import academic_age

# What is said on leaving an activity by a code, with the list of each.
CODED_ON_LEAVING = {"leaving_reason": "leaving_reason", "intended_next": "intended_destination"}


def currency() -> Currency:
    """How long activities stay current."""
    return rule("currency")


def cohort() -> Cohort:
    """Whom an authority tracks, and how soon those who are NEET should be spoken to."""
    return rule("cohort")


def rules() -> Rules:
    """What counting follows, as it holds now: officers may have put a code list or a rule right."""
    return Rules(codesets(), currency(), cohort(), rule("neet_adjustment"))


def retention() -> Retention:
    """How long a young person's record is kept."""
    return rule("retention")


def choices(name: str, day: date, held: str = "") -> list[tuple[str, str]]:
    """The codes of a list that may be used on a day, and the one that is held already, each with its code and label."""
    codes = codeset(name)
    allowed = codes.usable(day) | {held}
    return [(code, f"{code} {line.label}") for code, line in codes.as_on(day).items() if code in allowed]


def outgrown_activities(born: date, day: date) -> frozenset[str]:
    """The activities of compulsory school age, for somebody who is past it on a day; none for anybody younger."""
    past = academic_age(born, day) > cohort().on(day).year_11_age
    return codeset("activity").where(day, "family", "compulsory") if past else frozenset()


def activity_label(code: str, day: date | None = None) -> str:
    """What the code of an activity means on a day (today)."""
    return codeset("activity").label(code, day or timezone.localdate())


def activity_labels(codes: Iterable[str]) -> str:
    """What the codes of several activities mean today, in a row."""
    return "; ".join(activity_label(code) for code in sorted(codes))


def says_nothing(code: str, day: date) -> bool:
    """Whether an activity's code means on a day that nobody knows what somebody is doing, so that confirming it is no news."""
    return code in codeset("activity").where(day, "group", Standing.NOT_KNOWN)


def own_traits() -> CodeSet:
    """The traits that are no codes of the return's list: plans and support, which it flags, and what it does not ask for."""
    return codeset("own_trait")


def trait_choices(day: date) -> list[tuple[str, str]]:
    """The traits that may be recorded from a day on, each with its label: ours, and then those of the return."""
    ours = own_traits()
    usable = [code for code in ours.by_code if code in ours.usable(day)]
    return [*((code, ours.label(code, day)) for code in usable), *choices("characteristic", day)]


def trait_label(trait: str, day: date | None = None) -> str:
    """What a trait is called on a day (today)."""
    on, ours = day or timezone.localdate(), own_traits()
    return (ours if trait in ours.by_code else codeset("characteristic")).label(trait, on)


def sensitive_traits() -> frozenset[str]:
    """The traits that only those who may see sensitive characteristics are shown: whatever was ever sensitive stays so."""
    return codeset("characteristic").ever("sensitive", "yes") | own_traits().ever("sensitive", "yes")


def is_sensitive(trait: str) -> bool:
    """Whether a trait is shown to those alone who may see sensitive characteristics: one of no list is not shown to others."""
    listed = trait in own_traits().by_code or trait in codeset("characteristic").by_code
    return not listed or trait in sensitive_traits()


def guarded_activities() -> frozenset[str]:
    """The activities of which those who may not see sensitive characteristics are told the group alone.

    They are those that tell of health, family, faith, immigration or custody, and some beside them that do not, so that what
    is told of few codes is not told by its being left out. A code of which nobody said is guarded, and what was ever guarded
    stays so.
    """
    return frozenset(line.code for line in codeset("activity").lines if line.facts.get("sensitive") != "no")


def guarded_reasons() -> frozenset[str]:
    """The reasons for leaving that only those who may see sensitive characteristics are told: those that tell of health or
    conduct, and what would be told by its being left out. One of which nobody said is guarded, and what ever was stays so.
    """
    return frozenset(line.code for line in codeset("leaving_reason").lines if line.facts.get("sensitive") != "no")


def restricted_traits() -> frozenset[str]:
    """The traits that are shown only to whoever has opened the restricted record: whatever was ever restricted stays so."""
    return codeset("characteristic").ever("restricted", "yes")


def establishment_authorities() -> frozenset[str]:
    """The numbers that an establishment's may begin with: of every authority of the list, those that are no more among them
    since old records name them, and of places outside England. In a demonstration the invented authority counts too.
    """
    return frozenset(codeset("authority_number").by_code) | invented_numbers()


def invented_authority(definitions: Path) -> dict[str, str]:
    """The authority that only a demonstration has, as definitions/examples/authority.toml says."""
    return tomllib.loads((definitions / "examples" / "authority.toml").read_text(encoding="utf-8"))


def invented_numbers() -> frozenset[str]:
    """The number of the invented authority where it counts as one: in a demonstration and nowhere else."""
    return frozenset({invented_authority(settings.DEFINITIONS)["area"]}) if settings.DEMONSTRATION else frozenset()


def establishment_fault(number: str) -> str | None:
    """What is wrong with an establishment number, its authority's digits included."""
    return fault_of_establishment(number, establishment_authorities())


def upn_authorities(day: date) -> dict[str, date | None]:
    """The authorities that the library lacks by which unique pupil numbers are checked, those that there were by a day: each with
    its last day, None where it goes on.
    """
    begun = [line for line in codeset("upn_authority").lines if line.valid_from is None or line.valid_from <= day]
    last = {code: max(line.valid_to or date.max for line in begun if line.code == code) for code in {line.code for line in begun}}
    return {code: None if until == date.max else until for code, until in last.items()}
