"""What an officer fills in about a contact: logged, with what was said and where that is, or corrected."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from throughline.apps.followup import rules
from throughline.apps.followup.actions.refusals import PLACE, SAME, tick_of
from throughline.apps.followup.models import LoggedContact
from throughline.apps.learners.activity_forms import ActivityForm
from throughline.apps.learners.codes import activity_label, choices, cohort, outgrown_activities
from throughline.apps.learners.forms import ReturnedForm
from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import DayField, LongText
from throughline.ui.formats import day

_PLACE_AND_END = (*PLACE, "predicted_end")


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


class ContactForm(_ContactForm, ReturnedForm):
    """One contact, and what was said in it; a tick beneath an outcome records the activity that it suggests."""

    together: ClassVar = {"Where and how long": ("start", *_PLACE_AND_END)}

    said = forms.ChoiceField(label="What did they say they are doing?", required=False,
                             help_text="It is recorded in the register together with this contact")
    start = DayField(label="Since when?", required=False, help_text="Only for something new; the day of the contact if empty")
    next_contact = DayField(label="Next contact", required=False)
    no_next = forms.BooleanField(label="There is no next contact", required=False,
                                 help_text="Nobody needs to speak to them again: a day that is set is taken away")

    def __init__(self, *args: Any, born: date, doing: str, participates: bool, records: bool, next_set: date | None,
                 **kwargs: Any) -> None:
        """doing is what they may say they are still doing, participates whether they count as such now."""
        super().__init__(*args, **kwargs)
        held = f"Set for {day(next_set)}." if next_set else "None is set."
        self.fields["next_contact"].help_text = (
            f"When somebody is to speak to them again. {held} If you leave this empty, a day that is yet to come stays, and "
            f"somebody who is NEET and answered is to be spoken to again after {cohort().priority_days} days")
        self.suggesting = {tick_of(name): one for name, one in rules.outcomes().items() if one.suggests and records}
        self.revealed = {("outcome", one.id): [name] for name, one in self.suggesting.items()}
        if not records:
            del self.fields["said"], self.fields["start"]
            return
        self._offer(born, doing)
        for name, one in self.suggesting.items():
            self.fields[name] = _suggested(one.suggests, doing if participates else "")
        self.fields |= {name: deepcopy(ActivityForm.base_fields[name]) for name in _PLACE_AND_END}
        self.fields["predicted_end"].help_text = "For education and training"
        self.order_fields(["channel", "outcome", *self.suggesting, "on", "note", "said", "start", *_PLACE_AND_END])

    @property
    def returned(self) -> Mapping[str, str]:  # type: ignore[override]
        """Nothing of the return is said where nothing was said; a tick says what they do, and nothing else."""
        words = self.words()
        if words.get("ticked"):
            return {tick_of(words["outcome"]): "activity_code"}
        fields = {"said": "activity_code", **{name: ActivityForm.returned[name] for name in ("start", *_PLACE_AND_END)}}
        return fields if words.get("said") else {}

    def words(self) -> dict[str, Any]:
        """What was typed; where nothing was said, the tick of the outcome that came of it says it, from the day of the contact:
        the boxes of what was said are hidden then, and what was left in them is not taken.
        """
        words = super().words()
        ticked = {one.id: one.suggests for name, one in self.suggesting.items() if words.pop(name)}
        if words["outcome"] not in ticked or words["said"]:
            return words
        return {**words, **dict.fromkeys(("start", *_PLACE_AND_END)), "said": ticked[words["outcome"]], "ticked": True}

    def _offer(self, born: date, doing: str) -> None:
        same, today = [(SAME, f"Still doing what we have: {doing}")] if doing else [], timezone.localdate()
        outgrown = outgrown_activities(born, today)
        offered = [(code, said) for code, said in choices("activity", today) if code not in outgrown]
        self.fields["said"].choices = [("", "Nothing was said"), *same, *offered]

    clean_establishment = ActivityForm.clean_establishment


def _suggested(code: str, participating: str) -> forms.BooleanField:
    """The tick that records what an outcome suggests; participating is what they are in by what we hold, if they count so."""
    held = f"We hold “{participating}”, and they count as participating. Tick this only if that is over"
    said = held if participating else "Nothing is recorded of what they are doing unless you tick this"
    label = f"Record as {code} {activity_label(code)} from the day of this contact"
    return forms.BooleanField(label=label, required=False, help_text=said)


class CorrectContactForm(_ContactForm):
    """What a contact should have said."""

    def held(self, record: LoggedContact) -> dict[str, Any]:
        """The contact as it was logged."""
        return {name: getattr(record, name) for name in ("channel", "outcome", "on", "note")}
