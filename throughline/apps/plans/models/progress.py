"""How a plan is going: updates that are never overwritten, success criteria and who judged them, evidence."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.indicators.models import Indicator
from throughline.apps.plans.models.action import Action
from throughline.apps.plans.models.plan import LIFE, Plan, Section
from throughline.apps.plans.models.removal import Removable


class Rag(models.TextChoices):
    """A rating; "" is no rating, which is not green."""

    RED = "red", "Red"
    AMBER = "amber", "Amber"
    GREEN = "green", "Green"
    BLANK = "", "Not rated"


class Update(models.Model):
    """What somebody said of an action at a day. A later one stands beside it; an undone one stays, marked.

    proposed_rag is what the system worked out then and proposed_reason its sum; where rag differs,
    override_reason says why. batch ties together what one bulk update made.
    """

    class DataProtection:
        """Who said it."""

        fields = {
            **not_personal("id", "action", "as_at", "rag", "narrative", "proposed_rag", "proposed_reason", "override_reason",
                           "next_step", "batch", "at", "undone_at"),
            **personal(LIFE, "by", "undone_by"),
        }

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="updates")
    as_at = models.DateField(default=timezone.localdate)
    rag = models.CharField(max_length=10, choices=Rag.choices, blank=True, default=Rag.BLANK)
    narrative = models.TextField(blank=True)
    proposed_rag = models.CharField(max_length=10, choices=Rag.choices, blank=True, default=Rag.BLANK)
    proposed_reason = models.TextField(blank=True)
    override_reason = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    batch = models.UUIDField(null=True, blank=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """Newest first."""

        ordering = ["-as_at", "-at", "-id"]
        indexes = [models.Index(fields=["action", "-as_at"])]


class SuccessCriterion(Removable):
    """How it will be known that an action, a section or the plan succeeded; an indicator may count it."""

    class DataProtection:
        """Words of a plan."""

        fields = not_personal("id", "plan", "section", "action", "position", "text", "indicator", "source",
                              "removed_at")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="criteria")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.CASCADE, related_name="criteria")
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    indicator = models.ForeignKey(Indicator, null=True, blank=True, on_delete=models.SET_NULL, related_name="criteria")
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        """As printed."""

        ordering = ["position", "id"]
        verbose_name_plural = "success criteria"


class CriterionJudgement(models.Model):
    """Whether a criterion was met, who judged it and on what evidence; the newest counts."""

    class Verdict(models.TextChoices):
        """The judgement."""

        MET = "met", "Met"
        PARTLY = "partly", "Partly met"
        NOT_MET = "not_met", "Not met"
        TOO_EARLY = "too_early", "Too early to say"

    class DataProtection:
        """Who judged."""

        fields = {**not_personal("id", "criterion", "verdict", "on", "evidence", "at"), **personal(LIFE, "judged_by", "by")}

    criterion = models.ForeignKey(SuccessCriterion, on_delete=models.CASCADE, related_name="judgements")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    on = models.DateField(default=timezone.localdate)
    judged_by = models.CharField("who judged it", max_length=200)
    evidence = models.TextField("on what evidence")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Newest first."""

        ordering = ["-on", "-at", "-id"]


class Evidence(models.Model):
    """A file kept as evidence of an action, with what it shows. The bytes are kept in the database, beside the record."""

    class DataProtection:
        """What the file holds is not known to us; the form says that it must name no young person."""

        fields = {
            **not_personal("id", "action", "title", "media_type", "size", "digest", "at", "removed_at"),
            **personal(LIFE, "name", "content", "by"),
        }

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(max_length=200)
    name = models.CharField("name of the file", max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField("bytes")
    digest = models.CharField("SHA-256", max_length=64)
    content = models.BinaryField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering = ["-at", "-id"]
        verbose_name_plural = "evidence"
