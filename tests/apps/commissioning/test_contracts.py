"""Contracts: what they ask, what is expected by a day beside what was reported, reviews, and the total as a value."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.apps.organisations.boxes import boxes, day_in
from tests.apps.performance.reading import facts, main, table
from throughline.apps.commissioning.actions import contracts as actions
from throughline.apps.commissioning.models import Contract, PlacesCount
from throughline.apps.commissioning.places import expected_by, in_all, years_of
from throughline.apps.indicators.models import Indicator, IndicatorValue
from throughline.apps.organisations.actions.amending import RefusedError

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
LONG_AGO = TODAY() - timedelta(days=800)  # two whole years and some days


def _let(title="Highways", **words) -> Contract:
    given = {"starts_on": LONG_AGO, "asks": "places", "places_a_year": 4, **words}
    return actions.add_contract(by=None, area="358", title=title, **given)


def _count(contract, days=3, **numbers) -> PlacesCount:
    return actions.count_places(by=None, contract=contract, as_at=TODAY() - timedelta(days=days), source="The return", **numbers)


def test_a_contract_is_registered_and_its_places_reported(lead, action):
    assert "No contract is registered yet." in main(lead.get("/contracts/"))
    typed = {"title": "Highways", "number": "C/12", "value": "£1,200,000", "asks": "places", "places_a_year": "4",
             "action": action.pk, **day_in("starts_on", LONG_AGO)}
    lead.post("/contracts/add/", typed)
    contract = Contract.objects.get()
    path = f"/contracts/{contract.pk}/"
    assert contract.value == Decimal(1_200_000)
    assert facts(lead.get(path))["Short"] == "Not reported"
    lead.post(f"{path}places/add/", {"offered": "6", "started": "5", "source": "The return", **day_in("as_at", TODAY())})
    answer = lead.get(path)
    assert {name: facts(answer)[name] for name in ("Expected in all", "Expected by now", "Started", "Completed", "Short")} == {
        "Expected in all": "Not known, 4 a year", "Expected by now": "8", "Started": "5", "Completed": "Not known",
        "Short": "3 short"}
    about = main(lead.get(f"/commissioning/for-action/{action.plan_id}/{action.pk}/"))
    assert "Contracts that it is about C/12 Highways" in about


@pytest.mark.parametrize(("words", "field", "why"), [
    ({"places_a_year": None}, "places", "Enter how many places"),
    ({"places": 9, "places_a_year": None}, "ends_on", "Enter the day it ends"),
    ({"asks": "none", "places_a_year": None}, "why_none", "Say why no places"),
    ({"asks": "not_looked"}, "places", "Leave this empty"),
    ({"ends_on": LONG_AGO - timedelta(days=1)}, "ends_on", "not before it starts"),
    ({"ends_on": date(9999, 12, 31)}, "ends_on", "a year from 1990 to 2099"),
    ({"starts_on": date(1, 1, 1)}, "starts_on", "a year from 1990 to 2099"),
    ({"review_on": date(2100, 1, 1)}, "review_on", "a year from 1990 to 2099"),
])
def test_what_cannot_be_is_refused_beside_its_box(words, field, why):
    with pytest.raises(RefusedError, match=why) as refused:
        _let(**words)
    assert refused.value.field == field


@pytest.mark.parametrize(("numbers", "why"), [
    ({}, "at least one number"), ({"offered": 1, "started": 2}, "than were offered"),
    ({"started": 1, "completed": 2}, "be completed")])
def test_places_that_cannot_be_are_refused(numbers, why):
    with pytest.raises(RefusedError, match=why):
        _count(_let(), **numbers)


@pytest.mark.parametrize(("on", "expected"), [
    (date(2024, 3, 31), 0), (date(2025, 3, 31), 4), (date(2025, 4, 1), 4), (date(2026, 3, 30), 4), (date(2026, 3, 31), 8),
    (date(2026, 9, 30), 12), (date(2030, 1, 1), 12)])
def test_places_a_year_are_expected_when_each_year_is_over_and_all_at_the_end(on, expected):
    contract = Contract(starts_on=date(2024, 4, 1), ends_on=date(2026, 9, 30), asks="places", places_a_year=4)
    assert (years_of(contract), in_all(contract), expected_by(contract, on)) == (3, 12, expected)


@pytest.mark.parametrize(("on", "expected"), [
    (date(2024, 12, 31), 0), (date(2025, 1, 1), 0), (date(2025, 1, 10), 1), (date(2025, 4, 9), 9), (date(2025, 4, 10), 10)])
def test_places_in_all_are_expected_in_proportion_to_the_days(on, expected):
    contract = Contract(starts_on=date(2025, 1, 1), ends_on=date(2025, 4, 10), asks="places", places=10)
    assert contract.days == 100
    assert expected_by(contract, on) == expected


@pytest.mark.parametrize(("starts_on", "ends_on", "years"), [
    (date(2024, 9, 1), date(2026, 8, 31), 2), (date(2024, 9, 1), date(2026, 9, 1), 2), (date(2024, 9, 1), date(2026, 9, 2), 3),
    (date(2024, 2, 29), date(2025, 3, 1), 1), (date(2024, 9, 1), date(2024, 9, 1), 1)])
def test_a_begun_year_counts_whole_and_an_end_on_the_anniversary_begins_none(starts_on, ends_on, years):
    assert years_of(Contract(starts_on=starts_on, ends_on=ends_on)) == years


def test_a_contract_that_was_kept_with_an_end_in_9999_is_listed_all_the_same(lead):
    for first, last in ((LONG_AGO, date(9999, 12, 31)), (date(2024, 1, 1), date(9999, 12, 31)), (date(2024, 9, 1), date.max)):
        contract = Contract.objects.create(area="358", title="Old", starts_on=first, ends_on=last, asks="places", places_a_year=1)
    assert [row[0] for row in table(lead.get("/contracts/"), "contracts")] == ["Old"] * 3
    assert (in_all(contract), expected_by(contract, date.max)) == (7976, 7976)


def test_fewer_than_by_an_earlier_day_are_refused_until_that_is_removed(lead):
    contract = _let()
    first = _count(contract, days=9, offered=7, started=5)
    with pytest.raises(RefusedError, match="5 were started already") as refused:
        _count(contract, days=2, started=4)
    assert refused.value.field == "started"
    with pytest.raises(RefusedError, match="only 5 were started"):
        _count(contract, days=20, started=6)
    _count(contract, days=20, started=1)
    lead.post(f"/contracts/places/{first.pk}/remove/")
    assert "7 offered, 5 started, Not known completed, from The return" in main(lead.get(f"/contracts/{contract.pk}/"))
    _count(contract, days=2, started=4)


def test_the_newest_number_of_each_sort_that_is_known_counts(lead):
    contract = _let()
    _count(contract, days=9, offered=7, started=2)
    _count(contract, days=2, started=6)
    answer = lead.get(f"/contracts/{contract.pk}/")
    assert (facts(answer)["Offered"], facts(answer)["Started"]) == ("7", "6")
    newest = PlacesCount.objects.first()
    lead.post(f"/contracts/places/{newest.pk}/remove/")
    assert facts(lead.get(f"/contracts/{contract.pk}/"))["Started"] == "2"
    lead.post(f"/contracts/places/{newest.pk}/bring-back/")
    assert facts(lead.get(f"/contracts/{contract.pk}/"))["Started"] == "6"


def test_the_register_is_narrowed_downloaded_and_added_up(lead):
    _count(_let("Highways"), started=3)
    _count(_let("Grounds"), started=11)
    _let("Cleaning")
    _let("Software", asks="none", places_a_year=None, why_none="Nobody is employed", review_on=TODAY() - timedelta(days=1))
    _let("Old", asks="not_looked", places_a_year=None, ends_on=TODAY() - timedelta(days=1), review_on=TODAY())
    answer = lead.get("/contracts/")
    said = {name: facts(answer)[name] for name in ("Expect places", "Expected by now", "Started", "Short")}
    assert said == {"Expect places": "3 of 5", "Expected by now": "24", "Started": "14 not known of 1 contract",
                    "Short": "5 not known of 1 contract"}
    assert facts(answer)["Offered"] == "Not known", "nobody has reported any, which is not none"
    assert "1 contract is due for review" in main(answer)
    assert "Of 1 contract that should have places by now nobody has reported how many started" in main(answer)
    for query, titles in (("which=short", ["Highways"]), ("which=silent", ["Cleaning"]), ("which=review", ["Software"]),
                          ("stage=Ended", ["Old"]), ("asks=none", ["Software"]), ("words=high", ["Highways"])):
        assert [row[0] for row in table(lead.get(f"/contracts/?{query}"), "contracts")] == titles, query
        assert len(lead.get(f"/contracts/contracts.csv?{query}").content.splitlines()) == 2, query


def test_the_total_is_entered_as_a_value_that_an_indicator_is_judged_by(lead):
    indicator = Indicator.objects.create(area="358", number="KPI 14", title="Contracts", unit="number", target_words="At least 2")
    Indicator.objects.create(area="358", number="KPI 15", title="A share", unit="percent")
    _count(_let("Highways"), started=3)
    page = lead.get("/contracts/enter-total/")
    assert "Contracts that expect apprenticeship places: 1" in main(page)
    assert "Places completed: Not known" in main(page)
    assert "KPI 15" not in main(page)
    answer = lead.post("/contracts/enter-total/", {"indicator": indicator.pk, "counted": "completed", "period": "2025/26"})
    assert "This is known of no contract" in main(answer)
    assert not IndicatorValue.objects.exists()
    _let("Grounds")
    answer = lead.post("/contracts/enter-total/", {"indicator": indicator.pk, "counted": "started", "period": "whenever"})
    assert not IndicatorValue.objects.exists()
    assert "There is a problem" in main(answer)
    lead.post("/contracts/enter-total/", {"indicator": indicator.pk, "counted": "started", "period": "2025/26"})
    value = IndicatorValue.objects.get()
    assert (value.value, value.period) == (3, "2025/26")
    assert value.evidence.endswith(": places started, not known of 1 contract")


def test_a_save_that_would_lose_somebodys_words_is_answered_with_both(lead):
    contract = _let()
    path = f"/contracts/{contract.pk}/change/"
    opened = boxes(lead.get(path))
    actions.change_contract(by=None, contract=contract, title="Roads", starts_on=LONG_AGO, asks="places", places_a_year=4)
    answer = lead.post(path, {**opened, "asks": "places", "title": "Streets"})
    assert "Roads" in main(answer) and "Somebody else changed this" in main(answer)
    assert Contract.objects.get().title == "Roads"
