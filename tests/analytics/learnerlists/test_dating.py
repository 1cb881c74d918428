"""The day that a list says of itself, what in it speaks of another, and the day of the survey."""

from datetime import date

import pytest

from tests.analytics.learnerlists.test_lists import WORDS, listed
from throughline.analytics.learnerlists.dating import is_survey, other_days, printed_day, printed_survey_day

# what stands above the headings, the file's name, the day taken, whether from above
DAYS = [
    (("Year 12 starters 31.10.2026",), "starters.csv", date(2026, 10, 31), True),
    (("Saltmere Academy", "Position as at 1st of October 2026", "Printed 3 November 2026"), "x.csv", date(2026, 10, 1), True),
    (("Report date,2026-10-05",), "20260901.csv", date(2026, 10, 5), True),
    (("Oct 5th, 2026",), "x.csv", date(2026, 10, 5), True),
    (("Leavers of summer 2026", "Born 1 September 2009 to 31 August 2010"), "leavers_01-10-26.csv", date(2026, 10, 1), False),
    ((), "starters 20261001 v2.csv", date(2026, 10, 1), False),
    ((), "31102026_starters.csv", date(2026, 10, 31), False),
    (("Students aged 16 to 18 on roll as at 5 October 2026",), "x.csv", date(2026, 10, 5), True),
    (("Age 16-18, position at 05/10/2026",), "x.csv", date(2026, 10, 5), True),
    (("Year 12 list (DOB order) as at 05/10/2026",), "x.csv", date(2026, 10, 5), True),
    (("Age as at 31 August 2026, list date 5 October 2026",), "x.csv", date(2026, 10, 5), True),
    (("Age (as at 31 August 2026)",), "x.csv", None, None), (("Ages at 31 August 2026",), "x.csv", None, None),
    (("Aged 16 on 31 August 2026",), "starters 20261001.csv", date(2026, 10, 1), False),
    (("From 1 October 2026 to 31 October 2026",), "x.csv", None, None),  # which of them is not plain
    (("Year 11 May 2026",), "x.csv", None, None),
    (("Induction on 1 December 2026",), "8994000_leavers_2026.csv", None, None),  # a day to come
    (("31/02/2026",), "10099301.csv", None, None),
    ((), "12_10_31.csv", None, None),
]


@pytest.mark.parametrize(("above", "name", "day", "from_above"), DAYS)
def test_the_day_that_a_list_says_of_itself(tmp_path, above, name, day, from_above):
    sheet = listed(tmp_path, "\n".join([*above, "Forename,Surname,DOB", "Zoë,O'Brien,01/09/2009"]), name=name)
    found = printed_day(sheet, WORDS, date(2026, 11, 28))
    assert (found and found.day, found and found.above) == (day, from_above)


# the file's name, a heading, the day taken, what speaks of another
OTHER_DAYS = [
    ("leavers_2025.csv", "Name", date(2026, 11, 28), ["its name says “2025”"]),
    ("leavers 2025-26.csv", "Name", date(2026, 7, 31), []),
    ("leavers 2011-12.csv", "Name", date(2012, 6, 1), []),
    ("leavers 2025/2026.csv".replace("/", " to "), "Name", date(2026, 11, 28), ["its name says “2025 to 2026”"]),
    ("leavers 2025-27.csv", "Name", date(2026, 11, 28), []), ("leavers 2025-27.csv", "Name", date(2027, 7, 31), []),
    ("leavers 2025-27.csv", "Name", date(2028, 11, 28), ["its name says “2025-27”"]),
    ("leavers 24-25.csv", "Name", date(2026, 11, 28), ["its name says “24-25”"]),
    ("leavers_26_27.csv", "Name", date(2026, 11, 28), []), ("year 12-13.csv", "Name", date(2026, 11, 28), []),
    ("Nov25.csv", "Name", date(2026, 11, 28), ["its name says “Nov25”"]),
    ("list Sept to Jan 2027.csv", "Name", date(2026, 11, 28), []), ("Spring Lane.csv", "Name", date(2026, 11, 28), []),
    ("8994000_leavers_2026.csv", "Age at 31/08/2026", date(2026, 8, 31), []),
    ("10099300_enrolments_2026.csv", "Year 11", date(2026, 11, 28), []),
    ("starters 2026-10-31.csv", "Name", date(2026, 11, 1), ["its name says “2026-10-31”"]),
    ("x.csv", "What were you doing on 1 November?", date(2026, 11, 28),
     ["the heading “What were you doing on 1 November?” says “1 November”"]),
    ("x.csv", "What were you doing on 1 November?", date(2025, 11, 1), []),
    ("x.csv", "Destination 2025", date(2026, 11, 28), ["the heading “Destination 2025” says “2025”"]),
    ("x.csv", "Destination 2025-26", date(2026, 11, 28), ["the heading “Destination 2025-26” says “2025-26”"]),
    ("x.csv", "Destination May 2025", date(2026, 11, 28), ["the heading “Destination May 2025” says “May 2025”"]),
    ("x.csv", "Left July 2025", date(2026, 11, 28), ["the heading “Left July 2025” says “July 2025”"]),
    ("x.csv", "Started in May", date(2026, 11, 28), ["the heading “Started in May” says “in May”"]),
    ("x.csv", "Destination at 1 November 2025", date(2026, 11, 28),
     ["the heading “Destination at 1 November 2025” says “1 November 2025”"]),
    ("x.csv", "Destination at 1 November", date(2026, 11, 28), ["the heading “Destination at 1 November” says “1 November”"]),
    ("x.csv", "Destination 1 Nov", date(2026, 11, 28), ["the heading “Destination 1 Nov” says “1 Nov”"]),
    ("x.csv", "On roll July 1st", date(2026, 11, 28), ["the heading “On roll July 1st” says “July 1st”"]),
    ("x.csv", "Destination September 2026", date(2026, 6, 30), []), ("x.csv", "Destination 2026-27", date(2026, 8, 31), []),
    ("x.csv", "Starts 2 September", date(2026, 6, 30), []), ("x.csv", "Due to start 01/09/2026", date(2026, 6, 30), []),
    ("x.csv", "Left 2027", date(2026, 11, 28), []), ("x.csv", "Expected end June or July 2027", date(2026, 11, 28), []),
]


@pytest.mark.parametrize(("name", "heading", "day", "said"), OTHER_DAYS)
def test_what_in_a_list_speaks_of_another_day_than_the_one_taken(tmp_path, name, heading, day, said):
    assert other_days(listed(tmp_path, f"Forename,Surname,DOB,{heading}\n", name=name), WORDS, day) == said


# a title, a second, the day taken, what in them speaks of another
TITLES = [
    ("Year 13 leavers 2025", "", date(2026, 11, 28), ["the title “Year 13 leavers 2025” says “2025”"]),
    ("Leavers 2024/25", "", date(2026, 11, 28), ["the title “Leavers 2024/25” says “2024/25”"]),
    ("Leavers 2026/27", "Year 12 2026", date(2026, 11, 28), []),
    ("List of 3 May 2020", "", date(2026, 11, 28), ["the title “List of 3 May 2020” says “3 May 2020”"]),
    ("Activity on 1 November", "", date(2026, 11, 28), ["the title “Activity on 1 November” says “1 November”"]),
    ("Starters 05/10/2026", "Printed 28/11/2026", date(2026, 11, 28), ["the title “Starters 05/10/2026” says “05/10/2026”"]),
    ("As at 05/10/2026", "Printed 28/11/2026", date(2026, 10, 5), []),  # the day is named
    ("As at 05/10/2026", "Leavers 2025", date(2026, 10, 5), ["the title “Leavers 2025” says “2025”"]),
    ("As at 05/10/2026", "Census of 28/11/2026", date(2026, 11, 28), ["the title “As at 05/10/2026” says “05/10/2026”"]),
    ("Activity on 1 November 2025", "Printed 03/01/2026", date(2025, 11, 1), []),
    ("Activity on 1 November 2025", "Seen 03/01/2026", date(2025, 11, 1), ["the title “Seen 03/01/2026” says “03/01/2026”"]),
    ("Autumn Term 2026", "", date(2026, 11, 28), []),
    ("Summer 2026", "", date(2026, 11, 28), ["the title “Summer 2026” says “Summer 2026”"]),
    ("Destinations 2027", "Born 1 September 2009", date(2026, 11, 28), []),
    ("Intended destinations 2025", "", date(2026, 11, 28), ["the title “Intended destinations 2025” says “2025”"]),
]


@pytest.mark.parametrize(("first", "second", "day", "said"), TITLES)
def test_what_in_titles_speaks_of_another_day_than_the_one_taken(tmp_path, first, second, day, said):
    assert other_days(listed(tmp_path, f"{first}\n{second}\nForename,Surname,DOB\n", name="x.csv"), WORDS, day) == said


NOVEMBER, MAY = date(2026, 11, 28), date(2026, 5, 20)
# a title, the file's name, a heading, what speaks of another month than the one taken: of one in November, of none in May 2026
MONTHS = [
    ("", "college_2026-05.csv", "Name", "its name says “2026-05”"),
    ("", "college 202605.csv", "Name", "its name says “202605”"),
    ("", "college_05-2026.csv", "Name", "its name says “05-2026”"),
    ("", "college May 2026.csv", "Name", "its name says “May 2026”"),
    ("", "survey_may_2026.csv", "Name", "its name says “may 2026”"),
    ("", "2026 may list.csv", "Name", "its name says “2026 may”"),
    ("", "list May-26.csv", "Name", "its name says “May-26”"),
    ("", "MAY.csv", "Name", "its name says “MAY”"),
    ("Leavers of May 2026", "x.csv", "Name", "the title “Leavers of May 2026” says “May 2026”"),
    ("Year 11 May 2026", "x.csv", "Name", "the title “Year 11 May 2026” says “May 2026”"),
    ("", "x.csv", "Activity in May", "the heading “Activity in May” says “in May”"),
    ("", "x.csv", "On roll May 2026", "the heading “On roll May 2026” says “May 2026”"),
    ("Aged 16 to 18 as at May 2026", "x.csv", "Name", "the title “Aged 16 to 18 as at May 2026” says “May 2026”"),
    ("", "x.csv", "DOB checked as at May 2026", "the heading “DOB checked as at May 2026” says “May 2026”"),
]


@pytest.mark.parametrize(("above", "name", "heading", "said"), MONTHS)
def test_a_month_that_a_list_says_is_asked_about_where_its_day_is_in_another(tmp_path, above, name, heading, said):
    sheet = listed(tmp_path, f"{above}\nForename,Surname,DOB,{heading}\n", name=name)
    assert other_days(sheet, WORDS, NOVEMBER) == [said]
    assert other_days(sheet, WORDS, MAY) == []


@pytest.mark.parametrize(("above", "name", "heading"), [
    ("", "x.csv", "Age at 31 August"), ("", "x.csv", "Born before May 2010"),
    ("", "x.csv", "Intended destination September 2027"),
    ("", "x.csv", "Who may be contacted"), ("Printed for June Smith at March High", "x.csv", "Name"),
    ("", "leavers 2026-27.csv", "Name"), ("", "Year 11 2026.csv", "Name"), ("Age as at 31 August 2026", "x.csv", "Name"),
    ("", "list May to December 2026.csv", "Name"), ("", "8994000_2026.csv", "Name"), ("", "marching band 2026.csv", "Name"),
])
def test_what_is_no_month_or_day_of_the_list_is_not_asked_about(tmp_path, above, name, heading):
    sheet = listed(tmp_path, f"{above}\nForename,Surname,DOB,{heading}\n", name=name)
    assert other_days(sheet, WORDS, NOVEMBER) == []
    assert printed_day(sheet, WORDS, NOVEMBER) is None


@pytest.mark.parametrize(("above", "name", "survey", "day"), [
    ("Survey 2025 as at 1 November 2025", "x.csv", True, date(2025, 11, 1)), ("", "activity_survey_2027.csv", True, None),
    ("", "survey_2025-26.csv", True, date(2025, 11, 1)), ("", "survey 2024-26.csv", True, None),
    ("", "survey.csv", True, None), ("", "surveyors 2025.csv", False, None), ("As at 31 October 2026", "survey.csv", False, None),
])
def test_the_survey_and_its_day(tmp_path, above, name, survey, day):
    sheet = listed(tmp_path, f"{above}\nForename,Surname,DOB\n", name=name)
    assert is_survey(sheet, WORDS, date(2026, 11, 28)) is survey
    if survey:
        found = printed_survey_day(sheet, WORDS, date(2026, 11, 28))
        assert (found and found.day) == day
