"""The forms of the indicator register."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from throughline.analytics.measures.definition import Unit
from throughline.apps.indicators.actions.judging import STATUSES
from throughline.apps.indicators.entered import COMPARATORS
from throughline.apps.indicators.judgements import PROPOSED, Result
from throughline.apps.indicators.models import Indicator
from throughline.apps.indicators.suggest import Suggestion
from throughline.apps.indicators.words import capital
from throughline.apps.learners.codes import rules
from throughline.apps.organisations.forms import NO_YOUNG_PERSON
from throughline.apps.performance import figures
from throughline.apps.performance.groups import groups_of_people
from throughline.core.polarity import Polarity
from throughline.core.statuses import Status
from throughline.ui.days import DayField

_MISSING = (Status.FINAL, Status.PROVISIONAL, Status.REVISED, Status.NOT_AVAILABLE, Status.SUPPRESSED, Status.NOT_COLLECTED,
            Status.NOT_PUBLISHED)
Area = forms.Textarea


def measure_choices() -> list[tuple[str, str]]:
    """Every measure and each of its groups, as "measure|breakdown|group" and its name."""
    found, said = [("", "None: values are entered by hand")], rules()
    for measure in figures.measures().values():
        found.append((f"{measure.id}||", measure.title))
        for breakdown in measure.breakdowns:
            found += [(f"{measure.id}|{breakdown.id}|{group}", f"{measure.title}: {group}") for group in breakdown.groups]
        found += [(f"{measure.id}|{breakdown}|{group}", f"{measure.title}: {name}")
                  for breakdown, group, name in groups_of_people(measure, said)]
    return found


def followed_key(measure: str, breakdown: str, group: str) -> str:
    """What an indicator follows, as the form names it."""
    return f"{measure}|{breakdown}|{group}" if measure else ""


def suggested_key(suggestion: Suggestion) -> str:
    """A suggestion, as the form names it."""
    return followed_key(suggestion.measure.id, suggestion.breakdown, suggestion.group)


class IndicatorForm(forms.Form):
    """One line of the register. Editing asks for the reason and carries the version it was opened on."""

    title = forms.CharField(label="Indicator", max_length=400, widget=Area(attrs={"rows": 2}))
    number = forms.CharField(label="Number", max_length=40, required=False, help_text="As the plan prints it")
    cohort = forms.CharField(label="Who it is about", max_length=200, required=False, help_text="Such as disadvantaged pupils")
    target_words = forms.CharField(
        label="Target, in plain English", required=False, max_length=3000, widget=Area(attrs={"rows": 3}),
        help_text="Such as: at least 95% by September 2027; above the national average; halve the gap; strategy published")
    due_printed = forms.CharField(label="Due", max_length=100, required=False,
                                  help_text="Only if the target does not say: September 2027, termly")
    baseline_printed = forms.CharField(label="Baseline", max_length=300, required=False,
                                       help_text="Such as 91.4% (2022), or: to be determined")
    follows = forms.ChoiceField(label="Measure it follows", required=False,
                                help_text="Its figures, comparators and breaks then come from there")
    unit = forms.ChoiceField(label="Unit", required=False)
    decimals = forms.IntegerField(label="Decimal places", min_value=0, max_value=4, required=False)
    polarity = forms.ChoiceField(label="Which way is better", required=False)
    definition = forms.CharField(label="Definition", required=False, widget=Area(attrs={"rows": 3}))
    source = forms.CharField(label="Where it is printed", max_length=300, required=False)
    confidence = forms.ChoiceField(label="How far the figure can be relied on", required=False)
    counts = forms.ChoiceField(label="What it counts, if its values are entered by hand", choices=Indicator.Counts.choices,
                               initial=Indicator.Counts.PEOPLE, help_text="Counts of one to five young people are not shown")
    reason = forms.CharField(label="Why is it changed?", widget=Area(attrs={"rows": 2}), help_text="Kept with the change")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, editing: Indicator | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.editing = editing
        polarities = [(one.value, capital(one.words)) for one in Polarity]
        self.fields["follows"].choices = measure_choices()
        self.fields["unit"].choices = _units(editing)
        self.fields["polarity"].choices = [("", "As the target's words suggest"), *polarities] if editing is None else polarities
        self.fields["confidence"].choices = [(value, words) for value, words in Indicator.Confidence.choices]
        del self.fields["number" if editing else "reason"]

    def fields_given(self) -> dict[str, Any]:
        """The fields as actions take them: what it follows in its three parts."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("follows", "reason", "seen")}
        measure, breakdown, group = ([*self.cleaned_data["follows"].split("|", 2), "", "", ""])[:3]
        given |= {"measure": measure, "breakdown": breakdown, "group": group}
        if given["decimals"] is None:
            given.pop("decimals")
        return {name: value.replace("\r\n", "\n") if isinstance(value, str) else value for name, value in given.items()}


def _units(editing: Indicator | None) -> list[tuple[str, str]]:
    found = [("", "As the measure's, or not said"), *((unit.value, capital(unit.words)) for unit in Unit)]
    own = editing.unit if editing else ""
    return found if own in dict(found) else [*found, (own, own)]


def initial_of(indicator: Indicator) -> dict[str, Any]:
    """An indicator as the form shows it."""
    names = ("title", "cohort", "target_words", "due_printed", "baseline_printed", "unit", "decimals", "polarity", "definition",
             "source", "confidence", "counts")
    found = {name: getattr(indicator, name) for name in names}
    return found | {"follows": followed_key(indicator.measure, indicator.breakdown, indicator.group)}


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label="Why?", widget=Area(attrs={"rows": 3}), help_text="Kept with the indicator")


class NumberForm(ReasonForm):
    """Another number for an indicator."""

    number = forms.CharField(label="New number", max_length=40, required=False, help_text="Leave empty for none")
    field_order = ("number", "reason")


class MergeForm(ReasonForm):
    """The indicator that another is merged into."""

    into = forms.ChoiceField(label="Merge it into")
    field_order = ("into", "reason")

    def __init__(self, *args: Any, others: list[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [("", "Choose an indicator"), *((str(one.pk), str(one)) for one in others)]


class BreakForm(forms.Form):
    """A break in the series."""

    period = forms.CharField(label="First period after the break", max_length=60, help_text="Such as 2024/25")
    reason = forms.CharField(label="Why can it not be compared with earlier ones?", widget=Area(attrs={"rows": 2}))


class ValueForm(forms.Form):
    """One value entered by hand, with what it is compared with."""

    period = forms.CharField(label="Period", max_length=60, help_text="Such as 2024/25, 2024/25 autumn term or December 2025")
    numerator = forms.FloatField(label="How many", required=False, min_value=0)
    denominator = forms.FloatField(label="Out of how many", required=False, min_value=0)
    value = forms.FloatField(label="Value", required=False, help_text="Leave empty to work a percentage out from the two counts")
    status = forms.ChoiceField(label="How settled is it, or why is there none?",
                               choices=[(one.value, capital(one.words)) for one in _MISSING], initial=Status.FINAL.value)
    evidence = forms.CharField(label="Where does it come from?", max_length=500, required=False,
                               help_text=f"A report, a system or a meeting. {NO_YOUNG_PERSON}")

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if indicator.unit != Unit.PERCENT:
            del self.fields["numerator"], self.fields["denominator"]
            self.fields["value"].help_text = ""
        for beside in COMPARATORS:
            kind = forms.IntegerField if beside.whole else forms.FloatField
            self.fields[beside.key] = kind(label=beside.label, required=False)

    def comparators(self) -> dict[str, float]:
        """What was typed beside the value."""
        given = self.cleaned_data
        return {beside.key: given[beside.key] for beside in COMPARATORS if given.get(beside.key) is not None}

    @property
    def comparators_given(self) -> bool:
        """Whether anything is typed beside the value, or wrong with it."""
        return any(field.value() not in (None, "") or field.errors for field in self.beside_fields)

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The value itself."""
        own = ("period", "numerator", "denominator", "value", "status", "evidence")
        return [self[name] for name in own if name in self.fields]

    @property
    def beside_fields(self) -> list[forms.BoundField]:
        """What it is compared with."""
        return [self[beside.key] for beside in COMPARATORS]


class JudgeForm(forms.Form):
    """A person's word: whether it was met, where no figure settles that; another rating; a comment."""

    status = forms.ChoiceField(label="Was it kept?", required=False, widget=forms.RadioSelect)
    evidence = forms.CharField(label="What evidence does that rest on?", required=False, widget=Area(attrs={"rows": 2}))
    rag = forms.ChoiceField(label="Another rating than the one proposed", required=False, widget=forms.RadioSelect)
    reason = forms.CharField(label="Why that rating?", required=False, widget=Area(attrs={"rows": 2}))
    commentary = forms.CharField(label="Commentary", required=False, widget=Area(attrs={"rows": 4}),
                                 help_text=f"For those who read the register and reports. {NO_YOUNG_PERSON}")
    on = DayField(label="As at", required=False, help_text="Today, if left empty")

    def __init__(self, *args: Any, result: Result, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [(one, capital(one)) for one in STATUSES]
        again = [(PROPOSED, "The one proposed, again")] if result.person and (result.person.rag or result.person.status) else []
        self.fields["rag"].choices = [("green", "Green"), ("amber", "Amber"), ("red", "Red"), *again]
        this_year = timezone.localdate().year
        self.fields["on"].widget.years = range(this_year - 10, this_year + 1)
        if not result.by_person:
            del self.fields["status"], self.fields["evidence"]


LINE = ("period", "trajectory", "target", "note")  # the boxes of a line of the trajectory form


def cells_typed(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """The cells of the trajectory table as it was posted: each line's trajectory and target, those with no period left out.

    A line of a period and nothing more is a target left empty, which stays missing.
    """
    found = []
    for line in range(_lines(data)):
        period, planned, target, note = (str(data.get(f"{name}-{line}", "")).strip() for name in LINE)
        if not (period or planned or target):
            continue
        if planned:
            found.append({"period": period, "printed": planned, "kind": "trajectory", "note": "" if target else note})
        if target or not planned:
            found.append({"period": period, "printed": target, "kind": "target", "note": note})
    return found


def _lines(data: Mapping[str, Any]) -> int:
    given = str(data.get("lines", "0"))
    return min(int(given), 60) if given.isdigit() else 0
