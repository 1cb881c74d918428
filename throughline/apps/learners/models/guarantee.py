"""The September Guarantee: what a learner was offered for the year after."""

from django.db import models
from django.db.models import Q

from throughline.apps.accounts.dataprotection import personal
from throughline.apps.learners.models.fact import LEARNER_LIFE, Span, fact_fields, known_rules
from throughline.apps.learners.models.learner import Learner


class GuaranteeStatus(Span):
    """A code of the list guarantee_status for a time, for leavers of one year group; area is whose guarantee it is."""

    class Block(models.TextChoices):
        """Which leavers it is for: the return keeps them apart."""

        YEAR_11 = "year_11", "Year 11"
        YEAR_12 = "year_12", "Year 12"

    class DataProtection:
        """All of it is about the learner."""

        fields = {**fact_fields(), **personal(LEARNER_LIFE, "block", "code", "area")}

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="guarantees")
    block = models.CharField(max_length=10, choices=Block.choices)
    code = models.CharField(max_length=3)
    area = models.CharField(max_length=3)

    class Meta:
        """The latest first."""

        ordering = ["block", "-starts", "-id"]
        verbose_name_plural = "guarantee statuses"
        constraints = [
            *known_rules("guarantee"),
            models.UniqueConstraint(fields=["learner", "block"], condition=Q(known_to=None, ends=None),
                                    name="one_guarantee_a_block"),
        ]

    def __str__(self) -> str:
        return f"{self.get_block_display()}: {self.code}"
