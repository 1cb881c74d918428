"""The forms of the performance room."""

from typing import Any

from django import forms

from throughline.analytics.formats.dataset import Dataset
from throughline.analytics.measures.areas import Area
from throughline.analytics.measures.definition import Measure, Unit
from throughline.analytics.warehouse.loading import FILES
from throughline.apps.organisations.forms import NO_YOUNG_PERSON
from throughline.apps.performance.models import EnteredFigure
from throughline.core.periods import UnreadablePeriodError, parse_period
from throughline.core.statuses import SIGNIFICANT_PLACES
from throughline.ui.days import DayField

# How the parts of a year are spelt, by how often a measure is collected.
_PARTS_OF_A_YEAR = {"termly": "2024/25 autumn term or ", "quarterly": "2024/25 financial year Q1 or "}


class EnterFigureForm(forms.Form):
    """One figure of one measure: counts, or the value itself."""

    area = forms.ChoiceField(label="Authority")
    period = forms.CharField(label="Period", max_length=40, error_messages={"required": "Enter the period"})
    numerator = forms.FloatField(label="How many (numerator)", required=False, min_value=0)
    denominator = forms.FloatField(label="Out of how many (denominator)", required=False, min_value=0)
    value = forms.FloatField(label="Value", required=False)
    status = forms.ChoiceField(label="How settled is it?", choices=EnteredFigure.Status.choices,
                               widget=forms.RadioSelect, initial=EnteredFigure.Status.PROVISIONAL,
                               error_messages={"required": "Say how settled the figure is"})
    evidence = forms.CharField(label="Where does it come from?", max_length=500, required=False,
                               help_text=f"A report, a system or a meeting. {NO_YOUNG_PERSON}")

    def __init__(self, *args: Any, measure: Measure, areas: list[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        self.fields["area"].choices = [(area.area, area.name) for area in areas]
        source = measure.entered
        part = _PARTS_OF_A_YEAR.get(source.frequency if source else "", "")
        self.fields["period"].help_text = f"Such as {part}2024/25 ({measure.year_type})"
        if measure.unit is Unit.PERCENT and source is not None and source.numerator:
            self.fields["numerator"].help_text = source.numerator
            self.fields["denominator"].help_text = source.denominator
            self.fields["value"].help_text = "Leave empty to work it out from the two counts"
        else:
            del self.fields["numerator"], self.fields["denominator"]
            self.fields["value"].required = True
        self.fields["value"].label = f"Value, {measure.unit.words}"

    def clean_period(self) -> str:
        """The period as typed, if the measure's year type can read it."""
        text = self.cleaned_data["period"]
        try:
            period, _ = parse_period(text, self.measure.year_type)
        except UnreadablePeriodError as error:
            raise forms.ValidationError(str(error)) from error
        return period.label

    def clean(self) -> dict[str, Any]:
        """Counts and value together: counts give the value, and a percentage lies between 0 and 100."""
        cleaned = super().clean() or {}
        part, whole = cleaned.get("numerator"), cleaned.get("denominator")
        if (part is None) != (whole is None):
            self.add_error("denominator" if whole is None else "numerator", "Give both counts, or neither")
        elif part is not None and whole is not None:
            self._from_counts(cleaned, part, whole)
        value = cleaned.get("value")
        if self.measure.unit is Unit.PERCENT and not self.errors:
            if value is None:
                self.add_error("value", "Give the two counts, or the value itself")
            elif not 0 <= value <= 100:
                self.add_error("value", "A percentage lies between 0 and 100")
        return cleaned

    def _from_counts(self, cleaned: dict[str, Any], part: float, whole: float) -> None:
        if whole == 0:
            self.add_error("denominator", "Nothing can be a share of none; leave both counts empty")
        elif part > whole:
            self.add_error("numerator", "The part cannot be more than the whole")
        else:
            cleaned["value"] = round(part / whole * 100, SIGNIFICANT_PLACES)


ANOTHER = "another"
LARGEST = 200_000_000  # bytes of one uploaded file


class LoadForm(forms.Form):
    """A release of one data set, in one file or two."""

    dataset = forms.ChoiceField(label="Which data set is it?", error_messages={"required": "Choose a data set"})
    title = forms.CharField(label="Title of another data set", max_length=100, required=False,
                            help_text="Only for an Explore Education Statistics file that is not in the list")
    release = forms.CharField(label="Release", max_length=100, error_messages={"required": "Say which release it is"},
                              help_text="As its publisher names it, such as June 2026")
    released_on = DayField(label="Released on", required=False)
    next_due = DayField(label="Next release due on", required=False)
    file = forms.FileField(label="Data file", error_messages={"required": "Choose the data file"},
                           help_text="As its publisher gives it: CSV, Excel, Parquet, or a zip of data and meta file")
    second = forms.FileField(label="Meta file, dictionary or register", required=False,
                             help_text="Only for a data set that comes in two files")

    def __init__(self, *args: Any, datasets: dict[str, Dataset], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dataset"].choices = [
            ("", "Choose a data set"),
            *((id, f"{dataset.title}: {'; '.join(FILES[dataset.loader])}") for id, dataset in datasets.items()),
            (ANOTHER, "Another Explore Education Statistics file"),
        ]

    def clean(self) -> dict[str, Any]:
        """Neither file is larger than a published file may be, and another data set has a title."""
        cleaned = super().clean() or {}
        if cleaned.get("dataset") == ANOTHER and not cleaned.get("title"):
            self.add_error("title", "Give the other data set a title")
        for name in ("file", "second"):
            if cleaned.get(name) and cleaned[name].size > LARGEST:
                self.add_error(name, f"A file may be {LARGEST // 1_000_000} MB at most; use throughline load-figures for more")
        return cleaned
