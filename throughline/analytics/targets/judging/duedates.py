"""Which period a due date falls to: the last to end by it, among periods that come at their own steady pace."""

from datetime import date, timedelta

from throughline.analytics.targets.judging.spots import CannotJudgeError, Series, Spot
from throughline.analytics.targets.language import Due
from throughline.analytics.targets.say import say_day


def last_by(series: Series, due: Due | None, on: date) -> Spot:
    """The spot to judge on: the last that is out and ends by the due date. Raises CannotJudgeError where there is none."""
    for index in range(len(series.periods) - 1, -1, -1):
        if due and due.by and series.periods[index].end > due.by:
            continue
        spot = series.make(index)
        if spot.actual is not None or spot.out:
            return spot
    raise CannotJudgeError(f"There was no figure by {say_day(min(on, due.by) if due and due.by else on)}.")


def is_due_period(spot: Spot, series: Series, by: date) -> bool:
    """Whether the period after a spot's would end too late, so that the spot is the one the due date falls to."""
    return months_later(spot.end, _pace(spot, series)) > by


def _pace(spot: Spot, series: Series) -> int:
    """Months from one period's end to the next: the least there is, else the period's own length."""
    if series.pace:
        return series.pace
    apart = [_months(before.end, after.end) for before, after in zip(series.periods, series.periods[1:], strict=False)]
    steady = [months for months in apart if months > 0]
    if steady:
        return min(steady)
    return max(1, _months(spot.start, spot.end + timedelta(days=1)))


def _months(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def months_later(day: date, months: int) -> date:
    """The same day so many months on; the last of a month stays the last."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    was_last = (day + timedelta(days=1)).month != day.month
    return end if was_last or day.day > end.day else date(year, month, day.day)
