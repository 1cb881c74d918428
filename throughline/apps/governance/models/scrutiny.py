"""A question that elected members ask of those who answer for a plan, followed to its answer."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.governance.models.meeting import LIFE, Meeting
from throughline.apps.organisations.models import Board, Party
from throughline.apps.plans.models import Action, Plan
from throughline.apps.plans.models.removal import Removable


class ScrutinyQuestion(Removable):
    """One question, numbered within its board; follows is the question that it asks further about."""

    class State(models.TextChoices):
        """How far it has come."""

        OPEN = "open", "Open"
        ANSWERED = "answered", "Answered"
        CLOSED = "closed", "Closed"

    class DataProtection:
        """Who asked, who was asked and who answered."""

        fields = {
            **not_personal("id", "board", "meeting", "plan", "number", "text", "asked_on", "due_on", "answer", "answered_on",
                           "action", "follows", "state", "removed_at"),
            **personal(LIFE, "asked_by", "asker", "asked_of", "answered_by"),
        }

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="questions")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions")
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    asked_by = models.CharField("asked by, as printed", max_length=200)
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_on = models.DateField(default=timezone.localdate)
    asked_of = models.ForeignKey(Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions_put")
    due_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.CharField("answered by, as printed", max_length=200, blank=True)
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions")
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="follow_ups")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)

    class Meta:
        """The latest first."""

        ordering = ["-asked_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["board", "number"], name="one_question_a_number")]

    def __str__(self) -> str:
        return f"Question {self.number}, {self.board}"

    @property
    def plan_action(self) -> Action | None:
        """The plan's action that was made of it, unless it has been taken out of the plan since."""
        return self.action if self.action and not self.action.removed_at else None

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been answered by now."""
        return self.state == self.State.OPEN and self.due_on is not None and self.due_on < timezone.localdate()
