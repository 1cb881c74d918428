"""What ends because a list says that somebody left, where the list does not say what they were doing: what is held at the place
they left or, where it names none, what they are held to be doing on that day. Why they left and what they meant to do next is
kept with it.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from throughline.analytics.intake.activities import (
    CONFIRMED,
    LATER,
    OLDER,
    OTHERWISE,
    begun_alike,
    confirmed_on,
    described,
    of_a_list,
    same_as,
    told_apart,
)
from throughline.analytics.intake.held import ACTIVITY, Belief, Change, Held, Note, in_words
from throughline.analytics.intake.rules import Rules
from throughline.analytics.intake.said import Doing, Leaving

ENDED, INTENDS = "ended", "filled in"
NOTHING, TOO_EARLY = "something held that they could have left", "leaving after starting"
LAST_DAY = "a later last day is held"
WHICH = "what they left, or what they do since"
REFUSED = (LATER, OLDER, OTHERWISE, TOO_EARLY, LAST_DAY)  # what is held says otherwise than the row
_NAMED = ("establishment", "ukprn", "establishment_name")


def leaving_changes(leaving: Leaving, held: Held, as_at: date, rules: Rules) -> tuple[list[Change], list[Note]]:
    """What a leaving changes of what is held: one change at most; otherwise what there is to do by hand.

    as_at is the day the list speaks of. It cuts nothing short that was confirmed on a later one.
    """
    if leaving.was:
        return _was_left(leaving.was, held, as_at, rules)
    activities = _in_order(held)
    one = _left(leaving, leaving.on or as_at, activities, rules)
    if one is None:
        return [], [_nothing(leaving, leaving.on or as_at, activities)]
    return _ended(leaving, one, activities, as_at, rules)


def left_changes(doing: Doing, held: Held, as_at: date, rules: Rules) -> tuple[list[Change], list[Note]]:
    """The same where a row says what somebody does, and that they left: that very activity ends. Where it is not held, it is
    added with its end if the row says when it began, or nothing is held; where they may have left something for it, the row asks.
    """
    activities, day = _in_order(held), doing.predicted_end or as_at
    if _may_be_since(doing, day, activities, rules):
        return [], [_which(doing, day, activities)]
    return _was_left(doing, held, as_at, rules)


def _was_left(doing: Doing, held: Held, as_at: date, rules: Rules) -> tuple[list[Change], list[Note]]:
    activities = _in_order(held)
    if one := _that_very(doing, doing.predicted_end or as_at, activities, rules):
        return _ended(_left_by(doing), one, activities, as_at, rules)
    if doing.start or not activities:
        return of_a_list(doing, held, rules)
    return leaving_changes(_left_by(doing), held, as_at, rules)


def _that_very(doing: Doing, day: date, activities: Sequence[Belief], rules: Rules) -> Belief | None:
    """What is held of the very activity that a row says; being NEET is left by nobody, but where the row says when it began."""
    if doing.start:
        return same_as(doing, doing.start, activities, rules)
    return None if doing.code in rules.open_ended else begun_alike(doing, day, activities)


def _may_be_since(doing: Doing, day: date, activities: Sequence[Belief], rules: Rules) -> bool:
    """Whether what a row says somebody does, beside the day on which they left, may be what they do since: it is another thing
    than what is held of then, and is not held since.
    """
    if doing.of_all or not rules.says_something("activity", doing.code) or _that_very(doing, day, activities, rules):
        return False
    if not activities:
        return doing.start is None and doing.code not in rules.can_be_left
    begun = [one for one in activities if one.day("start") <= day]
    left = _left(_left_by(doing), day, activities, rules)
    meant = [left] if left else begun[-1:]
    since = [one for one in activities if one.day("start") >= day]
    if doing.start:
        near = timedelta(days=rules.same_start_days)
        meant, since = [one for one in begun if abs(one.day("start") - doing.start) <= near], []
    codes = [one.values["code"] for one in (*meant, *since)]
    return bool(meant or not doing.start) and not any(
        code == doing.code or rules.of_one_kind(code, doing.code) for code in codes)


def _which(doing: Doing, day: date, activities: Sequence[Belief]) -> Note:
    """What is asked of a row of which nobody can tell whether they left what it says they do, or left something else for it."""
    begun = [one for one in activities if one.day("start") <= day]
    held = f"we hold {described(begun[-1])}" if begun else "we hold nothing that had begun by then"
    remedy = (f"the row says too that they left on {in_words(day)}; {held}; find out whether they left this or left for it, and "
              "record it on their page, since neither was taken")
    return Note("activity", doing.as_said, WHICH, remedy, code=doing.code)


def _in_order(held: Held) -> list[Belief]:
    return sorted(held.of(ACTIVITY), key=lambda one: one.day("start"))


def _left_by(doing: Doing) -> Leaving:
    """The leaving that a report of an activity tells of."""
    return Leaving(doing.predicted_end, doing.leaving_reason, doing.intended_next,
                   *(getattr(doing, name) for name in ("establishment", "establishment_name", "ukprn")))


def _ended(
    leaving: Leaving, one: Belief, activities: Sequence[Belief], as_at: date, rules: Rules,
) -> tuple[list[Change], list[Note]]:
    """What ends, and what is said on leaving it; a note where what is held says otherwise."""
    day = leaving.on or as_at
    if day < one.day("start"):
        return [], [_too_early(leaving, day, one)]
    after = next((each for each in activities if each.day("start") > one.day("start")), None)
    if after and after.day("start") < day:
        return [], [_note(leaving, day, LATER, f"we hold {described(after)}; find out which is so, and record on their page when "
                                               "and why they left")]
    if confirmed_on(one) > as_at:
        return [], [_note(leaving, day, OLDER, f"we hold {described(one)}; correct it on their page if the file is right")]
    if leaving.on and leaving.on < one.day("predicted_end") and _is_left(one):
        return [], [_note(leaving, day, LAST_DAY, f"we hold {described(one)}; correct it on their page if this day is right")]
    until = min(as_at, after.day("start") - timedelta(days=1)) if after else as_at
    comes = one.again(**_said(leaving, one, until, rules))
    if comes.values == one.values:
        return [], []
    before, told = told_apart(one, comes)
    goes_on = leaving.on is not None and leaving.on > as_at and leaving.on == one.day("predicted_end")
    how = INTENDS if leaving.on is None else CONFIRMED if goes_on else ENDED
    return [Change(ACTIVITY, how, before, told, ceases=(one,), comes=(comes,))], []


def _is_left(one: Belief) -> bool:
    """Whether the last day that is held is that of leaving, as somebody said it, and not the one that was planned: with a reason
    or an intention, or as the last on which they were there.
    """
    said = one.values.get("leaving_reason") or one.values.get("intended_next")
    return bool(said) or one.day("predicted_end") == one.day("verified")


def _said(leaving: Leaving, one: Belief, until: date, rules: Rules) -> dict[str, object]:
    """The fields of what was left that are otherwise. They were there until they left, or until a day."""
    said: dict[str, object] = {}
    for name, told in (("intended_next", leaving.intended), ("leaving_reason", leaving.reason)):
        if rules.says_something(name, told) or told and not one.values.get(name):
            said[name] = told
    if leaving.on is None:
        return said
    said["predicted_end"] = leaving.on
    if (there := min(leaving.on, until)) >= one.day("start"):
        said["verified"] = max(one.day("verified"), there)
    if one.day("review") > leaving.on:
        said["review"] = None
    return said


def _left(leaving: Leaving, day: date, activities: Sequence[Belief], rules: Rules) -> Belief | None:
    """What they left, of what can be left: the last begun there; where no place is named, or none is held, what they were doing.

    What began on the very day came after what they left, if anything is held that began before it.
    """
    begun = [one for one in activities if one.day("start") <= day]
    if there := [one for one in begun if _is_there(leaving, one) and one.values["code"] in rules.can_be_left]:
        return next((one for one in reversed(there) if one.day("start") < day), there[-1])
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
        return _too_early(leaving, day, later)
    begun = [one for one in activities if one.day("start") <= day]
    held = f"we hold {described(begun[-1])}" if begun else "we hold nothing that had begun by then"
    return _note(leaving, day, NOTHING, f"{held}; if they were there, record on their page what they did, and under it when and "
                                        "why they left")


def _too_early(leaving: Leaving, day: date, one: Belief) -> Note:
    return _note(leaving, day, TOO_EARLY, f"we hold {described(one)}; find out which is so, and correct it on their page")


def _note(leaving: Leaving, day: date, rule: str, remedy: str) -> Note:
    return Note("leaving", day.isoformat(), rule, remedy) if leaving.on else Note("intended_destination", leaving.intended, rule,
                                                                                  remedy)
