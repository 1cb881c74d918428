"""Nobody can work out a small count from all that is told of a register: figures, groups, kinds of activity and ranges."""

import csv
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.oracles.attacker import Equation, Found, found
from tests.oracles.invented import CODES, ENDS, KNOWN, invented, tables_of
from tests.oracles.months import Lists, read_lists, row_of, said_of
from tests.oracles.test_register_figures import AVERAGED, meets
from tests.oracles.turned import turned
from throughline.analytics.measures.definition import Kind, Measure
from throughline.analytics.measures.disclosure import Cell, load_group_rule
from throughline.analytics.measures.load import load_measures
from throughline.analytics.measures.ranges import neet_ranges
from throughline.analytics.measures.register_figures import register_figures
from throughline.analytics.participation.rules import load_rules
from throughline.analytics.warehouse.inputs import RegisterRows

TURNING = "hundreds, whose codes turn between the months of an average"
KINDS = ("participation_type", "duty_class")
REGISTERS = {
    "thousands": lambda: invented(3000),
    "hundreds, of whom few are NEET in one month of three": lambda: invented(350),
    "hardly anybody in part-time education": lambda: invented(1000, codes=(*CODES * 6, "250")),
    "hardly anybody outside learning, or on a break": lambda: invented(
        1200, codes=(*("210", "230", "310", "410", "619", "810") * 8, "330", "530", "640", "640")),
    TURNING: lambda: invented(350),
    "hundreds, of whom nobody works towards the duty in one month": lambda: invented(350, 38862),
    "hundreds, in which participation and the duty come to be the same": lambda: invented(350, 381853),
}


@pytest.fixture(scope="module")
def measures(definitions) -> dict[str, Measure]:
    return {id: measure for id, measure in load_measures(definitions).items() if measure.kind is Kind.REGISTER}


@pytest.fixture(scope="module", params=REGISTERS)
def registered(request) -> str:
    """Which of the registers it is."""
    return request.param


@pytest.fixture(scope="module")
def lists(registered, definitions, tmp_path_factory) -> Path:
    """The definitions by which it is counted."""
    return turned(definitions, tmp_path_factory.mktemp("turned")) if registered == TURNING else definitions


@pytest.fixture(scope="module")
def made(registered, lists, definitions, measures) -> list[dict]:
    """Every row that is made, and of each range the two percentages that are its ends, and NEET as once adjusted."""
    register = RegisterRows(tables_of(REGISTERS[registered]()), ENDS, KNOWN, load_rules(lists), load_group_rule(definitions))
    figures = register_figures(register, measures)
    of_everyone = {"breakdown": "", "group": "", "status": "final"}
    ranges = [{**row, **of_everyone, "measure": row["measure"].replace(*names), "percent": row[end], "shares": end == "adjusted"}
              for row in neet_ranges(register, measures, figures).to_pylist()
              for end, names in (("low", ("", "")), ("high", ("neet", "neet_or_not_known", 1)), ("adjusted", ("", "")))
              if row[end] is not None]
    return figures.to_pylist() + ranges


@pytest.fixture(scope="module")
def sorts(lists) -> dict[date, dict[str, dict]]:
    """Of each sort that there may be one who is 16: of every code that may be used then, current and lapsed, and of whom nothing
    is held. Whoever adds up knows which codes are no longer used.
    """
    said = read_lists(lists)
    with (lists / "codesets" / "learners" / "activity.csv").open(newline="", encoding="utf-8") as file:
        codes = sorted({line["code"] for line in csv.DictReader(file)})
    people = {**{code: (code, 20) for code in codes}, **{f"{code} lapsed": (code, 2000) for code in codes}, "none": ("", 0)}
    held: dict[date, dict[str, dict]] = {}
    for end in ENDS:
        rows = {sort: row_of(one(code, end - timedelta(days)), end, KNOWN, said) for sort, (code, days) in people.items()
                if not code or is_used(said_of(said.activity, code, end), end)}
        held[end] = {sort: {**row, "share": share_of(row, end, said)} for sort, row in rows.items()
                     if not row["excluded"] and row["lapsed"] >= ("lapsed" in sort)}
    return held


def is_used(line: dict, end: date) -> bool:
    """Whether a line of the code list is of a code that may be said on a day."""
    return line["valid_from"] <= end.isoformat() <= (line["valid_to"] or "9999")


def share_of(row: dict, end: date, said: Lists) -> float:
    """What of somebody NEET as once adjusted takes to be NEET, beside those who are."""
    group = said_of(said.activity, row["code"], end)["group"] if row["lapsed"] else "not_known"
    return {"not_known": 0, "neet": 0.58}.get(group, 0.08)


def one(code: str, start: date) -> dict:
    """Somebody of academic age 16 who does one thing."""
    activity = {"code": code, "start": start, "ascertained": start, "verified": start, "review": start, "predicted_end": None,
                "neet_start": None, "establishment": None, "provider": None, "known_to": None,
                "known_from": datetime.combine(start, datetime.min.time(), UTC)}
    return {"learner": {"learner": 1, "born": date(2010, 1, 1), "gender": "F", "ethnic_group": "WBRI", "school_at_16": None},
            "membership": [{"area": "899", "status": "P", "starts": date(2025, 9, 1), "ends": None}], "trait": [], "home": [],
            "activity": [activity] if code else []}


def equations(rows: list[dict], groups: list[str], measures: dict[str, Measure], sorts: dict) -> list[Equation]:
    """What rows that are told say of how many there are of each sort in each group, among whom they are counted too."""
    said = []
    for row in rows:
        source = measures[row["measure"]].register
        ends = AVERAGED.get(source.headline) or tuple(end for end in ENDS if f"{end:%B %Y}" == row["period"])
        where = groups if row["breakdown"] in ("", *KINDS) else [row["group"]]
        asked = {**source.numerator, **({row["breakdown"]: (row["group"],)} if row["breakdown"] in KINDS else {})}

        def times(counted: float, among: float, of=(source, asked, ends, where, row)) -> dict:
            """Each sort as often as it is counted, and as often as it is of those it is counted among."""
            source, asked, ends, where, row = of
            shares = row.get("shares", False)
            at = {end: {sort: (counted * meets(each, asked) + (among + shares * each["share"]) * meets(each, source.denominator))
                        / len(ends) for sort, each in sorts[end].items()} for end in ends}
            return {(end, group): at[end] for end in ends for group in where}

        if "percent" in row:
            said.append(Equation(0, times(1, -row["percent"] / 100)))
        else:
            said += [Equation(row["numerator"], times(1, 0)), Equation(row["denominator"] - row["numerator"], times(-1, 1))]
    return said


def test_nobody_can_work_out_a_small_count(made, measures, sorts, definitions):
    """Groups that add up to everyone are worked at together, those that overlap one by one; so are hidden groups, as one."""
    rule, tried = load_group_rule(definitions), 0
    by = defaultdict(list)
    for row in made:
        by[row["area"], row["breakdown"]].append(row)
    for area in sorted({area for area, _ in by}):
        everyone = told(row for kind in ("", *KINDS) for row in by[area, kind])
        for breakdown in sorted({breakdown for held, breakdown in by if held == area} - {*KINDS}):
            for groups, rows in parted(by[area, breakdown], everyone, breakdown):
                known = equations(told(rows), groups, measures, sorts)
                for each in found(known, together(rows, groups)):
                    tried += 1
                    special = breakdown == "" and is_of(each, rule.special_values, sorts)
                    assert not rule.hides(breakdown, Cell(each.count, each.among), special), (area, breakdown, each)
    assert tried > 500


def is_of(each: Found, classes: frozenset[str], sorts: dict) -> bool:
    """Whether whoever is found, or whoever is not, is of a class under the duty that is one of classes, each of them."""
    held = sorts[each.place[0]]
    return any(who and all(held[sort]["duty_class"] in classes for sort in who)
               for who in (each.sorts & held.keys(), held.keys() - each.sorts))


def told(rows) -> list[dict]:
    """Those rows that are told."""
    return [row for row in rows if row["status"] == "final"]


def parted(rows: list[dict], everyone: list[dict], breakdown: str) -> list[tuple[list[str], list[dict]]]:
    """The groups of a breakdown that are worked at together, with the rows that say something of them."""
    groups = sorted({row["group"] for row in rows})
    if breakdown != "vulnerable_group":
        return [(groups, [*rows, *everyone])]
    of = {group: [row for row in rows if row["group"] == group] for group in groups}
    return [(["any", "none"], [*of["any"], *everyone]), *(([group], of[group]) for group in groups if group != "any")]


def together(rows: list[dict], groups: list[str]) -> list[frozenset]:
    """Each group at each month end, and as one those that are hidden in any measure and period."""
    hidden = defaultdict(set)
    for row in rows:
        if row["status"] == "suppressed" and row["group"] in groups:
            hidden[row["measure"], row["period"]].add(row["group"])
    # All groups together are everyone, of whom more may be told.
    as_one = {frozenset(held) for held in hidden.values() if len(held) < len(groups)}
    taken = {*(frozenset([group]) for group in groups), *as_one}
    return [frozenset((end, group) for group in held) for end in ENDS for held in sorted(taken, key=sorted)]
