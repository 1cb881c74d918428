"""Counts people once at the finest grain, then adds those counts up: by authority, breakdown, group and month."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

import ibis
import ibis.expr.types as ir

from throughline.analytics.participation.breakdowns import EVERYONE, NOT_KNOWN, VULNERABLE
from throughline.analytics.participation.labels import area_label, trait_labels
from throughline.analytics.participation.rules import Rules
from throughline.analytics.participation.standing import Standing
from throughline.analytics.participation.tables import flags_of_groups

Where = Mapping[str, Sequence[str | int | bool]]  # conditions: each a column's name with the values it may have
Kinds = Mapping[str, Mapping[str, Any]]  # what whoever is of a kind counts as, by the columns of _OF_ACTIVITY
_OF_TRAITS: Mapping[str, tuple[str, ...]] = {"send": ("traits",), VULNERABLE: ("traits", "sex")}  # and what they are read from
_OF_ACTIVITY = ("code", "standing", "participation_type", "duty_class", "excluded", "lapsed")  # columns that follow from it


@dataclass(frozen=True)
class Counted:
    """One count: whoever meets all conditions."""

    name: str
    where: Where

    def holds(self, rows: ir.Table) -> ir.BooleanValue:
        """Whether it counts each of rows."""
        conditions = [_one_of(rows[column], values) for column, values in self.where.items()]
        return reduce(lambda one, other: one & other, conditions, ibis.literal(True))


def _one_of(column: ir.Value, values: Sequence[str | int | bool]) -> ir.BooleanValue:
    """A flag is asked outright: a comparison that is itself put in a list of values is read otherwise by engines."""
    if len(values) == 1 and isinstance(values[0], bool):
        return column if values[0] else ~column
    return column.isin(list(values))


def kinds_at(rules: Rules, ends: Iterable[date]) -> Kinds:
    """What whoever is of each kind counts as at some month ends: of each code while it is current, of each once it has lapsed,
    and of no activity.

    A code that counts as something else at one of the month ends than at another is a kind for each. One that may not be used at
    a month end is none: nobody is taken to be of it.
    """
    kinds = {"none": _facts("", Standing.NOT_KNOWN, None, Standing.NOT_KNOWN)}
    lines = [(end, code, line) for end in ends for code, line in rules.activities.as_on(end).items()]
    for code, line in ((code, line) for end, code, line in lines if line.holds_on(end)):
        group, participates, duty = (line.facts[name] for name in ("group", "participation_type", "duty_class"))
        kinds[" ".join((code, group, participates, duty))] = _facts(code, group, participates or None, duty)
        if group != Standing.EXCLUDED:
            kinds[f"{code} lapsed"] = _facts(code, Standing.NOT_KNOWN, None, Standing.NOT_KNOWN, lapsed=True)
    return kinds


def kinds_of(where: Where, kinds: Kinds) -> frozenset[str]:
    """Who of some kinds meets the conditions on what somebody does. Those on anything else are left aside: beyond_activity says
    what they are.
    """
    asked = {column: values for column, values in where.items() if column in _OF_ACTIVITY}
    return frozenset(kind for kind, facts in kinds.items() if all(facts[column] in values for column, values in asked.items()))


def values_of(kind: str, rules: Rules) -> list[str]:
    """The values of one of KINDS that the code list has on any day, but those that are said of nobody who is counted."""
    return sorted({code.facts[kind] for code in rules.activities.lines} - {"", "not_applicable", "excluded"})


def _facts(code: str, standing: str, participation_type: str | None, duty_class: str, lapsed: bool = False) -> dict[str, Any]:
    """What somebody counts as, by the columns of _OF_ACTIVITY."""
    return dict(zip(_OF_ACTIVITY, (code, standing, participation_type, duty_class, standing == Standing.EXCLUDED, lapsed),
                    strict=True))


def beyond_activity(where: Where) -> dict[str, Sequence[str | int | bool]]:
    """The conditions on anything but what somebody does, such as age or sex."""
    return {column: values for column, values in where.items() if column not in _OF_ACTIVITY}


def grain(people: ir.Table, counted: Sequence[Counted], breakdowns: Sequence[str]) -> ir.Table:
    """One row for each month end, authority and combination of what the breakdowns part people by, with every count.

    people are rows of months.people(). SEND and the characteristics stand together in traits.
    """
    columns = dict.fromkeys(column for name in breakdowns for column in _OF_TRAITS.get(name, (name,)))
    counts = {each.name: ibis.coalesce(each.holds(people), False).cast("int64") for each in counted}
    kept = people.filter(reduce(lambda one, other: one | other, (each.holds(people) for each in counted)))
    held = kept.select("month_end", "area_number", *columns, **counts)
    return held.group_by("month_end", "area_number", *columns).agg(
        **{each.name: held[each.name].sum() for each in counted})


def rolled_up(grains: ir.Table, counted: Sequence[Counted], breakdowns: Sequence[str], rules: Rules,
              ends: Sequence[date]) -> ir.Table:
    """Counts for everyone and for each group of each breakdown: month_end, area, breakdown, group and a column a count.

    Whoever has several characteristics is in each of those groups, and once in any; young mothers are a group too. Groups that
    nobody is in have no row.
    """
    rows = grains.mutate(**trait_labels(grains, rules, ends)) if set(breakdowns) & _OF_TRAITS.keys() else grains
    parts = [_part(rows, counted, EVERYONE, None)]
    for name in breakdowns:
        if name == VULNERABLE:
            parts += [_part(rows.filter(rows[flag]), counted, name, ibis.literal(group))
                      for group, flag in flags_of_groups(rules.characteristics).items()]
        else:
            parts.append(_part(rows, counted, name, ibis.coalesce(rows[name].cast("string"), NOT_KNOWN)))
    together = reduce(lambda one, other: one.union(other), parts)
    return together.select("month_end", *(each.name for each in counted), "breakdown", "group",
                           area=area_label(together.area_number))


def _part(rows: ir.Table, counted: Sequence[Counted], breakdown: str, group: ir.Value | None) -> ir.Table:
    # Nothing but what is added up: each part would else bring every label along.
    labelled = rows.select("month_end", "area_number", *(each.name for each in counted), breakdown=ibis.literal(breakdown),
                           group=ibis.literal(EVERYONE) if group is None else group)
    return labelled.group_by("month_end", "area_number", "breakdown", "group").agg(
        **{each.name: labelled[each.name].sum() for each in counted})


def averaged(months: ir.Table, counted: Sequence[Counted], ends: Sequence[date]) -> ir.Table:
    """The counts of several month ends added up, by area, breakdown and group: what a ratio of average counts is made of."""
    held = months.filter(months.month_end.isin(list(ends)))
    return held.group_by("area", "breakdown", "group").agg(**{each.name: held[each.name].sum() for each in counted})
