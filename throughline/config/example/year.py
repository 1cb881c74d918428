"""A year of the example plan: updates month by month, reports to the board, and the key dates of the planning cycle."""

from datetime import date
from typing import Any

from throughline.apps.organisations.models import Board
from throughline.apps.plans.actions.calendar import add_entry
from throughline.apps.plans.actions.editing import set_state
from throughline.apps.plans.actions.parts import tick
from throughline.apps.plans.actions.updating import add_update
from throughline.apps.plans.models import Action, Milestone, Plan
from throughline.apps.plans.proposing import propose
from throughline.apps.reports.actions import issue, start_draft
from throughline.config.example.given import Given, first_year

_TEXTS = {
    "asks": "The board is asked:\n- to note progress\n- to say what it wants to look at more closely next time",
    "summary": "Most actions are on time. Apprenticeship clauses and places that start in January need help.",
    "risks": "- Two providers may not open January courses\n- Staff who track young people are few in the summer",
}


def say_how_it_went(held: Given, plan: Plan) -> None:
    """Every update of the year, the oldest first; where a rating is not the one proposed, with the person's reason."""
    actions = {action.number: action for action in Action.objects.filter(plan=plan).select_related("plan")}
    said = [(months, number, rest) for number, updates in held.said["updates"].items() for months, *rest in updates]
    for months, number, (rag, narrative, reason) in sorted(said, key=lambda each: -each[0]):
        action, on = actions[number], held.ago(months)
        add_update(by=held.lead, action=action, rag=rag, narrative=narrative, as_at=on, proposal=propose(action, on),
                   override_reason=reason or narrative)


def finish(held: Given, plan: Plan) -> None:
    """The actions that are done."""
    for number, months in held.said["done"].items():
        set_state(by=held.lead, action=Action.objects.get(plan=plan, number=number), state=Action.State.DONE,
                  state_on=held.ago(months))


def reach_milestones(held: Given, plan: Plan) -> None:
    """The milestones that were reached on their day: all but those of the actions named as late."""
    for milestone in Milestone.objects.filter(action__plan=plan, due_on__lt=held.on).select_related("action__plan"):
        if milestone.action.number not in held.said["late"]:
            tick(by=held.lead, part=milestone, on=milestone.due_on)


def report(held: Given, plan: Plan) -> None:
    """A highlight report to the board before each of its meetings since the plan was approved."""
    meetings = [said for said in held.said["meeting"] if 0 < said["months"] < held.said["approved_months"]]
    for said in sorted(meetings, key=lambda each: -each["months"]):
        board = Board.objects.get(area=held.area, name=said["board"])
        draft = start_draft(by=held.lead, outline="highlight", plan=plan, board=board, as_at=held.ago(said["months"]))
        draft.texts = _TEXTS
        issue(by=held.lead, draft=draft, note=said["purpose"])


def fill_calendar(held: Given, plan: Plan) -> None:
    """The key dates of this academic year."""
    for said in held.said["calendar"]:
        add_entry(by=held.lead, area=held.area, plan=plan, title=said["title"], kind=said["kind"],
                  starts_on=_this_year(held, said), recurrence=said["recurrence"])


def _this_year(held: Given, said: dict[str, Any]) -> date:
    began = first_year(held.on) + 1
    return date(began if said["month"] >= 9 else began + 1, said["month"], said["day"])
