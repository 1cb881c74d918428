"""The groups that a figure of the register is parted into, each by the name that a reader knows it by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from throughline.analytics.measures.areas import Area
from throughline.analytics.measures.definition import Measure
from throughline.analytics.measures.series import GroupFigure, group_figures
from throughline.analytics.participation.breakdowns import ANY_VULNERABLE, KINDS, NOT_KNOWN, VULNERABLE
from throughline.analytics.participation.groupnames import BREAKDOWN_NAMES, DUTY_CLASSES, group_name
from throughline.analytics.participation.rates import values_of
from throughline.analytics.participation.rules import Rules
from throughline.analytics.participation.tables import EHC_PLAN, NO_SUPPORT, SEN_SUPPORT, flags_of_groups
from throughline.analytics.warehouse.connection import Warehouse
from throughline.apps.learners.codes import rules
from throughline.core.periods import Period
from throughline.core.statuses import Status

_LAST = (NOT_KNOWN, "none")  # whoever is of no group, after those who are
_PLACES = {
    "district": "SELECT district AS code, name FROM district WHERE list_contains(?, district)",
    "school_at_16": "SELECT laestab AS code, name FROM school WHERE list_contains(?, laestab)",
    "provider": "SELECT laestab AS code, name FROM school WHERE list_contains(?, laestab) "
                "UNION ALL SELECT ukprn, name FROM school WHERE list_contains(?, ukprn)",
}


@dataclass(frozen=True)
class Named:
    """One group with what it is called and its figure."""

    name: str
    figure: GroupFigure

    @property
    def asked(self) -> str:
        """The group as an address asks for it."""
        return f"{self.figure.breakdown}:{self.figure.group}"


@dataclass(frozen=True)
class Parted:
    """One breakdown and its groups."""

    breakdown: str
    name: str
    groups: list[Named]

    @property
    def hidden(self) -> list[Named]:
        """The groups whose figures are suppressed."""
        return [each for each in self.groups if each.figure.status is Status.SUPPRESSED]

    @property
    def none_told(self) -> bool:
        """Whether every group is suppressed."""
        return len(self.hidden) == len(self.groups)


def parted(warehouse: Warehouse, measure: Measure, area: Area, period: Period) -> list[Parted]:
    """The breakdowns of a measure of the register in one period, in the order of its file, those with nobody in them left out."""
    if measure.register is None:
        return []
    held = group_figures(warehouse, measure, area, period)
    found = []
    for breakdown in measure.register.breakdowns:
        figures = [figure for figure in held if figure.breakdown == breakdown]
        names = group_names(warehouse, breakdown, [figure.group for figure in figures], period.end)
        groups = sorted((Named(names[figure.group], figure) for figure in figures), key=_order)
        if groups:
            found.append(Parted(breakdown, BREAKDOWN_NAMES[breakdown], groups))
    return found


def group_names(warehouse: Warehouse, breakdown: str, groups: Iterable[str], on: date | None = None) -> dict[str, str]:
    """What groups of a breakdown are called on a day (today); a place that we know no name of by its code."""
    codes, said, day = tuple(groups), rules(), on or timezone.localdate()
    names = {group: group_name(said, breakdown, group, day) for group in codes}
    if breakdown in _PLACES:
        asked = _PLACES[breakdown]
        names |= {row["code"]: row["name"] for row in warehouse.rows(asked, *[codes] * asked.count("?"))}
    return names


def groups_of_people(measure: Measure, said: Rules) -> list[tuple[str, str, str]]:
    """The groups of a measure of the register that code lists name, as (breakdown, group, name): all but ages and places."""
    if measure.register is None:
        return []
    today = timezone.localdate()
    by_breakdown = {
        "sex": sorted(line.facts["published_as"] for line in said.lists["gender"].lines),
        "ethnic_group": sorted(line.facts["group"] for line in said.lists["ethnic_group"].lines),
        "send": [EHC_PLAN, SEN_SUPPORT, NO_SUPPORT], VULNERABLE: [*flags_of_groups(said.characteristics)],
        **{kind: values_of(kind, said) for kind in KINDS},
    }
    return [(breakdown, group, group_name(said, breakdown, group, today)) for breakdown in measure.register.breakdowns
            for group in dict.fromkeys(by_breakdown.get(breakdown, ())) if group != NOT_KNOWN or breakdown in KINDS]


def _order(named: Named) -> tuple[bool, bool, int, str]:
    group = named.figure.group
    place = DUTY_CLASSES.index(group) if named.figure.breakdown == "duty_class" and group in DUTY_CLASSES else 0
    return group in _LAST, group != ANY_VULNERABLE, place, named.name
