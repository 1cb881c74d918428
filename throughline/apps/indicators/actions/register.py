"""Registering an indicator, and what may become of it: amended, renumbered, merged, retired, taken out and brought back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from throughline.analytics.measures.definition import Unit
from throughline.analytics.targets.language import NotUnderstood, Target
from throughline.apps.accounts.models import User
from throughline.apps.indicators.actions.changing import (
    EDITABLE,
    ChangedMeanwhileError,
    RefusedChangeError,
    keep_change,
    locked,
    needed,
    snapshot,
    version_of,
)
from throughline.apps.indicators.actions.series import Cell, keep_cells, read_cells, understand
from throughline.apps.indicators.groups import group_of_cohort
from throughline.apps.indicators.meaning import baseline_of, counted, polarity_for, unit_of
from throughline.apps.indicators.models import Indicator, IndicatorChange
from throughline.apps.indicators.suggest import Suggestion, certain
from throughline.apps.learners.codes import rules
from throughline.apps.performance import figures
from throughline.apps.performance.groups import groups_of_people

Kind = IndicatorChange.Kind
_TITLE = 400
# What the meaning is read from: a change to any of these has it read again.
_READ_FROM = frozenset({"title", "target_words", "unit", "due_printed", "baseline_printed", "cohort"})


@transaction.atomic
def register_indicator(
    *, by: User | None, area: str, title: str, number: str = "", cohort: str = "", unit: str = "", baseline_printed: str = "",
    target_words: str = "", due_printed: str = "", trajectory: Sequence[Cell | dict[str, str]] = (), source: str = "",
    definition: str = "", measure: str = "", breakdown: str = "", group: str = "", status: str = "", direction: str = "",
    polarity: str = "", confidence: str = "", counts: str = "", decimals: int | None = None,
    notes: Sequence[str] = (), made_on: date | None = None,
) -> Indicator:
    """Put an indicator in the register as a plan prints it; its target is read at once.

    A baseline that is a plain number is kept as one; "to be determined" has none. unit may be as printed ("%"),
    direction is the plan's own up, down or keep, status what the plan says of it and notes what it says has become
    of it. trajectory holds cells of a year-by-year table, or mappings of period, printed, kind and note. Which way
    is better, what is counted and, from the cohort, the measure's group are guessed where they are not given, and
    can be changed. made_on is the day the plan was made, for a month without a year.
    Raises RefusedChangeError for a title with no words and for a measure that there is not.
    """
    held = figures.measures()
    _refuse_unless_known(measure, breakdown, group)
    if not title.strip():
        raise RefusedChangeError("Give the indicator a title")
    followed = held.get(measure)
    if followed and not group:
        breakdown, group = group_of_cohort(followed, cohort)
    unit = unit_of(unit) or (followed.unit.value if followed else "")
    indicator = Indicator(
        area=area, number=number.strip()[:40], title=" ".join(title.split())[:_TITLE], cohort=cohort.strip()[:200], unit=unit,
        baseline_printed=baseline_printed.strip()[:300], target_words=target_words.strip(), due_printed=due_printed.strip()[:100],
        source=source.strip()[:300], definition=_whole_title(title, definition), measure=measure, breakdown=breakdown,
        group=group, status_printed=status.strip()[:200], confidence=confidence, counts=counts or counted(title), made_by=by,
        decimals=decimals if decimals is not None else followed.decimals if followed else int(unit != Unit.NUMBER),
    )
    cells = read_cells(indicator, trajectory)
    target = understand(indicator, cells, made_on)
    indicator.polarity = polarity or polarity_for(title=title, target=target, measure=measure, direction=direction)
    _start_from(indicator, target)
    indicator.save()
    keep_cells(indicator, cells)
    after = {"number": indicator.number} | {name: value for name, value in snapshot(indicator).items() if value not in ("", None)}
    keep_change(by=by, indicator=indicator, kind=Kind.CREATED, reason=" ".join(notes), before={}, after=after)
    return indicator


def _whole_title(title: str, definition: str) -> str:
    """A title too long for its place is kept whole in the definition."""
    whole = " ".join(title.split())
    return definition.strip() if len(whole) <= _TITLE else f"{whole}\n{definition.strip()}".strip()


def _refuse_unless_known(measure: str, breakdown: str, group: str) -> None:
    if not measure:
        if breakdown or group:
            raise RefusedChangeError("A group is one of a measure's: choose the measure first")
        return
    followed = figures.measures().get(measure)
    if followed is None:
        raise RefusedChangeError(f"No measure is called “{measure}”")
    parts = {*next((one.groups for one in followed.breakdowns if one.id == breakdown), {}),
             *(known for by, known, _ in groups_of_people(followed, rules()) if by == breakdown)}
    if (breakdown or group) and group not in parts:
        given = "counted" if followed.register else "published"
        raise RefusedChangeError(f"{followed.title} is not {given} for the group “{group}”")


def _start_from(indicator: Indicator, target: Target | NotUnderstood) -> None:
    baseline = baseline_of(indicator.baseline_printed, target)
    indicator.baseline_value = baseline.value if baseline else None
    indicator.baseline_period = (baseline.period if baseline else "")[:60]


@transaction.atomic
def amend_indicator(*, by: User | None, indicator: Indicator, reason: str, seen: str = "", **fields: Any) -> Indicator:
    """Change fields of an indicator, keeping what was there; the target is read again when its words change.

    fields are those of EDITABLE. seen is the version_of that the form was opened on, "" for none. A change of
    nothing keeps nothing. Raises RefusedChangeError and ChangedMeanwhileError.
    """
    unknown = set(fields) - set(EDITABLE)
    if unknown:
        raise RefusedChangeError(f"These cannot be amended: {', '.join(sorted(unknown))}")
    current = locked(indicator)
    if seen and seen != version_of(current):
        raise ChangedMeanwhileError(current)
    changed = {name: value for name, value in fields.items() if getattr(current, name) != value}
    if not changed:
        return current
    _refuse_unless_known(*(changed.get(name, getattr(current, name)) for name in ("measure", "breakdown", "group")))
    why, before = needed(reason), snapshot(current)
    for name, value in {**_of_measure(changed), **changed}.items():
        setattr(current, name, value)
    if _READ_FROM & {name for name in EDITABLE if before[name] != getattr(current, name)}:
        target = understand(current, list(current.trajectory.all()))
        if "baseline_printed" in changed and not {"baseline_value", "baseline_period"} & set(changed):
            _start_from(current, target)
    current.save()
    after = snapshot(current)
    moved = [name for name in EDITABLE if before[name] != after[name]]
    keep_change(by=by, indicator=current, kind=Kind.AMENDED, reason=why, before={name: before[name] for name in moved},
                after={name: after[name] for name in moved})
    return current


def _of_measure(changed: dict[str, Any]) -> dict[str, Any]:
    """What comes with another measure: its unit, decimals and direction, unless they are changed as well."""
    followed = figures.measures().get(changed.get("measure", ""))
    if followed is None:
        return {}
    return {"unit": followed.unit.value, "decimals": followed.decimals, "polarity": followed.polarity.value}


@transaction.atomic
def renumber(*, by: User | None, indicator: Indicator, number: str, reason: str) -> Indicator:
    """Give an indicator another number; the old one is kept and still finds it. Raises RefusedChangeError."""
    current, why = locked(indicator), needed(reason)
    old, new = current.number, number.strip()[:40]
    if old == new:
        raise RefusedChangeError(f"It already has the number “{new}”" if new else "It already has no number")
    current.number = new
    current.save(update_fields=["number"])
    keep_change(by=by, indicator=current, kind=Kind.RENUMBERED, reason=why, before={"number": old}, after={"number": new})
    return current


@transaction.atomic
def merge(*, by: User | None, indicator: Indicator, into: Indicator, reason: str) -> Indicator:
    """Take an indicator into another of the same authority: its history and number stay, and lead there.

    Raises RefusedChangeError for one that is not active, is itself, or is another authority's.
    """
    current, other, why = locked(indicator), locked(into), needed(reason)
    if current.pk == other.pk:
        raise RefusedChangeError("An indicator cannot be merged into itself")
    if other.area != current.area or other.state != Indicator.State.ACTIVE:
        raise RefusedChangeError("Merge it into an active indicator of the same authority")
    _close(current, Indicator.State.MERGED, why, other)
    keep_change(by=by, indicator=current, kind=Kind.MERGED, reason=why, before={"state": "active"},
                after={"state": "merged", "merged_into": str(other), "merged_into_id": other.pk})
    keep_change(by=by, indicator=other, kind=Kind.MERGED, reason=why, before={},
                after={"took_in": str(current), "took_in_id": current.pk})
    return current


@transaction.atomic
def retire(*, by: User | None, indicator: Indicator, reason: str) -> Indicator:
    """Take an indicator out of use; it stays readable and can be brought back. Raises RefusedChangeError."""
    current, why = locked(indicator), needed(reason)
    _close(current, Indicator.State.RETIRED, why, None)
    keep_change(by=by, indicator=current, kind=Kind.RETIRED, reason=why, before={"state": "active"}, after={"state": "retired"})
    return current


@transaction.atomic
def withdraw(*, by: User | None, indicator: Indicator, reason: str) -> Indicator:
    """Take an indicator out of sight with the plan that alone has it, to come back with it. Raises RefusedChangeError."""
    current, why = locked(indicator), needed(reason)
    _close(current, Indicator.State.WITHDRAWN, why, None)
    keep_change(by=by, indicator=current, kind=Kind.WITHDRAWN, reason=why, before={"state": "active"},
                after={"state": "withdrawn"})
    return current


def _close(current: Indicator, state: str, reason: str, into: Indicator | None) -> None:
    if current.state != Indicator.State.ACTIVE:
        raise RefusedChangeError(f"It is already out of use: {current.get_state_display().lower()}")
    current.state, current.state_reason, current.merged_into = state, reason, into
    current.save(update_fields=["state", "state_reason", "merged_into"])


@transaction.atomic
def restore(*, by: User | None, indicator: Indicator, reason: str = "") -> Indicator:
    """Bring back what was retired, merged or taken out. Raises RefusedChangeError when it is in use already."""
    current = locked(indicator)
    if current.state == Indicator.State.ACTIVE:
        raise RefusedChangeError("It is in use already")
    before = {"state": current.state, "state_reason": current.state_reason}
    current.state, current.state_reason, current.merged_into = Indicator.State.ACTIVE, "", None
    current.save(update_fields=["state", "state_reason", "merged_into"])
    keep_change(by=by, indicator=current, kind=Kind.RESTORED, reason=reason, before=before, after={"state": "active"})
    return current


def follow_suggested(*, by: User | None, indicator: Indicator) -> Suggestion | None:
    """Let an indicator follow the measure it most probably is, where that is beyond doubt; what was chosen, or None.

    For a demonstration that asks for it outright: on the pages the choice is an officer's.
    """
    chosen = certain(indicator) if not indicator.measure else None
    if chosen is None:
        return None
    amend_indicator(by=by, indicator=indicator, reason=f"Follows the scorecard's measure: {chosen.reason}",
                    measure=chosen.measure.id, breakdown=chosen.breakdown, group=chosen.group)
    indicator.refresh_from_db()
    return chosen
