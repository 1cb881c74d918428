"""What is asked of the people and of the audit."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from throughline.apps.accounts.models import AuditEntry, User


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


def find_entries(
    *, person: User | None = None, verb: str = "", first: date | None = None, last: date | None = None
) -> QuerySet[AuditEntry]:
    """Audit entries, newest first: of one person, of one verb, between two days of this country, both included."""
    narrowed: dict[str, Any] = {}
    if person:
        narrowed["who"] = person
    if verb:
        narrowed["verb"] = verb
    if first:
        narrowed["at__gte"] = _midnight(first)
    if last:
        narrowed["at__lt"] = _midnight(last + timedelta(days=1))
    return AuditEntry.objects.filter(**narrowed).select_related("who")


def own_activity(user: User, limit: int = 20) -> QuerySet[AuditEntry]:
    """The last things a person did, newest first."""
    return AuditEntry.objects.filter(who=user)[:limit]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())
