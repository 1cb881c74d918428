"""What is asked about something a learner does: that they do it, that they still do, and on leaving why and what for."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from throughline.apps.learners.codes import CODED_ON_LEAVING, activity_labels, choices, codeset, cohort, outgrown_activities
from throughline.apps.learners.forms import ToldForm
from throughline.apps.learners.return_rules import looked_at_again
from throughline.ui.days import DayField

_NUMBER = forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "numeric"})


class ActivityForm(ToldForm):
    """What somebody does from a day on; why they left it is asked under a fold."""

    folded: ClassVar[tuple[str, ...]] = tuple(CODED_ON_LEAVING)
    folded_under = "They have left, or are about to"

    returned: ClassVar[Mapping[str, str]] = {
        "code": "activity_code", "start": "start_date", "establishment_name": "establishment_name",
        "establishment": "establishment_number", "ukprn": "provider", "verified": "date_verified", "review": "review_date",
        "predicted_end": "predicted_end_date", "neet_start": "neet_start_date"}

    code = forms.ChoiceField(label="What are they doing?")
    start = DayField(label="First day")
    establishment_name = forms.CharField(label="Where", max_length=200, required=False,
                                         help_text="The school, college, provider or employer")
    establishment = forms.CharField(label="Establishment number", max_length=8, required=False, widget=_NUMBER,
                                    help_text="For a school or college: seven digits, such as 3914999")
    ukprn = forms.CharField(label="UK provider reference number", max_length=8, required=False, widget=_NUMBER,
                            help_text="For a college or provider: eight digits, such as 10001234")
    verified = DayField(label="Last confirmed on", required=False,
                        help_text="The day on which somebody last told us. Leave empty for today")
    review = DayField(label="Look at it again on", required=False)
    predicted_end = DayField(label="Expected to end on", required=False,
                             help_text="For education and training. Where they left it, their last day there")
    neet_start = DayField(label="NEET since", required=False,
                          help_text="Only where they have been NEET without a break for longer than we have activities of")
    leaving_reason = forms.ChoiceField(label="Why did they leave?", required=False)
    intended_next = forms.ChoiceField(label="What did they mean to do next?", required=False)

    def __init__(self, *args: Any, born: date, **kwargs: Any) -> None:
        """Activities by family, those of compulsory school age last for whoever is past it."""
        super().__init__(*args, **kwargs)
        if self.record:
            self.fields["verified"].help_text = ("The day on which somebody last told us. Where the first day changes and has "
                                               "come, leave empty for today")
        held, today = getattr(self.record, "code", ""), timezone.localdate()
        again = activity_labels(looked_at_again(today) - cohort().agreed_starts)
        self.fields["review"].help_text = f"For {again}; for an agreed start, the day of it"
        outgrown, known = outgrown_activities(born, today), codeset("activity").as_on(today)
        families: dict[str, list[tuple[str, str]]] = {}
        for code, said in sorted(choices("activity", today, held), key=lambda choice: choice[0] in outgrown):
            families.setdefault(known[code].facts["family"], []).append((code, said))
        self.fields["code"].choices = [("", "Choose an activity"), *(pair for pairs in families.values() for pair in pairs)]
        for field, name in CODED_ON_LEAVING.items():
            self.fields[field].choices = [("", "Nobody has said"), *choices(name, today, getattr(self.record, field, ""))]

    def clean_establishment(self) -> str:
        """The number as it is kept, without the stroke it is often printed with."""
        return self.cleaned_data["establishment"].replace("/", "").replace(" ", "")

    def clean(self) -> dict[str, Any]:
        """Whoever says why somebody left says when: the day on which it was to end stands in the box already."""
        cleaned = super().clean() or self.cleaned_data
        held, end = self.record, cleaned.get("predicted_end")
        if held and cleaned.get("leaving_reason") and not held.leaving_reason and end == held.predicted_end and end and (
                end > timezone.localdate()):
            self.add_error("predicted_end", "Enter their last day there. This is the day on which it was to end: whoever leaves "
                                            "no earlier has not left yet, and why can be said once they have")
        return cleaned


class ConfirmForm(ToldForm):
    """That somebody is still doing it."""

    returned: ClassVar[Mapping[str, str]] = {"verified": "date_verified", "review": "review_date",
                                             "predicted_end": "predicted_end_date"}

    verified = DayField(label="On which day were they doing it?", required=False, help_text="Leave empty for today")
    review = DayField(label="Look at it again on", required=False, help_text="Leave empty to keep the day it has")
    predicted_end = DayField(label="Expected to end on", required=False, help_text="Leave empty to keep the day it has")
