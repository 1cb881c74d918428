"""From an indicator to what it is judged by: the figures of the measure it follows, or those entered for it by hand.

Each kind of measure has one builder, in _BUILDERS: it takes the indicator, its measure and what was read for all
indicators together.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

from django.conf import settings
from django.utils import timezone

from throughline.analytics.measures.definition import Kind, Measure, Unit
from throughline.analytics.measures.disclosure import SmallNumbers, load_small_numbers
from throughline.analytics.measures.figures import COUNTED_BY, ENTERED_BY, Range, ranges
from throughline.analytics.measures.series import ENGLAND
from throughline.analytics.targets.evidence import Evidence, GapPoint, Point, SeriesBreak
from throughline.apps.indicators.entered import entered_gaps, entered_points, hiding
from throughline.apps.indicators.figures import Group, GroupRows, Held, held
from throughline.apps.indicators.groups import compared_groups, register_group_name
from throughline.apps.indicators.meaning import known_unit, vocabulary
from throughline.apps.indicators.models import Indicator, IndicatorBreak, IndicatorValue
from throughline.apps.performance import figures as performance
from throughline.core.periods import UnreadablePeriodError, parse_period
from throughline.core.polarity import Polarity
from throughline.core.statuses import Status

_OF_OTHERS = ("england", "region", "neighbours_mean", "neighbours_rank", "neighbours_ranked", "rank", "ranked", "quartile")
BY_HAND = "Entered by hand"


@dataclass(frozen=True)
class Asked:
    """What is read once for many indicators: the warehouse's rows, the values and breaks kept here, and the day asked of."""

    on: date | None
    rows: Held
    values: Mapping[int, Sequence[IndicatorValue]]
    breaks: Mapping[int, Sequence[IndicatorBreak]]
    entered: bool
    counted: bool
    small: SmallNumbers
    groups: Mapping[int, Sequence[Group]]  # of each indicator: its own, and the one it is compared with
    ranges: Mapping[tuple[str, str], Range]  # what NEET may be for all we know, by measure and period


def evidence_for(indicators: Iterable[Indicator], area: str, on: date | None = None, *,
                 entered: bool = True, counted: bool = False) -> dict[int, Evidence]:
    """The figures of each indicator by its id, as they were known on a day, today without one; empty where there are none.

    area is the three-digit code of the authority whose indicators they are. entered=False leaves out the figures
    of measures that officers enter and those of the register, for a reader who may not see them; counted=True leaves those in
    that the register counts of everybody. A fixed number of queries, however many indicators.
    """
    wanted = list(indicators)
    measures = performance.measures()
    followed = {one.measure: measures[one.measure] for one in wanted if one.measure in measures}
    small = load_small_numbers(settings.DEFINITIONS)
    groups = {one.pk: compared_groups(one, followed[one.measure]) for one in wanted if one.measure in followed}
    rows = held(performance.warehouse(), followed.values(), chain.from_iterable(groups.values()), area)
    counts = rows.area is not None and any(measure.kind is Kind.REGISTER for measure in followed.values())
    between = ranges(performance.warehouse(), rows.area) if counts else {}
    asked = Asked(on, rows, *_kept_here(wanted), entered, counted or entered, small, groups, between)
    return {one.pk: _evidence(one, followed.get(one.measure), asked) for one in wanted}


def _kept_here(wanted: Sequence[Indicator]) -> tuple[dict[int, list[IndicatorValue]], dict[int, list[IndicatorBreak]]]:
    values: dict[int, list[IndicatorValue]] = defaultdict(list)
    breaks: dict[int, list[IndicatorBreak]] = defaultdict(list)
    numbers = [one.pk for one in wanted]
    for value in IndicatorValue.objects.filter(indicator__in=numbers):
        values[value.indicator_id].append(value)
    for broken in IndicatorBreak.objects.filter(indicator__in=numbers, removed_at=None):
        breaks[broken.indicator_id].append(broken)
    return values, breaks


def _evidence(indicator: Indicator, measure: Measure | None, asked: Asked) -> Evidence:
    return _BUILDERS[measure.kind if measure else None](indicator, measure, asked)


def _published(indicator: Indicator, measure: Measure, asked: Asked) -> Evidence:
    """A national statistic: with England, region, neighbours, rank and quarter, and the gap of its group."""
    groups = asked.groups[indicator.pk]
    own = asked.rows.groups.get(groups[0]) if groups and indicator.group else None
    points = _group_points(own, measure, asked) if indicator.group else _headline_points(measure, asked)
    group, beside = (groups[0][2], groups[1][2]) if len(groups) == 2 else ("", "")
    stated = vocabulary()
    return Evidence(
        title=measure.title + (f", {indicator.group}" if indicator.group else ""), unit=measure.unit,
        polarity=_polarity(indicator, measure), decimals=measure.decimals, points=tuple(points), source=_source(measure, asked),
        kind="published", breaks=_breaks(indicator, measure, asked), gaps=tuple(_gap_points(groups, measure, asked)),
        group=group, comparator_group=beside, is_gap=measure.id in stated["gaps"]["measures"],
        average_of=tuple(stated["averages"].get(measure.id, ())), year_type=measure.year_type,
        region=asked.rows.region.name if asked.rows.region else "the region",
    )


def _register(indicator: Indicator, measure: Measure, asked: Asked) -> Evidence:
    """What the authority's register counts, of everyone or of one group; beside England alone, as published of the same thing."""
    groups = asked.groups[indicator.pk]
    if indicator.group:
        own = asked.rows.groups.get(groups[0]) if groups and asked.entered else None
        points = [replace(point, **dict.fromkeys(_OF_OTHERS)) for point in _group_points(own, measure, asked)]
    else:
        rows = asked.rows.headlines.get(measure.id, []) if asked.counted else []
        points = [_beside_england(_with_most(_point(row | dict.fromkeys(_OF_OTHERS), None), measure, asked), measure, asked)
                  for row in rows]
    named = register_group_name(indicator.breakdown, indicator.group) if indicator.group else ""
    return Evidence(
        title=measure.title + (f", {named}" if named else ""), unit=measure.unit, polarity=_polarity(indicator, measure),
        decimals=measure.decimals, points=tuple(points), source=COUNTED_BY, kind="register",
        breaks=_breaks(indicator, measure, asked), group=named,
        average_of=tuple(vocabulary()["averages"].get(measure.id, ())), year_type=measure.year_type,
    )


def _with_most(point: Point, measure: Measure, asked: Asked) -> Point:
    """The point with the most that NEET may be for all we know; any other measure's as it is."""
    between = asked.ranges.get((measure.id, point.period))
    return replace(point, at_most=between.high) if between else point


def _beside_england(point: Point, measure: Measure, asked: Asked) -> Point:
    """The point with England's published figure of the same period, or of the newest before it."""
    rows = asked.rows.england.get(measure.register.comparator, []) if measure.register else []
    published = [row for row in rows if row["value"] is not None and row["period_end"] <= point.end]
    if not published:
        return point
    newest = published[-1]
    other = "" if (newest["period_start"], newest["period_end"]) == (point.start, point.end) else newest["period"]
    source = asked.rows.sources.get(newest["dataset"], newest["dataset"])
    return replace(point, england=newest["value"], england_period=other, england_source=source)


def _entered(indicator: Indicator, measure: Measure, asked: Asked) -> Evidence:
    """Figures that the authority's officers enter: its own business, so beside nobody else's."""
    rows = asked.rows.headlines.get(measure.id, []) if asked.entered else []
    points = [_point(row | dict.fromkeys(_OF_OTHERS), None) for row in rows]
    return Evidence(
        title=measure.title, unit=measure.unit, polarity=_polarity(indicator, measure), decimals=measure.decimals,
        points=tuple(points), source=ENTERED_BY, kind="entered", breaks=_breaks(indicator, measure, asked),
        year_type=measure.year_type,
    )


def _by_hand(indicator: Indicator, _measure: None, asked: Asked) -> Evidence:
    """Values typed for the indicator itself, with whatever comparators were typed beside them."""
    year_type = vocabulary()["entered"]["year_type"]
    hides = hiding(indicator, asked.small)
    values = entered_values(asked.values.get(indicator.pk, ()), asked.on)
    return Evidence(
        title=indicator.title, unit=known_unit(indicator.unit) or Unit.NUMBER, polarity=_polarity(indicator, None),
        decimals=indicator.decimals, points=entered_points(values, hides), source=BY_HAND, kind="entered",
        breaks=_breaks(indicator, None, asked), gaps=entered_gaps(values, hides), group=indicator.cohort, year_type=year_type,
    )


# A measure's kind, or None where no measure is followed, and what makes an Evidence of it. The one place to add a kind.
_BUILDERS: dict[Kind | None, Callable[[Indicator, Any, Asked], Evidence]] = {
    Kind.PUBLISHED: _published, Kind.ENTERED: _entered, Kind.REGISTER: _register, None: _by_hand,
}


def entered_values(rows: Iterable[IndicatorValue], on: date | None) -> list[IndicatorValue]:
    """The value of each period that counts, those withdrawn left out: the newest as known on a day.

    What was entered later counts for a day before it only where nothing had been entered by then, since the past is
    often typed in after the event. rows are newest first.
    """
    by_period: dict[str, list[IndicatorValue]] = defaultdict(list)
    for row in rows:
        by_period[row.period].append(row)
    counted = []
    for found in by_period.values():
        known = [row for row in found if on is None or timezone.localtime(row.at).date() <= on]
        counted.append(known[0] if known else found[-1])
    return [row for row in counted if not row.withdrawn]


def _polarity(indicator: Indicator, measure: Measure | None) -> Polarity:
    if indicator.polarity in set(Polarity):
        return Polarity(indicator.polarity)
    return measure.polarity if measure else Polarity.NONE


def _breaks(indicator: Indicator, measure: Measure | None, asked: Asked) -> tuple[SeriesBreak, ...]:
    year_type = measure.year_type if measure else vocabulary()["entered"]["year_type"]
    stated = [*(measure.breaks if measure else ()), *asked.breaks.get(indicator.pk, ())]
    found = [SeriesBreak(start, one.reason) for one in stated if (start := _start(one.period, year_type))]
    return tuple(sorted(found, key=lambda one: one.start))


def _start(period: str, year_type: str) -> date | None:
    try:
        return parse_period(period, year_type)[0].start
    except UnreadablePeriodError:
        return None


def _source(measure: Measure, asked: Asked) -> str:
    dataset = measure.published.dataset if measure.published else ""
    return asked.rows.sources.get(dataset, dataset)


def _headline_points(measure: Measure, asked: Asked) -> list[Point]:
    rows = asked.rows.headlines.get(measure.id, [])
    newest = asked.rows.released.get(measure.id)
    return [_point(row, newest if row is rows[-1] else None) for row in rows]


def _point(row: Mapping[str, Any], released: date | None) -> Point:
    """One row as a point; a day of release before the period's end is the publisher's slip and is let go."""
    carried = ("england", "region", "neighbours_mean", "neighbours_rank", "neighbours_ranked", "rank", "ranked", "quartile",
               "numerator", "denominator", "value")
    known = released if released and released >= row["period_end"] else None
    return Point(row["period"], row["period_start"], row["period_end"], status=Status(row["status"]), release=_release(row),
                 released=known, **{name: row[name] for name in carried})


def _release(row: Mapping[str, Any]) -> str:
    """The release a figure was printed in, with what is not yet settled said beside it."""
    unsettled = row["status"] in (Status.PROVISIONAL, Status.REVISED)
    return f"{row['release']}, {Status(row['status']).words}" if unsettled else row["release"]


def _group_points(rows: GroupRows | None, measure: Measure, asked: Asked) -> list[Point]:
    found = rows.rows.values() if rows else ()
    made = [_group_point(places, measure, asked.rows) for places in found]
    return [point for point in made if point is not None]


def _group_point(places: Mapping[str, dict[str, Any]], measure: Measure, rows: Held) -> Point | None:
    own = places.get(rows.area.area) if rows.area else None
    if own is None:
        return None
    near = [places[code]["value"] for code in rows.neighbours if code in places and places[code]["value"] is not None]
    ranked = own["value"] is not None and measure.polarity.sign != 0
    better = sum((other - own["value"]) * measure.polarity.sign > 0 for other in near) if ranked else 0
    return Point(
        own["period"], own["period_start"], own["period_end"], own["value"], Status(own["status"]), _release(own),
        england=None if measure.no_england else _value(places, ENGLAND),
        region=_value(places, rows.region.area if rows.region else ""),
        neighbours_mean=round(sum(near) / len(near), 9) if near else None, neighbours_rank=better + 1 if ranked else None,
        neighbours_ranked=len(near) + 1 if ranked else None, rank=own["rank"] if ranked else None,
        ranked=own["ranked"] if ranked else None,
    )


def _gap_points(groups: Sequence[Group], measure: Measure, asked: Asked) -> list[GapPoint]:
    """The group beside the group it is compared with, in every period that has either."""
    rows = asked.rows
    if len(groups) != 2 or rows.area is None:
        return []
    group, beside = (rows.groups.get(one, GroupRows()).rows for one in groups)
    found = []
    for stretch in sorted({*group, *beside}):
        own, other = group.get(stretch, {}), beside.get(stretch, {})
        told = own.get(rows.area.area) or other.get(rows.area.area)
        if told:
            found.append(GapPoint(
                told["period"], *stretch, _value(own, rows.area.area), _value(other, rows.area.area), _value(own, ENGLAND),
                _value(other, ENGLAND), Status(told["status"]), _release(told)))
    return found


def _value(places: Mapping[str, Mapping[str, Any]], code: str) -> float | None:
    return places[code]["value"] if code in places else None
