"""The numbered rules on lists and the survey: what the return would find of whoever they add or change, told before it is so."""

import csv
import html
from dataclasses import replace
from datetime import date
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from tests.apps.exchange.returns_made import ADE, BO, made, record
from throughline.apps.exchange import comparing, since
from throughline.apps.exchange.actions.deciding import accept
from throughline.apps.exchange.actions.leaving_out import leave_out, take_in
from throughline.apps.exchange.actions.looking_again import look_again
from throughline.apps.exchange.actions.settling import settle_row
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.queries import problems_of, who_can_put_right
from throughline.apps.exchange.readers import reader_of
from throughline.apps.exchange.register import held_of
from throughline.apps.exchange.since import otherwise_now
from throughline.apps.exchange.would_be import records_as_held
from throughline.apps.learners.actions.activities import record_activity
from throughline.apps.learners.actions.learners import add_learner
from throughline.apps.learners.models import Learner, Name
from throughline.apps.learners.return_rules import editions, rules_of_characteristics
from throughline.apps.learners.returned import records
from throughline.apps.learners.would_find import errors_of, said_once

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)
CY = {**ADE, "YoungPersonsID": "3580000000003", "GivenName": "Cy", "FamilyName": "Poe", "DOB": "2010-12-01", "Gender": "M",
      "UniqueLearnerNo": "", "ActivityCode": "110", "PredictedEndDate": "2027-06-30", "StartDate": "2026-09-01",
      "DateAscertained": "2026-09-10", "DateVerified": "2026-09-20"}
DI = {**BO, "YoungPersonsID": "3580000000004", "GivenName": "Di", "FamilyName": "Roe", "ActivityCode": "810",
      "StartDate": "2025-09-01", "DateAscertained": "2025-09-01", "NEETStartDate": ""}
HEADINGS = "Forename,Surname,Date of birth,Activity code,Start date,ULN\n"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda value=None, *args: value.date() if value else TODAY)


@pytest.fixture
def listed(accepted, bring):
    """Bring a list of rows in, once Ade (17, at college), Bo (16, NEET), Cy (in year 11) and Di (16, not known) are there."""
    accepted(made(record(ADE), record(BO), record(CY), record(DI)))
    return lambda *rows, **words: bring((HEADINGS + "".join(f"{row}\n" for row in rows)).encode(), "list.csv", **words)


def rules_of(delivery) -> dict[int, set[int]]:
    """The numbers of the rules that each row is told to break, by its line."""
    return {row.line: {each["number"] for each in row.problems if each.get("number")} for row in delivery.rows.order_by("line")}


AT_18 = "Ade,O'Brien,05/11/2009,440,01/10/2026,"  # which is for those who are 18, and is to say when it ends and lapses
AFTER_SCHOOL = "Cy,Poe,01/12/2010,660,01/10/2026,"  # which nobody of compulsory school age can be


@pytest.mark.parametrize(("row", "rules"), [
    (AT_18, {253, 259}),
    (AFTER_SCHOOL, {229}),
    ("Cy,Poe,01/12/2010,210,01/10/2026,", {229, 259}),
    ("Cy,Poe,01/12/2010,At school,01/10/2026,", set()),  # confirmed as 110, which is what it means at that age
    ("Bo,Ng,15/01/2010,At school,01/10/2026,", {259}),
    ("Ade,O'Brien,05/11/2009,230,01/09/2026,", set()),  # confirmed, and nothing is wrong with it
    ("Bo,Ng,15/01/2010,619,05/09/2026,", set()),  # no address is held, as before
    ("Bo,Ng,15/01/2010,230,01/10/2026,", {259}),
    ("Nobody,Known,15/01/2010,440,01/10/2026,", set()),  # whom nobody has found yet
])
def test_what_a_row_brings_about_is_told_with_it_as_data_entry_would(listed, row, rules):
    assert rules_of(listed(row)) == {2: rules}


@pytest.mark.parametrize("row", [AT_18, AFTER_SCHOOL, "Bo,Ng,15/01/2010,230,01/10/2026,", "Ade,O'Brien,05/11/2009,810,,",
                                 "Ade,O'Brien,,440,01/10/2026,9276308686", "Cy,Poe,01/12/2010,custody,01/12/2026,8184654323"])
def test_what_is_told_is_what_the_register_brings_once_it_is_accepted(listed, officer, row):
    delivery, people = listed(row), list(Learner.objects.all())
    before = {one.pk: {error.rule.number for error in errors_of(one)} for one in people}
    told = delivery.rows.get()
    accepted = accept(by=officer, delivery=delivery)
    after = {one.pk: {error.rule.number for error in errors_of(one)} for one in people}
    assert rules_of(accepted) == {2: after[told.learner_id] - before[told.learner_id]}
    assert told.problems == accepted.rows.get().problems
    assert (delivery.broken, delivery.could_fall) == (accepted.broken, accepted.could_fall)


@pytest.mark.parametrize(("who", "code"), [("3580000000003", "110"), ("3580000000001", "210")])
def test_at_school_means_what_somebody_of_that_age_can_be_whoever_is_found_by_number_alone(accepted, bring, who, code):
    accepted(made(record({**ADE, "ActivityCode": "619", "PredictedEndDate": ""}), record({**CY, "ActivityCode": "810"})))
    [change] = bring(f"YPID,Activity\n{who},At school\n".encode(), "list.csv").rows.get().changes
    assert change["after"].startswith(f"{code} from ")


@pytest.mark.parametrize(("born", "code"), [("01/12/2010", "110"), ("31/08/2010", "210"), ("01/09/2010", "110")])
def test_at_school_means_that_of_somebody_whom_nobody_has_found_too(bring, born, code):
    row = bring(f"{HEADINGS}No,Body,{born},At school,,\n".encode(), "list.csv", as_at=date(2026, 10, 5)).rows.get()
    assert row.values["doing"]["code"] == code


def test_of_several_rows_about_somebody_the_one_that_changes_them_last_has_it(listed):
    found = listed(AFTER_SCHOOL, f"{AFTER_SCHOOL}8184654323", AFTER_SCHOOL)
    assert rules_of(found) == {2: set(), 3: {229}, 4: set()}
    assert [each["many"] for each in found.broken] == [1]


GIVEN_ONE_NUMBER = ("Bo,Ng,15/01/2010,619,05/09/2026,8184654323", "Cy,Poe,01/12/2010,110,01/09/2026,8184654323")
CALLED_ALIKE = ("Zed,Zoe,15/01/2010,619,05/09/2026,", "Zed,Zoe,15/01/2010,810,,")
CLASHING_WITH_TWO = (CALLED_ALIKE[0], f"{CALLED_ALIKE[1]}8184654323", GIVEN_ONE_NUMBER[1])  # the second, with both others


def _called_alike(officer, delivery):
    """Bo and Di are called as the first two rows have them."""
    for line, given in ((2, "Bo"), (3, "Di")):
        learner = Learner.objects.get(names__given=given)
        settle_row(by=officer, row=delivery.rows.get(line=line), settled="linked", learner=learner, takes_name=True)


@pytest.mark.parametrize(("at_once", "told"), [(2_000, {2: {907}, 3: {907}}), (1, {2: set(), 3: {907}})])
def test_two_who_are_given_one_number_are_told_and_the_later_one_however_far_apart(listed, monkeypatch, at_once, told):
    monkeypatch.setattr(comparing, "AT_ONCE", at_once)
    assert rules_of(listed(*GIVEN_ONE_NUMBER)) == told


def test_a_row_that_is_left_out_breaks_nothing_and_taken_back_in_does_again(listed, officer):
    delivery = listed(AT_18, AFTER_SCHOOL)
    leave_out(by=officer, row=delivery.rows.get(line=2))
    delivery.refresh_from_db()
    assert ([each["rule"] for each in delivery.broken], delivery.could_fall["cohort"]) == ([229], 0)
    take_in(by=officer, row=delivery.rows.get(line=2))
    delivery.refresh_from_db()
    assert (sorted(each["rule"] for each in delivery.broken), delivery.could_fall["cohort"]) == ([229, 253, 259], 1)


@pytest.mark.parametrize(("rule", "rows"), [
    (907, GIVEN_ONE_NUMBER), (908, CALLED_ALIKE),
])
def test_of_two_who_clash_neither_is_told_so_while_the_other_is_left_out(listed, officer, rule, rows):
    delivery = listed(*rows)
    if rule == 908:  # an officer has Bo and Di called alike
        _called_alike(officer, delivery)
    for line, other in ((2, 3), (3, 2)):
        leave_out(by=officer, row=delivery.rows.get(line=line))
        assert {number: rule in told for number, told in rules_of(delivery).items()} == {2: False, 3: False}
        take_in(by=officer, row=delivery.rows.get(line=line))
        assert {number: rule in told for number, told in rules_of(delivery).items()}[other]


@pytest.mark.parametrize(("line", "told"), [
    (2, {2: set(), 3: {907}, 4: {907}}), (3, {2: set(), 3: set(), 4: set()}), (4, {2: {908}, 3: {908}, 4: set()}),
])
def test_who_clashes_with_another_still_does_while_somebody_else_is_left_out(listed, officer, line, told):
    delivery = listed(*CLASHING_WITH_TWO)
    _called_alike(officer, delivery)
    assert rules_of(delivery) == {2: {908}, 3: {907, 908}, 4: {907}}
    leave_out(by=officer, row=delivery.rows.get(line=line))
    assert rules_of(delivery) == told


def _in_work(given):
    def change(by):
        record_activity(by=by, learner=Learner.objects.get(names__given=given), code="310", start=date(2026, 11, 10))
    return change


def _added(by):
    add_learner(by=by, area="358", given="Ed", family="Fox", born=date(2010, 5, 4))


@pytest.mark.parametrize(("rows", "change", "otherwise", "told"), [
    (GIVEN_ONE_NUMBER, _in_work("Bo"), 1, {2: {907}, 3: {907}}),
    (GIVEN_ONE_NUMBER, _in_work("Ade"), 0, {2: {907}, 3: {907}}),
    ((GIVEN_ONE_NUMBER[0], "Ed,Fox,04/05/2010,,,8184654323"), _added, 2, {2: {907}, 3: {907}}),
    ((GIVEN_ONE_NUMBER[0], AT_18), _added, 0, {2: set(), 3: {253, 259}}),
    (CALLED_ALIKE, _in_work("Di"), 1, {2: {908}, 3: {908}}),
    ((CALLED_ALIKE[0], "Zed,Zoe,,810,,"), _in_work("Bo"), 1, {2: {908}, 3: {908}}),
    (CLASHING_WITH_TWO, _in_work("Cy"), 1, {2: {908}, 3: {907, 908}, 4: {907}}),
])
def test_looking_again_tells_of_those_who_clash_as_all_of_the_list_compared_does(listed, officer, monkeypatch, rows, change,
                                                                               otherwise, told):
    delivery = listed(*rows)
    if rows[0] in CALLED_ALIKE:
        _called_alike(officer, delivery)
    compared_at = Delivery.objects.get(pk=delivery.pk).compared_at
    change(officer)
    assert otherwise_now(delivery) == otherwise
    assert rules_of(look_again(by=officer, delivery=delivery)) == told
    monkeypatch.setattr(since, "FEW", 0)
    Delivery.objects.filter(pk=delivery.pk).update(compared_at=compared_at)
    assert otherwise_now(Delivery.objects.get(pk=delivery.pk)) is None
    assert rules_of(look_again(by=officer, delivery=delivery)) == told


PREGNANT, CARING = "Ade,O'Brien,05/11/2009,650,01/10/2026,", "Bo,Ng,15/01/2010,620,05/10/2026,"


@pytest.fixture
def held_with(accepted, bring):
    """Bring a list in, once Ade is there with characteristics that only those who open her record are told, and Bo."""
    accepted(made(record(ADE, "160", "170"), record(BO, "150")))
    return lambda *rows: bring((HEADINGS + "".join(f"{row}\n" for row in rows)).encode(), "list.csv")


@pytest.mark.parametrize(("row", "field", "value"), [
    (PREGNANT, "CharacteristicCode", ""),
    (CARING, "CharacteristicCode", ""),
    ("Ade,O'Brien,05/11/2009,440,01/10/2026,", "StartDate", "2026-10-01"),
    ("Ade,,05/11/2009,440,01/10/2026,9276308686", "StartDate", "2026-10-01"),
    ("Ade,O'Brien,05/11/2009,110,01/10/2026,", "ActivityCode", "110"),
    (",,,110,01/10/2026,9276308686", "ActivityCode", "110"),
    ("Ade,O'Brien,05/11/2009,280,01/10/2026,", "SENDFlag", ""),  # which is held to be N
])
def test_beside_a_rule_stands_what_the_row_says_and_nothing_that_is_only_held(held_with, row, field, value):
    told = {each["field"]: each["value"] for each in held_with(row).rows.get().problems if each.get("number")}
    assert told[field] == value


def test_a_return_keeps_no_characteristics_beside_a_rule_either(bring):
    delivery = bring(made(record({**ADE, "ActivityCode": "650"}, "160", "170")))
    [told] = [each for each in delivery.rows.get().problems if each.get("number") == 235]
    assert told["value"] == ""
    assert "170" not in str(delivery.rows.get().problems)


def test_what_rows_kept_before_is_emptied_and_a_return_keeps_what_it_says_itself(bring, listed):
    kept = {"listed": listed(AT_18).rows.get(), "returned": bring(made(record({**BO, "Gender": "Q"}))).rows.get()}
    for row in kept.values():
        row.problems = [{"field": field, "value": "held", "rule": "rule", "remedy": "", "who": who, "when": "compared"}
                        for field, who in (("CharacteristicCode", "data_officer"), ("Gender", "data_officer"), ("Gender", ""))]
        row.save()
    import_module("throughline.apps.exchange.migrations.0015_rules_without_what_is_held")._empty(apps, None)
    assert {name: [each["value"] for each in Row.objects.get(pk=row.pk).problems] for name, row in kept.items()} == {
        "listed": ["", "", "held"], "returned": ["", "held", "held"]}


def test_whoever_may_not_see_what_is_sensitive_is_told_of_no_rule_that_looks_at_characteristics(held_with):
    """As the command, which nobody has opened a record in; the guarded code of an activity is not told there either."""
    delivery = held_with(PREGNANT, AT_18.replace("Ade,O'Brien,05/11/2009", "Bo,Ng,15/01/2010"))
    delivery.refresh_from_db()
    few, every = reader_of(None, "358"), replace(reader_of(None, "358"), sensitive=True)
    told = {reader: "; ".join(told.problem.sentence() for told in problems_of(delivery, reader)) for reader in (few, every)}
    counted = {reader: [rule for each in who_can_put_right(delivery, reader) for rule in each.rules] for reader in (few, every)}
    assert ("regnant" in told[every], "rule 235" in told[every], "CharacteristicCode" in told[every]) == (True, True, True)
    assert not any(word in told[few] for word in ("regnant", "235", "Characteristic"))
    assert "open their record to see what the next return would find" in told[few]
    assert ("rule 253" in told[few], "rule 253, priority 2" in str(counted[few])) == (True, True)
    assert ("rule 235" in str(counted[every]), "235" in str(counted[few]), "regnant" in str(counted[few])) == (True, False, False)
    assert [many for *_, many in counted[few]] == [many for *_, many in counted[every]]


def test_the_guarded_code_of_an_activity_is_not_told_beside_a_rule_to_whoever_may_not_see_it(listed):
    delivery = listed(AFTER_SCHOOL)
    few, every = reader_of(None, "358"), replace(reader_of(None, "358"), sensitive=True)
    assert [told.problem.value for told in problems_of(delivery, few)] == [""]
    assert [told.problem.value for told in problems_of(delivery, every)] == ["660"]


def test_every_rule_that_asks_for_a_characteristic_is_known_for_one(settings):
    asking = {rule.number for edition in editions().editions for rule in edition.rules if "characteristic" in str(rule.given)
              or "characteristic" in rule.predicate}
    assert asking == rules_of_characteristics() == {104, 233, 234, 235, 236, 260}


def test_who_is_called_as_another_is_before_and_after_a_list_is_not_told_so_with_it(accepted, bring, officer):
    """One Ade of two is called as Zoe is: the rule found her with the other before, and her record is right by itself."""
    twin = {**ADE, "UniqueLearnerNo": "", "YoungPersonsID": "3580000000005", "GivenName": "Em"}
    zoe = {**twin, "YoungPersonsID": "3580000000006", "GivenName": "Zoe", "FamilyName": "Zed"}
    accepted(made(record(ADE), record(twin), record(zoe)))
    QuerySet(Name).filter(given="Em").update(given="Ade")
    ade = Learner.objects.get(identifiers__value=ADE["UniqueLearnerNo"])
    assert {error.rule.number for error in errors_of(ade)} == {908}
    delivery = bring(f"{HEADINGS}Zoe,Zed,05/11/2009,,,\n".encode(), "list.csv")
    row = settle_row(by=officer, row=delivery.rows.get(), settled="linked", learner=ade, takes_name=True)
    assert ([change["what"] for change in row.changes], rules_of(delivery)) == (["name"], {2: set()})


def test_what_is_told_of_a_file_is_worked_out_again_when_it_is_accepted(listed, bring, officer):
    waiting, other = listed(AT_18), bring(f"{HEADINGS}{AT_18}\n\n".encode(), "other.csv")
    accept(by=officer, delivery=other)
    now = accept(by=officer, delivery=waiting)
    assert (waiting.broken != [], now.broken, rules_of(now)) == (True, [], {2: set()})


@pytest.mark.parametrize(("first", "activity"), [("settled", "440,01/10/2026"), ("accepted", "440,01/10/2026"), ("settled", ",")])
def test_somebody_who_is_added_from_a_row_is_told_all_that_they_lack(listed, officer, first, activity):
    delivery = listed(f"No,Body,01/02/2010,{activity},")
    if first == "accepted":
        accept(by=officer, delivery=delivery)
    row = settle_row(by=officer, row=delivery.rows.get(), settled="new")
    if first == "settled":
        accept(by=officer, delivery=delivery)
    [added] = Learner.objects.filter(born=date(2010, 2, 1))
    assert {each["number"] for each in row.problems} == {error.rule.number for error in said_once(errors_of(added))}
    assert {200 if activity == "," else 253} < {each["number"] for each in row.problems}
    delivery.refresh_from_db()
    assert {each["rule"] for each in delivery.broken} == {each["number"] for each in row.problems}


def test_how_far_the_headline_could_fall_is_counted_among_those_on_the_list(listed):
    """Di's course has lapsed since, and nobody said when it was to end; Cy is younger than those whom the headline counts."""
    rows = ("Di,Roe,15/01/2010,230,15/10/2025,", "Bo,Ng,15/01/2010,810,,", "Cy,Poe,01/12/2010,619,,",)
    delivery = listed(*rows, as_at=date(2026, 7, 1))
    assert {row.line: row.counts_as for row in delivery.rows.all()} == {2: "not_known", 3: "known", 4: ""}
    assert (delivery.could_fall["cohort"], delivery.could_fall["points"]["all"]) == (2, 50)
    assert delivery.could_fall["points"]["school_or_college"] == 50


def test_how_far_the_headline_could_rise_is_counted_among_those_on_the_list(listed):
    """Di would be past year 11 with a school-age activity, of two whom the headline counts."""
    delivery = listed("Di,Roe,15/01/2010,110,15/10/2026,", "Bo,Ng,15/01/2010,610,20/10/2026,")
    assert {row.line: row.counts_as for row in delivery.rows.all()} == {2: "before", 3: "known"}
    could = delivery.could_fall
    assert (could["cohort"], could["points"]["all"], could["rises"]["all"], could["rises"]["tracking_officer"]) == (2, 0, 50, 50)


def test_whoever_is_in_custody_counts_as_nothing_in_the_headline(listed):
    delivery = listed("Bo,Ng,15/01/2010,710,01/10/2026,")
    assert (delivery.rows.get().counts_as, delivery.could_fall["cohort"]) == ("", 0)


def test_the_page_its_problems_and_their_file_name_the_rules(listed, cast):
    delivery, officer = listed(AT_18, AFTER_SCHOOL), cast("tracking_officer")
    page = html.unescape(officer.get(f"/files/{delivery.pk}/").content.decode())
    assert "Only what they did not find before it is told here" in page
    assert "Nobody who counts as not known in this file has an error in what decides that" in page
    assert "1 record: This training and support programme starts at 18." in page
    assert page.count("(rule 253, priority 2)") == 2  # by who can put it right, and beside the row
    assert "Rule 229, priority 1" in officer.get(f"/files/{delivery.pk}/problems/").content.decode()
    found = b"".join(officer.get(f"/files/{delivery.pk}/problems.csv")).decode("utf-8-sig")
    assert {row["Rule"] for row in csv.DictReader(StringIO(found[found.index("Line,"):]))} >= {"rule 253, priority 2",
                                                                                              "rule 229, priority 1"}


def test_which_rule_a_restricted_record_breaks_is_told_on_their_page_alone(listed):
    Learner.objects.filter(number=1).update(restricted=True)
    delivery = listed(AT_18, AFTER_SCHOOL)
    assert (rules_of(delivery), [each["rule"] for each in delivery.broken]) == ({2: set(), 3: {229}}, [229])
    assert delivery.rows.get(line=2).problems[0]["remedy"].startswith("open their record to see what the next return would find")


@pytest.mark.parametrize("end", [date(2026, 9, 30), date(2026, 11, 30), date(2027, 9, 30)])
def test_a_record_composed_of_what_is_held_is_that_of_the_register(accepted, end):
    """Names, homes, characteristics, plans and activities that were and are, somebody who left, somebody who grows up, and
    somebody whom another database knows by a number of its own.
    """
    accepted(made(record({**ADE, "SENDFlag": "Y"}, "110", "140"), record(BO), record(CY), record(DI, "160"),
                  record({**DI, "YoungPersonsID": "3010000000005", "GivenName": "Em"})))
    moved = {**ADE, "FamilyName": "Ng", "AddressLine1": "1 New Road", "ActivityCode": "619", "StartDate": "2026-10-15",
             "NEETStartDate": "2026-10-15", "DateAscertained": "2026-10-20", "DateVerified": "2026-10-20", "PredictedEndDate": ""}
    left = {**BO, "CohortStatus": "T", "TransferredToLACode": "301"}
    people = (record(moved, "140"), record(left), record({**CY, "LevelOfNeedCode": "1"}), record(DI))
    accepted(made(*people, period_end="2026-10-31"))
    keys = set(Learner.objects.values_list("pk", flat=True))
    found = records_as_held("358", end, held_of("358", keys))
    assert sorted(found.values()) == sorted(records("358", end))
    assert "3010000000005" in {each.previous_id for each in found.values()}


def test_the_survey_is_held_to_the_rules_too(listed):
    assert rules_of(listed(AFTER_SCHOOL, kind="survey")) == {2: {229}}
