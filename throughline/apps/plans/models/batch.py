"""What one bulk update did, so that all of it can be undone together."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.plans.models.plan import LIFE, Plan


class Batch(models.Model):
    """One bulk update of a plan; the updates it made carry its id.

    changes is {the action's number in the database: {"state", "when" or "owners": [before, after]}}, of each what undoing
    it takes: see actions/bulk.py.
    """

    class DataProtection:
        """Who did it; the owners before and after are among the changes, by the numbers of their rows."""

        fields = {**not_personal("id", "plan", "changes", "at", "undone_at"), **personal(LIFE, "by", "undone_by")}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="batches")
    changes = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """Newest first."""

        ordering = ["-at"]
        verbose_name_plural = "batches"
