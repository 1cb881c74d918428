"""Files that officers open in Excel: whole, safe and with their notes."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from throughline.ui.downloads import Column, csv_response, png_response, svg_response, table_response, xlsx_response

COLUMNS = [Column("area", "Authority"), Column("value", "Value (%)", 1), Column("on", "Released")]
ROWS = [
    {"area": "Côte & Quay", "value": 5.84, "on": date(2026, 3, 1)},
    {"area": "=HYPERLINK(1)", "value": None},
    {"area": "-2+3", "value": -1.5},
]


def csv_rows(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def workbook(response):
    return load_workbook(io.BytesIO(response.content))


def test_csv_opens_in_excel_with_its_accents():
    response = csv_response("NEET, age 16", COLUMNS, ROWS)
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Disposition"] == 'attachment; filename="neet-age-16.csv"'
    assert csv_rows(response)[:2] == [["Authority", "Value (%)", "Released"], ["Côte & Quay", "5.84", "2026-03-01"]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_text_that_would_run_as_a_formula_is_disarmed(text):
    (_, (cell,)) = csv_rows(csv_response("x", [Column("a", "A")], [{"a": text}]))
    assert cell[0] == "'"


def test_a_negative_number_stays_a_number_and_a_missing_one_stays_empty():
    written = csv_rows(csv_response("x", COLUMNS, ROWS))
    assert written[3][1] == "-1.5"
    assert written[2][1:] == ["", ""]


def test_xlsx_holds_numbers_dates_and_text_as_what_they_are():
    sheet = workbook(xlsx_response("x", COLUMNS, ROWS, ["A note"]))["Figures"]
    assert [cell.value for cell in sheet[1]] == ["Authority", "Value (%)", "Released"]
    assert sheet["B2"].value == 5.84
    assert sheet["C2"].value.date() == date(2026, 3, 1)
    assert sheet["B3"].value is None
    assert (sheet["A3"].value, sheet["A3"].data_type) == ("=HYPERLINK(1)", "s")


def test_xlsx_headings_stay_in_sight():
    assert workbook(xlsx_response("x", COLUMNS, ROWS, []))["Figures"].freeze_panes == "A2"


def test_xlsx_says_what_the_figures_are():
    sheet = workbook(xlsx_response("x", COLUMNS, ROWS, ["Source: DfE", "Release: 2026"], "NEET"))["About these figures"]
    assert [cell.value for cell in sheet["A"]] == ["NEET", None, "Source: DfE", "Release: 2026"]


def test_a_table_with_no_rows_still_opens():
    assert workbook(xlsx_response("x", COLUMNS, [], []))["Figures"].max_row == 1
    assert len(csv_rows(csv_response("x", COLUMNS, []))) == 1


@pytest.mark.parametrize(
    ("response", "kind", "ending"),
    [(svg_response("NEET trend", "<svg/>"), "image/svg+xml; charset=utf-8", "svg"),
     (png_response("NEET trend", b"\x89PNG"), "image/png", "png")],
)
def test_charts_are_attachments(response, kind, ending):
    assert response["Content-Type"] == kind
    assert f'filename="neet-trend.{ending}"' in response["Content-Disposition"]


def test_a_table_is_handed_over_as_the_kind_that_was_asked_for():
    as_csv = table_response("csv", "figures", COLUMNS, ROWS, ["A note"])
    assert csv_rows(as_csv) == csv_rows(csv_response("figures", COLUMNS, ROWS))
    book = workbook(table_response("xlsx", "figures", COLUMNS, ROWS, ["A note"], "Some figures"))
    assert book["Figures"]["A2"].value == "Côte & Quay"
    assert [cell.value for cell in book["About these figures"]["A"]] == ["Some figures", None, "A note"]
