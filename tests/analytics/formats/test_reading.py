"""How files are opened: encodings, counts of cells, lines as an editor counts them, zips."""

import zipfile

import pytest

from tests.analytics.formats.written import csv_of, workbook_of, zip_of
from throughline.analytics.formats.reading import Faults, is_workbook, read_csv, sheet_rows, unpack_pair, workbook_rows
from throughline.core.problems import RefusedFileError


@pytest.mark.parametrize(
    ("content", "cell"),
    [
        ("name\nCôte\n".encode(), "Côte"),
        ("name\nCôte\n".encode("utf-8-sig"), "Côte"),
        ("name\nCôte – £5\n".encode("cp1252"), "Côte – £5"),
        (b"name\r\nplain\r\n", "plain"),
    ],
)
def test_a_csv_opens_in_the_encodings_publishers_use(tmp_path, content, cell):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    sheet = read_csv(path)
    assert (sheet.header, sheet.column("name")) == (("name",), [cell])


def test_lines_are_counted_as_an_editor_counts_them(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('name,note\nfirst,"two\nlines"\n\nsecond,one\n')
    sheet = read_csv(path)
    assert sheet.lines == [2, 5]
    assert sheet.rows == [["first", "two\nlines"], ["second", "one"]]


def test_a_comma_closing_every_line_is_dropped(tmp_path):
    sheet = read_csv(csv_of(tmp_path / "a.csv", "a|b|\n1|2|\n3|4|"))
    assert (sheet.header, sheet.rows) == (("a", "b"), [["1", "2"], ["3", "4"]])


def test_every_line_of_the_wrong_length_is_named(tmp_path):
    with pytest.raises(RefusedFileError) as refusal:
        read_csv(csv_of(tmp_path / "a.csv", "a|b\n1|2\n1|2|3\n1\n1|2"))
    assert [(p.line, p.remedy) for p in refusal.value.problems] == [
        (3, "give 2 cells, one under each heading; this line has 3"),
        (4, "give 2 cells, one under each heading; this line has 1"),
    ]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "something in the file"),
        (b"\n,,\n\n", "something in the file"),
        (b"a,b\n1,\0\n", "a text file"),
        ("a,b\n1,2\n".encode("utf-16"), "a text file"),
        (b"caf\xe9 \x81\n", "a text file"),
        (b'a,b\n1,"never closed\n', "readable CSV"),
        (b"a,b,a\n1,2,3\n", "each heading once"),
    ],
)
def test_a_file_that_is_not_a_table_is_refused(tmp_path, content, rule):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(RefusedFileError) as refusal:
        read_csv(path)
    assert [p.rule for p in refusal.value.problems] == [rule]


def test_a_renaming_may_not_make_two_columns_one(tmp_path):
    sheet = read_csv(csv_of(tmp_path / "a.csv", "Age|years\n1|2"))
    assert sheet.renamed({"years": "age"}).header == ("Age", "age")
    with pytest.raises(RefusedFileError, match="years and Age are the same"):
        sheet.renamed({"years": "Age"})


def test_a_breach_refuses_only_where_the_present_rules_hold():
    strict, older = Faults("a.csv", strict=True), Faults("a.csv", strict=False)
    for faults in (strict, older):
        faults.breach(2, "x", "NULL", "no null symbols", "write x")
    older.stop_if_refused()
    assert [p.rule for p in older.beside] == ["no null symbols"]
    with pytest.raises(RefusedFileError):
        strict.stop_if_refused()


def test_a_workbook_and_a_csv_give_the_same_rows(tmp_path):
    book = workbook_of(tmp_path / "a.xlsx", [["code", "name"], [370, "Barnsley"]])
    text = csv_of(tmp_path / "a.csv", "code|name\n370|Barnsley")
    assert [is_workbook(path) for path in (book, text)] == [True, False]
    assert [(n, [str(c) for c in row]) for n, row in sheet_rows(book)] == list(sheet_rows(text))


def test_what_is_not_a_workbook_is_refused(tmp_path):
    path = csv_of(tmp_path / "a.xlsx", "a|b")
    with pytest.raises(RefusedFileError, match="Excel workbook"):
        list(workbook_rows(path))


def test_a_zip_gives_its_data_and_meta_file(tmp_path):
    data, meta = csv_of(tmp_path / "a.csv", "a\n1"), csv_of(tmp_path / "a.meta.csv", "col_name\na")
    (tmp_path / "out").mkdir()
    unpacked = unpack_pair(zip_of(tmp_path / "a.zip", meta, data), tmp_path / "out")
    assert [path.name for path in unpacked] == ["a.csv", "a.meta.csv"]
    assert unpacked[0].read_text() == data.read_text()


def test_a_member_of_a_zip_stays_in_its_folder(tmp_path):
    (tmp_path / "out").mkdir()
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("../../outside.csv", "a\n1\n")
        packed.writestr("..\\outside.meta.csv", "col_name\na\n")
    unpacked = unpack_pair(tmp_path / "a.zip", tmp_path / "out")
    assert {path.parent for path in unpacked} == {tmp_path / "out"}
    assert not (tmp_path / "outside.csv").exists()


@pytest.mark.parametrize("names", [(), ("a.csv",), ("a.meta.csv",), ("a.csv", "b.csv"), ("a.csv", "a.meta.csv", "b.csv")])
def test_a_zip_without_one_pair_is_refused(tmp_path, names):
    members = [csv_of(tmp_path / name, "a\n1") for name in names]
    with pytest.raises(RefusedFileError, match="one data file and its"):
        unpack_pair(zip_of(tmp_path / "a.zip", *members), tmp_path)
