"""The schools register in both of its shapes, and what is said of each bad line."""

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest

from tests.analytics.formats.written import csv_of, workbook_of
from throughline.analytics.formats import schools
from throughline.core.problems import RefusedFileError

AREA_OF = {"202": "202", "370": "370"}
FIRST_OF_SEPTEMBER = datetime.combine(date(2018, 9, 1), time())  # as a workbook holds a day
SPINE = ["URN", "LA", "ESTAB", "LAESTAB", "SCHNAME", "POSTCODE", "ICLOSE", "OPENDATE", "CLOSEDATE", "NFTYPE",
         "ISPRIMARY", "ISSECONDARY", "ISPOST16", "AGEL", "AGEH"]
ARGYLE = [100008, 202, 2019, 2022019, "Argyle Primary School", "WC1H 9EG", 1, None, None, "Community school", 1, 0, 0, 3, 11]
REGISTER = ("URN|LA (code)|LA (name)|EstablishmentNumber|EstablishmentName|TypeOfEstablishment (name)|"
            "EstablishmentStatus (name)|OpenDate|CloseDate|PhaseOfEducation (name)|StatutoryLowAge|StatutoryHighAge|"
            "Postcode|UKPRN")
CAMDEN_HIGH = ("100053|202|Camden|4196|Camden High|Academy converter|Open|01-09-2012||Secondary|11|18|nw1  7jl|10034567")


@pytest.fixture
def read_spine(tmp_path, datasets):
    """Read rows under the headings of the performance tables' workbook; changes are made to a sound row."""

    def read(*changes):
        rows = [[{**dict(zip(SPINE, ARGYLE, strict=True)), **change}[name] for name in SPINE] for change in changes]
        path = workbook_of(tmp_path / "spine.xlsx", [SPINE, *rows])
        return schools.read(path, datasets["schools_spine_2018"], AREA_OF)

    return read


@pytest.fixture
def read_register(tmp_path, datasets):
    """Read lines under the headings of the full public register."""

    def read(*lines, headings=REGISTER):
        path = tmp_path / "register.csv"
        csv_of(path, "\n".join([headings, *lines]))
        return schools.read(path, datasets["gias"], AREA_OF)

    return read


def test_a_school_of_the_performance_tables(read_spine):
    assert read_spine({}).table.to_pylist() == [{
        "urn": "100008", "laestab": "2022019", "ukprn": None, "name": "Argyle Primary School", "area": "202",
        "phase": "primary", "type": "Community school", "status": "open", "opened_on": None, "closed_on": None,
        "low_age": 3, "high_age": 11, "postcode": "WC1H 9EG",
    }]


def test_a_school_of_the_public_register(read_register):
    result = read_register(CAMDEN_HIGH)
    assert result.problems == []
    assert result.table.to_pylist() == [{
        "urn": "100053", "laestab": "2024196", "ukprn": "10034567", "name": "Camden High", "area": "202",
        "phase": "secondary", "type": "Academy converter", "status": "open", "opened_on": date(2012, 9, 1),
        "closed_on": None, "low_age": 11, "high_age": 18, "postcode": "NW1 7JL",
    }]


@pytest.mark.parametrize(
    ("flags", "phase"),
    [((1, 0, 0), "primary"), ((0, 1, 1), "secondary"), ((1, 1, 0), "primary and secondary"), ((0, 0, 1), "16 plus"),
     ((0, 0, 0), None)],
)
def test_flags_become_a_phase(read_spine, flags, phase):
    change = dict(zip(("ISPRIMARY", "ISSECONDARY", "ISPOST16"), flags, strict=True))
    assert read_spine(change).table["phase"].to_pylist() == [phase]


@pytest.mark.parametrize(
    ("printed", "phase"),
    [("All-through", "primary and secondary"), ("Middle deemed secondary", "secondary"), ("Nursery", "nursery"),
     ("16 plus", "16 plus"), ("Not applicable", None)],
)
def test_printed_phases_become_ours(read_register, printed, phase):
    assert read_register(CAMDEN_HIGH.replace("Secondary", printed)).table["phase"].to_pylist() == [phase]


@pytest.mark.parametrize(
    ("change", "heading", "rule"),
    [
        ({"URN": 10008}, "URN", "six digits"),
        ({"URN": "10000A"}, "URN", "six digits"),
        ({"URN": 100009}, "URN", "each school once"),
        ({"SCHNAME": None}, "SCHNAME", "a name"),
        ({"LA": "Camden"}, "LA", "a three-digit code"),
        ({"ESTAB": 20190}, "ESTAB", "four digits"),
        ({"LAESTAB": 2022018}, "LAESTAB", "authority and number together"),
        ({"ICLOSE": 9}, "ICLOSE", "a known status"),
    ],
)
def test_a_line_that_cannot_be_placed_is_set_aside(read_spine, change, heading, rule):
    result = read_spine({"URN": 100009}, change)
    assert result.table["urn"].to_pylist() == ["100009"]
    assert [(p.line, p.field, p.rule) for p in result.problems] == [(3, heading, rule)]


@pytest.mark.parametrize(
    ("change", "column", "rule"),
    [
        ({"POSTCODE": "WC1H9EG"}, "postcode", "a postcode"),
        ({"OPENDATE": "September"}, "opened_on", "a date"),
        ({"OPENDATE": FIRST_OF_SEPTEMBER, "CLOSEDATE": FIRST_OF_SEPTEMBER - timedelta(days=1)},
         "closed_on", "closed after it opened"),
        ({"AGEL": "three"}, "low_age", "an age in years"),
        ({"AGEL": 12}, "low_age", "lowest age below highest"),
    ],
)
def test_a_cell_that_cannot_be_right_is_left_empty(read_spine, change, column, rule):
    result = read_spine(change)
    assert result.table[column].to_pylist() == [None]
    assert [(p.line, p.rule) for p in result.problems] == [(2, rule)]


@pytest.mark.parametrize("printed", [FIRST_OF_SEPTEMBER, "2018-09-01", "01-09-2018", "01/09/2018"])
def test_a_day_is_read_however_it_is_written(read_spine, printed):
    assert read_spine({"OPENDATE": printed}).table["opened_on"].to_pylist() == [date(2018, 9, 1)]


def test_a_number_without_its_first_noughts_is_whole_again(read_register):
    result = read_register(CAMDEN_HIGH.replace("|4196|", "|96|"), CAMDEN_HIGH.replace("100053", "100054").replace("|4196|", "||"))
    assert result.table["laestab"].to_pylist() == ["2020096", None]


def test_a_ukprn_of_another_length_is_left_empty(read_register):
    result = read_register(CAMDEN_HIGH.replace("10034567", "1003456"))
    assert result.table["ukprn"].to_pylist() == [None]
    assert [p.rule for p in result.problems] == ["eight digits"]


def test_schools_of_no_english_authority_are_counted(read_spine):
    result = read_spine({}, {"URN": 132269, "LA": 702, "LAESTAB": 7022019}, {"URN": 132307, "LA": 702, "LAESTAB": 7022019})
    assert result.table.num_rows == 1
    assert [(p.line, p.field, p.value, p.rule) for p in result.problems] == [(3, "LA", "702", "an authority of England")]
    assert "2 set aside" in result.problems[0].remedy


def test_missing_headings_are_named(read_register):
    with pytest.raises(RefusedFileError) as refusal:
        read_register("1|2", headings="URN|LA (code)")
    assert {p.field for p in refusal.value.problems} == {
        "EstablishmentNumber", "EstablishmentName", "TypeOfEstablishment (name)", "EstablishmentStatus (name)",
        "PhaseOfEducation (name)"}


def test_a_register_with_no_sound_line_is_refused_with_every_fault(read_spine):
    with pytest.raises(RefusedFileError) as refusal:
        read_spine({"URN": None}, {"SCHNAME": ""})
    assert [p.rule for p in refusal.value.problems] == ["six digits", "a name", "a school in the file"]


def test_the_whole_register_of_2018(register_2018):
    assert register_2018.table.num_rows == 26078 - 34
    assert Counter(register_2018.table["status"].to_pylist()) == {"open": 23752, "closed": 2146, "open, proposed to close": 146}
    assert [(p.value, p.rule) for p in register_2018.problems] == [
        ("702", "an authority of England"), ("704", "an authority of England")]
