"""Of which day a list speaks is asked where it says another, until somebody says it; who was born after it is told."""

from datetime import date

import pytest
from django.utils import timezone

from tests.apps.exchange.returns_made import ADE, made, record
from tests.apps.organisations.boxes import boxes, day_in
from throughline.apps.exchange.models import Delivery

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)
LIST = b"Forename,Surname,DOB,Activity\nAde,O'Brien,05/11/2009,230\n"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda value=None, *args: value.date() if value else TODAY)


@pytest.mark.parametrize(("name", "day", "printed"), [
    ("college_2026-05.csv", TODAY, "2026-05"), ("college May 2026.xlsx.csv", TODAY, "May 2026"),
    ("survey_march_2026.csv", date(2026, 11, 1), "march 2026"),
])
def test_a_list_that_says_a_month_asks_its_day(bring, cast, name, day, printed):
    delivery = bring(LIST, name)
    page = " ".join(cast("tracking_officer").get(f"/files/{delivery.pk}/").content.decode().split())
    assert delivery.as_at == day
    assert f"but its name says “{printed}”" in page
    assert "Say of which day it speaks" in page


@pytest.mark.parametrize(("said", "day", "asks"), [
    ({}, TODAY, True), ({"activity": "210"}, TODAY, True), ({"confirmed": "on"}, TODAY, False),
    (day_in("as_at", date(2026, 5, 20)), date(2026, 5, 20), False), (day_in("as_at", date(2026, 4, 1)), date(2026, 4, 1), False),
])
def test_only_who_changes_or_confirms_the_day_has_said_it(bring, cast, said, day, asks):
    delivery = bring(LIST, "college_2026-05.csv")
    client, columns = cast("tracking_officer"), f"/files/{delivery.pk}/columns/"
    answer = client.post(columns, {**boxes(client.get(columns)), **said}, follow=True)
    assert "The list is read again" in answer.content.decode()
    delivery = Delivery.objects.get()
    assert (delivery.as_at, delivery.asks_its_day, delivery.dated_by) == (day, asks, "today" if asks else "said")
    page = client.get(columns).content.decode()
    assert ("It does speak of 28 November 2026" in page) is asks


@pytest.mark.parametrize(("start", "asked"), [("05/10/2026", []), ("06/10/2026", ["start"])])
def test_a_start_after_the_day_of_the_list_is_asked_about_and_read(bring, start, asked):
    text = f"Forename,Surname,DOB,Start date,Activity\nAde,O'Brien,05/11/2009,{start},230\n"
    row = bring(text.encode(), "list.csv", as_at=date(2026, 10, 5)).rows.get()
    assert [problem["field"] for problem in row.problems] == asked
    assert row.values["doing"]["start"] == "-".join(reversed(start.split("/")))
    assert all("the list speaks of 5 October 2026" in problem["remedy"] for problem in row.problems)


@pytest.mark.parametrize(("born", "why"), [
    ("05/02/2102", "it is after the day of the list"), ("05/11/1809", "it is more than 100 years before the day of the list"),
])
@pytest.mark.parametrize(("number", "outcome"), [("", "unmatched"), ("9276308686", "same")])
def test_a_date_of_birth_that_cannot_be_right_is_told_and_not_taken(accepted, bring, born, why, number, outcome):
    accepted(made(record(ADE)))
    row = bring(f"Forename,Surname,DOB,ULN\nAde,O'Brien,{born},{number}\n".encode(), "list.csv").rows.get()
    assert (row.outcome, "born" in row.values) == (outcome, False)
    assert [(each["field"], each["remedy"]) for each in row.problems] == [
        ("born", f"this date of birth cannot be right: {why}. Look up the right one")]
