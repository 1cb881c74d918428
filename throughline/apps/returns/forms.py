"""The forms on which a month is closed, and its return taken away."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import LongText
from throughline.apps.performance.extracts import month_ends

MONTHS_BACK = 18


class CloseForm(forms.Form):
    """Which month, and why again where it was closed before; and what had been closed when it was shown."""

    month_end = forms.TypedChoiceField(label="Month", coerce=date.fromisoformat)
    reason = forms.CharField(
        label="Why it is closed again", max_length=300, required=False,
        help_text="Only for a month that was closed before: what was closed then is kept beside the new version",
    )

    shown = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, closed: Collection[date] = (), newest: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown"].initial, self._newest = newest, newest
        self.either = ["reason"]
        ends = month_ends(timezone.localdate(), MONTHS_BACK)
        self.fields["month_end"].choices = [
            (end.isoformat(), f"{end:%B %Y}{' (closed before)' if end in closed else ''}") for end in reversed(ends)]

    def show_again(self) -> None:
        """Ask once more, over what is closed by now."""
        self.data = {**self.data.dict(), "shown": self._newest}


class TakeForm(RecordForm):
    """Why a return is taken away that holds what is restricted."""

    reason = LongText(label="Why do you take the return away?", rows=3,
                      help_text="A sentence that somebody else can judge later, such as that it is sent to the department today",
                      error_messages={"required": "Say why you take the return away"})
