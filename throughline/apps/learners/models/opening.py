"""Break-glass: when somebody opened what is restricted about a learner, and why."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.accounts.models import AUDIT_LIFE
from throughline.apps.learners.models.fact import WriteOnce, WriteOnceQuerySet
from throughline.apps.learners.models.learner import Learner


class OpeningQuerySet(WriteOnceQuerySet):
    """Openings: added, and ended once by whoever has no more need of them; never changed."""

    def open(self) -> Self:
        """Those by which something may be seen at this moment."""
        return self.filter(until__gt=timezone.now(), ended_at=None)

    def end(self, moment: datetime) -> int:
        """End, at a moment, those of these that are open; answers how many there were."""
        return models.QuerySet.update(self.open(), ended_at=moment)


class Opening(WriteOnce):
    """A restricted record opened by one person, for a reason, until a moment, or until they say that they are done with it.

    One that was taken away in a file opened nothing on the pages: it is over at the moment at which it began. A command that
    took it away has no address.
    """

    class DataProtection:
        """Who opened what, and why, is about both."""

        fields = {**not_personal("id"), **personal(AUDIT_LIFE, "learner", "number", "area", "by", "who_email", "reason", "at",
                                                   "until", "ended_at")}

    learner = models.ForeignKey(Learner, null=True, on_delete=models.SET_NULL, related_name="openings")
    number = models.PositiveBigIntegerField("the learner's number at the time")
    area = models.CharField(max_length=3)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    who_email = models.CharField("email address at the time", max_length=254)
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField("closed before its time at", null=True, blank=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        """The newest first."""

        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["by", "learner", "until"], name="opening_by_person")]

    @property
    def closes(self) -> datetime:
        """When it closes, or closed."""
        return self.ended_at or self.until

    @property
    def taken_away(self) -> bool:
        """Whether the record left in a file, and was not opened on the pages."""
        return self.until == self.at

    @property
    def whose(self) -> str:
        """Who opened it, or took it away."""
        return self.who_email or "A command"

    def __str__(self) -> str:
        return f"Learner {self.number} opened by {self.whose}"
