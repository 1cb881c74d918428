"""The vocabularies, code lists and rules that files are read by, as they are in definitions/ now."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache

from django.utils import timezone

from throughline.analytics.intake.entries import Everybody, everybody_knows
from throughline.analytics.intake.records import Lists
from throughline.analytics.intake.rules import Rules
from throughline.analytics.learnerlists.vocabulary import LABELLED_LISTS, TRAIT_LISTS, Vocabulary, plain
from throughline.analytics.participation.identifiers import FAULTS, upn_fault
from throughline.analytics.participation.identifiers import establishment_fault as fault_of_establishment
from throughline.apps.accounts.places import COLLEGE, named_at, place_names
from throughline.apps.codelists.headings import vocabulary_with
from throughline.apps.codelists.ruling import rule
from throughline.apps.learners.codes import (
    codeset,
    cohort,
    currency,
    establishment_authorities,
    invented_numbers,
    restricted_traits,
    upn_authorities,
)
from throughline.apps.learners.places import school_names
from throughline.core.editions import held_on

_LISTS = ("activity", "ethnic_group", "characteristic", "gender", "level_of_need", "guarantee_status", "intended_destination")


def rules(day: date) -> Rules:
    """How files that speak of a day are brought in."""
    return replace(held_on(rule("intake"), day), compulsory=codeset("activity").where(day, "family", "compulsory"),
                   cohort=cohort().on(day), currency=currency().on(day),
                   open_ended=codeset("activity").where(day, "group", "neet", "not_known"))


def vocabulary(day: date | None = None) -> Vocabulary:
    """The words by which the columns and cells of lists are known, with the code lists of traits and of what cells
    say as they hold, and the names of places that the figures that were built last have. day is that of which the list speaks.
    """
    words = vocabulary_with({name: codeset(name) for name in (*TRAIT_LISTS, *LABELLED_LISTS)}, restricted_traits())
    return _knowing_places(words, named_at(), day)


@lru_cache(maxsize=8)
def _knowing_places(words: Vocabulary, built: tuple[int, ...], day: date | None) -> Vocabulary:
    if day:
        return replace(_knowing_places(words, built, None), day=day)
    return replace(words, places=frozenset(map(plain, place_names())), colleges=frozenset(map(plain, place_names(COLLEGE))))


def activity_codes() -> frozenset[str]:
    """Every activity code there ever was."""
    return frozenset(codeset("activity").by_code)


def usable_activities(day: date) -> frozenset[str]:
    """The activity codes that may be used on a day."""
    return codeset("activity").usable(day)


def everybody(as_at: date, constants: Mapping[str, str], sent: bool) -> Everybody:
    """What holds for everybody on a list; sent by those whose list it is."""
    labels = {code: known.label for code, known in codeset("ethnic_group").as_on(as_at).items()}
    ruled = rules(as_at)
    return Everybody(as_at, constants, everybody_knows(labels), faults(), ruled.at_a_place, sent, ruled.open_ended)


def lists() -> Lists:
    """The codes that a record of the return may carry."""


    @cache  # a file has few places and many records
    def called(number: str) -> str:
        return school_names([number]).get(number, "")

    return Lists({name: codeset(name).by_code for name in _LISTS}, faults(), called)


def fault(scheme: str, number: str) -> str | None:
    """What is wrong with a number of a scheme; None for one that is right or that nothing is known of."""
    return faults()(scheme, number)


def faults() -> Callable[[str, str], str | None]:
    """What tells of a number of a scheme what is wrong with it, for a whole file.

    In a demonstration the invented authority gives out pupil numbers too.
    """
    authorities = upn_authorities(timezone.localdate()) | dict.fromkeys(invented_numbers())

    establishments = establishment_authorities()

    def fault_of(scheme: str, number: str) -> str | None:
        if scheme == "establishment":
            return fault_of_establishment(number, establishments)
        check = FAULTS.get(scheme)
        if check is upn_fault:
            return upn_fault(number, authorities)
        return check(number) if check else None

    return fault_of
