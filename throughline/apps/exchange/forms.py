"""Giving a file, saying what its columns hold, and looking for somebody whom a row is about."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from throughline.analytics.intake.held import in_words
from throughline.analytics.learnerlists.cells import as_date, is_serial
from throughline.analytics.learnerlists.sheet import ListSheet
from throughline.analytics.learnerlists.taught import columns_of_activities, unknown_words
from throughline.apps.exchange.models import Delivery
from throughline.apps.exchange.read_by import usable_activities, vocabulary
from throughline.apps.exchange.reading import columns_of
from throughline.apps.exchange.staging import kept_sheet
from throughline.apps.exchange.words import word_field
from throughline.apps.learners.codes import choices
from throughline.ui.days import DayField
from throughline.ui.formats import count

_NOT_USED, _GUARDED = "Not used", "Its cells are not shown here: they tell what is not for everybody"
_WORDS_OFFERED = 100
_LONGEST_SAMPLE = 40  # letters of a cell


class EverybodyForm(forms.Form):
    """What holds for a whole list."""

    as_at = DayField(label="The day it speaks of", required=False,
                     help_text="Leave empty for the day that its title or the file’s name says, or today where they say none; "
                               "a return says its month itself, and the survey is of 1 November")
    establishment = forms.CharField(
        label="Whose list it is", required=False, max_length=20,
        help_text="A school’s or college’s establishment number (seven digits) or URN (six), or a provider’s UKPRN (eight)",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "numeric"}))
    activity = forms.ChoiceField(label="What everybody on it is doing", required=False,
                                 help_text="Where the list has no column that says so")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].choices = [("", "The list says it"), *choices("activity", timezone.localdate())]


class UploadForm(EverybodyForm):
    """A file about young people."""

    file = forms.FileField(
        label="The file",
        error_messages={"required": "Choose the file", "empty": "The file is empty. Choose the one that holds the list"},
        widget=forms.ClearableFileInput(attrs={"accept": ".xml,.csv,.xlsx,.txt,.tsv"}))
    kind = forms.ChoiceField(label="What it is", required=False,
                             choices=[("", "Find out from the file"), *Delivery.Kind.choices])
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = (
            f"A return as XML or CSV, {_megabytes(settings.LARGEST_UPLOAD)} at most, or any list as CSV or Excel, "
            f"{_megabytes(min(settings.LARGEST_LIST, settings.LARGEST_UPLOAD))} at most")

    field_order = ("file", "kind", "as_at", "establishment", "activity")

    def clean_file(self) -> Any:
        """A file that is not too large."""
        file = self.cleaned_data["file"]
        if file.size > settings.LARGEST_UPLOAD:
            raise forms.ValidationError(f"The file is larger than {_megabytes(settings.LARGEST_UPLOAD)}. Ask whoever runs "
                                        "Throughline to bring it in with throughline import")
        return file


def _megabytes(size: int) -> str:
    return f"{size // 1_000_000:,} MB"


class SendForm(forms.Form):
    """A list from a school, a college or a provider."""

    file = forms.FileField(
        label="The list",
        error_messages={"required": "Choose the file", "empty": "The file is empty. Choose the one that holds the list"},
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.txt,.tsv"}))
    as_at = DayField(label="The day it speaks of", required=False,
                     help_text="Leave empty for the day that its title or the file’s name says, or today where they say none")
    activity = forms.ChoiceField(label="What everybody on it is doing", required=False,
                                 help_text="Where the list has no column that says so")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        largest = _megabytes(min(settings.LARGEST_LIST, settings.LARGEST_UPLOAD))
        self.fields["file"].help_text = (f"CSV or Excel, {largest} at most, with a row of headings such as Forename, Surname, "
                                         "Date of birth and ULN")
        self.fields["activity"].choices = [("", "The list says it"), *choices("activity", timezone.localdate())]


class MappingForm(EverybodyForm):
    """Which column of a list holds what; one choice a column, each field once; and what words of activities mean that we do not
    know. Whose list one that was sent is stays. What stands in the lines of shut is not repeated, nor what stands in a column of
    which guards says so by its field and its heading.
    """

    def __init__(self, *args: Any, delivery: Delivery, shut: Collection[int] = (),
                 guards: Callable[[str, str], bool] = lambda field, heading: False, **kwargs: Any) -> None:
        held = delivery.constants.get("activity", "")
        initial = {"as_at": delivery.as_at, "establishment": delivery.whose_number, "activity": held}
        super().__init__(*args, initial=initial, **kwargs)
        if delivery.sent:
            del self.fields["establishment"]
        self.fields["activity"].choices = [("", "The list says it"), *choices("activity", delivery.as_at, held)]
        self.fields["as_at"].help_text = "What the list says of anybody is taken to have been so then"
        self.was_as_at = delivery.as_at
        if delivery.asks_its_day:
            self.fields["confirmed"] = forms.BooleanField(
                label=f"It does speak of {in_words(delivery.as_at)}", required=False,
                help_text=f"Though {'; '.join(delivery.noticed['days'])}")
        self.columns, sheet = delivery.columns, kept_sheet(delivery).without(shut)
        offered = [("", _NOT_USED), *((field.id, field.title) for field in vocabulary().fields.values())]
        for column in self.columns:
            self.fields[f"column_{column['place']}"] = forms.ChoiceField(
                label=column["called"], choices=offered, required=False, initial=column["field"],
                help_text=_GUARDED if guards(column["field"], column["heading"]) else
                _such_as(_as_read(cell, column["field"]) for cell in sheet.samples(column["place"])))
        if not sheet.sure:
            self.fields["no_headings"] = forms.BooleanField(
                label="The first row is a person and not headings", required=False, initial=delivery.no_headings,
                help_text="Its columns are then called Column 1, Column 2 and so on, and so are those of the next list like it")
        self._offer_words(delivery, sheet)
        self.either = [f"column_{column['place']}" for column in self.columns]
        self.order_fields(["no_headings", *self.either, *self._words, "as_at", "confirmed"])

    def _offer_words(self, delivery: Delivery, sheet: ListSheet) -> None:
        """A choice for each word of the column of activities that we do not know: first those of which nothing was said yet."""
        self._worded = columns_of_activities(sheet, columns_of(delivery, sheet), vocabulary())
        unknown = unknown_words(sheet, self._worded, vocabulary(delivery.as_at), usable_activities(delivery.as_at))
        several = sorted(unknown.items(), key=lambda word: (word[0] in delivery.words, -word[1], word[0]))[:_WORDS_OFFERED]
        self._words = {word_field(word): word for word, _ in several}
        for name, (word, many) in zip(self._words, several, strict=True):
            held = delivery.words.get(word, "")
            self.fields[name] = forms.ChoiceField(
                label=f"What “{word}” means", choices=[("", "Nothing is said of it"), *choices("activity", delivery.as_at, held)],
                required=False, initial=held, help_text=f"We do not know this activity. It stands in {count(many, 'row')}")
        if more := len(unknown) - len(several):
            self.fields[name].help_text += f". {count(more, 'more word is', 'more words are')} offered once these are saved"

    def clean(self) -> dict[str, Any]:
        """No field from two columns."""
        cleaned = super().clean() or {}
        taken: dict[str, str] = {}
        for column in self.columns:
            name = f"column_{column['place']}"
            if (field := cleaned.get(name)) and taken.setdefault(field, name) != name:
                self.add_error(name, f"Another column is taken for this. Choose one of the two, or {_NOT_USED.lower()}")
        return cleaned

    def day(self) -> date | None:
        """The day that was said of it: one that was changed, or confirmed where it is asked; None where nobody said anything."""
        said: date | None = self.cleaned_data["as_at"]
        return said if said != self.was_as_at or self.cleaned_data.get("confirmed") else None

    def no_headings(self) -> bool | None:
        """Whether it was said that the first row is a person; None where that is not asked."""
        return self.cleaned_data.get("no_headings")

    def words(self) -> dict[str, str]:
        """Codes of activities by the words that were offered; empty for one of which nothing is said."""
        return {word: self.cleaned_data[name] for name, word in self._words.items() if name in self.data}

    def mapping(self) -> dict[str, str]:
        """Fields by the place of their column. One of whose words it was said what they mean holds activities."""
        said = {str(column["place"]): self.cleaned_data[f"column_{column['place']}"] for column in self.columns}
        if any(self.words().values()):
            taken = {str(place): field for place, field in self._worded.items() if field not in said.values()}
            said |= {place: field for place, field in taken.items() if not said[place]}
        return said


def _as_read(cell: str, field: str) -> str:
    """A cell of a column as it is shown: a day that Excel counts, which nobody can read, as the day it is."""
    known = vocabulary().fields.get(field)
    is_counted = known is not None and known.looks_like in ("date", "confirmed") and is_serial(cell)
    return in_words(as_date(cell)) if is_counted else cell


def _such_as(cells: Iterable[str]) -> str:
    """Some cells of a column in a sentence; empty where it has none."""
    shown = [cell if len(cell) <= _LONGEST_SAMPLE else f"{cell[:_LONGEST_SAMPLE]}…" for cell in cells]
    return f"Such as: {'; '.join(shown)}" if shown else "Nothing stands in it"


class FindForm(forms.Form):
    """Somebody of the register, to whom a row may belong."""

    narrows = True
    words = forms.CharField(label="Name", required=False, max_length=100)
    number = forms.CharField(label="Any number they have", required=False, max_length=30)
