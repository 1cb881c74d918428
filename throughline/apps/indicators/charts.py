"""The chart of an indicator: what happened, what was planned, what was promised, England and the neighbours."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import altair as alt

from throughline.apps.indicators.judgements import Result
from throughline.apps.indicators.over_time import Row
from throughline.apps.indicators.words import value
from throughline.core.statuses import Status
from throughline.ui import charts

WIDTH, NARROW = 640, 300
_LOOKS = {  # colour, dash and shape of each series
    "actual": (charts.OWN, [1, 0], "circle"),
    "trajectory": (charts.MUTED, [2, 3], "cross"),
    "target": ("#b3007d", [1, 0], "triangle-up"),
    "england": (charts.ENGLAND, [8, 4], "square"),
    "neighbours": (charts.NEIGHBOURS, [10, 3, 2, 3], "diamond"),
    "most": (charts.OWN, [2, 2], "triangle-down"),
}
_AXIS = alt.Axis(title=None, labelAngle=0, labelOverlap=True, labelPadding=10)


def series_names(rows: Sequence[Row], area: str) -> dict[str, str]:
    """The series that have anything to show, by their keys, in the order drawn."""
    names = {"actual": area, "trajectory": "Trajectory", "target": "Target", "england": "England",
             "neighbours": "Statistical neighbours", "most": "At most, were all of those not known NEET"}
    return {key: name for key, name in names.items() if any(amount_of(row, key) is not None for row in rows)}


def amount_of(row: Row, key: str) -> float | None:
    """What one series holds in one row."""
    if key == "actual":
        return row.value
    if key in ("trajectory", "target", "most"):
        return getattr(row, key)
    point = row.point
    return None if point is None else point.england_then if key == "england" else point.neighbours_mean


def lines(rows: Sequence[Row], names: dict[str, str]) -> list[dict[str, Any]]:
    """One row a period and series; run numbers the stretches that a line may join."""
    found = []
    for key, label in names.items():
        run, before = 0, None
        for row in rows:
            amount = amount_of(row, key)
            run += not _joined(key, row, amount, before)
            if amount is not None:
                found.append({"period": row.period, "value": amount, "series": label, "run": f"{label}{run}"})
            before = before if key == "trajectory" and amount is None else amount
    return found


def _joined(key: str, row: Row, amount: float | None, before: float | None) -> bool:
    """Whether a line may be drawn from the value before: what was planned runs on, and a target does while it is the same."""
    if key == "trajectory":
        return before is not None
    if key == "target":
        return amount is not None and amount == before
    return before is not None and amount is not None and row.joins


def band(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """One row a period of which NEET is told as a range: from the value to the most that it may be, in the runs of lines."""
    lows = {row.period: row.value for row in rows}
    return [{"period": line["period"], "value": lows[line["period"]], "high": line["value"], "run": line["run"]}
            for line in lines(rows, {"most": "range"})]


def chart(result: Result, rows: Sequence[Row], names: dict[str, str], width: int = WIDTH) -> alt.LayerChart:
    """The series over time, with an upright where a new series starts."""
    order, labels = [row.period for row in rows], list(names.values())
    looks, drawn = [_LOOKS[key] for key in names], lines(rows, names)
    placed = {
        "x": alt.X("period:O", sort=order, scale=alt.Scale(domain=order), axis=_AXIS),
        "y": alt.Y("value:Q", **charts.value_axis([row["value"] for row in drawn], axis_title(result))),
    }
    base = alt.Chart(alt.Data(values=drawn)).encode(
        **placed,
        color=alt.Color("series:N", sort=labels, title=None, scale=alt.Scale(domain=labels, range=[look[0] for look in looks])),
        strokeDash=alt.StrokeDash("series:N", sort=labels, title=None,
                                  scale=alt.Scale(domain=labels, range=[look[1] for look in looks])),
        shape=alt.Shape("series:N", sort=labels, title=None, scale=alt.Scale(domain=labels, range=[look[2] for look in looks])),
    )
    joined = base.mark_line(strokeWidth=2.5).encode(detail="run:N")
    marks = base.mark_point(filled=True, size=70, opacity=1)
    layers = [*_breaks(rows, order, width), *charts.band(band(rows), placed), joined, marks]
    return alt.layer(*layers).properties(width=width, height=300)


def _breaks(rows: Sequence[Row], order: list[str], width: int) -> list[alt.Chart]:
    broken = [{"period": row.period, "words": "break"} for row in rows if row.broken]
    if not broken:
        return []
    half = -width / max(len(order), 1) / 2
    base = alt.Chart(alt.Data(values=broken)).encode(
        x=alt.X("period:O", sort=order, scale=alt.Scale(domain=order), axis=_AXIS))
    return [
        base.mark_rule(color=charts.MUTED, strokeDash=[3, 3], xOffset=half),
        base.mark_text(color=charts.MUTED, fontSize=13, align="left", baseline="top", dx=4, xOffset=half).encode(
            text="words:N", y=alt.value(0)),
    ]


def axis_title(result: Result) -> str:
    """What the axis counts in, and which way is better."""
    if result.evidence is None:
        return ""
    better = {1: " (higher is better)", -1: " (lower is better)"}.get(result.evidence.polarity.sign, "")
    return f"{result.evidence.unit.words.capitalize()}{better}"


def alternative(result: Result, rows: Sequence[Row], area: str) -> str:
    """The chart in words."""
    had = [row for row in rows if row.value is not None]
    if not had:
        return f"Line chart of {result.indicator.title}; there are no figures yet."
    ranged = any(row.most is not None for row in had)
    said = (f"Line chart of {result.indicator.title}{', with the range that it lies in as a band' if ranged else ''}. "
            f"{area}: {('; ' if ranged else ', ').join(_at(result, row) for row in (had[0], had[-1]))}.")
    if rows[-1].target is not None:
        on = rows[-1].period
        said += f" Target{'' if on.startswith('due ') else ' for'} {on}: {value(result.evidence, rows[-1].target)}."
    unsettled = [row.period for row in had if row.status is Status.PROVISIONAL]
    said += f" The figure for {', '.join(unsettled)} is provisional." if unsettled else ""
    broken = [row.period for row in rows if row.broken]
    return said + (f" The series is broken at {', '.join(broken)}." if broken else "")


def _at(result: Result, row: Row) -> str:
    most = f", at most {value(result.evidence, row.most)}," if row.most is not None else ""
    return f"{value(result.evidence, row.value)}{most} in {row.period}"


@lru_cache(maxsize=200)
def _drawn(spec: str, kind: str) -> str | bytes:
    made = alt.LayerChart.from_json(spec, validate=False)
    return charts.svg(made) if kind == "svg" else charts.png(made)


def drawn(result: Result, rows: Sequence[Row], area: str, kind: str, width: int = WIDTH) -> str | bytes | None:
    """The chart as SVG text or PNG bytes, remembered by what it shows; None when there is nothing to draw."""
    names = series_names(rows, area)
    if not names:
        return None
    return _drawn(chart(result, rows, names, width).to_json(validate=False), kind)
