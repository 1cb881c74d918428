"""Compares areas: rank, quartile band, quintile, change, region, England and statistical neighbours.

The rules are those of the department's Local Authority Interactive Tool, read from its published
source code: rank 1 is best, ties share the better place, areas without a value are unranked and not
counted; quartiles are type 7, and a value on an edge falls in the band of lower values. The quintile
is the NEET scorecard's: five groups of equal count from the lowest value up, the larger groups first,
numbered so that 1 is best.
"""

import ibis
import ibis.expr.types as ir
from ibis import _

from throughline.analytics.warehouse.tables import COMPARISON, NEIGHBOUR_COMPARISON

ENGLAND = "970"
_EDGE = 1e-9  # keeps 5.3 within one point of 4.3, whatever binary fractions say


def headlines(figures: ir.Table, issues: ir.Table) -> ir.Table:
    """The figures for everyone, without the groups of a breakdown.

    issues is the measures' sequence; its number, issue, stands for measure, period and release status
    together in every join that follows.
    """
    named = issues.select("issue", "measure", "period_start", "period_end", "vintage")
    return figures.filter(_.breakdown == "").join(named, ["measure", "period_start", "period_end", "vintage"])


def comparison(headline: ir.Table, areas: ir.Table, traits: ir.Table, issues: ir.Table) -> ir.Table:
    """COMPARISON rows.

    traits holds measure, sign (+1 more is better, -1 less is better, 0 neither), point, quartiles (whether
    bands are drawn) and compares_england (whether England's figure is a comparator). issues is the
    measures' sequence: preferred, latest, newest, previous_issue and previous_period.
    """
    places = headline.select("area", "issue", "measure", "value")
    known = issues.select("issue", "preferred", "latest", "newest", "previous_issue", "previous_period")
    placed = (
        headline.join(known, "issue")
        .join(areas.select("area", "kind", region_code="region", wider_region="wider_region"), "area")
        .join(traits, "measure")
    )
    placed = _with_change(placed, places)
    placed = _with_region(placed, places, issues)
    ranked = _ranked(headline, areas, traits)
    result = _left(placed, _spread(ranked), ["issue"])
    result = _left(result, ranked.select("area", "issue", "rank", "quintile", "places_per_point"), ["area", "issue"])
    result = result.mutate(ranked=_.ranked.fill_null(0), quartile=_quartile(result))
    return result.select(*(column.name for column in COMPARISON.columns))


def _left(rows: ir.Table, more: ir.Table, keys: list[str]) -> ir.Table:
    """rows with the columns of more beside them, where there is a match."""
    return rows.left_join(more, keys).drop(*(f"{name}_right" for name in keys))


def _with_change(placed: ir.Table, places: ir.Table) -> ir.Table:
    before = places.select("area", previous_issue="issue", before="value")
    joined = _left(placed, before, ["area", "previous_issue"])
    return joined.mutate(change=(_.value - _.before).round(9))


def _with_region(placed: ir.Table, places: ir.Table, issues: ir.Table) -> ir.Table:
    """England's figure, and the region's.

    A London borough stands beside Inner or Outer London where that has a figure in the measure's latest
    period, else beside London: the same region in every period.
    """
    with_values = places.filter(_.value.notnull()).semi_join(issues.filter(_.latest), "issue")
    narrowed = with_values.select("measure", region_code="area", narrow_latest=ibis.literal(True)).distinct()
    england = places.filter(_.area == ENGLAND).select("issue", england="value")
    placed = _left(placed, england, ["issue"])
    placed = _left(placed, places.select("issue", region_code="area", narrow="value"), ["issue", "region_code"])
    placed = _left(placed, places.select("issue", wider_region="area", wide="value"), ["issue", "wider_region"])
    placed = _left(placed, narrowed, ["measure", "region_code"])
    use_narrow = placed.narrow_latest.notnull() | placed.wider_region.isnull()
    return placed.mutate(
        england=ibis.ifelse(placed.compares_england, placed.england, None),
        region=ibis.ifelse(use_narrow, placed.narrow, placed.wide),
        region_area=ibis.ifelse(use_narrow, placed.region_code, placed.wider_region),
    )


def _valued(headline: ir.Table, areas: ir.Table, traits: ir.Table) -> ir.Table:
    """The authorities that have a value, with how good it is: higher is better once the sign is applied."""
    return (
        headline.filter(_.value.notnull())
        .select("area", "issue", "measure", "value")
        .semi_join(areas.filter(_.kind == "authority"), "area")
        .join(traits, "measure")
        .mutate(good=ibis.ifelse(_.sign == 0, None, _.value * _.sign))
    )


def _ranked(headline: ir.Table, areas: ir.Table, traits: ir.Table) -> ir.Table:
    valued = _valued(headline, areas, traits)
    best_first = ibis.window(group_by="issue", order_by=valued.good.desc())
    # Authorities with the same figure fall on either side of a cut in the order of their codes.
    from_lowest = ibis.ntile(5).over(ibis.window(group_by="issue", order_by=[valued.value, valued.area]))
    in_points = valued.good / valued.point
    within_a_point = ibis.range_window(preceding=0, following=1 + _EDGE, group_by="issue", order_by=in_points)
    level = ibis.range_window(preceding=0, following=_EDGE, group_by="issue", order_by=in_points)
    has_order = valued.good.notnull()
    return valued.mutate(
        rank=has_order.ifelse(ibis.rank().over(best_first) + 1, None),
        quintile=has_order.ifelse(ibis.ifelse(valued.sign < 0, from_lowest + 1, 5 - from_lowest), None),
        places_per_point=has_order.ifelse(
            valued.good.count().over(within_a_point) - valued.good.count().over(level), None
        ),
    )


def _spread(ranked: ir.Table) -> ir.Table:
    """How the authorities' values lie: once for each measure, period and release status."""
    return ranked.group_by("issue").agg(
        ranked=ranked.value.count(),
        quartiles_at=ranked.value.quantile([0.25, 0.5, 0.75]),  # asked for together: one sort, not three
        lowest=ranked.value.min(),
        highest=ranked.value.max(),
    ).mutate(
        quartile_low=_.quartiles_at[0].round(9),
        quartile_middle=_.quartiles_at[1].round(9),
        quartile_high=_.quartiles_at[2].round(9),
    ).drop("quartiles_at")


def _quartile(rows: ir.Table) -> ir.Value:
    """The band, A best: a value on an edge falls in the band of lower values, whichever way is better."""
    step = ibis.cases(
        (rows.value <= rows.quartile_low, 0),
        (rows.value <= rows.quartile_middle, 1),
        (rows.value <= rows.quartile_high, 2),
        else_=3,
    )
    from_best = ibis.ifelse(rows.sign < 0, step, 3 - step)
    return ibis.ifelse(rows["rank"].notnull() & rows.quartiles, ibis.literal("ABCD").substr(from_best, 1), None)


def neighbour_comparison(
    headline: ir.Table, areas: ir.Table, traits: ir.Table, neighbours: ir.Table, issues: ir.Table
) -> ir.Table:
    """NEIGHBOUR_COMPARISON rows: the neighbours' unweighted mean, and the rank among itself and them."""
    valued = _valued(headline, areas, traits).select("area", "issue", "value", "good")
    own = _left(headline.select("area", "issue"), valued, ["area", "issue"])
    theirs = valued.select("issue", neighbour="area", their_value="value", their_good="good")
    beside = _left(own.join(neighbours.select("area", "model", "neighbour"), "area"), theirs, ["neighbour", "issue"])
    grouped = beside.group_by(["area", "issue", "model"]).agg(
        neighbours_mean=beside.their_value.mean().round(9),
        better=(beside.their_good > beside.good).sum(),
        with_value=beside.their_value.count(),
        own=beside.good.max(),
        own_value=beside.value.max(),
    )
    return grouped.mutate(
        neighbours_rank=grouped.own.notnull().ifelse(grouped.better.fill_null(0) + 1, None),
        neighbours_ranked=grouped.with_value + grouped.own_value.notnull().cast("int32"),
    ).join(issues, "issue").select(*(column.name for column in NEIGHBOUR_COMPARISON.columns))
