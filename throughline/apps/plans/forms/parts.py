"""What hangs on an action or a section: a step, a milestone, an owner, a cost, a criterion, a reference."""

from decimal import Decimal
from typing import Any

from django import forms

from throughline.analytics.planreading.costs import read_cost
from throughline.apps.indicators.models import Indicator
from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import LongText
from throughline.apps.organisations.models import Party
from throughline.apps.organisations.queries import may_be_chosen
from throughline.apps.plans.forms.timed import WHEN_HINT, TimedForm
from throughline.apps.plans.models import Action, CrossReference, Milestone, Plan, Section
from throughline.apps.plans.naming_references import UnresolvedError, resolved
from throughline.apps.plans.vocabulary import templates


class PartForm(RecordForm):
    """A part of an action, a section or a plan, of which of is the one."""

    def __init__(self, *args: Any, of: Action | Section | Plan, **kwargs: Any) -> None:
        self.of, self.area = of, (of if isinstance(of, Plan) else of.plan).area
        super().__init__(*args, **kwargs)


class StepForm(PartForm):
    """One step."""

    text = LongText(label="What is to be done?", rows=3, error_messages={"required": "Enter the step"})


class MilestoneForm(TimedForm, PartForm):
    """One milestone."""

    time_field = "when_words"

    text = LongText(label="What is to be reached?", rows=3, error_messages={"required": "Enter the milestone"})
    when_words = forms.CharField(label="When?", required=False,
                                 help_text=f"{WHEN_HINT}. Leave empty if the words above say it")

    def held(self, record: Milestone) -> dict[str, Any]:
        """The milestone's words; its time apart where that was typed apart."""
        said = record.when.get("printed", "")
        return {"text": record.text, "when_words": said if said != " ".join(record.text.split()) else ""}

    def meaning(self) -> str:
        """What the time means, wherever it was typed."""
        self.time_field = "when_words" if self["when_words"].value() else "text"
        return super().meaning()


class OwnerForm(PartForm):
    """Who is to do an action, or is accountable for a section."""

    party = forms.ModelChoiceField(
        Party.objects.none(), label="Who?", required=False, empty_label="Nobody in the directory",
        help_text="People, posts and organisations of the directory")
    printed = forms.CharField(label="As the plan prints it", max_length=200, required=False,
                              help_text="Leave empty to print the name that the directory has")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = getattr(self.record, "party_id", None)
        self.fields["party"].queryset = may_be_chosen(Party, self.area, held)

    def clean(self) -> dict[str, Any]:
        """Somebody is named, one way or the other."""
        cleaned = super().clean() or {}
        if not cleaned.get("party") and not cleaned.get("printed"):
            self.add_error("party", "Choose somebody from the directory, or type what the plan prints")
        elif not cleaned.get("printed"):
            cleaned["printed"] = cleaned["party"].name
        return cleaned


class CostForm(PartForm):
    """What an action costs."""

    printed = forms.CharField(label="In words", required=False,
                              help_text="Such as “£50k per annum from the grant”, or “officer time”")
    amount = forms.DecimalField(label="Pounds", required=False, min_value=0, max_digits=12, decimal_places=2,
                                help_text="Leave empty to have it read from the words")
    basis = forms.ChoiceField(label="For what?", required=False,
                              choices=[("", "Once"), ("per year", "Each year"), ("each", "For each of something")])
    fund = forms.CharField(label="Where does the money come from?", required=False)
    year = forms.CharField(label="Financial year", max_length=20, required=False, help_text="Such as 2026/27, if it falls in one")
    spent = forms.DecimalField(label="Pounds spent so far", required=False, min_value=0, max_digits=12, decimal_places=2)

    def clean(self) -> dict[str, Any]:
        """Words or an amount, at least; the one amount that words hold is taken from them."""
        cleaned = super().clean() or {}
        if self.errors or cleaned.get("amount") is not None:
            return cleaned
        if not cleaned.get("printed"):
            self.add_error("printed", "Enter the cost in words, or an amount")
            return cleaned
        amounts = read_cost(cleaned["printed"], templates()).amounts
        if len(amounts) == 1:
            read = amounts[0]
            cleaned |= {"amount": Decimal(str(read["pounds"])), "basis": cleaned["basis"] or read["basis"],
                        "fund": cleaned["fund"] or read["source"], "year": cleaned["year"] or read.get("year", "")}
        return cleaned


class CriterionForm(PartForm):
    """How it will be known that an action, a section or the plan succeeded."""

    text = LongText(label="Successful if", rows=3, error_messages={"required": "Enter how it will be known"})
    indicator = forms.ModelChoiceField(Indicator.objects.none(), label="Indicator that counts it", required=False,
                                       empty_label="None: a person judges it")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        active = Indicator.objects.filter(area=self.area, state=Indicator.State.ACTIVE)
        self.fields["indicator"].queryset = active | Indicator.objects.filter(pk=getattr(self.record, "indicator_id", None))


class ReferenceForm(PartForm):
    """What an action refers to, waits for or contributes to."""

    kind = forms.ChoiceField(label="How do the two hang together?", choices=CrossReference.Kind.choices, widget=forms.RadioSelect,
                             initial=CrossReference.Kind.ACTION)
    to_plan = forms.ModelChoiceField(Plan.objects.none(), label="In which plan?", required=False, empty_label="This one")
    target = forms.CharField(label="What does it name?", max_length=200, required=False,
                             help_text="The number of an action, section or indicator, such as 2.1.4; empty for a whole plan")
    printed = forms.CharField(label="In words", max_length=300, required=False, help_text="Such as “see also 2.1.4”")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_plan"].queryset = Plan.objects.filter(area=self.area).exclude(pk=self.of.plan_id)

    def held(self, record: CrossReference) -> dict[str, Any]:
        """The reference's fields; the plan in which it points at something, where that is not its own."""
        pointed = record.to_action or record.to_section
        other = pointed.plan_id if pointed and pointed.plan_id != self.of.plan_id else record.to_plan_id
        return {**super().held(record), "to_plan": other}

    def clean(self) -> dict[str, Any]:
        """What is named is there."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            cleaned |= resolved(self.of, cleaned["to_plan"], cleaned["target"])
        except UnresolvedError as error:
            self.add_error("target", str(error))
            return cleaned
        cleaned["printed"] = cleaned["printed"] or cleaned["target"] or str(cleaned["to_plan"] or "")
        return cleaned
