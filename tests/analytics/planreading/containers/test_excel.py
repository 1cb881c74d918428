"""A workbook is read sheet by sheet, its tables parted by empty rows, and what is hidden in it named."""

import zipfile
from datetime import date

import pytest
from openpyxl.styles import Font

from tests.analytics.planreading.containers.written import outline, tables, workbook_file
from throughline.analytics.planreading.containers import excel
from throughline.analytics.planreading.document import Paragraph, Source
from throughline.core.problems import RefusedFileError


def test_sheets_titles_and_tables(tmp_path):
    def fill(book, sheet):
        book.properties.title = "Marlshire plan"
        sheet.title = "Actions"
        sheet["A1"] = "Marlshire 14-19 plan"
        sheet["A1"].font = Font(bold=True)
        sheet.append(["Num", "Action", "When", "Cost"])
        sheet.append([1.1, "Train\nstaff", date(2016, 9, 1), 30000])
        sheet["C3"].number_format, sheet["D3"].number_format = "mmm-yy", '"£"#,##0'
        sheet["B6"], sheet["C6"] = "Measure", "Target"
        sheet["B7"], sheet["C7"] = "Participation", 0.98
        sheet["C7"].number_format = "0%"
        book.create_sheet("Measures")["A1"] = "To be determined"

    read_back = excel.read(workbook_file(tmp_path / "plan.xlsx", fill))
    assert read_back.title == "Marlshire plan"
    assert outline(read_back) == [
        ("h1", "Actions"), ("", "Marlshire 14-19 plan"),
        ("table", [("Num", "Action", "When", "Cost"), ("1.1", "Train\nstaff", "Sept 2016", "£30,000")]),
        ("table", [("Measure", "Target"), ("Participation", "98%")]),
        ("h1", "Measures"), ("", "To be determined"),
    ]
    assert read_back.blocks[1] == Paragraph("Marlshire 14-19 plan", Source(sheet="Actions", row=1), bold=True)
    assert read_back.blocks[3].rows[1].source == Source(sheet="Actions", table=2, row=7)


def test_bold_lines_larger_than_the_rest_are_headings_by_their_size(tmp_path):
    def fill(book, sheet):
        sheet.title = "Plan"
        for row, (words, bold, points) in enumerate([
                ("Marlshire plan", True, 24), ("Priority 1: Attend", True, 17), ("A part of it", True, 14),
                ("Plain words", False, 11), ("Bold words", True, 11), ("Priority 2: Learn", True, 17)], 1):
            sheet[f"A{row}"] = words
            sheet[f"A{row}"].font = Font(bold=bold, size=points)

    assert outline(excel.read(workbook_file(tmp_path / "plan.xlsx", fill))) == [
        ("h1", "Plan"), ("h0", "Marlshire plan"), ("h1", "Priority 1: Attend"), ("h2", "A part of it"), ("", "Plain words"),
        ("", "Bold words"), ("h1", "Priority 2: Learn"),
    ]


def test_merged_cells_say_their_words_once_and_hold_a_table_together(tmp_path):
    def fill(book, sheet):
        for place, words in {"A1": "Num", "B1": "What", "B2": "Action", "C2": "Who", "A3": "1", "B3": "Visit", "C3": "JL",
                             "B6": "Report"}.items():
            sheet[place] = words
        for merged in ("A1:A2", "B1:C1", "A3:A6"):
            sheet.merge_cells(merged)

    assert tables(excel.read(workbook_file(tmp_path / "plan.xlsx", fill))) == [
        [("Num", "What", ""), ("", "Action", "Who"), ("1", "Visit", "JL"), ("", "Report", "")]]


def test_what_is_hidden_is_left_out_and_named(tmp_path):
    def fill(book, sheet):
        sheet.title = "Actions"
        for row in (["Num", "Note", "Action"], ["1", "a", "Visit"], ["2", "b", "Report"], ["3", "c", "Train"]):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = sheet.column_dimensions["B"].hidden = True
        lists = book.create_sheet("Lists")
        lists["A1"], lists.sheet_state = "x", "hidden"

    read_back = excel.read(workbook_file(tmp_path / "plan.xlsx", fill))
    assert tables(read_back) == [[("Num", "Action"), ("1", "Visit")]]
    assert [(where.sheet, why.split(";")[0]) for where, why in read_back.unread] == [
        ("Actions", "rows 3 and 4 are hidden and left out"), ("Actions", "column B is hidden and left out"),
        ("Lists", "the sheet “Lists” is hidden and was left out")]


def test_a_formula_without_its_result_is_named_and_an_error_kept_as_printed(tmp_path):
    def fill(book, sheet):
        sheet.append(["Total", "Rate"])
        sheet.append(["=SUM(C1:C9)", "#DIV/0!"])

    read_back = excel.read(workbook_file(tmp_path / "plan.xlsx", fill))
    assert tables(read_back) == [[("Total", "Rate"), ("", "#DIV/0!")]]
    assert [(where.row, why.split(";")[0]) for where, why in read_back.unread] == [
        (2, "cell A2 holds a formula whose result was not saved")]


def test_a_cell_at_the_far_end_of_a_sheet_is_no_trouble(tmp_path):
    def fill(book, sheet):
        sheet["A1"], sheet["XFD1048576"] = "near", "far"

    assert [words for _, words in outline(excel.read(workbook_file(tmp_path / "plan.xlsx", fill)))] == ["Sheet", "near", "far"]


@pytest.mark.parametrize("limit", ["MOST_CELLS", "MOST_MERGED"])
def test_more_than_any_plan_holds_is_refused(tmp_path, monkeypatch, limit):
    def fill(book, sheet):
        for _ in range(5):
            sheet.append([1, 2, 3])
        sheet.merge_cells("E1:H9")

    path = workbook_file(tmp_path / "plan.xlsx", fill)
    excel.read(path)
    monkeypatch.setattr(excel, limit, 12)
    with pytest.raises(RefusedFileError, match="cells, or very large merged ones"):
        excel.read(path)


def test_a_small_file_that_merges_a_whole_sheet_is_refused(tmp_path):
    path = workbook_file(tmp_path / "plan.xlsx", lambda book, sheet: sheet.append(["Action"]))
    with zipfile.ZipFile(path) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet1.xml"
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    members[name] = members[name].replace(b"</sheetData>", merged)
    with zipfile.ZipFile(path, "w") as packed:
        for each, content in members.items():
            packed.writestr(each, content)
    with pytest.raises(RefusedFileError, match="very large merged ones"):
        excel.read(path)
