"""Suppliers' flat files give the same records as the XML, whatever a spreadsheet made of them."""

import csv
from io import BytesIO, StringIO

import pytest

from tests.analytics.formats.nccis.made import GOOD, HEADER, checked, file_xml, numbers
from throughline.analytics.formats.nccis.flat import COLUMNS, FlatFile
from throughline.analytics.formats.nccis.record import FIELD_OF
from throughline.core.problems import RefusedFileError

OF_THE_FILE = {"DatabaseId": "123", "LEACode": "391", "DateOfSend": "2019-05-01", "PeriodEnd": "2019-04-30",
               "SupplierName": "A supplier", "SupplierXMLVersion": "1.0", "XMLSchemaVersion": "1.0"}
BO = GOOD._replace(young_persons_id="1230000000002", given_name="Zoë", lead_lea="392", characteristics=("110", "140"))


def row(record, **changes):
    cells = {column: getattr(record, FIELD_OF[column.casefold()]) for column in COLUMNS if column not in OF_THE_FILE}
    return OF_THE_FILE | cells | {"CharacteristicCode": "; ".join(record.characteristics), "LEACode": record.lead_lea} | changes


def written(rows, columns=COLUMNS, headings=None, encoding="utf-8", delimiter=","):
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(headings or columns)
    writer.writerows([each.get(column, "") for column in columns] for each in rows)
    return out.getvalue().encode(encoding)


def read(content):
    return FlatFile(BytesIO(content), "return.csv")


def test_a_row_is_a_record():
    file = read(written([row(GOOD), row(BO)]))
    assert list(file) == [GOOD._replace(line=2), BO._replace(line=3)]
    assert file.header == HEADER
    assert list(file) == [GOOD._replace(line=2), BO._replace(line=3)]
    assert (file.refusals, file.notes) == ([], [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_encodings(encoding):
    assert [record.given_name for record in read(written([row(GOOD), row(BO)], encoding=encoding))] == ["Ada", "Zoë"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters(delimiter, encoding):
    content = written([row(GOOD), row(BO, AddressLine1="1 Mill Lane, Upper; Mill")], encoding=encoding, delimiter=delimiter)
    report = checked(content, "return.csv")
    assert (report.records, report.rejected, report.notes) == (2, None, [])
    assert report.errors == checked(written([row(GOOD), row(BO)])).errors
    file = read(content)
    assert [(each.given_name, each.address_line_1, each.characteristics) for each in file][1] == (
        "Zoë", "1 Mill Lane, Upper; Mill", ("110", "140"))


def test_utf_16_may_be_either_kind_with_its_bytes_in_either_order():
    big = b"\xfe\xff" + written([row(GOOD)], encoding="utf-16-be", delimiter="\t")
    assert [record.given_name for record in read(big)] == ["Ada"]
    assert checked(big).records == 1
    assert checked(f"\n {file_xml([GOOD])}".encode("utf-16")).records == 1
    assert "this is no return" in checked("Dear all,\nhere is".encode("utf-16")).rejected
    assert "a letter of it cannot be read" in checked(written([row(GOOD)], encoding="utf-16") + b"x").rejected


@pytest.mark.parametrize("heading", [str.upper, str.lower, lambda name: f" {name} ", lambda name: name.replace("Date", "_Date")])
def test_headings_in_any_case_and_order(heading):
    columns = tuple(reversed(COLUMNS))
    file = read(written([row(GOOD)], columns, [heading(column) for column in columns]))
    assert list(file) == [GOOD._replace(line=2)]
    assert file.header.period_end == HEADER.period_end


@pytest.mark.parametrize(("printed", "day"), [
    ("2018-10-03", "2018-10-03"), ("2018-10-03 00:00:00", "2018-10-03"), ("2018-10-03T00:00:00", "2018-10-03"),
    ("2018-10-03 00:00:00.000", "2018-10-03"), ("43376", "2018-10-03"), ("43376.0", "2018-10-03"), ("03/10/2018", "2018-10-03"),
    ("3/10/2018 00:00", "2018-10-03"), ("", ""), ("soon", "soon"), ("2018-10-03 14:30:00", "2018-10-03 14:30:00"),
    ("20181003", "20181003"), ("01/15/2002", "01/15/2002"), ("31/02/2019 00:00", "31/02/2019 00:00"), ("1/1/0000", "1/1/0000"),
    ("2019-02-31 00:00:00", "2019-02-31 00:00:00"), ("29/2/2020", "2020-02-29"),
])
def test_days_as_spreadsheets_have_them(printed, day):
    [record] = read(written([row(GOOD, DateVerified=printed)]))
    assert record.date_verified == day


def test_what_is_no_day_is_told_as_the_file_has_it():
    assert "“01/15/2002”" in checked(written([row(GOOD, DOB="01/15/2002")]), "return.csv").rejected


def test_the_headers_days_may_be_serials():
    header = read(written([row(GOOD, DateOfSend="43586", PeriodEnd="43585")])).header
    assert (str(header.sent), str(header.period_end)) == ("2019-05-01", "2019-04-30")


def test_noughts_that_a_spreadsheet_drops_are_put_back():
    [record] = read(written([row(GOOD, LEACodeAtYear11="4")]))
    assert record.lea_at_year_11 == "004"


def test_the_guarantee_may_have_columns():
    columns = (*COLUMNS, "Year11/GuaranteeStatus", "Year 11 LEA Code")
    content = written([row(GOOD) | {"Year11/GuaranteeStatus": "159", "Year 11 LEA Code": "391"}], columns)
    assert [(record.year_11_status, record.year_11_lea) for record in read(content)] == [("159", "391")]


def test_columns_that_are_not_known_are_noted_and_passed_over():
    file = read(written([row(GOOD)], (*COLUMNS, "Shoe size")))
    assert [note.field for note in file.notes] == ["Shoe size"]
    assert list(file) == [GOOD._replace(line=2)]


def test_short_rows_and_empty_ones():
    lines = written([row(GOOD)]).decode().splitlines()
    shorter = ",".join(lines[1].split(",")[:30])
    [record] = read("\n".join([lines[0], "", shorter, ",,,"]).encode())
    assert (record.young_persons_id, record.activity_code, record.line) == (GOOD.young_persons_id, "", 3)


@pytest.mark.parametrize(("content", "named"), [
    (b"a,b\n1,2\n", "YoungPersonsID"),
    (written([row(GOOD)], tuple(column for column in COLUMNS if column != "PeriodEnd")), "PeriodEnd"),
    (written([row(GOOD)], (*COLUMNS, "GENDER")), "GENDER"),
    (written([row(GOOD), row(BO, PeriodEnd="2019-05-31")]), "one header"),
    (written([row(GOOD, PeriodEnd="April")]), "PeriodEnd"),
    (written([row(GOOD, DatabaseId="x1")]), "DatabaseID"),
    (written([]), "PeriodEnd"),
    (b'YoungPersonsID,DatabaseId,DateOfSend,PeriodEnd\n"unended', "readable CSV"),
])
def test_a_file_that_cannot_be_used_is_refused(content, named):
    with pytest.raises(RefusedFileError, match=named):
        list(read(content))


def test_it_is_checked_by_the_same_rules():
    report = checked(written([row(GOOD), row(BO, Gender="X", UniqueLearnerNo="", CohortStatus="T")]), "return.csv")
    assert report.rejected is None
    assert report.records == 2
    assert numbers(report) == [5, 13]
