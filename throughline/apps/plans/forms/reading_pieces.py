"""Putting right by hand what was read: every field of a section, an action or a measure, and where unread words belong."""

from dataclasses import asdict
from typing import Any

from django import forms

from throughline.analytics.planreading.dates import read_when
from throughline.analytics.planreading.front import heading_year
from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import LongText
from throughline.apps.plans.forms.timed import WHEN_HINT, TimedForm
from throughline.apps.plans.models import Reading, Section
from throughline.apps.plans.reading_corrections import TAKEN_AS
from throughline.apps.plans.reading_pieces import ACTION, FRONT, MEASURE, SECTION, Pieces, in_tree, pieces_of, place_of
from throughline.apps.plans.reading_words import WAYS, called, typed
from throughline.apps.plans.timing import meaning
from throughline.apps.plans.vocabulary import templates

_ONE_A_LINE = "One a line"


class PieceForm(RecordForm):
    """A piece of a reading as boxes: the one of a key, or a new one without."""

    no_section = "None"

    def __init__(self, *args: Any, pieces: Pieces, key: str = "", **kwargs: Any) -> None:
        self.key, self.pieces = key, pieces
        super().__init__(*args, **kwargs)
        if "under" in self.fields:
            nothing = [("", self.no_section)] if self.no_section else []
            self.fields["under"].choices = nothing + sections_to_choose(pieces, besides=key)

    def held(self, record: Reading) -> dict[str, Any]:
        """What the reading has in each box now; nothing for a piece whose adding was undone."""
        piece = pieces_of(record.read, record.corrections).held.get(self.key)
        names = [name for name in self.base_fields if name != "version"]
        return {name: typed(name, piece[name]) for name in names} if piece else {}


class FrontForm(PieceForm):
    """What is said of the plan as a whole."""

    title = forms.CharField(label="Title", required=False)
    period = forms.CharField(label="Period", required=False, help_text="As it is printed, such as “2026 to 2029”")
    organisations = LongText(label="Whose plan it is", rows=3, required=False, help_text=_ONE_A_LINE)
    glossary = LongText(label="Codes and what they mean", rows=6, required=False,
                        help_text="One a line, such as “HSI: Head of School Improvement”")


class SectionPieceForm(PieceForm):
    """A section as it is printed."""

    no_section = "No other section"

    kind = forms.ChoiceField(label="What does the plan call it?", choices=Section.Kind.choices, widget=forms.RadioSelect,
                             initial=Section.Kind.SECTION)
    number = forms.CharField(label="Number", required=False, help_text="As it is printed")
    title = LongText(label="Title", rows=2, error_messages={"required": "Enter the section's title"})
    leads = LongText(label="Accountable leads", rows=2, required=False, help_text=_ONE_A_LINE)
    impact = LongText(label="What difference will this make?", rows=4, required=False, help_text="One statement a line")
    success = LongText(label="How will we know?", rows=4, required=False, help_text="One criterion a line")
    answers = LongText(label="Recommendations it answers", rows=2, required=False,
                       help_text="One a line, by the number or the title that this plan prints")
    under = forms.ChoiceField(label="It stands under", required=False)


class ActionPieceForm(TimedForm, PieceForm):
    """An action as it is printed."""

    time_field = "when"
    no_section = ""

    number = forms.CharField(label="Number", required=False, help_text="As it is printed")
    text = LongText(label="What is to be done?", rows=4, error_messages={"required": "Enter what is to be done"})
    why = LongText(label="Why?", rows=2, required=False)
    steps = LongText(label="Steps", rows=6, required=False, help_text=_ONE_A_LINE)
    owners = LongText(label="Who?", rows=3, required=False, help_text="One person, post, organisation or code a line")
    when = forms.CharField(label="When?", required=False, help_text=WHEN_HINT)
    milestones = LongText(label="Milestones", rows=4, required=False, help_text=_ONE_A_LINE)
    cost = forms.CharField(label="Cost", required=False, help_text="Such as “£50k per annum from the grant”")
    success = LongText(label="Successful if", rows=4, required=False, help_text=_ONE_A_LINE)
    cross_references = LongText(label="Refers to", rows=2, required=False,
                                help_text="One a line: the number of an action or a section, or the name of another plan")
    rag = forms.CharField(label="Rating as printed", required=False)
    under = forms.ChoiceField(label="Section")

    def meaning(self) -> str:
        """What the time that was typed means in this plan."""
        said = str(self["when"].value() or "")
        year = heading_year(self.pieces.held[FRONT]["period"])
        return meaning(asdict(read_when(said, templates(), year))) if said.strip() else ""


class MeasurePieceForm(PieceForm):
    """A measure as it is printed."""

    no_section = "The plan as a whole"

    number = forms.CharField(label="Number", required=False, help_text="As it is printed")
    text = LongText(label="What is measured?", rows=3, error_messages={"required": "Enter what is measured"})
    cohort = forms.CharField(label="Of whom?", required=False, help_text="Such as “Year 12 and 13”")
    baseline = forms.CharField(label="Baseline", required=False, help_text="Such as “6.1% (2015)”, or “to be determined”")
    target = LongText(label="Target", rows=2, required=False,
                      help_text="In words, such as “5.5% or less by September 2018”. What it means is shown on the page")
    unit = forms.CharField(label="Unit", required=False)
    due = forms.CharField(label="Due", required=False)
    direction = forms.ChoiceField(label="Which way?", required=False, choices=[("", "The plan does not say"), *WAYS.items()])
    status = forms.CharField(label="Status", required=False, help_text="As the plan says it, such as “amended”")
    trajectory = LongText(label="Year by year", rows=5, required=False,
                          help_text="One a line, such as “2016/17: 85%” or “2017/18 target: 90%”")
    notes = LongText(label="Notes", rows=2, required=False, help_text=_ONE_A_LINE)
    under = forms.ChoiceField(label="It stands under", required=False)

    def clean_trajectory(self) -> str:
        """Every line begins with its year or period."""
        text = self.cleaned_data["trajectory"]
        for line in filter(None, map(str.strip, text.splitlines())):
            if ":" not in line or line.startswith(":"):
                raise forms.ValidationError(f"Begin each line with its year and a colon, such as “2016/17: 85%”, not “{line}”")
        return text


FORMS: dict[str, type[PieceForm]] = {
    FRONT: FrontForm, SECTION: SectionPieceForm, ACTION: ActionPieceForm, MEASURE: MeasurePieceForm,
}


class SplitForm(forms.Form):
    """An action made two."""

    first = LongText(label="The first action", rows=4, error_messages={"required": "Leave some words for the first action"})
    number = forms.CharField(label="Number of the second action", required=False)
    second = LongText(label="The second action", rows=4, error_messages={"required": "Enter the words of the second action"},
                      help_text="It follows the first, with the same owners and time")
    steps = forms.MultipleChoiceField(label="Steps that go with the second", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, steps: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["steps"].choices = list(enumerate(steps))
        if not steps:
            del self.fields["steps"]

    def words(self) -> dict[str, Any]:
        """What was typed, under the names that the correction takes."""
        said = self.cleaned_data
        return {**said, "steps": [int(place) for place in said.get("steps", [])]}


class PlaceForm(forms.Form):
    """Where words that were left unread belong."""

    text = LongText(label="The words", rows=4, required=False, help_text="One thing a line, where they are several")
    taken_as = forms.ChoiceField(label="What are they?", choices=list(TAKEN_AS.items()), widget=forms.RadioSelect,
                                 error_messages={"required": "Say what they are"})
    into = forms.ChoiceField(label="Where do they go?", required=False,
                             help_text="A step goes in an action; an action, a difference or a measure in a section")
    why = LongText(label="If there is nothing to place, why?", rows=2, required=False,
                   help_text="Such as “the name of the printer”")

    def __init__(self, *args: Any, pieces: Pieces, key: str, **kwargs: Any) -> None:
        nearest = _nearest(pieces, key)
        super().__init__(*args, initial={"text": pieces.held[key]["text"], "into": nearest}, **kwargs)
        self.fields["into"].choices = [("", "Nowhere"), *_places(pieces)]


def sections_to_choose(pieces: Pieces, besides: str = "") -> list[tuple[str, str]]:
    """The sections of a reading as a list to choose from, set in by their depth."""
    return [(key, _set_in(level - 1, key, piece)) for key, piece, level in pieces.sections() if key != besides]


def _places(pieces: Pieces) -> list[tuple[str, str]]:
    """The sections, and under each its actions."""
    found = []
    for key, piece, level in pieces.sections():
        found.append((key, _set_in(level - 1, key, piece)))
        found += [(inner, _set_in(level, inner, action)) for inner, action in pieces.of(ACTION, key) if not action["removed"]]
    return found


def _set_in(depth: int, key: str, piece: dict[str, Any]) -> str:
    text = " ".join((piece.get("title") or piece["text"]).split())
    name = called(key, piece)
    said = f"{name}: {text}" if piece["number"] else name
    return f"{'– ' * depth}{said if len(said) <= 90 else said[:90].rsplit(' ', 1)[0] + ' …'}"


def _nearest(pieces: Pieces, key: str) -> str:
    """The action or section that was read last before some words."""
    at = place_of(pieces.held[key]["source"])
    before = [(place_of(piece["source"]), piece["what"] == ACTION, each) for each, piece in pieces.held.items()
              if piece["what"] in (SECTION, ACTION) and in_tree(pieces, each) and place_of(piece["source"]) <= at]
    return max(before)[2] if before else ""


