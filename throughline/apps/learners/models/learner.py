"""A young person of the register."""

from typing import Any

from django.db import models
from django.utils import timezone

from throughline.analytics.participation.identifiers import in_own_digits
from throughline.apps.accounts.dataprotection import SpecialCategory, not_personal, personal
from throughline.apps.learners.models.fact import LEARNER_LIFE


class Learner(models.Model):
    """A young person as one authority keeps them; what changes with time is kept beside it, as beliefs.

    area is the authority that leads on them, by its three-digit code; number is theirs within it and stands in the return
    as ten digits. born to intended_destination repeat the particulars that are believed now, so that lists can be narrowed by
    them: believing.hold, by which every belief is added, is all that writes them once a learner is there. A restricted
    learner's record opens only for a reason; with protected_address no address of theirs does. answered_on is the last day
    on which they answered whoever follows them up, whatever they said. left_on is the day on which they left the cohort, from
    which the rule says how long the record is kept; kept_until is the last day of a record of which nothing is believed.
    """

    class DataProtection:
        """All of it is about the learner."""

        fields = {
            **not_personal("id", "area", "added_at"),
            **personal(LEARNER_LIFE, "number", "born", "gender", "school_at_16", "area_at_16", "intended_destination",
                       "protected_address", "restricted", "left_on", "kept_until", "answered_on"),
            "ethnic_group": SpecialCategory(keep=LEARNER_LIFE),
        }

    area = models.CharField(max_length=3)
    number = models.PositiveBigIntegerField()
    born = models.DateField("date of birth")
    gender = models.CharField(max_length=1, default="U")
    ethnic_group = models.CharField(max_length=4, default="NOBT")
    school_at_16 = models.CharField("establishment number of the school in year 11", max_length=7, blank=True)
    area_at_16 = models.CharField("authority of the school in year 11", max_length=3, blank=True)
    intended_destination = models.CharField(max_length=3, blank=True)
    protected_address = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    left_on = models.DateField("left the cohort on", null=True, blank=True)
    kept_until = models.DateField(null=True, blank=True)
    answered_on = models.DateField("last answered on", null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    called: Any = None  # not kept: their present legal name, where queries.listed brings one

    class Meta:
        """By number; lists are by name."""

        ordering = ["area", "number"]
        constraints = [models.UniqueConstraint(fields=["area", "number"], name="one_learner_a_number")]
        indexes = [
            models.Index(fields=["area", "born"], name="learner_by_birth"),
            models.Index(fields=["area", "school_at_16"], name="learner_by_school_at_16"),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def return_number(self) -> str:
        """The number as the return carries it behind the database's own: ten digits."""
        return in_own_digits(self.number)
