"""The measures counted from the register are what a slow count of the same people gives, group by group."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from tests.oracles.invented import ENDS, KNOWN, invented, tables_of
from tests.oracles.months import read_lists, row_of
from throughline.analytics.measures.definition import Headline, Kind, Measure
from throughline.analytics.measures.disclosure import Cell, load_group_rule
from throughline.analytics.measures.load import load_measures
from throughline.analytics.measures.register_figures import register_figures
from throughline.analytics.participation.rules import load_rules
from throughline.analytics.warehouse.inputs import RegisterRows

AVERAGED = {Headline.THREE_MONTHS: ENDS[1:4], Headline.THREE_MONTHS_OLDER: ENDS[:3], Headline.SNAPSHOT: ENDS[4:]}
PEOPLE = invented(2000)


class Months(dict[date, list[dict]]):
    """Everybody's row at each month end, and what was looked up of them for a measure once."""

    def __init__(self, rows: dict[date, list[dict]]) -> None:
        super().__init__(rows)
        self.looked_up: dict[tuple, list[tuple]] = {}


@pytest.fixture(scope="module")
def measures(definitions) -> dict[str, Measure]:
    return {id: measure for id, measure in load_measures(definitions).items() if measure.kind is Kind.REGISTER}


@pytest.fixture(scope="module")
def found(definitions, listed, measures) -> dict[tuple, dict]:
    rows = RegisterRows(tables_of(PEOPLE), ENDS, KNOWN, load_rules(listed), load_group_rule(definitions))
    key = ("measure", "area", "period", "breakdown", "group")
    return {tuple(row[name] for name in key): row for row in register_figures(rows, measures).to_pylist()}


@pytest.fixture(scope="module")
def months(listed) -> Months:
    lists = read_lists(listed)
    return Months({end: [row for person in PEOPLE if (row := row_of(person, end, KNOWN, lists))] for end in ENDS})


def test_every_figure_that_is_told_is_the_slow_count(found, measures, months):
    told = {key: row for key, row in found.items() if row["status"] == "final"}
    assert len(told) > 300
    assert len({key[0] for key in told}) == len(measures)
    for key, row in told.items():
        numerator, denominator = counted(measures[key[0]], months, *key[1:])
        assert (row["numerator"], row["denominator"]) == pytest.approx((numerator, denominator)), key
        assert row["value"] == pytest.approx(100 * numerator / denominator), key


def test_every_group_that_anybody_is_in_has_its_line(found, measures, months):
    """Told or hidden; for the breakdown by sex, whose groups a reader can name."""
    for id, measure in measures.items():
        periods = {period for named, _, period, _, _ in found if named == id}
        for period in periods:
            groups = {group for named, area, at, by, group in found if (named, area, at, by) == (id, "899", period, "sex")}
            expected = {row["sex"] for end in ends_of(measure, period) for row in months[end]
                        if row["area"] == "899" and row["academic_age"] in (16, 17) and not row["excluded"]}
            assert groups == expected


def test_the_classes_of_the_duty_are_of_everybody(found, measures):
    """Told or hidden, of each period: with those whose activity is in no class, they are all it is counted among."""
    tables = defaultdict(dict)
    for (id, area, period, by, group), row in found.items():
        if by == "duty_class" and area == "899":
            tables[id, period][group] = row
    assert {id for id, _ in tables} == {"duty_16_17_register", "duty_16_17_average_register"}
    for (id, period), table in tables.items():
        assert set(table) == {"participating", "working_towards", "temporary_break", "not_participating", "not_known"}
        everyone = found[id, "899", period, "", ""]
        told = [row["numerator"] for row in table.values() if row["status"] == "final"]
        assert everyone["numerator"] < sum(told) <= everyone["denominator"], (id, period)


def test_each_headline_is_of_its_own_months(found, measures):
    periods = defaultdict(set)
    for id, _, period, _, _ in found:
        periods[measures[id].register.headline].add(period)
    assert periods == {
        Headline.THREE_MONTHS: {"2027"}, Headline.THREE_MONTHS_OLDER: {"2027"}, Headline.SNAPSHOT: {"2027"},
        Headline.MONTH: {"November 2026", "December 2026", "January 2027", "February 2027", "March 2027"},
    }


def test_a_figure_that_is_hidden_carries_nothing(found):
    hidden = [row for row in found.values() if row["status"] == "suppressed"]
    assert hidden
    assert {row[name] for row in hidden for name in ("numerator", "denominator", "value")} == {None}


ASKED = (
    {"participation_type": ("apprenticeship",)}, {"characteristic_110": (True,)}, {"standing": ("neet",), "sex": ("female",)},
    {"code": ("619",)}, {"standing": ("neet",), "academic_age": (16,)}, {"tracked": (True,), "lapsed": (True,)},
)


def test_a_measure_may_ask_of_any_column_that_there_is(definitions, listed, measures, months):
    """Beside all the others, which they may not change, and from which they are told apart where they would tell too much."""
    month = measures["neet_16_17_month_register"]
    more = {f"more {place}": replace(month, id=f"more {place}", register=replace(
        month.register, numerator={"academic_age": (16, 17), **asked})) for place, asked in enumerate(ASKED)}
    rows = RegisterRows(tables_of(PEOPLE), ENDS, KNOWN, load_rules(listed), load_group_rule(definitions))
    figures = register_figures(rows, {**measures, **more}).to_pylist()
    told = [row for row in figures if row["measure"] in more and row["status"] == "final"]
    assert {row["measure"] for row in told} == set(more)
    for row in told:
        key = (row["area"], row["period"], row["breakdown"], row["group"])
        assert (row["numerator"], row["denominator"]) == counted(more[row["measure"]], months, *key), (row["measure"], key)


def counted(measure: Measure, months: Months, area: str, period: str, breakdown: str, group: str):
    """How many are counted, and among how many, by going over everybody once for each month end."""
    ends = ends_of(measure, period)
    sums = [0, 0]
    for counts, among, row in _people_of(measure, months, area, ends):
        if breakdown in ("participation_type", "duty_class"):
            sums[0] += meets(row, {**measure.register.numerator, breakdown: (group,)})
            sums[1] += among
        elif in_group(row, breakdown, group):
            sums[0] += counts
            sums[1] += among
    return sums[0] / len(ends), sums[1] / len(ends)


def _people_of(measure: Measure, months: Months, area: str, ends: tuple[date, ...]) -> list[tuple]:
    """Everybody of an area at each month end: whether they are in the numerator, and in the denominator."""
    key = (measure.id, area, ends)
    if key not in months.looked_up:
        months.looked_up[key] = [(meets(row, measure.register.numerator), meets(row, measure.register.denominator), row)
                     for end in ends for row in months[end] if row["area"] == area]
    return months.looked_up[key]


def ends_of(measure: Measure, period: str) -> tuple[date, ...]:
    """The month ends of a period."""
    return AVERAGED.get(measure.register.headline) or tuple(end for end in ENDS if f"{end:%B %Y}" == period)


def meets(row: dict, where: dict) -> bool:
    """Whether somebody meets every condition."""
    return all(row[column] in values for column, values in where.items())


def in_group(row: dict, breakdown: str, group: str) -> bool:
    """Whether somebody is in a group."""
    if breakdown == "":
        return True
    if breakdown == "vulnerable_group":
        return row[{"any": "any_vulnerable", "young_mother": "young_mother"}.get(group, f"characteristic_{group}")]
    value = row[breakdown]
    return str("not_known" if value is None else value) == group


def test_nobody_learns_of_each_of_a_small_group_that_all_or_none_are_counted(found, measures, months, definitions):
    """No count is less than none: where what is hidden comes to none, or to all, it is so of every group that is hidden."""
    rule, tried = load_group_rule(definitions), 0
    tables = defaultdict(dict)
    for (id, area, period, by, group), row in found.items():
        if by not in ("", "participation_type", "duty_class"):
            tables[id, area, period, by][group] = row
    for (id, area, period, by), table in tables.items():
        everyone = found[id, area, period, "", ""]
        told = {group: Cell(row["numerator"], row["denominator"]) for group, row in table.items() if row["status"] == "final"}
        hidden = [group for group, row in table.items() if row["status"] != "final"]
        if not told or everyone["status"] != "final" or Cell(everyone["numerator"], everyone["denominator"]).is_whole:
            continue
        left = Cell(*(everyone[name] - sum(getattr(cell, name) for cell in told.values())
                      for name in ("numerator", "denominator")))
        known = ("any" in told and told["any"].is_whole) if by == "vulnerable_group" else left.is_whole
        tried += 1
        for group in hidden if known else ():
            true = Cell(*counted(measures[id], months, area, period, by, group))
            assert not rule.hides(by, true), (id, area, period, by, group)
    assert tried > 20


def test_those_of_any_vulnerable_group_are_hidden_where_they_would_tell_of_each_of_a_small_one(definitions, measures):
    lists, rules, rule = read_lists(definitions), load_rules(definitions), load_group_rule(definitions)
    few = []  # of the only small group, of whom none is NEET, as none is of any vulnerable group

    def kept(person) -> bool:
        rows = [row for end in ENDS if (row := row_of(person, end, KNOWN, lists))]
        if any(row["any_vulnerable"] and row["standing"] in ("neet", "not_known") for row in rows):
            return False
        if any(row["characteristic_170"] for row in rows):
            few.append(person)
        return person not in few[10:]

    rows = RegisterRows(tables_of([person for person in PEOPLE if kept(person)]), ENDS, KNOWN, rules, rule)
    shown = {(row["area"], row["period"], row["group"]): row["status"] for row in register_figures(rows, measures).to_pylist()
             if row["breakdown"] == "vulnerable_group" and row["measure"] == "neet_16_17_month_register"}
    assert shown["899", "December 2026", "170"] == shown["899", "December 2026", "any"] == "suppressed"


@pytest.mark.parametrize("fathers", [0, 12, 1000], ids=["none", "few", "many"])
@pytest.mark.parametrize("apart", [(), ("190",)], ids=["all care for their child", "some do not"])
def test_nobody_works_out_the_few_young_fathers_from_parents_and_young_mothers(definitions, measures, apart, fathers):
    """Of those in either group of parents there are at least as many as in the greater, and at most as many as in both."""
    rules, rule, told = load_rules(definitions), load_group_rule(definitions), 0
    rows = RegisterRows(tables_of(list(with_parents(invented(1200), fathers, apart))), ENDS, KNOWN, rules, rule)
    shown = defaultdict(dict)
    for row in register_figures(rows, measures).to_pylist():
        if row["breakdown"] == "vulnerable_group" and row["status"] == "final":
            shown[row["measure"], row["area"], row["period"]][row["group"]] = Cell(row["numerator"], row["denominator"])
    for where, groups in shown.items():
        parents = [groups[code] for code in ("120", "190") if code in groups]
        if "young_mother" in groups and parents:
            mothers = groups["young_mother"]
            least, most = (Cell(*(of(getattr(cell, name) for cell in parents) - getattr(mothers, name)
                                  for name in ("numerator", "denominator"))) for of in (max, sum))
            told += 1
            assert least != most or not rule.hides("vulnerable_group", least), where
    assert told or fathers == 12 or apart


def with_parents(people: list[dict], fathers: int, apart: tuple[str, ...]) -> Iterator[dict]:
    """Of every two women one is a parent, and so many men are; of whom every third is so too by what apart says."""
    for number, person in enumerate(people):
        traits = [one for one in person["trait"] if one["trait"] not in ("120", "190")]
        woman = person["learner"]["gender"] == "F"
        if number % 2 and (woman or fathers > 0):
            fathers -= not woman
            held = ("120", *(apart if number % 3 == 0 else ()))
            traits += [{"learner": number, "trait": trait, "starts": date(2025, 9, 1), "ends": None} for trait in held]
        yield person | {"trait": traits}
