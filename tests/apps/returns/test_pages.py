"""The pages of months: what is still to be seen to, whose records they name, and each table as a file."""

import csv
import re
from datetime import date

import pytest
from django.db.models import QuerySet
from django.urls import reverse

from tests.apps.returns.test_closing import OCTOBER, SEPTEMBER, learner
from tests.cast import make_user, signed_in_client
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.exchange.models import Delivery
from throughline.apps.learners import whereabouts
from throughline.apps.learners.actions import activities
from throughline.apps.learners.actions.circumstances import add_trait
from throughline.apps.learners.actions.identity import add_identifier
from throughline.apps.learners.actions.learners import amend_details, set_restriction
from throughline.apps.learners.actions.looking import open_restricted
from throughline.apps.learners.history import looks_at
from throughline.apps.learners.models import Opening
from throughline.apps.performance.figures import measures
from throughline.apps.returns.actions.closing import close_month
from throughline.apps.returns.checking import could_move
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.month import AS_KNOWN_NOW, errors_by_rule, errors_by_who, errors_shown
from throughline.apps.returns.queries import content_of, numbers_guarded_from
from throughline.apps.returns.wrong import wrong_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)
WHY = "It is sent to the department today, as each month"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The day is 28 November 2026, wherever the room asks."""
    from django.utils import timezone

    monkeypatch.setattr(timezone, "localdate", lambda value=None, *args: value.date() if value else TODAY)


@pytest.fixture
def client(db):
    return signed_in_client("data_officer")


def _page(client, name: str, *args) -> str:
    return client.get(reverse(f"returns:{name}", args=args)).content.decode()


def test_whoever_moved_and_whoever_has_an_error_leads_to_their_record(client):
    lost = learner()
    activities.record_activity(by=None, learner=lost, code="810", start=date(2026, 10, 5), ascertained=date(2026, 10, 5),
                               verified=date(2026, 10, 5))
    close = close_month(by=None, area="358", month_end=OCTOBER)
    assert [move["reason"] for move in close.moved] == ["newly_not_known"]
    part = _page(client, "month", close.pk).partition("What moved it")[2].partition("What is wrong")[0]
    assert f'href="/learners/{lost.pk}/"' in part
    assert f"{lost.number:010d}" not in part
    assert "is whoever is NEET at this month end" in part and "have not seen its own definition" in part


def test_a_closed_month_says_as_known_when_it_is_and_leads_to_the_figure_as_known_now(client):
    learner()
    close = close_month(by=None, area="358", month_end=OCTOBER)
    page = _page(client, "month", close.pk)
    assert "as known when the month was closed, and each change is from the month before" in page
    assert AS_KNOWN_NOW in measures()
    assert f'href="{reverse("performance:measure", args=["358", AS_KNOWN_NOW])}"' in page


def test_a_month_before_that_counts_otherwise_than_when_it_was_closed_is_told_before_closing_and_after(client):
    lost = learner()
    close_month(by=None, area="358", month_end=SEPTEMBER)
    otherwise = "September 2026 was closed with 0.0% NEET or not known. Counted again, as the register"
    assert otherwise not in _page(client, "check")
    activities.record_activity(by=None, learner=lost, code="810", start=date(2026, 9, 20), ascertained=date(2026, 9, 20),
                               verified=date(2026, 9, 20))
    assert f"{otherwise} is known now, by today’s rules, it is 100.0%" in _page(client, "check")
    close = close_month(by=None, area="358", month_end=OCTOBER)
    assert f"{otherwise} was known when October was closed, it is 100.0%" in _page(client, "month", close.pk)
    close_month(by=None, area="358", month_end=SEPTEMBER, reason="Somebody was lost")
    assert f"{otherwise} was known when October was closed, it is 100.0%" in _page(client, "month", close.pk)


def test_what_waits_is_said_before_a_month_is_closed(client):
    learner()
    assert "Before you close" not in _page(client, "close")
    Delivery.objects.create(area="358", name="leavers.csv", kind=Delivery.Kind.LIST, digest="x", size=1, as_at=TODAY)
    for page in ("months", "close"):
        assert "1 file</a> waits to be looked over" in _page(client, page)


def test_what_is_wrong_is_seen_before_a_month_is_closed_and_nothing_is_kept(client):
    carer, lost = learner(code="620"), learner(code="810", start=date(2026, 10, 5))
    amend_details(by=None, learner=lost, gender="U")
    page = " ".join(_page(client, "check").split())
    assert "October 2026" in page
    assert not MonthClose.objects.exists()
    close = close_month(by=None, area="358", month_end=OCTOBER)
    for rule in errors_by_rule(close.errors, frozenset()):
        assert f'<th scope="row" role="rowheader">{rule.number}</th>' in page
    assert f'href="/learners/{carer.pk}/"' in page
    told = AuditEntry.objects.filter(verb="looked", path=reverse("returns:check")).get().detail["learners"]
    assert set(told) >= {carer.number}
    assert client.get(f"{reverse('returns:check')}?month=2026-09").status_code == 200
    for none in ("2026-13", "2026-12"):
        assert client.get(f"{reverse('returns:check')}?month={none}").status_code == 404


def test_a_rule_worded_for_two_years_is_counted_by_each_wording():
    errors = [{"rule": 27, "priority": 1, "who": "tracking_officer", "number": number, "message": f"No such code in year {year}."}
              for number, year in (("1", 11), ("2", 12), ("3", 12))]
    counted = errors_by_rule(errors, {"3"})
    assert [(rule.number, rule.count, rule.message, rule.people) for rule in counted] == [
        (27, 2, "No such code in year 12.", ("2",)), (27, 1, "No such code in year 11.", ("1",))]


def test_whose_record_is_wrong_is_not_said_of_a_restricted_one_before_the_month_is_closed(client):
    one, other = learner(code="620"), learner(code="620")
    assert {f"/learners/{each.pk}/" in _page(client, "check") for each in (one, other)} == {True}
    set_restriction(by=None, learner=other, restricted=True, protected_address=False, reason="A test")
    page = _page(client, "check")
    assert [f"/learners/{each.pk}/" in page for each in (one, other)] == [True, False]


def test_the_headline_if_everybody_put_everything_right_counts_nobody_twice():
    said = {"field": "DateVerified", "priority": 1}
    errors = [{**said, "who": "data_officer", "number": "1"}, {**said, "who": "tracking_officer", "number": "1"},
              {**said, "who": "tracking_officer", "number": "2"}, {**said, "who": "tracking_officer", "number": "3"}]
    found = could_move(errors, {"1": "not_known", "2": "not_known", "3": "before"}, 10)
    assert found["could_fall"] == {"data_officer": 10.0, "tracking_officer": 20.0, "all": 20.0}
    assert found["could_rise"] == {"data_officer": 0.0, "tracking_officer": 10.0, "all": 10.0}
    close = MonthClose(errors=errors, figures=found)
    assert [(group.errors, group.people, group.fall, group.rise) for group in errors_by_who(close)] == [
        (3, 3, "20.0 points", "10.0 points"), (1, 1, "10.0 points", "0.0 points"), (4, 3, "20.0 points", "10.0 points")]


@pytest.mark.parametrize(("counts_as", "field", "priority", "fall", "rise"), [
    ("not_known", "ActivityCode", 1, 10.0, 0.0), ("not_known", "DueToLapseDate", 2, 10.0, 0.0),
    ("not_known", "DOB", 1, 10.0, 0.0),
    ("not_known", "ActivityCode", 3, 0.0, 0.0), ("not_known", "Ethnicity", 1, 0.0, 0.0),
    ("not_known", "UniqueLearnerNo", 2, 0.0, 0.0),
    ("before", "ActivityCode", 1, 0.0, 10.0), ("before", "CurrencyLapsed", 2, 0.0, 10.0), ("before", "ActivityCode", 3, 0.0, 0.0),
    ("before", "DOB", 1, 0.0, 0.0), ("before", "Ethnicity", 1, 0.0, 0.0),
    ("participating", "ActivityCode", 1, 0.0, 0.0), ("other", "ActivityCode", 1, 0.0, 0.0), ("neet", "ActivityCode", 1, 0.0, 0.0),
    (None, "ActivityCode", 1, 0.0, 0.0),
])
def test_only_an_error_in_what_decides_what_somebody_counts_as_moves_the_headline(counts_as, field, priority, fall, rise):
    error = {"who": "data_officer", "number": "1", "field": field, "priority": priority}
    standings = {"1": counts_as} if counts_as else {}
    assert could_move([error], standings, 10) == {
        "could_fall": {"data_officer": fall, "all": fall}, "could_rise": {"data_officer": rise, "all": rise}}
    other = {**error, "who": "tracking_officer", "field": "DateVerified", "priority": 1}
    most = {"could_fall": 10.0 * (counts_as == "not_known"), "could_rise": 10.0 * (counts_as == "before")}
    for way, points in could_move([error, other], standings, 10).items():
        assert (points["tracking_officer"], points["all"]) == (most[way], most[way])


def test_a_month_says_how_far_the_headline_could_rise_and_nothing_of_it_where_that_was_not_kept(client):
    """Of five one is not known and the return does not say since when; two are past year 11 with a school-age activity; one is
    at college until nobody knows when, and counts as participating all the same; one is in year 11.
    """
    for code, born in (("810", 2009), ("110", 2009), ("110", 2010), ("220", 2009)):
        learner(code=code, born=date(born, 7, 1))
    learner(code="110", born=date(2011, 7, 1))
    said = "If everything were put right, NEET or not known could fall by at most {} points"
    close = close_month(by=None, area="358", month_end=OCTOBER)
    assert close.figures["now"]["cohort"] == 4
    rises = close.figures["could_rise"]
    assert (rises["tracking_officer"], rises["school_or_college"], rises["all"]) == (50.0, 50.0, 50.0)
    fall = f"{close.figures['could_fall']['all']:.1f}"
    for page in (_page(client, "month", close.pk), _page(client, "check")):
        assert f"{said.format(fall)} and rise by at most 50.0 points." in page
        assert ">and rise by</th>" in page
    del close.figures["could_rise"]
    QuerySet(MonthClose).filter(pk=close.pk).update(figures=close.figures)
    before = _page(client, "month", close.pk)
    assert f"{said.format(fall)}." in before
    assert "rise" not in before.partition("What is wrong")[2].partition("Where they are now")[0]


def test_the_month_that_is_due_is_named_until_it_is_closed_and_those_closed_are_marked(client):
    learner()
    assert f'href="{reverse("returns:check")}">What is wrong in the return now' in _page(client, "months")
    assert f'href="{reverse("returns:check")}">What is wrong in the return now' in client.get("/follow-up/").content.decode()
    close_month(by=None, area="358", month_end=SEPTEMBER)
    due = _page(client, "months")
    assert "October 2026 is over, and not closed yet" in due
    assert "the return of October 2026 by 14 November 2026, as far as we know. Of that day we are not sure (remembered" in due
    assert "September 2026 (closed before)" in _page(client, "close")
    close_month(by=None, area="358", month_end=OCTOBER)
    after = _page(client, "months")
    assert "not closed yet" not in after
    assert "expects the return of November 2026 by 14 December 2026" in after  # the month under way


def test_each_table_has_its_file(client):
    learner()
    close = close_month(by=None, area="358", month_end=OCTOBER)
    headline = client.get(reverse("returns:list_download", args=[close.pk, "headline", "csv"])).content.decode("utf-8-sig")
    assert headline.splitlines()[:2] == ["Figure,Now,A month before,Change", "NEET or not known,0.0%,0.0%,0.0 points"]
    months = client.get(reverse("returns:months_download", args=["csv"])).content.decode("utf-8-sig").splitlines()
    assert months[1].startswith("October 2026,0.0,")


def test_a_restricted_record_is_named_by_no_other_that_it_clashes_with(client):
    """Two of one name and day of birth: the page says the rule in its own words, the file whom it is with who may be known."""
    one, other = learner(), learner()
    close = close_month(by=None, area="358", month_end=OCTOBER)
    errors = reverse("returns:list_download", args=[close.pk, "errors", "csv"])
    assert f"The other: {other.number}." in client.get(errors).content.decode()
    look = AuditEntry.objects.latest("id")
    assert look.detail == {"learners": [one.number, other.number]}
    set_restriction(by=None, learner=other, restricted=True, protected_address=False, reason="A test")
    [said] = [line for line in client.get(errors).content.decode().splitlines() if line.startswith("908")]
    assert said.endswith('The other: a restricted record."')
    assert str(other.number) not in re.findall(r"\d+", said)
    assert other.return_number not in said + _page(client, "month", close.pk)
    assert "The other" not in _page(client, "month", close.pk)


def _guard_three() -> dict:
    """Learners of a month that is closed while nothing is restricted; then a record, a home and a characteristic are."""
    found = {kind: learner() for kind in ("restricted", "home", "youth justice", "open to all")}
    close = close_month(by=None, area="358", month_end=OCTOBER)
    set_restriction(by=None, learner=found["restricted"], restricted=True, protected_address=False, reason="A test")
    set_restriction(by=None, learner=found["home"], restricted=False, protected_address=True, reason="A test")
    add_trait(by=None, learner=found["youth justice"], trait="170")
    return {"close": close, **found}


def test_a_return_that_holds_what_is_restricted_is_handed_over_for_a_reason_alone(client):
    held = _guard_three()
    close, guarded = held["close"], [held[kind] for kind in ("restricted", "home", "youth justice")]
    again = close_month(by=None, area="358", month_end=OCTOBER, reason="A test")
    for each in (close, again):
        file, asks = (reverse(f"returns:{name}", args=[each.pk]) for name in ("return_file", "take"))
        page = _page(client, "month", each.pk)
        assert (f'href="{asks}"' in page, f'href="{file}"' in page) == (True, False)
        assert client.get(file).url == asks
        assert "holds 3 records of which something is restricted" in client.get(asks).content.decode()
        assert "judge later" in client.post(asks, {"reason": "Need it"}).content.decode()
    assert not Opening.objects.exists()
    assert not AuditEntry.objects.filter(verb="downloaded").exists()
    answer = client.post(asks, {"reason": WHY})
    assert answer.content == content_of(again)
    entry = AuditEntry.objects.get(verb="downloaded")
    assert entry.detail == {"reason": WHY, "learners": [each.number for each in guarded]}
    assert entry.who_email == "data.officer@example.org"
    assert client.get(file).url == asks, "nothing is opened by it"


def test_what_was_taken_away_in_a_return_is_listed_and_told_on_each_record(client):
    held = _guard_three()
    client.post(reverse("returns:take", args=[held["close"].pk]), {"reason": WHY})
    said = signed_in_client("information_governance_officer").get("/learners/openings/").content.decode()
    assert said.count(f"Return of October 2026, version 1: {WHY}") == said.count("Taken away in a file</td>") == 1
    assert "<summary>3 records</summary>" in said
    told = {kind: [f"{look.did} {look.what}" for look in looks_at(held[kind])] for kind in held if kind != "close"}
    taken = ["downloaded the return of October 2026, version 1"]
    assert told == {"restricted": taken, "home": taken, "youth justice": taken, "open to all": []}


def test_whoever_has_opened_all_of_it_is_not_asked_again_and_is_named_on_the_records_all_the_same(client):
    one = learner()
    close = close_month(by=None, area="358", month_end=OCTOBER)
    set_restriction(by=None, learner=one, restricted=True, protected_address=False, reason="A test")
    open_restricted(by=make_user("data_officer"), learner=one, reason=WHY)
    assert client.get(reverse("returns:return_file", args=[close.pk])).content == content_of(close)
    assert AuditEntry.objects.get(verb="downloaded").detail == {"learners": [one.number]}


def test_a_restricted_record_is_found_in_a_return_by_the_identifier_that_was_brought_for_it(client):
    one = learner()
    add_identifier(by=None, learner=one, scheme="young_persons_id", value="3580000099990", since=date(2025, 9, 1))
    close = close_month(by=None, area="358", month_end=OCTOBER)
    assert b"<YoungPersonsID>3580000099990</YoungPersonsID>" in content_of(close)
    set_restriction(by=None, learner=one, restricted=True, protected_address=False, reason="A test")
    assert client.get(reverse("returns:return_file", args=[close.pk])).status_code == 302


@pytest.mark.parametrize(("field", "told"), [
    ("Postcode", "not shown before the record is opened"), ("CharacteristicCode", "not shown before the record is opened"),
    ("DOB", "as it stands"),
])
def test_an_error_tells_no_address_and_no_characteristic_of_whom_something_is_restricted(client, field, told):
    one = learner(protected=True)
    error = {"rule": 1, "priority": 1, "who": "data_officer", "number": one.return_number, "field": field,
             "value": "as it stands", "message": "Put it right.", "others": []}
    guarded = numbers_guarded_from(make_user("data_officer"), "358")
    [said] = errors_shown([error], frozenset(), guarded)
    assert said["value"] == told
    open_restricted(by=make_user("data_officer"), learner=one, reason=WHY)
    assert numbers_guarded_from(make_user("data_officer"), "358") == frozenset()


@pytest.fixture
def placed():
    """Two at one school, one of whose record is restricted, one in custody and one at no place, each with an error of each."""
    found = {name: learner(code=code) for name, code in (
        ("school", "230"), ("shut", "230"), ("custody", "650"), ("nowhere", "620"))}
    for name, number in (("school", "3584001"), ("shut", "3584001"), ("custody", "3589998")):
        activities.record_activity(
            by=None, learner=found[name], code="650" if name == "custody" else "230", start=date(2026, 9, 8),
            ascertained=date(2026, 9, 8), verified=date(2026, 9, 8), establishment=number, establishment_name=f"The {name} place")
    set_restriction(by=None, learner=found["shut"], restricted=True, protected_address=False, reason="A test")
    return found


def _wrong(placed, user, **asked):
    """What is wrong in a month in which each has an error of a school's and one of a tracking officer's."""
    said = {"rule": 1, "priority": 1, "field": "DOB", "value": "x", "message": "Put it right."}
    return wrong_in(MonthClose(area="358", errors=[
        {**said, "who": who, "number": each.return_number} for who in ("school_or_college", "tracking_officer")
        for each in placed.values()]), user, asked)


def test_the_errors_of_one_school_are_a_list_without_whose_record_is_shut(placed):
    for asked, whose in (
        ({}, ["school", "shut", "custody", "nowhere"] * 2),
        ({"place": "3584001"}, ["school"] * 2),
        ({"place": "3584001", "who": "school_or_college"}, ["school"]),
        ({"place": "3589998"}, ["custody"] * 2),
        ({"place": "none", "who": "school_or_college"}, ["nowhere"]),
        ({"place": "3584444"}, []),
        ({"who": "data_officer"}, []),
    ):
        wrong = _wrong(placed, make_user("data_officer"), **asked)
        assert [row["number"] for row in wrong.rows()] == [str(placed[name].number) for name in whose], asked
        named = {number for rule in wrong.rules for number in rule.people}
        assert named == {placed[name].return_number for name in whose if name != "shut"}, asked


def test_a_file_of_errors_says_who_and_where_they_are_and_who_can_put_it_right_in_words(placed):
    wrong = _wrong(placed, make_user("data_officer"), who="school_or_college")
    assert [(row["who"], row["name"], row["place"]) for row in wrong.rows()] == [
        ("the school or college", "Zoë O'Brien", "The school place, 3584001"), ("the school or college", "", ""),
        ("the school or college", "Zoë O'Brien", "The custody place, 3589998"), ("the school or college", "Zoë O'Brien", "")]
    assert wrong.places == [("3589998", "The custody place, 3589998 (2 errors)"),
                            ("3584001", "The school place, 3584001 (2 errors)"),
                            ("none", "No school or college that we know of (2 errors)")]


def test_whoever_may_not_see_what_is_sensitive_is_told_no_place_that_would_tell_it(placed):
    told = whereabouts.places_now([each.pk for each in placed.values()], sensitive=False)
    assert {each.pk for name, each in placed.items() if each.pk in told} == {placed["school"].pk, placed["shut"].pk}


def test_a_school_is_chosen_on_the_page_and_its_errors_are_taken_away_before_the_month_is_closed(client, placed):
    page = client.get(reverse("returns:check"), {"place": "3584001"}).content.decode()
    assert '<option value="3584001" selected>' in page
    assert "O&#39;Brien" in page
    [file] = re.findall(r'href="([^"]*errors\.csv[^"]*)"', page)
    rows = list(csv.DictReader(client.get(file.replace("&amp;", "&")).content.decode("utf-8-sig").splitlines()))
    assert {(row["Learner's number"], row["Where they are now"]) for row in rows} == {
        (str(placed["school"].number), "The school place, 3584001")}
    look = AuditEntry.objects.latest("id")
    assert (look.verb, placed["school"].number in look.detail["learners"]) == ("downloaded", True)
