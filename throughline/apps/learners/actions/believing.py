"""The steps that every action takes on what is believed: cease to hold some of it, come to hold other, and say so in the audit.

All that one action changes bears one moment, so that the change can be undone, and a page can be read as of before it. The
audit says what sort of thing changed and of which learner, by number; never a name, a code or a day.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.accounts.telling import LEARNER
from throughline.apps.codelists.recounting import recount
from throughline.apps.learners.models import COUNTED, PARTICULARS, Fact, Learner, Particulars, Source
from throughline.apps.organisations.actions.amending import RefusedError

ROOM, KIND = "learners", LEARNER
_TURN = 899_001  # any number, as long as nothing else locks it
_AT_ONCE = 900  # what an SQLite statement takes without complaint
CHANGED_MEANWHILE = "Somebody else changed this since you opened it. Look at what it says now, and change that"


def subject_of(learner: Learner) -> tuple[str, str, str]:
    """A learner as the subject of an audit entry: by number, never by name."""
    return KIND, str(learner.pk), str(learner.number)


@transaction.atomic
def believe(
    *, by: User | None, learner: Learner, came: Sequence[Fact] = (), ceased: Sequence[Fact] = (), verb: str = "changed",
    at: datetime | None = None, what: str = "", fields: Mapping[str, Any] | None = None,
) -> datetime:
    """Come to hold these beliefs of one learner in place of those, all at one moment, which is answered.

    Raises RefusedError when one of those that should cease is no longer held, or when what came contradicts what is held.
    what names the change for the audit where the kinds of beliefs do not; fields are named in it instead of the kinds.
    """
    moment = at or moment_of_change()
    if cease(ceased, moment) != len(ceased):
        raise RefusedError(CHANGED_MEANWHILE)
    try:
        with transaction.atomic():
            hold(came, by=by, moment=moment)
    except IntegrityError as error:
        raise RefusedError(CHANGED_MEANWHILE) from error
    detail = dict(fields) if fields else _kinds_told(came, ceased)
    record(by=by, verb=verb, room=ROOM, subject=subject_of(learner), detail=detail | ({"what": what} if what else {}))
    return moment


def moment_of_change() -> datetime:
    """The moment that a change bears, asked for within its transaction; settled_moment waits until that has ended."""
    _take_turn("pg_advisory_xact_lock_shared")
    return timezone.now()


@transaction.atomic
def settled_moment() -> datetime:
    """A moment as of which the register can be read, again and again, and be the same.

    A change bears the moment at which it began and is kept somewhat later, so that a reader in between would miss what a
    later reader finds. This waits until every change that has begun is kept; those that begin from now on bear a later moment.
    """
    _take_turn("pg_advisory_xact_lock")
    return timezone.now()


def _take_turn(lock: str) -> None:
    """Changes go side by side, and a reader waits for them. On SQLite one transaction at a time writes as it is."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {lock}(%s)", [_TURN])


def _kinds_told(came: Sequence[Fact], ceased: Sequence[Fact]) -> dict[str, Any]:
    detail: dict[str, Any] = {}
    for facts, side in ((ceased, 0), (came, 1)):
        for fact in facts:
            detail.setdefault(str(fact._meta.verbose_name), [None, None])[side] = "given"
    return detail


def cease(facts: Iterable[Fact], moment: datetime) -> int:
    """Cease to hold beliefs of any kinds, from a moment on; answers how many were held."""
    kinds = _by_kind(facts, lambda fact: fact.pk)
    _recount_for(kinds)
    return sum(
        model.objects.filter(pk__in=keys[first:first + _AT_ONCE]).cease(moment)
        for model, keys in kinds.items() for first in range(0, len(keys), _AT_ONCE)
    )


def hold(facts: Iterable[Fact], *, by: User | None, moment: datetime, source: Source | None = None) -> None:
    """Add beliefs of any kinds, in few statements; for imports too, which write one audit entry themselves.

    Learners repeat the particulars among them from then on. Raises django.db.IntegrityError when one contradicts what is held.
    """
    for fact in (facts := list(facts)):
        fact.known_from, fact.recorded_by = moment, by
        fact.source = source or fact.source
    kinds = _by_kind(facts, lambda fact: fact)
    _recount_for(kinds)
    for model, rows in kinds.items():
        model.objects.bulk_create(rows, batch_size=2_000)
        if model is Particulars:
            _repeat([row.learner_id for row in rows])


def _recount_for(kinds: Iterable[type[Fact]]) -> None:
    """Mark the figures as behind where they count beliefs of these kinds."""
    if any(kind in COUNTED for kind in kinds):
        recount()


def _repeat(learners: Sequence[int]) -> None:
    """Let learners repeat the particulars that are believed of them now."""
    believed = Particulars.objects.known().filter(learner=OuterRef("pk"))
    values = {name: Subquery(believed.values(name)[:1]) for name in PARTICULARS}
    for first in range(0, len(learners), _AT_ONCE):
        Learner.objects.filter(pk__in=learners[first:first + _AT_ONCE]).update(**values)


def told_by(*, by: User | None, area: str, name: str) -> Source:
    """Somebody who tells us things, such as “Parent or carer”: one source for all they tell."""
    held = Source.objects.filter(area=area, kind=Source.Kind.PERSON, name=name).first()
    return held or Source.objects.create(area=area, kind=Source.Kind.PERSON, name=name, made_by=by)


def _by_kind(facts: Iterable[Fact], value: Any) -> dict[type[Fact], list[Any]]:
    kinds: dict[type[Fact], list[Any]] = {}
    for fact in facts:
        kinds.setdefault(type(fact), []).append(value(fact))
    return kinds
