"""The list of an authority's plans: each with how its actions stand, its supplements under it, those superseded apart."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from throughline.apps.plans.models import Plan
from throughline.apps.plans.plan_page import Row, Tally, action_rows, tally


@dataclass
class Listed:
    """One plan of the list, with how its actions stand and the plans that add to it."""

    plan: Plan
    tally: Tally
    supplements: list["Listed"] = field(default_factory=list)


@dataclass
class Listing:
    """Those that are living, and those that were superseded or closed; newest first."""

    living: list[Listed]
    past: list[Listed]


def listing(plans: Iterable[Plan], on: date) -> Listing:
    """The plans as the list shows them; a fixed number of queries."""
    held = list(plans)
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in action_rows(held, on):
        rows[row.plan].append(row)
    listed = {plan.pk: Listed(plan, tally(rows[plan.pk])) for plan in held}
    living, past = [], []
    for each in listed.values():
        above = listed.get(each.plan.supplement_of_id or 0)
        if not each.plan.living:
            past.append(each)
        elif above and above.plan.living:
            above.supplements.append(each)
        else:
            living.append(each)
    return Listing(living, past)
