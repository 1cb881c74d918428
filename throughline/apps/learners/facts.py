"""Who a learner is, in the words of their page: what each fact is called and what it says."""

from datetime import date, datetime

from throughline.apps.accounts.places import authority_name
from throughline.apps.learners.codes import codeset
from throughline.apps.learners.models import (
    Activity,
    Address,
    Contact,
    Fact,
    GuaranteeStatus,
    Identifier,
    Learner,
    LevelOfNeed,
    Membership,
    Name,
    Particulars,
    Trait,
)
from throughline.apps.learners.outside import status_said
from throughline.apps.learners.places import school_name
from throughline.apps.learners.queries import name_on, particulars_of, spans_on
from throughline.apps.learners.sight import Sight
from throughline.core.ages import academic_age, year_group
from throughline.ui.formats import day as in_words

Facts = list[tuple[str, str]]
_SORTS: dict[type[Fact], str] = {
    Particulars: "details", Name: "a name", Address: "an address", Identifier: "a number", Membership: "being of the cohort",
    Trait: "a characteristic", LevelOfNeed: "the level of need", Contact: "whom to speak to", Activity: "an activity",
    GuaranteeStatus: "the September Guarantee",
}


def sort_of(fact: Fact) -> str:
    """What sort of thing is believed, as the page says it, such as “a characteristic”."""
    return _SORTS[type(fact)]


def facts_of(learner: Learner, sight: Sight, day: date, known: datetime | None = None) -> Facts:
    """What a reader may see of who a learner was on a day, as believed now or at a moment."""
    known_as = name_on(learner, day, known, Name.Kind.KNOWN_AS)
    facts = [("Known as", known_as.in_full)] if known_as else []
    particulars = particulars_of(learner, known)
    facts += _for_everybody(particulars, day)
    facts += [(one.get_scheme_display(), f"{one.value}, since {in_words(one.starts)}")
              for one in spans_on(learner, "identifiers", day, known)]
    return [*facts, *_for_the_authority(learner, particulars, day, known)] if sight.everything else facts


def _for_everybody(said: Particulars | None, day: date) -> Facts:
    if said is None:
        return [("Date of birth", "Nothing was known of them yet")]
    elsewhere = said.area_at_16 not in ("", said.school_at_16[:3])
    return [
        ("Date of birth", in_words(said.born)),
        ("Academic age", f"{academic_age(said.born, day)}, year {year_group(said.born, day)}"),
        ("School in year 11", school_name(said.school_at_16) if said.school_at_16 else "Not known"),
        *([("Authority in year 11", authority_name(said.area_at_16))] if elsewhere else []),
    ]


def _for_the_authority(learner: Learner, said: Particulars | None, day: date, known: datetime | None) -> Facts:
    needs = [codeset("level_of_need").label(one.level, day) for one in spans_on(learner, "levels_of_need", day, known)]
    held = [_said(one, day) for one in spans_on(learner, "memberships", day, known)]
    offers = [(f"September Guarantee, {one.get_block_display().lower()}", codeset("guarantee_status").label(one.code, day))
              for one in spans_on(learner, "guarantees", day, known)]
    once = [(title, codeset(name).label(code, day)) for title, name, code in _coded(said) if code]
    return [*once[:2], ("Level of need", needs[0] if needs else "Not set"), ("Cohort", held[0] if held else "Not in it"), *offers,
            *once[2:]]


def _coded(said: Particulars | None) -> list[tuple[str, str, str]]:
    """What is kept of somebody by a code: what it is called, its list, and the code."""
    if said is None:
        return []
    return [("Gender", "gender", said.gender), ("Ethnic group", "ethnic_group", said.ethnic_group),
            ("Intended destination", "intended_destination", said.intended_destination)]


def _said(held: Membership, day: date) -> str:
    return f"{status_said(held, day)}, since {in_words(held.starts)}"
