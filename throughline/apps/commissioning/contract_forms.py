"""What is filled in about contracts and their apprenticeship places."""

from typing import Any

from django import forms
from django.utils import timezone

from throughline.analytics.measures.definition import Unit
from throughline.apps.commissioning.actions.contracts import COUNTED, left_out
from throughline.apps.commissioning.forms import Pounds, organisations
from throughline.apps.commissioning.models import Contract, PlacesCount
from throughline.apps.commissioning.places import Total
from throughline.apps.commissioning.queries import actions_offered
from throughline.apps.governance.choices import Choice, indicators, parties
from throughline.apps.governance.deciding_forms import OfAnAuthority
from throughline.apps.governance.forms import NO_YOUNG_PERSON
from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import LongText
from throughline.ui.days import DayField

_MOST = 100_000
_SINCE = "Since the contract began"


class Whole(forms.IntegerField):
    """How many places; empty is not known."""

    def __init__(self, *, label: str, **kwargs: Any) -> None:
        super().__init__(label=label, required=False, min_value=0, max_value=_MOST,
                         widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
                         error_messages={"invalid": "Enter a whole number"}, **kwargs)


class FindContractsForm(forms.Form):
    """Which contracts to list."""

    narrows = True

    words = forms.CharField(label="Title, number or supplier", max_length=100, required=False)
    asks = forms.ChoiceField(label="Apprenticeships", choices=[("", "Any"), *Contract.Asks.choices], required=False)
    stage = forms.ChoiceField(label="Contracts", required=False, choices=[
        ("", "All"), ("Running", "Running"), ("To come", "To come"), ("Ended", "Ended")])
    which = forms.ChoiceField(label="Which", required=False, choices=[
        ("", "All"), ("review", "Due for review"), ("short", "Fewer places than expected"), ("silent", "Starts not reported")])


class ContractForm(OfAnAuthority):
    """A contract and what it asks about apprenticeships."""

    offered = {"supplier": organisations, "lead": parties, "action": actions_offered}

    title = forms.CharField(label="What is the contract for?", max_length=300,
                            error_messages={"required": "Say what the contract is for"})
    number = forms.CharField(label="Number", max_length=60, required=False, help_text="As the council's own register has it")
    supplier = Choice(label="Supplier", empty_label="Not in the directory",
                      help_text="An organisation of the directory. Add it there first if it is missing")
    lead = Choice(label="Who leads it for the council?", empty_label="Nobody yet")
    value = Pounds(label="Value over its whole life, in pounds", required=False, min_value=0)
    starts_on = DayField(label="Starts on")
    ends_on = DayField(label="Ends on", required=False)
    review_on = DayField(label="To be reviewed by", required=False)
    asks = forms.ChoiceField(label="What does it ask about apprenticeships?", choices=Contract.Asks.choices,
                             widget=forms.RadioSelect, initial=Contract.Asks.NOT_LOOKED)
    places = Whole(label="Places expected in all", help_text="Over the whole life of the contract")
    places_a_year = Whole(label="Places expected in each year of the contract")
    why_none = LongText(label="Why none are asked for", rows=2, required=False)
    action = Choice(label="Which action of a plan does it belong to?", empty_label="No action",
                    help_text="The action's page then shows it")
    note = LongText(label="Note", rows=2, required=False, help_text=NO_YOUNG_PERSON)


class PlacesForm(RecordForm):
    """What a supplier reports of places as of a day."""

    as_at = DayField(label="As at which day?")
    offered = Whole(label="Places offered so far", help_text=f"{_SINCE}. Leave empty what is not known")
    started = Whole(label="Places started so far", help_text=_SINCE)
    completed = Whole(label="Places completed so far", help_text=_SINCE)
    source = forms.CharField(label="Where is that from?", max_length=300, help_text="Such as the supplier's quarterly return. "
                             f"{NO_YOUNG_PERSON}", error_messages={"required": "Say where the numbers are from"})

    def __init__(self, *args: Any, latest: PlacesCount | None = None, **kwargs: Any) -> None:
        start = {"as_at": timezone.localdate(), "source": latest.source if latest else ""}
        super().__init__(*args, initial=start, **kwargs)


class TotalForm(OfAnAuthority):
    """Which indicator takes what all contracts come to, for which period."""

    offered = {"indicator": indicators}

    indicator = Choice(label="Which indicator?", required=True, empty_label="Choose an indicator",
                       error_messages={"required": "Choose an indicator"},
                       help_text="Those whose values are entered by hand and that count something")
    counted = forms.ChoiceField(label="What is counted?", choices=list(COUNTED.items()), widget=forms.RadioSelect,
                                error_messages={"required": "Say what is counted"})
    period = forms.CharField(label="For which period?", max_length=60, help_text="Such as 2026/27 or December 2026",
                             error_messages={"required": "Enter a period"})

    def __init__(self, *args: Any, total: Total, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_hand = self.fields["indicator"].queryset.filter(measure="").exclude(unit=Unit.PERCENT)
        self.fields["indicator"].queryset = by_hand
        self.fields["counted"].choices = [(name, f"{label}: {_counted(total, name)}") for name, label in COUNTED.items()]


def _counted(total: Total, name: str) -> str:
    """A number of the total in words, with how many contracts add nothing to it."""
    value = getattr(total, name)
    return "Not known" if value is None else f"{value:,}{left_out(total, name)}"
