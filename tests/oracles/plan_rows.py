"""The counts and sums of a plan once more, slowly, from the rows of the database one by one and nothing of the product's."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

Row = dict[str, Any]


class Rows:
    """Every row of the tables that the counts are made of, the removed ones left out."""

    def __init__(self) -> None:
        """Read them all; Django must be running."""
        from throughline.apps.plans import models

        def held(model: Any) -> list[Row]:
            return [row for row in model._base_manager.order_by("id").values() if row.get("removed_at") is None]

        self.plans, self.sections, self.actions = held(models.Plan), held(models.Section), held(models.Action)
        self.owners, self.costs, self.updates = held(models.ActionOwner), held(models.Cost), held(models.Update)
        self.recommendations = held(models.Recommendation)
        self.answers = list(models.Section.answers.through.objects.values())

    def of_plan(self, plan: int) -> list[Row]:
        """The actions of a plan."""
        return [action for action in self.actions if action["plan_id"] == plan]

    def costs_of(self, plan: int) -> list[Row]:
        """The costs of a plan's actions."""
        wanted = {action["id"] for action in self.of_plan(plan)}
        return [cost for cost in self.costs if cost["action_id"] in wanted]

    def section_of(self, cost: Row) -> int:
        """The section that the action stands under whose cost it is."""
        return next(action["section_id"] for action in self.actions if action["id"] == cost["action_id"])


def counts(rows: Rows, actions: Iterable[Row], on: date) -> dict[str, int]:
    """How some actions stand, by the names that the head of a plan's page has them under."""
    found = dict.fromkeys(("actions", "red", "amber", "green", "unrated", "overdue", "no_owner", "uncosted", "done"), 0)
    for action in actions:
        found["actions"] += 1
        found[rating(rows, action, on) or "unrated"] += 1
        late = action["due_on"] is not None and action["due_on"] < on
        if action["state"] == "open" and late and action["recurrence"] == "" and not action["ongoing"]:
            found["overdue"] += 1
        if not any(owner["action_id"] == action["id"] for owner in rows.owners):
            found["no_owner"] += 1
        if not any(cost["action_id"] == action["id"] for cost in rows.costs):
            found["uncosted"] += 1
        if action["state"] == "done":
            found["done"] += 1
    return found


def rating(rows: Rows, action: Row, on: date) -> str:
    """What the last update by a day that was not undone says: of the latest day, and of one day the one that was said last."""
    newest = None
    for update in rows.updates:
        if update["action_id"] != action["id"] or update["undone_at"] is not None or update["as_at"] > on:
            continue
        if newest is None or (update["as_at"], update["at"], update["id"]) >= (newest["as_at"], newest["at"], newest["id"]):
            newest = update
    return newest["rag"] if newest else ""


def beneath(rows: Rows, section: int) -> set[int]:
    """The actions of a section and of all the sections under it, by their ids."""
    found = {action["id"] for action in rows.actions if action["section_id"] == section}
    for under in rows.sections:
        if under["parent_id"] == section:
            found |= beneath(rows, under["id"])
    return found


def covering(rows: Rows, recommendation: int) -> list[Row]:
    """The actions that answer a recommendation, each once: of living plans, under the sections that say they answer it."""
    living = {plan["id"] for plan in rows.plans if plan["state"] in ("draft", "approved")}
    held = {section["id"] for section in rows.sections if section["plan_id"] in living}
    found: set[int] = set()
    for link in rows.answers:
        if link["recommendation_id"] == recommendation and link["section_id"] in held:
            found |= beneath(rows, link["section_id"])
    return [action for action in rows.actions if action["id"] in found]


def totals(costs: Iterable[Row]) -> tuple[Decimal, Decimal, Decimal]:
    """Pounds paid once, every year and spent; what is paid for each of something is counted nowhere."""
    once = yearly = spent = Decimal(0)
    for cost in costs:
        spent += cost["spent"] or 0
        if cost["amount"] is not None and cost["basis"] != "each":
            if cost["basis"] == "per year" and cost["year"] == "":
                yearly += cost["amount"]
            else:
                once += cost["amount"]
    return once, yearly, spent


def totals_by(costs: Iterable[Row], key: Any) -> dict[Any, tuple[Decimal, Decimal, Decimal]]:
    """The same for each value of key(cost), those where all three are nothing left out."""
    parted = defaultdict(list)
    for cost in costs:
        parted[key(cost)].append(cost)
    return {name: sums for name, held in parted.items() if any(sums := totals(held))}


def by_year(costs: Iterable[Row], first: date | None, last: date | None) -> dict[str, Decimal]:
    """Pounds by financial year, a yearly amount once for each year of the plan, in the financial year with most of its days."""
    years = []
    while first and last and first <= last:
        days = [first + timedelta(days=days) for days in range(365)]
        held = Counter(day.year if day >= date(day.year, 4, 1) else day.year - 1 for day in days)
        years.append(f"{max(held, key=held.get)}/{str(max(held, key=held.get) + 1)[2:]}")
        first = first.replace(year=first.year + 1)
    found: dict[str, Decimal] = defaultdict(Decimal)
    for cost in costs:
        if cost["amount"] is None or cost["basis"] == "each":
            continue
        if cost["basis"] == "per year" and cost["year"] == "":
            for year in years or ["Each year"]:
                found[year] += cost["amount"]
        else:
            found[cost["year"] or "No year given"] += cost["amount"]
    return dict(found)
