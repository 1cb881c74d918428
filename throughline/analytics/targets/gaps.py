"""The gap table: a group beside those it is compared with, here and nationally, and how the gap has moved."""

from dataclasses import dataclass

from throughline.analytics.targets.evidence import Evidence, GapPoint
from throughline.analytics.targets.judging.spots import gap_between
from throughline.core.statuses import Status


@dataclass(frozen=True)
class GapRow:
    """One period. A positive gap is to the group's disadvantage, whichever way is better.

    change is since the period a year before: less than none is a gap that narrowed. why_no_change says why it
    is None.
    """

    period: str
    group: str
    group_value: float | None
    comparator_group: str
    comparator_value: float | None
    gap: float | None
    national_gap: float | None
    change: float | None
    why_no_change: str
    status: Status


def gap_table(evidence: Evidence) -> list[GapRow]:
    """Every period's gap, earliest first. No change is worked out over a break or a missing year."""
    by_end = {(gap.end.year, gap.end.month): gap for gap in evidence.gaps}
    return [_row(gap, by_end.get((gap.end.year - 1, gap.end.month)), evidence) for gap in evidence.gaps]


def _row(now: GapPoint, before: GapPoint | None, evidence: Evidence) -> GapRow:
    gap = gap_between(now.comparator_value, now.group_value, evidence)
    change, why = _change(now, before, gap, evidence)
    return GapRow(
        now.period, evidence.group, now.group_value, evidence.comparator_group, now.comparator_value, gap,
        gap_between(now.england_comparator, now.england_group, evidence), change, why, now.status,
    )


def _change(now: GapPoint, before: GapPoint | None, gap: float | None, evidence: Evidence) -> tuple[float | None, str]:
    was = gap_between(before.comparator_value, before.group_value, evidence) if before else None
    if before is None or was is None:
        return None, "There is no gap for the year before."
    if gap is None:
        return None, "There is no gap for this period."
    broken = evidence.break_between(before.start, now.start)
    if broken:
        return None, f"The series is broken: {broken.reason}"
    return round(gap - was, 9) + 0.0, ""
