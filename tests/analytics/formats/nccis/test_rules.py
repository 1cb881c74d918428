"""Every numbered rule of 2019-20 that concerns one record: what it fails and what it lets pass."""

from datetime import date

import pytest

from tests.analytics.formats.nccis.made import APRIL, GOOD, codes, context, editions
from throughline.analytics.formats.nccis.checking import Context, check_record
from throughline.analytics.formats.nccis.known import Setting

NEET = {"activity_code": "619", "neet_start_date": "2018-09-05", "due_to_lapse_date": "", "predicted_end_date": ""}
YEAR_11 = {"dob": "2002-09-01", "activity_code": "110", "intended_destination": "111"}
GUARANTEE = {"year_11_status": "110", "year_11_lea": "391"}
PLAN = {"send_flag": "Y"}
JOB = {"activity_code": "330", "predicted_end_date": ""}

# What is changed of a record that is in order, and exactly the rules it then fails.
FAILS = [
    ({"young_persons_id": "123"}, {1}),
    ({"young_persons_id": ""}, {1}),
    ({"given_name": ""}, {2}),
    ({"family_name": ""}, {3}),
    ({"gender": ""}, {4}),
    ({"gender": "N"}, {5}),
    ({"ethnicity": ""}, {6}),
    ({"ethnicity": "WIRT"}, {7}),
    ({"ethnicity": "ARAB"}, {7}),
    ({"ethnicity": "BBRI"}, {7}),
    ({"dob": ""}, {8}),
    ({"dob": "1992-08-31", **PLAN}, {9}),
    (YEAR_11 | {"dob": "2003-09-01"}, {10}),
    ({"cohort_status": ""}, {11}),
    ({"cohort_status": "T"}, {13}),
    ({"lead_lea": ""}, {14}),
    ({"lead_lea": "999"}, {15, 26}),
    ({"lead_lea": "000"}, {15, 26}),
    ({"educated_lea": "999"}, {19}),
    ({"lea_at_year_11": "835"}, {24}),
    ({**GUARANTEE, "lea_at_year_11": "392"}, {25}),
    ({**GUARANTEE, "lea_at_year_11": "000"}, {25}),
    ({**GUARANTEE, "lea_at_year_11": "000", "year_11_lea": "000"}, {261}),
    ({"lead_lea": "301"}, {26}),
    ({**GUARANTEE, "year_11_status": "114"}, {27}),
    ({"year_12_status": "111", "year_12_lea": "391"}, {27}),
    ({"unique_learner_no": "0123456789"}, {30}),
    ({"unique_learner_no": "123456789"}, {30}),
    ({"address_line_1": "", "town": ""}, {31}),
    ({"postcode": ""}, {32}),
    ({"transferred_to": "301"}, {34}),
    ({"cohort_status": "E", "transferred_to": "001"}, {34}),
    ({"cohort_status": "E", "transferred_to": "301"}, {34, 35}),
    ({"cohort_status": "T", "transferred_to": "000"}, {35}),
    ({"previous_id": "12"}, {37}),
    ({"unique_pupil_number": "A39112340000"}, {38}),
    ({"provider": "20001234"}, {39}),
    ({"dob": "2000-08-31"}, {40}),
    ({"dob": "2000-08-31", "send_flag": ""}, {40, 103}),
    ({"dob": "2000-08-31", "cohort_status": "A"}, set()),
    ({"cohort_status": "T", "transferred_to": "004"}, {35, 41}),
    ({"cohort_status": "T", "transferred_to": "391"}, {42}),
    ({"transferred_to": "391"}, {34, 42}),
    ({"postcode": "ZZ11ZZ"}, {43}),
    ({"postcode": "ZZ1  1ZZ"}, {43}),
    ({"postcode": "zz1 1zz"}, {43}),
    ({"level_of_need": ""}, {100}),
    ({"level_of_need": "4"}, {101}),
    ({"level_of_need": "x"}, {101}),
    ({"send_flag": "Yes"}, {102}),
    ({"send_flag": ""}, {103}),
    ({"characteristics": ("210", "100", "110")}, {104}),
    ({"activity_code": ""}, {200}),
    ({"activity_code": "720"}, {201}),
    ({"start_date": ""}, {202}),
    ({"start_date": "5/9/2018"}, {202}),
    ({"date_ascertained": ""}, {203}),
    ({"currency_lapsed": ""}, {220}),
    ({"currency_lapsed": "No"}, {221}),
    ({**NEET, "neet_start_date": ""}, {224}),
    ({**NEET, "neet_start_date": "2018-09-06"}, {225}),
    ({"neet_start_date": "2018-09-05"}, {226}),
    ({"establishment_number": "391400"}, {228}),
    ({"establishment_number": "0004000"}, {228}),
    ({"dob": "2002-09-01", "intended_destination": "111"}, {229}),
    ({**YEAR_11, "activity_code": "810", "due_to_lapse_date": ""}, {229}),
    ({"activity_code": "110"}, {230}),
    ({"currency_lapsed": "Y"}, {231}),
    ({"due_to_lapse_date": "2019-04-29"}, {232}),
    ({**NEET, "activity_code": "620"}, {233}),
    ({**NEET, "activity_code": "630", "characteristics": ("190",)}, {234}),
    ({**NEET, "activity_code": "650"}, {235}),
    ({"date_ascertained": "2018-10-04"}, {237}),
    ({"due_to_lapse_date": "2020-08-01"}, {238}),
    ({"start_date": "2018-09-21"}, {242}),
    ({"due_to_lapse_date": ""}, {243}),
    ({"activity_code": "530", "due_to_lapse_date": ""}, {243}),
    ({"due_to_lapse_date": "31/08/2019"}, {244}),
    ({**NEET, "neet_start_date": "2017-01-14"}, {251}),
    ({"activity_code": "440"}, {253}),
    ({"activity_code": "280"}, {254}),
    ({"activity_code": "460"}, {255}),
    ({"date_verified": "2018-09-04"}, {237, 256}),
    ({"date_ascertained": "2018-09-01", "date_verified": "2018-09-04"}, {242, 256}),
    ({"review_date": "2020-08-01"}, {257}),
    ({"predicted_end_date": "soon"}, {258}),
    ({"predicted_end_date": ""}, {259}),
    ({"activity_code": "260", "review_date": "2019-08-01", "predicted_end_date": ""}, {259}),
    ({"gender": "M", "characteristics": ("180",)}, {260}),
    ({"year_11_status": "110", "year_11_lea": "999", "lea_at_year_11": ""}, {261}),
    ({"year_12_status": "115", "year_12_lea": "999"}, {261}),
    ({"activity_code": "290"}, {262}),
    ({**NEET, "activity_code": "616"}, {262}),
    ({**YEAR_11, "intended_destination": ""}, {301}),
    ({"intended_destination": "112"}, {302}),
    ({"sen_support_flag": ""}, {303}),
    ({"sen_support_flag": "n"}, {304}),
    ({"date_verified": "2019-05-01"}, {305}),
    ({"young_persons_id": "4440000000001"}, {903}),
    ({"cohort_status": "X"}, {904}),
    ({**YEAR_11, "guarantee_indicator": "Y"}, {905}),
    ({**YEAR_11, "cohort_status": "G", "year_11_status": "110"}, {905}),
    ({"guarantee_indicator": "Y", "year_12_lea": "391"}, {906}),
    ({"guarantee_indicator": "Y", **GUARANTEE}, {906}),
]
# What is changed, and rules it all the same does not fail: what the rule is near to, and no further.
PASSES = [
    ({}, {1, 2, 3, 4, 6, 8, 11, 13, 14, 31, 32, 100, 103, 200, 202, 203, 220, 303, 903}),
    ({"gender": "W"}, {5}),
    ({"ethnicity": "OARA"}, {7}),
    ({"dob": "1992-09-01", **PLAN}, {9, 40}),
    ({"dob": "1985-01-01", **PLAN, "cohort_status": "A"}, {9}),
    (YEAR_11 | {"dob": "2003-08-31"}, {10}),
    ({"cohort_status": "T", "transferred_to": "702"}, {13, 34, 35, 41, 42}),
    ({"lead_lea": "392"}, {15, 26}),
    ({"educated_lea": "004"}, {19}),
    ({"educated_lea": ""}, {19}),
    ({"lea_at_year_11": "838"}, {24}),
    ({**GUARANTEE, "lea_at_year_11": ""}, {25, 27, 261}),
    ({"lea_at_year_11": "392"}, {25}),
    ({"year_12_status": "114", "year_12_lea": "391"}, {27, 261}),
    ({"unique_learner_no": ""}, {30}),
    ({"unique_learner_no": "9999999999"}, {30}),
    ({"address_line_1": "", "town": "", "county": "Marlshire"}, {31}),
    ({"previous_id": "1230000000009"}, {37}),
    ({"unique_pupil_number": ""}, {38}),
    ({"unique_pupil_number": "no number at"}, set()),
    ({"provider": ""}, {39}),
    ({"dob": "2000-08-31", **PLAN}, {40}),
    ({"postcode": "ZZ99 9ZZ"}, {43}),
    ({"postcode": "W1A 1AA"}, {43}),
    ({"level_of_need": "02"}, {101}),
    ({**PLAN}, {102}),
    ({"characteristics": ("110", "200")}, {104}),
    ({"activity_code": "710", "review_date": "2019-06-01"}, {201}),
    ({"currency_lapsed": "Y", "due_to_lapse_date": "2019-04-30"}, {221, 231, 232}),
    ({"currency_lapsed": "N", "due_to_lapse_date": "2019-04-30"}, {231, 232}),
    ({**NEET, "currency_lapsed": "Y"}, {224, 225, 226, 231, 243, 251, 259}),
    ({"establishment_number": "3919999"}, {228}),
    ({"establishment_number": ""}, {228}),
    ({**YEAR_11}, {229, 301, 302}),
    ({"activity_code": "810", "due_to_lapse_date": ""}, {230, 243}),
    ({**NEET, "activity_code": "620", "characteristics": ("140",)}, {233}),
    ({**NEET, "activity_code": "630", "characteristics": ("120",)}, {234}),
    ({**NEET, "activity_code": "650", "characteristics": ("180",)}, {235, 260}),
    ({"date_ascertained": "2018-10-03"}, {237}),
    ({"date_ascertained": "2018-10-04", "date_verified": ""}, {237, 256, 305}),
    ({"due_to_lapse_date": "2020-07-31"}, {238}),
    ({"due_to_lapse_date": "2020-08-01", **JOB}, {238, 259}),
    ({"start_date": "2018-09-20"}, {242}),
    ({"due_to_lapse_date": ""}, {244}),
    ({**NEET, "neet_start_date": "2017-01-15"}, {251}),
    ({"activity_code": "440", "dob": "2000-09-05"}, {253}),
    ({"activity_code": "280", **PLAN}, {254}),
    ({"activity_code": "280", "send_flag": ""}, {254}),
    ({"activity_code": "460", **PLAN}, {255}),
    ({"date_verified": "2018-09-05", "date_ascertained": ""}, {256}),
    ({"review_date": "2020-07-31"}, {257}),
    ({"predicted_end_date": ""}, {258}),
    ({"activity_code": "530", "predicted_end_date": ""}, {259}),
    ({"gender": "U", "characteristics": ("180",)}, {260}),
    ({"activity_code": "350", "review_date": "2019-05-01", "predicted_end_date": ""}, {262}),
    ({"intended_destination": ""}, {301, 302}),
    ({"sen_support_flag": "Y"}, {304}),
    ({"date_verified": "2019-04-30"}, {305}),
    ({"cohort_status": "L"}, {904}),
    ({**YEAR_11, "guarantee_indicator": "Y", **GUARANTEE}, {905, 906}),
    ({"dob": "2001-01-15", "guarantee_indicator": "Y"}, {905, 906}),
    ({"guarantee_indicator": "Y", "year_12_status": "114", "year_12_lea": "391"}, {906}),
]
APART = {240, 902, 907, 908}  # of files, not of records


def failed(changes, period_end=APRIL, edition=None):
    return {error.rule.number for error in check_record(GOOD._replace(**changes), context(period_end, edition))}


@pytest.mark.parametrize(("changes", "rules"), FAILS, ids=str)
def test_a_record_fails_exactly(changes, rules):
    assert failed(changes) == rules


@pytest.mark.parametrize(("changes", "rules"), PASSES, ids=str)
def test_a_record_passes(changes, rules):
    assert failed(changes) & rules == set()


def test_a_record_in_order_fails_nothing():
    assert failed({}) == set()


def test_every_rule_of_the_year_is_in_both_tables():
    every = {rule.number for rule in editions().on(APRIL).rules} - APART
    assert every == set().union(*(rules for _, rules in FAILS))
    assert every - set().union(*(rules for _, rules in PASSES)) == set()


@pytest.mark.parametrize(("month", "birth", "rule"), [
    ("2019-03-31", "2002-01-15", 905),
    ("2019-03-31", "2001-01-15", 906),
    ("2019-09-30", "2003-01-15", 905),
    ("2019-08-31", "2003-01-15", 905),
    ("2019-08-31", "2002-01-15", 906),
    ("2019-09-30", "2002-01-15", 906),
    ("2019-09-30", "2001-01-15", None),
    ("2019-08-31", "2001-01-15", None),
])
def test_the_guarantee_is_of_the_season(month, birth, rule):
    found = failed({"dob": birth, "guarantee_indicator": "Y"}, date.fromisoformat(month), "2019-20")
    assert found & {905, 906} == ({rule} if rule else set())


@pytest.mark.parametrize(("edition", "month", "changes", "rule", "fails"), [
    ("2015-16", "2016-04-30", {"dob": "1995-08-31"}, 33, True),
    ("2015-16", "2016-04-30", {"dob": "1995-09-01"}, 33, False),
    ("2015-16", "2016-04-30", {"dob": "1995-08-31", "send_flag": "Y"}, 33, False),
    ("2015-16", "2016-04-30", {"dob": "1996-08-31"}, 40, False),
    ("2015-16", "2016-04-30", {"activity_code": "720"}, 236, True),
    ("2015-16", "2016-04-30", {"activity_code": "720", "characteristics": ("130",)}, 236, False),
    ("2015-16", "2016-04-30", {"activity_code": "720"}, 201, False),
    ("2015-16", "2015-03-31", {"activity_code": "420"}, 201, False),  # a file of before the first edition
    ("2015-16", "2015-04-30", {"activity_code": "420"}, 201, True),
    ("2019-20", "2019-04-30", {"activity_code": "510"}, 201, True),
    ("2015-16", "2016-04-30", {"gender": "N"}, 5, False),
    ("2017-18", "2017-06-30", {"dob": "1998-08-31"}, 40, True),
    ("2017-18", "2017-06-30", {"dob": "1995-08-31"}, 33, False),
    ("2017-18", "2018-03-31", {"activity_code": "720"}, 236, True),
    ("2018-19", "2018-04-30", {"activity_code": "720"}, 236, False),
    ("2018-19", "2018-04-30", {"activity_code": "720"}, 201, True),
    ("2020-21", "2020-12-31", {"send_flag": "Y", "sen_support_flag": "Y"}, 306, True),
    ("2020-21", "2020-12-31", {"send_flag": "Y", "sen_support_flag": "N"}, 306, False),
    ("2019-20", "2019-04-30", {"send_flag": "Y", "sen_support_flag": "Y"}, 306, False),
    ("2020-21", "2020-12-31", {"dob": "2005-01-15", "intended_destination": ""}, 301, False),
    ("2020-21", "2020-12-31", {"ethnicity": "BBRI", "characteristics": ("210",)}, 7, False),
    ("2020-21", "2020-12-31", {"activity_code": "110"}, 909, True),
    ("2020-21", "2020-12-31", {"activity_code": "110", "date_verified": "2020-09-01"}, 909, False),
    ("2020-21", "2020-12-31", {"activity_code": "110", "start_date": "2020-09-01"}, 909, False),
    ("2020-21", "2020-12-31", {"activity_code": "110", "date_verified": "2020-08-31"}, 909, True),
    ("2020-21", "2020-12-31", {"activity_code": "210"}, 909, False),
    ("2020-21", "2020-12-31", {"given_name": "Ada2"}, 44, False),
    ("2026-27", "2026-10-31", {"given_name": "Ada2"}, 44, True),
    ("2026-27", "2026-10-31", {"given_name": "Zoë-Ann O’Hara"}, 44, False),
    ("2026-27", "2026-10-31", {"family_name": "Marsh (Smith)"}, 45, True),
    ("2026-27", "2026-10-31", {"family_name": "D'Marsh"}, 45, False),
    ("2026-27", "2026-10-31", {"middle_name": "A|B"}, 46, True),
    ("2026-27", "2026-10-31", {"middle_name": ""}, 46, False),
])
def test_what_other_years_change(edition, month, changes, rule, fails):
    period_end = date.fromisoformat(month)
    assert editions().on(period_end).name == edition
    assert (rule in failed(changes, period_end)) == fails


@pytest.mark.parametrize(("month", "code", "known"), [
    ("2021-03-31", "928", True), ("2021-04-30", "928", False), ("2021-04-30", "940", True), ("2021-03-31", "940", False),
    ("2023-04-30", "942", True), ("2019-03-31", "835", True),
])
def test_authorities_are_those_of_the_day(month, code, known):
    assert (19 in failed({"educated_lea": code}, date.fromisoformat(month))) != known


@pytest.mark.parametrize("born", ["9999-12-31", "0001-01-01", "2004-02-29"])
def test_a_mistyped_year_of_birth_is_an_error_like_another(born):
    assert (251 in failed({**NEET, "dob": born})) == (born > "2003-09-05")
    assert (253 in failed({"activity_code": "440", "dob": born})) == (born > "2000-09-05")


def test_an_error_says_who_what_and_where():
    [error] = check_record(GOOD._replace(postcode="ZZ1", line=7), context())
    assert (error.rule.number, error.rule.priority, error.learner, error.rule.element, error.value, error.line) == (
        43, 2, "1230000000001", "Postcode", "ZZ1", 7)
    assert "one space" in error.message


def test_a_record_apart_from_any_file_is_of_no_wrong_file():
    alone = Context(editions().on(APRIL), codes(), Setting(APRIL))
    assert check_record(GOOD._replace(lead_lea="301", young_persons_id="9990000000001"), alone) == []

