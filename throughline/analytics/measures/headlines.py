"""The periods that a figure of the register is of, and the month ends that each is made from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from throughline.analytics.measures.definition import Headline
from throughline.analytics.participation.cohort import Cohort
from throughline.core.ages import FIRST_MONTH, academic_year
from throughline.core.periods import Period, PeriodKind

_APRIL = 4


@dataclass(frozen=True)
class Made:
    """A period and the month ends whose counts are averaged for it."""

    period: Period
    month_ends: tuple[date, ...]


def periods_of(headline: Headline, month_ends: Iterable[date], cohort: Cohort) -> list[Made]:
    """The periods for which every month end that is needed is there, earliest first.

    An average and the March snapshot stand for the financial year, labelled as the department labels its own: by the year in
    which it ends.
    """
    held = sorted(set(month_ends))
    if headline is Headline.MONTH:
        return [Made(_month(end), (end,)) for end in held]
    months = {
        Headline.THREE_MONTHS: cohort.three_months, Headline.THREE_MONTHS_OLDER: cohort.three_months_older,
        Headline.SNAPSHOT: (cohort.participation_month,),
    }[headline]
    made = []
    for year in sorted({academic_year(end) for end in held}):
        ends = [end for end in held if academic_year(end) == year and end.month in months]
        if len(ends) == len(months):
            made.append(Made(_financial_year(year), tuple(ends)))
    return made


def tied(month_end: date, cohort: Cohort) -> date:
    """One day for all month ends whose counts can be worked out from one another's by an average that they share."""
    averaged: Sequence[int] = (*cohort.three_months, *cohort.three_months_older)
    if month_end.month not in averaged:
        return month_end
    return date(academic_year(month_end), max(month for month in averaged if month >= FIRST_MONTH), 1)


def _month(end: date) -> Period:
    return Period(f"{end:%B %Y}", PeriodKind.MONTH, end.replace(day=1), end)


def _financial_year(start: int) -> Period:
    return Period(str(start + 1), PeriodKind.FINANCIAL_YEAR, date(start, _APRIL, 1), date(start + 1, _APRIL - 1, 31))
