"""What a plan costs: by section, by who pays, by year; a yearly amount once a year; what has no cost is listed."""

from datetime import date
from decimal import Decimal

import pytest

from tests.apps.performance.reading import main, table
from throughline.apps.plans.costing import costing, financial_years
from throughline.apps.plans.models import Action, Cost, Plan

pytestmark = pytest.mark.django_db


def test_totals_by_section_fund_and_year(plan):
    second = Action.objects.get(text="Start three new courses")
    Cost.objects.create(action=second, printed="£12,000 in 2017/18", amount=12000, year="2017/18", fund="The grant", spent=2000)
    Cost.objects.create(action=second, printed="£30k per group", amount=30000, basis="each")
    found = costing(plan)
    assert [(line.name, line.once, line.yearly) for line in found.sections] == [
        ("Priority 1.1: Know where every young person is", 0, 50000), ("Priority 1.2: Open more routes at level 2", 12000, 0)]
    assert [(line.name, line.once, line.yearly, line.spent) for line in found.funds] == [
        ("the grant", 12000, 50000, 2000), ("Not said", 0, 0, 0)]
    assert found.years == [("2016/17", Decimal(50000)), ("2017/18", Decimal(62000)), ("2018/19", Decimal(50000))]
    assert [cost.printed for cost in found.for_each] == ["£30k per group"]
    assert [cost.printed for cost in found.unpriced] == ["Partners' core contributions"]
    assert [action.text for action in found.uncosted] == ["Ring every family", "Publish the prospectus"]


@pytest.mark.parametrize(("starts", "ends", "years"), [
    (date(2016, 1, 1), date(2016, 12, 31), ["2016/17"]),
    (date(2016, 9, 1), date(2017, 8, 31), ["2016/17"]),
    (date(2016, 4, 1), date(2018, 3, 31), ["2016/17", "2017/18"]),
    (None, date(2018, 3, 31), []),
])
def test_a_year_of_a_plan_falls_in_one_financial_year(starts, ends, years):
    assert financial_years(Plan(starts_on=starts, ends_on=ends)) == years


def test_an_amount_every_year_of_a_plan_without_years_is_said_apart(plan):
    plan.starts_on = plan.ends_on = None
    assert costing(plan).years == [("Each year", Decimal(50000))]


def test_the_page_and_its_file(lead, plan):
    answer = lead.get(f"/plans/{plan.pk}/costs/")
    assert table(answer, "by-section")[-1] == ["Total", "–", "£50,000", "–"]
    assert "2 actions have no cost. 1 cost is in words alone." in main(answer)
    rows = lead.get(f"/plans/{plan.pk}/costs/costs.csv").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 5 and rows[1].startswith("Action 1.1.1,£50k per annum from the grant,50000.0,per year")


def test_a_plan_without_costs_says_so(lead, plan):
    Cost.objects.all().delete()
    assert "No action of this plan has a cost yet" in main(lead.get(f"/plans/{plan.pk}/costs/"))
