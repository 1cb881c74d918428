"""The pages of files: brought in, looked over, put right, settled, accepted and undone by an officer in a browser."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from tests.apps.exchange.browsing import accept_as_shown
from tests.apps.exchange.returns_made import ADE, BO, made, record
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.exchange.models import Delivery, RememberedMapping, Row
from throughline.apps.learners.models import Learner

pytestmark = pytest.mark.django_db

LIST = b"Forename,Surname,DOB,Start date\nAde,O'Brien,05/11/2009,01/09/2026\nCy,O'Brien,01/12/2009,01/09/2026\n"


@pytest.fixture
def client(cast):
    """The tracking officer's browser."""
    return cast("tracking_officer")


def _give(client, content, name, **boxes):
    return client.post("/files/", {"file": SimpleUploadedFile(name, content), **boxes}, follow=True)


def _words(answer):
    return " ".join(answer.content.decode().split())


def test_before_any_file_the_page_says_what_to_do(client):
    assert "No file has been brought in yet" in _words(client.get("/files/"))


def test_a_return_is_looked_over_accepted_and_undone(client):
    page = _words(_give(client, made(record(ADE, "110"), record(BO)), "september.xml"))
    assert "Nothing of the register is changed yet" in page
    assert "O&#39;Brien" in page
    assert "Looked after" in page
    delivery = Delivery.objects.get()
    assert "The file is in the register" in _words(accept_as_shown(client, delivery.pk))
    assert Learner.objects.count() == 2
    assert "accepted this file" in _words(client.post(f"/files/{delivery.pk}/accept/", follow=True))
    assert "holds what it held before" in _words(client.post(f"/files/{delivery.pk}/undo/", follow=True))


def test_the_same_bytes_lead_to_the_file_there_is(client):
    _give(client, made(record(ADE)), "one.xml")
    assert "These very bytes were brought in" in _words(_give(client, made(record(ADE)), "two.xml"))
    assert Delivery.objects.count() == 1


def test_a_list_is_put_right_and_its_unknown_row_settled(client):
    _give(client, made(record(ADE)), "september.xml")
    accept_as_shown(client, Delivery.objects.get().pk)
    page = _words(_give(client, LIST, "college.csv", activity="230", establishment="3584000"))
    assert "Say who it is" in page
    delivery = Delivery.objects.get(kind="list")
    assert (delivery.constants, RememberedMapping.objects.count()) == ({"activity": "230"}, 0)
    form = _words(client.get(f"/files/{delivery.pk}/columns/"))
    assert "Start date" in form
    boxes = {"column_0": "given_name", "column_1": "family_name", "column_2": "date_of_birth", "column_3": "", "activity": "230"}
    assert "The list is read again" in _words(client.post(f"/files/{delivery.pk}/columns/", boxes, follow=True))
    twice = _words(client.post(f"/files/{delivery.pk}/columns/", {**boxes, "column_3": "given_name"}))
    assert "Another column is taken for this" in twice
    assert "college.csv" in _words(client.get("/files/not-matched/"))
    row = Row.objects.get(outcome="unmatched")
    assert "O&#39;Brien, Ade, born 5 November 2009" in _words(client.get(f"/files/rows/{row.pk}/"))
    found = _words(client.post(f"/files/rows/{row.pk}/", {"find": "1", "words": "nobody", "number": ""}))
    assert "Nobody of the register is like them" in found
    client.post(f"/files/rows/{row.pk}/", {"settled": "new"})
    accept_as_shown(client, delivery.pk)
    assert Learner.objects.count() == 2


def test_a_row_is_linked_to_somebody_found(client):
    _give(client, made(record(ADE)), "september.xml")
    accept_as_shown(client, Delivery.objects.get().pk)
    _give(client, LIST, "college.csv", activity="230")
    row, ade = Row.objects.get(outcome="unmatched"), Learner.objects.get()
    answer = client.post(f"/files/rows/{row.pk}/", {"settled": f"linked-{ade.pk}"}, follow=True)
    assert f"is settled: somebody in the register, number {ade.number}." in _words(answer)
    assert Row.objects.get(pk=row.pk).learner == ade


def test_whom_a_row_was_said_to_be_about_can_be_said_otherwise_until_it_is_in_the_register(client):
    _give(client, made(record(ADE)), "september.xml")
    accept_as_shown(client, Delivery.objects.get().pk)
    _give(client, LIST, "college.csv", activity="230")
    row, ade = Row.objects.get(outcome="unmatched"), Learner.objects.get()
    client.post(f"/files/rows/{row.pk}/", {"settled": f"linked-{ade.pk}"})
    its = f"/files/{row.delivery_id}/"
    assert "Say otherwise who it is" in _words(client.get(its))
    assert "Choose again below if that was a mistake" in _words(client.get(f"/files/rows/{row.pk}/"))
    assert "is settled: set aside." in _words(client.post(f"/files/rows/{row.pk}/", {"settled": "aside"}, follow=True))
    client.post(f"/files/rows/{row.pk}/", {"settled": f"linked-{ade.pk}"})
    accept_as_shown(client, row.delivery_id)
    assert "Say otherwise who it is" not in _words(client.get(its))
    assert "Choose again below" not in _words(client.get(f"/files/rows/{row.pk}/"))


def test_a_file_that_cannot_be_read_is_answered(client):
    answer = _give(client, b"\x00\x01", "broken.csv")
    assert answer.status_code == 422
    assert "What is wrong with the file" in _words(answer)
    assert client.post("/files/", {"kind": ""}).status_code == 422
    assert "this is no return" in _words(_give(client, b"Dear all,\nhere it is\n", "september.XML")).casefold()


def test_problems_are_listed_and_taken_away(client):
    _give(client, made(record({**ADE, "CurrencyLapsed": "?"})), "september.xml")
    delivery = Delivery.objects.get()
    assert "Rule 221" in _words(client.get(f"/files/{delivery.pk}/problems/"))
    assert "221" in client.get(f"/files/{delivery.pk}/problems.csv").content.decode()
    assert "september.xml" in client.get("/files/files.csv").content.decode()
    new = _words(client.get(f"/files/{delivery.pk}/rows/new/"))
    assert "New" in new
    assert "rule 221" not in new, "of a return they are told on the page of problems, while anything comes of a row"


def test_a_row_of_a_return_that_changes_nothing_says_what_there_is_to_look_at(client, accepted):
    wrong = record({**ADE, "CurrencyLapsed": "?", "PredictedEndDate": "?"})
    accepted(made(wrong))
    _give(client, made(wrong) + b"\n", "september.xml")
    page = _words(client.get(f"/files/{Delivery.objects.latest('id').pk}/"))
    row = page[page.index("something to look at</caption>"):].partition("</table>")[0]
    assert "<strong>Whether it has lapsed (CurrencyLapsed) “?”</strong>: " in row
    assert "(rule 221, priority " in row
    assert "<strong>Expected end (PredictedEndDate) “?”</strong>: The predicted end is not a date." in row
    assert "Nothing</span>" not in row
    assert "1 row has something to look at</a>. It keeps nothing else" in page


def test_nothing_is_shown_that_cannot_be_recorded(client, monkeypatch):
    _give(client, made(record(ADE)), "september.xml")

    def locked(**words):
        raise DatabaseError

    monkeypatch.setattr("throughline.apps.exchange.views.door.record", locked)
    with pytest.raises(DatabaseError):
        client.get(f"/files/{Delivery.objects.get().pk}/")


def test_the_audit_says_which_file_was_looked_at_and_no_name(client):
    _give(client, made(record(ADE)), "obrien.xml")
    client.get(f"/files/{Delivery.objects.get().pk}/")
    entry = AuditEntry.objects.filter(verb="looked", subject_kind="delivery").latest("id")
    assert entry.subject_label == f"Delivery {Delivery.objects.get().pk}"
    assert "brien" not in str(entry.__dict__).casefold()


def test_another_authoritys_file_is_not_there(client, cast):
    _give(client, made(record(ADE)), "september.xml")
    delivery, row = Delivery.objects.get(), Row.objects.get()
    other = cast("data_officer", area="202", email="other@example.org")
    paths = [f"/files/{delivery.pk}/{more}" for more in ("", "problems/", "columns/", "rows/new/")] + [f"/files/rows/{row.pk}/"]
    assert [other.get(path).status_code for path in paths] == [404] * len(paths)
    assert other.post(f"/files/{delivery.pk}/accept/").status_code == 404
    assert Learner.objects.count() == 0


@pytest.mark.parametrize("name", ["return.xml", "return.csv", "list.csv"])
def test_an_upload_that_is_kept_on_disk_meanwhile_is_read_as_any_other(client, settings, name):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1
    flat = b"DatabaseID,DateOfSend,PeriodEnd,YoungPersonsID,GivenName,FamilyName\n358,2026-10-05,2026-09-30,3580000000001,A,B\n"
    content = {"return.xml": made(record(ADE)), "return.csv": flat, "list.csv": LIST}[name]
    assert "Nothing of the register is changed yet" in _words(_give(client, content, name))
    assert Delivery.objects.get().size == len(content)


def test_what_is_too_large_for_the_page_is_told_how_to_come_in(client, settings):
    settings.LARGEST_UPLOAD = 1_000_000
    page = _words(client.get("/files/"))
    assert "1 MB at most" in page
    refused = _words(_give(client, LIST + b" " * 1_000_000, "list.csv"))
    assert "The file is larger than 1 MB" in refused
    assert Delivery.objects.count() == 0


def test_a_page_asks_for_a_code_list_once_however_many_rows_it_has(cast, accepted, bring):
    people = [{**BO, "YoungPersonsID": f"358{number:010d}", "GivenName": f"Bo{'abcdefghij'[number]}"} for number in range(1, 9)]
    accepted(made(*map(record, people)))
    asked, client = [], cast("tracking_officer")
    for many in (1, 8):
        changed = [{**one, "ActivityCode": "640", "Gender": "F", "StartDate": f"2026-10-{many + 1:02d}"} for one in people[:many]]
        delivery = bring(made(*map(record, changed), period_end="2026-10-31"))
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/files/{delivery.pk}/rows/changed/")
        asked.append(len(queries))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("page", ["", "problems/", "problems.csv", "rows/same/"])
def test_no_page_of_a_file_asks_for_each_row_that_has_something_to_look_at(cast, accepted, bring, page):
    people = [{**BO, "YoungPersonsID": f"358{number:010d}", "FamilyName": f"Ng{'abcdefghij'[number]}"} for number in range(1, 10)]
    accepted(made(*(record(one, "110") for one in people)))
    asked, client = [], cast("tracking_officer")
    for many in (2, 9):
        rows = [f"Bo,{one['FamilyName']},15/01/2010,No,maybe,wibble{one['YoungPersonsID']}" for one in people[:many]]
        delivery = bring("\n".join(["Forename,Surname,DOB,LAC,FSM,Activity", *rows]).encode(), f"{many}.csv",
                         as_at=date(2026, 11, 5))
        assert delivery.rows.exclude(problems=[]).count() == many
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/files/{delivery.pk}/{page}")
        asked.append(len(queries))
    assert asked[0] == asked[1]


OTHER = (b"Forename,Surname,DOB,Activity\nAde,O'Brien,05/11/2009,other\nCy,Poe,01/12/2009,999\n"
         b",,,230\nDi,Roe,01/11/2009,230\nEd,Roe,02/11/2009,230\n")


def test_an_activity_that_is_not_known_says_who_can_do_what_and_leads_there(client, accepted):
    accepted(made(record(ADE), record(BO)))
    _give(client, OTHER + b"Bo,Ng,15/01/2010,\n", "list.csv")
    delivery, ade = Delivery.objects.get(kind="list"), Learner.objects.get(number=1)
    page = _words(client.get(f"/files/{delivery.pk}/"))
    assert "Nothing would change, but there is something to look at" in page
    assert page.index("something to look at</caption>") < page.index("The same: nothing would change</caption>")
    assert f'href="/learners/{ade.pk}/activities/add/"' in page
    told = _words(client.get(f"/files/{delivery.pk}/problems/"))
    assert "whoever follows them up can record on their page what they do" in told.casefold()
    assert "add the words to the list of activities" not in told
    assert 'data-label="Rule that it breaks">A known activity' in told
    assert f'href="/learners/{ade.pk}/activities/add/">Record what they are doing' in told
    row = delivery.rows.get(line=3)
    assert f'href="/files/rows/{row.pk}/">Say who it is' in told


def test_saying_what_everybody_does_says_nothing_of_the_day(client):
    assert "but its name says “2024”" in _words(_give(client, LIST, "starters 2024.csv", activity="230"))
