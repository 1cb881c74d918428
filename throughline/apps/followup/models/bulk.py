"""What one bulk update did, so that all of it can be undone together."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.learners.models import Learner
from throughline.apps.learners.models.fact import LEARNER_LIFE


class BulkUpdate(models.Model):
    """One bulk update of an authority's learners."""

    class DataProtection:
        """Who did it."""

        fields = {**not_personal("id", "area", "at", "undone_at"), **personal(LEARNER_LIFE, "by", "undone_by")}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.CharField(max_length=3)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """Newest first."""

        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"Bulk update of {self.at:%Y-%m-%d}"


class BulkChange(models.Model):
    """What a bulk update changed of one learner; it goes with the learner.

    says is {"officer", "next_contact" or "activity": [before, after]}: what undoing takes, an officer or an activity by its
    number in the database, a day as 2026-11-28. See actions/bulk.py.
    """

    class DataProtection:
        """All of it is about the learner."""

        fields = {**not_personal("id", "bulk"), **personal(LEARNER_LIFE, "learner", "says")}

    bulk = models.ForeignKey(BulkUpdate, on_delete=models.CASCADE, related_name="changes")
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="+")
    says = models.JSONField()

    class Meta:
        """In the order of the grid."""

        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["bulk", "learner"], name="one_change_a_learner_of_a_bulk_update")]

    def __str__(self) -> str:
        return f"Learner {self.learner_id} in {self.bulk}"
