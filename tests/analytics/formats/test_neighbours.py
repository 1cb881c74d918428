"""Statistical neighbours: every layout, the faults of a row, and whether the layouts of a model agree."""

import pytest

from tests.analytics.formats.written import csv_of, workbook_of
from throughline.analytics.formats import neighbours
from throughline.core.problems import RefusedFileError

AREA_OF = {str(code): str(code) for code in range(301, 321)}
WORKBOOK = ["LA num", "LA Name", "LA number", "GOInd", "GOReg"] + [h for n in range(1, 11) for h in (f"SN{n}", "SNP")]
WIDE = ["old_la_code", "la_name", "region_ind", "region_name"] + [h for n in range(1, 11) for h in (f"SN_{n}", f"SN_{n}P")]


def pairs(codes, closeness="Close "):
    return [cell for code in codes for cell in (code, closeness)]


def numbered(cells):
    return "|".join(str(cell) for cell in cells)


@pytest.fixture
def read(tmp_path):
    """Read rows under the headings of the wide CSV layout: (code, neighbours' cells)."""

    def read_rows(*rows):
        lines = [WIDE, *([code, "Name", 3, "London", *cells] for code, cells in rows)]
        return neighbours.read(csv_of(tmp_path / "a.csv", "\n".join(map(numbered, lines))), "2025", AREA_OF)

    return read_rows


TEN = list(range(311, 321))


def test_the_workbook_and_the_wide_layout_read_alike(tmp_path, read):
    workbook = workbook_of(tmp_path / "a.xlsx", [
        ["A", "B"], [1, 2], WORKBOOK, [301, "Barking", 301, 3, "London", *pairs(TEN, "Very Close")], [None, "Old SNs:"], []])
    from_workbook = neighbours.read(workbook, "2025", AREA_OF).table.to_pylist()
    assert from_workbook == read((301, pairs(TEN, "Very close "))).table.to_pylist()
    assert from_workbook[0] == {"model": "2025", "area": "301", "position": 1, "neighbour": "311", "closeness": "very close"}
    assert [row["position"] for row in from_workbook] == list(range(1, 11))


@pytest.mark.parametrize(
    ("cells", "field", "rule"),
    [
        (pairs([301, *TEN[1:]]), "SN1", "no authority its own neighbour"),
        (pairs([*TEN[:9], 311]), "SN10", "each neighbour once"),
        (pairs([*TEN[:9], 999]), "SN10", "known area"),
        (pairs([*TEN[:9], ""]), "SN10", "known area"),
        (pairs(TEN, "Near"), "SN1P", "a known closeness"),
        (pairs(["-"] * 10, "-"), "SN1", "ten neighbours"),
    ],
)
def test_a_row_at_fault_is_set_aside_whole(read, cells, field, rule):
    result = read((301, cells), (302, pairs(TEN)))
    assert set(result.table["area"].to_pylist()) == {"302"}
    assert (result.problems[0].line, result.problems[0].field, result.problems[0].rule) == (2, field, rule)


def test_an_unknown_authority_and_one_given_twice_are_answered(read):
    result = read((301, pairs(TEN)), (999, pairs(TEN)), (301, pairs(TEN[::-1])))
    assert result.table.num_rows == 10
    assert [(p.line, p.value, p.rule) for p in result.problems] == [(3, "999", "known area"), (4, "301", "each authority once")]


@pytest.mark.parametrize(
    ("headings", "rule"),
    [
        (WIDE[:-2], "ten neighbours"),
        ([h for h in WIDE if h != "SN_10P"], "closeness beside each neighbour"),
        (WIDE[1:], "headings found"),
    ],
)
def test_other_headings_refuse_the_file(tmp_path, headings, rule):
    with pytest.raises(RefusedFileError) as refusal:
        neighbours.read(csv_of(tmp_path / "a.csv", numbered(headings)), "2025", AREA_OF)
    assert [p.rule for p in refusal.value.problems] == [rule]


def test_a_file_with_no_sound_row_is_refused_with_every_fault(read):
    with pytest.raises(RefusedFileError) as refusal:
        read((999, pairs(TEN)))
    assert [p.rule for p in refusal.value.problems] == ["known area", "an authority with ten neighbours"]


def test_another_model_is_not_known(tmp_path):
    with pytest.raises(RefusedFileError, match="2021 or 2025"):
        neighbours.read(csv_of(tmp_path / "a.csv", numbered(WIDE)), "2007", AREA_OF)


def by_area(table):
    lists = {}
    for row in table.to_pylist():
        lists.setdefault(row["area"], []).append((row["position"], row["neighbour"], row["closeness"]))
    return lists


# The workbooks go on to list authorities since abolished; the wide file of 2025 does not.
ABOLISHED = {"835", "836", "837", "909", "928"}


@pytest.mark.parametrize(
    ("model", "workbook", "text", "count", "only_in_workbook"),
    [
        ("2025", "lait/sn_may_2025.xlsx", "csc/sn_model_2025_wide.csv", 158, ABOLISHED),
        ("2021", "lait/sn_april_2021.xlsx", "csc/New_Statistical_Neighbour_Groupings_April_2021.csv", 156, set()),
    ],
)
def test_the_two_layouts_of_a_model_agree(sources, real_area_of, model, workbook, text, count, only_in_workbook):
    first = by_area(neighbours.read(sources / workbook, model, real_area_of).table)
    second = by_area(neighbours.read(sources / text, model, real_area_of).table)
    assert len(first) == count
    assert first.keys() - second.keys() == only_in_workbook
    assert {area: first[area] for area in second} == second


def test_authorities_newer_than_the_model_are_named(sources, real_area_of):
    result = neighbours.read(sources / "lait/sn_april_2021.xlsx", "2021", real_area_of)
    assert [p.rule for p in result.problems] == ["ten neighbours", "ten neighbours"]
    assert ["942" in result.problems[0].remedy, "943" in result.problems[1].remedy] == [True, True]


def test_known_neighbours_of_two_authorities(sources, real_area_of):
    lists = by_area(neighbours.read(sources / "csc/sn_model_2025_wide.csv", "2025", real_area_of).table)
    assert {code for _, code, _ in lists["202"]} == {"206", "213", "205", "210", "208", "207", "209", "309", "204", "302"}
    assert [code for _, code, _ in lists["370"]] == ["372", "384", "357", "371", "332", "894", "840", "390", "807", "394"]
