"""Rules of a class of activities are of the very codes that the department names, and of a code that comes into the class."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.analytics.formats.nccis.made import APRIL, GOOD, HEADER, codes, editions
from throughline.analytics.formats.nccis.checking import Context, check_record
from throughline.analytics.formats.nccis.days import Days
from throughline.analytics.formats.nccis.known import Codes, Given, Setting
from throughline.analytics.participation.codesets import Code, CodeSet
from throughline.core.problems import RefusedFileError

NEET = {"540", "610", "615", "616", "619", "620", "630", "640", "650", "660", "670", "680"}
NOT_KNOWN = {"810", "820", "830"}
COMPULSORY = {"110", "120", "130", "140", "150"}
EDUCATION = {"210", "220", "230", "240", "250", "260", "270", "280", "290"}
TRAINING = {"410", "430", "440", "450", "460"}
EMPLOYMENT = {"310", "320", "330", "340", "350", "360", "380", "381", "550"}
# The codes of each rule of a class, as the department's rules of 2019-20 name them one by one.
NAMED = {
    224: NEET, 226: NEET, 229: COMPULSORY, 230: COMPULSORY, 909: COMPULSORY, 259: COMPULSORY | EDUCATION | TRAINING,
    243: COMPULSORY | EDUCATION | TRAINING | EMPLOYMENT | {"530", "710"},
}
WITHDRAWN, LAST_DAY = "720", date(2018, 3, 31)  # which 243 was of as long as it could be used
CLASSES = {"families", "groups", "except_groups"}
EDITIONS = editions().editions


def of(number: int, day: date, lists: Codes) -> frozenset[str]:
    [rule] = [rule for rule in editions().on(day).rules if rule.number == number]
    return Given(rule.field, rule.given, lists, Setting(day), Days()).codes()


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_a_rule_of_a_class_is_of_the_codes_that_the_department_names_on_each_day_of_its_edition(edition):
    after = [each.starts for each in EDITIONS if each.starts > edition.starts]
    days = ((after[0] if after else date(2030, 1, 1)) - edition.starts).days
    by_class = {rule.number for rule in edition.rules if CLASSES & rule.given.keys()}
    assert by_class == NAMED.keys() & {rule.number for rule in edition.rules}
    for number in by_class:
        for day in (edition.starts + timedelta(days=ahead) for ahead in range(days)):
            withdrawn = {WITHDRAWN} if number == 243 and day <= LAST_DAY else set()
            assert of(number, day, codes()) == NAMED[number] | withdrawn, (number, day)


@pytest.mark.parametrize(("family", "group", "also"), [
    ("neet_not_available", "neet", {224, 226}), ("not_known", "not_known", set()), ("training", "participating", {243, 259}),
    ("compulsory", "before", {229, 230, 243, 259}), ("employment", "other", {243}),
])
def test_a_code_that_comes_in_is_one_of_its_class(family, group, also):
    assert {number for number in NAMED if number != 909 and "699" in of(number, APRIL, _with_new(family, group))} == also


def test_who_is_neet_by_a_new_code_is_in_order_with_the_day_since_which_they_are():
    setting = Setting(APRIL, frozenset(HEADER.authorities), frozenset(HEADER.database_ids))
    new = Context(editions().on(APRIL), _with_new("neet_not_available", "neet"), setting)
    neet = GOOD._replace(activity_code="699", neet_start_date="2018-09-05", due_to_lapse_date="", predicted_end_date="")
    assert check_record(neet, new) == []
    assert {error.rule.number for error in check_record(neet._replace(neet_start_date=""), new)} == {224}


@pytest.mark.parametrize(("said", "fails"), [
    ({"codes": ["440"]}, {"440"}), ({"codeset": "activity", "families": ["training"]}, {"440", "450"}),
    ({"codeset": "activity", "except_groups": ["participating"]}, {"330", "440"}), ({}, {"330", "440", "450"}),
])
def test_a_rule_that_need_not_be_of_any_activities_is_of_no_others_than_those_of_its_class(said, fails):
    by_birthday = _by_birthday(said)
    assert {code for code in ("330", "440", "450") if check_record(GOOD._replace(activity_code=code), by_birthday)} == fails


def test_a_rule_of_a_class_that_does_not_say_of_which_list_is_refused():
    with pytest.raises(RefusedFileError, match="253"):
        _by_birthday({"families": ["training"]})


def _by_birthday(said: dict[str, str | list[str]]) -> Context:
    """Rule 253 alone, said to be of other activities than its own."""
    [of_one] = [rule for rule in editions().on(APRIL).rules if rule.number == 253]
    given = {key: value for key, value in of_one.given.items() if key != "codes"} | said
    edition = replace(editions().on(APRIL), rules=(replace(of_one, given=given),))
    return Context(edition, codes(), Setting(APRIL, frozenset(HEADER.authorities), frozenset(HEADER.database_ids)))


def _with_new(family: str, group: str) -> Codes:
    """The lists with an activity 699 more."""
    held = codes()
    like = held.lists["activity"].by_code["619"][0]
    line = Code("699", "New", None, None, "high", "A test", {**like.facts, "family": family, "group": group})
    listed = CodeSet("activity", (*held.lists["activity"].lines, line))
    return Codes({**held.lists, "activity": listed}, held.more_authorities)
