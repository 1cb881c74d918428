"""A plan of any shape: its sections as a tree, the recommendations they answer, and what was approved."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.indicators.models import Indicator
from throughline.apps.organisations.models import Board, Party
from throughline.apps.plans.models.removal import Removable

LIFE = "as long as the plan, so that the past can be explained"


class Plan(Removable):
    """A plan of one authority: a draft until a named body approves it, superseded when its next version is approved.

    previous is the version it takes the place of; supplement_of the plan it adds to for one cohort.
    """

    class State(models.TextChoices):
        """Where the plan stands."""

        DRAFT = "draft", "Draft"
        APPROVED = "approved", "Approved"
        SUPERSEDED = "superseded", "Superseded"
        CLOSED = "closed", "Closed"

    class DataProtection:
        """A plan is the authority's; who made and removed it is kept."""

        fields = {
            **not_personal("id", "area", "title", "period", "organisations", "cohort", "summary", "state", "approved_by",
                           "approved_on", "approval_note", "previous", "supplement_of", "starts_on", "ends_on", "glossary",
                           "made_at", "removed_at", "indicators"),
            **personal(LIFE, "made_by"),
        }

    area = models.CharField(max_length=3, db_index=True)
    title = models.CharField(max_length=300)
    period = models.CharField("period as printed", max_length=100, blank=True)
    organisations = models.JSONField(default=list, blank=True)
    cohort = models.CharField("whom it is about, if not everybody", max_length=200, blank=True)
    summary = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    approved_by = models.ForeignKey(Board, null=True, blank=True, on_delete=models.PROTECT, related_name="plans_approved")
    approved_on = models.DateField(null=True, blank=True)
    approval_note = models.TextField(blank=True)
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="next_versions")
    supplement_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="supplements")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    glossary = models.JSONField(default=dict, blank=True)
    indicators = models.ManyToManyField(Indicator, blank=True, related_name="plans")  # those under no one section
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Newest first."""

        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def living(self) -> bool:
        """Whether it may still be changed: what was superseded or closed stays as it was."""
        return self.state in (self.State.DRAFT, self.State.APPROVED)


class Inspection(models.Model):
    """An inspection or a review whose recommendations plans answer."""

    class DataProtection:
        """A public report."""

        fields = not_personal("id", "area", "body", "title", "held_on", "published_on", "address")

    area = models.CharField(max_length=3, db_index=True)
    body = models.CharField("inspecting body", max_length=100, default="Ofsted")
    title = models.CharField(max_length=300)
    held_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    address = models.URLField("where the report is", blank=True)

    class Meta:
        """Newest first."""

        ordering = [models.F("held_on").desc(nulls_last=True), "-id"]

    def __str__(self) -> str:
        return self.title


class Recommendation(Removable):
    """One recommendation or area for improvement; sections of any plan answer it, and a section may answer several."""

    class DataProtection:
        """Printed in a public report."""

        fields = not_personal("id", "inspection", "number", "text", "position", "removed_at")

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="recommendations")
    number = models.CharField("number as printed", max_length=40, blank=True)
    text = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """As printed."""

        ordering = ["inspection_id", "position", "id"]

    def __str__(self) -> str:
        return f"{self.number} {self.text}".strip()


class Section(Removable):
    """A recommendation, priority, section, objective or theme of a plan, with what it should change."""

    class Kind(models.TextChoices):
        """What the plan calls it."""

        RECOMMENDATION = "recommendation", "Recommendation"
        PRIORITY = "priority", "Priority"
        SECTION = "section", "Section"
        OBJECTIVE = "objective", "Objective"
        THEME = "theme", "Theme"

    class DataProtection:
        """Words of a plan."""

        fields = not_personal("id", "plan", "parent", "position", "kind", "number", "title", "impact", "source", "answers",
                              "indicators", "removed_at")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sections")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.PRIORITY)
    number = models.CharField("number as printed", max_length=40, blank=True)
    title = models.TextField()
    impact = models.TextField("what difference it will make", blank=True)  # one statement a line
    source = models.CharField(max_length=120, blank=True)  # where it was read
    answers = models.ManyToManyField(Recommendation, blank=True, related_name="answered_by")
    indicators = models.ManyToManyField(Indicator, blank=True, related_name="sections")

    class Meta:
        """As printed."""

        ordering = ["plan_id", "position", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}: {self.title}" if self.number else self.title


class SectionLead(Removable):
    """Somebody accountable for a section: as printed, and whom the directory says it is."""

    class DataProtection:
        """Names somebody."""

        fields = {**not_personal("id", "section", "position", "removed_at"), **personal(LIFE, "party", "printed")}

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="leads")
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="sections_led")
    printed = models.TextField("as printed")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """As printed."""

        ordering = ["position", "id"]


class Baseline(Removable):
    """The plan as a body approved it, frozen: what the living plan is held against; removed when the approval is withdrawn."""

    class DataProtection:
        """The plan's own words, which may name its owners."""

        fields = {
            **not_personal("id", "plan", "board", "approved_on", "note", "at", "removed_at"), **personal(LIFE, "tree", "by"),
        }

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="baselines")
    board = models.ForeignKey(Board, null=True, on_delete=models.PROTECT, related_name="+")
    approved_on = models.DateField()
    note = models.TextField(blank=True)
    tree = models.JSONField()  # as planreading's as_json gives it
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Newest first."""

        ordering = ["-approved_on", "-id"]
