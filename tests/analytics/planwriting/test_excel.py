"""A workbook of ours filters, prints on A4 with its headings on each page, and holds text as text."""

import io

import openpyxl
import pytest

from tests.analytics.planwriting.marlshire import HERE, facts, plan
from throughline.analytics.planreading.tree import Action, Plan, Section
from throughline.analytics.planwriting.excel import MOST_LETTERS, report_excel, write_excel
from throughline.analytics.planwriting.facts import Facts
from throughline.analytics.planwriting.report import Column, Figures, Heading, Report, Table


@pytest.fixture(scope="module")
def written() -> bytes:
    """The plan as monitored."""
    return write_excel(plan(), facts())


@pytest.fixture(scope="module")
def book(written: bytes) -> openpyxl.Workbook:
    """The same, opened."""
    return openpyxl.load_workbook(io.BytesIO(written))


def rows(sheet) -> list[list[object]]:
    """The values of a sheet, row by row."""
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_sheets_are_the_plan_and_its_tables(book):
    assert book.sheetnames == ["Plan", "Actions", "Measures", "Cross references", "Glossary"]


def test_the_first_sheet_reads_as_the_plan_does(book):
    lines = [row[0] for row in rows(book["Plan"])]
    assert lines[:4] == ["Marlshire County Council", "Marlshire 14-24 plan", "Approved by Cabinet on 3 March 2026",
                         "Period: 2026 to 2029"]
    assert "Recommendation 1: Set clear priorities" in lines and "• NEET falls to 5.5%" in lines
    assert [line for line in lines if line.startswith("See the")] == [f"See the sheet {name}" for name in book.sheetnames[1:]]


def test_every_action_is_on_one_sheet_with_what_it_stands_under(book):
    heads, first, *others = rows(book["Actions"])
    assert heads == ["Recommendation", "Priority", "Number", "Action", "Why", "Steps", "Who", "When", "Milestones", "Cost",
                     "Successful if", "Cross references", "RAG", "Latest update"]
    assert first[2:4] == ["1:1:1", "Improve the analysis of results"]
    assert first[5] == ("• Name who does it\n• Report to the board each year")
    assert [row[12] for row in others] == ["Not rated", "Red", "Not rated"]


def test_tables_filter_and_print_with_their_headings(book):
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
        assert "Page &P of &N" in sheet.oddFooter.right.text or sheet.oddFooter.right.text == "Page &[Page] of &N"


def test_a_rating_is_in_words_and_in_colour(book):
    rating = book["Actions"]["M2"]
    assert (rating.value, rating.fill.fgColor.rgb, rating.font.color.rgb) == ("Amber", "FFFCE3BF", "FF5F3A06")


def test_the_same_plan_makes_the_same_bytes(written):
    assert write_excel(plan(), facts()) == written


def test_a_plan_without_measures_or_references_still_has_their_sheets():
    book = openpyxl.load_workbook(io.BytesIO(write_excel(Plan("Bare"), Facts())))
    assert book.sheetnames == ["Plan", "Actions", "Measures", "Cross references"]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+44 1632", "@here", "http://example.org/a"])
def test_words_are_never_a_formula_nor_a_link(text):
    given = Plan("P", sections=[Section("section", "S", HERE, actions=[Action(text, HERE)])])
    cell = openpyxl.load_workbook(io.BytesIO(write_excel(given, Facts())))["Actions"]["C2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_what_a_cell_cannot_hold_is_cut_and_says_so():
    given = Plan("P", sections=[Section("section", "S", HERE, actions=[Action("x" * 40_000, HERE)])])
    held = openpyxl.load_workbook(io.BytesIO(write_excel(given, Facts())))["Actions"]["C2"].value
    assert len(held) == MOST_LETTERS
    assert held.endswith("The Word document has it whole.")


def test_a_report_keeps_amounts_as_numbers_and_names_its_sheets():
    columns = (Column("Measure"), Column("Value", amounts=True))
    tables = [Table(columns, (("NEET", 1204),), "Off track: [red]/amber, as the board asked"),
              Table(columns, (("NEET", 0.5),), "Off track: [red]/amber, as the board asked", "Provisional.")]
    blocks = (Figures((("Overdue", "4"),)), Heading("One"), tables[0], Heading("Two"), tables[1])
    book = openpyxl.load_workbook(io.BytesIO(report_excel(Report("Highlights", blocks=blocks, footnotes=("Note.",)))))
    assert book.sheetnames == ["Report", "Off track red amber, as the boa", "Off track red amber, as the 2"]
    assert book.worksheets[1]["B2"].value == 1204
    assert [row[0] for row in rows(book.worksheets[2])] == ["Measure", "NEET", None, "Provisional."]
    assert [row[0] for row in rows(book["Report"])] == [
        "Highlights", "Overdue: 4", "One", "See the sheet Off track red amber, as the boa", "Two",
        "See the sheet Off track red amber, as the 2", "Notes", "1. Note."]
