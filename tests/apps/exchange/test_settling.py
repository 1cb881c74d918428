"""Settling a row by hand: whom it may be about and what tells them apart, and the name of whoever is chosen."""

import csv
import re
from contextlib import nullcontext
from datetime import date
from html import unescape
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet

from tests.apps.exchange.returns_made import ADE, BO, made, record
from throughline.apps.exchange.actions.bringing import set_mapping
from throughline.apps.exchange.actions.deciding import accept
from throughline.apps.exchange.actions.settling import settle_row
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.learners.actions.activities import record_activity
from throughline.apps.learners.actions.learners import add_learner, set_restriction
from throughline.apps.learners.models import Address, Learner, Name
from throughline.apps.organisations.actions.amending import RefusedError

pytestmark = pytest.mark.django_db
# Ade's name misspelt, and swapped.
ROWS = {"misspelt": "Ade,O'Briien", "swapped": "O'Brien,Ade"}


def _list(row: str) -> bytes:
    headings = "Forename,Surname,DOB,Activity,School,Mobile,Email"
    return f"{headings}\n{row},05/11/2009,619,Marl High,07700 900418,a@example.org\n".encode()


def _words(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def row(accepted, bring):
    """A row in which nobody is found, though it is about Ade: row("misspelt")."""
    accepted(made(record(ADE), record(BO)))
    return lambda how: bring(_list(ROWS[how]), "list.csv", as_at=date(2026, 10, 5)).rows.get()


def _ade() -> Learner:
    return Learner.objects.get(number=1)


@pytest.mark.parametrize("how", ["misspelt", "swapped"])
@pytest.mark.parametrize("first", ["settled", "accepted", "read again"])
@pytest.mark.parametrize("takes", [False, True])
def test_whoever_is_linked_by_hand_keeps_the_registers_name_unless_the_files_is_asked_for(row, officer, how, first, takes):
    one = row(how)
    if first == "accepted":
        accept(by=officer, delivery=one.delivery)
    settle_row(by=officer, row=one, settled="linked", learner=_ade(), takes_name=takes)
    if first == "read again":
        delivery = one.delivery
        set_mapping(by=officer, delivery=delivery, mapping=delivery.mapping, constants={}, as_at=delivery.as_at)
    if first != "accepted":
        accept(by=officer, delivery=one.delivery)
    now = _ade().names.known().get(ends=None)
    assert f"{now.given},{now.family}" == (ROWS[how] if takes else "Ade,O'Brien")
    assert _ade().born == date(2009, 11, 5)
    assert [one.code for one in _ade().activities.known().order_by("start")] == ["230", "619"]


def test_a_list_that_finds_somebody_by_itself_still_renames_them(accepted, bring):
    accepted(made(record(ADE)))
    accepted(b"Forename,Surname,DOB,ULN\nAde,Poe,05/11/2009,9276308686\n", "list.csv", as_at=date(2026, 10, 5))
    assert str(_ade().names.known().get(ends=None)) == "Ade Poe"


def test_the_page_says_what_becomes_of_the_name(cast, row):
    one = row("misspelt")
    client, address = cast("tracking_officer"), f"/files/rows/{one.pk}/"
    page = _words(client.get(address))
    assert "keeps the name and the date of birth that the register has" in page
    assert "Take the name as the file has it" in page
    assert "Now: Ade O&#39;Brien. Then: Ade O&#39;Briien." in page
    client.post(address, {"settled": f"linked-{_ade().pk}", "takes_name": str(_ade().pk)})
    one.refresh_from_db()
    assert (one.takes_name, [each["after"] for each in one.changes if each["what"] == "name"]) == (True, ["Ade O'Briien"])
    client.post(address, {"settled": f"linked-{_ade().pk}", "takes_name": "0"})
    one.refresh_from_db()
    assert (one.takes_name, [each for each in one.changes if each["what"] == "name"]) == (False, [])


def test_a_name_of_the_files_own_day_is_said_to_stay_and_why(cast, row):
    one = row("misspelt")
    QuerySet(Name).filter(learner=_ade()).update(starts=one.delivery.as_at)
    page = _words(cast("tracking_officer").get(f"/files/rows/{one.pk}/"))
    assert "Their name was recorded for the day of this file or a later one, so it stays." in page


def test_the_page_shows_all_that_the_row_says_and_what_tells_people_apart(cast, row):
    page = _words(cast("tracking_officer").get(f"/files/rows/{row('swapped').pk}/"))
    for said in ("07700 900418", "a@example.org", "Marl High", "(619)"):
        assert said in page
    assert "First name and surname are the other way round. The same date of birth." in page
    assert "Now at Marlbeck College" in page


@pytest.mark.parametrize(("headings", "called"), [
    ("DOB,Activity,Start date", ("DOB", "Activity")), (",,Began", ("Column 3, without a heading", "Column 4, without a heading")),
])
def test_the_page_shows_what_nobody_could_read_as_the_file_has_it(cast, officer, bring, headings, called):
    """Each under what its column was taken for; the file's problems name the column."""
    known = "".join(f"Bo,N{name},1{name}/11/2009,619,01/09/2026\n" for name in "123")
    content = f"Forename,Surname,{headings}\nKim,Lo,31/02/2010,Gone walkabout,12/10/2026\n{known}"
    fields = ("given_name", "family_name", "date_of_birth", "activity", "start")
    delivery = set_mapping(by=officer, delivery=bring(content.encode(), "list.csv"), constants={},
                           mapping={str(place): field for place, field in enumerate(fields)})
    client = cast("tracking_officer")
    told = client.get(f"/files/rows/{delivery.rows.get(line=2).pk}/")
    page = " ".join(re.sub("<[^>]+>", " ", unescape(told.content.decode())).split())
    for said in ("Date of birth “31/02/2010” (not understood)", "What they are doing “Gone walkabout” (not understood)",
                 "Start date “12 October 2026” (not used)"):
        assert said in page
    assert "Date of birth –" not in page
    problems = list(csv.DictReader(StringIO(client.get(f"/files/{delivery.pk}/problems.csv").content.decode("utf-8-sig"))))
    assert [each["Column"] for each in problems if each["What it says"] in ("31/02/2010", "Gone walkabout")] == list(called)


def test_a_name_or_a_day_that_a_row_does_not_give_is_shown_as_nothing(cast, accepted, bring):
    accepted(made(record(ADE)))
    bring(b"Forename,Surname,DOB,ULN\nKim,Lo,,\n,,05/11/2009,8184654323\n", "list.csv")
    pages = [_page_of(cast, line) for line in (2, 3)]
    assert "Date of birth –" in pages[0] and "Name –" in pages[1]
    assert "None" not in "".join(pages)


def _page_of(cast, line: int) -> str:
    client = cast("tracking_officer", email=f"{line}@example.org")
    told = client.get(f"/files/rows/{Row.objects.get(delivery__kind=Delivery.Kind.LIST, line=line).pk}/")
    return " ".join(re.sub("<[^>]+>", " ", unescape(told.content.decode())).split())


def test_the_likeliest_is_offered_first_and_nobody_restricted(cast, accepted, bring):
    people = [{**BO, "YoungPersonsID": f"358000000000{at}", "GivenName": f"Bo{'abcde'[at]}", "FamilyName": "O'Brien",
               "DOB": "2009-11-05"} for at in range(2, 5)]
    accepted(made(record({**ADE, "FamilyName": "Zulu"}), *map(record, people)))
    one = bring(b"Forename,Surname,DOB\nZulu,Adde,05/11/2009\n", "list.csv").rows.get()
    client = cast("tracking_officer")
    page = _words(client.get(f"/files/rows/{one.pk}/"))
    assert page.index("Zulu, Ade, born") < page.index("O&#39;Brien, Boc, born")
    set_restriction(by=None, learner=_ade(), reason="A test", restricted=True, protected_address=False)
    assert "Zulu, Ade" not in _words(client.get(f"/files/rows/{one.pk}/")).partition("Whom it may be about")[2]
    by_number = _words(client.post(f"/files/rows/{one.pk}/", {"find": "1", "words": "", "number": "1"}))
    told = by_number.partition("Whom it may be about")[2]
    assert "Restricted record 1" in told
    assert "Marlbeck College" not in told


def test_where_somebody_lives_is_not_told_of_a_protected_home_to_tell_people_apart(cast, row):
    one, client = row("misspelt"), cast("tracking_officer")
    Address.objects.create(learner=_ade(), line_1="1 Row", district="E06000001", starts=date(2026, 9, 1))
    assert "lives in " in _words(client.get(f"/files/rows/{one.pk}/"))
    set_restriction(by=None, learner=_ade(), reason="A test", restricted=False, protected_address=True)
    page = _words(client.get(f"/files/rows/{one.pk}/"))
    assert ("born 5 November 2009" in page, "lives in " in page) == (True, False)


@pytest.mark.parametrize("first", ["settled", "accepted"])
def test_somebody_new_of_a_list_with_full_names_is_added_with_their_name(accepted, bring, officer, first):
    accepted(made(record(ADE)))
    delivery = bring(b"Name,Date of birth\nCy Poe,01/12/2009\n", "list.csv")
    if first == "accepted":
        accept(by=officer, delivery=delivery)
    settle_row(by=officer, row=delivery.rows.get(), settled="new")
    if first == "settled":
        accept(by=officer, delivery=delivery)
    assert [str(name) for one in Learner.objects.filter(born=date(2009, 12, 1)) for name in one.names.all()] == ["Cy Poe"]


@pytest.mark.parametrize(("names", "said"), [(",De Souza", ("", "De Souza")), ("Mary Jane,", ("Mary Jane", ""))])
def test_an_empty_cell_is_no_reason_to_part_the_name_beside_it(bring, names, said):
    content = f"Forename,Surname,DOB\n{names},05/11/2009\nCy,Poe,01/12/2009\n"
    values = bring(content.encode(), "list.csv").rows.get(line=2).values
    assert (values.get("given", ""), values.get("family", "")) == said


NEW = "Somebody new: add them to the register"


@pytest.mark.parametrize(("row", "why"), [
    ("Cy,Poe,01/12/2009,", ""), ("Cy,Poe,,", "The row has no date of birth, so nobody new can be added from it."),
    (",,01/12/2009,9276308686", "The row has no first name and no surname, so nobody new can be added from it."),
    ("Cy,Poe,01/12/1980,", "Somebody born on 1 December 1980 is not of 14 to 25, so nobody new can be added from it."),
])
def test_somebody_new_is_offered_only_where_the_row_says_enough(cast, bring, row, why):
    one = bring(f"Forename,Surname,DOB,ULN\n{row}\n".encode(), "list.csv").rows.get()
    page = _words(cast("tracking_officer").get(f"/files/rows/{one.pk}/"))
    assert (NEW in page, "nobody new can be added" in page) == (not why, bool(why))
    assert why in page


@pytest.mark.parametrize("path", ["", "problems/", "problems.csv"])
def test_fields_stand_on_the_pages_and_in_the_file_of_problems_by_their_titles(cast, bring, path):
    bring(made(record({**ADE, "LeadLEA": "202"})), "return.xml")
    delivery = bring(b"Forename,Surname,DOB,Previous LAESTAB\nAde,O'Brien,05/11/2009,1114001\n", "list.csv")
    client = cast("tracking_officer")
    for number, told, raw in ((delivery.pk - 1, "Lead authority", "lead_lea"), (delivery.pk, "School at 16", "school_at_16")):
        page = _words(client.get(f"/files/{number}/{path}"))
        assert (told in page, raw in page) == (True, False)


SENT = b"Forename,Surname,DOB,Activity\nAde,O'Briien,05/11/2009,210\nBo,Ng,15/01/2010,210\n"


@pytest.fixture
def sent_row(accepted, bring, cast):
    """A row about Ade that nobody was found for, of an accepted list of a school that she is not at as we hold it."""
    accepted(made(record(ADE), record({**BO, "EstablishmentNumber": "3584009"})))
    school = cast("provider_staff", establishment="3584009", organisation="Marlbeck School")
    school.post("/files/sent/", {"file": SimpleUploadedFile("list.csv", SENT)})
    delivery = Delivery.objects.get(kind="list")
    accept(by=None, delivery=delivery, checked=True)
    return delivery.rows.get(line=2)


CHECKED = "I have checked that they are at Marlbeck School now"


def test_a_row_of_an_accepted_list_that_was_sent_is_linked_once_somebody_checked_that_they_are_there(sent_row, cast):
    client, address = cast("data_officer"), f"/files/rows/{sent_row.pk}/"
    assert CHECKED in _words(client.get(address))
    chosen = {"settled": f"linked-{_ade().pk}"}
    told = _words(client.post(address, chosen, follow=True))
    assert "Marlbeck School sent this list, and could see whoever you choose. Nothing was changed." in told
    sent_row.refresh_from_db()
    assert (sent_row.outcome, _ade().activities.known().count()) == ("unmatched", 1)
    client.post(address, {**chosen, "checked": "yes"})
    sent_row.refresh_from_db()
    assert (sent_row.outcome, _ade().activities.known().latest("start").establishment) == ("changed", "3584009")


@pytest.mark.parametrize(("restricted", "asked"), [(False, False), (True, True)])
def test_whoever_is_there_needs_no_check_unless_it_is_not_told_where_they_are(sent_row, officer, restricted, asked):
    record_activity(by=officer, learner=_ade(), code="210", start=date(2026, 11, 1), establishment="3584009")
    if restricted:
        set_restriction(by=None, learner=_ade(), reason="A test", restricted=True, protected_address=False)
    with pytest.raises(RefusedError, match="Tick that you have checked") if asked else nullcontext():
        settle_row(by=officer, row=sent_row, settled="linked", learner=_ade())


def test_somebody_said_to_be_new_who_is_there_already_is_checked_too(sent_row, officer):
    typed = add_learner(by=officer, area="358", born=date(2009, 11, 5), given="Ade", family="O'Briien", since=date(2026, 9, 1))
    with pytest.raises(RefusedError, match="Tick that you have checked"):
        settle_row(by=officer, row=sent_row, settled="new")
    assert settle_row(by=officer, row=sent_row, settled="new", checked=True).learner == typed


def test_a_row_of_a_list_that_an_officer_brought_in_or_that_waits_asks_no_check(row, cast, officer):
    one = row("misspelt")
    accept(by=officer, delivery=one.delivery)
    assert "I have checked that" not in _words(cast("data_officer").get(f"/files/rows/{one.pk}/"))
    assert settle_row(by=officer, row=one, settled="linked", learner=_ade()).outcome == "changed"


@pytest.mark.parametrize("then", ["aside", "linked"])
def test_a_row_about_whoever_another_was_linked_to_before_is_compared_without_that(accepted, bring, officer, then):
    """It finds them by their number alone, so that nothing but them holds the two together."""
    accepted(made(record(ADE), record(BO)))
    listed = bring(b"Forename,Surname,DOB,ULN,Activity\nNo,Body,01/02/2010,,619\n,,,9276308686,619\n", "list.csv",
                   as_at=date(2026, 10, 5))
    first, second = listed.rows.order_by("line")
    settle_row(by=officer, row=first, settled="linked", learner=_ade())
    assert Row.objects.get(pk=second.pk).outcome == "same"
    settle_row(by=officer, row=first, settled=then, learner=Learner.objects.get(number=2) if then == "linked" else None)
    assert Row.objects.get(pk=second.pk).outcome == "changed"
