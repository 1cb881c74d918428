"""Sheets of one workbook: which of them are one list, where a row of it is, and which are told of as not read."""

from datetime import date

import openpyxl
import pytest
from django.conf import settings

from throughline.analytics.learnerlists.dating import other_days
from throughline.analytics.learnerlists.sheet import read_sheet
from throughline.analytics.learnerlists.sheets import line_in_words
from throughline.analytics.learnerlists.telling import is_somebody
from throughline.analytics.learnerlists.vocabulary import load_vocabulary
from throughline.core.problems import RefusedFileError

WORDS = load_vocabulary(settings.DEFINITIONS)
DAY = date(2026, 9, 3)
HEADINGS, ADA, BO = ("Forename", "Surname", "DOB"), ("Ada", "Ng", "01/09/2009"), ("Bo", "Poe", "02/09/2009")
CY = ("Cy", "Roe", "05/11/2009")
COVER, NOTES = ("Cover", [("Destinations of Harbour School",), ("Please see the next sheet",)]), ("Notes", [])
CODED = ("Codes", [("Code", "Means"), ("230", "College"), ("310", "Job")])


@pytest.mark.parametrize(("book", "people", "where", "unread"), [
    ([("Y12", [HEADINGS, ADA]), ("Y13", [HEADINGS, BO])], "Ada Bo", "line 2 of the sheet “Y12”, line 2 of the sheet “Y13”", ""),
    ([("Y12", [HEADINGS, ADA]), ("Y13", [("Year 13",), ("surname", "FORENAME", "Dob"), ("Poe", "Bo", "02/09/2009"),
                                         ("Total", "1")])],
     "Ada Bo", "line 2 of the sheet “Y12”, line 3 of the sheet “Y13”", ""),
    ([COVER, ("Y12", [HEADINGS, ADA])], "Ada", "line 2 of the sheet “Y12”", ""),
    ([("Y12", [HEADINGS, ADA]), NOTES], "Ada", "line 2", ""),
    ([CODED, ("Y12", [HEADINGS, ADA])], "Ada", "line 2 of the sheet “Y12”", "the sheet “Codes” has 2 rows that are not"),
    ([("Y12", [HEADINGS, ADA]), ("Y13", [(*HEADINGS, "UPN"), (*BO, "")])], "Ada", "line 2 of the sheet “Y12”",
     "the sheet “Y13” has 1 row that is not under the headings of the sheet “Y12”, so nothing of it was read"),
    ([("Y12", [ADA, BO]), ("Y13", [BO, ADA])], "Ada Bo", "line 1 of the sheet “Y12”, line 2 of the sheet “Y12”",
     "the sheet “Y13” has 2 rows that are not"),
    ([("Y12", [HEADINGS, ADA]), ("Old (hidden)", [HEADINGS, BO])], "Ada", "line 2 of the sheet “Y12”",
     "the sheet “Old (hidden)” is hidden, so nothing of it was read; if it belongs to the list, unhide it"),
    ([("Old (hidden)", [HEADINGS, BO]), ("Y12", [HEADINGS, ADA])], "Ada", "line 2 of the sheet “Y12”",
     "the sheet “Old (hidden)” is"),
    ([("Y12", [HEADINGS, ADA]), ("Old (hidden)", [HEADINGS])], "Ada", "line 2 of the sheet “Y12”", ""),
])
def test_sheets_under_the_same_headings_are_one_list_and_others_are_told_of(tmp_path, book, people, where, unread):
    sheet = read(tmp_path, book)
    assert " ".join(row[0] for row in sheet.rows) == people
    assert ", ".join(line_in_words(line, sheet.sheets) for line in sheet.lines) == where
    assert [why[:len(unread)] for why in sheet.unread] == [unread] * bool(unread)
    assert sheet.miscounted == ()


@pytest.mark.parametrize("cover", [[], [("Ask Ann for the list",)]])
def test_where_the_only_table_is_on_a_hidden_sheet_that_is_what_is_said(tmp_path, cover):
    with pytest.raises(RefusedFileError) as refused:
        read(tmp_path, [("Cover", cover), ("Y12 (hidden)", [HEADINGS, ADA])])
    assert "the sheet “Y12 (hidden)” is hidden" in refused.value.problems[0].remedy
    with pytest.raises(RefusedFileError) as refused:
        read(tmp_path, [("Cover", cover), ("Y12 (hidden)", [HEADINGS])])
    assert "hidden" not in refused.value.problems[0].remedy


def titled(title: str) -> list[tuple[str, ...]]:
    return [(title,), HEADINGS]


def run_of(year: str) -> list[tuple[str, ...]]:
    return [("Report run 30/11/2026",), *titled(year)]


SEPTEMBER, NOVEMBER = titled("As at 30 September 2025"), titled("As at 30 November 2026")


@pytest.mark.parametrize(("first", "second", "is_read"), [
    (("A", NOVEMBER), ("B", SEPTEMBER), False), (("A", NOVEMBER), ("B", titled("Position at 30/11/2026")), True),
    (("A", NOVEMBER), ("B", [HEADINGS]), True), (("A", [HEADINGS]), ("B", SEPTEMBER), False),
    (("November 2026", [HEADINGS]), ("September 2026", [HEADINGS]), False), (("Nov", [HEADINGS]), ("Sept", [HEADINGS]), False),
    (("Nov", [HEADINGS]), ("B", NOVEMBER), True), (("A", NOVEMBER), ("November", [HEADINGS]), True),
    (("A", NOVEMBER), ("Sept", NOVEMBER), False), (("2025-26", [HEADINGS]), ("2024-25", [HEADINGS]), False),
    (("2026-27", [HEADINGS]), ("B", NOVEMBER), True), (("2026", [HEADINGS]), ("2025", [HEADINGS]), False),
    (("A", titled("3 September")), ("B", titled("4 September")), False),
    (("A", NOVEMBER), ("B", titled("Printed 1 December 2026")), True),
    (("A", NOVEMBER), ("B", titled("As at 30 September 2025, printed 1 December 2026")), False),
    (("A", NOVEMBER), ("B", titled("Aged 16 on 31 August 2025")), True),
    (("A", NOVEMBER), ("B", [("30 September 2026",), ("As at 30 November 2026",), HEADINGS]), True),
    (("A", [("30 September 2026",), *NOVEMBER]), ("B", titled("30 September 2026")), False),
    (("Nov", [HEADINGS]), ("B", titled("Printed 1 September 2026")), True),
    (("A", NOVEMBER), ("B", titled("Report run 01/12/2026")), True), (("A", NOVEMBER), ("B", titled("Extract 01/12/2026")), True),
    (("A", [("Printed 1 December 2026",), *NOVEMBER]), ("B", titled("Printed 2 December 2026")), True),
    (("A", titled("Report run 30/11/2026")), ("B", titled("Report run 30/09/2026")), False),
    (("A", titled("Extracted 30/11/2026")), ("B", titled("Data extract, 30 November 2026")), True),
    (("Intended 2026", [HEADINGS]), ("Intended 2025", [HEADINGS]), False),
    (("A", run_of("Academic year 2025/26")), ("B", run_of("Academic year 2024/25")), False),
    (("A", run_of("Academic year 2026/27")), ("B", run_of("Academic year 2026/27")), True),
    (("A", run_of("2025/26, run 30/11/2026")), ("B", run_of("2024/25, run 30/11/2026")), False),
    (("A", [("Academic year 2025/26",), *NOVEMBER]), ("B", [("Academic year 2024/25",), *NOVEMBER]), False),
    (("A", [("November 2026",), ("30/11/2026",), HEADINGS]), ("2026-27", [("30/11/2026",), HEADINGS]), True),
    (("A", [("Academic year 2025/26",), ("30/11/2026",), HEADINGS]), ("Oct 2025", [HEADINGS]), False),
])
def test_a_sheet_of_another_day_is_left_unread_and_told_of(tmp_path, first, second, is_read):
    sheet = read(tmp_path, [(first[0], [*first[1], ADA]), (second[0], [*second[1], BO])])
    unread = f"the sheet “{second[0]}” speaks of a day, month or year that the sheet “{first[0]}” does not, so nothing"
    assert [row[0] for row in sheet.rows] == ["Ada", "Bo"][:1 + is_read]
    assert [why[:len(unread)] for why in sheet.unread] == [unread] * (not is_read)


@pytest.mark.parametrize(("first", "second"), [
    ("Nov_2026", "Nov_2025"), ("Nov26", "Nov25"), ("26-27", "25-26"), ("26_27", "25_26"), ("2026_27", "2025_26"),
    ("Autumn 26", "Autumn 25"), ("Autumn Term 2026", "Autumn Term 2025"), ("Autumn Term 2026", "Spring Term 2026"),
    ("Autumn", "Spring"), ("Autumn26", "Nov 2025"), ("Destinations_2026", "Destinations_2025"), ("30.11.2026", "30.11.2025"),
    ("Autumn 1", "Spring 1"), ("Year 12 2026", "Year 12 2025"), ("AY26-27", "AY25-26"), ("Nov_26", "Nov_25"),
    ("2026-27 Nov", "2025-26 Nov"),
])
def test_names_of_sheets_that_are_written_closely_say_their_years(tmp_path, first, second):
    sheet = read(tmp_path, [(first, [HEADINGS, ADA]), (second, [HEADINGS, BO])])
    assert ([row[0] for row in sheet.rows], len(sheet.unread)) == (["Ada"], 1)


@pytest.mark.parametrize(("first", "second"), [
    ("Year 12", "Year 13"), ("Y12", "Y13"), ("12A", "12B"), ("13-1", "13-2"), ("Group 12", "Group 13"), ("12-13", "13-14"),
    ("Ages 24-25", "Ages 23-24"), ("Spring Lane", "Autumn House"), ("Nov_2026", "Nov26"), ("26-27", "Nov_2026"),
    ("Autumn Term 2026", "Nov 2026"), ("2025-27", "Nov 2026"), ("2025-27", "May 2025"), ("26-28", "21-23"),
    ("Y12 Nov 2026", "Y13 Nov 2026"), ("Y12 Nov", "Y13 Nov"), ("Nov 26", "30 Nov 2026"), ("2026-27 Nov", "30 Nov 2026"),
])
def test_names_of_sheets_that_say_no_other_time_are_one_list(tmp_path, first, second):
    assert [row[0] for row in read(tmp_path, [(first, [HEADINGS, ADA]), (second, [HEADINGS, BO])]).rows] == ["Ada", "Bo"]


@pytest.mark.parametrize(("file", "names", "people", "where"), [
    ("Tracking 2026-11-30", ["Sept 2026", "Nov 2026"], "Bo", "line 2 of the sheet “Nov 2026”"),
    ("Tracking 2026-11-30", ["Sept 2026", "Y13", "Nov 2026"], "Cy Bo",
     "line 2 of the sheet “Nov 2026”, line 2 of the sheet “Y13”"),
    ("Tracking 2026-11-30", ["Sept 26", "Nov 26"], "Bo", "line 2 of the sheet “Nov 26”"),
    ("Tracking 2026-11-30", ["Y12", "Sept 2026"], "Ada", "line 2 of the sheet “Y12”"),
    ("Tracking 2026-12-01", ["Sept 2026", "Y13"], "Ada Bo", "line 2 of the sheet “Sept 2026”, line 2 of the sheet “Y13”"),
    ("Tracking 2026-12-01", ["Sept 2026", "Nov 2026"], "Ada", "line 2 of the sheet “Sept 2026”"),
    ("Tracking 2026-11-30", ["Nov", "Nov 2025"], "Ada", "line 2 of the sheet “Nov”"),
    ("Destinations_2026_27", ["2025-26", "2026-27"], "Bo", "line 2 of the sheet “2026-27”"),
])
def test_a_list_begins_with_the_first_sheet_that_agrees_with_the_files_own_day(tmp_path, file, names, people, where):
    sheet = read(tmp_path, [(name, [HEADINGS, one]) for name, one in zip(names, (ADA, BO, CY), strict=False)], f"{file}.xlsx")
    assert " ".join(row[0] for row in sheet.rows) == people
    assert ", ".join(line_in_words(line, sheet.sheets) for line in sheet.lines) == where
    assert len(sheet.unread) == len(names) - len(sheet.rows)
    assert all("speaks of a day, month or year" in why for why in sheet.unread)


def test_lines_are_counted_from_the_sheet_that_a_list_begins_with(tmp_path):
    sheet = read(tmp_path, [("Sept 2026", [HEADINGS, ADA]), ("Y13", [HEADINGS, CY]), ("Nov 2026", [HEADINGS, ADA, BO])],
                 "Tracking 2026-11-30.xlsx")
    assert [line_in_words(line, sheet.sheets) for line in sheet.lines] == [
        "line 2 of the sheet “Nov 2026”", "line 3 of the sheet “Nov 2026”", "line 2 of the sheet “Y13”"]


@pytest.mark.parametrize(("file", "book", "day", "said"), [
    ("list_2026-12-01", [("Sept 2026", [HEADINGS, ADA]), ("Nov 2026", [HEADINGS, BO])], date(2026, 12, 1),
     ["the name of its sheet “Sept 2026” says “Sept 2026”"]),
    ("list", [("Nov_2025", [HEADINGS, ADA])], date(2026, 11, 30), ["the name of its sheet “Nov_2025” says “Nov 2025”"]),
    ("list", [("Nov", [HEADINGS, ADA]), ("Nov 2025", [HEADINGS, BO])], date(2026, 11, 30),
     ["the name of its sheet “Nov 2025” says “Nov 2025”"]),
    ("list", [("Nov", [HEADINGS, ADA]), ("B", [*titled("Report of Nov 2025"), BO])], date(2026, 11, 30),
     ["the title “Report of Nov 2025” says “Nov 2025”"]),
    ("list", [("Nov 2026", [HEADINGS, ADA]), ("Sept 2026", [HEADINGS, BO])], date(2026, 11, 30), []),
    ("list", [("Y12", [HEADINGS, ADA]), ("Age 16 in 2025", [HEADINGS, BO])], date(2026, 11, 30), []),
])
def test_the_sheets_of_a_list_are_asked_about_where_they_say_another_day(tmp_path, file, book, day, said):
    assert other_days(read(tmp_path, book, f"{file}.xlsx"), WORDS, day) == said


def test_a_sheet_of_the_day_that_the_files_name_says_is_read(tmp_path):
    assert len(read(tmp_path, [("A", [HEADINGS, ADA]), ("B", [*NOVEMBER, BO])], "list_2026-11-30.xlsx").rows) == 2


def test_somebody_above_the_headings_of_a_later_sheet_is_told_of(tmp_path):
    sheet = read(tmp_path, [("Y12", [HEADINGS, ADA]), ("Y13", [("Year 13",), ("Cy", "Roe", "05/11/2009"), HEADINGS, BO])])
    assert [row[0] for row in sheet.rows] == ["Ada", "Bo"]
    assert [(line_in_words(line, sheet.sheets), why[:37]) for line, why in sheet.passed_over] == [
        ("line 2 of the sheet “Y13”", "it stands above the headings, so it w")]


def read(folder, book, name="list.xlsx"):
    """A workbook of some sheets, those with “(hidden)” in their names hidden, as a list."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for called, rows in book:
        made = workbook.create_sheet(called)
        made.sheet_state = "hidden" if "(hidden)" in called else "visible"
        for row in rows:
            made.append(row)
    workbook.save(folder / name)
    return read_sheet(folder / name, WORDS, is_person=lambda cells: is_somebody(cells, DAY))
