"""Taking a learner into one's caseload, letting go of them, handing them over, and setting the day of the next contact."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.followup.actions import ROOM
from throughline.apps.followup.models import Following, SavedFilter
from throughline.apps.learners.actions.believing import subject_of
from throughline.apps.learners.models import Learner
from throughline.apps.learners.outside import outside
from throughline.apps.organisations.actions.amending import RefusedError


@transaction.atomic
def claim(*, by: User, learner: Learner) -> Following:
    """Take a learner into one's own caseload. Raises RefusedError when somebody else was faster."""
    following = following_of(learner)
    if following.officer_id == by.pk:
        return following
    if not _given(following, None, by):
        holder = Following.objects.select_related("officer").get(pk=following.pk).officer
        raise RefusedError(f"{holder.full_name if holder else 'Somebody else'} has them already. Ask for them to be handed over")
    _say(by, learner, {"caseload": ["nobody's", "own"]})
    return Following.objects.get(pk=following.pk)


@transaction.atomic
def release(*, by: User, learner: Learner) -> None:
    """Let go of a learner of one's own caseload, or of whoever is not of the cohort any more, in whose caseload they are. Raises
    RefusedError when they are not in it.
    """
    following = following_of(learner)
    holder = following.officer if outside(learner.pk, timezone.localdate()) and following.officer else by
    if not _given(following, holder, None):
        raise RefusedError("They are not in your caseload")
    _say(by, learner, {"caseload": ["own" if holder == by else "another's", "nobody's"]})


@transaction.atomic
def hand_over(*, by: User, learner: Learner, officer: User) -> None:
    """Put a learner into an officer's caseload, whoever has them now. Raises RefusedError for an officer of elsewhere."""
    following = following_of(learner)
    if officer.area != learner.area or not officer.is_active:
        raise RefusedError("Choose an officer of your own authority", "officer")
    if following.officer_id == officer.pk:
        raise RefusedError("They have them already", "officer")
    set_following(following, officer=officer)
    _say(by, learner, {"caseload": ["given", "another's"]})


@transaction.atomic
def set_next_contact(*, by: User, learner: Learner, on: date | None) -> None:
    """Set the day of the next contact, or none. Raises RefusedError for a day that is past."""
    refuse_a_past_day(on, "next_contact")
    following = following_of(learner)
    if following.next_contact != on:
        set_following(following, next_contact=on)
        _say(by, learner, {"next contact": [None, "given" if on else None]})


def refuse_a_past_day(on: date | None, field: str) -> None:
    """Raise RefusedError for a day that is past."""
    if on and on < timezone.localdate():
        raise RefusedError("Enter today or a later day", field)


def following_of(learner: Learner) -> Following:
    """The place of a learner in the caseloads, held until the transaction ends; made where there is none."""
    Following.objects.get_or_create(learner=learner)
    return Following.objects.select_for_update().get(learner=learner)


def set_following(following: Following, **words: Any) -> None:
    """Save who has a learner, or the next day; a change of officer says since when."""
    if "officer" in words:
        words["claimed_at"] = timezone.now() if words["officer"] else None
    for name, value in words.items():
        setattr(following, name, value)
    following.save(update_fields=list(words))


def _given(following: Following, held: User | None, taken: User | None) -> bool:
    """Whether it went from the one to the other: of two at once, by the database's word, only one does so."""
    at = timezone.now() if taken else None
    return bool(Following.objects.filter(pk=following.pk, officer=held).update(officer=taken, claimed_at=at))


def _say(by: User, learner: Learner, detail: dict[str, list[Any]]) -> None:
    record(by=by, verb="changed", room=ROOM, subject=subject_of(learner), detail=detail)


@transaction.atomic
def save_filter(*, by: User, name: str, worklist: str, query: dict[str, str]) -> SavedFilter:
    """Keep a narrowed list under a name for everybody of the authority. Raises RefusedError when the name is taken."""
    said = " ".join(name.split())
    if not said:
        raise RefusedError("Enter a name for it", "name")
    if SavedFilter.objects.filter(area=by.area, name=said).exists():
        raise RefusedError("Another filter has this name. Choose another name", "name")
    made = SavedFilter.objects.create(area=by.area, name=said, worklist=worklist, query=query, by=by)
    record(by=by, verb="created", room=ROOM, subject=("saved filter", str(made.pk), said))
    return made


@transaction.atomic
def drop_filter(*, by: User, kept: SavedFilter) -> None:
    """Take a saved filter away for everybody."""
    record(by=by, verb="removed", room=ROOM, subject=("saved filter", str(kept.pk), kept.name))
    kept.delete()
