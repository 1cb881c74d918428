"""Who follows a young person up and when they are to be spoken to next; and filters that a team shares."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.learners.models import Learner
from throughline.apps.learners.models.fact import LEARNER_LIFE

FILTER_LIFE = "until it is taken away, at the latest with the authority's last account"


class Following(models.Model):
    """One learner's place in somebody's caseload, if in any, and the day of the next contact, if one is set."""

    class DataProtection:
        """Who works with whom is about both."""

        fields = {**not_personal("id"), **personal(LEARNER_LIFE, "learner", "officer", "claimed_at", "next_contact")}

    learner = models.OneToOneField(Learner, on_delete=models.CASCADE, related_name="following")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    next_contact = models.DateField(null=True, blank=True)

    class Meta:
        """Those due first first."""

        ordering = ["next_contact", "id"]
        verbose_name_plural = "followings"
        indexes = [models.Index(fields=["officer", "next_contact"], name="following_by_officer")]

    def __str__(self) -> str:
        return f"Learner {self.learner.number}"


class SavedFilter(models.Model):
    """A worklist narrowed in some way, under a name that the whole team knows."""

    class DataProtection:
        """Who made it."""

        fields = {**not_personal("id", "area", "name", "worklist", "query", "at"), **personal(FILTER_LIFE, "by")}

    area = models.CharField(max_length=3)
    name = models.CharField(max_length=80)
    worklist = models.CharField(max_length=30)
    query = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """By name; one of a name in an authority."""

        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="one_filter_a_name")]

    def __str__(self) -> str:
        return self.name
