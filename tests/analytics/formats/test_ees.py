"""Explore Education Statistics files: what becomes of each row, and what refuses a file."""

from datetime import date

import pytest

from tests.analytics.formats.written import csv_of, zip_of
from throughline.analytics.formats import ees
from throughline.analytics.formats.dataset import Dataset, DatasetColumn
from throughline.core.problems import RefusedFileError
from throughline.core.statuses import Status

DATASET = Dataset("a_set", "A set", "A publisher", "2025 revised", "A licence", "ees", columns=())
META = "col_name|col_type|label|indicator_grouping|indicator_unit|indicator_dp|filter_hint|filter_grouping_column\n"
OLDER_META = "col_name|col_type|label|indicator_grouping|indicator_unit|filter_hint|filter_grouping_column\n"
PLACES = ("time_period|time_identifier|geographic_level|country_code|country_name|region_code|region_name|"
          "old_la_code|new_la_code|la_name")
ENGLAND = "202425|Academic year|National|E92000001|England|||||"
YORKSHIRE = "202425|Academic year|Regional|E92000001|England|E12000003|Yorkshire and The Humber|||"
BARNSLEY = "202425|Academic year|Local authority|E92000001|England|E12000003|Yorkshire and The Humber|370|E08000016|Barnsley"
CAMDEN = "202425|Academic year|Local authority|E92000001|England|E12000007|London|202|E09000007|Camden"
PUPILS = "pupils|Indicator|Pupils|||||\n"
OLDER_PUPILS = "pupils|Indicator|Pupils||||\n"
SEX = "sex|Filter|Sex|||||\n"


@pytest.fixture
def read(tmp_path, area_of):
    """Read a data table, with a meta table or none."""

    def read_tables(data, meta=META + PUPILS, dataset=DATASET):
        its_meta = csv_of(tmp_path / "a_file.meta.csv", meta) if meta else None
        return ees.read(csv_of(tmp_path / "a_file.csv", data), its_meta, dataset, area_of)

    return read_tables


@pytest.fixture
def refused(read):
    """The faults for which a data table is refused, as (line, field, value, rule)."""

    def refusals(*tables, **options):
        with pytest.raises(RefusedFileError) as refusal:
            read(*tables, **options)
        return [(p.line, p.field, p.value, p.rule) for p in refusal.value.problems]

    return refusals


def figures_of(read_result, *columns):
    return [tuple(row[column] for column in columns) for row in read_result.table.to_pylist()]


def told(read_result):
    return [(p.line, p.field, p.value, p.rule) for p in read_result.problems]


def test_one_row_becomes_one_whole_figure(read):
    result = read(f"{PLACES}|pupils\n{BARNSLEY}|2500")
    assert result.table.to_pylist() == [{
        "dataset": "a_set", "indicator": "pupils", "area": "370", "period": "2024/25", "period_kind": "academic_year",
        "period_start": date(2024, 9, 1), "period_end": date(2025, 8, 31), "breakdown": "", "group": "",
        "numerator": None, "denominator": None, "value": 2500.0, "status": "final", "vintage": "final",
        "release": "2025 revised",
    }]
    assert result.problems == []


def test_the_three_levels_are_loaded_each_under_its_area(read):
    result = read(f"{PLACES}|pupils\n{ENGLAND}|3\n{YORKSHIRE}|2\n{BARNSLEY}|1")
    assert figures_of(result, "area", "value") == [("970", 3.0), ("982", 2.0), ("370", 1.0)]


@pytest.mark.parametrize(("old", "new"), [("370", "E08000016"), ("370", "E08000038"), ("", "E08000038")])
def test_an_authority_is_found_under_any_code_it_has_had(read, old, new):
    row = BARNSLEY.replace("370|E08000016", f"{old}|{new}")
    result = read(f"{PLACES}|pupils\n{row}|1", OLDER_META + OLDER_PUPILS)
    assert figures_of(result, "area") == [("370",)]


@pytest.mark.parametrize(
    ("code", "name", "area"),
    [("E12000007", "London", "986"), ("E12000007", "Inner London", "987"), ("E12000007", "Outer London", "988"),
     ("E13000001", "Inner London", "987")],
)
def test_the_halves_of_london_are_told_apart(read, code, name, area):
    row = YORKSHIRE.replace("E12000003|Yorkshire and The Humber", f"{code}|{name}")
    assert figures_of(read(f"{PLACES}|pupils\n{row}|1"), "area") == [(area,)]


def test_other_levels_are_counted_and_set_aside(read):
    ward = "202425|Academic year|Ward|E92000001|England|||||"
    result = read(f"{PLACES}|ward_code|ward_name|pupils\n{ENGLAND}|||9\n{ward}|E05000650|A|1\n{ward}|E05000651|B|2")
    assert figures_of(result, "area", "value") == [("970", 9.0)]
    assert told(result) == [(3, "geographic_level", "Ward", "a level that is loaded")]
    assert "2 rows set aside" in result.problems[0].remedy


def test_a_code_nobody_knows_is_set_aside_once(read):
    stranger = BARNSLEY.replace("370|E08000016|Barnsley", "999|E08009999|Nowhere")
    later = stranger.replace("202425", "202324")
    result = read(f"{PLACES}|pupils\n{ENGLAND}|9\n{stranger}|1\n{later}|2")
    assert figures_of(result, "area") == [("970",)]
    assert told(result) == [(3, "old_la_code", "999", "known area")]
    assert "2 rows set aside" in result.problems[0].remedy


def test_codes_of_two_authorities_on_one_row_are_answered(read):
    result = read(f"{PLACES}|pupils\n{ENGLAND}|9\n{BARNSLEY.replace('E08000016', 'E08000018')}|1")
    assert figures_of(result, "area") == [("970",)]
    assert told(result) == [(3, "old_la_code", "370, E08000018", "codes of one authority")]


@pytest.mark.parametrize(
    ("time_period", "identifier", "label", "kind", "start", "end"),
    [
        ("202425", "Academic year", "2024/25", "academic_year", date(2024, 9, 1), date(2025, 8, 31)),
        ("202425", "Financial year", "2024/25", "financial_year", date(2024, 4, 1), date(2025, 3, 31)),
        ("2025", "Calendar year", "2025", "calendar_year", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025", "Reporting year", "2025", "calendar_year", date(2025, 1, 1), date(2025, 12, 31)),
        ("202425", "Autumn term", "2024/25 Autumn term", "term", date(2024, 9, 1), date(2024, 12, 31)),
        ("2025", "January", "2025 January", "month", date(2025, 1, 1), date(2025, 1, 31)),
        ("2025", "Week 2", "2025 Week 2", "week", date(2025, 1, 6), date(2025, 1, 12)),
        ("202425", "Financial year Q4", "2024/25 Financial year Q4", "quarter", date(2025, 1, 1), date(2025, 3, 31)),
    ],
)
def test_a_period_is_read_and_labelled_as_the_publisher_prints_it(read, time_period, identifier, label, kind, start, end):
    result = read(f"{PLACES}|pupils\n{ENGLAND.replace('202425|Academic year', f'{time_period}|{identifier}')}|1")
    assert figures_of(result, "period", "period_kind", "period_start", "period_end") == [(label, kind, start, end)]


@pytest.mark.parametrize(
    ("time_period", "identifier", "refusal"),
    [
        ("202425", "Academic years", (2, "time_identifier", "Academic years", "a known time identifier")),
        ("202425", "Week 53", (2, "time_identifier", "Week 53", "a known time identifier")),
        ("2025", "Academic year", (2, "time_period", "2025", "a time period that fits its identifier")),
        ("202425", "Calendar year", (2, "time_period", "202425", "a time period that fits its identifier")),
        ("2024/25", "Academic year", (2, "time_period", "2024/25", "a time period that fits its identifier")),
        ("202427", "Academic year", (2, "time_period", "202427", "readable period")),
        ("", "Academic year", (2, "time_period", "", "a time period that fits its identifier")),
    ],
)
def test_a_time_that_does_not_fit_refuses_the_file(refused, time_period, identifier, refusal):
    row = ENGLAND.replace("202425|Academic year", f"{time_period}|{identifier}")
    assert refused(f"{PLACES}|pupils\n{row}|1") == [refusal]


@pytest.mark.parametrize(
    ("identifiers", "together"),
    [
        (("Autumn term", "Spring term"), True),
        (("Financial year Q1", "Financial year Q2"), True),
        (("Academic year", "Financial year"), False),
        (("Academic year", "Autumn term"), False),
    ],
)
def test_only_identifiers_of_a_family_share_a_file(read, refused, identifiers, together):
    rows = "\n".join(ENGLAND.replace("Academic year", identifier) + "|1" for identifier in identifiers)
    if together:
        assert read(f"{PLACES}|pupils\n{rows}").table.num_rows == 2
    else:
        assert [fault[3] for fault in refused(f"{PLACES}|pupils\n{rows}")] == ["time identifiers that may share a file"]


@pytest.mark.parametrize(
    ("cell", "value", "status"),
    [("0", 0.0, "final"), ("-0.32", -0.32, "final"), ("c", None, "suppressed"), ("z", None, "not_applicable"),
     ("x", None, "not_available"), ("low", None, "rounds_to_zero"), ("k", None, "rounds_to_zero"),
     ("u", None, "low_reliability")],
)
def test_a_symbol_becomes_a_status_and_never_a_number(read, cell, value, status):
    assert figures_of(read(f"{PLACES}|pupils\n{ENGLAND}|{cell}"), "value", "status") == [(value, status)]


def test_a_cell_that_is_neither_is_left_out_and_answered(read):
    result = read(f"{PLACES}|pupils\n{ENGLAND}|1\n{YORKSHIRE}|many\n{BARNSLEY}|inf")
    assert figures_of(result, "area", "value") == [("970", 1.0)]
    assert told(result) == [(3, "pupils", "many", "number or symbol"), (4, "pupils", "inf", "number or symbol")]


def test_a_column_of_words_is_left_out_whole(read):
    meta = META + PUPILS + "band|Indicator|Band|||||\n"
    result = read(f"{PLACES}|pupils|band\n{ENGLAND}|1|Average\n{YORKSHIRE}|2|c\n{BARNSLEY}|3|Above", meta)
    assert figures_of(result, "indicator", "value") == [("pupils", 1.0), ("pupils", 2.0), ("pupils", 3.0)]
    assert told(result) == [(2, "band", "Average", "a column of figures")]


def test_groups_are_the_filters_not_at_their_total(read):
    meta = META + PUPILS + SEX + "meals|Filter|Free meals|||||\n"
    result = read(
        f"{PLACES}|sex|meals|pupils\n{ENGLAND}|Total|Total|4\n{ENGLAND}|Girls|Total|3\n"
        f"{ENGLAND}|Total|Eligible|2\n{ENGLAND}|Girls|Eligible|1", meta)
    assert figures_of(result, "breakdown", "group", "value") == [
        ("", "", 4.0), ("sex", "Girls", 3.0), ("meals", "Eligible", 2.0), ("sex and meals", "Girls and Eligible", 1.0)]


def test_a_stated_default_is_the_total_of_its_filter(read):
    meta = (META.strip() + "|filter_default\n" + "pupils|Indicator|Pupils||||||\n" + "phase|Filter|Phase||||||State-funded\n")
    result = read(f"{PLACES}|phase|pupils\n{ENGLAND}|State-funded|2\n{ENGLAND}|Total|3", meta)
    assert figures_of(result, "group", "value") == [("", 2.0), ("Total", 3.0)]


def test_an_item_under_two_groupings_is_named_with_its_own(read):
    meta = META + PUPILS + "year|Filter|Year of entry||||| phase\n"
    result = read(f"{PLACES}|phase|year|pupils\n{ENGLAND}|Primary|All|1\n{ENGLAND}|Secondary|All|2\n"
                  f"{ENGLAND}|Secondary|7|3", meta)
    assert figures_of(result, "group", "value") == [("Primary: All", 1.0), ("Secondary: All", 2.0), ("7", 3.0)]


def test_a_version_column_says_how_settled_each_row_is(read):
    result = read(f"{PLACES}|version|pupils\n{ENGLAND}|Provisional|1\n{ENGLAND}|Revised|2\n{YORKSHIRE}|Final|c")
    assert figures_of(result, "vintage", "status", "value") == [
        ("provisional", "provisional", 1.0), ("revised", "revised", 2.0), ("final", "suppressed", None)]


def test_an_unknown_version_is_set_aside(read):
    result = read(f"{PLACES}|version|pupils\n{ENGLAND}|Final|1\n{YORKSHIRE}|Draft|2")
    assert figures_of(result, "area") == [("970",)]
    assert told(result) == [(3, "version", "draft", "provisional, revised or final")]


def test_without_a_version_the_data_set_says(read):
    provisional = Dataset("a_set", "A", "A", "2025", "A", "ees", columns=(), vintage=Status.PROVISIONAL)
    assert figures_of(read(f"{PLACES}|pupils\n{ENGLAND}|1", dataset=provisional), "vintage") == [("provisional",)]


REPEATED = f"{PLACES}|pupils\n{ENGLAND}|1\n{YORKSHIRE}|2\n{YORKSHIRE}|3\n{BARNSLEY}|4\n{BARNSLEY}|4"


def test_rows_that_contradict_each_other_are_all_set_aside(read):
    result = read(REPEATED)
    assert figures_of(result, "area", "value") == [("970", 1.0), ("370", 4.0)]
    assert [(p.line, p.rule) for p in result.problems] == [(4, "each figure once"), (6, "each figure once")]
    assert "none of them has been loaded" in result.problems[0].remedy
    assert "the earlier is kept" in result.problems[1].remedy


def test_the_first_of_them_holds_where_the_data_set_says_so(read):
    first = Dataset("a_set", "A", "A", "2025", "A", "ees", columns=(), repeated_rows="first")
    result = read(REPEATED, dataset=first)
    assert figures_of(result, "area", "value") == [("970", 1.0), ("982", 2.0), ("370", 4.0)]
    assert [(p.line, p.rule) for p in result.problems] == [(4, "each figure once")]


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        ("time_period|country_code|country_name|pupils\n202425|E92000001|England|1",
         [(1, "time_identifier", "", "required column present"), (1, "geographic_level", "", "required column present")]),
        (f"{PLACES}|students\n{ENGLAND}|1", [(1, "pupils", "", "every indicator of the meta file in the data file")]),
        (f"{PLACES}|pupils|all pupils\n{ENGLAND}|1|2", [(1, "all pupils", "", "column names without spaces")]),
        (f"{PLACES}|pupils||note\n{ENGLAND}|1|2|3", [(1, "", "", "every column named")]),
        (f"{PLACES}|pupils\n{ENGLAND}|1\n{YORKSHIRE}", [(3, "", "", "as many cells as headings")]),
        (f"{PLACES}|pupils\n{ENGLAND.replace('National', 'Nation')}|1",
         [(2, "geographic_level", "Nation", "a known geographic level")]),
        (f"{PLACES}|pupils\n{ENGLAND.replace('National', 'Ward')}|1",
         [(2, "ward_code", "", "the columns of the level present"), (2, "ward_name", "", "the columns of the level present")]),
        (f"{PLACES}|pupils\n{BARNSLEY.replace('Barnsley', '')}|1", [(2, "la_name", "", "the place of every row stated")]),
        (f"{PLACES}|pupils\n{YORKSHIRE}|1\n{ENGLAND.replace('England|', 'England|E12000003')}|1",
         [(3, "region_code", "E12000003", "no lower place on a row of a higher level")]),
        (f"{PLACES}|pupils\n{ENGLAND}|NULL\n{YORKSHIRE}|na",
         [(2, "pupils", "NULL", "no null symbols"), (3, "pupils", "na", "no null symbols")]),
        (f"{PLACES}|pupils\n{ENGLAND}|1\n{YORKSHIRE}|", [(3, "pupils", "", "no blank indicator cells")]),
        (f"{PLACES}|pupils\n{ENGLAND}|1\n{YORKSHIRE}|~", [(3, "pupils", "~", "present symbols only")]),
    ],
)
def test_what_the_publisher_refuses_is_refused(refused, data, refusal):
    assert refused(data) == refusal


@pytest.mark.parametrize(
    ("items", "refusal"),
    [
        (("Girls", "Girls"), (None, "sex", "Girls", "at least two items in a filter")),
        (("Total", ""), (3, "sex", "", "no blank filter items")),
    ],
)
def test_a_filter_must_tell_groups_apart(refused, items, refusal):
    data = f"{PLACES}|sex|pupils\n{ENGLAND}|{items[0]}|1\n{YORKSHIRE}|{items[1]}|2"
    assert refused(data, META + PUPILS + SEX) == [refusal]


@pytest.mark.parametrize(
    ("meta", "refusal"),
    [
        ("col_name|col_type\npupils|Indicator", (1, "label", "", "column present")),
        (META + "pupils|Measure|Pupils|||||", (2, "col_type", "Measure", "Filter or Indicator")),
        (META + PUPILS + PUPILS, (3, "col_name", "pupils", "each column once")),
        (META + "pupils|Indicator||||||", (2, "label", "", "a label for every column")),
        (META + PUPILS + "rate|Indicator|Pupils|||||", (3, "label", "Pupils", "each label once")),
        (META + PUPILS + "la_name|Filter|Authority|||||", (3, "col_name", "la_name", "no column of place or time")),
        (META + "pupils|Indicator|Pupils||percent|||", (2, "indicator_unit", "percent", "a known unit")),
        (META + "pupils|Indicator|Pupils|||1.5||", (2, "indicator_dp", "1.5", "a whole number")),
        (META + "pupils|Indicator|Pupils||||Choose|", (2, "filter_hint", "Choose", "a cell for the other kind of column")),
        (META + SEX, (None, "", "", "an indicator stated")),
    ],
)
def test_a_faulty_meta_file_refuses_the_pair(refused, meta, refusal):
    assert refusal in refused(f"{PLACES}|pupils\n{ENGLAND}|1", meta)


def test_an_older_pair_is_loaded_and_its_breaches_told(read):
    meta = OLDER_META + OLDER_PUPILS + "rate|Indicator|Rate||%||\n"
    result = read(f"{PLACES}|pupils\n{ENGLAND}|NULL\n{YORKSHIRE}|.\n{BARNSLEY}|5\n{CAMDEN}|", meta)
    assert figures_of(result, "area", "value", "status") == [
        ("970", None, "not_available"), ("982", None, "not_applicable"), ("370", 5.0, "final"), ("202", None, "not_available")]
    assert told(result) == [
        (1, "rate", "", "every indicator of the meta file in the data file"),
        (5, "pupils", "", "no blank indicator cells"),
        (2, "pupils", "NULL", "no null symbols"),
    ]


def test_an_older_filter_that_is_blank_is_not_taken_for_everyone(read):
    result = read(f"{PLACES}|sex|pupils\n{ENGLAND}|Total|2\n{ENGLAND}||1", OLDER_META + OLDER_PUPILS + "sex|Filter|Sex||||\n")
    assert figures_of(result, "group", "value") == [("", 2.0), ("not stated", 1.0)]


def column(name, role="", aliases=()):
    return DatasetColumn(name, "text", False, "something", aliases, role)


def test_without_a_meta_file_the_declared_columns_are_read(read):
    declared = Dataset("a_set", "A", "A", "2025", "A", "ees", columns=(
        column("pupils", "indicator", ("number_of_pupils",)), column("sex", "filter")))
    result = read(f"{PLACES}|sex|number_of_pupils\n{ENGLAND}|Total|2\n{ENGLAND}|Girls|1", None, declared)
    assert figures_of(result, "indicator", "group", "value") == [("pupils", "", 2.0), ("pupils", "Girls", 1.0)]


def test_without_either_the_file_is_refused(refused):
    assert refused(f"{PLACES}|pupils\n{ENGLAND}|1", None) == [(None, "", "", "a meta file")]


def test_a_column_that_only_repeats_others_tells_no_groups_apart(read):
    repeated = Dataset("a_set", "A", "A", "2025", "A", "ees", columns=(column("kind", "repeated"),))
    meta = META + PUPILS + SEX + "kind|Filter|Kind|||||\n"
    result = read(f"{PLACES}|kind|sex|pupils\n{ENGLAND}|all|Total|2\n{ENGLAND}|by sex|Girls|1", meta, repeated)
    assert figures_of(result, "breakdown", "group") == [("", ""), ("sex", "Girls")]


def test_a_column_nobody_states_is_told_and_not_read(read):
    result = read(f"{PLACES}|pupils|boys\n{ENGLAND}|3|1\n{YORKSHIRE}|4|2")
    assert figures_of(result, "indicator", "value") == [("pupils", 3.0), ("pupils", 4.0)]
    assert told(result) == [(1, "boys", "", "every column stated")]


def test_one_zip_of_both_files_reads_as_the_two(tmp_path, read, area_of):
    apart = read(f"{PLACES}|pupils\n{ENGLAND}|1")
    packed = zip_of(tmp_path / "both.zip", tmp_path / "a_file.csv", tmp_path / "a_file.meta.csv")
    assert ees.read(packed, None, DATASET, area_of).table.equals(apart.table)
