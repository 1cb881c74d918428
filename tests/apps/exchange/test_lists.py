"""Lists under any headings: guessed, put right, remembered; unknown people are left to an officer; bad bytes are answered."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.apps.exchange.returns_made import ADE, BO, made, record
from throughline.analytics.learnerlists.dating import survey_day
from throughline.apps.exchange.actions.bringing import bring_in, set_mapping
from throughline.apps.exchange.actions.deciding import accept
from throughline.apps.exchange.actions.settling import settle_row
from throughline.apps.exchange.models import Delivery, RememberedMapping
from throughline.apps.exchange.read_by import vocabulary
from throughline.apps.learners.actions.learners import add_learner
from throughline.apps.learners.models import Activity, Learner
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.core.problems import RefusedFileError

pytestmark = pytest.mark.django_db
ENROLLED = b"""Marlbeck College enrolments
Forename,Surname,DOB,ULN,Start date,Planned end date
Ade,O'Brien,05/11/2009,9276308686,01/09/2026,31/07/2027
Zo\xc3\xab,D'Souza,06/12/2009,,02/09/2026,
Bo,Ng,,,01/09/2026,
,,,,01/09/2026,
Total: 4
"""
CONSTANTS = {"activity": "230"}
TODAY = date(2026, 11, 28)


@pytest.fixture
def enrolled(accepted, bring, officer):
    """A college's list, of whom the register knows Ade and Bo; everybody on it is in further education there."""
    accepted(made(record(ADE), record(BO)))
    delivery = bring(ENROLLED, "enrolments.csv", as_at=date(2026, 10, 5), establishment="3584000")
    return set_mapping(by=officer, delivery=delivery, mapping=delivery.mapping, constants=CONSTANTS, establishment="3584000")


def _row(delivery, outcome):
    return delivery.rows.filter(outcome=outcome).earliest("line")


def test_columns_are_guessed_and_what_holds_for_everybody_is_said(enrolled):
    assert [column["field"] for column in enrolled.columns] == [
        "given_name", "family_name", "date_of_birth", "uln", "start", "predicted_end"]
    assert {outcome: many for outcome, many in enrolled.counts.items() if many} == {"changed": 1, "unmatched": 2, "unreadable": 1}
    [change] = _row(enrolled, "changed").changes
    assert (change["how"], change["after"]) == (
        "confirmed", "230 from 1 September 2026, at Marlbeck College, confirmed 5 October 2026, to end 31 July 2027")
    assert enrolled.passed_over == [[7, "it begins with “Total: 4”, so it is no young person"]]


def test_a_row_that_names_nobody_says_what_is_needed(enrolled):
    [problem] = _row(enrolled, "unreadable").problems
    assert problem["remedy"] == "give a name and a date of birth, or an identifier"


def test_a_row_with_a_name_and_no_date_of_birth_waits_for_somebody_to_say_who_it_is(enrolled):
    [bo] = enrolled.rows.filter(line=5)
    assert (bo.outcome, bo.named) == ("unmatched", "Bo Ng")
    assert bo.doubt == "it has no date of birth, and a name alone finds nobody for sure"
    assert [problem["rule"] for problem in bo.problems] == ["a date of birth or an identifier"]


@pytest.mark.parametrize("cells", [
    "O'Brien Ade,", ",Ade O'Brien", '"Ade O\'BRIEN, 07700 900418",', ',"O\'Brien, Ade 07700 900418"'])
def test_a_name_in_one_cell_is_found_in_either_order_and_renames_nobody(accepted, bring, cells):
    accepted(made(record(ADE)))
    row = bring(f"Forename,Surname,DOB\n{cells},05/11/2009\n".encode(), "list.csv").rows.get()
    assert (row.learner and row.learner.number, row.found) == (1, "name and date of birth")
    assert [change["what"] for change in row.changes] == (["contact"] if "07700" in cells else [])
    unborn = bring(f"Forename,Surname,DOB\n{cells},\n".encode(), "unborn.csv").rows.get()
    assert (unborn.outcome, "07700" in unborn.named) == ("unmatched", False)


@pytest.mark.parametrize("cell", ["Tyrell St Hilaire", "St Hilaire Tyrell", "TYRELL ST HILAIRE", "Tyrell St. Hilaire"])
def test_two_family_names_in_one_cell_are_found_and_rename_nobody(accepted, bring, cell):
    accepted(made(record({**ADE, "GivenName": "Tyrell", "FamilyName": "St Hilaire"})))
    row = bring(f"Name,DOB\n{cell},05/11/2009\n".encode(), "list.csv").rows.get()
    assert (row.learner and row.learner.number, row.found, row.changes) == (1, "name and date of birth", [])


def test_a_name_the_other_way_round_renames_nobody_who_is_found_by_a_number(accepted):
    accepted(made(record(ADE)))
    delivery = accepted(b"Forename,Surname,DOB,ULN\nO'Brien,Ade,05/11/2009,9276308686\n", "list.csv", as_at=date(2026, 10, 5))
    assert str(Learner.objects.get().names.known().get(ends=None)) == "Ade O'Brien"
    assert [problem["rule"] for problem in delivery.rows.get().problems] == ["first name before surname"]


def test_a_mapping_is_remembered_for_its_authority_only(enrolled, bring, officer):
    set_mapping(by=officer, delivery=enrolled, mapping={**enrolled.mapping, "4": ""}, constants={})
    assert "4" not in bring(ENROLLED + b"\n", "november.csv").mapping
    elsewhere, _ = bring_in(by=None, area="202", name="a.csv", file=BytesIO(ENROLLED))
    assert elsewhere.mapping["4"] == "start"


def test_what_was_said_of_one_list_is_not_remembered_for_the_next(enrolled, bring):
    """What everybody is doing, whose list it is and its day: the next one says so itself, or nobody does."""
    assert RememberedMapping.objects.get().mapping == enrolled.mapping
    again = bring(ENROLLED + b"\n", "november.csv")
    assert (again.mapping, again.constants, again.establishment, again.dated_by) == (enrolled.mapping, {}, "", "today")


@pytest.mark.parametrize(("above", "name", "words", "day", "by"), [
    ("As at 1 October 2026", "a.csv", {}, date(2026, 10, 1), "above"),
    ("", "a 2026-10-01.csv", {}, date(2026, 10, 1), "name"),
    ("As at 1 October 2026", "a.csv", {"as_at": date(2026, 9, 30)}, date(2026, 9, 30), "said"),
    ("As at 1 October 2026", "a.csv", {"kind": "survey"}, date(2026, 11, 1), "itself"),
    ("Saltmere", "a.csv", {}, TODAY, "today"),
])
def test_the_day_of_a_list_is_the_one_said_or_printed(bring, monkeypatch, above, name, words, day, by):
    monkeypatch.setattr(timezone, "localdate", lambda value=None, *args: value.date() if value else TODAY)
    delivery = bring(f"{above}\n".encode() + ENROLLED.partition(b"\n")[2], name, **words)
    assert (delivery.as_at, delivery.dated_by) == (day, by)


def test_a_day_that_is_put_right_is_said_and_one_that_is_not_stays_as_it_was_known(bring, officer):
    delivery = bring(b"As at 1 October 2026\n" + ENROLLED, "a.csv")
    again = set_mapping(by=officer, delivery=delivery, mapping=delivery.mapping, constants=CONSTANTS, as_at=delivery.as_at)
    assert (again.as_at, again.dated_by) == (date(2026, 10, 1), "above")
    right = set_mapping(by=officer, delivery=delivery, mapping=delivery.mapping, constants=CONSTANTS, as_at=date(2026, 10, 2))
    assert (right.as_at, right.dated_by) == (date(2026, 10, 2), "said")


def test_a_mapping_by_which_nobody_could_be_found_is_refused(enrolled, officer):
    with pytest.raises(RefusedError, match="Say which column holds the date of birth"):
        set_mapping(by=officer, delivery=enrolled, mapping={"0": "given_name", "1": "family_name"}, constants={})
    assert Delivery.objects.get(pk=enrolled.pk).mapping["2"] == "date_of_birth"


def test_a_list_adds_nobody_by_itself(enrolled, officer):
    accept(by=officer, delivery=enrolled)
    assert Learner.objects.count() == 2


def test_an_officer_adds_somebody_new(enrolled, officer):
    row = settle_row(by=officer, row=_row(enrolled, "unmatched"), settled="new")
    assert (row.outcome, Learner.objects.count()) == ("new", 2)
    accept(by=officer, delivery=enrolled)
    zoe = Learner.objects.get(number=3)
    assert str(zoe.names.get()) == "Zoë D'Souza"
    assert (zoe.activities.get().code, zoe.activities.get().establishment) == ("230", "3584000")


def test_what_was_settled_outlasts_a_change_of_the_mapping_and_who_settled_it(enrolled, officer):
    settle_row(by=officer, row=_row(enrolled, "unmatched"), settled="aside")
    set_mapping(by=None, delivery=enrolled, mapping=enrolled.mapping, constants={"activity": "210"})
    assert Delivery.objects.get(pk=enrolled.pk).counts["set_aside"] == 1
    assert _row(enrolled, "set_aside").settled_by == officer
    accept(by=None, delivery=enrolled)
    assert _row(enrolled, "set_aside").settled_by == officer


TWICE = b"Forename,Surname,DOB,Activity\nNo,Body,01/02/2010,230\nNo,Body,01/02/2010,230\n"


@pytest.mark.parametrize("first", ["accepted", "settled"])
def test_somebody_new_in_two_rows_is_added_once(bring, officer, first):
    delivery = bring(TWICE, "list.csv")
    if first == "accepted":
        accept(by=officer, delivery=delivery)
    rows = [settle_row(by=officer, row=row, settled="new") for row in delivery.rows.order_by("line")]
    if first == "settled":
        accept(by=officer, delivery=delivery)
    found = Learner.objects.get()
    assert {row.learner_id for row in delivery.rows.all()} == {found.pk}
    assert [row.settled for row in rows] == (["new", "linked"] if first == "accepted" else ["new", "new"])


def test_somebody_who_was_typed_in_meanwhile_is_not_added_from_a_row(bring, officer):
    delivery = bring(TWICE.partition(b"230\n")[0] + b"230\n", "list.csv")
    row = settle_row(by=officer, row=delivery.rows.get(), settled="new")
    typed = add_learner(by=officer, area="358", born=date(2010, 2, 1), given="No", family="Body", since=date(2026, 9, 1))
    accept(by=officer, delivery=delivery)
    row.refresh_from_db()
    assert (Learner.objects.get(), row.learner) == (typed, typed)


@pytest.mark.parametrize("settled", ["aside", "linked", "new"])
def test_settling_a_row_does_not_read_the_whole_register(accepted, bring, officer, settled):
    accepted(made(record(ADE), record(BO)))
    row = bring(TWICE, "list.csv").rows.first()
    with CaptureQueriesContext(connection) as asked:
        settle_row(by=officer, row=row, settled=settled, learner=Learner.objects.first() if settled == "linked" else None)
    named = [query["sql"] for query in asked if 'FROM "learners_name"' in query["sql"]]
    assert all("born" in sql or "IN (" in sql for sql in named)
    # Its own, and those of the row that hangs together with it, as it was and as it is then.
    assert len(named) == {"aside": 2, "linked": 4, "new": 5}[settled]


def test_a_row_linked_after_its_file_was_accepted_reaches_the_register_at_once(enrolled, officer):
    accept(by=officer, delivery=enrolled)
    typed = add_learner(by=officer, area="358", born=date(2010, 2, 1), given="No", family="Body", since=date(2026, 9, 1))
    row = settle_row(by=officer, row=_row(enrolled, "unmatched"), settled="linked", learner=typed)
    assert (row.outcome, row.learner_id) == ("changed", typed.pk)
    assert [one.code for one in typed.activities.known()] == ["230"]
    with pytest.raises(RefusedError, match="in the register already"):
        settle_row(by=officer, row=row, settled="aside")


def test_somebody_of_another_authority_is_not_linked_to(enrolled, officer):
    bring_in(by=None, area="202", name="r.xml", file=BytesIO(made(record({**BO, "LeadLEA": "202"}))))
    accept(by=None, delivery=Delivery.objects.get(area="202"))
    with pytest.raises(RefusedError, match="your own register"):
        settle_row(by=officer, row=_row(enrolled, "unmatched"), settled="linked", learner=Learner.objects.get(area="202"))


def test_lists_end_nothing_and_blanks_change_nothing(accepted, bring, officer, register):
    accepted(made(record(ADE, "110", "140")))
    before = register()
    delivery = bring(b"Forename,Surname,DOB,UPN,Postcode,EHCP\nAde,O'Brien,5 Nov 2009,,,\n", "school.csv")
    accept(by=officer, delivery=delivery)
    assert register() == before


def test_a_supplier_writes_the_return_flat(bring):
    flat = ("DatabaseId,LEACode,DateOfSend,PeriodEnd,YoungPersonsID,CohortStatus,GivenName,FamilyName,DOB,LeadLEA,ActivityCode,"
            "StartDate\n358,358,2026-10-05,2026-09-30,3580000000009,P,Cy,Poe,2009-12-01,358,230,2026-09-01\n")
    delivery = bring(flat.encode(), "supplier.csv")
    assert (delivery.kind, delivery.as_at, delivery.counts["new"]) == ("return", date(2026, 9, 30), 1)


def test_the_survey_speaks_of_the_first_of_november(bring):
    reply = b"Name,Date of birth,What are you doing now?\nAde O'Brien,05/11/2009,At college\n"
    words = vocabulary()
    assert bring(reply, "list.csv", kind="survey").as_at == survey_day(words, timezone.localdate())
    assert survey_day(words, date(2026, 10, 31)) == date(2025, 11, 1)
    assert survey_day(words, date(2026, 11, 1)) == date(2026, 11, 1)


ON_1_NOVEMBER = "What were you doing on 1 November?"


@pytest.mark.parametrize(("above", "name", "heading", "kind", "day", "by"), [
    ("", "activity_survey_2025.csv", ON_1_NOVEMBER, "survey", date(2025, 11, 1), "name"),
    ("", "replies.csv", ON_1_NOVEMBER, "survey", date(2026, 11, 1), "itself"),
    ("Activity survey 2024/25", "replies.csv", ON_1_NOVEMBER, "survey", date(2024, 11, 1), "above"),
    ("Printed 3 January 2026", "survey 2025.csv", ON_1_NOVEMBER, "survey", date(2025, 11, 1), "name"),
    ("", "Survey 2025.csv", "What are you doing?", "survey", date(2025, 11, 1), "name"),
    ("", "telephone survey 2026-10-31.csv", "What are you doing?", "list", date(2026, 10, 31), "name"),
    ("", "leavers.csv", "What are you doing?", "list", TODAY, "today"),
])
def test_a_survey_is_known_by_its_heading_or_its_name_and_says_its_year(bring, monkeypatch, above, name, heading, kind, day, by):
    monkeypatch.setattr(timezone, "localdate", lambda value=None, *args: value.date() if value else TODAY)
    delivery = bring(f"{above}\nName,Date of birth,{heading}\nAde O'Brien,05/11/2009,At college\n".encode(), name)
    assert (delivery.kind, delivery.as_at, delivery.dated_by) == (kind, day, by)
    assert delivery.asks_its_day is False


def test_a_list_that_speaks_of_another_day_asks_which_it_is(bring, officer, cast, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda value=None, *args: value.date() if value else TODAY)
    delivery = bring(ENROLLED.replace(b"Start date", b"On roll on 1 October"), "leavers 2024.csv")
    assert delivery.noticed["days"] == ["its name says “2024”", "the heading “On roll on 1 October” says “1 October”"]
    page = " ".join(cast("tracking_officer").get(f"/files/{delivery.pk}/").content.decode().split())
    assert "This file is taken as of 28 November 2026, but its name says “2024”" in page
    assert "Say of which day it speaks" in page
    said = set_mapping(by=officer, delivery=delivery, mapping=delivery.mapping, constants={}, as_at=TODAY)
    assert (said.asks_its_day, said.dated_by) == (False, "said")


def test_a_total_is_compared_with_the_rows_that_were_read(bring, cast):
    delivery = bring(ENROLLED.replace(b"Total: 4", b"Total: 7"), "list.csv", as_at=date(2026, 10, 5))
    said = "The file says 7, we read 4"
    assert said in delivery.passed_over[0][1]
    assert said in cast("tracking_officer").get(f"/files/{delivery.pk}/").content.decode()
    fits = bring(ENROLLED.replace(b"Zo", b"Jo"), "list 2.csv", as_at=date(2026, 10, 5))
    assert "totals" not in fits.noticed


def test_a_column_with_a_known_heading_that_is_not_used_says_why(bring, cast):
    delivery = bring(b"Forename,Surname,DOB,ULN,Shoes\nAde,O'Brien,05/11/2009,1,7\n", "list.csv")
    page = " ".join(cast("tracking_officer").get(f"/files/{delivery.pk}/").content.decode().split())
    assert "ULN: not used: its heading says “ULN”, but nothing in it looks like one" in page
    assert "Shoes: not used: its heading is not known" in page


@pytest.mark.parametrize("content", [
    b"", b"\x00\x01\x02", b"<NCCIS>", b"<html><p>Hello", b"PK\x03\x04nonsense", b"Dear all,\nno list\n"])
def test_bytes_that_are_no_list_are_answered_and_nothing_is_kept(bring, content):
    with pytest.raises(RefusedFileError) as refused:
        bring(content, "file.csv")
    assert all(problem.remedy for problem in refused.value.problems)
    assert Delivery.objects.count() == 0


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.binary(max_size=200), st.binary(max_size=60).map(lambda more: ENROLLED + more),
                 st.binary(max_size=60).map(lambda more: b"<NCCIS><FileHeader>" + more)))
def test_any_bytes_get_a_clear_answer(officer, content):
    try:
        delivery, _ = bring_in(by=officer, area="358", name="file", file=BytesIO(content))
    except RefusedFileError as error:
        assert all(problem.remedy and problem.rule for problem in error.problems)
    else:
        assert sum(delivery.counts.values()) == delivery.rows.count()
    assert Activity.objects.count() == 0


def test_no_file_speaks_of_a_day_to_come(bring, officer, cast):
    """A list by the day that is said of it, a return by its own month; and neither by what is said later."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(RefusedError, match="still to come"):
        bring(ENROLLED, "list.csv", as_at=tomorrow)
    with pytest.raises(RefusedError, match="still to come"):
        bring(made(record(ADE), period_end=f"{tomorrow.year + 1}-10-31"))
    delivery = bring(ENROLLED, "list.csv", as_at=timezone.localdate())
    with pytest.raises(RefusedError, match="still to come"):
        set_mapping(by=officer, delivery=delivery, mapping=delivery.mapping, constants={}, as_at=tomorrow)
    assert Delivery.objects.get().as_at == timezone.localdate()
    days = {"as_at_day": tomorrow.day, "as_at_month": tomorrow.month, "as_at_year": tomorrow.year}
    answer = cast("data_officer").post("/files/", {"file": SimpleUploadedFile("b.csv", ENROLLED + b"\n"), **days})
    assert answer.status_code == 422
    assert 'href="#id_as_at' in answer.content.decode()


def test_a_list_too_large_to_be_held_is_refused_in_words(bring, settings):
    settings.LARGEST_LIST = 10
    with pytest.raises(RefusedFileError, match="give it in parts"):
        bring(ENROLLED, "list.csv")
    assert Delivery.objects.count() == 0


def test_an_expected_end_before_the_day_they_were_still_there_is_left_out(accepted):
    accepted(made(record(ADE)))
    text = "Forename,Surname,DOB,Start date,Activity,Expected end\nAde,O'Brien,05/11/2009,01/09/2026,230,{}\n"
    cases = (("31/07/2026", date(2026, 10, 30), date(2027, 7, 31)), ("31/07/2028", date(2026, 10, 31), date(2028, 7, 31)))
    for end, as_at, kept in cases:
        delivery = accepted(text.format(end).encode(), f"{end[-4:]}.csv", as_at=as_at)
        assert [problem["field"] for row in delivery.rows.all() for problem in row.problems] == (
            [] if end.endswith("2028") else ["predicted_end"])
        assert Learner.objects.get().activities.known().get().predicted_end == kept


@pytest.mark.parametrize(("born", "more", "school"), [
    ("01/09/2010", "", "3584000"),  # in year 11 at the school whose list it is
    ("05/11/2009", "", ""),  # in year 12, on a college's list
    ("05/11/2009", "Staying on in sixth form", "3584000"),  # a leavers' list, which came in the autumn
    ("01/09/2011", "", ""),  # in year 10
])
def test_a_schools_list_says_who_was_there_in_year_11(accepted, bring, born, more, school):
    accepted(made(record({**ADE, "DOB": "-".join(reversed(born.split("/"))), "EstablishmentNumber": ""})))
    text = f"Forename,Surname,DOB,Destination\nAde,O'Brien,{born},{more}\n"
    accepted(text.encode(), "list.csv", as_at=date(2026, 10, 5), establishment="3584000")
    assert Learner.objects.get().school_at_16 == school


def test_a_column_of_its_own_says_the_school_of_year_11(accepted):
    accepted(made(record(ADE)))
    accepted(b"Forename,Surname,DOB,Previous LAESTAB\nAde,O'Brien,05/11/2009,358/4001\n", "list.csv", as_at=date(2026, 10, 5))
    assert Learner.objects.get().school_at_16 == "3584001"


def test_a_number_of_no_authority_is_not_recorded(accepted):
    accepted(made(record(ADE)))
    delivery = accepted(b"Forename,Surname,DOB,Previous LAESTAB\nAde,O'Brien,05/11/2009,1114001\n", "list.csv",
                        as_at=date(2026, 10, 5))
    assert Learner.objects.get().school_at_16 == ""
    assert "111 is none" in delivery.rows.get().problems[0]["remedy"]


@pytest.mark.parametrize(("content", "name", "said"), [
    (b"%PDF-1.7 x", "leavers.pdf", "CSV or Excel file that it was made from"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "leavers.xls", "save it as an Excel workbook (.xlsx) or as CSV"),
    (b"Forename,Surname,DOB\n", "leavers.csv", "there is nobody under its headings"),
    (b"Forename,Surname,DOB\nTotal,0,\n", "leavers.csv", "there is nobody under its headings"),
])
def test_what_holds_nobody_that_can_be_read_is_answered_as_what_it_is(bring, content, name, said):
    with pytest.raises(RefusedFileError) as refused:
        bring(content, name)
    assert said in str(refused.value.problems[0].remedy)
    assert Delivery.objects.count() == 0


def test_a_list_that_says_nothing_of_activities_says_so_before_it_is_accepted(bring, cast):
    said = "Nothing in this list says what anybody is doing"
    delivery = bring(ENROLLED, "enrolments.csv", as_at=date(2026, 10, 5))
    officer = cast("data_officer")
    assert said in officer.get(f"/files/{delivery.pk}/").content.decode()
    set_mapping(by=None, delivery=delivery, mapping=delivery.mapping, constants=CONSTANTS)
    assert said not in officer.get(f"/files/{delivery.pk}/").content.decode()
