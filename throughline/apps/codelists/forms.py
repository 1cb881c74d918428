"""The forms on which a code is put right and a number of the rules is said otherwise."""

from datetime import date
from typing import Any

from django import forms

from throughline.analytics.participation.codesets import Code, CodeSet
from throughline.apps.codelists.ruling import try_value
from throughline.apps.codelists.wording import Line
from throughline.core.problems import RefusedFileError

_CONFIDENCES = [("high", "High: read in the department's own text"), ("medium", "Medium: inferred from practice"),
                ("low", "Low: a guess that waits for a source")]
_YES_NO = {"yes", "no"}


def in_words(column: str) -> str:
    """A column's name as a heading."""
    return column.replace("_", " ").capitalize()


class AmendForm(forms.Form):
    """Every column of one code but the code itself; a column of few values is chosen from those the list has."""

    label = forms.CharField(label="What it means", max_length=200)
    confidence = forms.ChoiceField(label="How sure is this?", choices=_CONFIDENCES, widget=forms.RadioSelect)
    source = forms.CharField(label="Source", max_length=300, help_text="Where it says so: a document, its year, a page")
    valid_from = forms.CharField(label="May be used from", max_length=10, required=False,
                                 help_text="Such as 2020-04-01; leave empty where it was always there")
    valid_to = forms.CharField(label="May be used until", max_length=10, required=False,
                               help_text="Such as 2018-03-31; leave empty where it goes on")
    reason = forms.CharField(label="Why it is changed", max_length=300)

    def __init__(self, *args: Any, codeset: CodeSet, code: Code, **kwargs: Any) -> None:
        super().__init__(*args, initial=code.printed, **kwargs)
        for fact in codeset.facts:
            values = sorted({each.facts[fact] for each in codeset.codes})
            choices = [(value, in_words(value) if value else "None") for value in values]
            widget = forms.RadioSelect if set(values) <= _YES_NO else forms.Select
            self.fields[fact] = forms.ChoiceField(label=in_words(fact), choices=choices, required=False, widget=widget)
        self.order_fields(["label", *codeset.facts, "valid_from", "valid_to", "confidence", "source", "reason"])

    def _day(self, name: str) -> str:
        printed = self.cleaned_data[name].strip()
        if printed:
            try:
                date.fromisoformat(printed)
            except ValueError as error:
                raise forms.ValidationError("Write the date as 2020-04-01, or leave it empty") from error
        return printed

    def clean_valid_from(self) -> str:
        """A day that exists, or nothing."""
        return self._day("valid_from")

    def clean_valid_to(self) -> str:
        """A day that exists, or nothing."""
        return self._day("valid_to")

    @property
    def says(self) -> dict[str, str]:
        """The columns as typed."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class RuleForm(forms.Form):
    """One number of the rules, whole where its file has a whole one, and why it is changed."""

    reason = forms.CharField(label="Why it is changed", max_length=300,
                             help_text="And where it says so: a document, its year, a page; or how you found out")

    def __init__(self, *args: Any, file: str, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, initial={"value": line.holds}, **kwargs)
        self.file, self.line = file, line
        of = forms.IntegerField if isinstance(line.holds, int) else forms.FloatField
        told = {"required": "Enter a number", "invalid": f"Enter a {'whole ' if of is forms.IntegerField else ''}number"}
        counted = f"In {line.unit}. " if line.unit else ""
        self.fields["value"] = of(label=line.says, help_text=f"{counted}The file says {line.in_file}", error_messages=told)
        self.order_fields(["value", "reason"])

    def clean_value(self) -> int | float:
        """A number that differs from the one that holds, and that the rule may have."""
        value = self.cleaned_data["value"]
        if value == self.line.holds:
            raise forms.ValidationError("Enter a number other than the one that holds already")
        try:
            try_value(self.file, self.line.place, value)
        except RefusedFileError as error:
            raise forms.ValidationError(error.problems[0].remedy) from error
        return value
