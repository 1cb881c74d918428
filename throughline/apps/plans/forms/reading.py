"""Giving a file to be read, saying which plan it has to do with, and accepting what was read."""

from typing import Any

from django import forms

from throughline.apps.organisations.editing import RecordForm
from throughline.apps.plans.models import Plan
from throughline.apps.plans.reading_queries import followable

LARGEST = 30_000_000  # bytes
ENDINGS = (".docx", ".xlsx", ".pdf", ".html", ".htm", ".md", ".txt", ".tsv", ".csv")
_TWO = "A plan is the next version of one, or adds to one: choose one of the two"


class _Related(forms.Form):
    """Which plan of the authority a file has to do with."""

    next_version_of = forms.ModelChoiceField(
        Plan.objects.none(), label="The plan that it is the next version of", required=False, empty_label="None",
        help_text="You will see what changed before you accept it")
    supplement_of = forms.ModelChoiceField(
        Plan.objects.none(), label="The plan that it adds to", required=False, empty_label="None",
        help_text="For a supplement, such as one for learners with learning difficulties or disabilities")

    def offer(self, area: str) -> None:
        """Offer the plans of an authority."""
        self.fields["next_version_of"].queryset = followable(area)
        self.fields["supplement_of"].queryset = followable(area).filter(supplement_of=None)

    def clean(self) -> dict[str, Any]:
        """One of the two, at most."""
        cleaned = super().clean() or {}
        if cleaned.get("next_version_of") and cleaned.get("supplement_of"):
            self.add_error("supplement_of", _TWO)
        return cleaned


class UploadForm(_Related):
    """A plan's file."""

    file = forms.FileField(
        label="The plan’s file",
        help_text="A Word document, an Excel workbook, a PDF, a web page, Markdown or text, 30 MB at most",
        error_messages={"required": "Choose the plan’s file", "empty": "The file is empty. Choose the one that holds the plan"},
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}))
    field_order = ("file", "next_version_of", "supplement_of")

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(area)

    def clean_file(self) -> Any:
        """A file that is not too large."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("The file is larger than 30 MB. Take the pictures out, or give the plan in parts")
        return file


class RelateForm(_Related, RecordForm):
    """Which plan a reading has to do with."""

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(area)


class AcceptForm(forms.Form):
    """What the plan will be called; stamp is how many corrections there were when it was looked over."""

    title = forms.CharField(label="Title of the plan", max_length=300, error_messages={"required": "Enter the plan's title"})
    stamp = forms.IntegerField(widget=forms.HiddenInput, required=False)
