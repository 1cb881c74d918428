"""What a row would change of somebody we hold, and what it leaves for a person to look at.

Blank cells change nothing, ever. What a file says of an earlier day than what we hold began is left as older. Only the
authority's own return ends anything, and only what an earlier return began.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from throughline.analytics.intake.activities import OLDER, OTHERWISE, SAME, activity_changes, last_of, of_a_list
from throughline.analytics.intake.addresses import address_changes
from throughline.analytics.intake.at_16 import AREA, SCHOOL, another_held, at_16_changes
from throughline.analytics.intake.held import (
    ACTIVITY,
    CONTACT,
    GUARANTEE,
    IDENTIFIER,
    LEVEL,
    NAME,
    TRAIT,
    UNKNOWN,
    Belief,
    Change,
    Held,
    Note,
    in_words,
)
from throughline.analytics.intake.leaving import REFUSED, leaving_changes, left_changes
from throughline.analytics.intake.memberships import membership_changes
from throughline.analytics.intake.rules import Rules
from throughline.analytics.intake.said import Doing, Leaving, Said
from throughline.analytics.linkage.exact import spelt
from throughline.analytics.participation.begun import too_early
from throughline.core.ages import YEAR_11, year_group

Found = Iterator[Change | Note]
LEFT_OUT_TOO = "what they do next was left out too"
_DAY = timedelta(days=1)
SAYS_NO = "the list says no, and yes is held"
_SEVERAL = ("previous_young_persons_id", "previous_upn", "other")  # schemes of which somebody may have several
_REPLACED = ("intended_destination",)  # kept once, and replaced by the authority's own return


def differences(said: Said, held: Held, as_at: date, rules: Rules) -> tuple[list[Change], list[Note]]:
    """What a row changes, in the order in which it is shown, and what it leaves. as_at is the day the file speaks of."""
    steps: tuple[Callable[[Said, Held, date, Rules], Found], ...] = (
        _details, _at_16, _names, _identifiers, _address, _membership, _activity, _traits, _level, _guarantees, _contacts,
    )
    said, early = _old_enough(_by_age(said, held, as_at), held, rules)
    found = [each for step in steps for each in step(said, held, as_at, rules)]
    return [each for each in found if isinstance(each, Change)], early + [each for each in found if isinstance(each, Note)]


def replaced(kind: str, was: list[Belief], values: Mapping[str, Any], as_at: date, before: str, after: str) -> Change | Note:
    """The change that lets a belief begin on a day, and those that go on end the day before; a note where the file is older."""
    if late := next((one for one in was if one.day("starts") >= as_at), None):
        since = in_words(late.day("starts"))
        return Note(kind, after, OLDER, f"what we hold is of {since}, no earlier than this file; change it by hand if need be")
    comes = tuple(one.again(ends=as_at - _DAY) for one in was)
    new = Belief(kind, {**values, "starts": as_at, "ends": None})
    return Change(kind, "replaced" if was else "new", before, after, ceases=tuple(was), comes=(*comes, new))


def _details(said: Said, held: Held, as_at: date, rules: Rules) -> Found:
    for name, unknown in UNKNOWN.items():
        if name in (SCHOOL, AREA):
            continue
        value, ours = getattr(said, name), held.details[name]
        if not value or value in (ours, unknown):
            continue
        if ours == unknown or (said.whole and name in _REPLACED):
            yield Change(name, "new" if ours == unknown else "replaced", _shown(ours), _shown(value), value=value)
        else:
            yield another_held(name, _shown(ours), _shown(value))


def _at_16(said: Said, held: Held, as_at: date, rules: Rules) -> Found:
    yield from at_16_changes(said, held, as_at)


def _shown(value: Any) -> str:
    return in_words(value) if isinstance(value, date) else str(value or "")


def taking_name(said: Said, held: Held, as_at: date) -> Change | Note | None:
    """What it changes to take the legal name as a row has it, whatever is held: a note where what is held is of no earlier day,
    None where it is held so already. A part that the row leaves out stays.
    """
    now = [name for name in held.going_on(NAME) if name.values["kind"] == "legal"]
    was = now[0].values if now else {}
    values = {name: getattr(said, name) or was.get(name, "") for name in ("given", "middle", "family")}
    if not values["given"] or not values["family"] or all(was.get(name, "") == value for name, value in values.items()):
        return None
    return replaced(NAME, now, {"kind": "legal", **values}, as_at, in_full(was), in_full(values))


def in_full(name: Mapping[str, Any]) -> str:
    """A name with every part of it."""
    return " ".join(filter(None, (name.get("given"), name.get("middle"), name.get("family"))))


def _names(said: Said, held: Held, as_at: date, rules: Rules) -> Found:
    if said.takes_name and (taken := taking_name(said, held, as_at)):
        yield taken
    elif not said.keeps_name and not said.takes_name:
        yield from _renamed(said, held, as_at)


def _renamed(said: Said, held: Held, as_at: date) -> Found:
    """The name that a row which was found by itself reports. One whose order is not certain renames nobody."""
    legal = [name for name in held.of(NAME) if name.values["kind"] == "legal"]
    now = [name for name in legal if name.values.get("ends") is None]
    given, family = said.given, said.family
    ways = [(spelt(name.values["given"]), spelt(name.values["family"])) for name in legal]
    if family and (spelt(family), spelt(given)) in ways and spelt(given) != spelt(family):
        if not said.either_way:
            yield Note(NAME, f"{given} {family}", "first name before surname", "the file has them the other way round; ours stay")
        return
    if legal and said.either_way and spelt(given) not in [way[0] for way in ways]:
        return
    if now and not said.whole:
        given = now[0].values["given"]  # a list may have what somebody is called by
    if not family or not given:
        return
    if (spelt(given), spelt(family)) in ways or (not said.whole and spelt(family) in [way[1] for way in ways]):
        return
    middle = said.middle or (now[0].values["middle"] if now else "")
    values = {"kind": "legal", "given": given, "middle": middle, "family": family}
    before = " ".join((now[0].values["given"], now[0].values["family"])) if now else ""
    yield replaced(NAME, now, values, as_at, before, f"{given} {family}")


def _identifiers(said: Said, held: Held, as_at: date, rules: Rules) -> Found:
    for scheme, value in said.identifiers.items():
        ours = [one for one in held.of(IDENTIFIER) if one.values["scheme"] == scheme]
        if not value or value == held.returned_by.get(scheme) or value in [one.values["value"] for one in ours]:
            continue
        current = [one for one in ours if one.values.get("ends") is None]
        if current and scheme not in _SEVERAL and said.identifiers.get(f"previous_{scheme}") == current[0].values["value"]:
            yield replaced(IDENTIFIER, current, {"scheme": scheme, "value": value}, as_at, current[0].values["value"], value)
            continue
        if current and scheme not in _SEVERAL:
            yield Note(scheme, value, "another number is held",
                       f"we hold {current[0].values['value']}; find out which is theirs, and change it by hand")
            continue
        comes = Belief(IDENTIFIER, {"scheme": scheme, "value": value, "starts": as_at, "ends": None})
        yield Change(IDENTIFIER, "new", "", f"{scheme.replace('_', ' ')} {value}", comes=(comes,))


def _address(said: Said, held: Held, as_at: date, rules: Rules) -> Found:
    yield from address_changes(said, held, as_at, replaced)


def _membership(said: Said, held: Held, as_at: date, rules: Rules) -> Found:
    with_traits = held.after(each for each in _traits(said, held, as_at, rules) if isinstance(each, Change))
    yield from membership_changes(said, with_traits, as_at, rules)


def _activity(said: Said, held: Held, as_at: date, rules: Rules) -> Found:
    for each in _of_activities(said, held, as_at, rules):
        yield each
        if isinstance(each, Change) and said.doing and said.doing.unread_start and not each.how.startswith(SAME):
            yield _start_taken(said.doing.unread_start, each.comes[-1].day("start"), as_at)


def _start_taken(written: str, taken: date, as_at: date) -> Note:
    """Which day was taken for a start that nobody can read."""
    which = "the day of the list" if taken == as_at else "the day on which it was last confirmed"
    return Note("start", written, "a day of the calendar",
                f"we took {in_words(taken)}, {which}, instead; put it right on their page once you know when they started")


def _of_activities(said: Said, held: Held, as_at: date, rules: Rules) -> Found:
    if said.leaving:
        yield from _left(said.leaving, said.doing, held, as_at, rules)
    elif said.doing and said.doing.left:
        yield from _asked_of(said.doing, *left_changes(said.doing, held, as_at, rules))
    elif said.doing:
        yield from _asked_of(said.doing, *(activity_changes if said.whole else of_a_list)(said.doing, held, rules))


def _asked_of(doing: Doing, changes: list[Change], notes: list[Note]) -> Found:
    """What comes of an activity; where something else is held on a day, the question says which day that is."""
    yield from changes
    for note in notes:
        yield replace(note, remedy=f"on {in_words(last_of(doing))} {note.remedy}") if note.rule == OTHERWISE else note


def _left(leaving: Leaving, then: Doing | None, held: Held, as_at: date, rules: Rules) -> Found:
    """What somebody left, and what they do next: that is left out where what is held says otherwise than that they left, and, if
    it says only that nobody knows, where anything else is held from then on.
    """
    changes, notes = leaving_changes(leaving, held, as_at, rules)
    if leaving.was:
        notes = [each for each in _asked_of(leaving.was, [], notes) if isinstance(each, Note)]
    goes_on = then and not any(note.rule in REFUSED for note in notes) and (
        rules.says_something("activity", then.code) or _nothing_follows(leaving, held.after(changes), bool(notes)))
    yield from changes
    yield from notes if goes_on or not then else (
        replace(note, remedy=f"{note.remedy}; {LEFT_OUT_TOO}") for note in notes)
    if then and goes_on:
        yield from _asked_of(then, *activity_changes(then, held.after(changes), rules))


def _nothing_follows(leaving: Leaving, held: Held, nothing_left: bool) -> bool:
    """Whether nothing else is held of what somebody does after a last day; nothing_left says that nothing held was left on it."""
    begun = [one.day("start") for one in held.of(ACTIVITY)]
    return not begun if nothing_left or leaving.on is None else max(begun, default=leaving.on) <= leaving.on


def _by_age(said: Said, held: Held, as_at: date) -> Said:
    """What words mean of somebody of their age, and what a row without a date of birth says of somebody who left in year 11: they
    leave nothing early, what they intend is what the return asks for, and what they do next is from no day that is said.
    """
    born, leaving = held.details["born"], said.leaving
    said = replace(said, doing=said.doing.at_age(born, as_at)) if said.doing else said
    if said.born or leaving is None or born is None or year_group(born, leaving.on or as_at) > YEAR_11:
        return said
    doing = said.doing and replace(said.doing, start=None, verified=min(said.doing.verified, as_at))
    return replace(said, intended_destination=said.intended_destination or leaving.intended, leaving=None, doing=doing)


def _old_enough(said: Said, held: Held, rules: Rules) -> tuple[Said, list[Note]]:
    """What a row of a list says, without a start on which they were not old enough, and that it said one: it may be the day they
    came to the school. A return is answered by its numbered rules.
    """
    born, leaving = held.details["born"] or said.born, said.leaving
    if born is None or said.whole:
        return said, []
    doing, notes = _begun_old_enough(said.doing, born, rules)
    was, of_what_they_left = _begun_old_enough(leaving.was if leaving else None, born, rules)
    return replace(said, doing=doing, leaving=replace(leaving, was=was) if leaving else None), [*notes, *of_what_they_left][:1]


def _begun_old_enough(doing: Doing | None, born: date, rules: Rules) -> tuple[Doing | None, list[Note]]:
    """What they do, without a start on which they were too young for it; and what is said of that."""
    if doing is None or doing.start is None:
        return doing, []
    why = too_early(born, doing.start, at_school=doing.code in rules.compulsory)
    if not why:
        return doing, []
    turned = why.partition(".")[0]
    return replace(doing, start=None), [
        Note("start", in_words(doing.start), "a start when they were old enough",
             f"{turned[:1].lower()}{turned[1:]}, so this may be the day they came to the school, and was not taken; where we did "
             "not hold it yet, it begins on the day it was last confirmed: put it right on their page once you know the start")]


def _traits(said: Said, held: Held, as_at: date, rules: Rules) -> Found:
    ours = {one.values["trait"]: one for one in held.going_on(TRAIT)}
    # What is held of that day or of later ones is newer than the file.
    known = {one.values["trait"] for one in held.of(TRAIT) if (one.values.get("ends") or as_at) >= as_at}
    for trait in sorted(said.traits - known):
        comes = Belief(TRAIT, {"trait": trait, "starts": as_at, "ends": None})
        yield Change(TRAIT, "new", "", trait, comes=(comes,))
    for trait, one in sorted(ours.items()):
        if trait not in said.ended - said.traits or one.day("starts") >= as_at:
            continue
        if not said.whole:
            since = in_words(one.day("starts"))
            yield Note(TRAIT, trait, SAYS_NO, f"we hold it since {since}: find out which is right, and end it on their page if "
                                              "it holds no more; a list ends nothing")
        elif one.from_return:
            comes = one.again(ends=as_at - _DAY)
            yield Change(TRAIT, "ended", trait, f"{trait} until {in_words(as_at - _DAY)}", ceases=(one,), comes=(comes,))


def _level(said: Said, held: Held, as_at: date, rules: Rules) -> Found:
    ours = held.going_on(LEVEL)
    before = ours[0].values["level"] if ours else ""
    if said.level_of_need and said.level_of_need != before:
        yield replaced(LEVEL, ours, {"level": said.level_of_need}, as_at, before, said.level_of_need)


def _guarantees(said: Said, held: Held, as_at: date, rules: Rules) -> Found:
    for block, (code, area) in sorted(said.guarantees.items()):
        ours = [one for one in held.going_on(GUARANTEE) if one.values["block"] == block]
        before = ours[0].values["code"] if ours else ""
        if code and code != before and not (ours and code in rules.nothing_recorded):
            values = {"block": block, "code": code, "area": area}
            yield replaced(GUARANTEE, ours, values, as_at, before, code)


def _contacts(said: Said, held: Held, as_at: date, rules: Rules) -> Found:
    phones = {_figures(one.values["phone"]) for one in held.of(CONTACT)}
    emails = {one.values["email"].casefold() for one in held.of(CONTACT)}
    phone = said.phone if _figures(said.phone) not in phones else ""
    email = said.email if said.email.casefold() not in emails else ""
    if phone or email:
        values = {"phone": phone, "email": email, "starts": as_at, "ends": None}
        yield Change(CONTACT, "new", "", " ".join(filter(None, (phone, email))), comes=(Belief(CONTACT, values),))


def _figures(phone: str) -> str:
    """A telephone number as it is compared: its figures, without the country's code or the nought instead of it."""
    figures = "".join(sign for sign in phone if sign.isdigit())
    return figures.removeprefix("0044").removeprefix("44").removeprefix("0")
