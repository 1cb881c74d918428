"""What a return is checked by here: the numbered rules by editions, and the code lists with the demonstration's authority."""

from datetime import date

from django.conf import settings
from django.db import DatabaseError

from throughline.analytics.formats.nccis.checking import Context
from throughline.analytics.formats.nccis.days import Days
from throughline.analytics.formats.nccis.edition import Editions, Rule, load_editions
from throughline.analytics.formats.nccis.known import Codes, Given, Setting, load_codes
from throughline.analytics.formats.nccis.timetable import Timetable
from throughline.apps.codelists.queries import codesets
from throughline.apps.codelists.ruling import RETURNS, rule
from throughline.apps.learners.codes import invented_numbers
from throughline.apps.learners.identified import database_id
from throughline.core.periods import month_end

CHARACTERISTICS = "characteristics"  # the field of a record
_WITHOUT_REVIEW = ("code_without_day", "review_date")  # the test of a rule that wants it, and the field that it is about


def editions() -> Editions:
    """Every edition of the rules, with the numbers that officers say otherwise."""
    return rule(RETURNS)


def expected_by(month_end: date) -> date:
    """The last day on which the department expects the return of a month."""
    timetable: Timetable = rule("upload_timetable")
    return timetable.on(month_end).expected_by(month_end)


def editions_held() -> Editions:
    """Every edition as officers say it, or as its file has it where no database has been made yet."""
    try:
        return editions()
    except DatabaseError:
        return load_editions(settings.DEFINITIONS)


def context(area: str, month_end: date) -> Context:
    """The rules that hold for an authority's own return of a month."""
    return Context(editions().on(month_end), codes(), Setting(month_end, frozenset({area}), frozenset({database_id(area)})))


def looked_at_again(day: date) -> frozenset[str]:
    """The codes of activities of which the return of a day's month wants to know when they are looked at again."""
    end = month_end(day)
    wanting = (rule for rule in editions().on(end).rules if (rule.predicate, rule.field) == _WITHOUT_REVIEW)
    return frozenset(code for rule in wanting for code in codes_of(rule, end))


def codes_of(rule: Rule, month_end: date) -> frozenset[str]:
    """The codes that a rule of the return is of in a month."""
    return Given(rule.field, rule.given, codes(), Setting(month_end), Days()).codes()


def rules_of_characteristics() -> frozenset[int]:
    """The numbers of the rules that look at characteristics, in any edition: that a record breaks one may tell of somebody what
    is sensitive.
    """
    return frozenset(rule.number for edition in editions().editions for rule in edition.rules if rule.field == CHARACTERISTICS)


def codes() -> Codes:
    """Every list as officers have put it right; the invented authority counts as one only in a demonstration."""
    return Codes(codesets(), invented_numbers())


def codes_held() -> Codes:
    """Every list as officers have put it right, or as its file has it where no database has been made yet."""
    try:
        return codes()
    except DatabaseError:
        return codes_of_files()


def codes_of_files() -> Codes:
    """Every list as its file has it."""
    return load_codes(settings.DEFINITIONS, invented_numbers())
