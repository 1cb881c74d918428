"""What one bulk update did, so that all of it can be undone together."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.learners.models.fact import LEARNER_LIFE


class BulkUpdate(models.Model):
    """One bulk update of an authority's learners.

    changes is {the learner's number in the database: {"officer", "next_contact" or "activity": [before, after]}}: of each
    what undoing takes, an officer or an activity by its number in the database, a day as 2026-11-28. See actions/bulk.py.
    """

    class DataProtection:
        """Who did it, and to whom."""

        fields = {**not_personal("id", "area", "at", "undone_at"), **personal(LEARNER_LIFE, "changes", "by", "undone_by")}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.CharField(max_length=3)
    changes = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """Newest first."""

        ordering = ["-at"]

    def __str__(self) -> str:
        return f"Bulk update of {self.at:%Y-%m-%d}"
