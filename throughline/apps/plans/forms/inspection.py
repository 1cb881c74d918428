"""An inspection and its recommendations."""

from django import forms

from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import LongText
from throughline.ui.days import DayField


class InspectionForm(RecordForm):
    """An inspection or a review that made recommendations."""

    title = forms.CharField(label="Title", max_length=300, error_messages={"required": "Enter the inspection's title"},
                            help_text="Such as “Inspection of local authority children's services, June 2026”")
    body = forms.CharField(label="Who inspected", max_length=100, required=False, help_text="Such as Ofsted")
    held_on = DayField(label="Held on", required=False)
    published_on = DayField(label="Report published on", required=False)
    address = forms.URLField(label="Where the report is", required=False, assume_scheme="https",
                             error_messages={"invalid": "Enter an address such as https://example.org/report"})


class RecommendationForm(RecordForm):
    """One recommendation or area for improvement."""

    number = forms.CharField(label="Number", max_length=40, required=False, help_text="As it is printed, such as 2")
    text = LongText(label="Recommendation", rows=4, error_messages={"required": "Enter the recommendation"})
