"""Proposes a rating for an action from what is known of it: what is late, what its indicators say, when it was last updated.

The rules are those of definitions/rules/plan_ratings.toml. Figures that officers enter on the scorecard are left out, since
not everybody who sees a plan may see them and a proposal is kept for all to read.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from throughline.apps.indicators.judgements import Result, judge_all
from throughline.apps.indicators.models import Indicator
from throughline.apps.plans.models import Action, Milestone, Step, Update
from throughline.apps.plans.queries import latest_updates
from throughline.apps.plans.rules import RatingRules, rating_rules
from throughline.apps.plans.timing import milestone_overdue, overdue
from throughline.apps.plans.words import shortened
from throughline.ui.formats import count, day

_WORST_FIRST = ("red", "amber", "green")


@dataclass(frozen=True)
class Proposal:
    """A rating with its reason in sentences; rag is "" where nothing shows how the action is going."""

    rag: str
    reason: str


@dataclass(frozen=True)
class Sign:
    """One thing that speaks for a colour, in a sentence."""

    rag: str
    sentence: str


@dataclass
class _Known:
    """What is known of some actions, by their numbers."""

    milestones: Mapping[int, list[Milestone]] = field(default_factory=dict)
    steps: Mapping[int, list[Step]] = field(default_factory=dict)
    results: Mapping[int, list[Result]] = field(default_factory=dict)
    updates: Mapping[int, Update] = field(default_factory=dict)


def propose(action: Action, on: date) -> Proposal:
    """The rating proposed for an action on a day."""
    return propose_all([action], on)[action.pk]


def propose_all(actions: Iterable[Action], on: date) -> dict[int, Proposal]:
    """The rating proposed for each action, by its number; a fixed number of queries, however many there are."""
    held = list(actions)
    known, rules = _known(held, on), rating_rules()
    return {action.pk: _proposal(action, on, known, rules) for action in held}


def _proposal(action: Action, on: date, known: _Known, rules: RatingRules) -> Proposal:
    """The worst colour that anything speaks for, with everything that speaks for it."""
    if action.state == Action.State.DONE:
        return Proposal("green", f"It was done on {day(action.state_on)}." if action.state_on else "It is done.")
    if action.state == Action.State.STOPPED:
        return Proposal("", "It was stopped, so there is nothing to rate.")
    signs = [*_late(action, on, rules), *_milestones(known.milestones.get(action.pk, []), on, rules),
             *_steps(action, known.steps.get(action.pk, []), on, rules), *_indicators(known.results.get(action.pk, []), rules),
             *_silence(known.updates.get(action.pk), on, rules)]
    for rag in _WORST_FIRST:
        if said := [sign.sentence for sign in signs if sign.rag == rag]:
            nothing_late = "Nothing of it is late. " if rag == "green" else ""
            return Proposal(rag, nothing_late + " ".join(said))
    return Proposal("", "Nothing shows yet how it is going: nothing of it is late or done.")


def _late(action: Action, on: date, rules: RatingRules) -> list[Sign]:
    if not overdue(action, on) or action.due_on is None:
        return []
    late = (on - action.due_on).days
    return [Sign(rules.action.rag(late), f"It was due by {day(action.due_on)}, {count(late, 'day')} ago.")]


def _milestones(milestones: Iterable[Milestone], on: date, rules: RatingRules) -> list[Sign]:
    signs = []
    for each in milestones:
        name = f"Milestone “{shortened(each.text)}”"
        if milestone_overdue(each, on) and each.due_on:
            late = (on - each.due_on).days
            signs.append(Sign(rules.milestone.rag(late), f"{name} was due by {day(each.due_on)}, {count(late, 'day')} ago."))
        elif each.met_on:
            signs.append(Sign("green", f"{name} was met on {day(each.met_on)}."))
    return signs


def _steps(action: Action, steps: list[Step], on: date, rules: RatingRules) -> list[Sign]:
    done = sum(step.done_on is not None for step in steps)
    left = len(steps) - done
    signs = [Sign("green", f"{done} of {count(len(steps), 'step')} done.")] if done else []
    ahead = (action.due_on - on).days if action.due_on else None
    if left and ahead is not None and 0 <= ahead <= rules.steps_within_days:
        to_do = f"{left} of {count(len(steps), 'step')}"
        signs.append(Sign("amber", f"It is due by {day(action.due_on)}, and {to_do} still to be done."))
    return signs


def _indicators(results: Iterable[Result], rules: RatingRules) -> list[Sign]:
    return [
        Sign(rules.indicator[result.rag], f"Indicator “{shortened(str(result.indicator))}” is {result.verdict}.")
        for result in results if result.rag in rules.indicator
    ]


def _silence(latest: Update | None, on: date, rules: RatingRules) -> list[Sign]:
    """Long silence after an update speaks for amber; that somebody has spoken lately speaks for nothing by itself."""
    since = (on - latest.as_at).days if latest else 0
    if latest is None or since <= rules.fresh_for_days:
        return []
    return [Sign("amber", f"Nobody has said how it is going since {day(latest.as_at)}, {count(since, 'day')} ago.")]


def _known(actions: list[Action], on: date) -> _Known:
    return _Known(_by_action(Milestone.objects.filter(action__in=actions)), _by_action(Step.objects.filter(action__in=actions)),
                  _results(actions, on), latest_updates(actions))


def _results(actions: list[Action], on: date) -> Mapping[int, list[Result]]:
    tied = list(Action.indicators.through.objects.filter(action__in=actions).values_list("action_id", "indicator_id"))
    if not tied:
        return {}
    active = Indicator.objects.filter(pk__in={indicator for _, indicator in tied}, state=Indicator.State.ACTIVE)
    judged = judge_all(active, on, entered=False, counted=True)
    found: dict[int, list[Result]] = defaultdict(list)
    for action, indicator in tied:
        if indicator in judged:
            found[action].append(judged[indicator])
    return found


def _by_action(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.action_id].append(row)
    return found
