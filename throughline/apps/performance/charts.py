"""What each chart of a measure shows: pure functions from figures to Altair charts."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from throughline.analytics.measures.definition import Measure
from throughline.analytics.measures.series import Gap, Point, Standing
from throughline.ui import charts

WIDTH, NARROW = 640, 300  # of a page and of a phone
_LOOKS = {  # colour, dash and shape of each series of a trend
    "value": (charts.OWN, [1, 0], "circle"),
    "england": (charts.ENGLAND, [8, 4], "square"),
    "region": (charts.REGION, [2, 3], "triangle-up"),
    "neighbours_mean": (charts.NEIGHBOURS, [10, 3, 2, 3], "diamond"),
    "estimate": (charts.LIKELY, [5, 2], "cross"),
    "high": (charts.MUTED, [2, 2], "triangle-down"),
}
_GROUP_COLOURS = (charts.OWN, charts.ENGLAND, charts.REGION, charts.NEIGHBOURS, charts.MUTED)
_GROUP_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
_LINE_LEGEND = alt.Legend(symbolType="stroke", symbolStrokeColor=charts.INK, symbolStrokeWidth=2.5, symbolSize=400)
_PERIOD_AXIS = alt.Axis(title=None, labelAngle=0, labelOverlap=True, labelPadding=10)


def _values(rows: Sequence[Mapping[str, Any]]) -> alt.Data:
    return alt.Data(values=list(rows))


def axis_title(measure: Measure) -> str:
    """What the value axis counts in, and which way is better."""
    better = {1: " (higher is better)", -1: " (lower is better)"}.get(measure.polarity.sign, "")
    return f"{measure.unit.words.capitalize()}{better}"


def trend_lines(points: Sequence[Point], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """One row a period and series. run numbers the stretches that a line may join: a gap or a break starts another.

    names gives each series its label: value, england, region, neighbours_mean, estimate and high, in the order drawn;
    one that is left out is not drawn.
    """
    rows = []
    for key, label in names.items():
        run, had = 0, False
        for point in points:
            amount = getattr(point, key)
            if not (point.joins and had and amount is not None):
                run += 1
            had = amount is not None
            if had:
                rows.append({"period": point.period.label, "value": amount, "series": label, "run": f"{label}{run}"})
    return rows


def band(points: Sequence[Point]) -> list[dict[str, Any]]:
    """One row a period of which NEET is told as a range: from value to high, in the runs of trend_lines."""
    lows = {point.period.label: point.value for point in points}
    highs = trend_lines(points, {"high": "range"})
    return [{"period": row["period"], "value": lows[row["period"]], "high": row["value"], "run": row["run"]} for row in highs]


def trend(measure: Measure, points: Sequence[Point], names: Mapping[str, str], width: int = WIDTH) -> alt.LayerChart:
    """The trend of an area beside England, its region and its neighbours, or as a range; never drawn across a break."""
    labels = list(names.values())
    order = [point.period.label for point in points]
    rows = trend_lines(points, names)
    placed = {
        "x": alt.X("period:O", sort=order, scale=alt.Scale(domain=order), axis=_PERIOD_AXIS),
        "y": alt.Y("value:Q", **charts.value_axis([row["value"] for row in rows], axis_title(measure), measure.decimals)),
    }
    base = alt.Chart(_values(rows)).encode(**placed, **_told_apart(labels, [_LOOKS[key] for key in names]))
    lines = base.mark_line(strokeWidth=2.5).encode(detail="run:N")
    marks = base.mark_point(filled=True, size=70, opacity=1)
    layers = [*_break_rules(points, order, width), *charts.band(band(points) if "high" in names else [], placed), lines, marks]
    return alt.layer(*layers).properties(width=width, height=300)


def _told_apart(labels: list[str], looks: list[tuple[str, list[int], str]]) -> dict[str, Any]:
    """Colour, dash and shape for each label, so that none has to be told by colour alone."""
    colours, dashes, shapes = (list(parts) for parts in zip(*looks, strict=True))
    return {
        "color": alt.Color("series:N", sort=labels, title=None, scale=alt.Scale(domain=labels, range=colours)),
        "strokeDash": alt.StrokeDash("series:N", sort=labels, title=None, scale=alt.Scale(domain=labels, range=dashes)),
        "shape": alt.Shape("series:N", sort=labels, title=None, scale=alt.Scale(domain=labels, range=shapes)),
    }


def _break_rules(points: Sequence[Point], order: list[str], width: int) -> list[alt.Chart]:
    """An upright before each period that starts a new series."""
    rows = [{"period": point.period.label, "words": "break"} for point in points[1:] if point.break_before]
    if not rows:
        return []
    half = -width / max(len(order), 1) / 2
    x = alt.X("period:O", sort=order, scale=alt.Scale(domain=order), axis=_PERIOD_AXIS)
    base = alt.Chart(_values(rows)).encode(x=x)
    return [
        base.mark_rule(color=charts.MUTED, strokeDash=[3, 3], xOffset=half),
        base.mark_text(color=charts.MUTED, fontSize=13, align="left", baseline="top", dx=4, xOffset=half).encode(
            text="words:N", y=alt.value(0)),
    ]


def strip(measure: Measure, standings: Sequence[Standing], own: str, neighbours: Sequence[str],
          england: float | None, width: int = WIDTH) -> alt.LayerChart:
    """Every authority as a mark on one line, this one and its neighbours marked, England as an upright."""
    kinds = {"own": "This authority", "neighbour": "Statistical neighbours", "other": "Other authorities"}
    rows = [
        {"value": s.value, "name": s.name,
         "kind": kinds["own" if s.area == own else "neighbour" if s.area in neighbours else "other"]}
        for s in standings if s.value is not None
    ]
    lane = {kinds["own"]: 0, kinds["neighbour"]: 1, kinds["other"]: 2}
    order = sorted({row["kind"] for row in rows}, key=lane.__getitem__)
    colour = dict(zip(kinds.values(), (charts.OWN, charts.NEIGHBOURS, charts.MUTED), strict=True))
    base = alt.Chart(_values(rows)).encode(
        x=alt.X("value:Q", **charts.value_axis([row["value"] for row in rows], axis_title(measure), most=8)),
        y=alt.Y("kind:N", sort=order, axis=alt.Axis(title=None, labelLimit=200, domain=False, ticks=False)),
        color=alt.Color("kind:N", legend=None, scale=alt.Scale(domain=order, range=[colour[kind] for kind in order])),
    )
    ticks = base.mark_tick(thickness=2.5, size=36, opacity=0.75)
    label = base.transform_filter(f"datum.kind == '{kinds['own']}'").mark_text(
        dy=-25, fontSize=14, fontWeight="bold").encode(text="name:N")
    layers = [ticks, label, *_england_rule(england)]
    return alt.layer(*layers).properties(width=width - 150, height=56 * max(len(order), 1) + 20)


def _england_rule(england: float | None) -> list[alt.Chart]:
    if england is None:
        return []
    base = alt.Chart(_values([{"value": england, "words": "England"}])).encode(x="value:Q")
    rule = base.mark_rule(color=charts.ENGLAND, strokeWidth=2, strokeDash=[8, 4])
    words = base.mark_text(color=charts.ENGLAND, fontSize=14, align="left", baseline="bottom", dx=4).encode(
        text="words:N", y=alt.value(-20))
    return [rule, words]


def england_map(
    outlines: Sequence[Mapping[str, Any]], standings: Mapping[str, Standing], own: str, width: int = WIDTH
) -> alt.LayerChart:
    """England by quintile, the area being looked at outlined; areas without a figure are left pale.

    outlines are GeoJSON features on a flat grid whose property "area" is the three-digit code of the
    authority they are part of.
    """
    words = {1: "1 best fifth", 2: "2", 3: "3", 4: "4", 5: "5 bottom fifth", None: "No figure"}
    shapes = [
        {**outline, "properties": {
            "band": words[standing.quintile if (standing := standings.get(outline["properties"]["area"])) else None],
            "own": outline["properties"]["area"] == own}}
        for outline in outlines
    ]
    scale = alt.Scale(domain=list(words.values()), range=[*charts.BANDS, charts.MISSING])
    base = alt.Chart(alt.Data(values=shapes))
    land = base.mark_geoshape(stroke="white", strokeWidth=0.25).encode(
        color=alt.Color("properties.band:N", scale=scale, sort=list(words.values()),
                        legend=alt.Legend(title="Fifth of authorities", orient="bottom" if width < WIDTH else "left",
                                          columns=2 if width < WIDTH else 1)))
    outline = base.transform_filter("datum.properties.own").mark_geoshape(
        filled=False, stroke="#d4351c", strokeWidth=2.5)
    across = min(width, 420)
    return alt.layer(land, outline).properties(width=across, height=across * 1.2).project("identity", reflectY=True)


def gap_lines(gaps: Sequence[Gap], name: str, width: int = WIDTH) -> alt.LayerChart:
    """The gap between each group and the reference group, year by year; never across a break.

    England's gaps are drawn beside those of one or two groups; with more, the table has them.
    """
    beside = len({gap.group for gap in gaps}) <= 2
    sides = ((name, "gap"), ("England", "england_gap")) if beside else ((name, "gap"),)
    rows = [row for who, key in sides for row in _gap_rows(gaps, who, key)]
    order = list(dict.fromkeys(gap.period.label for gap in gaps))
    groups = list(dict.fromkeys(gap.group for gap in gaps))
    dashes = alt.Scale(domain=[who for who, _ in sides], range=[[1, 0], [6, 4]][: len(sides)])
    base = alt.Chart(_values(rows)).encode(
        x=alt.X("period:O", sort=order, scale=alt.Scale(domain=order), axis=_PERIOD_AXIS),
        y=alt.Y("gap:Q", scale=alt.Scale(zero=True), axis=alt.Axis(title="Gap", tickCount=6)),
        color=_told_by(alt.Color, groups, _GROUP_COLOURS),
        detail="run:N",
    )
    # Two marks, since the legend of a line that carries its own points has no stroke.
    lines = base.mark_line(strokeWidth=2.5).encode(
        strokeDash=alt.StrokeDash("who:N", title=None, scale=dashes, legend=_LINE_LEGEND if beside else None))
    points = base.mark_point(filled=True, size=70, opacity=1).encode(shape=_told_by(alt.Shape, groups, _GROUP_SHAPES))
    return alt.layer(lines, points).properties(width=width, height=260)


def _told_by(channel: type[alt.Color] | type[alt.Shape], groups: list[str], looks: Sequence[str]) -> alt.Color | alt.Shape:
    """A look for each group; colour and shape given alike share one legend."""
    return channel("group:N", sort=groups, title=None, scale=alt.Scale(domain=groups, range=list(looks[: len(groups)])))


def _gap_rows(gaps: Sequence[Gap], who: str, key: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    run, had = 0, False
    for gap in gaps:
        amount = getattr(gap, key)
        run += not (gap.joins and had)
        had = amount is not None
        if had:
            here = {"period": gap.period.label, "gap": amount, "group": gap.group}
            rows.append({**here, "who": who, "run": f"{who}{run}"})
    return rows
