"""A return brought in and accepted: who comes of it, what changes with the next month's, and what a second run does."""

from datetime import date
from hashlib import sha256
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.exchange.returns_made import ADE, BO, made, record
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.exchange import comparing, read_by, staging
from throughline.apps.exchange.actions.bringing import bring_in
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.reading import is_return
from throughline.apps.learners.actions.learners import add_learner, amend_details
from throughline.apps.learners.models import Activity, Learner, Name, Trait
from throughline.apps.returns.actions.closing import close_month
from throughline.apps.returns.queries import content_of

pytestmark = pytest.mark.django_db
OCTOBER = "2026-10-31"


def test_a_preview_changes_nothing(bring, register):
    before = register(past=True)
    delivery = bring(made(record(ADE, "110"), record(BO)))
    assert register(past=True) == before
    assert (delivery.state, delivery.kind, delivery.as_at) == ("previewed", "return", date(2026, 9, 30))
    assert delivery.counts["new"] == 2


def test_everybody_of_a_first_return_is_added(accepted):
    delivery = accepted(made(record(ADE, "110"), record(BO)))
    ade, bo = Learner.objects.order_by("number")
    assert (ade.number, ade.area, ade.born, ade.gender, ade.ethnic_group) == (1, "358", date(2009, 11, 5), "F", "WBRI")
    assert str(ade.names.get()) == "Ade O'Brien"
    assert str(ade.addresses.get()) == "12 High Street, Marlbeck, ZZ1 1AA"
    activity = ade.activities.get()
    assert (activity.code, activity.start, activity.verified) == ("230", date(2026, 9, 1), date(2026, 9, 20))
    assert (activity.establishment, activity.source) == ("3584000", delivery.source)
    assert [trait.trait for trait in ade.traits.all()] == ["110"]
    assert (bo.addresses.count(), bo.memberships.get().starts) == (0, date(2026, 9, 30))
    assert {row.learner_id for row in delivery.rows.all()} == {ade.pk, bo.pk}


def test_somebody_keeps_the_number_that_the_return_knows_them_by(accepted):
    accepted(made(record({**ADE, "YoungPersonsID": "3580000000777"}), record({**BO, "YoungPersonsID": ""})))
    other = {**ADE, "YoungPersonsID": "3590000000777", "GivenName": "Cy", "FamilyName": "Poe", "UniqueLearnerNo": ""}
    accepted(made(record(other), period_end=OCTOBER))
    assert sorted(Learner.objects.values_list("number", flat=True)) == [777, 778, 779]
    assert Learner.objects.get(number=777).names.get().given == "Ade"


def test_a_number_of_ten_nines_leaves_numbers_for_others(accepted):
    """The lowest that is free is next, and none has more figures than the return can carry."""
    unnumbered = [{**BO, "YoungPersonsID": "", "GivenName": name} for name in ("Cy", "Di")]
    accepted(made(record({**ADE, "YoungPersonsID": "3589999999999"}), record({**BO, "YoungPersonsID": "3580000000001"}),
                  *map(record, unnumbered)))
    assert sorted(Learner.objects.values_list("number", flat=True)) == [1, 2, 3, 9_999_999_999]
    by_hand = add_learner(by=None, area="358", born=date(2010, 1, 1), given="Ed", family="Ng", since=date(2026, 9, 1))
    assert by_hand.number == 4


def test_the_next_month_confirms_and_changes(accepted):
    accepted(made(record(ADE, "110"), record(BO)))
    moved = {**ADE, "FamilyName": "Okafor", "DateVerified": "2026-10-20"}
    started = {**BO, "ActivityCode": "310", "StartDate": "2026-10-12", "DateAscertained": "2026-10-12", "NEETStartDate": ""}
    delivery = accepted(made(record(moved), record(started), period_end=OCTOBER))
    assert delivery.counts["changed"] == 2
    ade, bo = Learner.objects.order_by("number")
    assert ade.activities.known().get().verified == date(2026, 10, 20)
    assert ade.activities.count() == 2  # what was believed before stays
    assert [(str(name), name.ends) for name in Name.objects.known().filter(learner=ade)] == [
        ("Ade Okafor", None), ("Ade O'Brien", date(2026, 10, 30))]
    assert Trait.objects.known().get(learner=ade).ends == date(2026, 10, 30)
    assert [one.code for one in bo.activities.known()] == ["310", "619"]


def test_a_leaver_leaves_and_is_kept_three_years(accepted):
    accepted(made(record(ADE)))
    accepted(made(record({**ADE, "CohortStatus": "T", "TransferredToLACode": "202"}), period_end=OCTOBER))
    ade = Learner.objects.get()
    assert [(one.status, one.starts, one.ends) for one in ade.memberships.known()] == [
        ("T", date(2026, 10, 31), date(2026, 10, 31)), ("P", date(2026, 9, 30), date(2026, 10, 30))]
    assert ade.left_on == date(2026, 10, 31)


def test_somebody_who_left_before_we_had_them_is_set_aside(bring):
    delivery = bring(made(record({**ADE, "CohortStatus": "A"})))
    assert delivery.counts["set_aside"] == 1


def test_the_same_file_again_says_so_and_changes_nothing(officer, accepted, register):
    content = made(record(ADE), record(BO))
    first = accepted(content)
    before, entries = register(past=True), AuditEntry.objects.count()
    again, new = bring_in(by=officer, area="358", name="again.xml", file=BytesIO(content))
    assert (again.pk, new) == (first.pk, False)
    assert (register(past=True), AuditEntry.objects.count()) == (before, entries)


def test_the_same_words_in_another_file_change_nothing(accepted, register):
    accepted(made(record(ADE, "110"), record(BO)))
    before = register(past=True)
    delivery = accepted(made(record(ADE, "110"), record(BO)) + b"\n")
    assert delivery.counts["same"] == 2
    assert register(past=True) == before


def test_one_person_twice_in_a_file(accepted):
    delivery = accepted(made(record(ADE), record(ADE)))
    assert Learner.objects.count() == 1
    first, second = delivery.rows.all()
    assert (first.outcome, second.outcome) == ("new", "same")
    assert second.doubt == f"the same young person as line {first.line}"
    assert second.learner_id == first.learner_id


def test_two_people_with_one_number_are_left_to_a_person(accepted):
    delivery = accepted(made(record(ADE), record({**BO, "UniqueLearnerNo": ADE["UniqueLearnerNo"]})))
    assert (delivery.counts["new"], delivery.counts["unmatched"]) == (1, 1)
    assert "somebody with another name" in delivery.rows.get(outcome="unmatched").doubt


def test_another_authoritys_record_is_not_read(bring):
    delivery = bring(made(record(ADE), record({**BO, "LeadLEA": "202"})))
    assert (delivery.counts["new"], delivery.counts["unreadable"]) == (1, 1)
    assert delivery.rows.get(outcome="unreadable").problems[0]["remedy"].endswith("yours is 358")


def test_the_rules_of_the_return_are_shown_and_block_nothing(accepted):
    delivery = accepted(made(record({**ADE, "CurrencyLapsed": "?", "UniquePupilNumber": "A1"})))
    problems = Row.objects.get(delivery=delivery).problems
    numbered = {problem["rule"] for problem in problems if problem["who"]}
    assert "rule 221" in numbered
    assert any(problem["field"] == "upn" for problem in problems)
    assert Activity.objects.count() == 1


def test_blank_elements_change_nothing(accepted, register):
    accepted(made(record(ADE)))
    before = register()
    blank = {"YoungPersonsID": ADE["YoungPersonsID"], "LevelOfNeedCode": ""}
    delivery = accepted(made(record(blank), period_end=OCTOBER))
    assert delivery.counts["same"] == 1
    assert register() == before


def test_the_audit_names_nobody(accepted):
    accepted(made(record(ADE)))
    told = " ".join(f"{entry.subject_label} {entry.detail}" for entry in AuditEntry.objects.filter(room="exchange"))
    assert "Brien" not in told
    assert Delivery.objects.get().counts["new"] == 1


def _many(people, verified):
    return made(*(record({**BO, "YoungPersonsID": f"358{number:010d}", "GivenName": f"Bo{'abcdefghij'[number % 10]}",
                          "FamilyName": f"Ng{'abcdefghij'[number // 10 % 10]}", "DateVerified": verified,
                          "DOB": f"2010-01-{number % 28 + 1:02d}"}) for number in range(1, people + 1)))


def test_no_row_takes_a_query_of_its_own(accepted):
    counts = []
    for people in (5, 95):
        with CaptureQueriesContext(connection) as asked:
            accepted(_many(people, "2026-09-20"))
        counts.append(len(asked))
    assert counts[1] - counts[0] < 45  # for ninety more: what does not fit into one statement takes another


def test_a_number_that_a_later_record_is_known_by_is_not_given_to_an_earlier_one(accepted, monkeypatch):
    monkeypatch.setattr(comparing, "AT_ONCE", 1)
    unnumbered = {**BO, "YoungPersonsID": "", "GivenName": "Cy"}
    accepted(made(record(unnumbered), record({**ADE, "YoungPersonsID": "3580000000001"})))
    assert dict(Learner.objects.values_list("names__given", "number")) == {"Ade": 1, "Cy": 2}


@pytest.mark.parametrize("at_once", [1, 2, 2_000])
@pytest.mark.parametrize("held", [False, True])
def test_who_has_several_records_is_held_once_however_far_apart_they_are(accepted, monkeypatch, at_once, held):
    """Each record is compared with what those before leave, new or not, whichever piece of the file it is in."""
    if held:
        accepted(made(record(ADE)))
    monkeypatch.setattr(comparing, "AT_ONCE", at_once)
    monkeypatch.setattr(staging, "AT_ONCE", at_once)
    months = [record({**ADE, "DateVerified": f"2026-10-{day}"}) for day in ("05", "20", "15")]
    delivery = accepted(made(months[0], record(BO), *months[1:], period_end=OCTOBER))
    ade = Learner.objects.get(number=1)
    assert ade.activities.known().get().verified == date(2026, 10, 20)
    rows = list(Row.objects.filter(delivery=delivery).order_by("line"))
    assert [row.learner_id == ade.pk for row in rows] == [True, False, True, True]
    assert [row.doubt for row in rows] == ["", "", *["the same young person as line 2"] * 2]
    assert [row.outcome for row in rows] == ["changed" if held else "new", "new", "changed", "same"]
    assert delivery.counts == {"new": 1 if held else 2, "changed": 2 if held else 1, "same": 1, "unmatched": 0, "unreadable": 0,
                               "set_aside": 0}


def test_a_file_that_is_kept_in_pieces_is_the_file(bring, monkeypatch):
    monkeypatch.setattr(staging, "_PIECE", 100)
    monkeypatch.setattr(staging, "_BLOCK", 50_000)
    names = [sha256(bytes([number % 256, number // 256])).hexdigest() for number in range(2_000)]  # hard to compress
    content = made(*(record({**BO, "FamilyName": name}) for name in names))
    delivery = bring(content)
    assert delivery.pieces.count() > 5
    assert staging.bytes_of(delivery) == content


def _rules_of(delivery):
    """The numbered rules that each row breaks, by the place of the row."""
    return {row.place: sorted(problem["rule"] for problem in row.problems if problem["who"] and problem["rule"] in _BETWEEN)
            for row in delivery.rows.all()}


_BETWEEN = ("rule 902", "rule 907", "rule 908")


@pytest.mark.parametrize("between", ["\n", ""])
def test_records_that_clash_are_told_of_on_their_rows(bring, between):
    """The same identifier twice, a learner number that two have, and two of one name and day of birth."""
    namesake = {**BO, "YoungPersonsID": "3580000000003"}
    sharing = {**ADE, "YoungPersonsID": "3580000000004", "GivenName": "Cy", "FamilyName": "Poe"}
    repeated = {**BO, "YoungPersonsID": "3580000000005", "GivenName": "Di", "FamilyName": "Roe"}
    delivery = bring(made(record(ADE), record(BO), record(namesake), record(sharing), record(repeated),
                          record({**repeated, "GivenName": "Ed"}), between=between))
    assert _rules_of(delivery) == {1: ["rule 907"], 2: ["rule 908"], 3: ["rule 908"], 4: ["rule 907"], 5: [], 6: ["rule 902"]}
    assert {row.line for row in delivery.rows.all()} == ({2, 3, 4, 5, 6, 7} if between else {1})
    assert delivery.rejected == ""


@pytest.mark.parametrize(("wrong", "words"), [
    ({"DOB": "never"}, "a date of birth that can be read"), ({"CohortStatus": "X"}, "904"),
])
def test_why_the_department_would_take_none_of_a_file_is_said_without_a_name(bring, cast, wrong, words):
    delivery = bring(made(record(ADE), record({**BO, **wrong})))
    assert words in delivery.rejected
    assert "line 3" in delivery.rejected
    assert not any(value in delivery.rejected for value in (*wrong.values(), BO["YoungPersonsID"], "never"))
    page = cast("tracking_officer").get(f"/files/{delivery.pk}/").content.decode()
    assert "The department would take none of this return as it stands" in page


def test_what_a_return_says_of_the_spell_and_of_places_is_kept(accepted):
    accepted(made(record({**BO, "NEETStartDate": "2026-02-10", "LEACodeAtYear11": "351", "EducatedLEA": "352"})))
    bo = Learner.objects.get()
    activity = bo.activities.known().get()
    assert (activity.neet_start, activity.educated_in) == (date(2026, 2, 10), "352")
    assert (bo.area_at_16, bo.particulars.known().get().area_at_16) == ("351", "351")


AT_SCHOOL = {**ADE, "DOB": "2010-10-05", "ActivityCode": "110", "StartDate": "2022-09-01", "DateAscertained": "2022-09-01"}
MOVED = {**AT_SCHOOL, "EstablishmentNumber": "3524001", "StartDate": "2026-10-05", "DateAscertained": "2026-10-05",
         "DateVerified": "2026-10-20"}


def test_whoever_moves_in_year_11_was_at_the_later_school(accepted):
    """The authority of the school before goes with it, and a file of an earlier month moves nobody back."""
    accepted(made(record({**AT_SCHOOL, "LEACodeAtYear11": "351"})))
    delivery = accepted(made(record({**MOVED, "LEACodeAtYear11": "352"}), period_end=OCTOBER))
    ade = Learner.objects.get()
    assert (ade.school_at_16, ade.area_at_16) == ("3524001", "")
    assert [problem["field"] for row in delivery.rows.all() for problem in row.problems if not problem["who"]] == []
    late = accepted(made(record({**AT_SCHOOL, "Town": "Elsewhere"})))
    assert "school_at_16" in [problem["field"] for row in late.rows.all() for problem in row.problems]
    assert Learner.objects.get().school_at_16 == "3524001"


def test_whoever_moves_after_year_11_was_where_they_were(accepted):
    older = {"DOB": "2009-10-05"}
    accepted(made(record({**AT_SCHOOL, **older})))
    accepted(made(record({**MOVED, **older}), period_end=OCTOBER))
    assert Learner.objects.get().school_at_16 == "3584000"


@pytest.mark.parametrize("school", ["", "3524000"])
def test_what_a_return_of_ours_writes_of_itself_comes_back_as_nothing(accepted, bring, officer, school):
    """An authority must stand where nobody said one: the school's, or our own. A file that says another is believed later."""
    person = {**ADE, "EstablishmentNumber": "", "EstablishmentName": ""}
    accepted(made(record(person)))
    ade = Learner.objects.get()
    amend_details(by=officer, learner=ade, school_at_16=school)
    own = content_of(close_month(by=officer, area="358", month_end=date(2026, 10, 31)))
    assert f"<LEACodeAtYear11>{school[:3] or 358}<".encode() in own
    delivery = accepted(own)
    assert {outcome: many for outcome, many in delivery.counts.items() if many} == {"same": 1}
    assert (Learner.objects.get().area_at_16, ade.activities.known().get().educated_in) == ("", "")
    accepted(made(record({**person, "LEACodeAtYear11": "351", "EducatedLEA": "353"}), period_end=OCTOBER))
    assert (Learner.objects.get().area_at_16, ade.activities.known().get().educated_in) == ("351", "353")


@pytest.mark.parametrize(("person", "school"), [
    ({"DOB": "2010-09-01", "ActivityCode": "110", "StartDate": "2021-09-01"}, "3584000"),  # in year 11
    ({"DOB": "2010-09-01", "EstablishmentNumber": "3589999"}, ""),  # taught at home
    ({"DOB": "2010-08-31"}, ""),  # in year 12, and at a college
    ({"DOB": "2010-08-31", "ActivityCode": "110", "StartDate": "2021-09-01"}, "3584000"),  # not heard of since year 11
    ({"DOB": "2011-09-01", "ActivityCode": "110", "StartDate": "2021-09-01"}, ""),  # in year 10
    ({"DOB": "2010-09-01", "EstablishmentNumber": "1114000"}, ""),  # of no authority
])
def test_the_school_of_year_11_comes_of_the_return(accepted, person, school):
    accepted(made(record({**ADE, **person})))
    assert Learner.objects.get().school_at_16 == school


@pytest.mark.parametrize(("there", "instead", "why"), [
    (b"O'Brien", b"O'Brien & Co", "line 2: the file was read all the same, but the department rejects it, since it is not"),
    (b"NCCIS>", b"Foo>", "line 1, column Foo: the file was read all the same, but the department rejects it")])
def test_what_reading_forgives_is_brought_in_and_told_as_what_the_department_rejects(accepted, there, instead, why):
    delivery = accepted(made(record(ADE), record(BO)).replace(there, instead))
    assert (delivery.counts["new"], Learner.objects.count(), delivery.passed_over) == (2, 2, [])
    assert why in delivery.rejected


@pytest.mark.parametrize(("name", "said"), [("Marlbeck College", ""), ("The College", "The College"), ("", "")])
def test_a_name_of_a_place_that_the_directory_gives_says_nothing_new(accepted, monkeypatch, name, said):
    monkeypatch.setattr(read_by, "school_names", lambda numbers: {"3584000": "Marlbeck College"})
    accepted(made(record({**ADE, "EstablishmentName": name})))
    assert Learner.objects.get().activities.known().get().establishment_name == said


@pytest.mark.parametrize(("content", "of_return"), [
    (b"DatabaseId,PeriodEnd,YoungPersonsID\n", True), (b'"DatabaseId";"PeriodEnd";"YoungPersonsID"\r\n', True),
    ("DatabaseId\tPeriodEnd\tYoungPersonsID\r\n".encode("utf-16"), True), ("<NCCIS>".encode("utf-16"), True),
    (b"Forename;PeriodEnd;YoungPersonsID\n", False), ("Forename\tSurname\r\n".encode("utf-16"), False),
])
def test_a_return_is_told_from_a_list_whatever_parts_its_columns(content, of_return):
    assert is_return(BytesIO(content)) is of_return


def test_a_list_with_an_address_that_they_left_moves_nobody_back(accepted, cast, register):
    home = {**ADE, "AddressLine1": "12 High Street", "Town": "Saltmere", "Postcode": "QX1 1AA"}
    accepted(made(record(home)))
    accepted(made(record({**home, "AddressLine1": "3 Mill Lane", "Postcode": "QX1 1AB"}), period_end="2026-10-31"), "october.xml")
    before = register()
    rows = b"Forename,Surname,DOB,Address,Town,Postcode\nAde,O'Brien,05/11/2009,12 High St,Saltmere,QX1 1AA\n"
    delivery = accepted(rows, "list.csv", as_at=date(2026, 11, 28))
    assert (register(), delivery.counts["same"]) == (before, 1)
    page = " ".join(cast("tracking_officer").get(f"/files/{delivery.pk}/").content.decode().split())
    assert "12 High St, Saltmere, QX1 1AA”</strong>: they left it on 30 October 2026 as we hold it" in page
