"""A key date of the annual planning cycle."""

from typing import Any

from django import forms

from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import LongText
from throughline.apps.organisations.models import Board, Party
from throughline.apps.organisations.queries import may_be_chosen
from throughline.apps.plans.cycle import RECURRENCES, cycle_rules
from throughline.apps.plans.models import Plan
from throughline.ui.days import DayField


class EntryForm(RecordForm):
    """One key date, or a stretch of days."""

    title = forms.CharField(label="What is it?", max_length=200, error_messages={"required": "Say what the date is"})
    kind = forms.ChoiceField(label="What sort of date?", error_messages={"required": "Choose what sort of date it is"})
    starts_on = DayField(label="Day, or first day")
    ends_on = DayField(label="Last day", required=False, help_text="Leave empty where it is one day")
    recurrence = forms.ChoiceField(label="How often?", choices=list(RECURRENCES.items()), required=False,
                                   help_text="Every term means the same day of the same week of each. What comes again is copied "
                                             "when next year’s cycle is made")
    owner = forms.ModelChoiceField(Party.objects.none(), label="Who sees to it?", required=False, empty_label="Nobody yet")
    plan = forms.ModelChoiceField(Plan.objects.none(), label="Which plan is it for?", required=False, empty_label="No one plan")
    board = forms.ModelChoiceField(Board.objects.none(), label="Which board is it for?", required=False,
                                   empty_label="No one board")
    note = LongText(label="Note", rows=3, required=False)

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.record
        kinds = list(cycle_rules().kinds)
        if held is not None and held.kind and held.kind not in kinds:
            kinds.append(held.kind)
        self.fields["kind"].choices = [("", "Choose a sort")] + [(kind, kind) for kind in kinds]
        self.fields["owner"].queryset = may_be_chosen(Party, area, getattr(held, "owner_id", None))
        self.fields["board"].queryset = may_be_chosen(Board, area, getattr(held, "board_id", None))
        self.fields["plan"].queryset = Plan.objects.filter(area=area)
