"""What the forms of this room offer: the boards, plans, sections, indicators and people of one authority, and no other's."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from throughline.apps.indicators.models import Indicator
from throughline.apps.organisations.models import Board, Party
from throughline.apps.organisations.queries import may_be_chosen
from throughline.apps.plans.models import Action, Plan, Section
from throughline.apps.plans.words import section_name, shortened

_WIDEST = 90


class Choice(forms.ModelChoiceField):
    """One record of an authority; what to offer is said by the form, which knows whose it is."""

    def __init__(self, *, label: str, required: bool = False, empty_label: str = "None", **kwargs: Any) -> None:
        super().__init__(Party.objects.none(), label=label, required=required, empty_label=empty_label, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Its name, no longer than a list can show; a section or an action with the plan that it is in.

        A plan and the draft of its next version may have one title, so that a plan not in force is told by its state.
        """
        if not isinstance(obj, Section | Action):
            return shortened(str(obj), _WIDEST)
        said = "" if obj.plan.state == Plan.State.APPROVED else f" ({obj.plan.get_state_display().lower()})"
        name = section_name(obj) if isinstance(obj, Section) else str(obj)
        return shortened(f"{shortened(obj.plan.title, 40)}{said}: {name}", _WIDEST)


def boards(area: str, held: int | None = None) -> QuerySet[Board]:
    """Those that still meet, and the one held."""
    return may_be_chosen(Board, area, held)


def parties(area: str, held: int | None = None) -> QuerySet[Party]:
    """The open entries of the directory, and the one held."""
    return may_be_chosen(Party, area, held)


def plans(area: str, held: int | None = None) -> QuerySet[Plan]:
    """Plans that are not over, and the one held."""
    living = Q(state__in=(Plan.State.DRAFT, Plan.State.APPROVED))
    return Plan.objects.filter(area=area).filter(living | Q(pk=held))


def sections(area: str, held: int | None = None) -> QuerySet[Section]:
    """The sections of such plans, and the one held."""
    of_living = Q(plan__in=plans(area))
    return Section.objects.filter(plan__area=area).filter(of_living | Q(pk=held)).select_related("plan")


def indicators(area: str, held: int | None = None) -> QuerySet[Indicator]:
    """The indicators in use, and the one held."""
    return Indicator.objects.filter(area=area).filter(Q(state=Indicator.State.ACTIVE) | Q(pk=held))


def offer(form: Any, area: str, **offered: Any) -> None:
    """Fill the lists of a form: offer(form, area, owner=parties) asks parties for the field owner."""
    for name, ask in offered.items():
        if name in form.fields:
            form.fields[name].queryset = ask(area, getattr(form.record, f"{name}_id", None))
