"""Days that nobody can mean, refused beside their box."""

from datetime import date
from typing import Any

from django.utils import timezone

from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.plans.cycle import PLAUSIBLE


def refuse_implausible(words: dict[str, Any], *fields: str) -> None:
    """Raises RefusedError for the first of these days that is of a year nobody may mean, such as 9999 for no end."""
    for field in fields:
        if words.get(field) and words[field].year not in PLAUSIBLE:
            raise RefusedError(f"Enter a year from {PLAUSIBLE[0]} to {PLAUSIBLE[-1]}", field)


def refuse_future(day: date, field: str) -> None:
    """Raises RefusedError for a day that is to come, or of a year nobody may mean."""
    if day > timezone.localdate():
        raise RefusedError("Enter a day that is not in the future", field)
    refuse_implausible({field: day}, field)
