"""The forms on which a code is put right or added and a number of the rules is said otherwise."""

from collections.abc import Mapping, Sequence, Set
from datetime import date
from typing import Any, NoReturn

from django import forms

from throughline.analytics.participation.codechanges import Change, Place
from throughline.analytics.participation.codesets import Code, CodeSet
from throughline.analytics.participation.stated import Said
from throughline.apps.codelists.models import RuleAmendment
from throughline.apps.codelists.queries import (
    GUARDS,
    STAYS_GUARDED,
    codeset,
    differing,
    may_become,
    said,
    tried,
    tried_new,
    values_of,
)
from throughline.apps.codelists.ruling import days_of, try_value
from throughline.apps.codelists.wording import Line
from throughline.core.problems import RefusedFileError
from throughline.ui.days import DayField
from throughline.ui.formats import day as in_day

_CONFIDENCES = [("high", "High: read in the department's own text"), ("medium", "Medium: inferred from practice"),
                ("low", "Low: a guess that waits for a source")]
_YES_NO = {"yes", "no"}


def in_words(column: str) -> str:
    """A column's or a list's name as a heading."""
    words = said(column)
    return words[:1].upper() + words[1:]


ALWAYS, ONWARD = "always", "onward"
_NONE = "none"  # chosen where a column is to be empty


class _SaidForm(forms.Form):
    """What is asked whenever something is said here: how sure, where it says so, and why."""

    confidence = forms.ChoiceField(label="How sure is this?", choices=_CONFIDENCES, widget=forms.RadioSelect)
    source = forms.CharField(label="Source", max_length=300, help_text="Where it says so: a document, its year, a page")
    reason = forms.CharField(label="Why it is changed", max_length=300)


class _SaidOtherwiseForm(_SaidForm):
    """What is asked whenever something is said otherwise than before: also from which day on."""

    when = forms.ChoiceField(label="Since when is it so?", widget=forms.RadioSelect, choices=[
        (ALWAYS, "As it always was: what is said now was wrong from the first"),
        (ONWARD, "From a day on: what is said now was right until then"),
    ])
    since = DayField(label="From which day on?", required=False, help_text="Such as 1 9 2026")
    revealed: Mapping[tuple[str, str], Sequence[str]] = {("when", ONWARD): ("since",)}
    either = ("since",)

    def _day_said(self) -> date | None:
        """The day from which it is said to be so, which must be given then and only then; none where it always was so.

        A day that the form came with is nobody's answer yet: it stands in nobody's way.
        """
        when, day = self.cleaned_data.get("when"), self.cleaned_data["since"]
        if when == ONWARD and day is None:
            raise forms.ValidationError("Enter the day from which it is so")
        if when == ALWAYS and day not in (None, self.get_initial_for_field(self.fields["since"], "since")):
            raise forms.ValidationError("It cannot be both as it always was and from a day on. Clear the three boxes of the day, "
                                        "or choose “From a day on”")
        return day if when == ONWARD else None

    def _refuse_day(self, first: date | None, last: date | None) -> NoReturn:
        """Say from which days on something may be otherwise: after the first of those that it is of, up to the last."""
        after, until = (f" {word} {in_day(day)}" if day else "" for word, day in (("after", first), ("up to", last)))
        raise forms.ValidationError(f"Enter a day{after}{until}: what you change is said of that time")


class _LineForm(_SaidForm):
    """Every column of a line but its code; a column of few values is chosen from those the list has."""

    label = forms.CharField(label="What it means", max_length=200)
    valid_from = forms.CharField(label="May be used from", max_length=40, required=False,
                                 help_text="Such as 2020-04-01; leave empty where it was always there")
    valid_to = forms.CharField(label="May be used until", max_length=40, required=False,
                               help_text="Such as 2018-03-31; leave empty where it goes on")

    def _ask(self, fact: str, values: Set[str], *, required: bool) -> None:
        """Ask a column of the list; where it must be answered, nothing is chosen yet, and having none is an answer too."""
        choices = [(value or (_NONE if required else ""), in_words(value) if value else "None") for value in sorted(values)]
        widget = forms.RadioSelect if values <= _YES_NO else forms.Select
        if required and widget is forms.Select:
            choices.insert(0, ("", "Choose one"))
        self.fields[fact] = forms.ChoiceField(label=in_words(fact), choices=choices, required=required, widget=widget,
                                              help_text=STAYS_GUARDED if fact in GUARDS else "")

    def _refuse(self, error: RefusedFileError) -> None:
        """Say why beside the box that is at fault, or above the form."""
        problem = error.problems[0]
        self.add_error(problem.field if problem.field in self.fields else None, problem.remedy)

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


class AmendForm(_LineForm, _SaidOtherwiseForm):
    """Every column of one line but its code, and whether it always was so or is so from a day on."""

    def __init__(self, *args: Any, codeset: CodeSet, place: Place, line: Code, **kwargs: Any) -> None:
        super().__init__(*args, initial=line.printed, **kwargs)
        self.codeset, self.at, self.line = codeset, place, line
        for fact in codeset.facts:
            values = may_become(fact, line.facts[fact], {each.facts[fact] for each in codeset.lines})
            self._ask(fact, values, required=False)
        self.order_fields(["label", *codeset.facts, "valid_from", "valid_to", "confidence", "source", "when", "since", "reason"])

    def clean_since(self) -> date | None:
        """The day from which it is so: one that the line is of, and not its first, since that would be all of it."""
        day = self._day_said()
        if day and (not self.line.holds_on(day) or day == self.line.valid_from):
            self._refuse_day(self.line.valid_from, self.line.valid_to)
        return day

    def clean(self) -> dict[str, Any]:
        """Something that differs from what is said now, and that the list can hold."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            if self.says == {name: self.line.printed[name] for name in self.says}:
                raise forms.ValidationError("Change something: this is what is said now")
            tried(self.codeset.name, self.change)
        except RefusedFileError as error:
            self._refuse(error)
        return cleaned

    @property
    def place(self) -> Place:
        """Where it is said: at the line itself, or from a day on."""
        since = self.cleaned_data["since"]
        return Place(self.line.code, since, onward=True) if since else self.at

    @property
    def says(self) -> dict[str, str]:
        """The columns as typed."""
        apart = {"reason", "when", "since", *(("valid_from",) if self.cleaned_data.get("since") else ())}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}

    @property
    def change(self) -> Change:
        """What would be laid over the list."""
        return Change(self.place, differing(self.codeset.name, self.place, self.says))


class AddForm(_LineForm):
    """A code that a list has not yet, with every column."""

    code = forms.CharField(label="Code", max_length=40)

    def __init__(self, *args: Any, codeset: CodeSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codeset = codeset
        for fact in codeset.facts:
            self._ask(fact, values_of(codeset, fact), required=True)
        self.fields["valid_from"].help_text = "Such as 2027-09-01; leave empty where there always was such a code"
        self.fields["reason"].label = "Why it is added"
        self.order_fields(["code", "label", *codeset.facts, "valid_from", "valid_to", "confidence", "source", "reason"])

    def clean(self) -> dict[str, Any]:
        """What the list can take."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            tried_new(self.codeset.name, cleaned["code"], self.says)
        except RefusedFileError as error:
            self._refuse(error)
        return cleaned

    @property
    def says(self) -> dict[str, str]:
        """The columns as typed, without the code."""
        typed = {name: value for name, value in self.cleaned_data.items() if name not in {"code", "reason"}}
        return typed | {fact: "" for fact in self.codeset.facts if typed[fact] == _NONE}

    @property
    def taken(self) -> str:
        """The code that was typed, where the list has it already."""
        typed = self.data.get("code", "").strip()
        return typed if typed in self.codeset.by_code else ""


class RuleForm(_SaidOtherwiseForm):
    """One number of the rules, whole where its file has a whole one, one of the words that it may be, or the codes that one is
    of, typed, or ticked where there may be none: as it always was or, where the rule is dated, from a day on; with how sure that
    is, where from, and why it is changed.

    asked is the first day of the time that is looked at, as the page has it: the value of that time stands in the box.
    """

    either = ("since", "value")  # none ticked is an answer too

    def __init__(self, *args: Any, file: str, line: Line, asked: date | None = None, **kwargs: Any) -> None:
        self.file, self.line, self.now = file, line, line.on(asked)
        self.is_typed = bool(line.codes) and not line.may_be_none  # codes with commas between
        held = {"value": ", ".join(self.now.holds) if self.is_typed else self.now.holds, "since": self.now.valid_from}
        super().__init__(*args, initial=held, **kwargs)
        self.fields["value"] = self._value()
        if line.is_dated:
            self.fields["when"].help_text = _as_it_always_was(line)
        else:
            del self.fields["when"], self.fields["since"]
        self.order_fields(["value", "confidence", "source", "when", "since", "reason"])

    def _value(self) -> forms.Field:
        if self.is_typed:
            return self._codes()
        return self._ticks() if self.line.codes else self._words() if self.line.words else self._number()

    def _ticks(self) -> forms.Field:
        """Every code of the list, of which none need be ticked."""
        choices = [(code, f"{code} {lines[-1].label}") for code, lines in codeset(self.line.codes).by_code.items()]
        return forms.MultipleChoiceField(label=self.line.says, choices=choices, required=False,
                                         widget=forms.CheckboxSelectMultiple,
                                         help_text=f"Tick those that it is of, or none. The file says {self.line.in_file}")

    def _codes(self) -> forms.Field:
        return forms.CharField(label=self.line.says, help_text=f"Codes with commas between. The file says {self.line.in_file}",
                               max_length=600, error_messages={"required": "Enter at least one code"})

    def _words(self) -> forms.Field:
        choices = [(word, f"{means[:1].upper()}{means[1:]}") for word, means in self.line.words.items()]
        return forms.ChoiceField(label=self.line.says, help_text=f"The file says {self.line.in_file}", choices=choices,
                                 widget=forms.RadioSelect)

    def _number(self) -> forms.Field:
        line = self.line
        of = forms.IntegerField if isinstance(self.now.holds, int) else forms.FloatField
        told = {"required": "Enter a number", "invalid": f"Enter a {'whole ' if of is forms.IntegerField else ''}number"}
        counted = f"In {line.unit}. " if line.unit else ""
        return of(label=line.says, help_text=f"{counted}The file says {line.in_file}", error_messages=told)

    def clean_value(self) -> Said:
        """A number, a word, or codes of the list."""
        value = self.cleaned_data["value"]
        return self._of_the_list(value) if self.is_typed else value

    def clean_since(self) -> date | None:
        """The day from which it is so, one that the value is said of; none where it always was so."""
        day, days = self._day_said(), days_of(self.file, self.line.place)
        if day and not days.has_within(day):
            self._refuse_day(days.first, days.last)
        return day

    def clean(self) -> dict[str, Any]:
        """Something that differs from what holds, if only in how sure we are of it or where from; and that the rule may have."""
        cleaned = super().clean() or {}
        if "value" not in cleaned or {"when", "since"} & set(self.errors):
            return cleaned
        value, since = cleaned["value"], cleaned.get("since")
        held = self.line.on(since)
        if (value, cleaned.get("confidence"), cleaned.get("source")) == (held.holds, held.confidence, held.source):
            self.add_error("value", f"{held.shown} is what holds already, as sure and from the same source. Change something, or "
                                    "cancel")
            return cleaned
        try:
            try_value(self.file, self.line.place, value, since)
        except RefusedFileError as error:
            self.add_error("value", error.problems[0].remedy)
        return cleaned

    @property
    def otherwise(self) -> dict[str, Any]:
        """What is said, as it is kept."""
        return {name: value for name, value in self.cleaned_data.items() if name != "when"}

    @property
    def amendment(self) -> RuleAmendment:
        """What would be kept."""
        place, said = self.line.place, dict(self.otherwise)
        return RuleAmendment(file=self.file, edition=place.edition, path=place.dotted, starts=said.pop("since", None), **said)

    def _of_the_list(self, typed: str) -> list[str]:
        codes = list(dict.fromkeys(typed.replace(",", " ").split()))
        if not codes:
            raise forms.ValidationError(self.fields["value"].error_messages["required"])
        there = codeset(self.line.codes).by_code
        unknown = [code for code in codes if code not in there]
        if unknown:
            *before, last = unknown
            told = f"{', '.join(before)} and {last} are" if before else f"{last} is"
            such_as = ", ".join([*there][:2])
            raise forms.ValidationError(f"{told} not in the list of codes. Enter codes that are, such as {such_as}")
        return codes


def _as_it_always_was(line: Line) -> str:
    """What is not changed by saying how it always was, where something is said from a day on already."""
    later = [in_day(time.valid_from) for time in line.times[1:] if time.valid_from]
    return f"As it always was changes the days before. What is said from {later[0]} on stays as it is" if later else ""
