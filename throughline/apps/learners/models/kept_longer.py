"""That a record is kept longer than the rule says, for a reason."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.learners.models.fact import LEARNER_LIFE, WriteOnce
from throughline.apps.learners.models.learner import Learner


class KeptLonger(WriteOnce):
    """What somebody decided on how long a record is kept: to a day at least, or, without one, no longer than the rule says.

    The latest counts. None is ever changed; all of them go with their learner.
    """

    class DataProtection:
        """The reason is about the learner, and who gave it about an officer."""

        fields = {**not_personal("id"), **personal(LEARNER_LIFE, "learner", "until", "reason", "by", "at")}

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="kept_longer")
    until = models.DateField("last day on which it is kept", null=True, blank=True)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The latest first."""

        ordering = ["-at", "-id"]
        verbose_name_plural = "records kept longer"
        indexes = [models.Index(fields=["learner", "-at"], name="kept_longer_by_learner")]

    def __str__(self) -> str:
        return f"Learner {self.learner_id} until {self.until}"
