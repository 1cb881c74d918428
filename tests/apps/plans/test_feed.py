"""Calendar feeds: a person's own dates at an address that only they know, and nothing once it should not open."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from tests.apps.plans.going import a_milestone, a_party, a_plan, an_action, in_days, owned_by
from throughline.apps.plans.models import CalendarEntry, Feed

pytestmark = pytest.mark.django_db


def _events(response):
    return {str(event["summary"]): event for event in Calendar.from_ical(response.content).walk("vevent")}


def _rule(event):
    return event["rrule"].to_ical().decode() if "rrule" in event else None


def _entry(title, starts, recurrence="", **words):
    return CalendarEntry.objects.create(area="358", title=title, starts_on=starts, recurrence=recurrence, **words)


@pytest.fixture
def feed(lead, by):
    """The lead's own feed."""
    lead.post(reverse("plans:renew_feed"))
    return Feed.objects.get(user=by)


def _open(feed):
    return Client().get(reverse("governance:feed", args=[feed.key]))


def test_it_has_the_persons_own_dates_without_signing_in_and_nobodys_name(feed, by):
    plan, party = a_plan(), a_party("Head of Inclusion", by, "inclusion@example.org")
    own = an_action(plan, "1.1", days=10, text="Agree, sign; and keep the protocol")
    owned_by(own, party)
    owned_by(an_action(plan, "1.2"), party)
    a_milestone(own, 3, "Signed by all")
    met = a_milestone(own, 4, "Met already")
    met.met_on = in_days(0)
    met.save()
    an_action(plan, "1.3", days=5)
    answer = _open(feed)
    events = _events(answer)
    assert set(events) == {"Due: 1.1 Agree, sign; and keep the protocol", "Milestone: 1.1 Signed by all"}
    due = events["Due: 1.1 Agree, sign; and keep the protocol"]
    assert (due["dtstart"].dt, due["dtend"].dt) == (in_days(10), in_days(11))
    assert str(due["url"]) == f"http://testserver/plans/{plan.pk}/actions/{own.pk}/"
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    for name in ("Inclusion", "example.org", by.full_name):
        assert name not in answer.content.decode()


def test_the_cycle_is_in_it_with_what_comes_again(feed):
    _entry("Once", date(2026, 9, 3), ends_on=date(2026, 9, 5), kind="Enrolment")
    _entry("Termly", date(2026, 9, 4), "termly")
    _entry("Monthly", date(2026, 9, 30), "monthly")
    _entry("Yearly", date(2026, 10, 1), "yearly")
    _entry("Copied", date(2025, 10, 1), "yearly")
    _entry("Copied", date(2027, 10, 3), "yearly")
    gone = _entry("Gone", date(2026, 9, 3))
    gone.removed_at = "2026-01-01T00:00Z"
    gone.save()
    theirs = _entry("Theirs", date(2026, 9, 3))
    theirs.area = "909"
    theirs.save()
    found = list(Calendar.from_ical(_open(feed).content).walk("vevent"))
    assert {(str(event["summary"]), event["dtstart"].dt): _rule(event) for event in found} == {
        ("Once", date(2026, 9, 3)): None, ("Termly", date(2026, 9, 4)): None,
        ("Monthly", date(2026, 9, 30)): "FREQ=MONTHLY;UNTIL=20270831;BYMONTHDAY=28,29,30;BYSETPOS=-1",
        ("Yearly", date(2026, 10, 1)): "FREQ=YEARLY", ("Copied", date(2025, 10, 1)): "FREQ=YEARLY;UNTIL=20270831",
        ("Copied", date(2027, 10, 3)): "FREQ=YEARLY",
    }
    events = {str(event["summary"]): event for event in found}
    assert events["Once"]["dtend"].dt == date(2026, 9, 6)
    assert [day.dt.isoformat() for day in events["Termly"]["rdate"].dts] == ["2027-01-08", "2027-04-16"]
    assert {title for title, event in events.items() if "rdate" in event} == {"Termly"}


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"role": "employer"}, {"role": "administrator"}, {"area": ""}, {"is_example": True}])
def test_it_opens_nothing_for_a_closed_account_a_role_that_sees_no_plans_or_nobody_of_an_authority(feed, by, change):
    assert _open(feed).status_code == 200
    for name, value in change.items():
        setattr(by, name, value)
    by.save()
    assert _open(feed).status_code == 404


@pytest.mark.parametrize("key", ["x", "0" * 43, "%27%20or%201=1"])
def test_a_bad_key_opens_nothing(feed, key):
    assert Client().get(f"/calendar/feed/{key}.ics").status_code == 404


def test_a_key_cannot_be_guessed_and_a_new_one_shuts_the_old(lead, feed):
    old = feed.key
    assert len(old) >= 43
    lead.post(reverse("plans:renew_feed"))
    assert Client().get(reverse("governance:feed", args=[old])).status_code == 404
    feed.refresh_from_db()
    assert feed.key != old
    assert _open(feed).status_code == 200
    assert feed.key in lead.get(reverse("plans:calendar")).content.decode()
    lead.post(reverse("plans:end_feed"))
    assert _open(feed).status_code == 404


def test_the_cycle_is_downloaded_by_those_who_see_plans(cast, lead):
    _entry("Enrolment", date(2026, 9, 3))
    answer = lead.get(reverse("plans:cycle_ics"))
    assert set(_events(answer)) == {"Enrolment"}
    assert answer["Content-Disposition"].startswith("attachment")
    assert cast("employer").get(reverse("plans:cycle_ics")).status_code == 403
    assert Client().get(reverse("plans:cycle_ics")).status_code == 302
