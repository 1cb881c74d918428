"""Puts the numbers of a month's rows into the words of the field: sex, group, standing and the characteristics' flags."""

from collections.abc import Sequence
from datetime import date

import ibis
import ibis.expr.types as ir

from throughline.analytics.participation.codesets import CodeSet
from throughline.analytics.participation.cohort import Edition
from throughline.analytics.participation.packing import codes_table
from throughline.analytics.participation.rules import Rules
from throughline.analytics.participation.standing import Standing
from throughline.analytics.participation.tables import EHC_PLAN, NO_SUPPORT, SEN_SUPPORT, flag_of

NOT_KNOWN = "not_known"


def bits_of(rules: Rules) -> dict[str, int]:
    """What each trait is worth in the sum of a learner's traits: powers of two."""
    return {name: 1 << place for place, name in enumerate((*rules.characteristics, EHC_PLAN, SEN_SUPPORT))}


def activity_facts(rules: Rules) -> ir.Table:
    """What the list activity says of each code, by its number."""
    codes = codes_table()
    activities = rules.activities
    return codes.select(
        fact_code="number",
        fact_group=_by_fact(codes.number, activities, "group"),
        fact_type=_by_fact(codes.number, activities, "participation_type", missing=""),
        fact_duty=_by_fact(codes.number, activities, "duty_class"),
    )


def labels(rows: ir.Table, rules: Rules, ends: Sequence[date]) -> dict[str, ir.Value]:
    """The worded columns of participation_month, by name, from rows with the numbers and the facts of their activities.

    Whoever is in adult custody stays so, current or not; anybody else whose activity has lapsed, or who has none, or one with
    a code of no list, is not known.
    """
    group = ibis.coalesce(rows.fact_group, NOT_KNOWN)
    lapsed = rows.past & (group != Standing.EXCLUDED.value)
    return {
        "area": area_label(rows.area_number),
        **trait_labels(rows, rules, ends),
        "tracked": _tracked(rows, rules, ends),
        "code": rows.code_number.cast("string").lpad(3, "0"),
        "standing": lapsed.ifelse(NOT_KNOWN, group),
        "participation_type": lapsed.ifelse(None, rows.fact_type).nullif(""),
        "duty_class": lapsed.ifelse(NOT_KNOWN, ibis.coalesce(rows.fact_duty, NOT_KNOWN)),
        "lapsed": lapsed,
        "excluded": group == Standing.EXCLUDED.value,
    }


def personal_labels(learner: ir.Table, rules: Rules) -> dict[str, ir.Value]:
    """Sex and group of ethnic groups, as published."""
    return {"sex": _by_list(learner.gender, rules.lists["gender"], "published_as"),
            "ethnic_group": _by_list(learner.ethnic_group, rules.lists["ethnic_group"], "group")}


def trait_labels(rows: ir.Table, rules: Rules, ends: Sequence[date]) -> dict[str, ir.Value]:
    """What the sum of somebody's traits says: SEND, each characteristic, and whether any makes them vulnerable."""
    bits = bits_of(rules)
    vulnerable: dict[int, list[date]] = {}
    for end in ends:
        vulnerable.setdefault(sum(bits[code] for code in rules.vulnerable(end)), []).append(end)
    mask = ibis.cases(*((rows.month_end.isin(held), ibis.literal(mask, "int64")) for mask, held in vulnerable.items()), else_=0)
    return {
        "send": ibis.cases(((rows.traits & bits[EHC_PLAN]) > 0, EHC_PLAN), ((rows.traits & bits[SEN_SUPPORT]) > 0, SEN_SUPPORT),
                           else_=NO_SUPPORT),
        **{flag_of(name): (rows.traits & bits[name]) > 0 for name in rules.characteristics},
        "any_vulnerable": (rows.traits & mask) > 0,
    }


def area_label(number: ir.IntegerValue) -> ir.StringValue:
    """An authority's code of three digits."""
    return number.cast("string").lpad(3, "0")


def _tracked(rows: ir.Table, rules: Rules, ends: Sequence[date]) -> ir.BooleanValue:
    """Whether somebody is of an age that the edition of their month end tracks."""
    months: dict[Edition, list[date]] = {}
    for end in ends:
        months.setdefault(rules.cohort.on(end), []).append(end)
    has_plan = (rows.traits & bits_of(rules)[EHC_PLAN]) > 0
    return ibis.cases(*(
        (rows.month_end.isin(held), rows.academic_age.isin(edition.ages)
         | (has_plan & rows.academic_age.between(*edition.with_plan)))
        for edition, held in months.items()
    ), else_=False)


def _numbers(codes: CodeSet, fact: str, *values: str) -> list[int]:
    return sorted(int(code) for code in codes.where(fact, *values))


def _by_fact(code: ir.IntegerValue, codes: CodeSet, fact: str, missing: str = NOT_KNOWN) -> ir.StringValue:
    values = sorted({each.facts[fact] for each in codes.codes} - {missing})
    return ibis.cases(*((code.isin(_numbers(codes, fact, value)), value) for value in values), else_=missing)


def _by_list(column: ir.StringValue, codes: CodeSet, fact: str) -> ir.StringValue:
    values = sorted({each.facts[fact] for each in codes.codes} - {NOT_KNOWN})
    return ibis.cases(*((column.isin(sorted(codes.where(fact, value))), value) for value in values), else_=NOT_KNOWN)
