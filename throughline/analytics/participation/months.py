"""What every young person counted as at each month end, as known on a moment: one expression for DuckDB and Spark alike."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from throughline.analytics.participation.codesets import CodeSet
from throughline.analytics.participation.labels import (
    activity_facts,
    alike,
    bits_of,
    labels,
    of_month,
    personal_labels,
    personal_of_month,
)
from throughline.analytics.participation.packing import (
    begun_on,
    code_of,
    day_number,
    days,
    lapse_of,
    numbers,
    packed_activities,
    start_of,
)
from throughline.analytics.participation.rules import Rules
from throughline.analytics.participation.standing import Standing
from throughline.analytics.participation.tables import REGISTER, participation_month_table
from throughline.core.ages import FIRST_MONTH, academic_year

_AREA_BITS = 10
_KEY_DIGITS, _DAY_DIGITS = 19, 6  # of the greatest packed number, and of the greatest day's
OPTIONAL = frozenset({"district", "provider", "neet_since"})


@dataclass(frozen=True)
class Register:
    """The five tables of participation/tables.py, as expressions of one engine."""

    learner: ir.Table
    membership: ir.Table
    trait: ir.Table
    home: ir.Table
    activity: ir.Table


def unbound_register() -> Register:
    """The five tables by name alone, for an expression that is to be compiled before there are rows."""
    return Register(*(
        ibis.table(pa.schema([field.with_nullable(True) for field in table.arrow_schema]), name=table.name) for table in REGISTER
    ))


def kept_months(rules: Rules) -> ir.Table:
    """The rows of participation_month by name alone, for what is asked of them where they are kept."""
    return ibis.table(ibis.schema(participation_month_table(rules.characteristics).arrow_schema), name="participation_month")


def participation_month(register: Register, rules: Rules, month_ends: Sequence[date], known: datetime | None,
                        wanted: Collection[str] = OPTIONAL) -> ir.Table:
    """Rows of participation_month: one for each learner and month end at which an authority counts them in its cohort.

    known is the moment (with its time zone) as of which activities are believed, None for whatever has not ceased. wanted names
    those of district, provider and neet_since that are needed: the others are left out of the columns, and cost nothing. Of an
    authority's spans that overlap the one that began last holds; whoever it does not count as of its cohort has no row.
    """
    rows = people(register, rules, month_ends, known, wanted)
    names = [column.name for column in participation_month_table(rules.characteristics).columns]
    return rows.select(*(name for name in names if name not in OPTIONAL or name in wanted))


def people(register: Register, rules: Rules, month_ends: Sequence[date], known: datetime | None,
           wanted: Collection[str] = OPTIONAL, ages: Collection[int] = ()) -> ir.Table:
    """Rows of participation_month with what its columns are drawn from beside them, such as the authority's number.

    Where ages are given, whoever is of none of those academic ages at any of the month ends may be left out.
    """
    ends = sorted(set(month_ends))
    rows = _long(_wide(register, rules, ends, known, wanted, ages), rules, ends, wanted)
    facts = activity_facts(rules, ends)
    rows = rows.left_join(facts, rows.code_number == facts.fact_code)
    return rows.mutate(**labels(rows, rules, ends))


def _wide(register: Register, rules: Rules, ends: Sequence[date], known: datetime | None, wanted: Collection[str],
          ages: Collection[int]) -> ir.Table:
    """One row a learner, with a column a month for each thing that changes."""
    learner = register.learner.mutate(
        school_year=register.learner.born.year().cast("int64") + (register.learner.born.month() >= FIRST_MONTH).cast("int64"))
    if ages:
        first, last = academic_year(ends[0]) - max(ages), academic_year(ends[-1]) - min(ages)
        learner = learner.filter(learner.school_year.between(first, last))
    parts = [
        learner.mutate(**personal_labels(learner, rules, ends)),
        _memberships(register.membership, rules, ends),
        _activities(register.activity, rules, ends, known, wanted),
        _traits(register.trait, rules, ends),
    ]
    if "district" in wanted:
        parts.append(_districts(register.home, ends))
    wide = parts[0].join(parts[1], "learner")
    for part in parts[2:]:
        wide = wide.left_join(part, "learner").drop("learner_right")
    return wide


def _covers(span: ir.Table, end: date) -> ir.BooleanValue:
    return (span.starts <= end) & (span.ends.isnull() | (span.ends >= end))


def _memberships(membership: ir.Table, rules: Rules, ends: Sequence[date]) -> ir.Table:
    """Whom each learner is with at each end, packed: first day, whether in the cohort, the authority's number."""
    statuses = rules.lists["cohort_status"]
    places = alike(statuses, ends, "in_cohort")
    area = ibis.coalesce(membership.area.try_cast("int64"), 0)

    def packed(end: date) -> ir.IntegerValue:
        in_cohort = membership.status.isin(sorted(statuses.where(end, "in_cohort", "yes"))).cast("int64")
        return (days(membership.starts) << (_AREA_BITS + 1)) | (in_cohort << _AREA_BITS) | area

    spans = membership.mutate(**{f"packed_{place}": packed(ends[place]) for place in sorted(set(places))})
    return spans.group_by("learner").agg(**{
        f"member_{number}": spans[f"packed_{place}"].max(where=_covers(spans, end))
        for number, (end, place) in enumerate(zip(ends, places, strict=True))
    })


def _held(activity: ir.Table, known: datetime | None) -> ir.BooleanValue:
    """Whether an activity was believed at a moment; without one, whether it is."""
    if known is None:
        return activity.known_to.isnull()
    moment = ibis.literal(known, "timestamp('UTC')")
    return (activity.known_from <= moment) & (activity.known_to.isnull() | (activity.known_to > moment))


def _activities(activity: ir.Table, rules: Rules, ends: Sequence[date], known: datetime | None,
                wanted: Collection[str]) -> ir.Table:
    """Each learner's activity at each end, packed as packing.py has it."""
    believed = activity.filter(_held(activity, known))
    editions = [rules.currency.on(end) for end in ends]
    distinct = list({id(edition): edition for edition in editions}.values())
    rows = packed_activities(believed, distinct)
    if "provider" in wanted:
        # Put after the packed number, so that the greatest text is the current activity's.
        held = ibis.coalesce(rows.establishment, rows.provider, "")
        rows = rows.mutate(**{f"with_provider_{place}": rows[f"packed_{place}"].cast("string").lpad(_KEY_DIGITS, "0") + held
                              for place in range(len(distinct))})
    found: dict[str, Any] = {}
    for number, (end, edition) in enumerate(zip(ends, editions, strict=True)):
        place = distinct.index(edition)
        found[f"activity_{number}"] = rows[f"packed_{place}"].max(where=rows.start <= end)
        if "provider" in wanted:
            found[f"provider_{number}"] = rows[f"with_provider_{place}"].max(where=rows.start <= end)
    current = rows.group_by("learner").agg(**found)
    if "neet_since" not in wanted:
        return current
    return current.left_join(_spells(rows, rules, ends), "learner").drop("learner_right")


def _spells(rows: ir.Table, rules: Rules, ends: Sequence[date]) -> ir.Table:
    """The first day of each learner's spell of being NEET at each end; empty where the current activity is not NEET."""
    rows = _cut_where_codes_turn(rows, rules.activities, ends[-1])
    rows = rows.mutate(is_neet=_is_neet(rows, rules.activities))
    broken = rows.group_by("learner").agg(**{
        f"broken_{number}": rows.packed_0.max(where=~rows.is_neet & (rows.start <= end)) for number, end in enumerate(ends)
    }).rename(broken_learner="learner")
    # What we hold goes before what we were told: nothing told reaches back to what broke the spell, or beyond it.
    told = ibis.least(rows.start, ibis.coalesce(rows.neet_start, rows.start))
    held = rows.filter(rows.is_neet).select("learner", "start", "packed_0", told=told, told_day=days(told))
    held = held.join(broken, held.learner == broken.broken_learner)

    def since(number: int, end: date) -> ir.DateScalar:
        last = ibis.coalesce(held[f"broken_{number}"], -1)
        first = (held.told_day > start_of(last)).ifelse(held.told, held.start)
        return first.min(where=(held.start <= end) & (held.packed_0 > last))

    return held.group_by("learner").agg(**{f"since_{number}": since(number, end) for number, end in enumerate(ends)})


def _cut_where_codes_turn(rows: ir.Table, codes: CodeSet, last: date) -> ir.Table:
    """The activities, and each again from a day on from which its code comes or ceases to count as NEET, where it was current
    then. Nothing was told with a time that began so. Where no code turns, as most years, there is nothing more to work out.
    """
    rows = rows.select("learner", "start", "packed_0", "neet_start")
    again = []
    for day in _turns(codes, last):
        turning = _neet(codes, day) ^ _neet(codes, day - timedelta(days=1))
        current = rows.group_by("learner").agg(packed_0=rows.packed_0.max(where=rows.start <= day))
        cut = current.filter(code_of(current.packed_0).isin(numbers(turning)) & (start_of(current.packed_0) < day_number(day)))
        again.append(cut.select("learner", start=ibis.literal(day), packed_0=begun_on(cut.packed_0, day),
                                neet_start=ibis.literal(None, "date")))
    return reduce(ir.Table.union, again, rows)


def _is_neet(rows: ir.Table, codes: CodeSet) -> ir.BooleanValue:
    """Whether the code of each activity counts as NEET on the day that it began."""
    code = code_of(rows.packed_0)
    times = [(rows.start < day, code.isin(numbers(_neet(codes, day - timedelta(days=1))))) for day in _turns(codes)]
    now = code.isin(numbers(_neet(codes, date.max)))
    return ibis.cases(*times, else_=now) if times else now


def _neet(codes: CodeSet, day: date) -> frozenset[str]:
    return codes.where(day, "group", Standing.NEET)


def _turns(codes: CodeSet, last: date = date.max) -> list[date]:
    """The days, up to a last, from which some code counts in another group than before."""
    return sorted({day for held in codes.turns("group").values() for day in held if day <= last})


def _traits(trait: ir.Table, rules: Rules, ends: Sequence[date]) -> ir.Table:
    """What holds of each learner at each end: the sum of a power of two for each trait, in the order of bits_of."""
    bits = bits_of(rules)
    held = trait.filter(trait.trait.isin(list(bits)))
    once = held.group_by("learner", "trait").agg(**{
        f"held_{number}": _covers(held, end).cast("int64").max() for number, end in enumerate(ends)
    })
    worth = ibis.cases(*((once.trait == name, ibis.literal(bit, "int64")) for name, bit in bits.items()), else_=0)
    once = once.mutate(worth=worth)
    return once.group_by("learner").agg(**{
        f"traits_{number}": (once[f"held_{number}"] * once.worth).sum() for number in range(len(ends))
    })


def _districts(home: ir.Table, ends: Sequence[date]) -> ir.Table:
    dated = home.mutate(dated=days(home.starts).cast("string").lpad(_DAY_DIGITS, "0") + ibis.coalesce(home.district, ""))
    return dated.group_by("learner").agg(**{
        f"home_{number}": dated.dated.max(where=_covers(dated, end)) for number, end in enumerate(ends)
    })


def _long(wide: ir.Table, rules: Rules, ends: Sequence[date], wanted: Collection[str]) -> ir.Table:
    """A row for each month end at which somebody is counted, with numbers still for what labels.py puts into words."""
    # Joined to the months' numbers rather than unnested: on rows that were unnested, DuckDB 2.0 fails inside now and then.
    numbered = wide.cross_join(ibis.range(len(ends)).unnest().name("number").as_table())

    def held(name: str) -> Any:
        return of_month(numbered.number, [numbered[f"{name}_{number}"] for number in range(len(ends))])

    months = {**personal_of_month(numbered, rules, ends), "member": held("member"), "packed": held("activity"),
              "month_end": of_month(numbered.number, [ibis.literal(end) for end in ends]),
              "traits": ibis.coalesce(held("traits"), 0)}
    if "district" in wanted:
        months["district"] = held("home").substr(_DAY_DIGITS).nullif("")
    if "provider" in wanted:
        months["provider"] = held("provider").substr(_KEY_DIGITS).nullif("")
    if "neet_since" in wanted:
        months["neet_since"] = held("since")
    rows = numbered.select("number", "learner", "school_year", "school_at_16", **months)
    rows = rows.filter(((rows.member >> _AREA_BITS) & 1) == 1)
    return rows.mutate(
        area_number=rows.member & ((1 << _AREA_BITS) - 1),
        academic_age=of_month(rows.number, [ibis.literal(academic_year(end), "int64") for end in ends]) - rows.school_year,
        code_number=code_of(rows.packed),
        past=ibis.coalesce(lapse_of(rows.packed) < of_month(rows.number, [
            ibis.literal(day_number(end), "int64") for end in ends
        ]), False),
    )
