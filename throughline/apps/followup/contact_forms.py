"""What an officer fills in about a contact: logged, with what was said and where that is, or corrected."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from throughline.apps.followup import rules
from throughline.apps.followup.actions.refusals import PLACE, SAME, refused_of_contact, tick_of
from throughline.apps.followup.models import LoggedContact
from throughline.apps.learners.activity_forms import ActivityForm
from throughline.apps.learners.codes import activity_label, activity_labels, choices, cohort, outgrown_activities
from throughline.apps.learners.forms import ReturnedForm
from throughline.apps.learners.models import Learner
from throughline.apps.learners.outside import Outside
from throughline.apps.learners.return_rules import looked_at_again
from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import LongText
from throughline.ui.days import DayField
from throughline.ui.formats import day

_PLACE_AND_END = (*PLACE, "predicted_end")
# The boxes of the day on which it is looked at again: that of an agreed start, and any other.
STARTS, REVIEW = "starts_on", "review"
_ASKED = ("start", STARTS, *_PLACE_AND_END, REVIEW)  # what is asked further of what they said


class _ContactForm(RecordForm):
    channel = forms.ChoiceField(label="How did you try to reach them?", widget=forms.RadioSelect)
    outcome = forms.ChoiceField(label="What came of it?", widget=forms.RadioSelect)
    on = DayField(label="When")
    note = LongText(label="Note", rows=3, required=False, help_text="What matters for the next who speaks to them")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = {"on": timezone.localdate(), **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["channel"].choices = [(one.id, one.title) for one in rules.contacting().channels.values()]
        self.fields["outcome"].choices = [(one.id, one.title) for one in rules.outcomes().values()]

    def _refuse(self, learner: Learner, words: Mapping[str, Any]) -> None:
        """Refuse whatever the action would of what could be read, each thing at its box."""
        for refused in refused_of_contact(learner, words):
            if self._box_of(refused.field) not in self.errors:
                self.add_error(refused.field, refused.sentence)

    def _box_of(self, field: str | None) -> str | None:
        """The box in which a field was typed."""
        return field


class ContactForm(_ContactForm, ReturnedForm):
    """One contact, and what was said in it; a tick beneath an outcome records the activity that it suggests."""

    together: ClassVar = {"Where and how long": _ASKED}

    said = forms.ChoiceField(label="What did they say they are doing?", required=False,
                             help_text="It is recorded in the register together with this contact")
    start = DayField(label="Since when?", required=False, help_text="Only for something new; the day of the contact if empty")
    starts_on = DayField(label="When do they start?", required=False, help_text="For an agreed start: the day of it")
    next_contact = DayField(label="Next contact", required=False)
    no_next = forms.BooleanField(label="There is no next contact", required=False,
                                 help_text="Nobody needs to speak to them again: a day that is set is taken away")

    def __init__(self, *args: Any, learner: Learner, doing: str, code: str, participates: bool, records: bool,
                 next_set: date | None, gone: Outside | None, **kwargs: Any) -> None:
        """doing is what they may say they are still doing, with its code; participates whether they count as such now; gone how
        they are outside the cohort, where they are.
        """
        super().__init__(*args, **kwargs)
        self.learner = learner
        self._ask_when_next(next_set, gone)
        self.suggesting = {tick_of(name): one for name, one in rules.outcomes().items() if one.suggests and records}
        self.wanted_by: dict[str, tuple[str, frozenset[str]]] = {}
        self.revealed = {("outcome", one.id): [name] for name, one in self.suggesting.items()}
        if not records:
            del self.fields["said"], self.fields["start"], self.fields[STARTS]
            return
        self._offer(learner.born, doing)
        self.wanted_by = {box: ("said", _with_the_same(codes, code)) for box, codes in _waits().items()}
        for name, one in self.suggesting.items():
            self.fields[name] = _suggested(one.suggests, doing if participates else "")
        self.fields |= {name: deepcopy(ActivityForm.base_fields[name]) for name in (*_PLACE_AND_END, REVIEW)}
        self.fields["predicted_end"].help_text = "For education and training"
        self.fields[REVIEW].help_text = f"For {activity_labels(_waits()[REVIEW])}"
        self.order_fields(["channel", "outcome", *self.suggesting, "on", "note", "said", *_ASKED])

    def _ask_when_next(self, next_set: date | None, gone: Outside | None) -> None:
        """Ask when the next contact is; not of whoever is not of the cohort, unless it was asked before they left."""
        held = f"Set for {day(next_set)}." if next_set else "None is set."
        self.fields["next_contact"].help_text = f"{gone.sentence(reason=False)} No day is kept" if gone else (
            f"When somebody is to speak to them again. {held} If you leave this empty, a day that is yet to come stays, and "
            f"somebody who is NEET and answered is to be spoken to again after {cohort().priority_days} days")
        if gone and not self.is_bound:
            del self.fields["next_contact"], self.fields["no_next"]

    @property
    def returned(self) -> Mapping[str, str]:  # type: ignore[override]
        """Nothing of the return is said where nothing was said; a tick says what they do, and nothing else."""
        words = self.words()
        if words.get("ticked"):
            return {tick_of(words["outcome"]): "activity_code"}
        fields = {"said": "activity_code", **{name: ActivityForm.returned[name] for name in ("start", *_PLACE_AND_END)}}
        box = STARTS if self.cleaned_data.get(STARTS) else REVIEW
        return {**fields, box: ActivityForm.returned[REVIEW]} if words.get("said") else {}

    def clean(self) -> dict[str, Any]:
        """Refuses whatever logging would, all of it at once, and a day in a box that what was said does not ask for."""
        words = self.words()
        for box, (_, codes) in self.wanted_by.items() if not words.get("ticked") else ():
            if self.cleaned_data.get(box) and words.get("said") not in codes:
                self.add_error(box, f"Leave this empty, or choose what it is for: {activity_labels(codes - {SAME})}")
        more = {name: words[name] for name in (*_PLACE_AND_END, REVIEW) if words.get(name)}
        self._refuse(self.learner, {"said": "", "start": None, **words, "more": more})
        return self.cleaned_data

    def _box_of(self, field: str | None) -> str | None:
        """The day on which it is looked at again has two boxes."""
        return STARTS if field == REVIEW and self.cleaned_data.get(STARTS) else field

    def add_error(self, field: str | None, error: Any) -> None:
        """Say what is wrong with a box; what is refused of a field, a sentence, in the box that it was typed in."""
        super().add_error(self._box_of(field) if isinstance(error, str) else field, error)

    def words(self) -> dict[str, Any]:
        """What was typed; where nothing was said, the tick of the outcome that came of it says it, from the day of the contact:
        the boxes of what was said are hidden then, and what was left in them is not taken.
        """
        words = super().words()
        if starts_on := words.pop(STARTS, None):
            words[REVIEW] = starts_on
        ticked = {one.id: one.suggests for name, one in self.suggesting.items() if words.pop(name, False)}
        if words.get("outcome") not in ticked or words.get("said"):
            return words
        asked = (name for name in _ASKED if name != STARTS)
        return {**words, **dict.fromkeys(asked), "said": ticked[words["outcome"]], "ticked": True}

    def _offer(self, born: date, doing: str) -> None:
        same, today = [(SAME, f"Still doing what we have: {doing}")] if doing else [], timezone.localdate()
        outgrown = outgrown_activities(born, today)
        offered = [(code, said) for code, said in choices("activity", today) if code not in outgrown]
        self.fields["said"].choices = [("", "Nothing was said"), *same, *offered]

    clean_establishment = ActivityForm.clean_establishment


def _waits() -> dict[str, frozenset[str]]:
    """The codes of which each box asks the day: of what waits for an agreed start, and of what else the return asks it."""
    agreed = cohort().agreed_starts
    return {STARTS: agreed, REVIEW: looked_at_again(timezone.localdate()) - agreed}


def _with_the_same(codes: frozenset[str], held: str) -> frozenset[str]:
    """The answers that mean one of these codes: that they still do what we hold does where that is one."""
    return codes | {SAME} if held in codes else codes


def _suggested(code: str, participating: str) -> forms.BooleanField:
    """The tick that records what an outcome suggests; participating is what they are in by what we hold, if they count so."""
    held = f"We hold “{participating}”, and they count as participating. Tick this only if that is over"
    said = held if participating else "Nothing is recorded of what they are doing unless you tick this"
    label = f"Record as {code} {activity_label(code)} from the day of this contact"
    return forms.BooleanField(label=label, required=False, help_text=said)


class CorrectContactForm(_ContactForm):
    """What a contact should have said."""

    def clean(self) -> dict[str, Any]:
        """Refuses whatever correcting would, all of it at once."""
        self._refuse(self.record.learner, self.cleaned_data)
        return self.cleaned_data

    def held(self, record: LoggedContact) -> dict[str, Any]:
        """The contact as it was logged."""
        return {name: getattr(record, name) for name in ("channel", "outcome", "on", "note")}
