"""What an author fills in: which report, to whom, as at which day, and the words of each part."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from throughline.apps.commissioning.models import CommissioningPlan
from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import LongText
from throughline.apps.organisations.models import Board
from throughline.apps.organisations.queries import may_be_chosen
from throughline.apps.plans.models import Plan
from throughline.apps.reports.models import DraftReport
from throughline.apps.reports.outlines import Outline, outlines
from throughline.ui.days import DayField

LEFT_OUT = "left_out"


class StartForm(forms.Form):
    """Which report to begin."""

    either = ("plan", "commissioning")

    outline = forms.ChoiceField(label="What sort of report?", widget=forms.RadioSelect,
                                error_messages={"required": "Choose what sort of report it is"})
    plan = forms.ModelChoiceField(Plan.objects.none(), label="On which plan?", empty_label="Choose a plan", required=False)
    commissioning = forms.ModelChoiceField(
        CommissioningPlan.objects.none(), label="Or on which commissioning plan?", empty_label="Choose a commissioning plan",
        required=False, help_text="For the annual commissioning plan and impact report, which is on no other plan")
    board = forms.ModelChoiceField(Board.objects.none(), label="To which board?", empty_label="Choose a board",
                                   error_messages={"required": "Choose a board"})
    as_at = DayField(label="As at which day?", help_text="Ratings, updates, figures and decisions are those of that day; "
                     "owners, dates and costs are those of today")
    title = forms.CharField(label="Title", max_length=300, required=False, help_text="Leave empty for the usual one")

    def __init__(self, *args: Any, area: str, asked: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={**(asked or {}), "as_at": timezone.localdate()}, **kwargs)
        self.fields["outline"].choices = [(each.id, f"{each.title}: {each.about}") for each in outlines().values()]
        self.fields["plan"].queryset = Plan.objects.filter(area=area).exclude(state=Plan.State.SUPERSEDED)
        self.fields["commissioning"].queryset = CommissioningPlan.objects.filter(area=area)
        self.fields["board"].queryset = may_be_chosen(Board, area)

    def clean(self) -> dict[str, Any]:
        """With the sort of plan that the report is on."""
        said = super().clean()
        if outline := outlines().get(said.get("outline", "")):
            name, words = ("commissioning", "a commissioning plan") if outline.on_commissioning else ("plan", "a plan")
            if not said.get(name) and name not in self.errors:
                self.add_error(name, f"Choose {words}")
        return said

    def clean_as_at(self) -> date:
        """A day that is not to come."""
        return past(self.cleaned_data["as_at"])


def past(day: date) -> date:
    """The day, unless it is still to come. Raises ValidationError."""
    if day > timezone.localdate():
        raise forms.ValidationError("Enter a day that is not in the future")
    return day


class WriteForm(RecordForm):
    """The words of a draft, part by part; the parts are those of its outline."""

    title = forms.CharField(label="Title", max_length=300, error_messages={"required": "Enter a title"})
    as_at = DayField(label="As at")

    def __init__(self, *args: Any, outline: Outline, **kwargs: Any) -> None:
        self.outline = outline
        super().__init__(*args, **kwargs)
        for part in outline.parts:
            label = f"Your words under “{part.heading}”"
            self.fields[part.id] = LongText(label=label, rows=4, required=False, help_text=part.hint, max_length=20_000)
        choices = [(part.id, part.heading) for part in outline.parts]
        self.fields[LEFT_OUT] = forms.MultipleChoiceField(
            label="Parts to leave out", choices=choices, required=False, widget=forms.CheckboxSelectMultiple)
        self.initial |= {name: value for name, value in self.held(self.record).items() if name not in self.initial}

    def clean_as_at(self) -> date:
        """A day that is not to come."""
        return past(self.cleaned_data["as_at"])

    def held(self, record: DraftReport) -> dict[str, Any]:
        """The draft's title and day, the words of each part and what is left out."""
        texts = {part.id: record.texts.get(part.id, "") for part in self.outline.parts}
        return {"title": record.title, "as_at": record.as_at, **texts, LEFT_OUT: list(record.left_out)}

    def words(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        said = super().words()
        texts = {part.id: said[part.id] for part in self.outline.parts if said[part.id]}
        return {"title": said["title"], "as_at": said["as_at"], "texts": texts, LEFT_OUT: said[LEFT_OUT]}


class IssueForm(forms.Form):
    """What is said on issuing."""

    note = LongText(label="Note on this report", rows=2, required=False,
                    help_text="Such as the meeting it is for. Not printed in it")
