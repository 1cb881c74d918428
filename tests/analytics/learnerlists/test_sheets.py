"""Sheets of one workbook: which of them are one list, where a row of it is, and which are told of as not read."""

from datetime import date

import openpyxl
import pytest
from django.conf import settings

from throughline.analytics.learnerlists.sheet import read_sheet
from throughline.analytics.learnerlists.sheets import line_in_words
from throughline.analytics.learnerlists.telling import is_somebody
from throughline.analytics.learnerlists.vocabulary import load_vocabulary

WORDS = load_vocabulary(settings.DEFINITIONS)
DAY = date(2026, 9, 3)
HEADINGS, ADA, BO = ("Forename", "Surname", "DOB"), ("Ada", "Ng", "01/09/2009"), ("Bo", "Poe", "02/09/2009")
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
])
def test_sheets_under_the_same_headings_are_one_list_and_others_are_told_of(tmp_path, book, people, where, unread):
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in book:
        made = workbook.create_sheet(name)
        for row in rows:
            made.append(row)
    workbook.save(tmp_path / "list.xlsx")
    sheet = read_sheet(tmp_path / "list.xlsx", WORDS, is_person=lambda cells: is_somebody(cells, DAY))
    assert " ".join(row[0] for row in sheet.rows) == people
    assert ", ".join(line_in_words(line, sheet.sheets) for line in sheet.lines) == where
    assert [why[:len(unread)] for why in sheet.unread] == [unread] * bool(unread)
    assert sheet.miscounted == ()
