"""What ends because a list says that somebody left, where the list does not say what they were doing: what is held at the place
they left or, where it names none, what they are held to be doing on that day. Why they left and what they meant to do next is
kept with it.
"""

from collections.abc import Sequence
from datetime import date

from throughline.analytics.intake.activities import LATER, OLDER, confirmed_on, described, told_apart
from throughline.analytics.intake.held import ACTIVITY, Belief, Change, Held, Note
from throughline.analytics.intake.rules import Rules
from throughline.analytics.intake.said import Doing, Leaving

ENDED, INTENDS = "ended", "filled in"
NOTHING, TOO_EARLY = "something held that they could have left", "leaving after starting"
_NAMED = ("establishment", "ukprn", "establishment_name")


def left_by(doing: Doing) -> Leaving:
    """The leaving that a report of an activity tells of too."""
    return Leaving(doing.predicted_end, doing.leaving_reason, doing.intended_next,
                   *(getattr(doing, name) for name in ("establishment", "establishment_name", "ukprn")))


def leaving_changes(leaving: Leaving, held: Held, as_at: date, rules: Rules) -> tuple[list[Change], list[Note]]:
    """What a leaving changes of what is held: one change at most; otherwise what there is to do by hand.

    as_at is the day the list speaks of. It cuts nothing short that was confirmed on a later one.
    """
    day = leaving.on or as_at
    activities = sorted(held.of(ACTIVITY), key=lambda one: one.day("start"))
    one = _left(leaving, day, activities, rules)
    if one is None:
        return [], [_nothing(leaving, day, activities)]
    after = next((each for each in activities if each.day("start") > one.day("start")), None)
    if after and after.day("start") < day:
        return [], [_note(leaving, day, LATER, f"we hold {described(after)}; find out which is so, and record on their page when "
                                               "and why they left")]
    if confirmed_on(one) > as_at:
        return [], [_note(leaving, day, OLDER, f"we hold {described(one)}; correct it on their page if the file is right")]
    comes = one.again(**_said(leaving, one, as_at))
    if comes.values == one.values:
        return [], []
    before, told = told_apart(one, comes)
    return [Change(ACTIVITY, ENDED if leaving.on else INTENDS, before, told, ceases=(one,), comes=(comes,))], []


def _said(leaving: Leaving, one: Belief, as_at: date) -> dict[str, object]:
    """The fields of what was left that are otherwise. They were there until they left, as far as the list can know."""
    said: dict[str, object] = {}
    if leaving.intended:
        said["intended_next"] = leaving.intended
    if leaving.on is None:
        return said
    said |= {"predicted_end": leaving.on, "verified": max(one.day("verified"), min(leaving.on, as_at))}
    if leaving.reason:
        said["leaving_reason"] = leaving.reason
    if one.day("review") > leaving.on:
        said["review"] = None
    return said


def _left(leaving: Leaving, day: date, activities: Sequence[Belief], rules: Rules) -> Belief | None:
    """What they left: the last begun there; where no place is named, or none is held, what they were doing of what can be left.

    What began on the very day came after what they left.
    """
    begun = [one for one in activities if one.day("start") <= day]
    if there := [one for one in begun if _is_there(leaving, one)]:
        return there[-1]
    before = [one for one in begun if one.day("start") < day] or begun
    unplaced = before and not (any(map(before[-1].values.get, _NAMED)) and _names(leaving))
    return before[-1] if unplaced and before[-1].values["code"] in rules.can_be_left else None


def _names(leaving: Leaving) -> bool:
    return any(getattr(leaving, name) for name in _NAMED)


def _is_there(leaving: Leaving, one: Belief) -> bool:
    """Whether an activity is held at the place that they left, by the first thing that both say of where."""
    both = ((str(one.values.get(name) or ""), getattr(leaving, name)) for name in _NAMED)
    return next((ours.casefold() == theirs.casefold() for ours, theirs in both if ours and theirs), False)


def _nothing(leaving: Leaving, day: date, activities: Sequence[Belief]) -> Note:
    """Why nothing could be ended, and what to do instead."""
    if later := next((one for one in activities if one.day("start") > day and _is_there(leaving, one)), None):
        return _note(leaving, day, TOO_EARLY, f"we hold {described(later)}; find out which is so, and correct it on their page")
    begun = [one for one in activities if one.day("start") <= day]
    held = f"we hold {described(begun[-1])}" if begun else "we hold nothing that had begun by then"
    return _note(leaving, day, NOTHING, f"{held}; if they were there, record on their page what they did, and under it when and "
                                        "why they left")


def _note(leaving: Leaving, day: date, rule: str, remedy: str) -> Note:
    return Note("leaving", day.isoformat(), rule, remedy) if leaving.on else Note("intended_destination", leaving.intended, rule,
                                                                                  remedy)
