"""The form on which a month is closed."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

MONTHS_BACK = 18


def recent_ends(today: date) -> list[date]:
    """The last days of months that are over, the newest first."""
    ends, day = [], (today + timedelta(days=1)).replace(day=1)
    for _ in range(MONTHS_BACK):
        day = day - timedelta(days=1)
        ends.append(day)
        day = day.replace(day=1)
    return ends


class CloseForm(forms.Form):
    """Which month, and why again where it was closed before."""

    month_end = forms.TypedChoiceField(label="Month", coerce=date.fromisoformat)
    reason = forms.CharField(
        label="Why it is closed again", max_length=300, required=False,
        help_text="Only for a month that was closed before: what was closed then is kept beside the new version",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = recent_ends(timezone.localdate())
        self.fields["month_end"].choices = [(end.isoformat(), f"{end:%B %Y}") for end in ends]
