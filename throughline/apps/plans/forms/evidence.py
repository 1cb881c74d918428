"""A file that shows how an action is going."""

from django import forms

from throughline.apps.organisations.editing import RecordForm
from throughline.apps.plans.evidence_kinds import KINDS, KINDS_SAID, LARGEST_SAID


class EvidenceForm(RecordForm):
    """A file and what it shows."""

    title = forms.CharField(label="What does it show?", max_length=200, error_messages={"required": "Say what the file shows"})
    upload = forms.FileField(label="File", help_text=f"{KINDS_SAID}; {LARGEST_SAID} at most",
                             widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
                             error_messages={"required": "Choose a file", "empty": "The file is empty"})
