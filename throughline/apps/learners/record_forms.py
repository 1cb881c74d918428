"""What is asked about a record itself: who may see it, for how long it is kept, and whether it is to be forgotten."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django import forms

from throughline.apps.learners.openings import KINDS
from throughline.apps.learners.queries import kept_longer_until
from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import LongText
from throughline.ui.days import DayField


class RestrictionForm(RecordForm):
    """Whether a record, or where somebody lives, is shown only for a reason."""

    restricted = forms.BooleanField(label="Restrict the whole record, as for a case of the youth justice team", required=False)
    protected_address = forms.BooleanField(label="Protect every address of theirs, as for somebody in a refuge", required=False)
    reason = LongText(label="Why?", rows=3, help_text="It stands in the audit. Say what was decided and by whom, no more",
                      error_messages={"required": "Say why, for those who check later"})

    def held(self, record: Any) -> dict[str, Any]:
        """The two answers; the reason is new each time."""
        return {name: getattr(record, name) for name in ("restricted", "protected_address")}


class KeepLongerForm(RecordForm):
    """Until when a record is kept at least, and why."""

    until = DayField(label="Keep it until", required=False,
                     help_text="Such as 27 3 2036. Leave empty to keep it no longer than the rule says")
    reason = LongText(label="Why?", rows=3, error_messages={"required": "Say why, for those who check later"},
                      help_text="Such as a complaint or a claim that is open. The information governance officer reads it too")

    def held(self, record: Any) -> dict[str, Any]:
        """The day that was decided on last, and by which decision; the reason is new each time."""
        held = kept_longer_until(record)
        return {"until": held.until if held else None, "decision": held.pk if held else None}


def mark_of(keys: Iterable[int]) -> str:
    """What tells some records, by their numbers in the database, from any others."""
    return hashlib.sha256(",".join(map(str, sorted(keys))).encode()).hexdigest()[:20]


class ForgetForm(forms.Form):
    """That those who were shown, by their numbers in the database, are to be forgotten; many says what and how many they are."""

    these = forms.CharField(widget=forms.HiddenInput)
    sure = forms.BooleanField(error_messages={"required": "Tick the box to say that they are to be forgotten for good"})

    def __init__(self, data: Any = None, *, many: str, keys: Iterable[int]) -> None:
        self._these = mark_of(keys)
        super().__init__(data, initial={"these": self._these})
        self.fields["sure"].label = f"Forget {many} for good. This cannot be undone"

    def clean_these(self) -> str:
        """Those who are to be forgotten now must be those who were shown."""
        if self.cleaned_data["these"] != self._these:
            raise forms.ValidationError("What is to be forgotten has changed since you opened this page. Look again at the list")
        return self._these

    def confirmed(self) -> bool:
        """Whether it was posted and is right. Otherwise whoever confirms next has seen these, and ticks the box anew."""
        right = self.is_valid()
        if self.is_bound and not right:
            self.data = {"these": self._these}
        return right


class OpenForm(RecordForm):
    """Why what is restricted should be opened."""

    reason = LongText(label="Why do you need to see it now?", rows=3,
                      help_text="A sentence that somebody else can judge later. It is kept with your name",
                      error_messages={"required": "Say why you need to see it now"})


class NarrowOpeningsForm(forms.Form):
    """Which openings of restricted records to list."""

    narrows = True

    kind = forms.ChoiceField(label="What was done", required=False, choices=[("", "Either"), *KINDS.items()])
    who = forms.ChoiceField(label="By whom", required=False)
    since = DayField(label="From", required=False)
    until = DayField(label="To", required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", "Anybody"), *people]

    def clean(self) -> dict[str, Any]:
        """Refuses days that lie the wrong way round."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", "Enter a day that is not before the first")
        return self.cleaned_data

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for; nothing where any of it is wrong."""
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}

    @property
    def query(self) -> dict[str, str]:
        """What was typed, as an address carries it."""
        return {name: value for name, value in self.data.items() if value and name.partition("_")[0] in self.fields}
