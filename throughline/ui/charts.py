"""The look of every chart, and its drawing on the server as SVG or PNG; what is drawn belongs to the rooms."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import vl_convert

INK = "#0b0c0c"
MUTED = "#505a5f"
RULE = "#b1b4b6"
OWN = "#0b3b5a"  # the authority being looked at
ENGLAND = "#a8500a"
REGION = "#00703c"
NEIGHBOURS = "#6f3a8f"
MISSING = "#e3e4e6"
# Best to bottom: one hue, dark to light, so that it reads in grey and to those who do not see red from green.
BANDS = ("#0b3b5a", "#2f6f94", "#74a5c0", "#b9d3e0", "#f1e3cf")
LIKELY = BANDS[1]  # what the authority's own likely is
NOT_FROM_NOUGHT = "The axis does not start at nought"
FONT = "Arial, Helvetica, sans-serif"

_CONFIG = alt.Config(
    background="white",
    font=FONT,
    view=alt.ViewConfig(stroke=None),
    axis=alt.AxisConfig(
        labelColor=INK, titleColor=INK, labelFontSize=14, titleFontSize=14, titleFontWeight="normal",
        gridColor="#e8e9ea", domainColor=RULE, tickColor=RULE, labelFont=FONT, titleFont=FONT,
    ),
    legend=alt.LegendConfig(
        labelColor=INK, titleColor=INK, labelFontSize=14, titleFontSize=14, orient="bottom", symbolSize=140,
        labelLimit=360, titleFontWeight="normal", columns=2,
    ),
    text=alt.MarkConfig(font=FONT),
)


def value_axis(values: Sequence[float], title: str, decimals: int = 1, most: int = 6) -> dict[str, Any]:
    """The scale and axis of the values of a chart: from nought where they need half of the room at least, and otherwise from
    near the least of them, which the axis says.

    There are at most so many ticks, and no halves of what is counted whole.
    """
    low, high = min(values, default=0.0), max(values, default=0.0)
    from_nought = low <= 0 <= high or min(abs(low), abs(high)) <= max(abs(low), abs(high)) / 2
    ends = (min(low, 0.0), max(high, 0.0)) if from_nought else (low, high)
    ticks = most if decimals else max(1, min(most, int(ends[1] - ends[0])))
    return {"scale": alt.Scale(zero=from_nought, nice=True),
            "axis": alt.Axis(title=title if from_nought else [title, NOT_FROM_NOUGHT], tickCount=ticks)}


def band(rows: Sequence[Mapping[str, Any]], placed: Mapping[str, Any]) -> list[alt.Chart]:
    """The band between the ends of ranges, and an upright at each, which is all there is of one that stands alone.

    rows have value, high and run, the stretch in which the band may be drawn from one to the next, and whatever placed places
    them by.
    """
    if not rows:
        return []
    base = alt.Chart(alt.Data(values=list(rows))).encode(**placed, y2="high:Q", detail="run:N")
    return [base.mark_area(color=OWN, opacity=0.12), base.mark_rule(color=OWN, opacity=0.35, strokeWidth=2)]


def svg(chart: alt.TopLevelMixin) -> str:
    """The chart as SVG text."""
    return vl_convert.vegalite_to_svg(_spec(chart))


def png(chart: alt.TopLevelMixin) -> bytes:
    """The chart as a PNG picture at twice its drawn size, for slides and documents."""
    return vl_convert.vegalite_to_png(_spec(chart), scale=2)


def _spec(chart: alt.TopLevelMixin) -> dict:
    return chart.properties(config=_CONFIG, autosize=alt.AutoSizeParams(type="pad")).to_dict(validate=False)

