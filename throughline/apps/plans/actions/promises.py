"""What a plan promises against what its next version does: told apart while that is a draft, handed over on its approval.

A next version shares the indicators of the version before until it promises otherwise, so that a figure entered for one is
there for both. What only one plan has leaves the register when that plan is taken out of the lists, and comes back with it.
"""

import re

from django.db.models import QuerySet

from throughline.analytics.planreading import tree
from throughline.analytics.planreading.words import known_by
from throughline.apps.accounts.models import User
from throughline.apps.indicators.actions import add_break, enter_value, merge, register_indicator, restore, retire, withdraw
from throughline.apps.indicators.actions.changing import keep_change
from throughline.apps.indicators.meaning import unit_of
from throughline.apps.indicators.models import Indicator, IndicatorChange, IndicatorValue, TrajectoryPoint
from throughline.apps.plans.models import CrossReference, Plan, SuccessCriterion
from throughline.apps.plans.trees import BY_APPROVAL, indicators_of

_FIGURES = re.compile(r"[<>≤≥±+]|(?<!\w)[-−](?=\d)|\d(?:[.,]?\d)*")
_LIVING = (Plan.State.DRAFT, Plan.State.APPROVED)
_CARRIED = ("period", "value", "numerator", "denominator", "status", "comparators", "evidence")


def promises_the_same(indicator: Indicator, measure: tree.Measure, *, numbered: bool) -> bool:
    """Whether a measure as printed is the promise of an indicator: its words, its unit and its year-by-year table.

    numbered asks for the same number as well: that of another plan may well differ. What a measure leaves unsaid of
    its unit and number does not tell it apart; nor does a table that is not printed, but for numbered.
    """
    kept = indicator.target_words, indicator.due_printed, indicator.baseline_printed
    said = measure.target, measure.due.strip()[:100], measure.baseline.strip()[:300]
    if any(_words(one) != _words(other) for one, other in zip(kept, said, strict=True)):
        return False
    if measure.unit.strip() and unit_of(measure.unit) != indicator.unit:
        return False
    if numbered and measure.number.strip() and known_by(measure.number[:40]) != known_by(indicator.number):
        return False
    return not (numbered or measure.trajectory) or _table_kept(indicator) == _table_said(measure)


def _words(text: str) -> tuple[str, list[str]]:
    """The words of a promise, however they are pointed, and its figures and signs: 5.5 is not 55, nor is ≥ the same as ≤."""
    return known_by(text), _FIGURES.findall(text)


def _table_kept(indicator: Indicator) -> list[tuple[str, str, str]]:
    return [(cell.period, cell.kind, cell.printed) for cell in indicator.trajectory.all()]


def _table_said(measure: tree.Measure) -> list[tuple[str, str, str]]:
    return [(cell["period"].strip()[:60], cell.get("kind") or TrajectoryPoint.Kind.TARGET, cell["printed"].strip()[:60])
            for cell in measure.trajectory]


def follow_on(*, by: User | None, plan: Plan, measure: tree.Measure, before: Indicator) -> Indicator:
    """A new indicator for what a plan promises instead of an indicator of the version before, which stays as it is.

    It counts what that one counts: the same measure, or the values entered by hand so far.
    """
    title = " ".join(measure.text.split())
    made = register_indicator(
        by=by, area=plan.area, number=measure.number or before.number, title=title, cohort=measure.cohort,
        unit=measure.unit or before.unit, baseline_printed=measure.baseline, target_words=measure.target,
        due_printed=measure.due, trajectory=measure.trajectory, source=str(measure.source), status=measure.status,
        definition=before.definition.removeprefix(title), measure=before.measure, breakdown=before.breakdown,
        group=before.group, direction=measure.direction, polarity="" if measure.direction else before.polarity,
        confidence=before.confidence, counts=before.counts, decimals=before.decimals, notes=measure.notes,
    )
    keep_change(by=by, indicator=made, kind=IndicatorChange.Kind.AMENDED, before={},
                reason=f"The promise of “{plan.title}”, which follows “{before}”",
                after={"follows": str(before), "follows_id": before.pk})
    for broken in before.breaks.filter(removed_at=None):
        add_break(by=by, indicator=made, period=broken.period, reason=broken.reason)
    _carry_values(by, before, made)
    return made


def _carry_values(by: User | None, before: Indicator, after: Indicator) -> None:
    """Enter by hand for an indicator what was entered later for the one that it follows."""
    if before.measure or after.measure:
        return
    known = _newest(after)
    for period, row in _newest(before).items():
        if not row.withdrawn and (period not in known or known[period].at < row.at):
            enter_value(by=by, indicator=after, **{name: getattr(row, name) for name in _CARRIED})


def _newest(indicator: Indicator) -> dict[str, IndicatorValue]:
    """The row that counts of each period."""
    return {row.period: row for row in indicator.values.order_by("at", "id")}


def hand_over(*, by: User | None, older: Plan, newer: Plan) -> None:
    """Take out of use the indicators of a superseded version that no living plan has.

    One that an indicator of the newer version follows is merged into it, any other is retired. The older version stays
    tied to its own.
    """
    used, followed = _in_use(newer.area), _followed(newer)
    for indicator in indicators_of(older):
        if indicator.pk in used or indicator.state != Indicator.State.ACTIVE:
            continue
        into = followed.get(indicator.pk)
        if into is None:
            retire(by=by, indicator=indicator, reason=f"{BY_APPROVAL} “{newer.title}”, which no longer has it")
            continue
        _carry_values(by, indicator, into)
        merge(by=by, indicator=indicator, into=into, reason=f"{BY_APPROVAL} “{newer.title}”, which promises it otherwise")


def take_back(*, by: User | None, older: Plan, newer: Plan) -> None:
    """Bring back into use what hand_over took out of it, when the approval of the newer version is taken back."""
    for indicator in indicators_of(older):
        if indicator.state != Indicator.State.ACTIVE and indicator.state_reason.startswith(BY_APPROVAL):
            restore(by=by, indicator=indicator, reason=f"The approval of “{newer.title}” was taken back")


def only_of(plan: Plan) -> list[Indicator]:
    """The indicators in use that a plan has and no other plan in the lists names, whatever its state."""
    used = _named_by(Plan.objects.filter(area=plan.area).exclude(pk=plan.pk))
    return [each for each in indicators_of(plan) if each.pk not in used and each.state == Indicator.State.ACTIVE]


def take_along(*, by: User | None, plan: Plan) -> list[Indicator]:
    """Take out of the register what only a plan has that is being taken out of the lists; answers it."""
    alone = only_of(plan)
    for indicator in alone:
        withdraw(by=by, indicator=indicator, reason=f"“{plan.title}”, the only plan that has it, was taken out of the lists")
    return alone


def bring_along(*, by: User | None, plan: Plan) -> list[Indicator]:
    """Put back into the register what a plan has that is brought back and was taken out with a plan; answers it."""
    gone = [each for each in indicators_of(plan) if each.state == Indicator.State.WITHDRAWN]
    for indicator in gone:
        restore(by=by, indicator=indicator, reason=f"“{plan.title}” was brought back")
    return gone


def _in_use(area: str) -> set[int | None]:
    """The numbers of the indicators that a living plan of an authority names anywhere."""
    return _named_by(Plan.objects.filter(area=area, state__in=_LIVING))


def _named_by(plans: QuerySet[Plan]) -> set[int | None]:
    """The numbers of the indicators that plans name anywhere: under a section, an action, a criterion or a reference."""
    held = list(plans)
    used: set[int | None] = {each.pk for plan in held for each in indicators_of(plan)}
    used.update(SuccessCriterion.objects.filter(plan__in=held).values_list("indicator_id", flat=True))
    used.update(CrossReference.objects.filter(action__plan__in=held).values_list("to_indicator_id", flat=True))
    return used


def _followed(plan: Plan) -> dict[int, Indicator]:
    """The active indicators of a plan by the number of the one that each follows."""
    active = [each for each in indicators_of(plan) if each.state == Indicator.State.ACTIVE]
    changes = IndicatorChange.objects.filter(indicator__in=active, after__has_key="follows_id").select_related("indicator")
    return {change.after["follows_id"]: change.indicator for change in changes}
