"""A plan as a whole: its title, its time, whose it is; and its approval."""

from typing import Any

from django import forms
from django.utils import timezone

from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import LongText
from throughline.apps.organisations.models import Board
from throughline.apps.organisations.queries import may_be_chosen
from throughline.apps.plans.models import Plan
from throughline.ui.days import DayField


class PlanForm(RecordForm):
    """What is said of a plan as a whole."""

    title = forms.CharField(label="Title", max_length=300, error_messages={"required": "Enter the plan's title"})
    period = forms.CharField(label="Period", max_length=100, required=False,
                             help_text="As it is printed, such as “2026 to 2029” or “September 2026 – August 2027”")
    organisations = LongText(label="Whose plan it is", rows=3, required=False, help_text="One organisation a line")
    cohort = forms.CharField(label="Whom it is about", max_length=200, required=False,
                             help_text="If not everybody, such as “young people with SEND”")
    summary = LongText(label="Summary", rows=4, required=False)
    supplement_of = forms.ModelChoiceField(
        Plan.objects.none(), label="The plan that it adds to", required=False, empty_label="None",
        help_text="For a supplement, such as one for learners with learning difficulties or disabilities")

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Plan.objects.filter(area=area, supplement_of=None).exclude(state=Plan.State.SUPERSEDED)
        self.fields["supplement_of"].queryset = others.exclude(pk=getattr(self.record, "pk", None))

    def held(self, record: Plan) -> dict[str, Any]:
        """The plan's fields; its organisations one a line."""
        return {**super().held(record), "organisations": "\n".join(record.organisations)}

    def words(self) -> dict[str, Any]:
        """What was typed, organisations as a list."""
        said = super().words()
        return {**said, "organisations": [line.strip() for line in said["organisations"].splitlines() if line.strip()]}


class ApprovalForm(forms.Form):
    """Who approved a plan, and when."""

    board = forms.ModelChoiceField(Board.objects.none(), label="Which body approved it?", empty_label="Choose a board",
                                   error_messages={"required": "Choose the body that approved it"})
    approved_on = DayField(label="On which day?")
    note = LongText(label="Note", rows=3, required=False,
                    help_text="Such as the number of the minute, or what was asked to change")

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"approved_on": timezone.localdate()}, **kwargs)
        self.fields["board"].queryset = may_be_chosen(Board, area)
