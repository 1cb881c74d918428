"""What an authority asked its partners and the public about, what they said, and what it changed."""

from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.plans.models import Plan, Section
from throughline.apps.plans.models.removal import Removable

LIFE = "6 years after the consultation closes, or as long as the plan that it was about"


class Consultation(Removable):
    """One consultation: what it asks, of whom, from when until when, and what was decided at its end."""

    class DataProtection:
        """Words of an authority."""

        fields = not_personal("id", "area", "title", "about", "plan", "opens_on", "closes_on", "asked", "decision", "decided_on",
                              "removed_at")

    area = models.CharField(max_length=3, db_index=True)
    title = models.CharField(max_length=300)
    about = models.TextField("what it asks", blank=True)
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="consultations")
    opens_on = models.DateField()
    closes_on = models.DateField()
    asked = models.TextField("who is asked", blank=True)
    decision = models.TextField("what was decided", blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        """The latest first."""

        ordering = ["-opens_on", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def stage(self) -> str:
        """Where it stands today: Planned, Open, Closed or Decided."""
        today = timezone.localdate()
        if self.decided_on:
            return "Decided"
        if today < self.opens_on:
            return "Planned"
        return "Open" if today <= self.closes_on else "Closed"


class ConsultationResponse(Removable):
    """What one respondent said, the answer to it, and what it changed in the plan."""

    class Kind(models.TextChoices):
        """Who the respondent is."""

        SCHOOL = "school", "School"
        COLLEGE = "college", "College"
        PROVIDER = "provider", "Training provider"
        EMPLOYER = "employer", "Employer"
        YOUNG_PERSON = "young_person", "Young person"
        PARENT = "parent", "Parent or carer"
        COUNCIL = "council", "Council or councillor"
        PARTNER = "partner", "Another partner"
        OTHER = "other", "Somebody else"

    class View(models.TextChoices):
        """What they think of what is proposed."""

        SUPPORTIVE = "supportive", "Supportive"
        OPPOSED = "opposed", "Opposed"
        MIXED = "mixed", "Mixed"
        COMMENT = "comment", "Comment only"

    class DataProtection:
        """What a respondent thinks is about them."""

        fields = {
            **not_personal("id", "consultation", "kind", "received_on", "answer", "changed_plan", "change", "section",
                           "removed_at"),
            **personal(LIFE, "respondent", "view", "text"),
        }

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="responses")
    respondent = models.CharField(max_length=200)
    kind = models.CharField(max_length=14, choices=Kind.choices, default=Kind.PARTNER)
    received_on = models.DateField(default=timezone.localdate)
    view = models.CharField(max_length=12, choices=View.choices, default=View.COMMENT)
    text = models.TextField()
    answer = models.TextField(blank=True)
    changed_plan = models.BooleanField("it changed the plan", default=False)
    change = models.TextField("what changed", blank=True)
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="consultation_responses")

    class Meta:
        """In the order received."""

        ordering = ["received_on", "id"]

    def __str__(self) -> str:
        return f"Response {self.pk} to {self.consultation}"
