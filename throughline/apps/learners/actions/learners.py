"""Adding a learner, and amending what we know of birth, gender, ethnic group and school at 16; restricting a record."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.learners.actions.believing import KIND, ROOM, believe, subject_of
from throughline.apps.learners.actions.identity import refuse_names, right_address
from throughline.apps.learners.codes import codeset, establishment_fault
from throughline.apps.learners.models import Address, Learner, Membership, Name, Particulars, Source
from throughline.apps.learners.numbers import next_number
from throughline.apps.learners.sight import opened_by
from throughline.apps.organisations.actions.amending import Changes, RefusedError, amend, told
from throughline.core.ages import academic_age, birthday

YOUNGEST, OLDEST = 9, 26  # academic ages beyond which a date of birth is surely mistyped
_TRIES = 5


@transaction.atomic
def add_learner(
    *, by: User | None, area: str, born: date, given: str, family: str, middle: str = "", gender: str = "U",
    ethnic_group: str = "NOBT", school_at_16: str = "", since: date | None = None, source: Source | None = None,
    **address: Any,
) -> Learner:
    """Add somebody to an authority's cohort from a day (today), with a number of their own.

    address takes the fields of an Address. Raises RefusedError, naming the field, for what cannot be right.
    """
    starts = since or timezone.localdate()
    refuse_names(given=given, middle=middle, family=family)
    address = right_address(address)
    _refuse_an_unlikely_birth(born)
    _refuse_unknown_codes(gender=gender, ethnic_group=ethnic_group)
    _refuse_a_wrong_school(school_at_16)
    known = {"born": born, "gender": gender, "ethnic_group": ethnic_group, "school_at_16": school_at_16}
    learner = _numbered(Learner(area=area, **known))
    came = [
        Particulars(learner=learner, source=source, **known),
        Name(learner=learner, given=given, middle=middle, family=family, starts=starts, source=source),
        Membership(learner=learner, area=area, starts=starts, source=source),
    ]
    if any(address.values()):
        came.append(Address(learner=learner, starts=starts, source=source, **address))
    believe(by=by, learner=learner, came=came, verb="created")
    return learner


@transaction.atomic
def amend_details(*, by: User | None, learner: Learner, source: Source | None = None, **words: Any) -> Changes:
    """Put right date of birth, gender, ethnic group, school at 16 or intended destination; what was believed stays known.

    Raises RefusedError for what cannot be right, and when somebody else amends them at the same moment.
    """
    if "born" in words:
        _refuse_an_unlikely_birth(words["born"])
    _refuse_unknown_codes(**{name: words[name] for name in ("gender", "ethnic_group", "intended_destination") if name in words})
    _refuse_a_wrong_school(words.get("school_at_16", ""))
    held = learner.particulars.known().first()
    if held is None:
        raise RefusedError("Nothing is held of them any more: the file that brought them was undone. Add them anew")
    moved = words.get("school_at_16", held.school_at_16) != held.school_at_16
    if moved and words.get("area_at_16", held.area_at_16) == held.area_at_16:
        words = {**words, "area_at_16": ""}  # it was said of the school before
    differing = {name: value for name, value in words.items() if getattr(held, name) != value}
    if not differing:
        return {}
    made = held.again(source=source, **differing)
    changes = {name: [told(held, name), told(made, name)] for name in differing}
    believe(by=by, learner=learner, came=[made], ceased=[held], fields=changes)
    learner.refresh_from_db(fields=list(differing))
    return changes


@transaction.atomic
def set_restriction(*, by: User | None, learner: Learner, restricted: bool, protected_address: bool, reason: str) -> Changes:
    """Restrict a record or an address, or lift that; the reason stands in the audit.

    Raises RefusedError without a reason, and to lift anything for somebody who has not opened it: what is lifted is shown.
    """
    if not reason.strip():
        raise RefusedError("Say why, for those who check later", "reason")
    lifts = (learner.restricted and not restricted) or (learner.protected_address and not protected_address)
    if lifts and by is not None and learner.pk not in opened_by(by):
        raise RefusedError("Open what is restricted first, and say why: lifting this shows it to others too")
    words = {"restricted": restricted, "protected_address": protected_address}
    changes = amend(by=by, room=ROOM, kind=KIND, kept=learner, words=words)
    if changes:
        record(by=by, verb="changed", room=ROOM, subject=subject_of(learner), detail={"reason for restriction": reason.strip()})
    return changes


def _numbered(learner: Learner) -> Learner:
    """Save a learner under the next number of their authority; whoever adds another at the same moment takes the one after."""
    for _ in range(_TRIES):
        learner.number = next_number(learner.area)
        try:
            with transaction.atomic():
                learner.save(force_insert=True)
        except IntegrityError:
            continue
        return learner
    raise RefusedError("Several people are adding learners at this moment. Try again")


def _refuse_an_unlikely_birth(born: date) -> None:
    today = timezone.localdate()
    if not YOUNGEST <= academic_age(born, today) <= OLDEST:
        earliest, latest = birthday(today, -OLDEST - 1).year, birthday(today, -YOUNGEST).year
        raise RefusedError(f"Enter a date of birth from {earliest} to {latest}: the register is of those of 14 to 25", "born")


def _refuse_unknown_codes(**codes: str) -> None:
    for name, code in codes.items():
        if code and code not in codeset(name).by_code:
            raise RefusedError(f"{code} is not in the list. Choose one that is", name)


def _refuse_a_wrong_school(school: str) -> None:
    if school and (fault := establishment_fault(school)):
        raise RefusedError(fault, "school_at_16")
