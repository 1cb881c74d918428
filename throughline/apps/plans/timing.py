"""When something is due: what its printed words mean, in a sentence, and whether it is overdue."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from throughline.analytics.planreading.dates import read_when
from throughline.analytics.planreading.vocabulary import Templates
from throughline.apps.plans.models import Action, Milestone
from throughline.apps.plans.vocabulary import templates
from throughline.ui.formats import day

SOON = timedelta(days=28)
# What an officer adds to the vocabulary of dates is said in its own words.
_EVERY = {
    "daily": "every day", "weekly": "every week", "fortnightly": "every fortnight", "monthly": "every month",
    "half-termly": "every half term", "termly": "every term", "quarterly": "every quarter", "half-yearly": "every half year",
    "yearly": "every year",
}
NOT_UNDERSTOOD = "We could not read a date in this, so nobody is reminded of it"


def timed(printed: str, known: Templates | None = None) -> dict[str, Any]:
    """The fields of a Milestone that its printed words decide: when, due_on and recurrence.

    known are the vocabularies, for whoever reads many times in a row and need not look after their files each time.
    """
    when = asdict(read_when(printed, known or templates())) if printed.strip() else {}
    return {"when": when, "due_on": due_on(when), "recurrence": when.get("recurrence", "")}


def action_timed(printed: str) -> dict[str, Any]:
    """The fields of an Action that its printed words decide, the words themselves among them."""
    return when_fields(timed(printed)["when"]) | {"when_printed": printed}


def when_fields(when: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an Action that a time as read decides; when is a planreading When as a mapping, {} for none."""
    return {
        "when_printed": when.get("printed", ""), "when": dict(when), "due_on": due_on(when),
        "recurrence": when.get("recurrence", ""), "ongoing": when.get("ongoing", False),
    }


def due_on(when: Mapping[str, Any]) -> date | None:
    """The last day by which something is due; None where no day ends it ("from September", "termly")."""
    ends = [date.fromisoformat(each["end"]) for each in when.get("dates", []) if each["end"]]
    return max(ends, default=None)


def meaning(when: Mapping[str, Any]) -> str:
    """What the printed words were taken to mean: "By 30 September 2016; every term". "" where nothing is printed."""
    if not when or not when.get("printed"):
        return ""
    parts = [_dated(each) for each in when["dates"]]
    if when["recurrence"]:
        parts.append(_EVERY.get(when["recurrence"], when["recurrence"]))
    if when["ongoing"]:
        parts.append("ongoing")
    if not parts:
        return NOT_UNDERSTOOD
    said = "; ".join(parts)
    said = said[0].upper() + said[1:]
    return said if when["understood"] else f"{said}; the rest could not be read"


def _dated(each: Mapping[str, str]) -> str:
    start = day(date.fromisoformat(each["start"]))
    end = day(date.fromisoformat(each["end"])) if each["end"] else ""
    if each["kind"] == "from" or not end:
        return f"from {start}"
    if each["kind"] == "by":
        return f"by {end}"
    return f"on {end}" if start == end else f"between {start} and {end}"


def overdue(action: Action, on: date) -> bool:
    """Whether an action is still open past its last day; what recurs or has no end is never overdue."""
    return is_overdue(state_then(action.state, action.state_on, on), action.due_on, action.recurrence, action.ongoing, on)


def state_then(state: str, since: date | None, on: date) -> str:
    """An action's state as it was on a day: one that was done or stopped later was still open."""
    return Action.State.OPEN if since is not None and since > on else state


def is_overdue(state: str, due: date | None, recurrence: str, ongoing: bool, on: date) -> bool:
    """As overdue() has it, from an action's bare values."""
    return state == Action.State.OPEN and due is not None and due < on and not recurrence and not ongoing


def milestone_overdue(milestone: Milestone, on: date) -> bool:
    """Whether a milestone is past its day and nobody has said that it was met."""
    return milestone.met_on is None and milestone.due_on is not None and milestone.due_on < on and not milestone.recurrence


def coming_up(action: Action, on: date) -> bool:
    """Whether an open action is due within the next four weeks."""
    return action.state == Action.State.OPEN and action.due_on is not None and on <= action.due_on <= on + SOON
