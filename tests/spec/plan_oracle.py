"""Whether a published figure keeps a promise, worked out from the packaged rows by plain arithmetic."""

from datetime import date
from pathlib import Path

from tests.oracles.plain import SIGN, Plain, Published, flag_periods, read_plain

REFERENCE = Path(__file__).resolve().parents[2] / "reference"
ENGLAND, MODEL = "970", "2025"
EPSILON = 1e-9


def read_figures(definitions: Path) -> Plain:
    """The packaged figures, each period's releases flagged."""
    plain = read_plain(REFERENCE, definitions)
    for periods in plain.tables.values():
        flag_periods(periods)
    return plain


def verdict_by_rule(plain: Plain, measure: str, area: str, rule: str, due: str, on: date) -> str:
    """Met where the last figure by the September due ("-" for none) keeps the rule; otherwise missed, or off track."""
    figures = _last_figures(plain, measure, area, on if due == "-" else date(int(due), 10, 1))
    if _keeps(plain, measure, area, figures, rule):
        return "met"
    return "missed" if due != "-" else "off track"


def _last_figures(plain: Plain, measure: str, area: str, before: date) -> dict[str, Published]:
    """The preferred figures of the last period that ended before a day and has one for the area."""
    held = [figures for (_, end, _), figures in plain.tables[measure].items()
            if end < before and area in figures and figures[area].worked_out["preferred"] and figures[area].value is not None]
    return max(held, key=lambda figures: figures[area].end)


def _keeps(plain: Plain, measure: str, area: str, figures: dict[str, Published], rule: str) -> bool:
    """rule is "at least 90", "at most 5.5", "beat England", "near 1.0" (no more than that worse than neighbours) or "top 50%"."""
    own, sign = figures[area].value, SIGN[plain.definitions[measure]["polarity"]]
    words, _, number = rule.rpartition(" ")
    match words:
        case "at least":
            return own >= float(number)
        case "at most":
            return own <= float(number)
        case "beat":
            return (own - _rounded(figures[ENGLAND].value, plain, measure)) * sign > EPSILON
        case "near":
            near = [figures[code].value for code in plain.neighbours[MODEL, area]
                    if code in figures and figures[code].value is not None]
            return (own - _rounded(sum(near) / len(near), plain, measure)) * sign >= -float(number) - EPSILON
        case "top":
            every = [figure.value for code, figure in figures.items()
                     if figure.value is not None and plain.areas[code]["kind"] == "authority"]
            rank = 1 + sum((value - own) * sign > EPSILON for value in every)
            return rank <= len(every) * float(number.rstrip("%")) // 100
    raise ValueError(rule)


def _rounded(value: float, plain: Plain, measure: str) -> float:
    """To the places that the measure is printed with, a half going up."""
    scale = 10 ** plain.definitions[measure]["decimals"]
    return int(abs(value) * scale + 0.5 + EPSILON) / scale * (1 if value >= 0 else -1)
