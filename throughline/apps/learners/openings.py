"""Restricted records opened or taken away, as whoever checks them reads them: what left at once stands in one line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, F, Min, QuerySet, When
from django.utils import timezone

from throughline.apps.learners.models import Opening

OPENED, TAKEN = "opened", "taken"
KINDS = {OPENED: "Opened on the pages", TAKEN: "Taken away in a file"}
_OF_ONE = ("at", "until", "ended_at", "by", "who_email", "reason")


@dataclass(frozen=True)
class Line:
    """One record that was opened, or several that were taken away at once; one is any of them, numbers the learners'."""

    one: Opening
    many: int
    numbers: list[int] = field(default_factory=list)


def narrowed(openings: QuerySet[Opening], asked: Mapping[str, Any]) -> QuerySet[Opening]:
    """The openings that what was asked leaves: kind (one of KINDS), who (the number of any opening of theirs), since and until
    (days, both among them).
    """
    if kind := asked.get("kind"):
        openings = openings.filter(until=F("at")) if kind == TAKEN else openings.exclude(until=F("at"))
    if who := asked.get("who"):
        openings = openings.filter(who_email__in=openings.model.objects.filter(pk=who).values("who_email"))
    if since := asked.get("since"):
        openings = openings.filter(at__gte=_midnight(since))
    if until := asked.get("until"):
        openings = openings.filter(at__lt=_midnight(until + timedelta(days=1)))
    return openings


def people(openings: QuerySet[Opening]) -> list[tuple[str, str]]:
    """Whoever opened or took away any, by the number of the first of theirs, and as they are called."""
    firsts = openings.order_by().values("who_email").annotate(first=Min("pk")).values_list("first", flat=True)
    return sorted(((str(one.pk), one.whose) for one in Opening.objects.filter(pk__in=list(firsts))), key=lambda pair: pair[1])


def together(openings: QuerySet[Opening]) -> QuerySet[Opening, Any]:
    """What was taken away at once as one row, and each record that was opened as its own; the latest first."""
    alone = Case(When(until=F("at"), then=None), default=F("pk"))
    return openings.order_by().values(*_OF_ONE, alone=alone).annotate(many=Count("pk"), first=Min("pk")).order_by("-at", "-first")


def lines(rows: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Rows of together as lines of a page, with whom each is of."""
    found = list(rows)
    ones = Opening.objects.in_bulk([row["first"] for row in found])
    return [Line(ones[row["first"]], row["many"], _numbers(row) if row["many"] > 1 else [ones[row["first"]].number])
            for row in found]


def _numbers(row: Mapping[str, Any]) -> list[int]:
    same = Opening.objects.filter(**{name: row[name] for name in _OF_ONE})
    return sorted(same.values_list("number", flat=True))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
