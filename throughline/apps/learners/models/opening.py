"""Break-glass: when somebody opened what is restricted about a learner, and why."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.accounts.models import AUDIT_LIFE
from throughline.apps.learners.models.fact import WriteOnce
from throughline.apps.learners.models.learner import Learner


class Opening(WriteOnce):
    """A restricted record opened by one person, for a reason, until a moment. It is never changed or taken away.

    One that was taken away in a file opened nothing on the pages: it is over at the moment at which it began. A command that
    took it away has no address.
    """

    class DataProtection:
        """Who opened what, and why, is about both."""

        fields = {**not_personal("id"), **personal(AUDIT_LIFE, "learner", "number", "area", "by", "who_email", "reason", "at",
                                                   "until")}

    learner = models.ForeignKey(Learner, null=True, on_delete=models.SET_NULL, related_name="openings")
    number = models.PositiveBigIntegerField("the learner's number at the time")
    area = models.CharField(max_length=3)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    who_email = models.CharField("email address at the time", max_length=254)
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    class Meta:
        """The newest first."""

        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["by", "learner", "until"], name="opening_by_person")]

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
