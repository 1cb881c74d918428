"""Whether a success criterion was met."""

from typing import Any

from django import forms
from django.utils import timezone

from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import NO_YOUNG_PERSON, LongText
from throughline.apps.organisations.models import Board, Party
from throughline.apps.organisations.queries import may_be_chosen
from throughline.apps.plans.models import CriterionJudgement
from throughline.ui.days import DayField

JUDGES = "judges"  # the id of the list of names that the page offers


class JudgementForm(RecordForm):
    """One judgement of one criterion."""

    verdict = forms.ChoiceField(label="Was it met?", choices=CriterionJudgement.Verdict.choices, widget=forms.RadioSelect,
                                error_messages={"required": "Say whether it was met"})
    judged_by = forms.CharField(label="Who judged it?", max_length=200, widget=forms.TextInput(attrs={"list": JUDGES}),
                                help_text="A board, a person or a post, as a report should print it",
                                error_messages={"required": "Say who judged it"})
    on = DayField(label="When?")
    evidence = LongText(label="On what evidence?", rows=4, help_text=f"What was looked at, and where it is. {NO_YOUNG_PERSON}",
                        error_messages={"required": "Say on what evidence"})

    def __init__(self, data: Any = None, *, area: str) -> None:
        super().__init__(data, initial={"on": timezone.localdate()})
        self.judges = [board.name for board in may_be_chosen(Board, area)] + [party.name for party in may_be_chosen(Party, area)]
