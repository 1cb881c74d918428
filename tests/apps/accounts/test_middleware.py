"""Every look by a signed-in person is one entry, without what they searched for, and never stops a page."""

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from tests.cast import make_user, signed_in_client
from throughline.apps.accounts import actions
from throughline.apps.accounts.middleware import RecordLooks
from throughline.apps.accounts.models import AuditEntry, Verb

pytestmark = pytest.mark.django_db


def _looks() -> list[tuple[str, str]]:
    found = AuditEntry.objects.filter(verb__in=(Verb.LOOKED, Verb.DOWNLOADED)).order_by("id")
    return [(entry.verb, entry.path) for entry in found]


def _answer(response: HttpResponse, **request_says) -> HttpResponse:
    """What comes back of a response when a signed-in person asked for it."""
    request = RequestFactory().get("/roles/?q=Somebody")
    request.user, request.resolver_match = make_user("inspector"), resolve("/roles/")

    def view(asked):
        for name, value in request_says.items():
            setattr(asked, name, value)
        return response

    return RecordLooks(view)(request)


def test_a_page_is_recorded_without_its_query():
    signed_in_client("information_governance_officer").get("/audit/?person=&verb=looked")
    entry = AuditEntry.objects.get(verb=Verb.LOOKED)
    assert (entry.path, entry.room, entry.subject_label) == ("/audit/", "accounts", "The audit")


def test_a_file_is_recorded_as_taken_away():
    signed_in_client("information_governance_officer").get("/audit.csv")
    assert _looks() == [("downloaded", "/audit.csv")]


@pytest.mark.parametrize("path", ["/health/", "/accessibility/", "/no-such-page/", "/static/ui/favicon.svg", "/people/"])
def test_what_shows_nothing_to_anyone_is_not_a_look(path):
    signed_in_client("employer").get(path)
    assert _looks() == []


def test_nobody_is_recorded_who_is_not_signed_in():
    Client().get("/account/login/")
    assert _looks() == []


def test_a_view_says_what_its_page_is_of():
    _answer(HttpResponse("x"), audit_subject=("authority", "850", "Hampshire"))
    entry = AuditEntry.objects.get(verb=Verb.LOOKED)
    assert (entry.subject_kind, entry.subject_id, entry.subject_label) == ("authority", "850", "Hampshire")
    assert "Somebody" not in str(entry.__dict__)


def test_a_view_may_say_that_there_is_nothing_to_record():
    _answer(HttpResponse("x"), audit_look=False)
    assert _looks() == []


@pytest.mark.parametrize("response", [HttpResponse("{}", content_type="application/json"), HttpResponse(status=500)])
def test_neither_data_for_a_page_nor_a_failure_is_a_page(response):
    _answer(response)
    assert _looks() == []


@pytest.mark.parametrize("status", [400, 404])
def test_a_page_that_shows_something_and_says_what_was_wrong_is_a_look(status):
    _answer(HttpResponse("x", status=status), audit_subject=("comparison", "358", "Trafford"))
    assert _looks() == [("looked", "/roles/")]


def test_a_file_that_comes_with_a_problem_is_a_download():
    file = HttpResponse("x", status=400, content_type="text/csv", headers={"Content-Disposition": "attachment"})
    _answer(file, audit_subject=("comparison", "358", "Trafford"))
    assert _looks() == [("downloaded", "/roles/")]


@pytest.mark.parametrize("status", [302, 403, 500])
def test_neither_a_redirect_nor_a_refusal_nor_a_failure_showed_what_it_was_of(status):
    _answer(HttpResponse("x", status=status), audit_subject=("person", "1", "a@example.org"))
    assert _looks() == []


@pytest.mark.usefixtures("warehouse")
def test_a_comparison_with_one_wrong_name_is_a_look():
    client = signed_in_client("employer")
    assert client.get("/compare/?area=358&area=Nowhere").status_code == 400
    assert _looks() == [("looked", "/compare/")]


def test_recording_costs_one_insert():
    client = signed_in_client("employer")
    client.get("/roles/")
    with CaptureQueriesContext(connection, ) as queries:
        client.get("/roles/")
    about_audit = [query["sql"] for query in queries if "auditentry" in query["sql"]]
    assert len(about_audit) == 1
    assert about_audit[0].startswith("INSERT")
    assert len(queries) == 3, "the session, the person, and the entry"


def test_a_locked_database_does_not_stop_the_page(monkeypatch, caplog):
    client = signed_in_client("employer")

    def locked(**_):
        raise OperationalError("database is locked")

    monkeypatch.setattr(actions, "record", locked)
    assert client.get("/roles/").status_code == 200
    assert "could not be recorded" in caplog.text
