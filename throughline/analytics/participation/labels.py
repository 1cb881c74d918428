"""Puts the numbers of a month's rows into the words of the field: sex, group, standing and the characteristics' flags."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir

from throughline.analytics.participation.breakdowns import NOT_KNOWN
from throughline.analytics.participation.codesets import CodeSet
from throughline.analytics.participation.cohort import Edition
from throughline.analytics.participation.packing import codes_table, numbers
from throughline.analytics.participation.rules import Rules
from throughline.analytics.participation.standing import Standing
from throughline.analytics.participation.tables import EHC_PLAN, NO_SUPPORT, SEN_SUPPORT, flag_of

# What is asked of the list activity, with what stands for a code that it does not have.
_FACTS = {"group": NOT_KNOWN, "participation_type": "", "duty_class": NOT_KNOWN}
# Of each personal label the column, which is of the list of its name, and what is asked of the list.
_PERSONAL = {"sex": ("gender", "published_as"), "ethnic_group": ("ethnic_group", "group")}


def bits_of(rules: Rules) -> dict[str, int]:
    """What each trait is worth in the sum of a learner's traits: powers of two."""
    return {name: 1 << place for place, name in enumerate((*rules.characteristics, EHC_PLAN, SEN_SUPPORT))}


def alike(codes: CodeSet, ends: Sequence[date], *facts: str) -> list[int]:
    """For each end the place of the first at which a list says the same of every code: once worked out, it serves both."""
    said = [[(code, *(line.facts[fact] for fact in facts)) for code, line in codes.as_on(end).items()] for end in ends]
    return [said.index(each) for each in said]


def of_month(number: ir.IntegerValue, values: Sequence[Any]) -> Any:
    """The value of each row's month, of which number is the place; one value where they are all alike."""
    *firsts, last = values
    if all(each.equals(last) for each in firsts):
        return last
    return ibis.cases(*((number == place, each) for place, each in enumerate(firsts)), else_=last)


def activity_facts(rules: Rules, ends: Sequence[date]) -> ir.Table:
    """What the list activity says of each code, by its number: fact_group_0 and so on, by the places that alike gives."""
    codes = codes_table()
    return codes.select(fact_code="number", **{
        f"fact_{fact}_{place}": _by_fact(codes.number, rules.activities, ends[place], fact, missing)
        for place in sorted(set(alike(rules.activities, ends, *_FACTS))) for fact, missing in _FACTS.items()
    })


def labels(rows: ir.Table, rules: Rules, ends: Sequence[date]) -> dict[str, ir.Value]:
    """The worded columns of participation_month, by name, from rows with the numbers and the facts of their activities.

    Whoever is in adult custody stays so, current or not; anybody else whose activity has lapsed, or who has none, or one with
    a code of no list, is not known.
    """
    places = alike(rules.activities, ends, *_FACTS)
    said = {fact: of_month(rows.number, [rows[f"fact_{fact}_{place}"] for place in places]) for fact in _FACTS}
    group = ibis.coalesce(said["group"], NOT_KNOWN)
    lapsed = rows.past & (group != Standing.EXCLUDED.value)
    return {
        "area": area_label(rows.area_number),
        **trait_labels(rows, rules, ends),
        "tracked": _tracked(rows, rules, ends),
        "code": rows.code_number.cast("string").lpad(3, "0"),
        "standing": lapsed.ifelse(NOT_KNOWN, group),
        "participation_type": lapsed.ifelse(None, said["participation_type"]).nullif(""),
        "duty_class": lapsed.ifelse(NOT_KNOWN, ibis.coalesce(said["duty_class"], NOT_KNOWN)),
        "lapsed": lapsed,
        "excluded": group == Standing.EXCLUDED.value,
    }


def personal_labels(learner: ir.Table, rules: Rules, ends: Sequence[date]) -> dict[str, ir.Value]:
    """Sex and group of ethnic groups, as published: sex_0 and so on, by the places that alike gives."""
    return {f"{name}_{place}": _by_list(learner[column], rules.lists[column], ends[place], fact)
            for name, (column, fact) in _PERSONAL.items() for place in sorted(set(alike(rules.lists[column], ends, fact)))}


def personal_of_month(rows: ir.Table, rules: Rules, ends: Sequence[date]) -> dict[str, ir.Value]:
    """The personal labels as they are at each row's month end."""
    return {name: of_month(rows.number, [rows[f"{name}_{place}"] for place in alike(rules.lists[column], ends, fact)])
            for name, (column, fact) in _PERSONAL.items()}


def trait_labels(rows: ir.Table, rules: Rules, ends: Sequence[date]) -> dict[str, ir.Value]:
    """What somebody's sex and the sum of their traits say: SEND, each characteristic, and whether any makes them vulnerable or
    a young mother.
    """
    bits = bits_of(rules)
    return {
        "send": ibis.cases(((rows.traits & bits[EHC_PLAN]) > 0, EHC_PLAN), ((rows.traits & bits[SEN_SUPPORT]) > 0, SEN_SUPPORT),
                           else_=NO_SUPPORT),
        **{flag_of(name): (rows.traits & bits[name]) > 0 for name in rules.characteristics},
        "any_vulnerable": _any_of(rows, rules, ends, rules.vulnerable),
        "young_mother": (rows.sex == "female") & _any_of(rows, rules, ends, rules.of_young_mothers),
    }


def numbered(rows: ir.Table, rules: Rules) -> ir.Table:
    """Rows of participation_month with the numbers that counts are grouped by: area_number, and the sum of traits as far as the
    words tell it, which leaves out support beside an EHC plan.
    """
    bits = bits_of(rules)
    send = ibis.cases((rows.send == EHC_PLAN, bits[EHC_PLAN]), (rows.send == SEN_SUPPORT, bits[SEN_SUPPORT]), else_=0)
    held = [rows[flag_of(name)].ifelse(bits[name], 0) for name in rules.characteristics]
    return rows.mutate(area_number=rows.area.cast("int64"), traits=sum(held, send.cast("int64")))


def _any_of(rows: ir.Table, rules: Rules, ends: Sequence[date], codes: Callable[[date], Iterable[str]]) -> ir.BooleanValue:
    """Whether somebody has any of the characteristics that count at their month end."""
    bits = bits_of(rules)
    months: dict[int, list[date]] = {}
    for end in ends:
        months.setdefault(sum(bits[code] for code in codes(end)), []).append(end)
    return (rows.traits & _of_months(rows, [(ibis.literal(mask, "int64"), held) for mask, held in months.items()])) > 0


def _of_months(rows: ir.Table, values: Sequence[tuple[Any, Sequence[date]]]) -> Any:
    """The value of each row's month, of values with the month ends at which each holds; the one value where it holds at all."""
    *others, (last, _) = values
    return ibis.cases(*((rows.month_end.isin(held), value) for value, held in others), else_=last) if others else last


def area_label(number: ir.IntegerValue) -> ir.StringValue:
    """An authority's code of three digits."""
    return number.cast("string").lpad(3, "0")


def _tracked(rows: ir.Table, rules: Rules, ends: Sequence[date]) -> ir.BooleanValue:
    """Whether somebody is of an age that the edition of their month end tracks."""
    months: dict[Edition, list[date]] = {}
    for end in ends:
        months.setdefault(rules.cohort.on(end), []).append(end)
    has_plan = (rows.traits & bits_of(rules)[EHC_PLAN]) > 0
    return _of_months(rows, [
        (rows.academic_age.isin(edition.ages) | (has_plan & rows.academic_age.between(*edition.with_plan)), held)
        for edition, held in months.items()
    ])


def _by_fact(code: ir.IntegerValue, codes: CodeSet, end: date, fact: str, missing: str) -> ir.StringValue:
    values = sorted({line.facts[fact] for line in codes.as_on(end).values()} - {missing})
    return ibis.cases(*((code.isin(numbers(codes.where(end, fact, value))), value) for value in values), else_=missing)


def _by_list(column: ir.StringValue, codes: CodeSet, end: date, fact: str) -> ir.StringValue:
    values = sorted({line.facts[fact] for line in codes.as_on(end).values()} - {NOT_KNOWN})
    return ibis.cases(*((column.isin(sorted(codes.where(end, fact, value))), value) for value in values), else_=NOT_KNOWN)
