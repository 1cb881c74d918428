"""Whom to remind of which actions on a day, and what the letter to each says."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from throughline.apps.plans.mine import update_due
from throughline.apps.plans.models import Action, ActionOwner, Milestone, Plan, Reminder
from throughline.apps.plans.queries import latest_updates
from throughline.apps.plans.rules import RatingRules, rating_rules
from throughline.apps.plans.timing import milestone_overdue, overdue
from throughline.apps.plans.words import action_name, shortened

OVERDUE, COMING_UP, UPDATE_DUE = "overdue", "coming up", "update due"
LATE_MILESTONE, NEXT_MILESTONE = "milestone overdue", "milestone coming up"
_HEADINGS = {
    OVERDUE: "Overdue", LATE_MILESTONE: "Milestones overdue", COMING_UP: "Due soon", NEXT_MILESTONE: "Milestones due soon",
    UPDATE_DUE: "Waiting for this month’s update",
}


Key = tuple[int, int | None, str, date]


@dataclass(frozen=True)
class Item:
    """One thing that a letter tells. due_on is its day; of a missing update, the first day of the month.

    milestone is the number of the milestone that it is about, None where it is about the action itself.
    """

    action: Action
    kind: str
    due_on: date
    text: str
    milestone: int | None = None

    @property
    def key(self) -> Key:
        """By which it is known whether somebody has been told already: the action, the milestone, the kind and the day."""
        return self.action.pk, self.milestone, self.kind, self.due_on


@dataclass
class Letter:
    """What one person is told, at one address; name is how the directory has them."""

    to: str
    name: str
    items: list[Item] = field(default_factory=list)

    def many(self, *kinds: str) -> int:
        """How many things of some kinds it tells."""
        return sum(item.kind in kinds for item in self.items)


def letters(on: date) -> list[Letter]:
    """The letters that are due on a day, one a person, with what they have not been told yet; in the order of addresses.

    Only approved plans are reminded of: nobody has promised yet what stands in a draft.
    """
    actions = list(Action.objects.filter(
        state=Action.State.OPEN, section__removed_at=None, plan__state=Plan.State.APPROVED, plan__removed_at=None,
    ).select_related("plan"))
    items = _items(actions, on, rating_rules())
    found: dict[str, Letter] = {}
    for action, to, name in _addresses(items):
        found.setdefault(to, Letter(to, name)).items.extend(items[action])
    told = _told(found)
    for letter in found.values():
        unique = {item.key: item for item in letter.items if (letter.to, *item.key) not in told}
        letter.items = sorted(unique.values(), key=lambda item: (list(_HEADINGS).index(item.kind), item.due_on, item.action.pk))
    return sorted((letter for letter in found.values() if letter.items), key=lambda letter: letter.to)


def _items(actions: list[Action], on: date, rules: RatingRules) -> dict[int, list[Item]]:
    """What there is to tell of each action."""
    soon, latest = on + timedelta(days=rules.due_within_days), latest_updates(actions)
    items: dict[int, list[Item]] = defaultdict(list)
    held = {action.pk: action for action in actions}
    for action in actions:
        if action.due_on and overdue(action, on):
            items[action.pk].append(Item(action, OVERDUE, action.due_on, _said(action)))
        elif action.due_on and on <= action.due_on <= soon:
            items[action.pk].append(Item(action, COMING_UP, action.due_on, _said(action)))
        if on.day >= rules.update_from_day and update_due(latest.get(action.pk), on):
            items[action.pk].append(Item(action, UPDATE_DUE, on.replace(day=1), _said(action)))
    for milestone in Milestone.objects.filter(action__in=held, met_on=None).exclude(due_on=None):
        late = milestone_overdue(milestone, on)
        if late or on <= milestone.due_on <= soon:
            kind = LATE_MILESTONE if late else NEXT_MILESTONE
            action = held[milestone.action_id]
            text = f"{shortened(milestone.text, 160)} ({action_name(action)})"
            items[action.pk].append(Item(action, kind, milestone.due_on, text, milestone.pk))
    return items


def _said(action: Action) -> str:
    return f"{action.number} {shortened(action.text, 160)}".strip()


def _addresses(actions: Iterable[int]) -> list[tuple[int, str, str]]:
    """Each action with the address of each of its owners: the directory's, or else that of their open account."""
    owners = ActionOwner.objects.filter(action__in=list(actions), party__closed_on=None).exclude(party=None)
    reached = owners.filter(~Q(party__email="") | Q(party__user__is_active=True))
    rows = reached.values_list("action_id", "party__email", "party__user__email", "party__name")
    return [(action, (email or account).lower(), name) for action, email, account, name in rows]


def _told(found: Mapping[str, Letter]) -> set[tuple[str, int, int | None, str, date | None]]:
    """What these people have been told before."""
    return set(Reminder.objects.filter(to__in=list(found)).values_list("to", "action_id", "milestone_id", "kind", "due_on"))


def letter_words(letter: Letter, site: str) -> tuple[str, str]:
    """The subject and the text of a letter; site is the address of this site."""
    late = letter.many(OVERDUE, LATE_MILESTONE)
    subject = "Throughline: your actions" + (f", {late} overdue" if late else "")
    groups = [
        (heading, [(item, site.rstrip("/") + reverse("plans:action", args=[item.action.plan_id, item.action.pk]))
                   for item in letter.items if item.kind == kind])
        for kind, heading in _HEADINGS.items()
    ]
    shown = {"letter": letter, "groups": [group for group in groups if group[1]], "update_due": UPDATE_DUE,
             "mine": site.rstrip("/") + reverse("plans:mine")}
    return subject, render_to_string("plans/email/reminder.txt", shown)
