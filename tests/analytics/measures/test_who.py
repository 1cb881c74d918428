"""Who is counted can be asked of a figure, from a file that only its owner may read."""

import stat

import pytest

from tests.oracles.invented import ENDS, KNOWN, invented, tables_of
from tests.oracles.months import read_lists, row_of
from throughline.analytics.measures.disclosure import load_group_rule
from throughline.analytics.measures.load import load_measures
from throughline.analytics.measures.who import counted, counting, counts, keep_people
from throughline.analytics.participation.rules import load_rules
from throughline.analytics.warehouse.inputs import RegisterRows

PEOPLE = invented(900)
END = ENDS[1]


@pytest.fixture(scope="module")
def rules(definitions):
    return load_rules(definitions)


@pytest.fixture(scope="module")
def measures(definitions):
    return load_measures(definitions)


@pytest.fixture(scope="module")
def kept(tmp_path_factory, definitions, rules):
    path = tmp_path_factory.mktemp("people") / "people.parquet"
    keep_people(path, RegisterRows(tables_of(PEOPLE), ENDS, KNOWN, rules, load_group_rule(definitions)))
    return path


@pytest.mark.parametrize(("breakdown", "group", "inside"), [
    ("", "", lambda row: True),
    ("sex", "female", lambda row: row["sex"] == "female"),
    ("district", "not_known", lambda row: row["district"] is None),
    ("vulnerable_group", "any", lambda row: row["any_vulnerable"]),
    ("vulnerable_group", "young_mother", lambda row: row["young_mother"]),
    ("vulnerable_group", "170", lambda row: row["characteristic_170"]),
])
def test_they_are_those_whom_the_slow_count_counts(kept, rules, measures, definitions, breakdown, group, inside):
    lists = read_lists(definitions)
    rows = [row for person in PEOPLE if (row := row_of(person, END, KNOWN, lists)) and row["area"] == "899"]
    expected = [row["learner"] for row in rows
                if row["academic_age"] in (16, 17) and row["standing"] == "neet" and inside(row)]
    assert expected
    found = counted(kept, rules, measures["neet_16_17_register"], "899", END, breakdown, group)
    assert [one.learner for one in found] == expected
    assert counts(kept, rules, measures["neet_16_17_register"], "899", breakdown, group)[END] == len(expected)


@pytest.mark.parametrize("group", ["participating", "working_towards", "temporary_break", "not_participating", "not_known"])
def test_every_class_of_the_duty_has_its_people_and_not_only_those_whom_the_measure_counts(kept, rules, measures, definitions,
                                                                                          group):
    lists = read_lists(definitions)
    rows = [row for person in PEOPLE if (row := row_of(person, END, KNOWN, lists)) and row["area"] == "899"]
    expected = [row["learner"] for row in rows if row["academic_age"] in (16, 17) and row["duty_class"] == group]
    assert expected
    asked = (kept, rules, measures["duty_16_17_register"], "899")
    assert [one.learner for one in counted(*asked, END, "duty_class", group)] == expected
    assert counts(*asked, "duty_class", group)[END] == len(expected)


def test_what_the_count_saw_of_each_stands_beside_them(kept, rules, measures, definitions):
    lists = read_lists(definitions)
    rows = {row["learner"]: row for person in PEOPLE if (row := row_of(person, END, KNOWN, lists))}
    found = counted(kept, rules, measures["not_known_16_17_register"], "899", END)
    assert any(one.lapsed for one in found)
    for one in found:
        assert one._asdict() == {name: rows[one.learner][name] for name in one._fields}


def test_one_learner_is_counted_by_a_measure_exactly_when_they_are_among_those_it_counts(kept, rules, measures):
    asked = [measures["neet_16_17_register"], measures["participation_16_17_register"]]
    everybody = {one.learner for measure in asked for end in ENDS for one in counted(kept, rules, measure, "899", end)}
    for learner in sorted(everybody)[:40]:
        held = counting(kept, rules, asked, "899", learner)
        for measure in asked:
            for told in held[measure.id]:
                among = {one.learner for one in counted(kept, rules, measure, "899", told.month_end)}
                assert told.counted == (learner in among)
                assert told.among or not told.counted


def test_only_its_owner_may_read_the_file(kept):
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["people.parquet"]


@pytest.mark.parametrize(("measure", "breakdown", "group"), [
    ("neet_16_17", "", ""), ("neet_16_17_register", "participation_type", "apprenticeship"),
    ("neet_16_17_register", "vulnerable_group", "999"),
])
def test_what_cannot_be_asked_is_refused(kept, rules, measures, measure, breakdown, group):
    with pytest.raises(ValueError, match=r"register|breakdown|vulnerable"):
        counted(kept, rules, measures[measure], "899", END, breakdown, group)
