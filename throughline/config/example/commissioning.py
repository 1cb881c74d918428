"""The example's commissioning: a year that is over with what it changed, the next one begun, and the council's contracts."""

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings

from throughline.apps.commissioning.actions import contracts, interventions, years
from throughline.apps.commissioning.models import CommissioningPlan, Contract, Priority
from throughline.apps.indicators.models import Indicator
from throughline.apps.organisations.actions.directory import add_party
from throughline.apps.organisations.models import Board, Party
from throughline.apps.plans.models import Action, Plan
from throughline.apps.reports.actions import issue, start_draft, write_draft
from throughline.config.example.given import FOLDER, Given

_CONTRACTS = "4.1"  # the action about them
_TEXTS = {
    "asks": "The board is asked:\n- to note what the year changed\n- to say what it wants bought differently",
    "summary": "Mentoring did what was hoped for. Courses that begin in January need a second provider.",
    "next": "- Mentoring goes on\n- The job coaches are looked at again in the spring\n- Travel has no answer yet",
}


def commission(held: Given, plan: Plan) -> None:
    """The years in their order, what came of the first reported to the board, and the contracts."""
    with (Path(settings.DEFINITIONS) / FOLDER / "commissioning.toml").open("rb") as file:
        said = tomllib.load(file)
    for name in said["organisations"]:
        add_party(by=held.lead, area=held.area, name=name, kind=Party.Kind.ORGANISATION)
    for year in said["year"]:
        _live(held, plan, year)
    for contract in said["contract"]:
        _let(held, plan, contract)


def _live(held: Given, plan: Plan, said: dict[str, Any]) -> None:
    """One year: what is needed, what is bought, agreed, spent, said of it, and reported."""
    year = years.add_plan(by=held.lead, area=held.area, title=held.dated(said["title"]), year_type="academic", plan=plan,
                          first_year=int(held.dated(said["first_year"])), about=" ".join(held.dated(said["about"]).split()))
    needs = [years.add_need(by=held.lead, year=year, number=number, what=need["what"], measure=need.get("measure", ""),
                            indicator=_indicator(held, need), evidence=need.get("evidence", ""),
                            source=held.dated(need.get("source", ""))) for number, need in enumerate(said["need"], 1)]
    bought = []
    for number, first in enumerate(said["priority"], 1):
        priority = years.add_priority(by=held.lead, year=year, number=number, title=first["title"],
                                      difference=first["difference"], needs=[needs[n - 1] for n in first["needs"]])
        bought += [(each, _buy(held, plan, priority, each)) for each in first.get("intervention", [])]
    if not said.get("agreed"):
        return
    board = Board.objects.filter(area=held.area, reports_to=None).order_by("pk").first()
    years.agree(by=held.lead, year=year, board=board, agreed_on=_day(year, said["agreed"]), note="Minute 3")
    for each, made in bought:
        _spend_and_say(held, made, each)
    _report(held, year, board)


def _buy(held: Given, plan: Plan, priority: Priority, said: dict[str, Any]) -> Any:
    year = priority.year
    made = interventions.add_intervention(
        by=held.lead, priority=priority, title=said["title"], who_for=said["who_for"], success=said["success"],
        provider=Party.objects.filter(area=held.area, name=said.get("provider")).first(), starts_on=_day(year, said["starts"]),
        ends_on=_day(year, said["ends"]) if "ends" in said else None, indicator=_indicator(held, said),
        action=Action.objects.filter(plan=plan, number=said["action"]).first() if "action" in said else None)
    for fund, amount in said.get("planned", []):
        interventions.plan_spend(by=held.lead, intervention=made, fund=fund, amount=Decimal(amount))
    return made


def _spend_and_say(held: Given, made: Any, said: dict[str, Any]) -> None:
    year = made.priority.year
    for month, day, fund, amount, note in said.get("spent", []):
        interventions.enter_spend(by=held.lead, intervention=made, fund=fund, on=_day(year, [month, day]), amount=Decimal(amount),
                                  note=note)
    for month, day, rating, statement, evidence, said_by in said.get("impact", []):
        interventions.state_impact(by=held.lead, intervention=made, on=_day(year, [month, day]), rating=rating,
                                   statement=statement, evidence=evidence, said_by=said_by)


def _report(held: Given, year: CommissioningPlan, board: Board) -> None:
    on = held.ago(1)
    draft = start_draft(by=held.lead, outline="commissioning", commissioning=year, board=board, as_at=on)
    write_draft(by=held.lead, draft=draft, title=draft.title, as_at=on, texts=_TEXTS, left_out=[])
    issue(by=held.lead, draft=draft, note="What came of the year")
    years.report(by=held.lead, year=year, board=board, reported_on=on)


def _let(held: Given, plan: Plan, said: dict[str, Any]) -> Contract:
    party = Party.objects.filter(area=held.area)
    starts_on = held.ago(said["starts"])
    asks = Contract.Asks.NONE if "why_none" in said else Contract.Asks.PLACES
    contract = contracts.add_contract(
        by=held.lead, area=held.area, title=said["title"], number=said["number"], value=Decimal(said["value"]), asks=asks,
        supplier=party.get(name=said["supplier"]), lead=party.filter(name="Head of Procurement").first(),
        starts_on=starts_on, ends_on=starts_on.replace(year=starts_on.year + said["years"]) - timedelta(days=1),
        review_on=held.ago(said["review"]),
        places=said.get("places"), places_a_year=said.get("a_year"), why_none=said.get("why_none", ""),
        action=Action.objects.filter(plan=plan, number=_CONTRACTS).first())
    for months, offered, started, completed in said["counts"]:
        contracts.count_places(by=held.lead, contract=contract, as_at=held.ago(months), offered=offered, started=started,
                               completed=completed, source=said["source"])
    return contract


def _indicator(held: Given, said: dict[str, Any]) -> Indicator | None:
    return Indicator.objects.get(area=held.area, number=said["indicator"]) if "indicator" in said else None


def _day(year: CommissioningPlan, said: list[int]) -> date:
    """The working day on or before a month and a day of the academic year."""
    month, day = said
    found = date(year.first_year + (month < year.starts_on.month), month, day)
    return found - timedelta(days=max(found.weekday() - 4, 0))
