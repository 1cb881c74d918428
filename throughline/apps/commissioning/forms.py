"""What is filled in about a year's commissioning plan and all that hangs on it."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from throughline.apps.commissioning.figures import published
from throughline.apps.commissioning.models import CommissioningPlan, ImpactStatement, Intervention, Need
from throughline.apps.commissioning.queries import actions_offered
from throughline.apps.governance.choices import Choice, boards, indicators, plans
from throughline.apps.governance.deciding_forms import OfAnAuthority
from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import NO_YOUNG_PERSON, LongText, Pounds
from throughline.apps.organisations.models import Party
from throughline.apps.organisations.queries import may_be_chosen
from throughline.apps.plans.forms.links import ManyField
from throughline.apps.plans.words import shortened
from throughline.ui.days import DayField


def organisations(area: str, held: int | None = None) -> QuerySet[Party]:
    """The organisations of the directory that are open, and the one held."""
    return may_be_chosen(Party, area, held).filter(Q(kind=Party.Kind.ORGANISATION) | Q(pk=held))


class CommissioningPlanForm(OfAnAuthority):
    """What is said of a year as a whole."""

    offered = {"plan": plans}

    title = forms.CharField(label="Title", max_length=300, error_messages={"required": "Enter a title"},
                            help_text="Such as Commissioning plan 2026/27")
    year_type = forms.ChoiceField(label="Which sort of year is it for?", choices=CommissioningPlan.YearType.choices,
                                  widget=forms.RadioSelect, initial=CommissioningPlan.YearType.ACADEMIC)
    first_year = forms.IntegerField(
        label="In which year does it begin?", min_value=2000, max_value=2100, help_text="Such as 2026 for 2026/27",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        error_messages={"required": "Enter the year in which it begins", "invalid": "Enter a year such as 2026"})
    plan = Choice(label="Which plan does it serve?", empty_label="No one plan")
    about = LongText(label="What it is for, and how the needs were found", rows=5, required=False, help_text=NO_YOUNG_PERSON)


class NeedForm(OfAnAuthority):
    """A need and what shows it."""

    offered = {"indicator": indicators}

    number = forms.IntegerField(label="Number", min_value=1, max_value=999, error_messages={"required": "Enter a number"},
                                widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}))
    what = LongText(label="What is needed?", rows=3, help_text=NO_YOUNG_PERSON, error_messages={"required": "Say what is needed"})
    indicator = Choice(label="Indicator that shows it", empty_label="No indicator",
                       help_text="Its newest figure stands beside the need")
    measure = forms.ChoiceField(label="Published measure that shows it", required=False,
                                help_text="The authority's newest figure stands beside the need, with England's")
    evidence = LongText(label="Or evidence in words", rows=3, required=False,
                        help_text=f"Such as what a survey or a visit found. {NO_YOUNG_PERSON}")
    source = forms.CharField(label="Where that is from", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held, offered = getattr(self.record, "measure", ""), [(each.id, each.title) for each in published()]
        gone = [(held, held)] if held and held not in dict(offered) else []
        self.fields["measure"].choices = [("", "No measure"), *offered, *gone]


class _NeedsField(ManyField):
    """The needs that something follows from, ticked."""

    def label_from_instance(self, obj: Need) -> str:
        """Its number and how it begins."""
        return f"{obj}: {shortened(obj.what, 140)}"


class PriorityForm(RecordForm):
    """A priority and the needs that it follows from."""

    number = forms.IntegerField(label="Number", min_value=1, max_value=999, error_messages={"required": "Enter a number"},
                                widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}))
    title = forms.CharField(label="What comes first?", max_length=300, error_messages={"required": "Say what comes first"})
    difference = LongText(label="What difference should it make, and to whom?", rows=3, required=False, help_text=NO_YOUNG_PERSON)
    needs = _NeedsField(Need.objects.none(), label="Which needs does it follow from?", required=False,
                        widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, year: CommissioningPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["needs"].queryset = Need.objects.filter(year=year)

    def held(self, record: Any) -> dict[str, Any]:
        """The priority's fields, and the numbers of its needs."""
        return {"number": record.number, "title": record.title, "difference": record.difference,
                "needs": sorted(record.needs.values_list("pk", flat=True))}

    def words(self) -> dict[str, Any]:
        """What was typed, the needs as a list."""
        return {**super().words(), "needs": list(self.cleaned_data["needs"])}


class InterventionForm(OfAnAuthority):
    """What is commissioned under a priority."""

    offered = {"provider": organisations, "action": actions_offered, "indicator": indicators}

    title = forms.CharField(label="What is commissioned?", max_length=300,
                            error_messages={"required": "Say what is commissioned"})
    provider = Choice(label="Who provides it?", empty_label="Not decided yet",
                      help_text="An organisation of the directory. Add it there first if it is missing")
    who_for = LongText(label="Whom is it for?", rows=2, required=False, help_text=NO_YOUNG_PERSON)
    starts_on = DayField(label="From")
    ends_on = DayField(label="To", required=False)
    action = Choice(label="Which action of a plan does it belong to?", empty_label="No action",
                    help_text="The action's page then shows it")
    indicator = Choice(label="Which indicator should move?", empty_label="No indicator")
    success = LongText(label="How is success known, in words?", rows=2, required=False, help_text=NO_YOUNG_PERSON)


class PlannedForm(RecordForm):
    """What is to be spent from one fund."""

    fund = forms.CharField(label="Which fund does it come from?", max_length=100,
                           error_messages={"required": "Say where the money comes from"})
    amount = Pounds(label="How much is planned, in pounds?", min_value=0)


class SpendForm(RecordForm):
    """What was spent on a day."""

    fund = forms.CharField(label="Which fund was it spent from?", max_length=100,
                           error_messages={"required": "Say where the money came from"})
    amount = Pounds(label="How much, in pounds?", help_text="With a minus before it for money that came back")
    on = DayField(label="On which day?")
    note = forms.CharField(label="Note", max_length=300, required=False, help_text=f"Such as the invoice. {NO_YOUNG_PERSON}")

    def __init__(self, *args: Any, intervention: Intervention, **kwargs: Any) -> None:
        funds = sorted({planned.fund for planned in intervention.planned.all()})
        super().__init__(*args, initial={"on": timezone.localdate(), "fund": funds[0] if len(funds) == 1 else ""}, **kwargs)
        if funds:
            self.fields["fund"].help_text = f"Planned are: {', '.join(funds)}"


class ImpactForm(RecordForm):
    """What an intervention has changed by a day."""

    rating = forms.ChoiceField(label="Did it make the difference that was wanted?", choices=ImpactStatement.Rating.choices,
                               widget=forms.RadioSelect, error_messages={"required": "Say whether it made the difference"})
    statement = LongText(label="What has changed?", rows=4, help_text=NO_YOUNG_PERSON,
                         error_messages={"required": "Say what has changed"})
    evidence = LongText(label="On what evidence?", rows=3, help_text=NO_YOUNG_PERSON,
                        error_messages={"required": "Say what that rests on"})
    said_by = forms.CharField(label="Who says so?", max_length=200, error_messages={"required": "Say who says so"})
    on = DayField(label="As at which day?")


class AgreeForm(OfAnAuthority):
    """Which board agreed a year's plan."""

    offered = {"board": boards}

    board = Choice(label="Which board agreed it?", required=True, empty_label="Choose a board",
                   error_messages={"required": "Choose the board that agreed it"})
    agreed_on = DayField(label="On which day?")
    note = LongText(label="Note", rows=3, required=False, help_text=f"Such as the number of the minute. {NO_YOUNG_PERSON}")


class ReportedForm(OfAnAuthority):
    """Which board was told what came of it."""

    offered = {"board": boards}

    board = Choice(label="Which board was it reported to?", required=True, empty_label="Choose a board",
                   error_messages={"required": "Choose the board that it was reported to"})
    reported_on = DayField(label="On which day?")
