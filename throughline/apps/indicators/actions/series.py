"""The year-by-year table of an indicator, and the breaks in its series."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from throughline.analytics.targets.language import NotUnderstood, Target
from throughline.analytics.targets.wording.dues import parse_due
from throughline.apps.accounts.models import User
from throughline.apps.indicators.actions.changing import RefusedChangeError, keep_change, locked, needed
from throughline.apps.indicators.meaning import as_kept, read_target, wording
from throughline.apps.indicators.models import Indicator, IndicatorBreak, IndicatorChange, TrajectoryPoint
from throughline.core.statuses import read_value

Kind = IndicatorChange.Kind


class Cell(NamedTuple):
    """One cell of a year-by-year table as printed; printed "" is a cell left empty, which stays missing."""

    period: str
    printed: str = ""
    kind: str = TrajectoryPoint.Kind.TARGET
    note: str = ""


@transaction.atomic
def set_trajectory(*, by: User | None, indicator: Indicator, cells: Iterable[Cell | Mapping[str, str]], reason: str) -> None:
    """Put a year-by-year table in the place of the one kept; what was there stays in the history.

    Where the target has no words of its own, it is read from the table again. Raises RefusedChangeError.
    """
    current, why = locked(indicator), needed(reason)
    before = _as_kept(current)
    current.trajectory.all().delete()
    kept = read_cells(current, cells)
    keep_cells(current, kept)
    after = _as_kept(current)
    if before != after:
        understand(current, kept)
        current.save(update_fields=["target", "due_on"])
        keep_change(by=by, indicator=current, kind=Kind.AMENDED, reason=why, before={"trajectory": before},
                    after={"trajectory": after})


def understand(indicator: Indicator, cells: Sequence[TrajectoryPoint], made_on: date | None = None) -> Target | NotUnderstood:
    """Read the target from the words and the table as they now are, and set it and its due date; nothing is saved."""
    target = read_target(**wording(indicator), made_on=made_on, cells=cells)
    indicator.target = as_kept(target)
    due = (target.due if isinstance(target, Target) else None) or parse_due(indicator.due_printed, made_on)
    indicator.due_on = due.by if due else None
    return target


def read_cells(indicator: Indicator, cells: Iterable[Cell | Mapping[str, str]]) -> list[TrajectoryPoint]:
    """The cells in their order, their numbers read, not yet saved. Raises RefusedChangeError for one without a period."""
    found = []
    for position, given in enumerate(cells):
        cell = Cell(**given) if isinstance(given, Mapping) else Cell(*given)
        if not cell.period.strip():
            raise RefusedChangeError("Every cell of a trajectory needs its year or period")
        found.append(TrajectoryPoint(
            indicator=indicator, period=cell.period.strip()[:60], kind=cell.kind or TrajectoryPoint.Kind.TARGET,
            printed=cell.printed.strip()[:60], note=cell.note.strip()[:300], value=_number(cell), position=position))
    return found


def keep_cells(indicator: Indicator, cells: Iterable[TrajectoryPoint]) -> None:
    """Save what read_cells made, once the indicator itself is saved."""
    rows = list(cells)
    for row in rows:
        row.indicator = indicator
    TrajectoryPoint.objects.bulk_create(rows)


def _number(cell: Cell) -> float | None:
    """The number a cell prints; None for an empty cell, an arrow and words."""
    if cell.kind == TrajectoryPoint.Kind.ARROW:
        return None
    try:
        value, _ = read_value(cell.printed.replace(" %", "%"))
    except ValueError:
        return None
    return value


def _as_kept(indicator: Indicator) -> list[dict[str, Any]]:
    return list(indicator.trajectory.values("period", "kind", "printed", "note"))


@transaction.atomic
def add_break(*, by: User | None, indicator: Indicator, period: str, reason: str) -> IndicatorBreak:
    """Say that figures from a period on may not be set beside earlier ones. Raises RefusedChangeError."""
    why = needed(reason)
    if not period.strip():
        raise RefusedChangeError("Say from which period the figures cannot be compared with earlier ones")
    made = IndicatorBreak.objects.create(indicator=indicator, period=period.strip()[:60], reason=why)
    _keep_break(by, made, {}, {"break": made.period})
    return made


@transaction.atomic
def remove_break(*, by: User | None, broken: IndicatorBreak) -> IndicatorBreak:
    """Take a break back; it can be put back. Raises RefusedChangeError when it is taken back already."""
    if broken.removed_at is not None:
        raise RefusedChangeError("That break was taken back already")
    broken.removed_at = timezone.now()
    broken.save(update_fields=["removed_at"])
    _keep_break(by, broken, {"break": broken.period}, {})
    return broken


@transaction.atomic
def restore_break(*, by: User | None, broken: IndicatorBreak) -> IndicatorBreak:
    """Put a break back. Raises RefusedChangeError when it stands."""
    if broken.removed_at is None:
        raise RefusedChangeError("That break stands")
    broken.removed_at = None
    broken.save(update_fields=["removed_at"])
    _keep_break(by, broken, {}, {"break": broken.period})
    return broken


def _keep_break(by: User | None, broken: IndicatorBreak, before: dict[str, Any], after: dict[str, Any]) -> None:
    keep_change(by=by, indicator=broken.indicator, kind=Kind.AMENDED, reason=broken.reason, before=before, after=after)
