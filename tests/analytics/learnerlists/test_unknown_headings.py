"""Lists whose headings tell nothing, or that have none: read as tables, and guessed from their cells as far as that goes."""

import re
from datetime import date

import pytest
from django.conf import settings

from throughline.analytics.learnerlists.mapping import fits, guess
from throughline.analytics.learnerlists.sheet import read_sheet
from throughline.analytics.learnerlists.telling import is_somebody
from throughline.analytics.learnerlists.vocabulary import load_vocabulary
from throughline.analytics.participation.codesets import load_codeset

WORDS = load_vocabulary(settings.DEFINITIONS)
CODES = frozenset(load_codeset(settings.DEFINITIONS, "activity").by_code)
DAY = date(2026, 9, 3)


def listed(folder, text):
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return read_sheet(path, WORDS, is_person=lambda cells: is_somebody(cells, DAY))


# Of what fewer than two headings are known: a list, its headings, how many rows are people, and the fields guessed all the same.
UNSURE = [
    ("zz1;Kid;Kid's surname;when;wots he doin\n7;Ada;Ng;01/02/2010;college\n", "zz1;Kid;Kid's surname;when;wots he doin", 1,
     ["", "", "", "date_of_birth", ""]),
    ("Nom,Prénom,Né le\nNg,Ada,1.2.2010\n", "Nom,Prénom,Né le", 1, ["", "", "date_of_birth"]),
    ("Imprimé,Marlbeck,,\n,,,\nNom,Prénom,E-mail,Ville\nNg,Ada,a@example.org,\n", "Nom,Prénom,E-mail,Ville", 1,
     ["", "", "email", ""]),
    ("Ada,Ng,01/02/2010,,,\nBo,Li,,QX1 1AB\n", "Column 1,Column 2,Column 3,Column 4", 2, ["", "", "date_of_birth", "postcode"]),
    ("Ng,Ada,01/02/2010,School,Student\nLi,Bo,02/02/2010,College,Apprentice\n", "Column 1,Column 2,Column 3,Column 4,Column 5", 2,
     ["", "", "date_of_birth", "", ""]),  # words that are headings elsewhere
    ("O'Brien,Ade,\nNg,Bo,15/01/2010\n", "O'Brien,Ade,", 1, ["", "", "date_of_birth"]),  # the widest row says how many there are
    ("Marlbeck School,01/09/2008\nNom,Prénom,Né le\nNg,Ada,1.2.2010\n", "Nom,Prénom,Né le", 1, ["", "", "date_of_birth"]),
    ("Ng,Ada,01/02/2010\nLi,Bo,02/02/2010,230\n", "Column 1,Column 2,Column 3,Column 4", 2, ["", "", "date_of_birth", ""]),
    ("Ng;Ada;F899400100001\n", "Column 1;Column 2;Column 3", 1, ["", "", "upn"]),
    ("Ng,Ada,9276308686\n", "Column 1,Column 2,Column 3", 1, ["", "", ""]),
    ("Ng,Ada,9276308687\nNg,Bo,\n", "Ng,Ada,9276308687", 1, ["", "", ""]),  # no number of anybody's, so perhaps a heading
    ("Ng,Ada,01/02/1999\nNg,Bo,\n", "Ng,Ada,01/02/1999", 1, ["", "", ""]),
]


@pytest.mark.parametrize(("text", "headings", "rows", "fields"), UNSURE)
def test_a_list_of_which_few_headings_are_known_is_read_as_far_as_it_can_be(tmp_path, text, headings, rows, fields):
    sheet = listed(tmp_path, text)
    assert (sheet.headings, sheet.sure, len(sheet.rows)) == (tuple(re.split("[,;]", headings)), False, rows)
    assert sheet.no_headings == headings.startswith("Column")
    assert [given.field for given in guess(sheet, WORDS, CODES, DAY)] == fields


@pytest.mark.parametrize("text", [
    "Forename,Surname,01/09/2009\nAda,Ng,here\n",  # a day on which they were there
    "Forename,Surname,01/09/2009\nAda,Ng,01/02/2010\n",
    "Marlbeck School,01/09/2008\nForename,Surname\nAda,Ng\n",
])
def test_two_known_headings_are_headings_whatever_day_stands_beside_or_above(tmp_path, text):
    sheet = listed(tmp_path, text)
    assert (sheet.headings[:2], sheet.sure, sheet.no_headings) == (("Forename", "Surname"), True, False)
    assert [row[:2] for row in sheet.rows] == [("Ada", "Ng")]


# Under headings of which we know two: somebody whose cells are headings elsewhere, and how many rows are people.
CELLS = ["Ade O'Brien,05/11/2009,LAC,FSM,EAL", "Ade O'Brien,,LAC,FSM,EAL", "Ade O'Brien,05/11/2009,YOT,CIN,LAC",
         "Ade O'Brien,,SEN support,EHCP,SEND", "Ade O'Brien,05/11/2009,College,Apprentice,Job"]


@pytest.mark.parametrize("row", CELLS)
@pytest.mark.parametrize(("before", "after"), [("Bo Ng,15/01/2010,,,\n", ""), ("", "Cy Poe,16/01/2010,FSM,,\n")])
def test_somebody_whose_cells_are_headings_elsewhere_is_not_taken_for_the_headings(tmp_path, row, before, after):
    sheet = listed(tmp_path, f"Marlbeck School,,,,\nName,DOB,Need 1,Need 2,Need 3\n{before}{row}\n{after}")
    assert (sheet.heading_line, sheet.sure, len(sheet.rows)) == (2, True, 2)
    assert sheet.passed_over == ()


def test_a_second_table_below_the_first_takes_nobody_of_it_away(tmp_path):
    sheet = listed(tmp_path, "Name,DOB\nBo Ng,15/01/2010\nForename,Surname,DOB\nAda,Ng,01/02/2010\n")
    assert (sheet.heading_line, sheet.rows[0]) == (1, ("Bo Ng", "15/01/2010"))


@pytest.mark.parametrize(("above", "told"), [
    ("Ng,Bo,15/01/2010,", True), ("Ng,,15/01/2010,", True), ("Ng,Bo,230,", True), ("Ng,Bo,,", False),
    ("Marlbeck School,,,", False), ("Year 12,05/10/2026,,", False),
])
def test_a_row_above_the_headings_that_may_be_somebody_is_told_of(tmp_path, above, told):
    sheet = listed(tmp_path, f"{above}\nForename,Surname,DOB,UPN\nAda,Ng,01/02/2010,\n")
    assert (sheet.heading_line, len(sheet.rows)) == (2, 1)
    assert [(line, "it stands above the headings" in why) for line, why in sheet.passed_over] == ([(1, True)] if told else [])


@pytest.mark.parametrize(("born", "start", "fit"), [
    ("15/01/2010", "01/09/2025", True), ("01/15/2010", "09/01/2025", True), ("15/01/2010", "", True), ("", "01/09/2025", True),
    ("01/09/2025", "", False), ("", "15/01/2010", False), ("01/09/2025", "15/01/2010", False),
])
def test_what_was_said_of_columns_of_dates_holds_where_births_are_in_the_column_of_them_alone(tmp_path, born, start, fit):
    path = tmp_path / "list.csv"
    path.write_text(f"Ng,Bo,{born},{start}\n", encoding="utf-8")
    said = {0: "family_name", 1: "given_name", 2: "date_of_birth", 3: "start"}
    columns = {place: field for place, field in said.items() if place < 3 or start}
    assert fits(read_sheet(path, WORDS, no_headings=True), columns, WORDS, CODES, DAY) == fit


@pytest.mark.parametrize(("headings", "cells", "field"), [
    ("Forename,Surname,When", ["03/09/2013", "4 Sept 1999"], "date_of_birth"),  # 13 today, and 26 until tomorrow
    ("Forename,Surname,When", ["04/09/2013", "04/09/2013"], ""),  # 12
    ("Forename,Surname,When", ["03/09/1999", "03/09/1999"], ""),  # 27
    ("Forename,Surname,When", ["01/09/2010", "soon"], ""),
    ("Forename,Surname,When", ["05/02/2102", "01/09/2010", "02/09/2010"], "date_of_birth"),  # one of them nobody's
    ("Forename,Surname,When", ["04/09/1925", "01/09/2010", "02/09/2010"], ""),  # 100
    ("Forename,Surname,When", ["03/09/1925", "01/09/2010", "02/09/2010"], "date_of_birth"),
    ("Forename,Surname,When", ["05/02/2102", "06/02/2102", "01/09/2010"], ""),
    ("Forename,Surname,When", ["01/09/2026", "01/09/2010", "02/09/2010"], ""),
    ("Forename,Surname,Year", ["01/09/2010", "01/09/2010"], ""),  # a heading of which nothing is kept
    ("Forename,DOB,When", ["01/09/2010", "01/09/2010"], ""),
    ("Forename,When,Then", ["01/09/2010", "01/09/2010"], ""),  # two of them: nobody can tell which
])
def test_a_column_of_dates_on_which_young_people_were_born_is_known_by_them(tmp_path, headings, cells, field):
    second = cells[0] if "Surname" not in headings else "Ng"
    sheet = listed(tmp_path, headings + "\n" + "".join(f"Ada,{second},{cell}\n" for cell in cells))
    guessed = [given.field for given in guess(sheet, WORDS, CODES, DAY) if given.heading not in ("Forename", "Surname", "DOB")]
    assert set(guessed) == {field}


@pytest.mark.parametrize(("heading", "speaks"), [
    ("Home postcode (term time)", True), ("PCode of parent", True), ("AddressLine3", True), ("Hometown", True),
    ("Email address", False), ("EmailAddress", False), ("E-mail", False), ("Town of birth", True), ("Surname", False),
    ("TermTimePCode", True), ("PCODEterm", True),
])
def test_a_heading_speaks_of_what_its_words_do_however_they_are_written_together_unless_it_is_anothers(heading, speaks):
    assert WORDS.speaks_of(heading, ("address", "town", "postcode"), ("address", "town")) is speaks
