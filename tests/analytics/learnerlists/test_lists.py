"""Lists of any shape: the headings are found, the columns guessed, and every cell that cannot be read is answered."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from throughline.analytics.learnerlists.entries import entries
from throughline.analytics.learnerlists.mapping import guess, missing, signature
from throughline.analytics.learnerlists.sheet import ListSheet, read_sheet
from throughline.analytics.learnerlists.vocabulary import load_vocabulary
from throughline.analytics.participation.codesets import load_codeset
from throughline.core.problems import RefusedFileError

WORDS = load_vocabulary(settings.DEFINITIONS)
DAY = date(2026, 9, 3)
CODES = frozenset(load_codeset(settings.DEFINITIONS, "activity").by_code)
LEAVERS = """Saltmere Academy,,,
Printed 3 September 2026,,,
Forename,Legal Surname,D.O.B.,Where next?
Zoë,O'Brien,01/09/2009,FE college
AMARA,OKAFOR,31/02/2010,banana

Forename,Legal Surname,D.O.B.,Where next?
Ben,Ng,2010-08-31,
Total,3,,
"""


def listed(folder: Path, text: str, encoding: str = "utf-8", name: str = "leavers.csv") -> ListSheet:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return read_sheet(path, WORDS)


def test_the_heading_row_is_found_under_titles(tmp_path):
    sheet = listed(tmp_path, LEAVERS)
    assert sheet.headings == ("Forename", "Legal Surname", "D.O.B.", "Where next?")
    assert (sheet.heading_line, sheet.lines) == (3, (4, 5, 8))
    assert [line for line, _ in sheet.passed_over] == [7, 9]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_usual_encoding(tmp_path, encoding):
    assert listed(tmp_path, LEAVERS, encoding).rows[0][:2] == ("Zoë", "O'Brien")


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_any_usual_delimiter(tmp_path, delimiter):
    assert listed(tmp_path, LEAVERS.replace(",", delimiter)).rows[0][:2] == ("Zoë", "O'Brien")


def test_a_workbook_reads_as_the_same_list(tmp_path):
    book = openpyxl.Workbook()
    for row in LEAVERS.splitlines():
        book.active.append(row.split(","))
    book.save(tmp_path / "leavers.xlsx")
    assert read_sheet(tmp_path / "leavers.xlsx", WORDS).rows == listed(tmp_path, LEAVERS).rows


def test_columns_are_guessed_and_cells_answered(tmp_path):
    sheet = listed(tmp_path, LEAVERS)
    guesses = guess(sheet, WORDS, CODES, DAY)
    assert [given.field for given in guesses] == ["given_name", "family_name", "date_of_birth", ""]
    columns = {given.column: given.field for given in guesses} | {3: "activity"}
    first, second, third = entries(sheet, columns, WORDS, CODES)
    assert first.values == {"given_name": "Zoë", "family_name": "O'Brien", "date_of_birth": first.day("date_of_birth"),
                            "activity": "230", "activity_as_written": "FE college"}
    assert second.values == {"given_name": "Amara", "family_name": "Okafor"}
    assert (second.line, [cell[:3] for cell in second.unread]) == (
        5, [(2, "date_of_birth", "31/02/2010"), (3, "activity", "banana")])
    taught = [entries(sheet, columns, WORDS, CODES, {"fe college": code, "banana": code}) for code in ("310", "465")]
    assert [[one.values.get("activity") for one in rows] for rows in taught] == [["310", "310", None], ["230", None, None]]
    assert second.unread[0].remedy == "the calendar has no such day: look up the right one"
    assert "activity" not in third.values
    assert third.unread == ()


HEADINGS = [
    ("Student Name,DOB,UPN", ["full_name", "date_of_birth", "upn"]),
    ("Surname,Forename,Date of Birth,Post Code", ["family_name", "given_name", "date_of_birth", "postcode"]),
    ("first-name,LAST NAME,birth date,Sex", ["given_name", "family_name", "date_of_birth", "gender"]),
    ("Apprentice,ULN,Start Date,Training Provider", ["full_name", "uln", "start", "establishment_name"]),
    ("Name,D.O.B.,Sex (M/F),FSM Y/N,Young carer (yes/no),Exp. end date",
     ["full_name", "date_of_birth", "gender", "free_school_meals", "140", "predicted_end"]),
    ("Name,Year Group,DOB,Tutor Group", ["full_name", "", "date_of_birth", ""]),
    ("First,Last,Born on,Known as", ["given_name", "family_name", "date_of_birth", ""]),
    ("Known as,Surname,DOB,Legal Forename", ["", "family_name", "date_of_birth", "given_name"]),
    ("Known as,Last,Birthday,Enrolled", ["given_name", "family_name", "date_of_birth", "start"]),
    ("Preferred name,Preferred surname,DOB,Legal surname", ["given_name", "", "date_of_birth", "family_name"]),
    ("Name,DOB,Doing now,Start of course,Leaves on,Ends on",
     ["full_name", "date_of_birth", "activity", "start", "leaving", "predicted_end"]),
    ("Forename,First name,DOB,Surname", ["given_name", "", "date_of_birth", "family_name"]),
    ("Christian name,Sur-name,b'day", ["given_name", "family_name", "date_of_birth"]),
    ("Forename,Surname,DOB,Looked after,Care leaver,Level of need,FSM,EAL,EHCP",
     ["given_name", "family_name", "date_of_birth", "110", "160", "level_of_need", "free_school_meals", "additional_language",
      "ehc_plan"]),
    ("Name,DOB,SEND,SEN Support", ["full_name", "date_of_birth", "ehc_plan", "sen_support"]),
    ("Name,DOB,SEND,SEN Support,EHCP", ["full_name", "date_of_birth", "sen_status", "sen_support", "ehc_plan"]),
    ("Name,DOB,EHC plan,SEN Support,SEND", ["full_name", "date_of_birth", "ehc_plan", "sen_support", "sen_status"]),
    ("Name,DOB,EHCP (Y/N)", ["full_name", "date_of_birth", "ehc_plan"]),
    ("Name,DOB,SEND (Y/N),SEN Support Yes/No", ["full_name", "date_of_birth", "ehc_plan", "sen_support"]),
    ("Name,UPN,YOT,Young carer,CIN,SEND", ["full_name", "upn", "", "140", "child_in_need", "sen_status"]),
]


@pytest.mark.parametrize(("headings", "fields"), HEADINGS)
def test_headings_of_many_kinds(tmp_path, headings, fields):
    assert [given.field for given in guess(listed(tmp_path, headings + "\n"), WORDS, CODES, DAY)] == fields


def test_a_heading_that_its_cells_belie_is_not_believed(tmp_path):
    [_, _, born] = guess(listed(tmp_path, "Forename,Surname,DOB\nAna,Ng,16\nBo,Li,17\n"), WORDS, CODES, DAY)
    assert born.field == ""
    assert "nothing in it looks like one" in born.why


def test_a_column_whose_field_another_has_says_which_that_is(tmp_path):
    [*_, second] = guess(listed(tmp_path, "Name,DOB,EHCP,EHC plan\n"), WORDS, CODES, DAY)
    assert (second.field, second.why) == (
        "", "another column is already taken for “Has an education, health and care plan”")


def test_a_column_is_known_by_its_cells_where_its_heading_says_nothing(tmp_path):
    sheet = listed(tmp_path, "Forename,Surname,Ref,Area\nAna,Ng,B899400100001,QX1 1AA\nBo,Li,X899400100002,QX1 1AB\n")
    assert [given.field for given in guess(sheet, WORDS, CODES, DAY)][2:] == ["upn", "postcode"]


def test_a_mapping_is_remembered_by_the_headings_alone(tmp_path):
    one = listed(tmp_path, "Forename,Surname,D.O.B.\nAna,Ng,1/9/2010\n")
    other = listed(tmp_path, "FORENAME,surname,DOB\n")
    again = listed(tmp_path, "forename , Surname,d o b\n")
    assert signature(one) == signature(again)
    assert signature(one) != signature(other)
    assert signature(listed(tmp_path, "Forename,Sex (M/F)\n")) != signature(listed(tmp_path, "Forename,Sex\n"))


@pytest.mark.parametrize(("fields", "lacks"), [
    ({"given_name", "date_of_birth"}, "names"), ({"full_name"}, "date of birth"), ({"full_name", "upn"}, ""),
    ({"given_name", "family_name", "date_of_birth"}, ""), ({"young_persons_id", "110"}, ""), ({"uln"}, ""),
])
def test_what_a_mapping_lacks(fields, lacks):
    assert lacks in missing(fields) if lacks else missing(fields) == ""


@pytest.mark.parametrize("content", [b"", b"\n\n", b"Dear all,\nhere is the list\n", b"one\ntwo\n",
                                     b"\x01,\x02\n1,2\n", b"\x00\x01\x02" * 50, b"PK\x03\x04broken"])
def test_what_is_no_list_is_refused_in_words(tmp_path, content):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(RefusedFileError) as refusal:
        read_sheet(path, WORDS)
    assert refusal.value.problems[0].remedy


@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_a_list_or_a_clear_refusal(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "list.csv"
    path.write_bytes(b"Forename,Surname,DOB\n" + content)
    try:
        sheet = read_sheet(path, WORDS)
    except RefusedFileError as refusal:
        assert refusal.problems
        return
    columns = {given.column: given.field for given in guess(sheet, WORDS, CODES, DAY)}
    read = list(entries(sheet, columns, WORDS, CODES))
    assert len(read) == len(sheet.rows)
    for entry, row in zip(read, sheet.rows, strict=True):
        answered = {cell.printed for cell in entry.unread}
        for place, field in columns.items():
            says = field and row[place] and not WORDS.says_nothing(row[place], WORDS.fields[field].looks_like)
            assert not says or field in entry.values or row[place] in answered


@pytest.mark.parametrize(("cells", "field"), [(("230", "310"), "next_activity"), (("Sixth form", "311"), "intended_destination")])
def test_a_destination_is_what_its_cells_say(tmp_path, cells, field):
    rows = "".join(f"Ada,Ng,01/09/2010,{cell}\n" for cell in cells)
    sheet = listed(tmp_path, f"Forename,Surname,DOB,Destination\n{rows}")
    assert guess(sheet, WORDS, CODES, DAY)[3].field == field


def test_a_list_of_leavers_is_understood_and_a_reason_that_is_not_is_answered(tmp_path):
    rows = "Ada,Ng,01/09/2009,20/10/2026,Ill health,Apprenticeship\nBo,Ng,02/09/2009,21/10/2026,banana,Job\n"
    more = "Cy,Ng,03/09/2009,22/10/2026,2 - Transferred,FE college\nDi,Ng,04/09/2009,22/10/2026,44,Job\n"
    sheet = listed(tmp_path, f"Forename,Surname,DOB,Withdrawal date,Withdrawal reason,Destination\n{rows}{more}")
    columns = {each.column: each.field for each in guess(sheet, WORDS, CODES, DAY)}
    assert [columns[place] for place in (3, 4, 5)] == ["leaving", "leaving_reason", "intended_destination"]
    ada, bo, *rest = entries(sheet, columns, WORDS, CODES)
    assert (ada.values["leaving_reason"], ada.values["intended_destination"]) == ("3", "311")
    assert ("leaving_reason" in bo.values, bo.values["intended_destination"], bo.unread[0].printed) == (False, "321", "banana")
    assert [one.values["leaving_reason"] for one in rest] == ["2", "44"]


@pytest.mark.parametrize(("total", "said"), [
    ("Total: 3", []), ("Total,4", ["line 5: The file says 4, we read 3"]), ("Report printed,7", []),
    ("Count of forms: 2 and 9", []), ("12A,Total,", []), ("12A,Total 4,", ["line 5: The file says 4, we read 3"]),
    ("Year 12 total", []), ("Year 12 total 4", ["line 5: The file says 4, we read 3"]),
    ("Year 12 total,4", ["line 5: The file says 4, we read 3"]), ("12,Total (4),", ["line 5: The file says 4, we read 3"]),
    ("Total,12345", ["line 5: The file says 12,345, we read 3"]),
])
def test_a_total_that_is_not_the_number_of_rows_is_told(tmp_path, total, said):
    sheet = listed(tmp_path, f"Forename,Surname,DOB\nA,B,\nC,D,\nE,F,\n{total}\n")
    assert [wrong.partition(":")[0] + ":" + wrong.partition(":")[2].partition(":")[0] for wrong in sheet.miscounted] == said


def test_totals_of_groups_are_of_the_rows_since_the_one_before(tmp_path):
    sheet = listed(tmp_path, "Forename,Surname,DOB\nA,B,\nTotal,1,\nC,D,\nE,F,\nTotal,2,\nGrand total,3,\n")
    assert sheet.miscounted == ()


GROUPS = "Forename,Surname,DOB,Form\nA,B,,1\nC,D,,1\n{}\nE,F,,2\n{}\n{}\nG,H,,3\n{}\n{}\n{}\n"


@pytest.mark.parametrize(("school", "last", "grand", "said"), [
    ("Marl High total,3", "Totals: 1", "Grand total,4", ""),  # of a school after its forms, and of both schools
    ("Marl High total,3", "Totals: 1", "Grand total,5", "line 11: The file says 5, we read 4"),
    ("Marl High total,4", "Totals: 1", "Grand total,4", "line 7: The file says 4, we read 3"),
    ("Marl High total,3", "Totals: 9", "Grand total,4", "line 10: The file says 9, we read 4"),  # right after another: of all
])
def test_a_grand_total_after_totals_of_groups(tmp_path, school, last, grand, said):
    rows = GROUPS.format("Sub-total,2", "Subtotal 1", school, "3C,Total 1,,", last, grand)
    sheet = listed(tmp_path, rows)
    assert [row[0] for row in sheet.rows] == ["A", "C", "E", "G"]
    assert [wrong.rpartition(":")[0] for wrong in sheet.miscounted] == ([said] if said else [])


@pytest.mark.parametrize(("total", "said"), [
    ('"1,206"', ""), ("1206", ""), ("1206.0", ""), ('"1,207"', "The file says 1,207, we read 1,206"), ("1,206", ""),
    ("1,207", ""),  # in two cells: no telling what the second counts
    ("£540", ""), ("97%", ""), ("12.5", ""), ('"1,206 students"', ""),
])
def test_a_large_total_is_read_as_people_write_it(tmp_path, total, said):
    rows = "".join(f"A{at},B,,\n" for at in range(1206))
    sheet = listed(tmp_path, f"Forename,Surname,DOB,ULN\n{rows}Grand total,{total}\n")
    assert len(sheet.rows) == 1206
    assert [wrong.split(": ")[1] for wrong in sheet.miscounted] == ([said] if said else [])


@pytest.mark.parametrize("row", ["Total,12,15,27", "Year 12 total,1,,", "12A,Total,,", "Number of pupils: 3,,,", ",,Sub total,3",
                                 "Report printed,28/11/2026,,", "Total,40179,,", "Total,40179.0,,"])
def test_a_total_is_no_young_person_whatever_stands_beside_it(tmp_path, row):
    sheet = listed(tmp_path, f"Forename,Surname,DOB,ULN\nA,B,,\n{row}\n")
    assert len(sheet.rows) == 1
    assert "so it is no young person" in sheet.passed_over[0][1]


@pytest.mark.parametrize("row", [
    "Total,Ade,05/11/2009,9276308686", "Ade,Count,05/11/2009,", "Totally,Ade,,", "Ade,Account,,",
    "Ade Count,,05/11/2009,9276308686", "Ade Count,05/11/2009,9276308686,", "Total Mary,05/11/2009,9276308686,12",
    "Rose Total,01/01/2010,,", "Rose Total,,,927 630 8686", "Total Mary,B899400100001,,", "12A,Total,2010-01-31,",
])
def test_somebody_whose_name_is_a_word_for_a_total_is_still_somebody(tmp_path, row):
    assert len(listed(tmp_path, f"Forename,Surname,DOB,ULN\n{row}\n").rows) == 1
