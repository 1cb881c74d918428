"""The five published quintile columns of the 2025 and 2021 scorecards, cell by cell, from the product's own comparison.

The files print one decimal; where the store has more it settles ties. NEET, and NEET or not known, have one decimal in the
store too, so which of the authorities level across a cut went which way cannot be told: the product goes by code.
"""

from dataclasses import dataclass

import pytest

from tests.analytics.tiny import AREAS, DATASET, Tiny, cells, column, measure
from tests.spec.scorecard_files import read_scorecard, read_store
from throughline.core.polarity import Polarity

BETTER = {"lower": Polarity.LOWER_IS_BETTER, "higher": Polarity.HIGHER_IS_BETTER}


@dataclass(frozen=True)
class Column:
    """A published quintile column, the column it ranks, where the store has the same, and what its 1 stands for."""

    quintile: str
    figure: str
    store: str
    years: str
    first: str


NK, NEET, NOT_KNOWN = "16-17_not known_NEET", "16-17 NEET", "16-17_not known"
PARTICIPATION, GUARANTEE = "16-17Ed&Training", "Sept_Guarantee"
WORDS = {"participation": "TOTAL_participating_in_education_and_training_percent",
         "guarantee": "September_guarantee_Offer_made_percent"}
COLUMNS = {
    "2025 NEET or not known": Column("NEET_NK_quintile", "NEET_not_known_percent", NK, "2025", "lower"),
    "2025 NEET": Column("NEET_quintile", "NEET_percent", NEET, "2025", "lower"),
    "2025 not known": Column("Notknown_quintile", "Notknown_percent", NOT_KNOWN, "2025", "lower"),
    "2025 participation": Column("Participation_ET_quintile", WORDS["participation"], PARTICIPATION, "2025", "higher"),
    "2025 guarantee": Column("Sep_guarantee_quintile", WORDS["guarantee"], GUARANTEE, "2024", "higher"),
    "2021 NEET or not known": Column("NEET_NK_quintile", "NEET_not_known_percent", NK, "2021", "lower"),
    "2021 NEET": Column("NEET_quintile", "NEET_percent", NEET, "2021", "lower"),
    "2021 not known": Column("Notknown_quintile", "Notknown_percent", NOT_KNOWN, "2021", "lower"),
    # In 2021 the numbers of these two ran the other way: 1 was the lowest.
    "2021 participation": Column("Participation_ET_quintile", WORDS["participation"], PARTICIPATION, "2021", "lower"),
    "2021 guarantee": Column("Sep_guarantee_quintile", WORDS["guarantee"], GUARANTEE, "2020", "lower"),
}
TIE = "level with another across a cut, to every decimal published"
# column | authority | published | ours | why
DIFFERS = f"""
2025 NEET or not known | Coventry              | 3 | 2 | {TIE}
2025 NEET or not known | Milton Keynes         | 2 | 3 | {TIE}
2025 NEET              | Croydon               | 2 | 1 | {TIE}
2025 NEET              | Lambeth               | 2 | 1 | {TIE}
2025 NEET              | Darlington            | 1 | 2 | {TIE}
2025 NEET              | North Northamptonshire| 1 | 2 | {TIE}
2025 NEET              | Somerset              | 3 | 4 | {TIE}
2025 NEET              | Thurrock              | 4 | 3 | {TIE}
2025 guarantee         | Cheshire East         | 3 | 2 | {TIE}
2025 guarantee         | Middlesbrough         | 2 | 3 | {TIE}
2021 NEET or not known | Croydon               | 4 | 3 | {TIE}
2021 NEET or not known | Isle of Wight         | 3 | 4 | {TIE}
2021 NEET              | Bexley                | 2 | 1 | {TIE}
2021 NEET              | Southend-on-Sea       | 1 | 2 | {TIE}
2021 NEET              | Milton Keynes         | 4 | 3 | {TIE}
2021 NEET              | Reading               | 3 | 4 | {TIE}
2021 NEET              | Rotherham             | 5 | 4 | {TIE}
2021 NEET              | Sheffield             | 4 | 5 | {TIE}
2021 participation     | Bradford              | 2 | 1 | {TIE}
2021 participation     | Portsmouth            | 1 | 2 | {TIE}
"""


@pytest.fixture(scope="module")
def published(sources):
    """By column: the published quintile of each authority that has one."""
    rows = {year: read_scorecard(sources, year) for year in (2025, 2021)}
    return {name: {row["old_la_code"]: (row["la_name"], row[c.quintile], row[c.figure]) for row in rows[int(name[:4])]}
            for name, c in COLUMNS.items()}


@pytest.fixture(scope="module")
def sharpened(sources, published):
    """By column: the value of each authority, the store's where it is the file's with more decimals."""
    store = read_store(sources)
    found = {}
    for name, c in COLUMNS.items():
        finer = store.values(c.store, c.years)
        numbers = {code: float(text) for code, (_, _, text) in published[name].items() if text not in ("c", "z", "x", "")}
        found[name] = {code: finer[code] if abs(finer[code] - value) <= 0.0500001 else value for code, value in numbers.items()}
    return found


@pytest.fixture(scope="module")
def ours(published, sharpened, tmp_path_factory):
    """By column: the product's quintile of each authority."""
    names = {code: name for held in published.values() for code, (name, *_) in held.items()}
    england = AREAS.splitlines()[1]
    places = [f"{code} | {name} | authority | |" for code, name in names.items()]
    tiny, measures = Tiny(areas="\n".join([england, *places])), []
    for number, (name, c) in enumerate(COLUMNS.items()):
        lines = [f"{code} | {value!r}" for code, value in sharpened[name].items()]
        tiny.add("\n".join(["area | 2025", *lines]), f"column_{number}")
        measures.append(measure(f"column_{number}", polarity=BETTER[c.first]))
    assert {row["dataset"] for row in tiny.rows} == {DATASET}
    warehouse = tiny.build(tmp_path_factory.mktemp("quintiles"), *measures)
    return {name: column(warehouse, "quintile", f"column_{number}") for number, name in enumerate(COLUMNS)}


@pytest.mark.parametrize("name", COLUMNS)
def test_every_cell_is_the_published_one_but_for_those_named(published, ours, name):
    differing = {
        (who, int(printed), ours[name][code]) for code, (who, printed, _) in published[name].items()
        if code in ours[name] and ours[name][code] != int(printed)
    }
    assert differing == {(who, int(theirs), int(own)) for col, who, theirs, own, _ in cells(DIFFERS) if col == name}


@pytest.mark.parametrize("name", COLUMNS)
def test_only_those_without_a_figure_have_no_quintile(published, ours, name):
    without = {code for code, (_, printed, _) in published[name].items() if printed in ("c", "z", "x", "")}
    assert published[name].keys() - ours[name].keys() == without
    assert len(without) <= 1


@pytest.mark.parametrize("row", [row for row in cells(DIFFERS) if row[4] == TIE], ids=lambda row: f"{row[0]}, {row[1]}")
def test_a_tie_named_is_one(published, sharpened, row):
    name, who, theirs, own, _ = row
    code = next(code for code, (named, *_) in published[name].items() if named == who)
    level = {published[name][other][1] for other, value in sharpened[name].items() if value == sharpened[name][code]}
    assert {theirs, own} <= level


def test_the_group_left_larger_is_that_of_the_lowest_values(published, sharpened):
    sizes = {name: [sum(printed == str(group) for _, printed, _ in held.values()) for group in range(1, 6)]
             for name, held in published.items()}
    assert sizes["2025 NEET or not known"] == [31, 30, 30, 30, 30]  # the lowest are the best
    assert sizes["2025 guarantee"] == [30, 30, 30, 30, 31]  # the lowest are the worst
    assert sizes["2021 participation"] == [30, 30, 30, 30, 29]
    lowest = min(sharpened["2025 guarantee"], key=sharpened["2025 guarantee"].get)
    assert published["2025 guarantee"][lowest][1] == "5"
