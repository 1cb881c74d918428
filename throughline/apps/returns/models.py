"""What the returns room keeps: months as they were closed, byte for byte."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.learners.models.fact import WriteOnce, WriteOnceQuerySet

RETURN_LIFE = "3 years after the first day of its month"


class MonthCloseQuerySet(WriteOnceQuerySet):
    """Months that were closed: added, and forgotten when their term is over; never changed."""

    def forget(self, moment: datetime) -> int:
        """Forget everybody in these; the figures stay. Answers how many there were that were not forgotten before."""
        emptied = {"content": b"", "errors": [], "moved": [], "leavers": [], "forgotten_at": moment}
        return models.QuerySet.update(self.filter(forgotten_at=None), **emptied)


class MonthClose(WriteOnce):
    """One month of one authority as it was closed: the return as bytes, the figures, what was wrong and what moved.

    A month that is closed again gets a further version, with the reason; the earlier ones stay. known is the moment as of which
    the register was asked. leavers are the numbers of those whom the return says left, so that no later month says it again.
    """

    class DataProtection:
        """The return and the lists hold young people's details; the figures hold none."""

        fields = {
            **not_personal("id", "area", "month_end", "version", "layout", "rules", "known", "records", "figures", "digest",
                           "closed_at", "reason", "forgotten_at"),
            **personal(RETURN_LIFE, "content", "errors", "moved", "leavers", "closed_by"),
        }

    area = models.CharField(max_length=3)
    month_end = models.DateField()
    version = models.PositiveIntegerField(default=1)
    layout = models.CharField(max_length=20)
    rules = models.CharField("edition of the rules", max_length=20)
    known = models.DateTimeField()
    records = models.PositiveIntegerField()
    content = models.BinaryField("the return, compressed")
    digest = models.CharField("SHA-256 of the return", max_length=64)
    figures = models.JSONField()
    errors = models.JSONField(default=list)
    moved = models.JSONField(default=list)
    leavers = models.JSONField(default=list)
    reason = models.CharField("why it was closed again", max_length=300, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(default=timezone.now)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = MonthCloseQuerySet.as_manager()

    class Meta:
        """The newest month first, and its latest version."""

        ordering = ["-month_end", "-version"]
        constraints = [models.UniqueConstraint(fields=["area", "month_end", "version"], name="one_version_of_a_month")]

    @property
    def closed_in_words(self) -> str:
        """By whom it was closed."""
        return self.closed_by.full_name if self.closed_by else "a scheduled or command-line run"

    def __str__(self) -> str:
        return f"{self.month_end:%B %Y}, version {self.version}"
