"""A small plan of Marlshire that is being carried out, with days counted from today, for the tests of progress."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from throughline.apps.accounts.models import User
from throughline.apps.organisations.models import Party
from throughline.apps.plans.actions.updating import add_update
from throughline.apps.plans.models import Action, ActionOwner, Milestone, Plan, Section, Update
from throughline.apps.plans.proposing import Proposal

AREA = "358"


def in_days(days: int) -> date:
    """The day so many days from today; below 0 for the past."""
    return timezone.localdate() + timedelta(days=days)


def a_plan(area: str = AREA, title: str = "Marlshire plan", state: str = Plan.State.APPROVED) -> Plan:
    """An approved plan with one priority and nothing in it."""
    plan = Plan.objects.create(area=area, title=title, state=state)
    Section.objects.create(plan=plan, number="1", title="Know where every young person is")
    return plan


def an_action(plan: Plan, number: str = "1.1", days: int | None = None, **words: Any) -> Action:
    """An action of the plan's first section, due in so many days; words are its other fields."""
    section = plan.sections.first()
    position = Action.with_removed.filter(plan=plan).count()
    given = {"text": f"Do the thing numbered {number}", "position": position, **words}
    due = None if days is None else in_days(days)
    return Action.objects.create(plan=plan, section=section, number=number, due_on=due, **given)


def a_milestone(action: Action, days: int, text: str = "Half of it done") -> Milestone:
    """A milestone due in so many days."""
    return Milestone.objects.create(action=action, text=text, due_on=in_days(days))


def a_party(name: str, user: User | None = None, email: str = "", area: str = AREA) -> Party:
    """An entry of the directory."""
    return Party.objects.create(area=area, name=name, user=user, email=email)


def owned_by(action: Action, party: Party | None, printed: str = "") -> ActionOwner:
    """Somebody made an owner of an action."""
    return ActionOwner.objects.create(action=action, party=party, printed=printed or (party.name if party else "QQZ"))


def said(by: User, action: Action, rag: str = "", narrative: str = "Said before", days: int = 0) -> Update:
    """An update of so many days from today, with nothing proposed."""
    return add_update(by=by, action=action, rag=rag, narrative=narrative, as_at=in_days(days), proposal=Proposal("", ""))


def day_boxes(name: str, day: date) -> dict[str, int]:
    """A day as a form's three boxes send it."""
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
