"""How an activity that a row reports differs from those we hold: confirmed, new, added to the history, or corrected.

The same code at the same or an unstated establishment with a start within the tolerance is the same activity, and only
confirms it; a confirmation moves forward and never back. A later start is a new activity, an earlier one adds to the
history. The same start with another code corrects what we hold only when the file vouches for it on a later day; nor does
a file cut short what was confirmed after the day on which it vouches. Where something else is held of that very day nobody
knows which is so: nothing is taken, and the row asks.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from throughline.analytics.intake.held import ACTIVITY, Belief, Change, Held, Note, in_words
from throughline.analytics.intake.rules import Rules
from throughline.analytics.intake.said import Doing
from throughline.analytics.participation.activity import Activity
from throughline.core.ages import YEAR_11, year_group

OLDER = "older than what we hold"
LATER = "a later activity is held"
OTHERWISE = "something else is held on that day"
IGNORANT = "what they do is held"
STAYS, NOWHERE = "at the place that is held", "at no place, since the list names none"
CONFIRMED, FILLED_IN, NO_LONGER = "confirmed", "filled in", "no longer held"
SAME = (CONFIRMED, FILLED_IN, NO_LONGER)  # how a change leaves somebody where they are
NAMED = ("establishment", "establishment_name", "ukprn")
_PLACE = (*NAMED, "educated_in")
REASON, INTENDED = "reason for leaving:", "meant to do next:"  # how the parts begin that say so, each before a code
_ON_LEAVING = {"leaving_reason": REASON, "intended_next": INTENDED}
_LEFT_OUT = {"establishment_name": "called", "establishment": "establishment number", "ukprn": "provider number",
             "educated_in": "in authority", "ascertained": "found out on", "neet_start": "NEET since"}
_DAY = timedelta(days=1)


def of_a_list(doing: Doing, held: Held, rules: Rules) -> tuple[list[Change], list[Note]]:
    """The same of a row of a list. One that names no place leaves them where they are held, where they go on with what is of one
    kind; the change says so, and says so where they would be at no place, though not of what they go on to from the list's place.
    A list that does not know what somebody does takes nothing from what is held, and asks; of whom nobody knew before, nobody has
    heard by it.
    """
    if not rules.says_something("activity", doing.code) and (one := _still_good(doing, held, rules)):
        if rules.says_something("activity", one.values["code"]):
            return [], [_asked(IGNORANT, one, doing, "which stays; if that is over, record on their page what they do since")]
        if doing.code in {one.values["code"], *rules.no_reason_given}:
            return [], []
    place = _place_on(doing, held)
    if any(getattr(doing, name) for name in NAMED) or not rules.of_one_kind(doing.code):
        return activity_changes(doing, held, rules)
    stays = bool(place) and rules.of_one_kind(*_codes_there(doing, held, rules), doing.code)
    changes, notes = activity_changes(replace(doing, **place) if stays else doing, held, rules)
    said = STAYS if stays else NOWHERE
    if doing.onward and not stays:
        return changes, notes
    return [change if change.how in SAME else replace(change, how=f"{change.how}, {said}") for change in changes], notes


def _place_on(doing: Doing, held: Held) -> dict[str, Any]:
    """Where somebody is held to be on the day from which a row speaks; empty where they are held to be nowhere, and where that
    was to end before.
    """
    day, begun = doing.start or doing.verified, _begun(doing, held)
    now = begun[-1].values if begun else {}
    if (now.get("predicted_end") or day) < day or not any(now.get(name) for name in NAMED):
        return {}
    return {name: now.get(name) or "" for name in _PLACE}


def _still_good(doing: Doing, held: Held, rules: Rules) -> Belief | None:
    """What somebody is held to be doing on the last day of which a row speaks: not what is over by then, has lapsed, or is of
    compulsory school age when they are past it.
    """
    day = last_of(doing)
    begun = [one for one in held.of(ACTIVITY) if one.day("start") <= day and _assured(one)]
    last = max(begun, key=lambda one: one.day("start"), default=None)
    if last is None or _over_by(last, day) or _has_lapsed(last, day, rules):
        return None
    past_it = held.details["born"] is not None and year_group(held.details["born"], day) > YEAR_11
    return None if past_it and last.values["code"] in rules.compulsory else last


def _has_lapsed(one: Belief, day: date, rules: Rules) -> bool:
    if rules.currency is None:
        return False
    days = {name: one.values.get(name) for name in ("ascertained", "verified", "review", "predicted_end")}
    return rules.currency.has_lapsed(Activity(one.values["code"], one.day("start"), **days), day)


def _begun(doing: Doing, held: Held) -> list[Belief]:
    """The activities begun by the day from which a row speaks, in order."""
    begun = [one for one in held.of(ACTIVITY) if one.day("start") <= (doing.start or doing.verified)]
    return sorted(begun, key=lambda one: one.day("start"))


def _codes_there(doing: Doing, held: Held, rules: Rules) -> list[str]:
    """The codes of what somebody last did at one place, since it can only have been named: after that it may have been kept.
    Otherwise one list after another would lead from kind to kind, and take somebody who left a school to be there.
    """
    codes: list[str] = []
    begun = _begun(doing, held)
    for before, one in zip([None, *begun], begun, strict=False):
        code = one.values["code"]
        kept = before is not None and _at_one_place(before, one) and rules.of_one_kind(*codes, code)
        codes = [*codes, code] if kept else [code]
    return codes


def _at_one_place(one: Belief, other: Belief) -> bool:
    both = ((one.values.get(name), other.values.get(name)) for name in NAMED)
    return next((ours == theirs for ours, theirs in both if ours and theirs), False)


def activity_changes(doing: Doing, held: Held, rules: Rules) -> tuple[list[Change], list[Note]]:
    """What a reported activity changes of those held: one change at most, and of each time that nobody knew what they did, which
    is known now, that it is no longer held; and what is left for somebody to look at.
    """
    every = sorted(held.of(ACTIVITY), key=lambda belief: belief.day("start"))
    start = doing.start or _start_of(doing, every)
    same = same_as(doing, start, every, rules)
    unknown = _not_known_since(doing, same.day("start") if same else start, every, rules)
    changes, notes = _compared(doing, start, same, [one for one in every if one not in unknown], rules)
    return [*changes, *_in_place_of(_known_now(unknown, same, changes, notes))], notes


def _known_now(unknown: Sequence[Belief], same: Belief | None, changes: Sequence[Change], notes: Sequence[Note]) -> list[Belief]:
    """Those of the times that nobody knew of which it is known now: all, or, where something else is asked about, up to the day
    up to which what comes is confirmed.
    """
    if not notes and (changes or same):
        return list(unknown)
    until = max((one.day("verified") for change in changes for one in change.comes), default=date.min)
    return [one for one in unknown if one.day("start") <= until]


def _compared(doing: Doing, start: date, same: Belief | None, activities: Sequence[Belief],
              rules: Rules) -> tuple[list[Change], list[Note]]:
    """What an activity reported from a day changes of others; same is the one of them that it is, if it is held."""
    if other := _begun_since(doing, same.day("start") if same else start, activities):
        return [], [_asked(OTHERWISE, other, doing)]
    if same:
        return _confirmed(same, doing, activities, rules)
    if at := next((one for one in activities if one.day("start") == start), None):
        return _corrected(at, doing, activities)
    before = _before(start, activities)
    if before and confirmed_on(before) > max(doing.verified, start):
        return [], [_older(before, doing)]
    if other := _confirmed_that_day(doing, start, activities, rules):
        return [], [_asked(OTHERWISE, other, doing)]
    later, until, notes = _until(doing, start, activities)
    comes = Belief(ACTIVITY, _values(doing, start, until, activities))
    how = "added to the history" if later else "new"
    return [Change(ACTIVITY, how, "", in_full(comes), comes=(comes,))], notes


def _not_known_since(doing: Doing, start: date, activities: Sequence[Belief], rules: Rules) -> list[Belief]:
    """Those of the activities begun since a reported one did that say no more than that nobody knew, up to the day on which the
    report vouches for it: none where it has ended by then, or is yet to start.
    """
    if doing.left or last_of(doing) > doing.verified or not rules.says_something("activity", doing.code):
        return []
    return [one for one in activities if start <= one.day("start") and confirmed_on(one) <= doing.verified
            and not rules.says_something("activity", one.values["code"])]


def _in_place_of(unknown: Sequence[Belief]) -> list[Change]:
    return [Change(ACTIVITY, NO_LONGER, described(one), "", ceases=(one,)) for one in unknown]


def _begun_since(doing: Doing, start: date, activities: Sequence[Belief]) -> Belief | None:
    """Something else that is held on the last day of which a report speaks, and began since what it says did; the same too, where
    it says that they had left by then.
    """
    return next((one for one in reversed(activities) if start < one.day("start") <= last_of(doing)
                 and (doing.left or not _alike(one, doing)) and _held_on(one, doing.verified)), None)


def _confirmed_that_day(doing: Doing, start: date, activities: Sequence[Belief], rules: Rules) -> Belief | None:
    """Something else that began before a reported activity, and that somebody confirmed on the very day on which the report
    vouches, unless that is the last of it. What ended by then is over, and that nobody knows what they do is nothing else.
    """
    one, day = _before(start, activities), max(doing.verified, start)
    if one is None or doing.left or confirmed_on(one) != day or _alike(one, doing):
        return None
    return one if not _over_by(one, day) and rules.says_something("activity", one.values["code"]) else None


def last_of(doing: Doing) -> date:
    """The last day of which a report speaks: whoever left on a day may have begun the next thing on it."""
    return doing.verified - _DAY if doing.left else max(doing.verified, doing.start or doing.verified)


def _held_on(one: Belief, day: date) -> bool:
    """Whether an activity that began by a day is held on it. What was only planned, and nobody confirmed, is not held on any."""
    return _assured(one) and not _over_by(one, day)


def _assured(one: Belief) -> bool:
    """Whether somebody said that they do it, of which a start that was only planned is nothing."""
    return bool(one.values.get("verified") or one.values.get("ascertained"))


def _over_by(one: Belief, day: date) -> bool:
    """Whether an activity was over by a day: it was to end by then, and nobody confirmed it after that end, unless they left."""
    end, left = one.day("predicted_end"), any(map(one.values.get, _ON_LEAVING))
    return date.min < end <= day and (left or confirmed_on(one) <= end)


def _before(start: date, activities: Sequence[Belief]) -> Belief | None:
    """The last activity that began before a day."""
    return next((one for one in reversed(activities) if one.day("start") < start), None)


def same_as(doing: Doing, start: date, activities: Sequence[Belief], rules: Rules) -> Belief | None:
    """The activity that a report speaks of, if it is held: alike, begun near enough, and not over before that."""
    same = [one for one in activities if _alike(one, doing) and abs(_days(one, start)) <= rules.same_start_days
            and not (doing.start and date.min < one.day("predicted_end") < doing.start)]
    return min(same, key=lambda one: abs(_days(one, start)), default=None)


def begun_alike(doing: Doing, by: date, activities: Sequence[Belief]) -> Belief | None:
    """The last activity begun by a day that a report which says no start may speak of."""
    return next((one for one in reversed(activities) if one.day("start") <= by and _alike(one, doing)), None)


def confirmed_on(activity: Belief) -> date:
    """The last day on which we were assured of an activity."""
    return max(activity.day(name) for name in ("start", "ascertained", "verified"))


_DAYS = {"verified": "confirmed", "predicted_end": "to end", "review": "to be reviewed"}
BEGINS = ("at", *_DAYS.values(), *_ON_LEAVING.values(), *_LEFT_OUT.values())  # of each part of an activity in words but the first


def described(activity: Belief) -> str:
    """An activity in words, but for what is said on leaving it."""
    held = activity.values
    place = held.get("establishment_name") or held.get("establishment") or held.get("ukprn")
    said = [f"{held['code']} from {in_words(held['start'])}", f"at {place}" if place else "",
            *(f"{words} {in_words(held[name])}" for name, words in _DAYS.items() if held.get(name))]
    return ", ".join(part for part in said if part)


def in_full(activity: Belief) -> str:
    """An activity in words, with why they left it and what they meant to do next."""
    said = [f"{words} {activity.values[name]}" for name, words in _ON_LEAVING.items() if activity.values.get(name)]
    return ", ".join([described(activity), *said])


def told_apart(before: Belief, after: Belief) -> tuple[str, str]:
    """An activity in words as it is and as it would be; what is otherwise and those words leave out is said beside them."""
    said = [in_full(before), in_full(after)]
    for name, words in _LEFT_OUT.items():
        values = [one.values.get(name) or "" for one in (before, after)]
        if values[0] != values[1]:
            said = [_beside(whole, words, value) for whole, value in zip(said, values, strict=True)]
    return said[0], said[1]


def _beside(said: str, words: str, value: date | str) -> str:
    """An activity in words with one thing more; the name or number of a place is not said twice, a day may be two things."""
    if isinstance(value, date):
        return f"{said}, {words} {in_words(value)}"
    return said if not value or value in said else f"{said}, {words} {value}"


def _start_of(doing: Doing, activities: Sequence[Belief]) -> date:
    """The start of an activity whose row gives none: that of the one they are in when it is alike, or the day of the list."""
    begun = [one for one in activities if one.day("start") <= doing.verified]
    return begun[-1].day("start") if begun and _alike(begun[-1], doing) else doing.verified


def _days(one: Belief, start: date) -> int:
    return (one.day("start") - start).days


def _alike(one: Belief, doing: Doing) -> bool:
    """Whether an activity has the reported code, at the same place or where either does not say."""
    if one.values["code"] != doing.code:
        return False
    numbers = [(one.values.get(name), getattr(doing, name)) for name in ("establishment", "ukprn")]
    return next((ours == theirs for ours, theirs in numbers if ours and theirs), True)


def _until(doing: Doing, start: date, activities: Sequence[Belief]) -> tuple[Belief | None, date, list[Note]]:
    """The activity that follows, up to which day a report holds beside it, and a note when the report goes on beyond."""
    later = next((one for one in activities if one.day("start") > start), None)
    if later is None or doing.verified < later.day("start"):
        return later, max(start, doing.verified), []
    beyond = doing.verified > confirmed_on(later) or not _held_on(later, doing.verified)
    notes = [_asked(LATER, later, doing)] if beyond and later.day("start") <= last_of(doing) else []
    return later, max(start, later.day("start") - _DAY), notes


def _confirmed(one: Belief, doing: Doing, activities: Sequence[Belief], rules: Rules) -> tuple[list[Change], list[Note]]:
    _, until, notes = _until(doing, one.day("start"), activities)
    begun = doing.verified >= max(one.day("start"), doing.start or date.min)  # nobody confirms what is yet to start
    forward = begun and until > one.day("verified")
    given: dict[str, Any] = {"verified": until} if forward else {}
    for name in ("review", "predicted_end"):
        day = getattr(doing, name)
        if day and day >= one.day("start") and (forward or one.values.get(name) is None):
            given[name] = day
    given |= {name: told for name in _ON_LEAVING if (told := getattr(doing, name))
              and (forward and rules.says_something(name, told) or not one.values.get(name))}
    if doing.ascertained and one.values.get("ascertained") is None and one.day("start") <= doing.ascertained <= until:
        given["ascertained"] = doing.ascertained
    if (told := _neet_start(doing, one.day("start"), activities)) and (forward or one.values.get("neet_start") is None):
        given["neet_start"] = told
    places = {name: getattr(doing, name) for name in _PLACE if getattr(doing, name) and not one.values.get(name)}
    if places.get("establishment"):
        places["educated_in"] = doing.educated_in  # what was said of no establishment, or of one by its name alone
    comes = one.again(**given, **places)
    if comes.values == one.values:
        return [], notes
    how, (before, after) = CONFIRMED if forward else FILLED_IN, told_apart(one, comes)
    return [Change(ACTIVITY, how, before, after, ceases=(one,), comes=(comes,))], notes


def _corrected(at: Belief, doing: Doing, activities: Sequence[Belief]) -> tuple[list[Change], list[Note]]:
    if doing.verified <= confirmed_on(at):
        return [], [_older(at, doing)]
    _, until, notes = _until(doing, at.day("start"), activities)
    comes = Belief(ACTIVITY, _values(doing, at.day("start"), until, [one for one in activities if one is not at]))
    before, after = told_apart(at, comes)
    return [Change(ACTIVITY, "corrected", before, after, ceases=(at,), comes=(comes,))], notes


def _older(one: Belief, doing: Doing) -> Note:
    return _asked(OLDER, one, doing, "correct it by hand if the file is right")


def _asked(rule: str, one: Belief, doing: Doing, to_do: str = "find out which is so, and record it") -> Note:
    """What is said of a reported activity that what is held says otherwise than, and what there is to do about it."""
    return Note("activity", doing.as_said, rule, f"we hold {described(one)}; {to_do}", code=doing.code)


def _neet_start(doing: Doing, start: date, activities: Sequence[Belief]) -> date | None:
    """The first day of the spell of being NEET, as a row says it; None where it says none that we could not tell.

    A day after the start is a mistake, and one that an activity of ours starts on, or has as its own, is told by that.
    """
    told = doing.neet_start
    if told is None or told >= start or any(told in (one.day("start"), one.day("neet_start")) for one in activities):
        return None
    return told


def _values(doing: Doing, start: date, until: date, activities: Sequence[Belief]) -> dict[str, object]:
    told = start <= doing.verified  # of what is yet to start nobody can say that they do it
    ascertained = min(max(doing.ascertained or until, start), until)
    ends = {name: day for name in ("review", "predicted_end") if (day := getattr(doing, name)) and day >= start}
    return {"code": doing.code, "start": start, "ascertained": ascertained if told else None, "verified": until if told else None,
            "review": ends.get("review"), "predicted_end": ends.get("predicted_end"),
            "neet_start": _neet_start(doing, start, activities),
            **{name: getattr(doing, name) for name in (*_PLACE, *_ON_LEAVING)}}
