"""Cells of a list are understood as people write them, and not otherwise."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from throughline.analytics.learnerlists.cells import (
    as_activity,
    as_date,
    as_flag,
    as_gender,
    as_intended,
    as_leaving_reason,
    as_level,
    as_name,
    as_number,
    as_postcode,
    as_support,
    is_no_day,
    month_first,
    name_and_phone,
    of_school_age,
    split_name,
)
from throughline.analytics.learnerlists.vocabulary import load_vocabulary
from throughline.analytics.participation.codesets import load_codeset

WORDS = load_vocabulary(settings.DEFINITIONS)
CODES = frozenset(load_codeset(settings.DEFINITIONS, "activity").by_code)
SEPTEMBER = date(2010, 9, 1)

DATES = [
    "01/09/2010", "1/9/2010", "1.9.10", "01-09-2010", "2010-09-01", "2010-09-01 00:00:00", "2010-09-01T00:00:00",
    "01/09/2010 00:00", "40422", "40422.0", "1st Sept 2010", "1 September 2010", "1st of September 2010", "1-Sep-10",
    "01 Sep 2010", "September 1, 2010", " 01/09/2010 ",
]
NO_DATES = ["", "31/02/2010", "13/13/2010", "9/2010", "2010", "September", "Sept 2010", "tomorrow", "1", "2010-13-01", "N/A",
            "32 Sep 2010", "01/09/20100"]
NAMES = [("O'BRIEN-SMITH", "O'Brien-Smith"), ("  mary   ann ", "mary ann"), ("de la Cruz", "de la Cruz"), ("ZOË", "Zoë"),
         ("O’Neil", "O'Neil"), ("X", "X"), ("McDonald", "McDonald")]
FULL = [("Amara Okafor", ("Amara", "Okafor")), ("OKAFOR, Amara Jane", ("Amara Jane", "Okafor")), ("Ng", ("", "Ng")),
        ("Ana de Sousa", ("Ana de", "Sousa"))]
ACTIVITIES = [
    ("230", "230"), ("230.0", "230"), ("230 - FE college", "230"), ("Sixth Form College", "220"), ("sixth form", "210"),
    ("At college (full time)", "230"), ("Apprentice electrician", "310"), ("NEET", "619"), ("looking for work", "619"),
    ("Job with training", "340"), ("part-time job", "360"), ("not known", "810"), ("999", None), ("banana", None), ("2301", None),
    ("Not at college", None), ("No longer working", None), ("Left college", None), ("Apprenticeship ended", None),
    ("Looking for an apprenticeship", None), ("Unable to work", None), ("not known, moved away", "820"), ("would not say", "830"),
    ("Not in education, employment or training", "619"), ("Employment - no training", "330"), ("230/310", None),
    ("230 or 310", None), ("230/310 college", None), ("999 - college", None), ("230 (230)", "230"), ("310 - left in 2026", "310"),
    ("Not available", None), ("Not available - sick", "640"), ("NEET: not available, pregnant", "650"), ("No: illness", None),
    ("No longer not available: illness", None), ("out of work", None), ("Lost his job", None), ("excluded from school", None),
    ("Offered a place at college", None), ("Parent at work", None), ("Teenage parent", "630"), ("nothing known", "810"),
    ("job hunting", "619"), ("Job seekers", None), ("needs a job", None), ("lost apprenticeship", None),
    ("Apprenticeship fell through", None), ("Interview for apprenticeship", None), ("Due to start apprenticeship", "615"),
    ("will start college Jan", None), ("going to college", None), ("school refuser", None),
    ("Hopefully college", None), ("college course cancelled", None), ("Job seeking", "619"),
    ("Employment without training or traineeship", "330"),
]


@pytest.mark.parametrize("printed", DATES)
def test_a_date_is_read_however_it_is_written(printed):
    assert as_date(printed) == SEPTEMBER


@pytest.mark.parametrize("printed", NO_DATES)
def test_what_is_no_date_is_none(printed):
    assert as_date(printed) is None


@pytest.mark.parametrize(("printed", "no_day"), [
    ("31/02/2010", True), ("29/02/2009", True), ("2010-02-30", True), ("31 June 2010", True), ("01/09/2010", False),
    ("tomorrow", False), ("2010", False), ("", False),
])
def test_a_day_that_the_calendar_has_not_is_told_from_what_is_no_date(printed, no_day):
    assert is_no_day(printed) is no_day


@pytest.mark.parametrize(("printed", "name", "phone"), [
    ("Kiplagat Abebe, 07700 900418", "Kiplagat Abebe", "07700 900418"), ("Ana Ng 07700900418", "Ana Ng", "07700900418"),
    ("Ng, Ana / +44 7700 900418", "Ng, Ana", "+44 7700 900418"), ("Ana Ng", "Ana Ng", ""), ("07700 900418", "07700 900418", ""),
    ("Ana Ng 2", "Ana Ng 2", ""),
])
def test_a_telephone_number_is_taken_off_a_name(printed, name, phone):
    assert name_and_phone(printed) == (name, phone)


@given(st.dates(date(1990, 1, 1), date(2039, 12, 31)), st.sampled_from(
    ["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %y", "%d.%m.%y", "%d-%b-%Y"]))
def test_every_day_comes_back_from_every_way_of_writing_it(day, way):
    assert as_date(day.strftime(way)) == day


@given(st.integers(0, 60000))
def test_excel_counts_days(days):
    printed = f"{days + 10000:05d}"[:5]
    assert as_date(printed) == date(1899, 12, 30) + timedelta(days=int(printed))


@pytest.mark.parametrize(("cells", "american"), [
    (["01/09/2010", "08/31/2010"], True), (["01/09/2010", "31/08/2010"], False), (["01/09/2010"], False),
    (["31/08/2010", "08/31/2010"], False), ([], False),
])
def test_a_column_says_whether_its_months_come_first(cells, american):
    assert month_first(cells) is american


def test_months_first_is_only_for_numbers():
    assert as_date("09/01/2010", month_first=True) == SEPTEMBER
    assert as_date("2010-09-01", month_first=True) == SEPTEMBER


@pytest.mark.parametrize(("printed", "name"), NAMES)
def test_names(printed, name):
    assert as_name(printed) == name


@pytest.mark.parametrize(("printed", "names"), FULL)
def test_full_names(printed, names):
    assert split_name(printed) == names


@pytest.mark.parametrize(("printed", "code"), ACTIVITIES)
def test_activities(printed, code):
    assert as_activity(printed, WORDS, CODES) == code


@pytest.mark.parametrize(("printed", "code"), [
    ("At school", "110"), ("school", "110"), ("School sixth form", ""), ("returning to sixth form", ""), ("EHE", "120"),
    ("Young offender institution", "130"), ("210 - at school", ""), ("College", ""), ("banana", ""), ("", ""),
    ("Not at school", ""), ("Left school", "")])
def test_what_words_mean_of_those_of_compulsory_school_age(printed, code):
    assert of_school_age(printed, WORDS, CODES) == code


@pytest.mark.parametrize(("name", "understood"), [
    ("activity", lambda cell: as_activity(cell, WORDS, CODES)), ("intended_destination", lambda cell: as_intended(cell, WORDS)),
    ("leaving_reason", lambda cell: as_leaving_reason(cell, WORDS)), ("level_of_need", lambda cell: as_level(cell, WORDS))])
def test_every_label_of_a_code_list_reads_as_its_own_code(name, understood):
    labels = [(line.label, line.code) for line in load_codeset(settings.DEFINITIONS, name).lines]
    written = [(way, code) for label, code in labels for way in (label, label.replace(": ", " - "), label.upper())]
    assert [(way, code, understood(way)) for way, code in written if understood(way) != code] == []


def test_a_label_goes_before_a_phrase_for_another_code_and_the_latest_before_those_it_had():
    labels = {"activity": [("230", "Traineeship"), ("450", "Not in college"), ("310", "Not in college")]}
    words = load_vocabulary(settings.DEFINITIONS, labels=labels)
    assert [as_activity(cell, words, CODES) for cell in ("traineeship", "Not in college", "In college", "Apprentice")] == [
        "230", "310", "230", "310"]


@pytest.mark.parametrize("printed", ["420", "420 - training", "551: employment", "Traineeship", "450"])
def test_an_activity_that_is_none_of_the_codes_of_the_day_is_not_read(printed):
    assert as_activity(printed, WORDS, load_codeset(settings.DEFINITIONS, "activity").usable(date(2026, 9, 3)) - {"450"}) is None


def test_every_activity_that_has_words_is_in_the_code_list():
    assert set(WORDS.activities) | set(WORDS.of_school_age.values()) <= CODES
    assert set(WORDS.of_school_age) <= {phrase for phrase, _ in WORDS.by_phrase}


@pytest.mark.parametrize(("printed", "postcode"), [
    ("ab12cd", "AB1 2CD"), (" AB1  2CD ", "AB1 2CD"), ("EC1A1BB", "EC1A 1BB"), ("AB1", None), ("12345", None), ("", None),
])
def test_postcodes(printed, postcode):
    assert as_postcode(printed) == postcode


@pytest.mark.parametrize(("printed", "length", "number"), [
    ("899/4001", 7, "8994001"), ("8994001.0", 7, "8994001"), ("'9276308686", 10, "9276308686"), ("92763O8686", 10, None),
    ("1", 7, None),
])
def test_numbers(printed, length, number):
    assert as_number(printed, length) == number


def test_genders_and_flags():
    assert [as_gender(word) for word in ("F", "male", "Girl", "?", "Non-binary")] == ["F", "M", "F", None, "W"]
    assert [as_flag(word) for word in ("Y", "no", "EHCP", "maybe")] == [True, False, None, None]


@pytest.mark.parametrize(("printed", "code"), [
    ("1", "1"), ("2.0", "2"), ("3 - Minimum", "3"), ("Intensive", "1"), ("Supported", "2"), ("Level 3", "3"),
    ("4", None), ("12", None), ("some", None), ("0", None), ("03", "3"), ("Level 2 (extra support)", "2"), ("1: Intensive", "1"),
    ("Needs minimum support", None), ("Not supported", None), ("No extra support needed", None), ("no intensive support", None),
    ("Intensive support ended", None), ("Level 1 and 2", None), ("1-2", None), ("1, 2", None), ("1 - Extra", None),
    ("2 - ended", None), ("", None),
])
def test_levels_of_need(printed, code):
    assert as_level(printed, WORDS) == code


@pytest.mark.parametrize(("cell", "under_plan", "under_support", "under_status"), [
    ("E", "ehc_plan", "ehc_plan", "ehc_plan"), ("k", "sen_support", "sen_support", "sen_support"),
    ("N", "none", "none", "none"), ("Y", "ehc_plan", "sen_support", None), ("No", "none", "none", "none"),
    ("EHC plan", "ehc_plan", "ehc_plan", "ehc_plan"), ("SEN support", "sen_support", "sen_support", "sen_support"),
    ("Q", None, None, None),
])
def test_support_is_what_the_cell_says_and_a_plain_yes_what_the_heading_asks(cell, under_plan, under_support, under_status):
    assert [as_support(cell, yes) for yes in ("ehc_plan", "sen_support", "")] == [under_plan, under_support, under_status]


@pytest.mark.parametrize(("cell", "code"), [
    ("111", "111"), ("Staying on", "111"), ("Part-time college", "121"), ("Apprenticeship", "311"),
    ("Employment no training", "321"), ("Not sure yet", "511"), ("210", None), ("banana", None),
    ("Not college", None), ("no job", None), ("no plans", "511"), ("Applied to college", "111"), ("111 or 311", None),
])
def test_what_a_leaver_intends(cell, code):
    assert as_intended(cell, WORDS) == code


@pytest.mark.parametrize(("cell", "code"), [
    ("3", "3"), ("03", "3"), ("44.0", "44"), ("2 - Transferred to another provider", "2"), ("98: not known", "98"),
    ("Personal", "44"), ("Transferred to another course", "40"), ("Moved to another college", "2"),
    ("Excluded (behaviour)", "46"),
    ("Mental health", "3"), ("Got a job", "97"), ("2 weeks", None), ("42", None), ("banana", None), ("Marlbeck", None),
    ("Not excluded", None), ("No illness", None), ("did not enjoy it", "97"), ("Left due to ill health", "3"),
    ("2-3 weeks off", None), ("3, 44", None), ("Personal, no reason given", "98"), ("Wasn't money", None),
])
def test_why_somebody_left(cell, code):
    assert as_leaving_reason(cell, WORDS) == code


def test_every_reason_that_words_mean_is_of_the_list_and_can_be_chosen():
    known = load_codeset(settings.DEFINITIONS, "leaving_reason")
    assert set(WORDS.reasons) <= known.usable(date(2026, 10, 31))
