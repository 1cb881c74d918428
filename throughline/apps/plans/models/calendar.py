"""The annual planning cycle's key dates, the calendar feeds that carry them, and the reminders already sent."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.organisations.models import Board, Party
from throughline.apps.plans.models.action import Action, Milestone
from throughline.apps.plans.models.plan import LIFE, Plan


class CalendarEntry(models.Model):
    """A key date of an authority's year: enrolment, prospectus, funding, results, a review of the plan."""

    class DataProtection:
        """Dates of an authority's work; its owner may be a person."""

        fields = {
            **not_personal("id", "area", "plan", "board", "title", "kind", "starts_on", "ends_on", "recurrence", "note",
                           "removed_at"),
            **personal(LIFE, "owner"),
        }

    area = models.CharField(max_length=3, db_index=True)
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.CASCADE, related_name="calendar")
    board = models.ForeignKey(Board, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=200)
    kind = models.CharField("what sort of date", max_length=60, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    recurrence = models.CharField(max_length=20, blank=True)  # "" or yearly, termly, half-termly, monthly
    owner = models.ForeignKey(Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="calendar")
    note = models.TextField(blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In the order of the year."""

        ordering = ["starts_on", "id"]
        verbose_name_plural = "calendar entries"

    def __str__(self) -> str:
        return self.title


class Feed(models.Model):
    """A person's own address for a calendar program; whoever holds the address reads the dates, so it can be renewed."""

    class DataProtection:
        """Lets whoever knows it read a person's dates."""

        fields = {**not_personal("id", "made_at"), **personal("until it is renewed or the account is closed", "user", "key")}

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed")
    key = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)


class Reminder(models.Model):
    """A letter that was sent about an action or one of its milestones, so that nobody is told the same thing twice."""

    class DataProtection:
        """To whom a letter went."""

        fields = {
            **not_personal("id", "action", "milestone", "kind", "due_on", "sent_at"),
            **personal("2 years after it was sent", "to"),
        }

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="reminders")
    milestone = models.ForeignKey(Milestone, null=True, blank=True, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=20)  # "coming up", "overdue", "update due", "milestone coming up", …
    due_on = models.DateField(null=True, blank=True)
    to = models.EmailField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Each letter once."""

        constraints = [
            models.UniqueConstraint(fields=["action", "kind", "due_on", "to"], condition=models.Q(milestone=None),
                                    name="each_reminder_once"),
            models.UniqueConstraint(fields=["milestone", "kind", "due_on", "to"], condition=~models.Q(milestone=None),
                                    name="each_milestone_once"),
        ]
