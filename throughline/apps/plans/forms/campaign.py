"""What is filled in about a campaign, its messages and its market research."""

import re
from typing import Any

from django import forms
from django.db import models

from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import NO_YOUNG_PERSON, LongText, Pounds
from throughline.apps.organisations.models import Party
from throughline.apps.organisations.queries import may_be_chosen
from throughline.apps.plans.campaigns import channels_of
from throughline.apps.plans.evidence_kinds import KINDS, KINDS_SAID, LARGEST_SAID
from throughline.apps.plans.forms.links import ManyField, numbers
from throughline.apps.plans.models import Action, Campaign, CampaignResearch, Plan
from throughline.apps.plans.trees import actions_in_order
from throughline.ui.days import DayField

_FIGURE = re.compile(r"(?P<words>.*\S)\s*[:\t]\s*(?P<many>[\d,]+)")
_MOST = 1_000_000_000


class CampaignForm(RecordForm):
    """One campaign."""

    title = forms.CharField(label="Name", max_length=200, error_messages={"required": "Enter the campaign’s name"})
    aim = LongText(label="What is it to change?", rows=3, required=False, help_text=NO_YOUNG_PERSON)
    audience = forms.CharField(label="For whom?", max_length=200, required=False, help_text="Such as parents of Years 10 and 11")
    lead = forms.ModelChoiceField(Party.objects.none(), label="Who leads it?", required=False, empty_label="Nobody yet")
    plan = forms.ModelChoiceField(Plan.objects.none(), label="Which plan is it for?", required=False, empty_label="No one plan",
                                  help_text="Which of its actions it carries out is chosen on the campaign’s page")
    starts_on = DayField(label="From")
    ends_on = DayField(label="Last day")
    budget = Pounds(label="Budget in pounds", required=False, min_value=0, help_text="Leave empty where none is set")

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = may_be_chosen(Party, area, getattr(self.record, "lead_id", None))
        self.fields["plan"].queryset = Plan.objects.filter(area=area)


class CampaignActionsForm(RecordForm):
    """Which actions of its plan a campaign carries out."""

    actions = ManyField(Action.objects.none(), label="Actions", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, record: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        order = [action.pk for action in actions_in_order(record.plan)] if record.plan else []
        places = models.Case(*(models.When(pk=pk, then=place) for place, pk in enumerate(order)), default=0)
        self.fields["actions"].queryset = Action.objects.filter(pk__in=order).order_by(places)

    def held(self, record: Campaign) -> dict[str, Any]:
        """The numbers of those that it carries out."""
        return {"actions": numbers(record.actions.filter(removed_at=None))}

    def words(self) -> dict[str, Any]:
        """Those that were ticked."""
        return {"actions": list(self.cleaned_data["actions"])}


class MessageForm(RecordForm):
    """What is planned: the message, how it goes out, to whom, when, and who sees to it."""

    text = LongText(label="What is the message?", rows=3, help_text=NO_YOUNG_PERSON,
                    error_messages={"required": "Write what the message is"})
    channel = forms.CharField(label="How does it go out?", max_length=100, widget=forms.TextInput(attrs={"list": "channels"}),
                              help_text="Such as letter home, local radio or school website",
                              error_messages={"required": "Say how it goes out"})
    audience = forms.CharField(label="To whom?", max_length=200, required=False,
                               help_text="If not to all whom the campaign is for")
    planned_on = DayField(label="Planned for")
    who = forms.ModelChoiceField(Party.objects.none(), label="Who sees to it?", required=False, empty_label="Nobody yet")

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channels = channels_of(area)
        self.fields["who"].queryset = may_be_chosen(Party, area, getattr(self.record, "who_id", None))


class LogForm(RecordForm):
    """That a message went out: when, how many it reached, and what was sent."""

    sent_on = DayField(label="Went out on")
    reach = forms.IntegerField(label="How many did it reach?", required=False, min_value=0, max_value=_MOST,
                               help_text="Leave empty where that is not known")
    reach_how = forms.CharField(label="How is that known?", max_length=200, required=False,
                                help_text="Such as letters posted, or listeners as the station gives them")
    address = forms.URLField(label="Address of what was sent", max_length=500, required=False, assume_scheme="https",
                             widget=forms.TextInput, help_text="A page, a post or a recording, such as https://www.example.org/attend",
                             error_messages={"invalid": "Enter an address that begins with https://"})
    upload = forms.FileField(label="Or a file of it", required=False, widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
                             help_text=f"{KINDS_SAID}; {LARGEST_SAID} at most. It takes the place of one before. "
                                       f"{NO_YOUNG_PERSON}",
                             error_messages={"empty": "The file is empty"})

    def held(self, record: models.Model) -> dict[str, Any]:
        """What was logged before; a file is not shown in its box."""
        return {name: record.serializable_value(name) for name in ("sent_on", "reach", "reach_how", "address")} | {
            "file": record.serializable_value("digest")}


class ResearchForm(RecordForm):
    """What people were asked and what they said."""

    asked_on = DayField(label="Asked on")
    question = LongText(label="What were they asked?", rows=2, error_messages={"required": "Write what they were asked"})
    method = forms.CharField(label="How were they asked?", max_length=300, error_messages={"required": "Say how they were asked"},
                             help_text="Such as a form sent to parents of 12 schools, or a talk with one group")
    answered = forms.IntegerField(label="How many answered?", required=False, min_value=0, max_value=_MOST,
                                  help_text="Leave empty where that is not known")
    figures = LongText(label="What they said, in figures", rows=5, required=False,
                       help_text="One answer a line with how many gave it, such as “A text on the first morning: 214”")
    said = LongText(label="What they said, in words", rows=5, help_text=f"What it means for the campaign. {NO_YOUNG_PERSON}",
                    error_messages={"required": "Write what they said"})

    def held(self, record: CampaignResearch) -> dict[str, Any]:
        """The figures as lines."""
        lines = "\n".join(f"{words}: {many}" for words, many in record.figures)
        return {**{name: record.serializable_value(name) for name in ("asked_on", "question", "method", "answered", "said")},
                "figures": lines}

    def clean_figures(self) -> list[list[Any]]:
        """Each line as words and a number. Raises ValidationError for the first that is not."""
        read = []
        for place, line in enumerate(self.cleaned_data["figures"].splitlines(), 1):
            if not line.strip():
                continue
            found = _FIGURE.fullmatch(line.strip())
            many = int(found["many"].replace(",", "") or _MOST + 1) if found else _MOST + 1
            if found is None or many > _MOST:
                raise forms.ValidationError(f"Line {place}, “{line.strip()[:60]}”: end it with a colon and a whole number, "
                                            "such as “By text: 214”")
            read.append([found["words"], many])
        return read

    def _said(self, name: str, value: Any) -> str:
        if name == "figures" and isinstance(value, list):
            value = "\n".join(f"{words}: {many}" for words, many in value)
        return super()._said(name, value)
