"""Every cross-reference of a plan, the broken ones first, what it contributes to other plans, and what refers to it."""

from dataclasses import dataclass

from throughline.apps.plans.action_page import place
from throughline.apps.plans.models import Action, CrossReference, Plan
from throughline.apps.plans.words import action_name

Place = tuple[str, str, list[int]]


@dataclass
class Referred:
    """One reference: from which action, in which words, and what it points at; None for a broken one, or a plan not held."""

    reference: CrossReference
    action: Action
    name: str
    to: Place | None

    @property
    def broken(self) -> bool:
        """Whether it names something that is not there; a plan that we do not hold is merely elsewhere."""
        return self.to is None and self.reference.kind != CrossReference.Kind.PLAN


@dataclass
class Referring:
    """A plan's references: those that are broken, those within it, those to other plans, and those of others to it."""

    broken: list[Referred]
    within: list[Referred]
    elsewhere: list[Referred]
    back: list[Referred]

    @property
    def all(self) -> list[Referred]:
        """Those of the plan itself, the broken ones first."""
        return [*self.broken, *self.within, *self.elsewhere]


_POINTED = ("action__plan", "to_action__plan", "to_section__plan", "to_plan", "to_indicator")


def referring(plan: Plan) -> Referring:
    """The references of a plan; two queries."""
    rows = [_referred(each) for each in CrossReference.objects.filter(
        action__plan=plan, action__removed_at=None).select_related(*_POINTED).order_by("action__position", "position")]
    broken = [row for row in rows if row.broken]
    elsewhere = [row for row in rows if not row.broken and _is_elsewhere(row.reference, plan)]
    within = [row for row in rows if row not in broken and row not in elsewhere]
    return Referring(broken, within, elsewhere, _back(plan))


def _back(plan: Plan) -> list[Referred]:
    """What other plans say of this one, as a whole or in part."""
    others = CrossReference.objects.filter(action__removed_at=None, action__plan__removed_at=None).exclude(action__plan=plan)
    found = others.filter(to_plan=plan) | others.filter(to_action__plan=plan) | others.filter(to_section__plan=plan)
    return [_referred(each) for each in found.select_related(*_POINTED).order_by("action__plan", "action__position", "position")]


def _referred(reference: CrossReference) -> Referred:
    return Referred(reference, reference.action, action_name(reference.action), place(reference))


def _is_elsewhere(reference: CrossReference, plan: Plan) -> bool:
    pointed = reference.to_action or reference.to_section
    if pointed is not None:
        return pointed.plan_id != plan.pk
    return reference.to_indicator is None
