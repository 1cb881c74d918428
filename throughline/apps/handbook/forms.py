"""What is filled in about a page of the handbook."""

from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone

from throughline.apps.handbook.actions import FIELDS
from throughline.apps.handbook.models import HandbookPage
from throughline.apps.handbook.queries import services_of
from throughline.apps.handbook.tasks import all_tasks
from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import NO_YOUNG_PERSON, LongText
from throughline.apps.organisations.models import Party
from throughline.apps.organisations.queries import may_be_chosen
from throughline.ui.days import DayField

_MARKS = ("An empty line begins a paragraph. Lines that begin with “- ” are a list, with “1. ” steps, with “## ” a heading; "
          "**two stars** make words bold, and [words](https://…) a link. "
          f"{NO_YOUNG_PERSON}")


class PageForm(RecordForm):
    """A page with its first edition."""

    title = forms.CharField(label="Title", max_length=200, help_text="What it tells how to do, such as “When nobody answers”",
                            error_messages={"required": "Enter a title"})
    service = forms.CharField(label="Service", max_length=100, widget=forms.TextInput(attrs={"list": "services"}),
                              help_text="Whose work it is, such as Tracking team. Pages of one service stand together",
                              error_messages={"required": "Say whose work it is"})
    audience = forms.CharField(label="For whom?", max_length=200, required=False, help_text="Such as tracking officers")
    body = LongText(label="What it says", rows=18, help_text=_MARKS, error_messages={"required": "Write what the page says"})
    tasks = forms.MultipleChoiceField(label="Which tasks is it shown beside?", required=False,
                                      widget=forms.CheckboxSelectMultiple,
                                      help_text="For an action of a plan, choose the page on the action’s own page")
    owner = forms.ModelChoiceField(Party.objects.none(), label="Who keeps it right?", required=False, empty_label="Nobody yet")
    starts_on = DayField(label="In force from")
    review_on = DayField(label="Next review")

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services = services_of(area)
        self.fields["tasks"].choices = [(task.id, task.title) for task in all_tasks().values()]
        held = self.record.newest.owner_id if self.record else None
        self.fields["owner"].queryset = may_be_chosen(Party, area, held)

    def clean_service(self) -> str:
        """A service that is there already is spelt as it is there."""
        typed = " ".join(self.cleaned_data["service"].split())
        return next((held for held in self.services if held.casefold() == typed.casefold()), typed)

    def clean_review_on(self) -> date:
        """A review is to come: one in the past would be past on the day that the edition is saved."""
        review = self.cleaned_data["review_on"]
        if review <= timezone.localdate():
            raise forms.ValidationError("Enter a day to come, on which it is to be looked over again")
        return review


class EditionForm(PageForm):
    """The next edition of a page, opened on the newest, in force from today and with its review to be said anew."""

    change = LongText(label="What changed?", rows=3, help_text="So that whoever knows the page need not read it all. Where it "
                      "was looked over and is right, say so and set the next review",
                      error_messages={"required": "Say what changed, or that it was looked over and nothing did"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial |= {"starts_on": timezone.localdate(), "review_on": None}

    def held(self, record: HandbookPage) -> dict[str, Any]:
        """What the newest edition says, and its number, so that two who open the same edition do not both follow it."""
        newest: models.Model = record.newest
        return {name: newest.serializable_value(name) for name in FIELDS} | {"number": newest.number}
