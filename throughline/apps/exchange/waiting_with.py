"""Whether a row that may yet reach the register says a code of a list, which would record it."""

from collections.abc import Mapping

from django.db.models import Q

from throughline.apps.exchange.models import Row

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
# Several codes, of which no lookup of every database finds one.
_AMONG: Mapping[str, tuple[str, ...]] = {"own_trait": ("traits", "ended")}


def waits_with(name: str, code: str) -> bool:
    """Whether any row that may yet be recorded says a code of a list that takes new codes, whoever it is of: one of a file that
    waits, or one of an accepted file that may be settled still.
    """
    rows = Row.objects.may_be_recorded()
    if places := _AMONG.get(name):
        said = rows.order_by().values_list(*(f"values__{place}" for place in places))
        return any(code in (codes or ()) for row in said for codes in row)
    says = Q(pk=None)
    for place in _EQUAL.get(name, ()):
        says |= Q(**{f"values__{place}": code})
    for place, pattern in _WITHIN.get(name, {}).items():
        says |= Q(**{f"values__{place}__regex": pattern.format(code)})
    return rows.filter(says).exists()
