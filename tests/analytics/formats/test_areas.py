"""Areas, their codes and their districts: small tables, then every real area."""

from datetime import date

import duckdb
import pytest

from tests.analytics.formats.written import csv_of, workbook_of
from throughline.analytics.formats import areas
from throughline.core.problems import RefusedFileError

CODESET = """
[[regions]]
area = "970"
code9 = "E92000001"
name = "England"

[[regions]]
area = "986"
code9 = "E12000007"
name = "London"

[[regions]]
area = "987"
code9 = "E13000001"
name = "Inner London"
wider = "986"

[[regions]]
area = "990"
code9 = "E12000009"
name = "South West"

[[abolished]]
area = "837"
name = "Bournemouth"
abolished_on = 2019-04-01
successors = ["839"]
source = "an order"
"""
CODE_LIST = [
    ["LA Number", "LA Name", "Region", "Type"],
    [202, "Camden", "Inner London", "ILB"],
    [837, "Bournemouth (Pre LG)", "South West", "UA"],
    [839, "Bournemouth, Christchurch and Poole", "South West", "UA"],
    [878, "Devon", "South West", "SC"],
    [970, "England", None, None],
    [1000, "England (discontinued)", None, None],
]
DISTRICTS = """
LADCD     | LADNM        | LADCD_ACTIVE | UTLACD    | CTRYCD    | Current
E09000007 | Camden       | E09000007    | E09000007 | E92000001 | TRUE
E06000028 | Bournemouth  | E06000058    | E06000058 | E92000001 | FALSE
E06000058 | Bournemouth+ | E06000058    | E06000058 | E92000001 | TRUE
E07000040 | East Devon   | E07000040    | E10000008 | E92000001 | TRUE
W06000001 | Anglesey     | W06000001    | W06000001 | W92000004 | TRUE
"""
UPPER_TIER = "UTLACD\nE09000007\nE06000058\nE10000008\nW06000001"
LOOKUP = "LTLA23CD|UTLA23CD\nE09000007|E09000007\nE06000058|E06000058\nE07000040|E10000008"
FIGURES = "old_la_code|new_la_code\n202|E09000007\n837|E06000028\n839|E06000058\n878|E10000008\n|\nz|z"


@pytest.fixture
def read(tmp_path):
    """Read the small tables above, some of them put in place of others."""

    def read_tables(code_list=CODE_LIST, districts=DISTRICTS, lookup=LOOKUP, figures=FIGURES, codeset=CODESET):
        (tmp_path / "areas.toml").write_text(codeset)
        return areas.read(
            code_list=workbook_of(tmp_path / "code_list.xlsx", code_list),
            districts=csv_of(tmp_path / "districts.csv", districts),
            upper_tier=csv_of(tmp_path / "upper.csv", UPPER_TIER),
            lookup=csv_of(tmp_path / "lookup.csv", lookup),
            figures=[csv_of(tmp_path / "figures.csv", figures)],
            codeset=tmp_path / "areas.toml",
        )

    return read_tables


def test_each_area_has_its_place_and_its_fate(read):
    result = read()
    assert result.problems == []
    assert [tuple(row.values()) for row in result.area.to_pylist()] == [
        ("202", "E09000007", "Camden", "authority", "987", "986", None, None),
        ("837", "E06000028", "Bournemouth", "authority", "990", None, date(2019, 4, 1), "839"),
        ("839", "E06000058", "Bournemouth, Christchurch and Poole", "authority", "990", None, None, None),
        ("878", "E10000008", "Devon", "authority", "990", None, None, None),
        ("970", "E92000001", "England", "country", None, None, None, None),
        ("986", "E12000007", "London", "region", None, None, None, None),
        ("987", "E13000001", "Inner London", "region", None, None, None, None),
        ("990", "E12000009", "South West", "region", None, None, None, None),
    ]


def test_a_district_is_followed_to_its_authority(read):
    assert [tuple(row.values()) for row in read().district.to_pylist()] == [
        ("E09000007", "Camden", "E09000007", "202", True),
        ("E06000028", "Bournemouth", "E06000058", "839", False),
        ("E06000058", "Bournemouth+", "E06000058", "839", True),
        ("E07000040", "East Devon", "E07000040", "878", True),
    ]


def test_a_code_changed_in_place_finds_its_area_but_a_successor_keeps_its_own(read):
    districts = DISTRICTS.replace("E09000007    | E09000007", "E09000099    | E09000007")
    codes = areas.area_of(read(districts=districts).area_code)
    assert (codes["E09000007"], codes["E09000099"]) == ("202", "202")
    assert (codes["E06000028"], codes["E06000058"]) == ("837", "839")
    assert (codes["202"], codes["E12000009"], codes["970"]) == ("202", "990", "970")


def test_what_cannot_be_settled_is_answered(read):
    unpaired = FIGURES.replace("878|E10000008\n", "")
    elsewhere = LOOKUP.replace("E07000040|E10000008", "E07000040|E09000007")
    result = read(figures=unpaired, lookup=elsewhere)
    assert [(p.field, p.value, p.rule) for p in result.problems] == [
        ("LA Number", "878", "a nine-character code"),
        ("UTLACD", "E10000008", "known area"),
        ("UTLACD", "E10000008", "known area"),
        ("UTLA23CD", "E09000007", "look-ups that agree"),
    ]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"figures": FIGURES + "\n878|E09000007"}, "one area a code"),
        ({"figures": "la|code\n1|2"}, "column present"),
        ({"districts": "LADCD|LADNM\nE07000040|East Devon"}, "column present"),
        ({"lookup": "LTLA|UTLA\n1|2"}, "column present"),
        ({"code_list": [["LA Number", "Name"]]}, "column present"),
        ({"code_list": [*CODE_LIST, [202, "Camden", "Inner London", "ILB"]]}, "each code once"),
        ({"code_list": [*CODE_LIST, ["2O2", "Camden", "Inner London", "ILB"]]}, "a three-digit code and a name"),
        ({"codeset": "[[regions]"}, "readable TOML"),
        ({"codeset": CODESET.replace("successors", "followers")}, "the keys of its table"),
    ],
)
def test_a_file_of_another_shape_is_refused(read, change, rule):
    with pytest.raises(RefusedFileError) as refusal:
        read(**change)
    assert rule in [p.rule for p in refusal.value.problems]


def test_every_area_of_the_store_is_here(places, sources):
    store = duckdb.execute(
        'SELECT DISTINCT CAST(CAST("LA Number" AS INTEGER) AS VARCHAR) FROM read_parquet(?)',
        [str(sources / "lait/bds_long_0.parquet")]).fetchall()
    assert {area for (area,) in store} == set(places.area["area"].to_pylist())
    assert len(store) == 170
    assert places.problems == []


def test_every_area_has_its_codes_region_and_only_one_name(places):
    rows = places.area.to_pylist()
    authorities = [row for row in rows if row["kind"] == "authority"]
    assert (len(authorities), sum(row["abolished_on"] is None for row in authorities)) == (158, 153)
    assert all(row["code9"] and (row["region"] or row["kind"] != "authority") for row in rows)
    assert len({row["name"] for row in rows}) == len({row["code9"] for row in rows}) == 170
    assert {row["wider_region"] for row in authorities if row["region"] in ("987", "988")} == {"986"}
    assert {row["wider_region"] for row in authorities if row["region"] not in ("987", "988")} == {None}


@pytest.mark.parametrize(
    ("codes", "area"),
    [
        (("E08000016", "E08000038", "370"), "370"),  # Barnsley
        (("E08000019", "E08000039"), "373"),  # Sheffield
        (("E08000020", "E08000037"), "390"),  # Gateshead
        (("E10000002", "E06000060"), "825"),  # Buckinghamshire
        (("E10000023", "E06000065"), "815"),  # North Yorkshire
        (("E10000027", "E06000066"), "933"),  # Somerset
        (("E06000048", "E06000057"), "929"),  # Northumberland
        (("E10000006",), "909"),  # Cumbria, abolished
        (("E10000009",), "835"),  # Dorset as it was
        (("E06000059",), "838"),  # Dorset as it is
        (("E06000028",), "837"),  # Bournemouth, abolished
        (("E92000001",), "970"),
    ],
)
def test_every_code_an_area_has_had_finds_it(real_area_of, codes, area):
    assert {real_area_of[code] for code in codes} == {area}


@pytest.mark.parametrize(
    ("area", "abolished_on", "successors"),
    [
        ("835", date(2019, 4, 1), "838 839"), ("836", date(2019, 4, 1), "839"), ("837", date(2019, 4, 1), "839"),
        ("928", date(2021, 4, 1), "940 941"), ("909", date(2023, 4, 1), "942 943"),
    ],
)
def test_an_abolished_authority_has_its_successors(places, area, abolished_on, successors):
    row = next(row for row in places.area.to_pylist() if row["area"] == area)
    assert (row["abolished_on"], row["successors"]) == (abolished_on, successors)
    assert set(successors.split()) <= set(places.area["area"].to_pylist())


def test_every_district_leads_to_a_current_one_in_a_known_authority(places):
    rows = places.district.to_pylist()
    current = {row["district"] for row in rows if row["current"]}
    assert (len(rows), len(current)) == (346, 296)
    assert all(row["active_district"] in current and row["area"] for row in rows)
    assert {row["area"] for row in rows} == {
        row["area"] for row in places.area.to_pylist() if row["kind"] == "authority" and row["abolished_on"] is None}
