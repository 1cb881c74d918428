"""The kinds of part that an action, a section or a whole plan has: what each is called, where it is kept, how it is filled in."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from throughline.apps.organisations.editing import RecordForm
from throughline.apps.plans.forms import parts as forms
from throughline.apps.plans.models import (
    Action,
    ActionOwner,
    Cost,
    CrossReference,
    Milestone,
    Plan,
    Section,
    SectionLead,
    Step,
    SuccessCriterion,
)
from throughline.apps.plans.models.removal import Removable
from throughline.apps.plans.queries import action_or_404, plan_or_404, section_or_404

ACTIONS, SECTIONS, WHOLE = "actions", "sections", "whole"


Holder = Action | Section | Plan


@dataclass(frozen=True)
class Kind:
    """One kind of part: a is how a page names one of them."""

    model: type[Removable]
    form: type[RecordForm]
    a: str


KINDS = {
    (ACTIONS, "steps"): Kind(Step, forms.StepForm, "a step"),
    (ACTIONS, "milestones"): Kind(Milestone, forms.MilestoneForm, "a milestone"),
    (ACTIONS, "owners"): Kind(ActionOwner, forms.OwnerForm, "an owner"),
    (ACTIONS, "costs"): Kind(Cost, forms.CostForm, "a cost"),
    (ACTIONS, "criteria"): Kind(SuccessCriterion, forms.CriterionForm, "a success criterion"),
    (ACTIONS, "references"): Kind(CrossReference, forms.ReferenceForm, "a cross-reference"),
    (SECTIONS, "leads"): Kind(SectionLead, forms.OwnerForm, "an accountable lead"),
    (SECTIONS, "criteria"): Kind(SuccessCriterion, forms.CriterionForm, "a success criterion"),
    (WHOLE, "criteria"): Kind(SuccessCriterion, forms.CriterionForm, "a success criterion"),
}


def kind_or_404(under: str, kind: str) -> Kind:
    """The kind of part of an address."""
    try:
        return KINDS[under, kind]
    except KeyError as error:
        raise Http404("There is no such part.") from error


def holder_or_404(user: Any, plan: int, under: str, pk: int) -> Holder:
    """The action, the section or the plan that a part hangs on."""
    if under == WHOLE:
        return plan_or_404(user, plan)
    return action_or_404(user, plan, pk) if under == ACTIONS else section_or_404(user, plan, pk)


def part_or_404(of: Holder, kind: Kind, pk: int, *, removed: bool = False) -> Any:
    """One part of an action, a section or a plan; with removed, also one that was taken out."""
    held = kind.model.with_removed if removed else kind.model.objects
    found = held.filter(pk=pk, **hung_on(of)).first()
    if found is None:
        raise Http404("There is no such part.")
    return found


def hung_on(of: Holder) -> dict[str, Any]:
    """What finds the parts of one holder; a plan's own are those that hang on nothing in it."""
    if isinstance(of, Plan):
        return {"plan": of, "section": None, "action": None}
    return {"action" if isinstance(of, Action) else "section": of}


def taken_out_of(of: Holder, under: str) -> list[tuple[str, str, int]]:
    """The parts that were taken out: what each was, its kind in addresses, and its number."""
    found = []
    for (above, name), kind in KINDS.items():
        if above == under:
            rows = kind.model.with_removed.filter(**hung_on(of)).exclude(removed_at=None)
            found += [(f"{kind.model._meta.verbose_name}: {shown(row)}".capitalize(), name, row.pk) for row in rows]
    return found


def shown(part: Any) -> str:
    """A part in a few words."""
    text = getattr(part, "text", "") or getattr(part, "printed", "") or str(getattr(part, "amount", "") or "")
    return " ".join(text.split())[:80]
