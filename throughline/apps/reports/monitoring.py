"""A strategy watched month by month: each action with its target and figure, and what the register counts at each month end."""

from collections import defaultdict

from throughline.analytics.measures.areas import find_area
from throughline.analytics.measures.definition import Measure
from throughline.analytics.measures.series import Point, trend
from throughline.analytics.planwriting.report import Block, Bullets, Cell, Column, Paragraph, Table
from throughline.apps.indicators.words import capital
from throughline.apps.performance import figures as room
from throughline.apps.plans.models import Action
from throughline.apps.plans.words import rated
from throughline.apps.reports.gathered import Gathered
from throughline.apps.reports.spine import figure_words
from throughline.core.rounding import round_half_up
from throughline.ui.formats import month

MONTHS = 13  # a year and the same month of the year before it
_NOTE = ("Counted from the authority's own register as it is known now; what was closed and returned for a month stays as it was "
         "and may differ.")


def actions_with_figures(held: Gathered) -> list[Block]:
    """Each action with its rating; beside it the target of each of its indicators, the latest figure and what is judged of it."""
    tied = defaultdict(list)
    for action, indicator in Action.indicators.through.objects.filter(action__plan=held.plan).values_list(
            "action_id", "indicator_id"):
        tied[action].append(indicator)
    rows = []
    for each in held.standings:
        rating = Cell((rated(each.rag),), tone=each.rag or "unrated")
        found = [held.results[pk] for pk in held.results if pk in tied[each.action.pk]]
        beside = [(str(one.indicator), one.indicator.target_words, capital(figure_words(one)), str(one.verdict).capitalize())
                  for one in found]
        none = "Its indicator is no longer in use" if tied[each.action.pk] else "No indicator is tied to it"
        for place, words in enumerate(beside or [(none, "", "", "")]):
            rows.append(((each.action.number, each.action.text, rating) if not place else ("", "", "")) + words)
    columns = (Column("Number", 1), Column("Action", 4), Column("Rating", 1.2), Column("Indicator", 3), Column("Target", 2.2),
               Column("Latest figure", 1.6), Column("Status", 1.3))
    return [Table(columns, tuple(rows), "Actions, targets and figures")] if rows else [Paragraph("The plan has no actions yet.")]


def months(held: Gathered) -> list[Block]:
    """The outline's measures at each month end of a year and a month, the newest first, and the newest beside a year before."""
    warehouse = room.warehouse()
    area = find_area(warehouse, held.plan.area)
    measures = [room.measures()[name] for name in held.measures]
    points = {each.id: {one.period.end: one for one in trend(warehouse, each, area) if one.period.end <= held.as_at}
              for each in measures}
    ends = sorted({end for found in points.values() for end in found}, reverse=True)[:MONTHS]
    if not ends:
        return [Paragraph("The register has no month that was counted by then.")]
    rows = tuple((month(end), *(_value(points[each.id].get(end), each) for each in measures)) for end in ends)
    columns = (Column("Month end", 2), *(Column(each.title, 3, amounts=True) for each in measures))
    said = tuple(line for each in measures if (line := _beside_a_year_before(points[each.id], each)))
    return [Bullets(said), Table(columns, rows, "Month by month", _NOTE)]


def printed(value: float, measure: Measure) -> str:
    """A value of a measure as a report prints it."""
    return f"{round_half_up(value, measure.decimals):,.{measure.decimals}f}{measure.unit.suffix}"


def _beside_a_year_before(points: dict, measure: Measure) -> str:
    """What the newest month says, and the same month a year before; "" where none was counted.

    Where the newest month has no value, the newest that has one is told after it.
    """
    valued = [end for end, one in points.items() if one.value is not None]
    newest = max(points, default=None)
    if newest is None:
        return ""
    told = f"{measure.title}: {_value(points[newest], measure)} in {month(newest)}"
    before = next((points[end] for end in valued if (end.year, end.month) == (newest.year - 1, newest.month)), None)
    if before:
        told += f", {_value(before, measure)} a year before"
    if valued and newest not in valued:
        told += f"; before that {_value(points[max(valued)], measure)} in {month(max(valued))}"
    return told


def _value(point: Point | None, measure: Measure) -> str:
    """A figure as it is printed, or why there is none."""
    if point is None:
        return "Not counted"
    if point.value is None:
        return point.status.words.capitalize()
    return printed(point.value, measure)
