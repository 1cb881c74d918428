"""An action of a plan: who does it, by when, at what cost, in which steps, and what it refers to."""

from django.conf import settings
from django.db import models

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.handbook.models import HandbookPage
from throughline.apps.indicators.models import Indicator
from throughline.apps.organisations.models import Party
from throughline.apps.plans.models.plan import LIFE, Plan, Section
from throughline.apps.plans.models.removal import Removable


class Action(Removable):
    """One promise. when holds what was understood of when_printed, as planreading.dates gives it; due_on is its last day.

    source is where it was read. rag_printed is a rating that the document itself carried. copied_from is the action of the
    version before that it was copied from, where it was.
    """

    class State(models.TextChoices):
        """Whether it is still to be done."""

        OPEN = "open", "Open"
        DONE = "done", "Done"
        STOPPED = "stopped", "Stopped"

    class DataProtection:
        """Words of a plan."""

        fields = not_personal(
            "id", "plan", "section", "position", "number", "text", "why", "when_printed", "when", "due_on", "recurrence",
            "ongoing", "rag_printed", "state", "state_reason", "state_on", "source", "removed_at", "indicators",
            "handbook_pages", "copied_from",
        )

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="actions")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="actions")
    position = models.PositiveIntegerField(default=0)
    number = models.CharField("number as printed", max_length=40, blank=True)
    text = models.TextField()
    why = models.TextField("the reason given for it", blank=True)
    when_printed = models.TextField("when, as printed", blank=True)
    when = models.JSONField(default=dict, blank=True)
    due_on = models.DateField(null=True, blank=True)
    recurrence = models.CharField(max_length=20, blank=True)
    ongoing = models.BooleanField(default=False)
    rag_printed = models.TextField("rating as printed", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    state_reason = models.TextField(blank=True)
    state_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120, blank=True)
    indicators = models.ManyToManyField(Indicator, blank=True, related_name="actions")
    handbook_pages = models.ManyToManyField(HandbookPage, blank=True, related_name="plan_actions")
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")

    class Meta:
        """As printed."""

        ordering = ["plan_id", "position", "id"]
        indexes = [models.Index(fields=["plan", "due_on"])]

    def __str__(self) -> str:
        return f"{self.number} {self.text}".strip()


class Step(Removable):
    """One operational step of an action, its printed label kept."""

    class DataProtection:
        """Who ticked it off."""

        fields = {**not_personal("id", "action", "position", "text", "done_on", "removed_at"), **personal(LIFE, "done_by")}

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """As printed."""

        ordering = ["position", "id"]


class Milestone(Removable):
    """Something to be reached on the way, with its date as printed and what that means."""

    class DataProtection:
        """Who said it was met."""

        fields = {
            **not_personal("id", "action", "position", "text", "when", "due_on", "recurrence", "met_on", "note", "removed_at"),
            **personal(LIFE, "met_by"),
        }

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    when = models.JSONField(default=dict, blank=True)
    due_on = models.DateField(null=True, blank=True)
    recurrence = models.CharField(max_length=20, blank=True)
    met_on = models.DateField(null=True, blank=True)
    met_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        """As printed."""

        ordering = ["position", "id"]


class ActionOwner(Removable):
    """Somebody who is to do an action: as printed, and whom the directory says it is (none when it does not)."""

    class DataProtection:
        """Names somebody."""

        fields = {**not_personal("id", "action", "position", "removed_at"), **personal(LIFE, "party", "printed")}

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="owners")
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="actions_owned")
    printed = models.TextField("as printed")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """As printed."""

        ordering = ["position", "id"]


class Cost(Removable):
    """What an action costs: the printed words, or one amount from one source in one year."""

    class DataProtection:
        """Money, not people."""

        fields = not_personal("id", "action", "position", "printed", "amount", "basis", "fund", "year", "spent",
                              "removed_at")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="costs")
    position = models.PositiveSmallIntegerField(default=0)
    printed = models.TextField("as printed", blank=True)
    amount = models.DecimalField("pounds", max_digits=12, decimal_places=2, null=True, blank=True)
    basis = models.CharField("once, per year, each", max_length=30, blank=True)
    fund = models.TextField("where the money comes from", blank=True)
    year = models.CharField("financial year", max_length=20, blank=True)
    spent = models.DecimalField("pounds spent", max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        """As printed."""

        ordering = ["position", "id"]


class CrossReference(Removable):
    """A mention of another action, section, indicator or plan; broken when it points at nothing that is there."""

    class Kind(models.TextChoices):
        """What it is a reference to, or how the two hang together."""

        ACTION = "action", "See action"
        SECTION = "section", "See section"
        MEASURE = "measure", "Counts towards target"
        PLAN = "plan", "Part of another plan"
        DEPENDS = "depends", "Waits for"
        CONTRIBUTES = "contributes", "Contributes to"

    class DataProtection:
        """Words and numbers of a plan."""

        fields = not_personal("id", "action", "kind", "printed", "target", "to_action", "to_section", "to_plan", "to_indicator",
                              "position", "removed_at")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="references")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.ACTION)
    printed = models.TextField("as printed")
    target = models.TextField("what it names", blank=True)
    to_action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.SET_NULL, related_name="referred_to_by")
    to_section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="referred_to_by")
    to_plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="referred_to_by")
    to_indicator = models.ForeignKey(Indicator, null=True, blank=True, on_delete=models.SET_NULL, related_name="referred_to_by")

    class Meta:
        """As printed."""

        ordering = ["position", "id"]

    @property
    def broken(self) -> bool:
        """Whether it names something inside the plan that is not there; a plan we do not hold is merely elsewhere."""
        points = (self.to_action_id, self.to_section_id, self.to_plan_id, self.to_indicator_id)
        return self.kind != self.Kind.PLAN and not any(points)
