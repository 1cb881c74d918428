"""Two versions of a month: whose record differs between them, and what of it."""

import csv
import io
from datetime import date

import pytest
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from tests.apps.returns.test_closing import OCTOBER, SEPTEMBER, learner
from tests.cast import make_user, signed_in_client
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.learners.actions import activities, identity
from throughline.apps.learners.actions.learners import set_restriction
from throughline.apps.learners.actions.membership import end_membership
from throughline.apps.returns import differing
from throughline.apps.returns.actions.closing import close_month
from throughline.apps.returns.again import since
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.month import report_lines
from throughline.apps.returns.queries import content_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db):
    return signed_in_client("data_officer")


@pytest.fixture
def october():
    """October closed, a good deal said since, and October closed again: the versions, and whose record is what."""
    people = {who: learner() for who in ("moved", "renamed", "restricted", "the same", "renumbered")}
    first = close_month(by=make_user("data_officer"), area="358", month_end=OCTOBER)
    day = date(2026, 10, 5)
    activities.record_activity(by=None, learner=people["moved"], code="310", start=day, ascertained=day, verified=day)
    identity.rename(by=None, learner=people["renamed"], given="Zoe", family="Bryan", since=date(2026, 10, 1))
    identity.rename(by=None, learner=people["restricted"], given="Not", family="Shown", since=date(2026, 10, 1))
    identity.add_identifier(by=None, learner=people["renumbered"], scheme="young_persons_id", value="3580000099990",
                            since=date(2025, 9, 1))
    people["late"] = learner()
    set_restriction(by=None, learner=people["restricted"], restricted=True, protected_address=False, reason="A test")
    return {"first": first, "second": close_month(by=None, area="358", month_end=OCTOBER, reason="Late news"), **people}


def _rows(client, close, version: int) -> dict[str, tuple[str, str]]:
    answer = client.get(reverse("returns:since_download", args=[close.pk, version, "csv"]))
    return {row["Learner's number"]: (row["Name"], row["What differs"])
            for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))}


def test_everybody_whose_record_differs_is_named_with_what_differs(client, october):
    assert _rows(client, october["second"], 1) == {
        str(october["moved"].number): ("Zoë O'Brien", "Activity (230 → 310), days of the activity"),
        str(october["renamed"].number): ("Zoe Bryan", "Name"),
        str(october["renumbered"].number): ("Zoë O'Brien", "Numbers"),
        str(october["late"].number): ("Zoë O'Brien", "Not in version 1"),
        "a restricted record": ("", "Not told: the record is restricted"),
    }
    assert _rows(client, october["first"], 2) == _rows(client, october["second"], 1)
    seen = AuditEntry.objects.latest("id")
    whose = {october[who].number for who in ("moved", "renamed", "restricted", "renumbered", "late")}
    assert (set(seen.detail["learners"]), seen.verb) == (whose, "downloaded")


def test_the_month_leads_to_whose_record_differs_and_says_who_closed_it(client, october):
    page = client.get(reverse("returns:month", args=[october["second"].pk])).content.decode()
    assert page.count(reverse("returns:since", args=[october["second"].pk, 1])) == 2
    assert "by a scheduled or command-line run, version 2" in page
    assert "by Data officer Example: " not in page
    assert "by Data officer Example" in page
    shown = client.get(reverse("returns:since", args=[october["second"].pk, 1])).content.decode()
    assert "Zoe Bryan" in shown
    assert "Shown" not in shown
    led = {who: f'href="/learners/{october[who].pk}/"' in shown for who in ("renamed", "restricted", "the same")}
    assert led == {"renamed": True, "restricted": False, "the same": False}
    assert "A restricted record" in shown
    seen = AuditEntry.objects.latest("id")
    whose = {october[who].number for who in ("moved", "renamed", "restricted", "renumbered", "late")}
    assert (set(seen.detail["learners"]), seen.verb) == (whose, "looked")


def test_somebody_who_is_no_longer_returned_stands_in_the_earlier_version_alone(client):
    gone, _ = learner(), learner()
    close_month(by=None, area="358", month_end=SEPTEMBER)
    end_membership(by=None, learner=gone, status="E", left_on=date(2026, 9, 30))
    close_month(by=None, area="358", month_end=OCTOBER)
    again = close_month(by=None, area="358", month_end=SEPTEMBER, reason="A test")
    assert _rows(client, again, 1) == {str(gone.number): ("Zoë O'Brien", "Only in version 1")}


@pytest.mark.parametrize("version", [2, 3])
def test_a_month_is_compared_with_another_version_of_itself_alone(client, october, version):
    assert client.get(reverse("returns:since", args=[october["second"].pk, version])).status_code == 404


@pytest.mark.parametrize(("lost", "lacking"), [
    ([("could_fall", "all")], "how far the headline could fall were everything put right"),
    ([("could_rise",)], "how far the headline could rise were everything put right"),
    ([("ages",), ("could_fall",)],
     "the ages that the headline is of and how far the headline could fall were everything put right"),
    ([("caution",)], "the caution about the rules"),
])
def test_what_an_earlier_version_did_not_keep_makes_no_difference_and_is_named(lost, lacking):
    learner(code="620")  # a young carer who is not marked as a carer
    first = close_month(by=None, area="358", month_end=OCTOBER)
    for *within, name in lost:
        held = first.figures[within[0]] if within else first.figures
        del held[name]
    QuerySet(MonthClose).filter(pk=first.pk).update(figures=first.figures)
    second = close_month(by=None, area="358", month_end=OCTOBER, reason="A test")
    told = report_lines(second)[-1]
    assert told.startswith("Nothing differs from version 1: ")
    assert told.endswith(f" Not compared, since it was not kept in version 1: {lacking}.")
    third = close_month(by=None, area="358", month_end=OCTOBER, reason="A test")
    assert "Not compared" not in report_lines(third)[-1]


@pytest.mark.parametrize("way", ["could_fall", "could_rise"])
def test_how_far_the_headline_could_move_is_compared_where_both_versions_say_it(way):
    learner(code="620")
    first = close_month(by=None, area="358", month_end=OCTOBER)
    moves = {who: points + 1 for who, points in first.figures[way].items()}
    kept = {"known": first.known, "errors": first.errors, "moved": first.moved, "figures": first.figures | {way: moves}}
    assert since(first, content_of(first), kept)["since"]["differing"] == ["headline"]


def test_two_versions_are_compared_once_and_what_may_be_told_is_asked_for_each_page(client, october, monkeypatch):
    read = []
    monkeypatch.setattr(differing, "_records", lambda content, whole=differing._records: read.append(content) or whole(content))
    differing._between.cache_clear()
    assert "Zoe Bryan" in str(_rows(client, october["second"], 1))
    set_restriction(by=None, learner=october["renamed"], restricted=True, protected_address=False, reason="A test")
    assert "Zoe Bryan" not in str(_rows(client, october["second"], 1))
    client.get(f"{reverse('returns:since', args=[october['second'].pk, 1])}?page=2")
    assert len(read) == 2
    third = close_month(by=None, area="358", month_end=OCTOBER, reason="Once more")
    assert "a restricted record" in _rows(client, third, 1)
    assert _rows(client, third, 2) == {}
    assert len(read) == 6


def test_who_is_called_nothing_any_more_is_told_by_their_number(client, october):
    gone = october["moved"]
    gone.names.all().cease(timezone.now())
    assert _rows(client, october["second"], 1)[str(gone.number)][0] == ""
