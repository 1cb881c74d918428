"""What a row of a list says of somebody, once its cells are understood, with what holds for everybody on the list."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from throughline.analytics.intake.held import Note, in_words
from throughline.analytics.intake.said import Doing, Leaving, Said
from throughline.analytics.learnerlists.entries import AS_WRITTEN, OF_SCHOOL_AGE, SAY_WHETHER, VERIFIED, Entry
from throughline.analytics.learnerlists.telling import is_no_birth
from throughline.analytics.learnerlists.vocabulary import plain
from throughline.analytics.participation.tables import EHC_PLAN, NO_SUPPORT, SEN_SUPPORT
from throughline.core.ages import YEAR_11, year_group

_NUMBERED = {"school_at_16": "establishment"}  # fields whose numbers are of a scheme of another name
_SCHEMES = ("upn", "uln", "young_persons_id")
# Columns that tell of support, each in its own words, with what each says no of.
_SUPPORT = {"ehc_plan": {EHC_PLAN}, "sen_support": {SEN_SUPPORT}, "sen_status": {EHC_PLAN, SEN_SUPPORT}}
_COLUMNS_OF_SUPPORT = {"ehc_plan": "EHC plan", "sen_support": "SEN support", "sen_status": "SEN status"}
_SAID_OF_SUPPORT = {EHC_PLAN: "a plan", SEN_SUPPORT: "support without a plan", NO_SUPPORT: "no"}
# The fields of where somebody lives, with what the register calls each.
HOME = {"address": "line_1", "address_2": "line_2", "town": "town", "postcode": "postcode"}
_WRITTEN = AS_WRITTEN.format("activity")
_SUPPORTED = frozenset({EHC_PLAN, SEN_SUPPORT})
_NUMBERS = ("establishment", "ukprn")
_PLACE = (*_NUMBERS, "establishment_name")  # the fields of a place, numbers before its name
_LONGEST = {"name": 100, "address": 100, "place": 200, "phone": 30, "email": 254, "activity": 200}


@dataclass(frozen=True, eq=False)
class Everybody:
    """What holds for a whole list: the day it speaks of, and fields that stand in for cells that are empty.

    sent says that those whose list it is sent it: their place is that of every row, and what cells say of another is left.
    """

    as_at: date
    constants: Mapping[str, str]
    ethnic_groups: Mapping[str, str]  # codes by code and by label, in plain words
    faults: Callable[[str, str], str | None]  # what is wrong with a number of a scheme
    at_a_place: Collection[str]  # codes of activities that happen at the place whose list it is
    sent: bool = False
    open_ended: Collection[str] = ()  # codes of what nobody plans the end of


def everybody_knows(codes: Mapping[str, str]) -> dict[str, str]:
    """Ethnic groups by what a list may call them; codes are labels by code."""
    return {plain(said): code for code, label in codes.items() for said in (code, label)}


def said_by(entry: Entry, everybody: Everybody) -> tuple[Said, list[Note]]:
    """What an entry says, and what of it cannot be used."""
    notes: list[Note] = []
    entry = _with_possible_birth(entry, everybody, notes)
    if _left_some_day(entry, everybody.as_at) and entry.text("activity") not in everybody.open_ended:
        # What they do may be over: nobody is confirmed by it, nor by an end to come.
        entry = replace(entry, values={name: value for name, value in entry.values.items() if name not in (
            "activity", "leaving")})
    if entry.not_understood(VERIFIED):  # what a row does not confirm is taken from it no more than from a cell not understood
        entry = replace(entry, values={name: value for name, value in entry.values.items() if name not in SAY_WHETHER})
    senders = _senders(entry, everybody, notes) if everybody.sent else {}
    values = _with_end_to_come({**_of_all(entry, everybody), **entry.values, **senders}, entry, everybody, notes)
    identifiers = {scheme: number for scheme in _SCHEMES if (number := _number(scheme, values, everybody, notes))}
    establishments = {field: number for field in ("establishment", "school_at_16")
                      if (number := _number(field, values, everybody, notes))}
    values["establishment"] = establishments.get("establishment", "")
    intended, means_next = str(values.get("intended_destination", "")), _means_next(entry, everybody.as_at)
    doing, leaving = _doing_or_leaving(values, intended if means_next else "", everybody, notes)
    if doing:
        unread_start = "" if doing.start else entry.not_understood("start")
        doing = replace(doing, unread_start=unread_start, of_all=doing.left and "activity" not in entry.values)
    if (start := _day(values, "start")) and entry.not_understood("activity") and doing is None:
        notes.append(Note("start", in_words(start), "the start of a known activity", "it was left out with the activity"))
    traits, ended = _traits(entry, everybody.as_at, notes)
    said = Said(
        either_way=entry.either_way, given=_text(values, "given_name", "name"), middle=_text(values, "middle_name", "name"),
        family=_text(values, "family_name", "name"), born=entry.day("date_of_birth"), gender=str(values.get("gender", "")),
        ethnic_group=_ethnic_group(values, everybody, notes), identifiers=identifiers, address=_address(values),
        intended_destination="" if means_next else intended, doing=doing, leaving=leaving,
        phone=_text(values, "phone", "phone"), email=_email(values, notes),
        traits=traits, ended=ended, level_of_need=str(values.get("level_of_need", "")),
        school_at_16=_school_at_16(values, establishments, entry.day("date_of_birth"), everybody.as_at, means_next),
    )
    return said, notes


def _with_possible_birth(entry: Entry, everybody: Everybody, notes: list[Note]) -> Entry:
    """An entry without a date of birth that cannot be right, of which there is a note then."""
    born = entry.day("date_of_birth")
    if born is None or not is_no_birth(born, everybody.as_at):
        return entry
    why = f"it is {'after' if born > everybody.as_at else 'more than 100 years before'} the day of the list"
    notes.append(Note("born", in_words(born), "a date of birth that can be right",
                      f"this date of birth cannot be right: {why}. Look up the right one"))
    return replace(entry, values={name: value for name, value in entry.values.items() if name != "date_of_birth"})


def _with_end_to_come(values: dict[str, Any], entry: Entry, everybody: Everybody, notes: list[Note]) -> dict[str, Any]:
    """Values in which a day of leaving that is still to come, for no reason that is said, is the expected end of what the row has
    somebody do: an “End date” on a list is mostly that. What cannot be planned to end asks, and neither is taken.
    """
    left, code = _day(values, "leaving"), str(values.get("activity", ""))
    if left is None or left <= everybody.as_at or values.get("leaving_reason") or values.get("next_activity"):
        return values
    without = {name: value for name, value in values.items() if name != "leaving"}
    if entry.not_understood("activity"):
        notes.append(Note("leaving", in_words(left), "the end of a known activity", "it was left out with the activity"))
        return without
    if code in everybody.open_ended:
        notes.append(Note("activity", _written(values) or code, "what can be planned to end",
                          f"the row says that it ends on {in_words(left)}: find out of what that is the end, and record it on "
                          "their page; until then what the row says of what they do is left out", code=code))
        return {name: value for name, value in without.items() if name != "activity"}
    return {**without, "predicted_end": left} if code else values


def _of_all(entry: Entry, everybody: Everybody) -> Mapping[str, str]:
    """What the whole list says; nothing of its place where the row has a number of another. A provider's number is of another
    only where the list has one of its own: of a school it is that of who runs it. What everybody is doing is not said of whoever
    may have left, by a cell that was not understood or by a reason without a day, nor of whom it is not confirmed.
    """
    rows, lists = ([values.get(name) for name in _NUMBERS] for values in (entry.values, everybody.constants))
    elsewhere = rows[0] != lists[0] if rows[0] else bool(rows[1] and lists[1]) and rows[1] != lists[1]
    unsure = _may_have_left(entry, everybody.as_at) or entry.not_understood(VERIFIED)
    not_taken = {*(_PLACE if elsewhere else ()), *({"activity"} if unsure else ())}
    return {name: text for name, text in everybody.constants.items() if name not in not_taken}


def _may_have_left(entry: Entry, as_at: date) -> bool:
    told = not _left_by(entry, as_at) and any(map(entry.not_understood, SAY_WHETHER))
    return told or _left_some_day(entry, as_at)


def _left_some_day(entry: Entry, as_at: date) -> bool:
    """Whether a row says that somebody left, or may, on a day that it does not say or that was not understood."""
    told = any(map(entry.not_understood, ("leaving", "leaving_reason"))) and not _left_by(entry, as_at)
    return told or (entry.day("leaving") is None and bool(entry.values.get("leaving_reason")))


def _left_by(entry: Entry, as_at: date) -> bool:
    """Whether a row says that somebody left on a day that has come; one that has not is mostly the end of what they do."""
    day = entry.day("leaving")
    return day is not None and day <= as_at


def _senders(entry: Entry, everybody: Everybody, notes: list[Note]) -> dict[str, str]:
    """The place of those who sent the list; a note where a row names a place and nothing of it is theirs."""
    theirs = {name: everybody.constants.get(name, "") for name in _PLACE}
    named = {name: text for name in _PLACE if (text := str(entry.values.get(name, "")).strip())}
    if named and not any(plain(text) == plain(theirs[name]) for name, text in named.items()):
        name, text = next(iter(named.items()))
        notes.append(Note(name, text, "the place of whoever sends the list",
                          "leave out who is not with you: the row was read as of the place that sent the list"))
    return theirs


def _traits(entry: Entry, as_at: date, notes: list[Note]) -> tuple[frozenset[str], frozenset[str]]:
    """The traits of which a row says yes, and those of which it says no and no more.

    A day from which something holds says yes, and begins it no earlier than the list: a day that is still to come says nothing.
    """
    yes, no = set[str](), set[str]()
    for trait, told in entry.traits.items():
        if isinstance(told, date) and told > as_at:
            notes.append(Note(trait, in_words(told), "a day that has come", "record it on their page once it holds"))
        else:
            (yes if told else no).add(trait)
    has, lacks = _support(entry, notes)
    return frozenset(yes | has), frozenset(no | lacks)


def _support(entry: Entry, notes: list[Note]) -> tuple[set[str], set[str]]:
    """The support that a row says somebody has, and that they have not. Whoever has a plan has no support beside it; where one
    cell says no of what another says, there is a note and neither.
    """
    told = {name: str(entry.values[name]) for name in _SUPPORT if name in entry.values}
    has = set(told.values()) & _SUPPORTED
    lacks = set[str]().union(*(_SUPPORT[name] for name, said in told.items() if said == NO_SUPPORT))
    if both := has & lacks:
        value = "; ".join(f"{_COLUMNS_OF_SUPPORT[name]}: {_SAID_OF_SUPPORT[said]}" for name, said in told.items())
        notes.append(Note(min(both), value, "cells that agree",
                          "the cells of this row contradict one another: find out which is right and record it on their page; "
                          "neither was taken"))
        return set(), set()
    return {EHC_PLAN} if EHC_PLAN in has else has, lacks


def _school_at_16(values: Mapping[str, Any], establishments: Mapping[str, str], born: date | None, as_at: date,
                  means_next: bool) -> str:
    """The school of year 11: the one the row says it was, or else the one that lists somebody while they are in that year.

    A list of what leavers intend speaks of the year that is ending, though it may come in September.
    """
    listed = establishments.get("establishment", "")
    if "school_at_16" in establishments or born is None:
        return establishments.get("school_at_16", "")
    leaves = "intended_destination" in values and not means_next and year_group(born, as_at) == YEAR_11 + 1
    return listed if leaves or year_group(born, as_at) == YEAR_11 else ""


def _text(values: Mapping[str, Any], field: str, kind: str) -> str:
    return str(values.get(field, "")).strip()[:_LONGEST[kind]]


def _number(scheme: str, values: Mapping[str, Any], everybody: Everybody, notes: list[Note]) -> str:
    number = "".join(str(values.get(scheme, "")).split())
    if number and (fault := everybody.faults(_NUMBERED.get(scheme, scheme), number)):
        notes.append(Note(scheme, number, "a number that can be one", f"{fault}; the rest of the row was read"))
        return ""
    return number


def _ethnic_group(values: Mapping[str, Any], everybody: Everybody, notes: list[Note]) -> str:
    printed = str(values.get("ethnic_group", ""))
    code = everybody.ethnic_groups.get(plain(printed), "")
    if printed and not code:
        notes.append(Note("ethnic_group", printed, "a known ethnic group", "give one of the codes, such as WBRI"))
    return code


def _address(values: Mapping[str, Any]) -> dict[str, str]:
    return {ours: text for theirs, ours in HOME.items() if (text := _text(values, theirs, "address"))}


def _email(values: Mapping[str, Any], notes: list[Note]) -> str:
    email = _text(values, "email", "email")
    if email and ("@" not in email or " " in email):
        notes.append(Note("email", email, "an email address", "write it as name@example.org"))
        return ""
    return email


def _means_next(entry: Entry, as_at: date) -> bool:
    """Whether what a row says is intended is to come after what somebody does past year 11; for those of year 11, and for whoever
    has just been, it is what the return asks for.
    """
    born, left = entry.day("date_of_birth"), entry.day("leaving")
    if left:
        return born is None or year_group(born, left) > YEAR_11
    return born is not None and year_group(born, as_at) > YEAR_11 + 1


def _doing_or_leaving(
    values: Mapping[str, Any], intended: str, everybody: Everybody, notes: list[Note],
) -> tuple[Doing | None, Leaving | None]:
    """The activity that a row reports and, where it does not say what they left, that they left.

    What the row says they do next is that activity, from the day after they left. Whoever leaves school in year 11 leaves nothing
    early: what they do next is from no day that is said.
    """
    left, reason, after = _day(values, "leaving"), str(values.get("leaving_reason", "")), str(values.get("next_activity", ""))
    start = _day(values, "start")
    if start and left and left < start:
        notes.append(Note("leaving", left.isoformat(), "leaving after starting",
                          "look at the two dates; until then what the row says of what they do is left out"))
        return None, None
    if reason and not left:
        notes.append(Note("leaving", "", "a leaving date",
                          "give their last day there; until then the reason is left out, and what they do"))
        reason = ""
    born = _day(values, "date_of_birth")
    past = left if left and (born is None or year_group(born, left) > YEAR_11) else None
    told = Leaving(past, reason if past else "", intended, **_place(values)) if past or intended else None
    was = _doing(values, left, reason, intended, everybody, notes) if values.get("activity") else None
    if after and past and told:
        since = past + timedelta(days=1)
        return Doing(after, everybody.as_at, since, written=_written(values, "next_activity")), replace(told, was=was)
    if after:
        there = {} if left else values  # the day of starting and the place are of what they left
        given = {**there, "activity": after, OF_SCHOOL_AGE: "", _WRITTEN: _written(values, "next_activity")}
        return replace(_doing(given, None, "", "" if left else intended, everybody, notes), onward=bool(left)), None
    return (was, None) if was else (None, told)


def _place(values: Mapping[str, Any]) -> dict[str, Any]:
    numbers = {name: str(values.get(name, "")) for name in _NUMBERS}
    return {**numbers, "establishment_name": _text(values, "establishment_name", "place")}


def _where(values: Mapping[str, Any], code: str, everybody: Everybody) -> dict[str, Any]:
    """Where an activity is: of one that is at no place, not that of the list."""
    place = _place(values)
    if code in everybody.at_a_place:
        return place
    return {name: "" if said == everybody.constants.get(name) else said for name, said in place.items()}


def _doing(
    values: Mapping[str, Any], left: date | None, reason: str, intended: str, everybody: Everybody, notes: list[Note],
) -> Doing:
    """The activity that a row reports. The list vouches for it on its own day, unless the row says that they left, or when."""
    start = _day(values, "start")
    if start and start > everybody.as_at:
        notes.append(Note("start", in_words(start), "a start by the day of the list",
                          f"the list speaks of {in_words(everybody.as_at)}: check this day, or say of which day the list speaks; "
                          "where the start is planned, leave it"))
    vouched = min(left or _day(values, "verified") or everybody.as_at, everybody.as_at)
    there, expected = max(vouched, start or vouched), _day(values, "predicted_end")
    if expected and not left and expected < there:
        remedy = f"find out when it does end: the list has them still there on {there:%-d %B %Y}; the day was left out"
        notes.append(Note("predicted_end", expected.isoformat(), "an end that is not past", remedy))
        expected = None
    doing = Doing(str(values["activity"]), min(there, everybody.as_at), start, predicted_end=left or expected,
                  review=None if left else _day(values, "review"),
                  leaving_reason=reason, intended_next=intended, left=bool(left),
                  of_school_age=str(values.get(OF_SCHOOL_AGE, "")), written=_written(values), **_place(values)).at_age(
                      _day(values, "date_of_birth"), everybody.as_at)
    return replace(doing, **_where(values, doing.code, everybody))


def _written(values: Mapping[str, Any], field: str = "activity") -> str:
    """The row's own words for an activity; empty where it has its code."""
    return _text(values, AS_WRITTEN.format(field), "activity")


def _day(values: Mapping[str, Any], field: str) -> date | None:
    found = values.get(field)
    return found if isinstance(found, date) else None
