"""What does not change with a learner's life, only with what we know of it: birth, gender, ethnic group, school at 16."""

from django.db import models
from django.db.models import Q

from throughline.apps.accounts.dataprotection import SpecialCategory, personal
from throughline.apps.learners.models.fact import LEARNER_LIFE, Fact, fact_fields, known_rules
from throughline.apps.learners.models.learner import Learner

PARTICULARS = ("born", "gender", "ethnic_group", "school_at_16", "area_at_16", "intended_destination")


class Particulars(Fact):
    """All of a learner's particulars as one belief: whoever amends one of them puts a row in the place of the row before.

    area_at_16 is the authority of their school in year 11 where a return said so, though it may name no school.

    At any moment one row of a learner is believed. Learner repeats the one that is believed now, so that lists can be
    narrowed by it.
    """

    class DataProtection:
        """All of it is about the learner."""

        fields = {
            **fact_fields(spans=False),
            **personal(LEARNER_LIFE, "born", "gender", "school_at_16", "area_at_16", "intended_destination"),
            "ethnic_group": SpecialCategory(keep=LEARNER_LIFE),
        }

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="particulars")
    born = models.DateField("date of birth")
    gender = models.CharField(max_length=1, default="U")
    ethnic_group = models.CharField(max_length=4, default="NOBT")
    school_at_16 = models.CharField("establishment number of the school in year 11", max_length=7, blank=True)
    area_at_16 = models.CharField("authority of the school in year 11", max_length=3, blank=True)
    intended_destination = models.CharField(max_length=3, blank=True)

    class Meta:
        """The latest first. At any moment one is believed."""

        ordering = ["-known_from", "-id"]
        verbose_name = "details"
        verbose_name_plural = "details"
        constraints = [
            *known_rules("particulars", spans=False),
            models.UniqueConstraint(fields=["learner"], condition=Q(known_to=None), name="one_set_of_particulars"),
        ]

    def __str__(self) -> str:
        return f"born {self.born}"
