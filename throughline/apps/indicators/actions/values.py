"""Values entered by hand for an indicator that follows no measure: entered, corrected, withdrawn and restored.

The audit says that a value was entered and by whom, never the number: those who read the audit need not see figures.
"""

from collections.abc import Mapping

from django.db import transaction

from throughline.analytics.measures.definition import Unit
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.indicators.actions.changing import ROOM, RefusedChangeError, subject_of
from throughline.apps.indicators.meaning import vocabulary
from throughline.apps.indicators.models import Indicator, IndicatorValue
from throughline.core.periods import UnreadablePeriodError, parse_period
from throughline.core.statuses import SIGNIFICANT_PLACES, Status


@transaction.atomic
def enter_value(
    *, by: User | None, indicator: Indicator, period: str, value: float | None = None, numerator: float | None = None,
    denominator: float | None = None, status: str = "final", comparators: Mapping[str, float] | None = None, evidence: str = "",
) -> IndicatorValue:
    """Enter a value, or correct one: what was there stays beside it.

    Two counts give a percentage where no value is given. status is the value of a core Status; one that stands for
    no number keeps none. comparators are by the keys of entered.COMPARATORS. Raises RefusedChangeError.
    """
    if indicator.measure:
        raise RefusedChangeError("This indicator follows a measure of the scorecard; its values come from there")
    value = _worked_out(indicator, value, numerator, denominator)
    if not Status(status).has_value:
        value = numerator = denominator = None
    elif value is None:
        raise RefusedChangeError("Give the value, or say why there is none")
    kept = period_kept(indicator, period)
    known = _newest(indicator, kept)
    beside = {key: number for key, number in (comparators or {}).items() if number is not None}
    row = IndicatorValue.objects.create(
        indicator=indicator, period=kept, value=value, numerator=numerator, denominator=denominator, status=status,
        comparators=beside, evidence=evidence.strip(), by=by)
    _say(by, row, "changed" if known else "created")
    return row


def _worked_out(indicator: Indicator, value: float | None, numerator: float | None, denominator: float | None) -> float | None:
    if value is not None or numerator is None or denominator is None or indicator.unit != Unit.PERCENT:
        return value
    if denominator == 0:
        raise RefusedChangeError("Nothing can be a share of none; leave both counts empty")
    return round(numerator / denominator * 100, SIGNIFICANT_PLACES)


@transaction.atomic
def withdraw_value(*, by: User | None, indicator: Indicator, period: str) -> IndicatorValue:
    """Take a value out of use; every row ever entered stays readable. Raises RefusedChangeError when there is none."""
    known = _newest(indicator, period)
    if known is None or known.withdrawn:
        raise RefusedChangeError("There is no such value to withdraw")
    return _again(by, known, True, "removed")


@transaction.atomic
def restore_value(*, by: User | None, indicator: Indicator, period: str) -> IndicatorValue:
    """Undo a withdrawal. Raises RefusedChangeError when the newest row is not withdrawn."""
    known = _newest(indicator, period)
    if known is None or not known.withdrawn:
        raise RefusedChangeError("There is no withdrawn value to restore")
    return _again(by, known, False, "changed")


def period_kept(indicator: Indicator, period: str) -> str:
    """The spelling a period is already kept under, or its own: one stretch of time is one value. Raises RefusedChangeError."""
    year_type = vocabulary()["entered"]["year_type"]
    try:
        wanted, _ = parse_period(period, year_type)
    except UnreadablePeriodError as error:
        raise RefusedChangeError(str(error)) from error
    held = indicator.values.order_by("period").values_list("period", flat=True).distinct()
    return next((label for label in held if parse_period(label, year_type)[0].same_time_as(wanted)), wanted.label)


def _newest(indicator: Indicator, period: str) -> IndicatorValue | None:
    return indicator.values.filter(period=period).first()


def _again(by: User | None, row: IndicatorValue, withdrawn: bool, verb: str) -> IndicatorValue:
    """The same value once more, withdrawn or back in use."""
    made = IndicatorValue.objects.create(
        indicator=row.indicator, period=row.period, value=row.value, numerator=row.numerator, denominator=row.denominator,
        status=row.status, comparators=row.comparators, evidence=row.evidence, withdrawn=withdrawn, by=by)
    _say(by, made, verb)
    return made


def _say(by: User | None, row: IndicatorValue, verb: str) -> None:
    record(by=by, verb=verb, room=ROOM, subject=subject_of(row.indicator), detail={"value of": [None, row.period]})
