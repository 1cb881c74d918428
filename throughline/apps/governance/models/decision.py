"""What a board decided: the minute that a plan, a section, an indicator or an action can be traced back to."""

from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.governance.models.meeting import LIFE, Meeting
from throughline.apps.indicators.models import Indicator
from throughline.apps.organisations.models import Party
from throughline.apps.plans.models import Action, Plan, Section
from throughline.apps.plans.models.removal import Removable


class Decision(Removable):
    """One decision, action or recommendation of a meeting; action is the plan's action that was made of it."""

    class Kind(models.TextChoices):
        """What the minutes call it."""

        DECISION = "decision", "Decision"
        ACTION = "action", "Action"
        RECOMMENDATION = "recommendation", "Recommendation"

    class DataProtection:
        """Who was asked to do something."""

        fields = {
            **not_personal("id", "meeting", "number", "text", "kind", "plan", "section", "indicator", "action", "due_on",
                           "done_on", "outcome", "removed_at"),
            **personal(LIFE, "owner"),
        }

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    number = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.DECISION)
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions")
    indicator = models.ForeignKey(Indicator, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions")
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions")
    owner = models.ForeignKey(Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions_owned")
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    outcome = models.TextField("what came of it", blank=True)

    class Meta:
        """The latest meeting first, then as minuted."""

        ordering = ["-meeting__starts_at", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number} of {self.meeting}".replace("  ", " ")

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done: a plain decision asks for nothing, and a plan's action says for itself."""
        if self.kind == self.Kind.DECISION and not self.owner_id or self.done_on:
            return False
        return self.plan_action is None or self.plan_action.state == Action.State.OPEN

    @property
    def plan_action(self) -> Action | None:
        """The plan's action that was made of it, unless it has been taken out of the plan since."""
        return self.action if self.action and not self.action.removed_at else None

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been done by now."""
        return self.is_open and self.due_on is not None and self.due_on < timezone.localdate()
