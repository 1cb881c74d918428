"""What is known of a learner term by term, what people decided after looking at a score, and points said otherwise."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from throughline.apps.accounts.dataprotection import SpecialCategory, not_personal, personal
from throughline.apps.codelists.models import SaidOtherwise, said_otherwise_fields
from throughline.apps.learners.models import Learner
from throughline.apps.learners.models.fact import LEARNER_LIFE, WriteOnce

FACTS = ("attendance_percent", "share_of_absence_from_exclusion_percent", "english_as_an_additional_language",
         "free_school_meals", "in_custody")


class LearnerFacts(models.Model):
    """Facts of a learner as they stood on a day, usually the end of a term. What is empty is not known, and never no."""

    class DataProtection:
        """All of it is about the learner; custody is kept as if it were of a special category."""

        fields = {
            **not_personal("id"),
            **personal(LEARNER_LIFE, "learner", "as_at", *FACTS[:-1], "source", "by", "at"),
            "in_custody": SpecialCategory(keep=LEARNER_LIFE),
        }

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="facts")
    as_at = models.DateField()
    attendance_percent = models.DecimalField("attendance", max_digits=4, decimal_places=1, null=True, blank=True)
    share_of_absence_from_exclusion_percent = models.DecimalField(
        "share of absence that was suspension or exclusion", max_digits=4, decimal_places=1, null=True, blank=True)
    english_as_an_additional_language = models.BooleanField(null=True, blank=True)
    free_school_meals = models.BooleanField("eligible for free school meals", null=True, blank=True)
    in_custody = models.BooleanField(null=True, blank=True)
    source = models.CharField("who says so", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The latest first; one set of facts a day."""

        ordering = ["-as_at", "-id"]
        verbose_name_plural = "facts of learners"
        constraints = [models.UniqueConstraint(fields=["learner", "as_at"], name="one_set_of_facts_a_day")]

    def __str__(self) -> str:
        return f"Facts as at {self.as_at}"


class RiskDecision(WriteOnce):
    """What somebody decided after looking at a score, which is kept as they saw it: its points, band and reasons."""

    class Decision(models.TextChoices):
        """What they decided."""

        SUPPORT = "support", "Support is given"
        NO_ACTION = "no_action", "No action"
        WATCH = "watch", "Look again later"

    class DataProtection:
        """All of it is about the learner, and about whoever decided. The reasons of a score may be of special categories."""

        fields = {
            **not_personal("id"),
            **personal(LEARNER_LIFE, "learner", "points", "band", "decision", "reason", "review_on", "by", "who_email", "at"),
            "reasons": SpecialCategory(keep=LEARNER_LIFE),
        }

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="risk_decisions")
    points = models.PositiveSmallIntegerField()
    band = models.CharField(max_length=60)
    reasons = models.JSONField(default=list)
    decision = models.CharField(max_length=10, choices=Decision.choices)
    reason = models.TextField()
    review_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    who_email = models.CharField("email address at the time", max_length=254, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The newest first."""

        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} on {self.at:%Y-%m-%d}"


class PointsAmendment(SaidOtherwise):
    """Points and bands as an authority says them otherwise than the published ones.

    says is the whole of what differs, by the names that Edition.values() of the rules gives: {"factor-carer-points": 3}.
    """

    class DataProtection:
        """Points are about nobody; who set them is about an officer."""

        fields = {**said_otherwise_fields(), **not_personal("area", "says")}

    area = models.CharField(max_length=3)
    says = models.JSONField()

    class Meta(SaidOtherwise.Meta):
        """The latest first."""

        indexes = [models.Index(fields=["area", "-made_at"], name="points_by_area")]
        constraints = [models.UniqueConstraint(fields=["area"], condition=Q(withdrawn_at=None), name="one_set_of_points_holds")]

    def __str__(self) -> str:
        return f"Points of {self.area} from {self.made_at:%Y-%m-%d}"
