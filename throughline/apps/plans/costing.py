"""What a plan costs: totals by section, by who pays and by year, and what has no cost."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from throughline.apps.plans.models import Action, Cost, Plan, Section
from throughline.apps.plans.trees import sections_in_order
from throughline.apps.plans.words import section_name

EACH, YEARLY = "each", "per year"
UNSAID = "Not said"
EVERY_YEAR = "Each year"
NO_YEAR = "No year given"
_MOST_YEARS = 30
Pounds = Decimal


@dataclass
class Line:
    """One line of a table of totals: once is what is paid one time, yearly what is paid every year, spent so far."""

    name: str
    once: Pounds = Pounds(0)
    yearly: Pounds = Pounds(0)
    spent: Pounds = Pounds(0)
    section: int | None = None

    def add(self, cost: Cost) -> None:
        """Count a cost in; one for each of something is counted nowhere, since nobody says of how many."""
        self.spent += cost.spent or 0
        if cost.amount is None or cost.basis == EACH:
            return
        if cost.basis == YEARLY and not cost.year:
            self.yearly += cost.amount
        else:
            self.once += cost.amount


@dataclass
class Costing:
    """A plan's costs. years are pairs of financial year and pounds, a yearly amount in each of them once.

    unpriced are costs whose words hold no amount, for_each those paid for each of something; neither is in a total.
    """

    total: Line
    sections: list[Line] = field(default_factory=list)
    funds: list[Line] = field(default_factory=list)
    years: list[tuple[str, Pounds]] = field(default_factory=list)
    unpriced: list[Cost] = field(default_factory=list)
    for_each: list[Cost] = field(default_factory=list)
    uncosted: list[Action] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)


def costing(plan: Plan) -> Costing:
    """What a plan costs, from its actions' costs; three queries."""
    costs = list(Cost.objects.filter(action__plan=plan, action__removed_at=None).select_related("action").order_by(
        "action__position", "position"))
    costed = {cost.action_id for cost in costs}
    actions = Action.objects.filter(plan=plan).select_related("section", "plan")
    made = Costing(Line("Total"), costs=costs, uncosted=[each for each in actions if each.pk not in costed])
    _by_section(made, plan)
    _by_fund(made)
    for cost in costs:
        made.total.add(cost)
        if cost.amount is None:
            made.unpriced.append(cost)
        elif cost.basis == EACH:
            made.for_each.append(cost)
    made.years = _by_year(plan, costs)
    return made


def _by_section(made: Costing, plan: Plan) -> None:
    ordered = sections_in_order(Section.objects.filter(plan=plan))
    lines = {section.pk: Line(section_name(section), section=section.pk) for section, _ in ordered}
    for cost in made.costs:
        lines[cost.action.section_id].add(cost)
    made.sections = [line for line in lines.values() if line.once or line.yearly or line.spent]


def _by_fund(made: Costing) -> None:
    lines: dict[str, Line] = {}
    for cost in made.costs:
        if cost.amount is not None or cost.spent:
            name = cost.fund or UNSAID
            lines.setdefault(name.casefold(), Line(name)).add(cost)
    made.funds = sorted(lines.values(), key=lambda line: (line.name == UNSAID, line.name.casefold()))


def _by_year(plan: Plan, costs: list[Cost]) -> list[tuple[str, Pounds]]:
    """Pounds by financial year; what is paid every year falls in each year of the plan, or is said apart where it has none."""
    totals: dict[str, Pounds] = defaultdict(Pounds)
    lasting = financial_years(plan)
    for cost in costs:
        if cost.amount is None or cost.basis == EACH:
            continue
        if cost.year or cost.basis != YEARLY:
            totals[cost.year or NO_YEAR] += cost.amount
        else:
            for year in lasting or [EVERY_YEAR]:
                totals[year] += cost.amount
    return sorted(totals.items(), key=lambda pair: (pair[0] in (NO_YEAR, EVERY_YEAR), pair[0]))


def financial_years(plan: Plan) -> list[str]:
    """The financial years, April to March, that hold most of each year of a plan; none where its days are not known."""
    if plan.starts_on is None or plan.ends_on is None:
        return []
    years, middle = [], _months_later(plan.starts_on, 6)
    while _months_later(middle, -6) <= plan.ends_on and len(years) < _MOST_YEARS:
        first = middle.year - (middle.month < 4)
        years.append(f"{first}/{(first + 1) % 100:02d}")
        middle = _months_later(middle, 12)
    return years


def _months_later(day: date, months: int) -> date:
    """The first of the month so many months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)
