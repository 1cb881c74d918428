"""Everything that changes about what a board decided, and how a decision becomes an action of a plan."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.governance.models import Decision, Meeting, ScrutinyQuestion
from throughline.apps.governance.subjects import ROOM, kind_of, subject_of
from throughline.apps.organisations.actions.amending import Changes, RefusedError, amend, make
from throughline.apps.organisations.models import Party
from throughline.apps.plans.actions.editing import add_action
from throughline.apps.plans.actions.parts import add_part
from throughline.apps.plans.models import Action, ActionOwner, Section


def add_decision(*, by: User | None, meeting: Meeting, **words: Any) -> Decision:
    """Minute a decision; words are as the fields of Decision. Raises RefusedError for a section of another plan."""
    return make(by=by, room=ROOM, kind="decision", made=Decision(meeting=meeting), words=_of_one_plan(words))


def change_decision(*, by: User | None, decision: Decision, **words: Any) -> Changes:
    """Change a decision. Raises RefusedError for a section of another plan."""
    return amend(by=by, room=ROOM, kind="decision", kept=decision, words=_of_one_plan(words))


def finish(*, by: User | None, decision: Decision, outcome: str = "", done_on: date | None = None) -> Changes:
    """Say that what was asked for is done (today), and what came of it."""
    words = {"done_on": done_on or timezone.localdate(), "outcome": outcome}
    return amend(by=by, room=ROOM, kind="decision", kept=decision, words=words)


def reopen(*, by: User | None, decision: Decision) -> Changes:
    """Undo that it is done; what was said of it stays."""
    return amend(by=by, room=ROOM, kind="decision", kept=decision, words={"done_on": None})


@transaction.atomic
def make_action(*, by: User | None, of: Decision | ScrutinyQuestion, section: Section, text: str, number: str = "",
                when_printed: str = "", owners: Sequence[Party] = ()) -> Action:
    """Make an action in a section of a plan of a decision or a question, which from then on points at it.

    Raises RefusedError when one has been made already, or when the section is of another authority.
    """
    area = of.board.area if isinstance(of, ScrutinyQuestion) else of.meeting.board.area
    if section.plan.area != area:
        raise RefusedError("Choose a section of one of your plans", "section")
    if of.plan_action:
        raise RefusedError(f"An action has been made of this already, in {of.plan_action.plan}")
    action = add_action(by=by, section=section, text=text, number=number, when_printed=when_printed)
    for party in owners:
        add_part(by=by, of=action, model=ActionOwner, party=party, printed=party.name)
    of.action = action
    of.plan = of.plan or section.plan
    of.save(update_fields=["action", "plan"])
    record(by=by, verb="changed", room=ROOM, subject=subject_of(of), detail={"action": [None, action.pk], "kind": kind_of(of)})
    return action


def _of_one_plan(words: dict[str, Any]) -> dict[str, Any]:
    """A section brings its plan with it."""
    section, plan = words.get("section"), words.get("plan")
    if section and plan and section.plan_id != plan.pk:
        raise RefusedError("This section is of another plan. Choose one of the two", "section")
    return {**words, "plan": section.plan} if section else words
