"""Whether a file that nobody has decided on yet says a code of a list: accepting it would record the code."""

from collections.abc import Mapping

from django.db.models import Q

from throughline.apps.exchange.models import Delivery, Row

# By list, where what a row says (analytics/intake/said.py) holds a code of it.
_EQUAL: Mapping[str, tuple[str, ...]] = {
    "activity": ("doing__code", "doing__of_school_age", "leaving__was__code"),
    "ethnic_group": ("ethnic_group",),
    "level_of_need": ("level_of_need",),
    "guarantee_status": ("guarantees__year_11__0", "guarantees__year_12__0"),
    "intended_destination": ("intended_destination", "doing__intended_next", "leaving__intended", "leaving__was__intended_next"),
    "leaving_reason": ("doing__leaving_reason", "leaving__reason", "leaving__was__leaving_reason"),
    "authority_number": ("area_at_16", "transferred_to", "doing__educated_in"),
}
# Numbers of which a part is a code, as regular expressions about it.
_WITHIN: Mapping[str, Mapping[str, str]] = {
    "authority_number": {"school_at_16": "^{}", "doing__establishment": "^{}", "leaving__establishment": "^{}"},
    "upn_authority": {"identifiers__upn": "^.{}", "identifiers__previous_upn": "^.{}"},
}


def waits_with(name: str, code: str) -> bool:
    """Whether any row of a file that waits says a code of a list that takes new codes, whoever it is of."""
    says = Q(pk=None)
    for place in _EQUAL.get(name, ()):
        says |= Q(**{f"values__{place}": code})
    for place, pattern in _WITHIN.get(name, {}).items():
        says |= Q(**{f"values__{place}__regex": pattern.format(code)})
    return Row.objects.filter(says, delivery__state=Delivery.State.PREVIEWED).exists()
