"""The monthly participation meeting of a district: whom it was to talk about, as it was then, and what was decided."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import SpecialCategory, not_personal, personal
from throughline.apps.learners.models import Learner
from throughline.apps.learners.models.fact import LEARNER_LIFE
from throughline.ui.formats import day, month


class ParticipationMeeting(models.Model):
    """One district's meeting in a month, by its first day. Its list is frozen when it is prepared.

    impact is what became of those listed last time, in numbers: {"listed", "participating", "neet", ..., "decided", "done",
    "undone_left_off"}; left_out is how many restricted or protected records were kept off the list. held_on, starts and place
    say when and where it meets, once that is known.
    """

    class DataProtection:
        """Numbers, and who prepared and closed it."""

        fields = {**not_personal("id", "area", "district", "month", "held_on", "starts", "place", "impact", "left_out",
                                 "prepared_at", "closed_at"),
                  **personal(LEARNER_LIFE, "prepared_by", "closed_by")}

    area = models.CharField(max_length=3)
    district = models.CharField(max_length=9)
    month = models.DateField()
    held_on = models.DateField("day", null=True, blank=True)
    starts = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    impact = models.JSONField(default=dict)
    left_out = models.PositiveIntegerField(default=0)
    prepared_at = models.DateTimeField(default=timezone.now)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """The latest first; one a month in a district."""

        ordering = ["-month", "district", "-id"]
        constraints = [models.UniqueConstraint(fields=["area", "district", "month"], name="one_meeting_a_month")]

    def __str__(self) -> str:
        return f"Participation meeting of {month(self.month)}"


class ListedLearner(models.Model):
    """Somebody on a meeting's list, as they stood when it was prepared; told is what the paper said of them."""

    class DataProtection:
        """All of it is about the learner. What was told of them may say that they are of a vulnerable group."""

        fields = {
            **not_personal("id", "meeting", "position"),
            **personal(LEARNER_LIFE, "learner", "standing", "carried"),
            "told": SpecialCategory(keep=LEARNER_LIFE),
        }

    meeting = models.ForeignKey(ParticipationMeeting, on_delete=models.CASCADE, related_name="listed")
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="listed_at")
    position = models.PositiveIntegerField()
    standing = models.CharField(max_length=20)
    carried = models.BooleanField("carried forward from the meeting before", default=False)
    told = models.JSONField(default=dict)

    class Meta:
        """As the paper lists them."""

        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "learner"], name="once_on_a_list")]

    def __str__(self) -> str:
        return f"Learner {self.learner.number}"


class MeetingDecision(models.Model):
    """Who is to do what about a young person, by when; whether it was done, and when and by whom that was said."""

    class DataProtection:
        """All of it is about the learner and those who are to help them."""

        fields = {**not_personal("id"), **personal(LEARNER_LIFE, "listed", "text", "who", "due_on", "outcome", "done_on", "by",
                                                   "at", "said_at", "said_by")}

    listed = models.ForeignKey(ListedLearner, on_delete=models.CASCADE, related_name="decisions")
    text = models.TextField("what is to be done")
    who = models.CharField("who is to do it", max_length=200)
    due_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    done_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    said_at = models.DateTimeField(null=True, blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """As they were made."""

        ordering = ["id"]

    def __str__(self) -> str:
        return f"Decision due {day(self.due_on)}" if self.due_on else "Decision"

    def done_by(self, moment: datetime | None) -> bool:
        """Whether it had been said to be done at a moment; by now for None."""
        return self.done_on is not None and (moment is None or self.said_at is None or self.said_at <= moment)

    @property
    def in_words(self) -> str:
        """Who does what by when, on one line."""
        by = f", by {day(self.due_on)}" if self.due_on else ""
        return f"{self.who}: {' '.join(self.text.split())}{by}"

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed and nobody said that it was done."""
        return self.done_on is None and self.due_on is not None and self.due_on < timezone.localdate()
