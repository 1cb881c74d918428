"""Everything that changes about what is commissioned: interventions, their planned spend, what was spent, what it changed."""

from datetime import date
from decimal import Decimal
from typing import Any

from throughline.apps.accounts.models import User
from throughline.apps.commissioning.actions.days import refuse_future, refuse_implausible
from throughline.apps.commissioning.actions.years import refuse_unless_draft
from throughline.apps.commissioning.models import ImpactStatement, Intervention, PlannedSpend, Priority, SpendEntry
from throughline.apps.commissioning.subjects import ROOM
from throughline.apps.organisations.actions.amending import Changes, RefusedError, amend, make


def add_intervention(*, by: User | None, priority: Priority, **words: Any) -> Intervention:
    """Commission something under a priority. Raises RefusedError for days that cannot be, and unless it is a draft."""
    refuse_unless_draft(priority.year)
    _refuse_what_cannot_be(priority, words)
    return make(by=by, room=ROOM, kind="intervention", made=Intervention(priority=priority), words=words)


def change_intervention(*, by: User | None, intervention: Intervention, **words: Any) -> Changes:
    """Change an intervention. Raises RefusedError as adding does."""
    refuse_unless_draft(intervention.priority.year)
    _refuse_what_cannot_be(intervention.priority, words)
    return amend(by=by, room=ROOM, kind="intervention", kept=intervention, words=words)


def plan_spend(*, by: User | None, intervention: Intervention, fund: str, amount: Decimal) -> PlannedSpend:
    """Plan to spend so much from a fund. Raises RefusedError unless the year is a draft."""
    refuse_unless_draft(intervention.priority.year)
    made = PlannedSpend(intervention=intervention)
    return make(by=by, room=ROOM, kind="planned spend", made=made, words={"fund": fund, "amount": amount})


def change_planned(*, by: User | None, planned: PlannedSpend, **words: Any) -> Changes:
    """Change what is planned. Raises RefusedError unless the year is a draft."""
    refuse_unless_draft(planned.intervention.priority.year)
    return amend(by=by, room=ROOM, kind="planned spend", kept=planned, words=words)


def enter_spend(*, by: User | None, intervention: Intervention, fund: str, on: date, amount: Decimal,
                note: str = "") -> SpendEntry:
    """Enter what was spent on a day, whatever the state of the year. Raises RefusedError for a day that is to come."""
    refuse_future(on, "on")
    words = {"fund": fund, "on": on, "amount": amount, "note": note}
    return make(by=by, room=ROOM, kind="spend entry", made=SpendEntry(intervention=intervention, by=by), words=words)


def state_impact(*, by: User | None, intervention: Intervention, on: date, **words: Any) -> ImpactStatement:
    """Say what an intervention has changed, beside what was said before. Raises RefusedError for a day that is to come."""
    refuse_future(on, "on")
    made = ImpactStatement(intervention=intervention, by=by)
    return make(by=by, room=ROOM, kind="impact statement", made=made, words={"on": on, **words})


def _refuse_what_cannot_be(priority: Priority, words: dict[str, Any]) -> None:
    refuse_implausible(words, "starts_on", "ends_on")
    if words.get("ends_on") and words["ends_on"] < words["starts_on"]:
        raise RefusedError("Enter a day that is not before it begins", "ends_on")
    area = priority.year.area
    for name in ("provider", "indicator"):
        if words.get(name) and words[name].area != area:
            raise RefusedError("Choose one of your own authority", name)
    if words.get("action") and words["action"].plan.area != area:
        raise RefusedError("Choose an action of your own authority's plans", "action")
