"""What is asked of the people and of the audit."""

from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from throughline.apps.accounts.models import LOOKS, AuditEntry, User
from throughline.apps.accounts.telling import AMONG, AUTHORITY, LEARNER, OPENING


def find_people(*, words: str = "", role: str = "", status: str = "") -> QuerySet[User]:
    """People by words of their name, address or job title, by role, and by "open" or "closed"; empty means any."""
    people = User.objects.all()
    for word in words.split():
        people = people.filter(
            Q(full_name__icontains=word) | Q(email__icontains=word) | Q(job_title__icontains=word)
        )
    if role:
        people = people.filter(role=role)
    if status:
        people = people.filter(is_active=status == "open")
    return people


def areas_here() -> list[str]:
    """The codes of the authorities whose people may sign in."""
    people = User.objects.filter(is_active=True).exclude(area="").order_by("area")
    return list(people.values_list("area", flat=True).distinct())


def find_entries(
    *, person: User | None = None, verb: str = "", kind: str = "", learner: int | None = None, first: date | None = None,
    last: date | None = None,
) -> QuerySet[AuditEntry]:
    """Audit entries, newest first: of one person, of one verb, about one kind of thing, about the learners of one number or
    with that number among those that a list or a file showed, between two days of this country, both included.
    """
    narrowed: dict[str, Any] = {}
    if person:
        narrowed["who"] = person
    if verb:
        narrowed["verb"] = verb
    if kind:
        narrowed["subject_kind"] = kind
    if first:
        narrowed["at__gte"] = _midnight(first)
    if last:
        narrowed["at__lt"] = _midnight(last + timedelta(days=1))
    found = AuditEntry.objects.filter(**narrowed).select_related("who")
    return found if learner is None else _about(found, learner)


def _about(entries: QuerySet[AuditEntry], number: int) -> QuerySet[AuditEntry]:
    own = Q(subject_kind__in=(LEARNER, OPENING), subject_label=str(number))
    return with_numbers(entries).filter(own | Q(verb__in=LOOKS) & among(number))


def with_numbers(entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
    """Entries with the numbers of the learners that a list or a file showed at hand, as text, for among."""
    return entries.alias(numbers=KeyTextTransform(AMONG, "detail"))


def for_authority(area: str) -> Q:
    """That somebody of an authority did it, or a command for it."""
    return Q(who__area=area) | Q(who=None, **{f"detail__{AUTHORITY}": area})


def among(number: int) -> Q:
    """That a learner's number is among those that an entry keeps.

    The database looks through them, one after the other between brackets; a list of everybody is never read from it.
    """
    found = Q()
    for before, after in product("[, ", ",]"):
        found |= Q(numbers__contains=f"{before}{number}{after}")
    return found


def kinds_of_subject() -> list[str]:
    """The kinds of thing that entries are about, by the alphabet."""
    kinds = AuditEntry.objects.exclude(subject_kind="").order_by("subject_kind").values_list("subject_kind", flat=True)
    return list(kinds.distinct())


def own_activity(user: User, limit: int = 20) -> QuerySet[AuditEntry]:
    """The last things a person did, newest first."""
    return AuditEntry.objects.filter(who=user)[:limit]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())
