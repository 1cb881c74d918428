"""Rows of the warehouse that indicators follow: every period of many measures for one authority, in two reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from throughline.analytics.measures.areas import Area, all_areas
from throughline.analytics.measures.definition import Measure
from throughline.analytics.measures.figures import NEIGHBOUR_MODELS
from throughline.analytics.measures.series import ENGLAND, neighbours_of
from throughline.analytics.warehouse.connection import Warehouse

Group = tuple[str, str, str]  # measure, breakdown and group
Stretch = tuple[date, date]


@dataclass(frozen=True)
class GroupRows:
    """The rows of one group of one measure: by period and then by area, with the rank of the authority asked about."""

    rows: dict[Stretch, dict[str, dict[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Held:
    """What was read for an authority: headline rows by measure, group rows by group, and where they come from.

    released gives, by measure, the day its newest figures came out; sources the titles of data sets.
    """

    area: Area | None
    region: Area | None
    headlines: Mapping[str, list[dict[str, Any]]]
    england: Mapping[str, list[dict[str, Any]]]  # England's headline rows of what measures of the register are set beside
    groups: Mapping[Group, GroupRows]
    sources: Mapping[str, str]
    released: Mapping[str, date]
    neighbours: tuple[str, ...]


def held(warehouse: Warehouse, measures: Iterable[Measure], groups: Iterable[Group], code: str) -> Held:
    """Everything judging needs of these measures and groups for one authority, its region, neighbours and England.

    Without a measure nothing is read, so that what is entered by hand can be judged before there is a warehouse.
    """
    wanted = {measure.id: measure for measure in measures}
    if not wanted:
        return Held(None, None, {}, {}, {}, {}, {}, ())
    beside = tuple(sorted({one.register.comparator for one in wanted.values() if one.register and one.register.comparator}))
    areas = all_areas(warehouse)
    area = areas.get(code)
    near = tuple(near for near, _ in neighbours_of(warehouse, area, NEIGHBOUR_MODELS[0])) if area else ()
    region = areas.get(area.region or "") if area else None
    return Held(
        area, region, _headlines(warehouse, tuple(sorted(wanted)), code),
        _headlines(warehouse, beside, ENGLAND),
        _groups(warehouse, wanted, set(groups), code, region, near),
        {row["dataset"]: row["title"] for row in warehouse.rows("SELECT dataset, title FROM source")},
        _released(warehouse, wanted), near,
    )


def _headlines(warehouse: Warehouse, ids: tuple[str, ...], code: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in warehouse.rows(_HEADLINES, NEIGHBOUR_MODELS[0], code, ids) if ids else ():
        found.setdefault(row["measure"], []).append(row)
    return found


_HEADLINES = """
    SELECT c.measure, c.period, c.period_kind, c.period_start, c.period_end, c.value, c.status, c.vintage, c.release, c.dataset,
           c.england, c.region, c.rank, c.ranked, c.quartile, n.neighbours_mean, n.neighbours_rank, n.neighbours_ranked,
           f.numerator, f.denominator
    FROM comparison c LEFT JOIN neighbour_comparison n
      ON n.measure = c.measure AND n.area = c.area AND n.period_start = c.period_start
     AND n.period_end = c.period_end AND n.vintage = c.vintage AND n.model = ?
    LEFT JOIN figure f
      ON f.measure = c.measure AND f.area = c.area AND f.period_start = c.period_start
     AND f.period_end = c.period_end AND f.vintage = c.vintage AND f.breakdown = ''
    WHERE c.area = ? AND c.preferred AND list_contains(?, c.measure)
    ORDER BY c.measure, c.period_end, c.period_start
"""


def _groups(warehouse: Warehouse, measures: Mapping[str, Measure], groups: set[Group], code: str, region: Area | None,
            near: tuple[str, ...]) -> dict[Group, GroupRows]:
    if not groups:
        return {}
    ids = tuple(sorted({group[0] for group in groups}))
    falling = tuple(id for id in ids if id in measures and measures[id].polarity.sign < 0)
    places = (code, ENGLAND, *([region.area] if region else []), *near)
    found: dict[Group, GroupRows] = {}
    for row in warehouse.rows(_GROUPS, falling, ids, places):
        of = (row["measure"], row["breakdown"], row["group"])
        if of in groups:
            by_period = found.setdefault(of, GroupRows()).rows
            by_period.setdefault((row["period_start"], row["period_end"]), {})[row["area"]] = row
    return found


_GROUPS = """
    WITH settled AS (
        SELECT measure, breakdown, "group", area, period, period_kind, period_start, period_end, value, status, release, dataset,
               CASE WHEN list_contains(?, measure) THEN value ELSE -value END AS badness
        FROM figure WHERE breakdown <> '' AND list_contains(?, measure)
        QUALIFY row_number() OVER (
            PARTITION BY measure, breakdown, "group", area, period_start, period_end
            ORDER BY value IS NULL, list_position(['final', 'revised', 'provisional'], vintage)
        ) = 1
    ), placed AS (
        SELECT settled.*, area.kind,
               rank() OVER everyone AS rank,
               count(value) OVER (PARTITION BY measure, breakdown, "group", period_start, period_end, area.kind) AS ranked
        FROM settled JOIN area USING (area)
        WINDOW everyone AS (PARTITION BY measure, breakdown, "group", period_start, period_end, area.kind
                            ORDER BY badness NULLS LAST)
    )
    SELECT * FROM placed WHERE list_contains(?, area) ORDER BY period_end, period_start
"""


def _released(warehouse: Warehouse, measures: Mapping[str, Measure]) -> dict[str, date]:
    updated = {(row["dataset"], row["indicator"]): row["updated_on"]
               for row in warehouse.rows("SELECT dataset, indicator, updated_on FROM indicator WHERE updated_on IS NOT NULL")}
    sources = {id: measure.published for id, measure in measures.items() if measure.published}
    named = {id: (source.dataset, source.indicator) for id, source in sources.items()}
    return {id: updated[key] for id, key in named.items() if key in updated}
