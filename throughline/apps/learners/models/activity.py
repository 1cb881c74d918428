"""What a learner did from a day on, as we believed it for a time."""

from datetime import date

from django.db import models
from django.db.models import Q

from throughline.analytics.participation.activity import Activity as Counted
from throughline.apps.accounts.dataprotection import personal
from throughline.apps.learners.models.fact import LEARNER_LIFE, Fact, fact_fields, known_rules
from throughline.apps.learners.models.learner import Learner


class Activity(Fact):
    """An activity by its code; it goes on until the next that is believed starts.

    ascertained is the day on which somebody first told us, verified the day it was last confirmed, review when it is to be
    looked at again, predicted_end when the programme is to end; when we wrote it down is known_from. establishment is the
    seven-digit number, ukprn the eight-digit one. educated_in is the authority in which they learn, and neet_start the first
    day of the spell of being NEET, where a return said so of the activity: it may know more than the establishment's number
    and our own activities do. leaving_reason is why they left it, and intended_next what they meant to do next, as they or the
    place said on leaving: codes of the lists leaving_reason and intended_destination. The return has neither.
    """

    class DataProtection:
        """All of it is about the learner."""

        fields = {
            **fact_fields(spans=False),
            **personal(LEARNER_LIFE, "start", "code", "ascertained", "verified", "review", "predicted_end", "establishment",
                       "establishment_name", "ukprn", "educated_in", "neet_start", "leaving_reason", "intended_next"),
        }

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="activities")
    start = models.DateField()
    code = models.CharField(max_length=3)
    ascertained = models.DateField(null=True, blank=True)
    verified = models.DateField(null=True, blank=True)
    review = models.DateField(null=True, blank=True)
    predicted_end = models.DateField(null=True, blank=True)
    establishment = models.CharField(max_length=7, blank=True)
    establishment_name = models.CharField(max_length=200, blank=True)
    ukprn = models.CharField("UK provider reference number", max_length=8, blank=True)
    educated_in = models.CharField("authority in which they learn", max_length=3, blank=True)
    neet_start = models.DateField("NEET since", null=True, blank=True)
    leaving_reason = models.CharField("reason for leaving", max_length=2, blank=True)
    intended_next = models.CharField("meant to do next", max_length=3, blank=True)

    class Meta:
        """The latest first. At any moment one activity is believed to have started on a day."""

        ordering = ["-start", "-id"]
        verbose_name_plural = "activities"
        constraints = [
            *known_rules("activity", spans=False),
            models.UniqueConstraint(fields=["learner", "start"], condition=Q(known_to=None), name="one_activity_a_day"),
        ]
        indexes = [
            models.Index(fields=["learner", "start", "known_from"], name="activity_by_learner"),
            models.Index(fields=["establishment"], condition=Q(known_to=None), name="activity_by_establishment"),
            models.Index(fields=["ukprn"], condition=Q(known_to=None), name="activity_by_provider"),
        ]

    def __str__(self) -> str:
        return f"{self.code} from {self.start}"

    @property
    def counted(self) -> Counted:
        """The activity as the sums take it."""
        return Counted(self.code, self.start, self.ascertained, self.verified, self.review, self.predicted_end,
                       self.neet_start)

    def left_before(self, day: date) -> bool:
        """Whether they are known to have left it before a day: we hold why, and the last day is over or, where nobody has said
        which it was, the last on which they were known to be there.
        """
        return bool(self.leaving_reason) and (self.predicted_end or self.assured) < day

    @property
    def confirmed(self) -> date | None:
        """The day on which somebody last confirmed it, as the sums take it; None where nobody did."""
        return self.counted.confirmed

    @property
    def assured(self) -> date:
        """The day from which it is current, as the sums take it."""
        return self.counted.assured
