"""The counts of plans' pages, the coverage of recommendations and the sums of costs, against loops over the bare rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.analytics.planwriting.strategies import plans
from tests.oracles.plan_rows import Rows, by_year, counts, covering, totals, totals_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("warehouse")]
AREA = "850"
ON = date(2027, 6, 30)
NOON = datetime(2027, 6, 1, 12, tzinfo=ZoneInfo("Europe/London"))
DAYS = st.integers(-400, 400).map(lambda days: ON + timedelta(days=days))
POUNDS = st.integers(0, 10_000_000).map(lambda pence: Decimal(pence) / 100)
AMOUNTS = st.one_of(POUNDS, POUNDS, POUNDS, st.none())
LIVED = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
TREES = st.lists(plans(), min_size=1, max_size=2)


@contextmanager
def rolled_back() -> Iterator[None]:
    """What is done inside leaves nothing behind: one example must not see another's plans."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def lived_in(data: st.DataObject, trees: list) -> list:
    """The plans accepted, then lived in: rated again and again, done and stopped, priced, parts of them taken out."""
    from throughline.apps.plans.actions.accepting import accept_tree
    from throughline.apps.plans.models import Action, ActionOwner, Cost

    made = [accept_tree(by=None, area=AREA, tree=tree) for tree in trees]
    for action in Action.objects.all():
        _change(data, action)
        _update(data, action)
        _price(data, action)
    for part in [*ActionOwner.objects.all(), *Cost.objects.all()]:
        if data.draw(st.integers(0, 5)) == 0:
            type(part).objects.filter(pk=part.pk).update(removed_at=NOON)
    return made


def _change(data: st.DataObject, action: Any) -> None:
    state = data.draw(st.sampled_from(["open", "open", "open", "done", "stopped"]))
    removed = NOON if data.draw(st.integers(0, 7)) == 0 else None
    type(action).objects.filter(pk=action.pk).update(
        state=state, due_on=data.draw(st.none() | DAYS), recurrence=data.draw(st.sampled_from(["", "", "termly"])),
        ongoing=data.draw(st.integers(0, 4)) == 0, removed_at=removed)


def _update(data: st.DataObject, action: Any) -> None:
    from throughline.apps.plans.models import Update

    for rag in data.draw(st.lists(st.sampled_from(["red", "amber", "green", ""]), max_size=3)):
        undone = NOON if data.draw(st.integers(0, 3)) == 0 else None
        said = NOON + timedelta(hours=data.draw(st.integers(0, 2)))
        as_at = ON + timedelta(days=data.draw(st.integers(-2, 1)))
        Update.objects.create(action=action, rag=rag, as_at=as_at, at=said, undone_at=undone)


def _price(data: st.DataObject, action: Any) -> None:
    from throughline.apps.plans.models import Cost

    for amount in data.draw(st.lists(AMOUNTS, max_size=3)):
        Cost.objects.create(
            action=action, amount=amount, basis=data.draw(st.sampled_from(["", "per year", "per year", "each"])),
            fund=data.draw(st.sampled_from(["", "the college", "The College", "Core budget"])), spent=data.draw(AMOUNTS),
            year=data.draw(st.sampled_from(["", "", "2026/27", "2027/28"])))


@LIVED
@given(trees=TREES, data=st.data())
def test_the_counts_at_the_head_of_a_plan(trees, data):
    from throughline.apps.plans.plan_page import plan_page

    with rolled_back():
        made = lived_in(data, trees)
        rows = Rows()
        for plan in made:
            page = plan_page(plan, ON)
            expected = counts(rows, rows.of_plan(plan.pk), ON)
            assert page.tally._asdict() == expected
            assert sum(len(block.rows) for block in page.blocks) == page.shown == expected["actions"]
            assert sum(page.ratings.values()) == expected["actions"]


@LIVED
@given(trees=TREES, data=st.data())
def test_the_coverage_of_every_recommendation(trees, data):
    from throughline.apps.plans.coverage import coverage
    from throughline.apps.plans.models import Inspection, Plan, Recommendation, Section

    with rolled_back():
        made = lived_in(data, trees)
        inspection = Inspection.objects.create(area=AREA, title="Area inspection", held_on=ON)
        for place in range(3):
            asked = Recommendation.objects.create(inspection=inspection, number=str(place), text="Improve", position=place)
            for section in Section.objects.all():
                if data.draw(st.integers(0, 3)) == 0:
                    section.answers.add(asked)
        Plan.objects.filter(pk=made[-1].pk).update(state=data.draw(st.sampled_from(["draft", "approved", "superseded"])))
        rows, found = Rows(), coverage(AREA, ON)
        covered = {each.recommendation.pk: each for inspected in found for each in inspected.covered}
        expected = {row["id"]: counts(rows, covering(rows, row["id"]), ON) for row in rows.recommendations}
        assert {pk: each.tally._asdict() for pk, each in covered.items()} == expected
        without = {pk for pk, tally in expected.items() if tally["actions"] == 0}
        assert {pk for pk, each in covered.items() if not each.answered} == without
        assert sum(inspected.unanswered for inspected in found) == len(without)


@LIVED
@given(trees=TREES, data=st.data())
def test_the_sums_of_a_plans_costs(trees, data):
    from throughline.apps.plans.costing import costing

    with rolled_back():
        made = lived_in(data, trees)
        rows = Rows()
        for plan in made:
            found, costs = costing(plan), rows.costs_of(plan.pk)
            assert _sums(found.total) == totals(costs)
            funds = {line.name.casefold(): _sums(line) for line in found.funds if any(_sums(line))}
            assert funds == totals_by(costs, lambda cost: (cost["fund"] or "Not said").casefold())
            sections = {line.section: _sums(line) for line in found.sections}
            assert sections == totals_by(costs, rows.section_of)
            assert dict(found.years) == by_year(costs, plan.starts_on, plan.ends_on)
            assert len(found.uncosted) == counts(rows, rows.of_plan(plan.pk), ON)["uncosted"]


def _sums(line: Any) -> tuple[Decimal, Decimal, Decimal]:
    return line.once, line.yearly, line.spent
