"""Packs what decides who counts as what into single whole numbers, so that the greatest of them is the answer.

The activity that somebody is in is the greatest by first day, day last confirmed and code. Those, with the day it lapses,
are packed into one number of 61 bits: finding everyone's activity is then one greatest number a learner, with nothing to
look up afterwards. Days are counted from 1 January 1900; days that do not fit count as the first, or as never.
"""

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


def code_number(column: ir.StringValue) -> ir.IntegerValue:
    """A code of three digits as a number; NO_CODE for any other."""
    number = column.try_cast("int64")
    return ((column.length() == 3) & number.between(0, 999)).ifelse(number, NO_CODE)


def packed_activity(activity: ir.Table, edition: Edition) -> ir.IntegerValue:
    """Each activity's place among its learner's, its code and the day it lapses, by the rules of an edition."""
    start, confirmed = days(activity.start), days(_confirmed(activity))
    code, lapses = code_number(activity.code), _lapses(activity, code_number(activity.code), edition)
    return (start << (DAY_BITS + CODE_BITS + DAY_BITS)) | (confirmed << (CODE_BITS + DAY_BITS)) | (code << DAY_BITS) | lapses


def code_of(packed: ir.IntegerValue) -> ir.IntegerValue:
    """The code's number of a packed activity."""
    return (packed >> DAY_BITS) & ((1 << CODE_BITS) - 1)


def lapse_of(packed: ir.IntegerValue) -> ir.IntegerValue:
    """The day on which a packed activity lapses, as a number; NEVER where it does not."""
    return packed & NEVER


def _confirmed(activity: ir.Table) -> ir.DateValue:
    return ibis.coalesce(activity.verified, activity.ascertained, activity.start)


def _lapses(activity: ir.Table, code: ir.IntegerValue, edition: Edition) -> ir.IntegerValue:
    """The day an activity lapses, as Edition.lapse_date has it, as a number."""
    codes: dict[Rule, list[int]] = {}
    for name, rule in edition.rules.items():
        if rule.lapses is not Lapses.NEVER:
            codes.setdefault(rule, []).append(int(name))
    cases = [(code.isin(sorted(named)), _counted(activity, rule)) for rule, named in codes.items()]
    dated = days(ibis.cases(*cases, else_=_FAR)) if cases else ibis.literal(NEVER, "int64")
    # What has no date to lapse by does not lapse, whatever its programme's end.
    return (dated == NEVER).ifelse(NEVER, ibis.least(dated, days(activity.predicted_end)))


def _counted(activity: ir.Table, rule: Rule) -> ir.DateValue:
    confirmed = _confirmed(activity)
    if rule.lapses is Lapses.ACADEMIC_YEAR_END:
        return ibis.date(confirmed.year() + (confirmed.month() >= FIRST_MONTH).cast("int32"), 8, 31)
    if rule.lapses is Lapses.REVIEW:
        return activity.review + ibis.interval(days=rule.days)
    if rule.lapses is Lapses.VERIFIED:
        return confirmed + ibis.interval(months=rule.months)
    return activity.predicted_end
