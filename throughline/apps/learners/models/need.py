"""How much support a learner needs."""

from django.db import models
from django.db.models import Q

from throughline.apps.accounts.dataprotection import personal
from throughline.apps.learners.models.fact import LEARNER_LIFE, Span, fact_fields, known_rules
from throughline.apps.learners.models.learner import Learner


class LevelOfNeed(Span):
    """A code of the list level_of_need for a time."""

    class DataProtection:
        """All of it is about the learner."""

        fields = {**fact_fields(), **personal(LEARNER_LIFE, "level")}

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="levels_of_need")
    level = models.CharField(max_length=1)

    class Meta:
        """The latest first."""

        ordering = ["-starts", "-id"]
        verbose_name_plural = "levels of need"
        constraints = [
            *known_rules("need"),
            models.UniqueConstraint(fields=["learner"], condition=Q(known_to=None, ends=None), name="one_level_of_need"),
        ]

    def __str__(self) -> str:
        return self.level
