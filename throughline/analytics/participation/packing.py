"""Packs what decides who counts as what into single whole numbers, so that the greatest of them is the answer.

The activity that somebody is in is the greatest by first day, day last confirmed and code. Those, with the day it lapses,
are packed into one number of 61 bits: finding everyone's activity is then one greatest number a learner, with nothing to
look up afterwards. Days are counted from 1 January 1900; days that do not fit count as the first, or as never.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import ibis
import ibis.expr.types as ir

from throughline.analytics.participation.currency import Edition, Lapses, Rule
from throughline.core.ages import FIRST_MONTH

DAY_BITS, CODE_BITS = 17, 10
NEVER = (1 << DAY_BITS) - 1  # does not lapse; later than any day
NO_CODE = 0  # a code that is not of three digits, and so of no list
_FIRST, _FAR = date(1900, 1, 1), date(2300, 1, 1)
_BEFORE_EPOCH = (date(1970, 1, 1) - _FIRST).days


def day_number(day: date) -> int:
    """Days since 1 January 1900, as the columns count them."""
    return min(max((day - _FIRST).days, 0), NEVER)


def days(column: ir.DateValue) -> ir.IntegerValue:
    """A column of days as numbers; NEVER where there is no day."""
    counted = ibis.coalesce(column, _FAR).epoch_days().cast("int64") + _BEFORE_EPOCH
    return ibis.least(ibis.greatest(counted, 0), NEVER)


def codes_table() -> ir.Table:
    """Every code of three digits: number and text. What lists say of codes is worked out on this, once a code, and joined."""
    numbers = ibis.range(1 << CODE_BITS).unnest().name("number").as_table()
    return numbers.mutate(text=numbers.number.cast("string").lpad(3, "0")).filter(numbers.number < 1000)  # noqa: PLR2004


def packed_activities(activity: ir.Table, editions: Sequence[Edition]) -> ir.Table:
    """Each activity with its place among its learner's, its code and the day it lapses, by each edition: packed_0 and so on."""
    codes = codes_table()
    rules = [_rules(edition) for edition in editions]
    kinds = {f"kind_{place}": ibis.cases(*(
        (codes.number.isin(numbers), ibis.literal(kind, "int64")) for kind, (_, numbers) in enumerate(held)), else_=-1,
    ) if held else ibis.literal(-1, "int64") for place, held in enumerate(rules)}
    facts = codes.select(code_text="text", code_number="number", **kinds)
    rows = activity.left_join(facts, activity.code == facts.code_text)
    code, confirmed = ibis.coalesce(rows.code_number, NO_CODE), _confirmed(rows)
    order = days(rows.start) << (DAY_BITS + CODE_BITS + DAY_BITS)
    order = order | (days(confirmed) << (CODE_BITS + DAY_BITS)) | (code << DAY_BITS)
    return rows.mutate(**{
        f"packed_{place}": order | _lapses(rows, rows[f"kind_{place}"], [rule for rule, _ in held])
        for place, held in enumerate(rules)
    })


def _rules(edition: Edition) -> list[tuple[Rule, list[int]]]:
    """The rules by which something lapses, each with the numbers of its codes."""
    codes: dict[Rule, list[int]] = {}
    for name, rule in edition.rules.items():
        if rule.lapses is not Lapses.NEVER:
            codes.setdefault(rule, []).append(int(name))
    return [(rule, sorted(numbers)) for rule, numbers in codes.items()]


def numbers(codes: Iterable[str]) -> list[int]:
    """Codes as the numbers that are packed, in order."""
    return sorted(int(code) for code in codes)


def begun_on(packed: ir.IntegerValue, day: date) -> ir.IntegerValue:
    """A packed activity as though it had begun on another day."""
    rest = DAY_BITS + CODE_BITS + DAY_BITS
    return (packed & ((1 << rest) - 1)) | (day_number(day) << rest)


def code_of(packed: ir.IntegerValue) -> ir.IntegerValue:
    """The code's number of a packed activity."""
    return (packed >> DAY_BITS) & ((1 << CODE_BITS) - 1)


def start_of(packed: ir.IntegerValue) -> ir.IntegerValue:
    """The first day of a packed activity, as a number."""
    return packed >> (DAY_BITS + CODE_BITS + DAY_BITS)


def lapse_of(packed: ir.IntegerValue) -> ir.IntegerValue:
    """The day on which a packed activity lapses, as a number; NEVER where it does not."""
    return packed & NEVER


def _confirmed(activity: ir.Table) -> ir.DateValue:
    return ibis.coalesce(activity.verified, activity.ascertained, activity.start)


def _lapses(activity: ir.Table, kind: ir.IntegerValue, rules: Sequence[Rule]) -> ir.IntegerValue:
    """The day an activity lapses, as Edition.lapse_date has it, as a number; kind is the place of its rule in rules."""
    if not rules:
        return ibis.literal(NEVER, "int64")
    cases = [(kind == place, _dated(activity, rule)) for place, rule in enumerate(rules)]
    dated = days(ibis.cases(*cases, else_=_FAR))
    # What has no date to lapse by does not lapse, whatever its programme's end.
    return (dated == NEVER).ifelse(NEVER, ibis.least(dated, days(activity.predicted_end)))


def _dated(activity: ir.Table, rule: Rule) -> ir.DateValue:
    counted = _counted(activity, rule)
    if rule.undated is None:
        return counted
    return ibis.coalesce(counted, _confirmed(activity) + ibis.interval(months=rule.undated))


def _counted(activity: ir.Table, rule: Rule) -> ir.DateValue:
    confirmed = _confirmed(activity)
    if rule.lapses is Lapses.ACADEMIC_YEAR_END:
        return ibis.date(confirmed.year() + (confirmed.month() >= FIRST_MONTH).cast("int32"), 8, 31)
    if rule.lapses is Lapses.REVIEW:
        return activity.review + ibis.interval(days=rule.days)
    if rule.lapses is Lapses.VERIFIED:
        return confirmed + ibis.interval(months=rule.months)
    return activity.predicted_end
