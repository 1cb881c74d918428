"""What holds of a learner for a time: characteristics, plans and support, level of need, guarantee, whom to speak to."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.models import User
from throughline.apps.learners.actions.believing import believe
from throughline.apps.learners.codes import codeset, own_traits
from throughline.apps.learners.models import Contact, GuaranteeStatus, Learner, LevelOfNeed, Source, Span, Trait
from throughline.apps.organisations.actions.amending import RefusedError, SavedAlreadyError


@transaction.atomic
def add_trait(
    *, by: User | None, learner: Learner, trait: str, starts: date | None = None, ends: date | None = None,
    source: Source | None = None,
) -> Trait:
    """Say that something holds of a learner from a day (today). Raises RefusedError for an unknown trait or one that holds."""
    since = starts or timezone.localdate()
    if trait not in own_traits().usable(since) | codeset("characteristic").usable(since):
        raise RefusedError("Choose one of the list", "trait")
    if ends and ends < since:
        raise RefusedError("Enter a last day that is not before the first", "ends")
    if any(held.starts <= (ends or held.starts) and (held.ends or since) >= since
           for held in learner.traits.known().filter(trait=trait)):
        raise RefusedError("This is recorded for that time already. End it first to record it again", "trait")
    made = Trait(learner=learner, trait=trait, starts=since, ends=ends, source=source)
    believe(by=by, learner=learner, came=[made])
    return made


@transaction.atomic
def close_trait(*, by: User | None, trait: Trait, ends: date | None = None, source: Source | None = None) -> Trait:
    """Say which day was the last on which something held of a learner (today). Raises RefusedError for a day before its first."""
    return _end(by, trait, ends, source)


@transaction.atomic
def set_level_of_need(
    *, by: User | None, learner: Learner, level: str, since: date | None = None, source: Source | None = None,
) -> LevelOfNeed:
    """Say how much support a learner needs from a day (today). Raises RefusedError for a level that is none."""
    if level not in codeset("level_of_need").by_code:
        raise RefusedError("Choose a level of need", "level")
    made = LevelOfNeed(learner=learner, level=level, starts=since or timezone.localdate(), source=source)
    return _instead(by, made, learner.levels_of_need.known().filter(ends=None))


@transaction.atomic
def set_guarantee(
    *, by: User | None, learner: Learner, block: str, code: str, area: str = "", since: date | None = None,
    source: Source | None = None,
) -> GuaranteeStatus:
    """Say what a learner was offered under the September Guarantee. Raises RefusedError for a code not of the year group."""
    starts = since or timezone.localdate()
    if code not in codeset("guarantee_status").where(starts, block, "yes"):
        raise RefusedError(f"Choose a status that is used for {GuaranteeStatus.Block(block).label}", "code")
    made = GuaranteeStatus(learner=learner, block=block, code=code, area=area or learner.area, source=source, starts=starts)
    return _instead(by, made, learner.guarantees.known().filter(block=block, ends=None))


@transaction.atomic
def add_contact(*, by: User | None, learner: Learner, source: Source | None = None, **words: Any) -> Contact:
    """Add somebody to speak to. Raises RefusedError when there is no way of doing so; SavedAlreadyError for the very same."""
    if not words.get("phone") and not words.get("email"):
        raise RefusedError("Enter a telephone number or an email address", "phone")
    starts = words.pop("starts", None) or timezone.localdate()
    Learner.objects.select_for_update().get(pk=learner.pk)  # of two that are sent at once the second waits
    if same := learner.contacts.known().filter(ends=None, **words).first():
        raise SavedAlreadyError("They are recorded already, in the same words, so they stand once", same)
    made = Contact(learner=learner, source=source, starts=starts, **words)
    believe(by=by, learner=learner, came=[made])
    return made


@transaction.atomic
def change_contact(*, by: User | None, contact: Contact, **words: Any) -> Contact:
    """Say otherwise how to reach somebody, or what they may be told; what was kept before stays known. Raises RefusedError."""
    if not words.get("phone", contact.phone) and not words.get("email", contact.email):
        raise RefusedError("Enter a telephone number or an email address", "phone")
    made = contact.again(**words)
    believe(by=by, learner=contact.learner, came=[made], ceased=[contact])
    return made


@transaction.atomic
def end_contact(*, by: User | None, contact: Contact, ends: date | None = None, source: Source | None = None) -> Contact:
    """Say which day was the last on which somebody could be spoken to (today). Raises RefusedError for one before the first."""
    return _end(by, contact, ends, source)


def _end(by: User | None, held: Span, ends: date | None, source: Source | None) -> Any:
    last = ends or timezone.localdate()
    if last < held.starts:
        raise RefusedError(f"Enter a day that is not before {held.starts:%-d %B %Y}, the first", "ends")
    made = held.again(ends=last, source=source or held.source)
    believe(by=by, learner=held.learner, came=[made], ceased=[held])
    return made


def _instead(by: User | None, made: Span, held: Any) -> Any:
    """Let a span take the place of the one that goes on; one that began on the same day or later was mistaken."""
    ceased = list(held)
    ended = [one.again(ends=made.starts - timedelta(days=1)) for one in ceased if one.starts < made.starts]
    believe(by=by, learner=made.learner, came=[*ended, made], ceased=ceased)
    return made
