"""An action of a plan, and whether it is done."""

from typing import Any

from django import forms

from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import LongText
from throughline.apps.plans.forms.section import SectionField
from throughline.apps.plans.forms.timed import WHEN_HINT, TimedForm
from throughline.apps.plans.models import Action, Plan, Section
from throughline.ui.days import DayField


class ActionForm(TimedForm):
    """An action as it is printed."""

    time_field = "when_printed"

    number = forms.CharField(label="Number", max_length=40, required=False, help_text="As it is printed, such as 1.2.3")
    text = LongText(label="What is to be done?", rows=4, error_messages={"required": "Enter what is to be done"})
    why = LongText(label="Why?", rows=2, required=False)
    when_printed = forms.CharField(label="When?", required=False, help_text=WHEN_HINT)
    section = SectionField(Section.objects.none(), label="Section", empty_label=None)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].of(plan)


class StateForm(RecordForm):
    """Whether an action is still to be done."""

    state = forms.ChoiceField(label="Is it still to be done?", choices=Action.State.choices, widget=forms.RadioSelect)
    state_on = DayField(label="Since which day?", required=False, help_text="Leave empty for today")
    state_reason = LongText(label="Why?", rows=3, required=False, help_text="Needed for one that is stopped")
