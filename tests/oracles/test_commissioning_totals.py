"""What a year's commissioning and the register of contracts add up to, against slow loops over the bare rows and the days."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.oracles.test_plan_counts import rolled_back
from throughline.apps.commissioning.models import (
    CommissioningPlan,
    Contract,
    ImpactStatement,
    Intervention,
    Need,
    PlacesCount,
    PlannedSpend,
    Priority,
    SpendEntry,
)
from throughline.apps.commissioning.places import expected_by, in_all, places_of, totals
from throughline.apps.commissioning.totals import year_on

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 30)
POUNDS = st.integers(-50_000, 900_000).map(lambda pence: Decimal(pence) / 100)
FUNDS = st.sampled_from(["Growth fund", "growth FUND", "Core budget", ""])
GONE = st.sampled_from([None, None, None, timezone.now()])
LIVED = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
MONEY = st.lists(st.tuples(FUNDS, POUNDS, st.integers(-3, 3), GONE), max_size=4)
BOUGHT = st.lists(st.tuples(GONE, MONEY, MONEY, st.lists(st.tuples(st.integers(-3, 3), GONE), max_size=3)), max_size=3)
YEARS = st.lists(st.tuples(BOUGHT, GONE, st.sets(st.integers(0, 3))), max_size=3)


def _live(priorities: list, needs: list) -> CommissioningPlan:
    """A year made of bare rows, some of which were removed, and a second one whose money must not be counted in."""
    for title in ("The year", "Another"):
        year = CommissioningPlan.objects.create(area="850", title=title, first_year=2025)
        made = [Need.objects.create(year=year, number=n, what="N", removed_at=gone) for n, gone in enumerate(needs)]
        for n, (bought, gone, follows) in enumerate(priorities):
            priority = Priority.objects.create(year=year, number=n, title="P", removed_at=gone)
            priority.needs.set([made[each] for each in follows if each < len(made)])
            for lost, planned, spent, said in bought:
                _commission(priority, lost, planned, spent, said)
    return CommissioningPlan.objects.get(title="The year")


def _commission(priority: Priority, lost: Any, planned: list, spent: list, said: list) -> None:
    made = Intervention.objects.create(priority=priority, title="I", starts_on=ON, removed_at=lost)
    for fund, amount, _, gone in planned:
        PlannedSpend.objects.create(intervention=made, fund=fund, amount=amount, removed_at=gone)
    for fund, amount, days, gone in spent:
        SpendEntry.objects.create(intervention=made, fund=fund, amount=amount, on=ON + timedelta(days=days), removed_at=gone)
    for days, gone in said:
        ImpactStatement.objects.create(intervention=made, on=ON + timedelta(days=days), rating="made", statement="S",
                                       said_by="W", evidence="E", removed_at=gone)


def _there(model: Any, **where: Any) -> list[Any]:
    return [row for row in model.with_removed.filter(**where) if row.removed_at is None]


@LIVED
@given(priorities=YEARS, needs=st.lists(GONE, max_size=4))
def test_money_by_priority_and_by_fund_and_what_is_missing(priorities, needs):
    with rolled_back():
        plan = _live(priorities, needs)
        year, money, by_fund, silent = year_on(plan, ON), {}, {}, set()
        for priority in _there(Priority, year=plan):
            money[priority.pk] = [Decimal(0), Decimal(0)]
            for made in _there(Intervention, priority=priority):
                for place, rows in enumerate((_there(PlannedSpend, intervention=made), _there(SpendEntry, intervention=made))):
                    for row in rows:
                        if place == 0 or row.on <= ON:
                            money[priority.pk][place] += row.amount
                            by_fund.setdefault(row.fund.casefold(), [Decimal(0), Decimal(0)])[place] += row.amount
                if not [row for row in _there(ImpactStatement, intervention=made) if row.on <= ON]:
                    silent.add(made.pk)
        assert {line.of.pk: [line.planned, line.spent] for line in year.by_priority} == money
        assert {line.name.casefold(): [line.planned, line.spent] for line in year.by_fund} == by_fund
        for place, name in enumerate(("planned", "spent")):
            assert getattr(year.total, name) == sum(pair[place] for pair in money.values())
        assert {made.pk for made in year.without_impact} == silent
        followed = {need.pk for each in _there(Priority, year=plan) for need in each.needs.all()}
        assert {need.pk for need in year.needs_without_priority} == {row.pk for row in _there(Need, year=plan)} - followed


DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))
NUMBERS = st.none() | st.integers(0, 40)
# Days from a first day: any, and those about an anniversary, where a year is over or is not.
BIRTHDAYS = st.builds(lambda years, near: round(years * 365.25) + near, st.integers(0, 5), st.integers(-2, 2))
APART = st.integers(-500, 2000) | BIRTHDAYS


def _by_day(contract: Contract, on: date) -> tuple[int | None, int | None]:
    """How many are expected in all and by a day, walking through the days of a contract one at a time."""
    day, days, years, over, passed, last = contract.starts_on, 0, 0, 0, 0, contract.ends_on
    stop = max(last or on, on)
    while day <= stop:
        lives = last is None or day <= last
        birthday = (day.month, day.day) == _birthday(contract.starts_on, day.year)
        eve = day + timedelta(days=1)
        days += lives
        passed += lives and day <= on
        years += birthday and (last is None or day < last or day == contract.starts_on)  # an end on it begins no other
        over += (eve.month, eve.day) == _birthday(contract.starts_on, eve.year) and day <= on
        day = eve
    whole = contract.places if contract.places is not None else (
        contract.places_a_year * years if contract.places_a_year is not None and last else None)
    if last and on >= last:
        return whole, whole
    if contract.places_a_year is not None:
        return whole, min(contract.places_a_year * over, whole) if whole is not None else contract.places_a_year * over
    return whole, None if whole is None or not last else whole * passed // days


def _birthday(starts_on: date, year: int) -> tuple[int, int]:
    leap = year % 4 == 0
    return (3, 1) if (starts_on.month, starts_on.day) == (2, 29) and not leap else (starts_on.month, starts_on.day)


@settings(max_examples=60, deadline=None)
@given(starts_on=DAYS | st.just(date(2024, 2, 29)), places=NUMBERS, a_year=NUMBERS, apart=APART,
       runs=st.none() | APART.filter(lambda days: days >= 0))
@example(starts_on=date(2024, 9, 1), runs=730, places=None, a_year=10, apart=900)  # an end on the anniversary
def test_what_a_contract_expects_by_a_day(starts_on, runs, places, a_year, apart):
    on = starts_on + timedelta(days=apart)
    ends_on = None if runs is None else starts_on + timedelta(days=runs)
    contract = Contract(starts_on=starts_on, ends_on=ends_on, asks="places", places=places, places_a_year=a_year)
    assert (in_all(contract), expected_by(contract, on)) == _by_day(contract, on)


@settings(max_examples=60, deadline=None)
@given(held=st.lists(st.tuples(st.sampled_from(["places", "none", "not_looked"]), st.integers(1, 30), st.lists(
    st.tuples(DAYS, NUMBERS, NUMBERS), max_size=3)), max_size=4), on=DAYS)
def test_what_the_register_adds_up_to(held, on):
    rows, expected, started, short = [], [], [], []
    for asks, places, counted in held:
        contract = Contract(starts_on=date(2024, 9, 1), ends_on=date(2025, 8, 31), asks=asks, places=places)
        counts = [PlacesCount(as_at=day, offered=offered, started=begun) for day, offered, begun in
                  sorted(counted, key=lambda each: each[0], reverse=True)]
        rows.append(places_of(contract, counts, on))
        if asks != "places":
            continue
        known = [(count.as_at, count.started) for count in counts if count.as_at <= on and count.started is not None]
        due = _by_day(contract, on)[1]
        expected.append(due)
        if known:
            begun = next(number for day, number in known if day == max(day for day, _ in known))
            started.append(begun)
            short.append(max(due - begun, 0))
    total = totals(rows)
    assert (total.contracts, total.asking) == (len(held), sum(asks == "places" for asks, _, _ in held))
    for name, known in (("expected", expected), ("started", started), ("short", short)):
        assert getattr(total, name) == (sum(known) if known else None), name
    assert total.unknown["started"] == len(expected) - len(started)
