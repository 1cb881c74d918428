"""What an officer fills in beside contacts: who has whom, cases, scores and meetings; and how lists are narrowed."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from throughline.analytics.participation.risk import MOST_POINTS, Edition, UnfitPointsError, Value
from throughline.analytics.participation.standing import Standing
from throughline.apps.accounts.models import User
from throughline.apps.accounts.places import school_names
from throughline.apps.followup import points, rules
from throughline.apps.followup.actions.meetings import months_to_prepare
from throughline.apps.followup.models import MeetingDecision, RiskDecision, SupportCase
from throughline.apps.followup.on_leaving import NOBODY_SAID
from throughline.apps.followup.queries import officers_of
from throughline.apps.followup.worklist import NOBODY, ORDERS
from throughline.apps.learners.places import district_choices
from throughline.apps.learners.standings import WORDS
from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import LongText
from throughline.core.ages import academic_year_name
from throughline.ui.days import DayField
from throughline.ui.formats import month

_CLOCKS = ["%H:%M", "%H.%M", "%I%p", "%I:%M%p", "%I.%M%p"]


class NarrowForm(forms.Form):
    """Whom to leave on a list, and in which order; places are the schools and the last places to choose from, by number."""

    narrows = True

    order = forms.ChoiceField(label="Order", choices=ORDERS, required=False)
    district = forms.ChoiceField(label="District", required=False)
    age = forms.ChoiceField(label="Academic age", required=False)
    school = forms.ChoiceField(label="School at 16", required=False)
    provider = forms.ChoiceField(label="Where they are or were last", required=False)
    officer = forms.ChoiceField(label="Officer", required=False)
    vulnerable = forms.ChoiceField(label="Of a vulnerable group", choices=[("", "Either"), ("yes", "Yes"), ("no", "No")],
                                   required=False)

    def __init__(self, *args: Any, area: str, districts: list[str], places: tuple[dict[str, str], dict[str, str]],
                 **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officers = [(str(one.pk), one.full_name) for one in officers_of(area)]
        for name, called in zip(("school", "provider"), places, strict=True):
            self.fields[name].choices = [("", "Any"), *sorted((called | self._asked_place(name, called)).items(), key=_by_name)]
        self.fields["district"].choices = [("", "Any"), *district_choices(districts)]
        self.fields["age"].choices = [("", "Any"), *((str(age), str(age)) for age in range(16, 25))]
        self.fields["officer"].choices = [("", "Any"), (NOBODY, "Nobody yet"), *officers]

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for and is right."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def in_words(self) -> list[tuple[str, str]]:
        """How the list is narrowed, as a reader says it: the label and the choice."""
        return [(str(self.fields[name].label), dict(self.fields[name].choices)[value]) for name, value in self.asked.items()
                if name != "order"]

    @property
    def left_aside(self) -> list[str]:
        """What was asked and is not known here, by label, so that nobody takes the list to be narrowed by it."""
        self.is_valid()
        return [str(self.fields[name].label) for name in self.errors]

    def _asked_place(self, name: str, called: dict[str, str]) -> dict[str, str]:
        """The place that was asked for, where nobody on the list is of it any more: a shared address must not show everybody."""
        number = self.data.get(name, "")
        if not number.isdecimal() or not 7 <= len(number) <= 8 or number in called:
            return {}
        return {number: school_names([number]).get(number, f"Number {number}")}


def _by_name(pair: tuple[str, str]) -> tuple[bool, str]:
    return pair[1].startswith("Number "), pair[1].casefold()


class NarrowLeaversForm(forms.Form):
    """Which early leavers to show: of which academic year, from where, why they left, and what they count as now."""

    narrows = True

    year = forms.ChoiceField(label="Left in the academic year", required=False)
    place = forms.ChoiceField(label="Where they left", required=False)
    group = forms.ChoiceField(label="Year group", required=False)
    reason = forms.ChoiceField(label="Why they left", required=False)
    now = forms.ChoiceField(label="What they count as now", required=False, choices=[("", "Anything"), *(
        (one.value, WORDS[one]) for one in (Standing.NEET, Standing.NOT_KNOWN, Standing.PARTICIPATING, Standing.OTHER))])

    def __init__(self, *args: Any, years: list[int], groups: list[int], places: dict[str, str], reasons: dict[str, str],
                 **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [("", "Any"), *sorted(reasons.items(), key=_by_name), (NOBODY_SAID, "Nobody has said")]
        self.fields["year"].choices = [(str(year), academic_year_name(year)) for year in years]
        self.fields["place"].choices = [("", "Any"), *sorted(places.items(), key=_by_name)]
        self.fields["group"].choices = [("", "Either"), *((str(group), f"Year {group}") for group in groups)]

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for and is right."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class FilterNameForm(RecordForm):
    """The name of a filter that is to be kept."""

    name = forms.CharField(label="Name of this filter", max_length=80, help_text="Everybody of your team sees it")


class OfficerForm(RecordForm):
    """Whom to hand a learner over to."""

    officer = forms.ModelChoiceField(User.objects.none(), label="Officer")

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers_of(area)


class CaseForm(RecordForm):
    """Who works on a case, and to what plan."""

    worker = forms.ModelChoiceField(User.objects.none(), label="Worker", required=False, empty_label="Nobody yet")
    plan = LongText(label="Plan", rows=6, help_text="What is to be done with them, by whom and by when",
                    error_messages={"required": "Enter the plan"})

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = officers_of(area)


class CloseCaseForm(RecordForm):
    """How a case ended."""

    outcome = forms.ChoiceField(label="What came of it?", widget=forms.RadioSelect)
    closed_on = DayField(label="Closed on")
    closing_note = LongText(label="Note", rows=3, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(one.id, one.title) for one in rules.casework().outcomes.values()]

    def held(self, record: SupportCase) -> dict[str, Any]:
        """Today, until another day is said."""
        return {"outcome": record.outcome, "closed_on": record.closed_on or timezone.localdate(),
                "closing_note": record.closing_note}


class CheckCaseForm(RecordForm):
    """Whether the outcome of a case lasted."""

    sustained = forms.TypedChoiceField(label="Are they still in it?", widget=forms.RadioSelect, coerce=lambda said: said == "yes",
                                       choices=[("yes", "Yes, it lasted"), ("no", "No")])


class NarrowRiskForm(forms.Form):
    """Which scores to list."""

    narrows = True

    year = forms.ChoiceField(label="Year group", required=False,
                             choices=[("", "Any"), *((str(year), f"Year {year}") for year in range(10, 14))])
    band = forms.ChoiceField(label="Band", required=False)
    looked = forms.ChoiceField(label="Decided", required=False,
                               choices=[("", "Either"), ("no", "Nobody has decided yet"), ("yes", "Somebody has decided")])

    def __init__(self, *args: Any, bands: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["band"].choices = [("", "Any"), *bands]


class RiskDecisionForm(RecordForm):
    """What somebody decided after looking at a score."""

    decision = forms.ChoiceField(label="What did you decide?", choices=RiskDecision.Decision.choices, widget=forms.RadioSelect)
    reason = LongText(label="Why, and who does what", rows=4, error_messages={
        "required": "Say why: the score decides nothing by itself"})
    review_on = DayField(label="Look again on", required=False)


_KNOWN = [("", "Not known"), ("yes", "Yes"), ("no", "No")]


def _yes_or_no(said: str) -> bool | None:
    return {"yes": True, "no": False}.get(said)


class FactsForm(RecordForm):
    """Facts of a learner as they stood on a day; what is left empty is not known."""

    as_at = DayField(label="As at", help_text="Usually the end of a term, such as 31 7 2026")
    attendance_percent = forms.DecimalField(label="Attendance", required=False, min_value=0, max_value=100, decimal_places=1,
                                            widget=forms.NumberInput(attrs={"suffix": "%"}))
    share_of_absence_from_exclusion_percent = forms.DecimalField(
        label="Share of absence that was suspension or exclusion", required=False, min_value=0, max_value=100, decimal_places=1,
        widget=forms.NumberInput(attrs={"suffix": "%"}))
    english_as_an_additional_language = forms.TypedChoiceField(label="English as an additional language", choices=_KNOWN,
                                                               required=False, coerce=_yes_or_no, empty_value=None)
    free_school_meals = forms.TypedChoiceField(label="Eligible for free school meals", choices=_KNOWN, required=False,
                                               coerce=_yes_or_no, empty_value=None)
    in_custody = forms.TypedChoiceField(label="In custody", choices=_KNOWN, required=False, coerce=_yes_or_no, empty_value=None)
    source = forms.CharField(label="Who says so", max_length=200, required=False)

    def clean_as_at(self) -> date:
        """A day that has come. Refuses one in the future."""
        if self.cleaned_data["as_at"] > timezone.localdate():
            raise forms.ValidationError("Enter a day that is not in the future")
        return self.cleaned_data["as_at"]


class PointsForm(forms.Form):
    """Every point, step and band of an edition, under the names that its values have; and why they are changed."""

    reason = forms.CharField(label="Why they are changed", max_length=300,
                             error_messages={"required": "Say why they are changed"})
    instead_of = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, edition: Edition, instead_of: int | None, **kwargs: Any) -> None:
        super().__init__(*args, initial={**edition.values(), "instead_of": instead_of}, **kwargs)
        self.edition, words = edition, points.in_words(edition)
        for name, value in edition.values().items():
            self.fields[name] = self._box(name, value, words[name])

    def _box(self, name: str, value: Value, label: str) -> forms.Field:
        whole = {"min_value": 0, "max_value": 99 if name.startswith("band-") else MOST_POINTS}
        if isinstance(value, str):
            return forms.CharField(label=label, max_length=60)
        if name.endswith("-step"):
            of = forms.IntegerField if isinstance(value, int) else forms.FloatField
            return of(label=label, min_value=0, max_value=100)
        return forms.IntegerField(label=label, **whole)

    def clean(self) -> dict[str, Any]:
        """Refuses points that make no sense together, each at its box."""
        if not set(self.errors) & set(self.edition.values()):
            try:
                self.amended = self.edition.amended(self.says)
            except UnfitPointsError as error:
                for name, said in error.wrong.items():
                    self.add_error(name, said)
        return self.cleaned_data

    @property
    def says(self) -> dict[str, Value]:
        """Every value as typed."""
        return {name: self.cleaned_data[name] for name in self.edition.values()}

    @property
    def changes(self) -> list[tuple[str, Value, Value]]:
        """What would be otherwise than now: what it is about, the value now and the one typed."""
        words, says = points.in_words(self.edition), self.says
        return [(words[name], value, says[name]) for name, value in self.edition.values().items() if says[name] != value]


class ImportFactsForm(forms.Form):
    """A file of facts."""

    file = forms.FileField(label="CSV file", error_messages={"required": "Choose a file"})


class ArrangeMeetingForm(RecordForm):
    """When and where a meeting is held."""

    held_on = DayField(label="Day of the meeting", required=False)
    starts = forms.TimeField(
        label="Time", input_formats=_CLOCKS, required=False, help_text="Such as 14:00 or 2pm",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={"invalid": "Enter a time such as 14:00 or 2pm"})
    place = forms.CharField(label="Where", max_length=200, required=False, help_text="A room, or the name of an online meeting")

    def held(self, record: Any) -> dict[str, Any]:
        """The time as it is typed."""
        return {"held_on": record.held_on, "starts": f"{record.starts:%H:%M}" if record.starts else "", "place": record.place}


class PrepareMeetingForm(ArrangeMeetingForm):
    """Which district's meeting to prepare, for which month, and when and where it is held."""

    district = forms.ChoiceField(label="District", help_text="“Not known” is for those of whom no district is known")
    month = forms.TypedChoiceField(label="Month", coerce=date.fromisoformat)
    field_order = ["district", "month", "held_on", "starts", "place"]

    def __init__(self, *args: Any, districts: list[str], **kwargs: Any) -> None:
        this = timezone.localdate().replace(day=1)
        super().__init__(*args, initial={"month": this.isoformat()}, **kwargs)
        self.fields["district"].choices = district_choices(districts)
        self.fields["month"].choices = [(each.isoformat(), month(each)) for each in months_to_prepare()]


class DiscardMeetingForm(RecordForm):
    """Nothing but that it is meant."""


class MeetingDecisionForm(RecordForm):
    """Who is to do what about somebody."""

    text = LongText(label="What is to be done?", rows=3, error_messages={"required": "Enter what is to be done"})
    who = forms.CharField(label="Who is to do it?", max_length=200)
    due_on = DayField(label="By when?", required=False)


class FinishDecisionForm(RecordForm):
    """What came of a decision."""

    was_faster = ("Somebody else changed this decision while you had it open. It stands above as it is now: save again if what "
                  "you typed is about that")

    outcome = LongText(label="What came of it?", rows=3, error_messages={"required": "Say what came of it"})
    done_on = DayField(label="Done on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"done_on": timezone.localdate()}, **kwargs)

    def held(self, record: MeetingDecision) -> dict[str, Any]:
        """What was decided: what came of it is said once."""
        return {"decided": record.in_words}
