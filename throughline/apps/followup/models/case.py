"""A support case: who works with a young person, to what plan, what came of it, and whether it lasted."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.learners.models import Learner
from throughline.apps.learners.models.fact import LEARNER_LIFE


class SupportCase(models.Model):
    """One case; outcome is one of casework.toml. check_due is when somebody asks whether a lasting outcome lasted."""

    class DataProtection:
        """All of it is about the learner and their worker."""

        fields = {**not_personal("id"), **personal(LEARNER_LIFE, "learner", "worker", "opened_on", "plan", "closed_on", "outcome",
                                                   "closing_note", "check_due", "checked_on", "sustained")}

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="support_cases")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    opened_on = models.DateField(default=timezone.localdate)
    plan = models.TextField("plan")
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=30, blank=True)
    closing_note = models.TextField(blank=True)
    check_due = models.DateField(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    sustained = models.BooleanField("it lasted", null=True, blank=True)

    class Meta:
        """The newest first; one open case a learner."""

        ordering = ["-opened_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["learner"], condition=Q(closed_on=None), name="one_open_case"),
            models.CheckConstraint(condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="case_in_order"),
        ]

    def __str__(self) -> str:
        return f"Support case of learner {self.learner.number}"
