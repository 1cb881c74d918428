"""What is believed of a learner: true for a time, known for a time, and never overwritten.

A belief that changes keeps its row: known_to says when we ceased to hold it, and what we came to hold instead is a row of
its own. So every day can be asked as it was known on any later day.
"""

from datetime import date, datetime
from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from throughline.apps.accounts.dataprotection import Declaration, not_personal, personal

# After the longest practice seen in privacy notices: archived a year after the upper age, deleted within three.
LEARNER_LIFE = "3 years after they leave the cohort, as their record's kept-until day says"


class WriteOnceError(Exception):
    """Raised on any attempt to change or delete what was believed."""

    def __init__(self) -> None:
        super().__init__("what was believed of a learner is never overwritten: cease to believe it, and add what is believed now")


class WriteOnceQuerySet(models.QuerySet):
    """Rows that are added and read, and never changed."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse. Raises WriteOnceError."""
        raise WriteOnceError

    def delete(self) -> NoReturn:
        """Refuse. Raises WriteOnceError."""
        raise WriteOnceError

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse. Raises WriteOnceError."""
        raise WriteOnceError

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        """Add many in few statements. Raises WriteOnceError when asked to overwrite those that are there."""
        if kwargs.get("update_conflicts"):
            raise WriteOnceError
        return super().bulk_create(objs, *args, **kwargs)


class WriteOnce(models.Model):
    """A row that is added and read, and never changed."""

    objects = WriteOnceQuerySet.as_manager()

    class Meta:
        """Only for those made from it."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises WriteOnceError when it is there already."""
        if not self._state.adding:
            raise WriteOnceError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse. Raises WriteOnceError."""
        raise WriteOnceError


class FactQuerySet(WriteOnceQuerySet):
    """Beliefs: added, and ceased to be held; never changed."""

    def known(self, moment: datetime | None = None) -> Self:
        """What is believed now, or what was believed at a moment."""
        if moment is None:
            return self.filter(known_to=None)
        return self.filter(Q(known_to=None) | Q(known_to__gt=moment), known_from__lte=moment)

    def cease(self, moment: datetime) -> int:
        """Cease to believe, from a moment on, those of these that are believed; answers how many there were."""
        return models.QuerySet.update(self.filter(known_to=None), known_to=moment)


class SpanQuerySet(FactQuerySet):
    """Beliefs that hold from a first day to a last, both included."""

    def on(self, day: date | None = None) -> Self:
        """Those that hold on a day (today)."""
        when = day or timezone.localdate()
        return self.filter(Q(ends=None) | Q(ends__gte=when), starts__lte=when)


class Fact(WriteOnce):
    """One belief: whose source said so, from when until when it was held, and who wrote it down."""

    source = models.ForeignKey("learners.Source", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField(default=timezone.now)
    known_to = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = FactQuerySet.as_manager()

    class Meta:
        """Only for those made from it."""

        abstract = True

    def again(self, **changed: Any) -> Self:
        """The same belief as a row to be added, with these fields said otherwise; who knew it when is left to be filled in."""
        left = ("id", "known_from", "known_to", "recorded_by")
        held = {field.attname: getattr(self, field.attname) for field in self._meta.fields if field.name not in left}
        made = type(self)(**held)
        for name, value in changed.items():
            setattr(made, name, value)
        return made


class Span(Fact):
    """A belief that holds from a first day to a last, both included; without a last day it goes on."""

    starts = models.DateField(default=timezone.localdate)
    ends = models.DateField(null=True, blank=True)

    objects = SpanQuerySet.as_manager()

    class Meta:
        """Only for those made from it."""

        abstract = True


def known_rules(label: str, spans: bool = True) -> list[models.BaseConstraint]:
    """The rules of the database for beliefs of one kind: nothing ends before it starts, in life or in knowledge."""
    in_knowledge, in_life = Q(known_to=None) | Q(known_to__gte=F("known_from")), Q(ends=None) | Q(ends__gte=F("starts"))
    rules = [models.CheckConstraint(condition=in_knowledge, name=f"{label}_known_in_order")]
    return [*rules, models.CheckConstraint(condition=in_life, name=f"{label}_in_order")] if spans else rules


def fact_fields(spans: bool = True) -> dict[str, Declaration]:
    """How the fields that all beliefs share are declared: each is about the learner."""
    shared = ("learner", "source", "known_from", "known_to", "recorded_by", *(("starts", "ends") if spans else ()))
    return {**not_personal("id"), **personal(LEARNER_LIFE, *shared)}
