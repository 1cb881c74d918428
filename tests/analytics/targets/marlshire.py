"""Evidence for the invented authority of Marlshire, written as one line of periods and figures."""

from dataclasses import replace
from datetime import date

from throughline.analytics.measures.definition import Unit
from throughline.analytics.targets.evidence import Evidence, GapPoint, Point, SeriesBreak
from throughline.analytics.targets.judge import judge
from throughline.analytics.targets.judging.verdicts import Judgement
from throughline.analytics.targets.language import Target
from throughline.analytics.targets.parse import parse_target
from throughline.analytics.targets.rules import Rules
from throughline.core.periods import Period, parse_period
from throughline.core.polarity import Polarity
from throughline.core.statuses import Status

NAMED = {"england": "england", "region": "region", "near": "neighbours_mean", "n": "numerator", "d": "denominator"}
UNITS = {"%": Unit.PERCENT, "number": Unit.NUMBER, "score": Unit.SCORE, "points": Unit.POINTS, "rate": Unit.RATE_PER_10_000,
         "pp": Unit.PERCENTAGE_POINTS}
POLARITIES = {"+": Polarity.HIGHER_IS_BETTER, "-": Polarity.LOWER_IS_BETTER, "0": Polarity.NONE}


def evidence(line: str, kind: str = "+%", breaks: str = "", decimals: int = 1) -> Evidence:
    """Figures as "2015/16 91.4 england=92.0 rank=40/152 band=B, 2016/17 suppressed"; kind is polarity and unit, "-%".

    A point may end its line with "@2018-01-20", the day it came out. breaks names the first period after each.
    """
    points = tuple(point(part.strip()) for part in line.split(",") if part.strip())
    return Evidence(
        "Young people in Marlshire", UNITS[kind[1:]], POLARITIES[kind[0]], decimals, points, "Marlshire's figures",
        breaks=tuple(SeriesBreak(_period(one).start, "The count changed.") for one in breaks.split()),
    )


def point(printed: str) -> Point:
    """One period: its label (a month's has an underscore for its space), its value or status, and what it is compared with."""
    label, value, *more = printed.split()
    period = _period(label)
    known = value.replace(".", "").replace("-", "").isdigit()
    found = Point(period.label, period.start, period.end, float(value) if known else None,
                  Status.FINAL if known else Status(value))
    for one in more:
        found = _with(found, one)
    return found


def _period(label: str) -> Period:
    return parse_period(label.replace("_", " "), "academic year")[0]


def _with(found: Point, one: str) -> Point:
    if one.startswith("@"):
        return replace(found, released=date.fromisoformat(one[1:]))
    name, value = one.split("=")
    if name in ("rank", "nrank"):
        rank, ranked = (int(part) for part in value.split("/"))
        prefix = "" if name == "rank" else "neighbours_"
        return replace(found, **{f"{prefix}rank": rank, f"{prefix}ranked": ranked})
    if name == "band":
        return replace(found, quartile=value)
    return replace(found, **{NAMED[name]: float(value)})


def with_gaps(line: str, kind: str = "+%", breaks: str = "") -> Evidence:
    """Gaps as "2015/16 40.0 of 60.0 england 45.0 of 62.0, …": the group, those it is compared with, and the same for England."""
    gaps = tuple(_gap(part.split()) for part in line.split(","))
    return replace(evidence("", kind, breaks), gaps=gaps, group="Eligible for free school meals", comparator_group="Others")


def _gap(words: list[str]) -> GapPoint:
    period = _period(words[0])
    values = [None if word == "-" else float(word) for word in words[1:] if word not in ("of", "england")]
    values += [None] * (4 - len(values))
    return GapPoint(period.label, period.start, period.end, *values)


def day(printed: str) -> date:
    """A day written 2018-09-30."""
    return date.fromisoformat(printed)


def table(text: str, columns: int) -> list[tuple[str, ...]]:
    """Rows of two lines: the words, and beneath them, set in, the other cells parted by bars; every row has so many cells."""
    joined = text.strip().replace("\n    ", "|").splitlines()
    rows = [tuple(cell.strip() for cell in line.split("|")) for line in joined]
    assert {len(row) for row in rows} == {columns}
    return rows


def read(words: str, rules: Rules) -> Target:
    """The target these words are."""
    target = parse_target(words, rules)
    assert isinstance(target, Target), target
    return target


def judged(words: str, figures: Evidence, on: str, rules: Rules) -> Judgement:
    """The judgement of these words on a day written 2018-09-30."""
    return judge(read(words, rules), figures, day(on), rules)
